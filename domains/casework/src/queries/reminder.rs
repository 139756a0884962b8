//! Deadlines that come near, counted by who is to be reminded of them.

use engine::{PersonId, Result, Row, Source, TownId, Tx, civil, params};

/// Open cases of one officer, or of nobody in one unit, whose day is near or over.
#[derive(Debug, Clone)]
pub struct Due {
    pub assignee: Option<PersonId>,
    pub unit: String,
    pub overdue: i64,
    pub soon: i64,
}

fn due(row: &Row) -> Result<Due> {
    Ok(Due {
        assignee: row.optional_id("assignee")?,
        unit: row.text("unit")?,
        overdue: row.int("overdue")?,
        soon: row.int("soon")?,
    })
}

pub async fn due_until(
    db: &mut impl Source,
    town: &TownId,
    today: civil::Date,
    last: civil::Date,
) -> Result<Vec<Due>> {
    let rows = db
        .rows(
            "SELECT assignee, unit, sum(CASE WHEN due_on < $2 THEN 1 ELSE 0 END) AS overdue,
               sum(CASE WHEN due_on < $2 THEN 0 ELSE 1 END) AS soon
             FROM casework_cases WHERE municipality = $1 AND kind = 'open' AND due_on <= $3
             GROUP BY assignee, unit ORDER BY unit, assignee",
            params![town, today, last],
        )
        .await?;
    rows.iter().map(due).collect()
}

/// Keeps that a person was reminded on that day; `false` if that was so before.
pub async fn keep_reminded(tx: &mut Tx, person: &PersonId, today: civil::Date) -> Result<bool> {
    let town = tx.town().clone();
    let changed = tx
        .execute(
            "INSERT INTO casework_reminders (municipality, person, last_day) VALUES ($1, $2, $3)
             ON CONFLICT (municipality, person) DO UPDATE SET last_day = excluded.last_day
             WHERE casework_reminders.last_day < excluded.last_day",
            params![town, person, today],
        )
        .await?;
    Ok(changed > 0)
}
