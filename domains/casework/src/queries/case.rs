//! Cases, a row each.

use engine::calendar::Deadline;
use engine::workflow::{Outcome, StateKind};
use engine::{Error, Lang, Result, Row, Source, TownId, Tx, params};

use super::optional;
use crate::case::{Case, CaseId, Channel, kind_code};

pub(super) const COLUMNS: &str =
    "id, number, secret, service, version, state, kind, outcome, unit, assignee, channel,
  person, officer, lang, applicant, telephone, email, about, answers, submitted_at, limit_days, used_days,
  running_since, due_on, closed_at, reasons";

pub(super) fn channel(row: &Row) -> Result<Channel> {
    Channel::parse(&row.text("channel")?).ok_or_else(|| Error::Internal("unknown channel".to_owned()))
}

pub(super) fn kind(row: &Row) -> Result<StateKind> {
    Ok(match row.text("kind")?.as_str() {
        "open" => StateKind::Open,
        "waiting" => StateKind::Waiting,
        _ => StateKind::Closed,
    })
}

pub(super) fn case(row: &Row) -> Result<Case> {
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
