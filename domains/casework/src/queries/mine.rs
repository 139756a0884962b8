//! What a person applied for.

use engine::list::{LAST, PAGE, Paged};
use engine::workflow::StateKind;
use engine::{PersonId, Result, Row, Source, Timestamp, TownId, civil, params};

use super::case::kind;
use crate::case::kind_code;

/// A case in the list of the person who applied.
pub struct Applied {
    pub id: String,
    pub number: String,
    pub service: String,
    pub version: i64,
    pub state: String,
    pub kind: StateKind,
    pub outcome: Option<String>,
    pub submitted_at: Timestamp,
    pub due_on: Option<civil::Date>,
}

impl Applied {
    pub fn is_open(&self) -> bool {
        self.kind != StateKind::Closed
    }

    pub fn is_overdue(&self, today: civil::Date) -> bool {
        self.kind == StateKind::Open && self.due_on.is_some_and(|due| due < today)
    }

    /// How its state is coloured.
    pub fn tag(&self) -> &'static str {
        match self.outcome.as_deref() {
            Some("granted") => "granted",
            Some("refused") => "refused",
            Some(_) => "withdrawn",
            None => kind_code(self.kind),
        }
    }
}

fn applied(row: &Row) -> Result<Applied> {
    Ok(Applied {
        id: row.text("id")?,
        number: row.text("number")?,
        service: row.text("service")?,
        version: row.int("version")?,
        state: row.text("state")?,
        kind: kind(row)?,
        outcome: row.optional_text("outcome")?,
        submitted_at: row.time("submitted_at")?,
        due_on: row.optional_date("due_on")?,
    })
}

/// Newest first, a page from before the cursor.
pub async fn applied_for(
    db: &mut impl Source,
    town: &TownId,
    person: &PersonId,
    before: Option<&str>,
) -> Result<Paged<Applied>> {
    let rows = db
        .rows(
            "SELECT id, number, service, version, state, kind, outcome, submitted_at, due_on FROM casework_cases
             WHERE municipality = $1 AND person = $2 AND id < $3 ORDER BY id DESC LIMIT $4",
            params![town, person, before.unwrap_or(LAST), PAGE + 1],
        )
        .await?;
    Ok(Paged::of(rows.iter().map(applied).collect::<Result<_>>()?, |one| one.id.clone()))
}
