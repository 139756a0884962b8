//! Migrations: forward only, each once, each as it was when it was first run.

use super::transaction::Open;
use super::{Database, Engine, Source as _};
use crate::{Error, Result, params};

pub struct Migration {
    /// File name: day, owner, what.
    pub name: &'static str,
    pub sql: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
pub enum State {
    Current,
    /// These are still to be run.
    Behind(Vec<String>),
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS engine_migrations (
    name text NOT NULL PRIMARY KEY, fingerprint text NOT NULL)";

impl Database {
    /// Runs what has not been run, all in one transaction, so that a failed start changes nothing.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<Vec<String>> {
        let mut open = self.begin().await?;
        self.lock(&mut open).await?;
        open.batch(LEDGER).await?;
        let pending = pending(&mut open, migrations).await?;
        for migration in &pending {
            open.batch(migration.sql)
                .await
                .map_err(|cause| Error::Internal(format!("migration {} failed: {cause}", migration.name)))?;
            open.execute(
                "INSERT INTO engine_migrations (name, fingerprint) VALUES ($1, $2)",
                &[migration.name.into(), crate::id::fingerprint(migration.sql).into()],
            )
            .await?;
        }
        open.commit().await?;
        Ok(pending.iter().map(|migration| migration.name.to_owned()).collect())
    }

    pub async fn migration_state(&self, migrations: &[Migration]) -> Result<State> {
        let mut open = self.begin().await?;
        open.batch(LEDGER).await?;
        let pending = pending(&mut open, migrations).await?;
        open.commit().await?;
        Ok(match pending.is_empty() {
            true => State::Current,
            false => State::Behind(pending.iter().map(|one| one.name.to_owned()).collect()),
        })
    }

    async fn lock(&self, open: &mut Open) -> Result<()> {
        if matches!(*self.0, Engine::Postgres(_)) {
            open.batch("SELECT pg_advisory_xact_lock(7261)").await?;
        }
        Ok(())
    }
}

async fn pending<'a>(open: &mut Open, migrations: &'a [Migration]) -> Result<Vec<&'a Migration>> {
    let mut pending = Vec::new();
    for migration in migrations {
        let found = open
            .row("SELECT fingerprint FROM engine_migrations WHERE name = $1", params![migration.name])
            .await?;
        match found {
            None => pending.push(migration),
            Some(row) if row.text("fingerprint")? == crate::id::fingerprint(migration.sql) => {}
            Some(_) => {
                return Err(Error::Internal(format!(
                    "migration {} was changed after it was run; write a new one instead",
                    migration.name
                )));
            }
        }
    }
    Ok(pending)
}
