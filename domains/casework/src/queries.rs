//! All of casework's SQL, and no other domain's tables.

use engine::calendar::Deadline;
use engine::list::{PAGE, Paged};
use engine::workflow::{Outcome, StateKind, Workflow};
use engine::{
    Actor, Error, Lang, PersonId, Result, Row, Source, Timestamp, Town, TownId, Tx, Value, civil, params,
};

use crate::case::{Case, CaseId, Channel, Draft, DraftId, EntryId, kind_code};
use crate::service::{Offered, Service};

pub const SEARCH: &str = "casework.case";

fn optional(person: Option<&PersonId>) -> Value {
    person.map_or(Value::Null, Value::from)
}

// Services

pub async fn insert_service(tx: &mut Tx, offered: &Offered, position: usize) -> Result<()> {
    let (town, service) = (tx.town().clone(), &offered.service);
    tx.execute(
        "UPDATE casework_services SET current = $3 WHERE municipality = $1 AND slug = $2",
        params![&town, service.slug.as_str(), false],
    )
    .await?;
    tx.execute(
        "INSERT INTO casework_services (municipality, slug, version, position, current, definition, workflow)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            &town,
            service.slug.as_str(),
            service.version,
            position,
            true,
            serde_json::to_string(service)?,
            serde_json::to_string(&offered.workflow)?
        ],
    )
    .await
    .map(drop)
}

fn offered(row: &Row) -> Result<Offered> {
    let service: Service = row.json("definition")?;
    let workflow: Workflow = row.json("workflow")?;
    Ok(Offered { service, workflow })
}

/// The services offered now, in the catalogue's order.
pub async fn catalogue(db: &mut impl Source, town: &TownId) -> Result<Vec<Offered>> {
    let rows = db
        .rows(
            "SELECT definition, workflow FROM casework_services
             WHERE municipality = $1 AND current = $2 ORDER BY position, slug LIMIT 200",
            params![town, true],
        )
        .await?;
    rows.iter().map(offered).collect()
}

pub async fn current(db: &mut impl Source, town: &TownId, slug: &str) -> Result<Offered> {
    let row = db
        .row(
            "SELECT definition, workflow FROM casework_services
             WHERE municipality = $1 AND slug = $2 AND current = $3",
            params![town, slug, true],
        )
        .await?;
    row.as_ref().map(offered).transpose()?.ok_or(Error::NotFound)
}

/// A version of a service never changes: read once per process.
pub async fn version(town: &Town, slug: &str, version: i64) -> Result<std::sync::Arc<Offered>> {
    let name = format!("{slug}/{version}");
    if let Some(known) = town.recall::<Offered>(&name) {
        return Ok(known);
    }
    let row = town
        .db()
        .row(
            "SELECT definition, workflow FROM casework_services
             WHERE municipality = $1 AND slug = $2 AND version = $3",
            params![town.id(), slug, version],
        )
        .await?;
    let found = row.as_ref().map(offered).transpose()?.ok_or(Error::NotFound)?;
    Ok(town.remember(&name, found))
}

// Drafts

pub async fn save_draft(tx: &mut Tx, draft: &Draft) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    tx.execute(
        "INSERT INTO casework_drafts (municipality, id, service, version, channel, answers, secret, person, officer, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (municipality, id) DO UPDATE SET answers = excluded.answers, updated_at = excluded.updated_at",
        params![town, &draft.id, draft.service.as_str(), draft.version, draft.channel.code(),
            serde_json::to_string(&draft.answers)?, draft.secret.as_str(), optional(draft.person.as_ref()),
            optional(draft.officer.as_ref()), now],
    )
    .await
    .map(drop)
}

pub async fn draft(db: &mut impl Source, town: &TownId, id: &DraftId) -> Result<Draft> {
    let sql = format!(
        "SELECT id, service, version, channel, answers, secret, person, officer FROM casework_drafts
         WHERE municipality = $1 AND id = $2{}",
        db.for_update()
    );
    let row = db.row(&sql, params![town, id]).await?.ok_or(Error::NotFound)?;
    Ok(Draft {
        id: row.id("id")?,
        service: row.text("service")?,
        version: row.int("version")?,
        channel: channel(&row)?,
        answers: row.json("answers")?,
        secret: row.text("secret")?,
        person: row.optional_id("person")?,
        officer: row.optional_id("officer")?,
    })
}

pub async fn delete_draft(tx: &mut Tx, id: &DraftId) -> Result<()> {
    let town = tx.town().clone();
    let sql = "DELETE FROM casework_drafts WHERE municipality = $1 AND id = $2";
    tx.execute(sql, params![town, id]).await.map(drop)
}

// Cases

const COLUMNS: &str = "id, number, secret, service, version, state, kind, outcome, unit, assignee, channel,
  person, officer, lang, applicant, telephone, email, about, answers, submitted_at, limit_days, used_days,
  running_since, due_on, closed_at, reasons";

fn channel(row: &Row) -> Result<Channel> {
    Channel::parse(&row.text("channel")?).ok_or_else(|| Error::Internal("unknown channel".to_owned()))
}

fn kind(row: &Row) -> Result<StateKind> {
    Ok(match row.text("kind")?.as_str() {
        "open" => StateKind::Open,
        "waiting" => StateKind::Waiting,
        _ => StateKind::Closed,
    })
}

fn case(row: &Row) -> Result<Case> {
    let outcome = row.optional_text("outcome")?;
    Ok(Case {
        id: row.id("id")?,
        number: row.text("number")?,
        secret: row.text("secret")?,
        service: row.text("service")?,
        version: row.int("version")?,
        state: row.text("state")?,
        kind: kind(row)?,
        outcome: [Outcome::Granted, Outcome::Refused, Outcome::Withdrawn]
            .into_iter()
            .find(|one| outcome.as_deref() == Some(one.code())),
        unit: row.text("unit")?,
        assignee: row.optional_id("assignee")?,
        channel: channel(row)?,
        person: row.optional_id("person")?,
        officer: row.optional_id("officer")?,
        lang: Lang::parse(&row.text("lang")?).unwrap_or_default(),
        applicant: row.text("applicant")?,
        telephone: row.text("telephone")?,
        email: row.optional_text("email")?,
        about: row.text("about")?,
        answers: row.json("answers")?,
        submitted_at: row.time("submitted_at")?,
        deadline: Deadline {
            limit: u32::try_from(row.int("limit_days")?).unwrap_or_default(),
            used: u32::try_from(row.int("used_days")?).unwrap_or_default(),
            running_since: row.optional_date("running_since")?,
        },
        due_on: row.optional_date("due_on")?,
        closed_at: row.optional_time("closed_at")?,
        reasons: row.optional_text("reasons")?,
    })
}

pub async fn insert_case(tx: &mut Tx, case: &Case) -> Result<()> {
    let town = tx.town().clone();
    let sql = format!(
        "INSERT INTO casework_cases (municipality, {COLUMNS}) VALUES
         ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
          $22, $23, $24, $25, $26, $27)"
    );
    tx.execute(
        &sql,
        params![
            town,
            &case.id,
            case.number.as_str(),
            case.secret.as_str(),
            case.service.as_str(),
            case.version,
            case.state.as_str(),
            kind_code(case.kind),
            case.outcome.map(Outcome::code),
            case.unit.as_str(),
            optional(case.assignee.as_ref()),
            case.channel.code(),
            optional(case.person.as_ref()),
            optional(case.officer.as_ref()),
            case.lang.code(),
            case.applicant.as_str(),
            case.telephone.as_str(),
            case.email.clone(),
            case.about.as_str(),
            serde_json::to_string(&case.answers)?,
            case.submitted_at,
            case.deadline.limit,
            case.deadline.used,
            case.deadline.running_since,
            case.due_on,
            case.closed_at,
            case.reasons.clone()
        ],
    )
    .await
    .map(drop)
}

pub async fn update_case(tx: &mut Tx, case: &Case) -> Result<()> {
    let town = tx.town().clone();
    tx.execute(
        "UPDATE casework_cases SET state = $3, kind = $4, outcome = $5, unit = $6, assignee = $7,
           used_days = $8, running_since = $9, due_on = $10, closed_at = $11, reasons = $12
         WHERE municipality = $1 AND id = $2",
        params![
            town,
            &case.id,
            case.state.as_str(),
            kind_code(case.kind),
            case.outcome.map(Outcome::code),
            case.unit.as_str(),
            optional(case.assignee.as_ref()),
            case.deadline.used,
            case.deadline.running_since,
            case.due_on,
            case.closed_at,
            case.reasons.clone()
        ],
    )
    .await
    .map(drop)
}

pub async fn with_number(db: &mut impl Source, town: &TownId, number: &str) -> Result<Case> {
    let sql = format!(
        "SELECT {COLUMNS} FROM casework_cases WHERE municipality = $1 AND number = $2{}",
        db.for_update()
    );
    db.row(&sql, params![town, number]).await?.as_ref().map(case).transpose()?.ok_or(Error::NotFound)
}

pub async fn with_id(db: &mut impl Source, town: &TownId, id: &CaseId) -> Result<Case> {
    let sql = format!("SELECT {COLUMNS} FROM casework_cases WHERE municipality = $1 AND id = $2");
    db.row(&sql, params![town, id]).await?.as_ref().map(case).transpose()?.ok_or(Error::NotFound)
}

pub async fn is_free(db: &mut impl Source, town: &TownId, number: &str) -> Result<bool> {
    let sql = "SELECT id FROM casework_cases WHERE municipality = $1 AND number = $2";
    Ok(db.row(sql, params![town, number]).await?.is_none())
}

/// What an officer's list shows of a case.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: String,
    pub number: String,
    pub service: String,
    pub version: i64,
    pub state: String,
    pub kind: StateKind,
    pub outcome: Option<String>,
    pub unit: String,
    pub assignee: Option<PersonId>,
    pub applicant: String,
    pub about: String,
    pub submitted_at: Timestamp,
    pub due_on: Option<civil::Date>,
}

const LISTED: &str = "id, number, service, version, state, kind, outcome, unit, assignee, applicant, about, submitted_at, due_on";

fn listed(row: &Row) -> Result<Listed> {
    Ok(Listed {
        id: row.text("id")?,
        number: row.text("number")?,
        service: row.text("service")?,
        version: row.int("version")?,
        state: row.text("state")?,
        kind: kind(row)?,
        outcome: row.optional_text("outcome")?,
        unit: row.text("unit")?,
        assignee: row.optional_id("assignee")?,
        applicant: row.text("applicant")?,
        about: row.text("about")?,
        submitted_at: row.time("submitted_at")?,
        due_on: row.optional_date("due_on")?,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Mine,
    Unit,
    Unassigned,
    Waiting,
    Overdue,
    Closed,
}

impl View {
    pub const ALL: [Self; 6] =
        [Self::Mine, Self::Unit, Self::Unassigned, Self::Waiting, Self::Overdue, Self::Closed];

    pub fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unit => "unit",
            Self::Unassigned => "unassigned",
            Self::Waiting => "waiting",
            Self::Overdue => "overdue",
            Self::Closed => "closed",
        }
    }
}

pub struct Asked<'a> {
    pub view: View,
    pub service: &'a str,
    pub words: &'a str,
    /// Cases before this cursor.
    pub before: Option<&'a str>,
}

/// A page of the inbox. Each view is served by an index whose order is that of the page.
pub async fn inbox(
    town: &Town,
    officer: &Actor,
    asked: &Asked<'_>,
    today: civil::Date,
) -> Result<Paged<Listed>> {
    officer.may(crate::permissions::READ)?;
    if !asked.words.is_empty() {
        return search(town, asked).await;
    }
    let unit = officer.units.first().map_or("", String::as_str);
    let person = officer.id();
    let (condition, value) = match asked.view {
        View::Mine => ("assignee = $2 AND kind = 'open'", person.to_owned()),
        View::Unit => ("unit = $2 AND kind = 'open'", unit.to_owned()),
        View::Unassigned => ("assignee IS NULL AND kind = $2", "open".to_owned()),
        View::Waiting => ("kind = $2", "waiting".to_owned()),
        View::Overdue => ("kind = 'open' AND due_on < $2", today.to_string()),
        View::Closed => ("kind = $2", "closed".to_owned()),
    };
    let service = if asked.service.is_empty() { "" } else { " AND service = $5" };
    let sql = format!(
        "SELECT {LISTED} FROM casework_cases WHERE municipality = $1 AND {condition} AND id < $3{service}
         ORDER BY id DESC LIMIT $4"
    );
    let params = params![town.id(), value, asked.before.unwrap_or("~"), PAGE + 1, asked.service];
    let params = if service.is_empty() { params[..4].to_vec() } else { params };
    let rows = town.db().rows(&sql, params).await?;
    Ok(Paged::of(rows.iter().map(listed).collect::<Result<_>>()?, |row| row.id.clone()))
}

async fn search(town: &Town, asked: &Asked<'_>) -> Result<Paged<Listed>> {
    let mut db = town.db();
    let ids =
        engine::search_words::find(&mut db, town.id(), SEARCH, asked.words, asked.before, PAGE + 1).await?;
    if ids.is_empty() {
        return Ok(Paged { rows: Vec::new(), next: None });
    }
    let places: Vec<String> = (2..=ids.len() + 1).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT {LISTED} FROM casework_cases WHERE municipality = $1 AND id IN ({}) ORDER BY id DESC",
        places.join(", ")
    );
    let params = std::iter::once(town.id().into()).chain(ids.into_iter().map(Into::into)).collect();
    let rows = db.rows(&sql, params).await?;
    Ok(Paged::of(rows.iter().map(listed).collect::<Result<_>>()?, |row| row.id.clone()))
}

pub async fn of_person(db: &mut impl Source, town: &TownId, person: &PersonId) -> Result<Vec<Listed>> {
    let sql = format!(
        "SELECT {LISTED} FROM casework_cases WHERE municipality = $1 AND person = $2 ORDER BY id DESC LIMIT 100"
    );
    db.rows(&sql, params![town, person]).await?.iter().map(listed).collect()
}

// Entries: what people wrote

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    Note,
    Answer,
    Ask,
    Supply,
    Decision,
}

impl EntryKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Answer => "answer",
            Self::Ask => "ask",
            Self::Supply => "supply",
            Self::Decision => "decision",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub kind: String,
    pub author: Option<PersonId>,
    pub text: String,
    pub at: Timestamp,
}

pub async fn insert_entry(tx: &mut Tx, case: &CaseId, kind: EntryKind, text: &str) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    let id = EntryId::new(tx.clock());
    let author = tx.actor().person().cloned();
    tx.execute(
        "INSERT INTO casework_entries (municipality, id, case_id, kind, author, text, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![town, id, case, kind.code(), optional(author.as_ref()), text, now],
    )
    .await
    .map(drop)
}

/// What was written on a case, oldest first; the applicant never sees notes.
pub async fn entries(
    db: &mut impl Source,
    town: &TownId,
    case: &CaseId,
    with_notes: bool,
) -> Result<Vec<Entry>> {
    let hidden = if with_notes { "" } else { "note" };
    let rows = db
        .rows(
            "SELECT kind, author, text, at FROM casework_entries
             WHERE municipality = $1 AND case_id = $2 AND kind <> $3 ORDER BY id LIMIT 500",
            params![town, case, hidden],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Entry {
                kind: row.text("kind")?,
                author: row.optional_id("author")?,
                text: row.text("text")?,
                at: row.time("at")?,
            })
        })
        .collect()
}
