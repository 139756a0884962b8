//! A transaction: what it changes and the history of it are kept together or not at all.

use std::sync::Arc;

use rusqlite::Connection;
use tokio::sync::OwnedMutexGuard;

use super::{Database, Engine, Row, Source, Value, postgres, sqlite};
use crate::history::{self, Event, Pending};
use crate::jobs::{self, NewJob};
use crate::{Actor, Platform, Result, Timestamp, TownId};

/// An open transaction on either database; rolled back when dropped.
pub(super) struct Open(Held);

enum Held {
    Sqlite(OwnedMutexGuard<Connection>),
    Postgres(Box<postgres::Client>),
    Ended,
}

impl Open {
    pub(super) async fn begin(engine: &Engine) -> Result<Self> {
        match engine {
            Engine::Sqlite(sqlite) => {
                let writer = sqlite.writer().await;
                writer.execute_batch("BEGIN IMMEDIATE")?;
                Ok(Self(Held::Sqlite(writer)))
            }
            Engine::Postgres(pool) => {
                let client = postgres::client(pool).await?;
                client.batch_execute("BEGIN").await?;
                Ok(Self(Held::Postgres(Box::new(client))))
            }
        }
    }

    pub(super) async fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        match &mut self.0 {
            Held::Sqlite(writer) => sqlite::execute(writer, sql, params),
            Held::Postgres(client) => postgres::execute(client, sql, params).await,
            Held::Ended => Ok(0),
        }
    }

    async fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        match &mut self.0 {
            Held::Sqlite(writer) => sqlite::rows(writer, sql, params),
            Held::Postgres(client) => postgres::rows(client, sql, params).await,
            Held::Ended => Ok(Vec::new()),
        }
    }

    /// Statements without parameters, several at once.
    pub(super) async fn batch(&mut self, sql: &str) -> Result<()> {
        match &mut self.0 {
            Held::Sqlite(writer) => writer.execute_batch(sql)?,
            Held::Postgres(client) => client.batch_execute(sql).await?,
            Held::Ended => {}
        }
        Ok(())
    }

    pub(super) async fn commit(&mut self) -> Result<()> {
        match &mut self.0 {
            Held::Sqlite(writer) => on_a_blocking_thread(|| writer.execute_batch("COMMIT"))?,
            Held::Postgres(client) => client.batch_execute("COMMIT").await?,
            Held::Ended => {}
        }
        self.0 = Held::Ended;
        Ok(())
    }
}

/// A commit waits for the disk: other tasks of this thread move on meanwhile where the runtime can.
fn on_a_blocking_thread<T>(work: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        match std::mem::replace(&mut self.0, Held::Ended) {
            Held::Sqlite(writer) => {
                if let Err(cause) = writer.execute_batch("ROLLBACK") {
                    tracing::error!(%cause, "a transaction could not be rolled back");
                }
            }
            // Taken out of the pool and closed: the server rolls back.
            Held::Postgres(client) => drop(postgres::Client::take(*client)),
            Held::Ended => {}
        }
    }
}

impl Source for Open {
    async fn rows(&mut self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>> {
        Open::rows(self, sql, &params).await
    }

    fn for_update(&self) -> &'static str {
        if matches!(self.0, Held::Postgres(_)) { " FOR UPDATE" } else { "" }
    }
}

/// One person's change in one municipality.
pub struct Tx {
    open: Open,
    platform: Arc<Platform>,
    town: TownId,
    actor: Actor,
    now: Timestamp,
    events: Vec<Pending>,
    jobs: Vec<NewJob>,
}

impl Tx {
    pub(crate) async fn begin(platform: Arc<Platform>, town: TownId, actor: Actor) -> Result<Self> {
        let open = platform.db.begin().await?;
        // After the wait for the writer, so that moments follow the order of commits.
        let now = platform.clock.now();
        Ok(Self { open, platform, town, actor, now, events: Vec::new(), jobs: Vec::new() })
    }

    pub fn now(&self) -> Timestamp {
        self.now
    }

    pub fn today(&self) -> jiff::civil::Date {
        crate::clock::day_of(self.now)
    }

    pub fn town(&self) -> &TownId {
        &self.town
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn clock(&self) -> &crate::Clock {
        &self.platform.clock
    }

    pub async fn execute(&mut self, sql: &str, params: Vec<Value>) -> Result<u64> {
        self.open.execute(sql, &params).await
    }

    /// Many rows of one table in few statements: `table (column, …)`.
    pub async fn insert(&mut self, into: &str, rows: &[Vec<Value>]) -> Result<()> {
        self.insert_rows(into, rows, "").await
    }

    /// The same, for rows that may be there already.
    pub async fn insert_missing(&mut self, into: &str, rows: &[Vec<Value>]) -> Result<()> {
        self.insert_rows(into, rows, " ON CONFLICT DO NOTHING").await
    }

    async fn insert_rows(&mut self, into: &str, rows: &[Vec<Value>], end: &str) -> Result<()> {
        for some in rows.chunks(ROWS_AT_ONCE) {
            let sql = insertion(into, some.len(), some.first().map_or(0, Vec::len)) + end;
            let params: Vec<Value> = some.iter().flatten().cloned().collect();
            self.open.execute(&sql, &params).await?;
        }
        Ok(())
    }

    /// Keeps the event for the history, written at commit.
    pub fn record(&mut self, event: impl Event) {
        self.events.push(Pending::of(&event));
    }

    /// Work for after the commit; kept in the same transaction, so neither is lost without the other.
    pub fn enqueue(&mut self, job: NewJob) {
        self.jobs.push(job);
    }

    /// The chain's head is locked here and not before, so that writers wait for each other shortly.
    pub async fn commit(mut self) -> Result<()> {
        let events = std::mem::take(&mut self.events);
        let recorded = history::append(&mut self.open, &self.town, &self.actor, self.now, events).await?;
        for event in &recorded {
            for job in self.platform.reactions_to(&event.kind) {
                self.jobs.push(NewJob::now(job, serde_json::to_value(event)?));
            }
        }
        let jobs = std::mem::take(&mut self.jobs);
        let waiting = !jobs.is_empty();
        jobs::insert(&mut self.open, &self.town, self.now, jobs).await?;
        self.open.commit().await?;
        if waiting {
            self.platform.jobs_arrived.notify_one();
        }
        Ok(())
    }
}

/// More would make statements long and save little.
const ROWS_AT_ONCE: usize = 50;

fn insertion(into: &str, rows: usize, columns: usize) -> String {
    let mut sql = format!("INSERT INTO {into} VALUES ");
    for row in 0..rows {
        let places: Vec<String> = (1..=columns).map(|at| format!("${}", row * columns + at)).collect();
        let comma = if row > 0 { ", " } else { "" };
        sql.push_str(&format!("{comma}({})", places.join(", ")));
    }
    sql
}

impl Source for Tx {
    async fn rows(&mut self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>> {
        self.open.rows(sql, &params).await
    }

    fn for_update(&self) -> &'static str {
        self.open.for_update()
    }
}

/// Statements outside any municipality: migrations and the queue of jobs.
impl Database {
    pub(crate) async fn change(&self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>> {
        let mut open = self.begin().await?;
        let rows = open.rows(sql, &params).await?;
        open.commit().await?;
        Ok(rows)
    }
}

/// For history and jobs, which write inside the transaction.
pub(crate) trait Write: Source {
    fn write(&mut self, sql: &str, params: Vec<Value>) -> impl Future<Output = Result<u64>> + Send;
}

impl Write for Open {
    async fn write(&mut self, sql: &str, params: Vec<Value>) -> Result<u64> {
        self.execute(sql, &params).await
    }
}

impl Write for Tx {
    async fn write(&mut self, sql: &str, params: Vec<Value>) -> Result<u64> {
        self.open.execute(sql, &params).await
    }
}
