//! A new empty database for each story.

use std::path::Path;

use engine::CodeAlphabet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// PostgreSQL is the server named in TEST_POSTGRES, which `bin/test` starts.
pub async fn database(on: On, folder: &Path) -> String {
    match on {
        On::Sqlite => format!("sqlite:{}/sala.db", folder.display()),
        On::Postgres => postgres().await,
    }
}

async fn postgres() -> String {
    let server =
        std::env::var("TEST_POSTGRES").expect("TEST_POSTGRES: run bin/test, which starts the server");
    let name = format!("sala_{}", engine::id::code(&CodeAlphabet::Digits, 12));
    let created = tokio::process::Command::new("psql")
        .args([&server, "-qc", &format!("CREATE DATABASE {name}")])
        .status()
        .await
        .expect("psql is installed");
    assert!(created.success());
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}
