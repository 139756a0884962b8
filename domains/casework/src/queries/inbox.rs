//! Lists of cases: the officers' inbox, and what a person applied for.

use engine::list::{PAGE, Paged};
use engine::workflow::StateKind;
use engine::{Actor, PersonId, Result, Row, Source, Timestamp, Town, TownId, civil, params};

use super::SEARCH;
use super::case::kind;

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
