//! How long rows are kept: a rule for every table, told in the reference and held by a test. What
//! has had its time is taken out by a daily job of whoever owns the table; the engine's is here.

use crate::jobs::{Daily, Future, Job};
use crate::{Actor, Json, Result, SignedDuration, Town, Tx, id, params};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// As long as the municipality uses the portal.
    Always,
    /// Official records: ten years at least, then by the office's own procedure and never by itself
    /// (Regulation on Correspondence B.E. 2526, no. 57).
    Records,
    /// As long as the row of that table it belongs to.
    With(&'static str),
    /// As long as whatever subject it hangs on.
    Subject,
    /// Until the work is done.
    Done,
    /// So many days; the daily job of that name takes out what is older.
    Days(u32, &'static str),
}

#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub table: &'static str,
    pub keep: Keep,
}

impl Rule {
    pub const fn new(table: &'static str, keep: Keep) -> Self {
        Self { table, keep }
    }
}

impl Keep {
    /// Key of the words that say it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Always => "retention-always",
            Self::Records => "retention-records",
            Self::With(_) => "retention-with",
            Self::Subject => "retention-subject",
            Self::Done => "retention-done",
            Self::Days(..) => "retention-days",
        }
    }
}

const PURGE: &str = "engine.purge";
const MESSAGES_KEPT: u32 = 365;

pub const RULES: &[Rule] = &[
    Rule::new("engine_municipalities", Keep::Always),
    Rule::new("engine_history", Keep::Always),
    Rule::new("engine_history_heads", Keep::With("engine_history")),
    Rule::new("engine_jobs", Keep::Done),
    Rule::new("engine_daily", Keep::Always),
    Rule::new("engine_messages", Keep::Days(MESSAGES_KEPT, PURGE)),
    Rule::new("engine_files", Keep::Subject),
    Rule::new("engine_documents", Keep::Records),
    Rule::new("engine_document_registers", Keep::Records),
    Rule::new("engine_holidays", Keep::Always),
    Rule::new("engine_search_words", Keep::Subject),
];

pub const JOBS: &[Job] = &[Job { name: PURGE, run: purge }];
pub const DAILY: &[Daily] = &[Daily { name: PURGE, hour: 2, minute: 10, job: PURGE }];

fn purge(town: Town, _: Json) -> Future<'static> {
    Box::pin(async move {
        let mut tx = town.begin(&Actor::system()).await?;
        purge_messages(&mut tx).await?;
        tx.commit().await
    })
}

/// Ids sort by the moment of creation, so the primary key finds the old ones.
async fn purge_messages(tx: &mut Tx) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    let oldest = id::first_of(now - SignedDuration::from_hours(24 * i64::from(MESSAGES_KEPT)));
    let sql = "DELETE FROM engine_messages WHERE municipality = $1 AND id < $2";
    tx.execute(sql, params![town, oldest]).await.map(drop)
}
