//! One face for both databases. SQL is written once, in the subset that SQLite and PostgreSQL
//! share: `$1` placeholders, text ids, JSON as text, moments as bigint microseconds.

mod migrate;
mod postgres;
mod sqlite;
mod transaction;
mod value;

use std::path::Path;
use std::sync::Arc;

pub use migrate::{Migration, State as MigrationState};
pub use transaction::Tx;
pub(crate) use transaction::Write;
pub use value::{Row, Value};

use crate::{Error, Result};

/// Where rows are read from: the database as it is, or a transaction as it sees itself.
pub trait Source: Send {
    fn rows(&mut self, sql: &str, params: Vec<Value>) -> impl Future<Output = Result<Vec<Row>>> + Send;

    fn row(&mut self, sql: &str, params: Vec<Value>) -> impl Future<Output = Result<Option<Row>>> + Send {
        async { Ok(self.rows(sql, params).await?.into_iter().next()) }
    }

    /// Ends a `SELECT` that is about to be changed: locks the row where writers run side by side.
    fn for_update(&self) -> &'static str {
        ""
    }
}

#[derive(Clone)]
pub struct Database(Arc<Engine>);

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(deadpool_postgres::Pool),
}

impl Database {
    /// `sqlite:PATH` or `postgres://…`. What is committed stays, whatever happens to the machine.
    pub async fn open(url: &str) -> Result<Self> {
        Self::opened(url, true).await
    }

    /// For filling a database that would be filled anew after a power cut: commits do not wait for
    /// the disk. What matters is written by a handle from `open`.
    pub async fn open_to_fill(url: &str) -> Result<Self> {
        Self::opened(url, false).await
    }

    async fn opened(url: &str, durable: bool) -> Result<Self> {
        let engine = if let Some(path) = url.strip_prefix("sqlite:") {
            Engine::Sqlite(sqlite::Sqlite::open(Path::new(path.trim_start_matches("//")), durable)?)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let pool = postgres::pool(url, 16, durable)?;
            drop(postgres::client(&pool).await?);
            Engine::Postgres(pool)
        } else {
            return Err(Error::Internal(format!(
                "{url} is no database address: write sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME"
            )));
        };
        Ok(Self(Arc::new(engine)))
    }

    pub fn is_sqlite(&self) -> bool {
        matches!(*self.0, Engine::Sqlite(_))
    }

    /// Brings everything written so far, also by `open_to_fill`, to where it is safe.
    pub async fn settle(&self) -> Result<()> {
        match &*self.0 {
            Engine::Sqlite(sqlite) => sqlite.checkpoint().await,
            // A commit that waits for the disk waits for all before it.
            Engine::Postgres(_) => Ok(()),
        }
    }

    async fn begin(&self) -> Result<transaction::Open> {
        transaction::Open::begin(&self.0).await
    }
}

impl Source for Database {
    async fn rows(&mut self, sql: &str, params: Vec<Value>) -> Result<Vec<Row>> {
        match &*self.0 {
            Engine::Sqlite(sqlite) => sqlite.read(sql, &params),
            Engine::Postgres(pool) => {
                let client = postgres::client(pool).await?;
                postgres::rows(&client, sql, &params).await
            }
        }
    }
}
