//! Rows that happened before they were written here, such as those of a multiplied demo town. They
//! are chained as all others are, and nothing reacts to them.

use super::{head, sealed};
use crate::{Result, Timestamp, Tx, params};

/// A row as it will stand, but for its number and its place in the chain.
pub struct Taken {
    pub at: Timestamp,
    pub actor_kind: String,
    pub actor: String,
    pub kind: String,
    pub subject: String,
    /// JSON as text, the very text that is hashed.
    pub facts: String,
}

const INTO: &str = "engine_history
    (municipality, number, at, actor_kind, actor, kind, subject, facts, previous, hash)";

/// Appends rows to the chain in the order given.
pub async fn take_over(tx: &mut Tx, rows: &[Taken]) -> Result<()> {
    let town = tx.town().clone();
    let (mut number, mut previous) = head(tx, &town).await?;
    let mut values = Vec::with_capacity(rows.len());
    for row in rows {
        number += 1;
        let words = [&row.actor_kind, &row.actor, &row.kind, &row.subject, &row.facts].map(String::as_str);
        let hash = sealed(&town, (number, row.at.as_microsecond()), words, &previous);
        let [actor_kind, actor, kind, subject, facts] = words;
        values.push(params![
            &town,
            number,
            row.at,
            actor_kind,
            actor,
            kind,
            subject,
            facts,
            previous,
            hash.as_str()
        ]);
        previous = hash;
    }
    tx.insert(INTO, &values).await?;
    tx.execute(
        "UPDATE engine_history_heads SET number = $2, hash = $3 WHERE municipality = $1",
        params![town, number, previous],
    )
    .await
    .map(drop)
}
