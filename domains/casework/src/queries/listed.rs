//! Cases as officers' lists show them, and those that belong together.

use engine::workflow::StateKind;
use engine::{PersonId, Result, Row, Source, Timestamp, TownId, civil, params};

use super::case::kind;
use crate::case::Case;

/// What a list shows of a case.
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

impl Listed {
    pub fn is_overdue(&self, today: civil::Date) -> bool {
        self.kind == StateKind::Open && self.due_on.is_some_and(|due| due < today)
    }

    /// Class of the mark that shows its state.
    pub fn tag(&self) -> &str {
        self.outcome.as_deref().unwrap_or_else(|| crate::case::kind_code(self.kind))
    }
}

pub(super) const LISTED: &str = "id, number, service, version, state, kind, outcome, unit, assignee, applicant, about, submitted_at, due_on";

pub(super) fn listed(row: &Row) -> Result<Listed> {
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

/// Other cases of the same account or telephone, newest first.
pub async fn related(db: &mut impl Source, town: &TownId, case: &Case) -> Result<Vec<Listed>> {
    let arm = |column: &str, value: u8| {
        format!(
            "SELECT * FROM (SELECT {LISTED} FROM casework_cases
               WHERE municipality = $1 AND {column} = ${value} ORDER BY id DESC LIMIT 11) AS by_{column}"
        )
    };
    let sql = format!("{} UNION {} ORDER BY id DESC LIMIT 11", arm("person", 2), arm("telephone", 3));
    let person = case.person.as_ref().map_or("", PersonId::as_str);
    let rows = db.rows(&sql, params![town, person, case.telephone.as_str()]).await?;
    let others =
        rows.iter().map(listed).filter(|row| row.as_ref().map_or(true, |row| row.number != case.number));
    others.take(10).collect()
}
