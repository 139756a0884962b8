//! PostgreSQL: a pool of connections with prepared statements.

use std::error::Error as StdError;
use std::str::FromStr as _;
use std::sync::Arc;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::value::{Row, Value};
use crate::{Error, Result};

pub type Client = Object;

pub fn pool(url: &str, connections: usize, durable: bool) -> Result<Pool> {
    let mut config = tokio_postgres::Config::from_str(url)?;
    if !durable {
        config.options("-c synchronous_commit=off");
    }
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(config, tls(), recycling);
    Pool::builder(manager).max_size(connections).build().map_err(|cause| Error::Internal(cause.to_string()))
}

/// Used when the address asks for it (`sslmode=require`); certificates are checked against the system's roots.
fn tls() -> tokio_postgres_rustls::MakeRustlsConnect {
    let mut roots = rustls::RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(roots).with_no_client_auth());
    match config {
        Ok(config) => tokio_postgres_rustls::MakeRustlsConnect::new(config),
        Err(_) => unreachable!("ring supports the default protocol versions"),
    }
}

pub async fn client(pool: &Pool) -> Result<Client> {
    pool.get().await.map_err(|cause| Error::Unavailable(format!("database: {cause}")))
}

pub async fn rows(client: &Client, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
    let statement = client.prepare_cached(sql).await?;
    let columns: Arc<[String]> = statement.columns().iter().map(|column| column.name().to_owned()).collect();
    let found = client.query(&statement, &references(params)).await?;
    found
        .into_iter()
        .map(|row| {
            let values =
                (0..columns.len()).map(|at| row.try_get(at)).collect::<std::result::Result<_, _>>()?;
            Ok(Row { columns: Arc::clone(&columns), values })
        })
        .collect()
}

pub async fn execute(client: &Client, sql: &str, params: &[Value]) -> Result<u64> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.execute(&statement, &references(params)).await?)
}

fn references(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Value {
    fn to_sql(
        &self,
        wanted: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match (self, wanted) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Text(text), _) => text.to_sql(wanted, out),
            (Self::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(wanted, out),
            (Self::Int(number), &Type::FLOAT8) => (*number as f64).to_sql(wanted, out),
            (Self::Int(number), _) => number.to_sql(wanted, out),
            (Self::Real(number), _) => number.to_sql(wanted, out),
            (Self::Bool(flag), _) => flag.to_sql(wanted, out),
            (Self::Blob(bytes), _) => bytes.to_sql(wanted, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(found: &Type, raw: &'a [u8]) -> std::result::Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(match *found {
            Type::INT2 => Self::Int(i16::from_sql(found, raw)?.into()),
            Type::INT4 => Self::Int(i32::from_sql(found, raw)?.into()),
            Type::INT8 => Self::Int(i64::from_sql(found, raw)?),
            Type::FLOAT8 => Self::Real(f64::from_sql(found, raw)?),
            Type::BOOL => Self::Bool(bool::from_sql(found, raw)?),
            Type::BYTEA => Self::Blob(Vec::from_sql(found, raw)?),
            _ => Self::Text(String::from_sql(found, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> std::result::Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
