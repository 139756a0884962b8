//! One row per change, written in the transaction that makes it. Per municipality the rows are
//! a chain: each holds the SHA-256 of itself and of the one before, so that a row altered,
//! removed or reordered later is found and named.

mod taken;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use self::taken::{Taken, take_over};
use crate::db::Write;
use crate::{Actor, Database, Json, Result, Row, Source, Timestamp, TownId, params};

/// Something that happened. Facts are ids and figures true then, never personal text, so that
/// erasing a person never rewrites history.
pub trait Event {
    /// `domain.thing.happened`
    fn kind(&self) -> &'static str;
    /// `domain.thing/ID`
    fn subject(&self) -> String;
    fn facts(&self) -> Json;
}

pub(crate) struct Pending {
    kind: &'static str,
    subject: String,
    facts: Json,
}

impl Pending {
    pub(crate) fn of(event: &impl Event) -> Self {
        Self { kind: event.kind(), subject: event.subject(), facts: event.facts() }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recorded {
    pub number: i64,
    pub at: Timestamp,
    pub actor_kind: String,
    pub actor: String,
    pub kind: String,
    pub subject: String,
    pub facts: Json,
}

impl Recorded {
    /// The id behind the slash of the subject.
    pub fn subject_id(&self) -> &str {
        self.subject.split_once('/').map_or("", |(_, id)| id)
    }

    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).and_then(Json::as_str).unwrap_or_default()
    }

    fn of(row: &Row) -> Result<Self> {
        Ok(Self {
            number: row.int("number")?,
            at: row.time("at")?,
            actor_kind: row.text("actor_kind")?,
            actor: row.text("actor")?,
            kind: row.text("kind")?,
            subject: row.text("subject")?,
            facts: row.json("facts")?,
        })
    }
}

/// Every field with its length before it, so that no two rows share a text to hash.
fn hash(town: &TownId, row: &Recorded, facts: &str, previous: &str) -> String {
    let at = row.at.as_microsecond();
    sealed(town, (row.number, at), [&row.actor_kind, &row.actor, &row.kind, &row.subject, facts], previous)
}

fn sealed(town: &TownId, (number, at): (i64, i64), words: [&str; 5], previous: &str) -> String {
    let (number, at) = (number.to_string(), at.to_string());
    let mut digest = Sha256::new();
    for field in [previous, town.as_str(), &number, &at].into_iter().chain(words) {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    hex::encode(digest.finalize())
}

pub(crate) async fn append(
    db: &mut impl Write,
    town: &TownId,
    actor: &Actor,
    now: Timestamp,
    events: Vec<Pending>,
) -> Result<Vec<Recorded>> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let (mut number, mut previous) = head(db, town).await?;
    let mut recorded = Vec::with_capacity(events.len());
    for event in events {
        number += 1;
        let row = Recorded {
            number,
            at: now,
            actor_kind: actor.kind().to_owned(),
            actor: actor.id().to_owned(),
            kind: event.kind.to_owned(),
            subject: event.subject,
            facts: event.facts,
        };
        let facts = row.facts.to_string();
        let hash = hash(town, &row, &facts, &previous);
        db.write(
            "INSERT INTO engine_history
             (municipality, number, at, actor_kind, actor, kind, subject, facts, previous, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            params![
                town,
                number,
                now,
                row.actor_kind.as_str(),
                row.actor.as_str(),
                row.kind.as_str(),
                row.subject.as_str(),
                facts,
                previous,
                hash.as_str()
            ],
        )
        .await?;
        previous = hash;
        recorded.push(row);
    }
    db.write(
        "UPDATE engine_history_heads SET number = $2, hash = $3 WHERE municipality = $1",
        params![town, number, previous],
    )
    .await?;
    Ok(recorded)
}

async fn head(db: &mut impl Write, town: &TownId) -> Result<(i64, String)> {
    let sql =
        format!("SELECT number, hash FROM engine_history_heads WHERE municipality = $1{}", db.for_update());
    if let Some(row) = db.row(&sql, params![town]).await? {
        return Ok((row.int("number")?, row.text("hash")?));
    }
    db.write(
        "INSERT INTO engine_history_heads (municipality, number, hash) VALUES ($1, 0, '')
         ON CONFLICT (municipality) DO NOTHING",
        params![town],
    )
    .await?;
    let row = db.row(&sql, params![town]).await?.ok_or(crate::Error::NotFound)?;
    Ok((row.int("number")?, row.text("hash")?))
}

/// What happened to one subject, oldest first; of very much, the newest.
pub async fn of_subject(db: &mut impl Source, town: &TownId, subject: &str) -> Result<Vec<Recorded>> {
    let rows = db
        .rows(
            "SELECT number, at, actor_kind, actor, kind, subject, facts FROM engine_history
             WHERE municipality = $1 AND subject = $2 ORDER BY number DESC LIMIT 500",
            params![town, subject],
        )
        .await?;
    rows.iter().rev().map(Recorded::of).collect()
}

/// All kinds of events of a municipality in order; for tests that state every side effect.
pub async fn kinds(db: &mut impl Source, town: &TownId) -> Result<Vec<String>> {
    let rows = db
        .rows("SELECT kind FROM engine_history WHERE municipality = $1 ORDER BY number", params![town])
        .await?;
    rows.iter().map(|row| row.text("kind")).collect()
}

/// What is wrong with a chain, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    Altered(i64),
    Removed(i64),
    /// The row stands where another should: its link does not lead to the row before it.
    Reordered(i64),
    /// The chain ends before its head says it does.
    Cut {
        last: i64,
        head: i64,
    },
}

/// Reads the whole chain in pages and names every row that is not as it was written.
pub async fn check(db: &mut Database, town: &TownId) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let (mut last, mut previous) = (0, String::new());
    loop {
        let rows = db
            .rows(
                "SELECT number, at, actor_kind, actor, kind, subject, facts, previous, hash
                 FROM engine_history WHERE municipality = $1 AND number > $2 ORDER BY number LIMIT 1000",
                params![town, last],
            )
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let link = Link::of(town, row)?;
            link.faults(last, &previous, &mut faults);
            last = link.number;
            previous = link.hash;
        }
    }
    let head = db
        .row("SELECT number, hash FROM engine_history_heads WHERE municipality = $1", params![town])
        .await?;
    if let Some(head) = head {
        let number = head.int("number")?;
        if number != last {
            faults.push(Fault::Cut { last, head: number });
        } else if last > 0 && head.text("hash")? != previous {
            faults.push(Fault::Altered(last));
        }
    }
    faults.dedup();
    Ok(faults)
}

struct Link {
    number: i64,
    previous: String,
    hash: String,
    computed: String,
}

impl Link {
    fn of(town: &TownId, row: &Row) -> Result<Self> {
        let previous = row.text("previous")?;
        // An unreadable row is an altered row.
        let computed = match Recorded::of(row) {
            Ok(recorded) => hash(town, &recorded, &row.text("facts")?, &previous),
            Err(_) => String::new(),
        };
        Ok(Self { number: row.int("number")?, previous, hash: row.text("hash")?, computed })
    }

    fn faults(&self, last: i64, before: &str, faults: &mut Vec<Fault>) {
        faults.extend((last + 1..self.number).map(Fault::Removed));
        if self.computed != self.hash {
            faults.push(Fault::Altered(self.number));
        } else if self.number == last + 1 && self.previous != before {
            faults.push(Fault::Reordered(self.number));
        }
    }
}
