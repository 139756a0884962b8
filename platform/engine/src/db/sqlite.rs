//! SQLite: one writer, several readers, write-ahead log. Statements run on the calling thread:
//! a read by key costs some 12 µs, less than handing it to another thread would.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};
use tokio::sync::OwnedMutexGuard;

use super::value::{Row, Value};
use crate::Result;

/// Readers kept open while idle; more are opened when more are needed at once.
const IDLE_READERS: usize = 16;

pub struct Sqlite {
    path: PathBuf,
    writer: Arc<tokio::sync::Mutex<Connection>>,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    pub fn open(path: &Path, durable: bool) -> Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let writer = Connection::open(path)?;
        writer.busy_timeout(Duration::from_secs(10))?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: a commit that was acknowledged survives a power cut.
        writer.pragma_update(None, "synchronous", if durable { "FULL" } else { "OFF" })?;
        writer.pragma_update(None, "foreign_keys", "ON")?;
        writer.pragma_update(None, "cache_size", -8_000)?;
        writer.set_prepared_statement_cache_capacity(256);
        Ok(Self {
            path: path.to_owned(),
            writer: Arc::new(tokio::sync::Mutex::new(writer)),
            readers: Mutex::default(),
        })
    }

    pub async fn writer(&self) -> OwnedMutexGuard<Connection> {
        Arc::clone(&self.writer).lock_owned().await
    }

    pub async fn checkpoint(&self) -> Result<()> {
        let writer = self.writer().await;
        Ok(writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    pub fn read(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
        let reader = self.reader()?;
        let rows = rows(&reader, sql, params);
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS {
            idle.push(reader);
        }
        rows
    }

    fn reader(&self) -> Result<Connection> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.open_reader(), Ok)
    }

    fn open_reader(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.path, flags)?;
        reader.busy_timeout(Duration::from_secs(10))?;
        reader.pragma_update(None, "cache_size", -4_000)?;
        reader.pragma_update(None, "mmap_size", 0)?;
        reader.set_prepared_statement_cache_capacity(128);
        Ok(reader)
    }
}

pub fn rows(connection: &Connection, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    let columns: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.raw_query();
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        let values = (0..columns.len())
            .map(|at| row.get_ref(at).map(value_of))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        all.push(Row { columns: Arc::clone(&columns), values });
    }
    Ok(all)
}

pub fn execute(connection: &Connection, sql: &str, params: &[Value]) -> Result<u64> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    Ok(statement.raw_execute()? as u64)
}

/// `$3` is a named parameter to SQLite: bound by its number, whatever the order of appearance.
fn bind(statement: &mut rusqlite::CachedStatement<'_>, params: &[Value]) -> Result<()> {
    for at in 1..=statement.parameter_count() {
        let number = statement.parameter_name(at).and_then(|name| name[1..].parse::<usize>().ok());
        let value = number.and_then(|number| params.get(number - 1)).unwrap_or(&Value::Null);
        statement.raw_bind_parameter(at, value)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Bool(flag) => ValueRef::Integer(i64::from(*flag)),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value_of(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
