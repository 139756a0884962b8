//! The server is killed under load, again and again: what it acknowledged is there afterwards.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod town;

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use casework::queries;
use engine::{Clock, history};
use sala::settings::Settings;
use sala::{demo, migrations, process};
use town::{On, database};

const ROUNDS: usize = 20;

fn start(settings: &Settings) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sala"))
        .arg("serve")
        .env("SALA_DATABASE", &settings.database)
        .env("SALA_FILES", &settings.files)
        .env("SALA_LISTEN", &settings.listen)
        .env("SALA_LOG", "error")
        .env("SALA_WORK", "false")
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

async fn ready(base: &str) {
    for _ in 0..200 {
        if reqwest::get(format!("{base}/readyz")).await.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the server did not come up");
}

/// Applies over and over until the server is gone; returns the numbers it acknowledged.
async fn apply(base: String) -> Vec<String> {
    let mut acknowledged = Vec::new();
    loop {
        let browser = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let post = async |path: &str, pairs: &[(&str, &str)]| -> Option<String> {
            let request =
                browser.post(format!("{base}{path}")).header("sec-fetch-site", "same-origin").form(pairs);
            let answer = request.send().await.ok()?;
            Some(answer.headers().get("location")?.to_str().ok()?.to_owned())
        };
        let whole = async {
            let first = post("/services/street-light-repair/drafts", &[]).await?;
            let next = post(&first, &[("fault", "out"), ("lights", "1")]).await?;
            let next = post(&next, &[("place-place", "หมู่ 1"), ("landmark", "ไฟดับ")]).await?;
            let next = post(&next, &[("full_name", "นายทดสอบ"), ("telephone", "0812345678")]).await?;
            let check = post(&next, &[("true_words", "yes")]).await?;
            post(&check.replace("/check", "/submission"), &[]).await
        };
        match whole.await {
            Some(case) => {
                acknowledged.push(case.trim_start_matches("/cases/").split('?').next().unwrap().to_owned())
            }
            None => return acknowledged,
        }
    }
}

async fn survives(on: On, port: u16) {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings {
        database: database(on, folder.path()).await,
        files: format!("{}/files", folder.path().display()),
        listen: format!("127.0.0.1:{port}"),
        ..Settings::default()
    };
    let platform = process::platform(&settings, Clock::system(), false).await.unwrap();
    platform.db.migrate(&migrations::all()).await.unwrap();
    let town = demo::ensure(&platform).await.unwrap();
    let base = format!("http://127.0.0.1:{port}");
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        let mut server = start(&settings);
        ready(&base).await;
        let load: Vec<_> = (0..4).map(|_| tokio::spawn(apply(base.clone()))).collect();
        tokio::time::sleep(Duration::from_millis(300 + 20 * round as u64)).await;
        server.kill().unwrap();
        server.wait().unwrap();
        for one in load {
            acknowledged.extend(one.await.unwrap());
        }
    }
    println!("{on:?}: {} applications acknowledged over {ROUNDS} kills", acknowledged.len());
    assert!(acknowledged.len() > ROUNDS, "too little was sent to prove anything");
    for number in &acknowledged {
        let case = queries::with_number(&mut town.db(), town.id(), number).await.unwrap();
        let events = history::of_subject(&mut town.db(), town.id(), &case.subject()).await.unwrap();
        assert_eq!(events[0].kind, "casework.case.submitted");
    }
    assert_eq!(history::check(&mut town.db(), town.id()).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_application_survives_on_sqlite() {
    survives(On::Sqlite, 18_471).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_application_survives_on_postgres() {
    survives(On::Postgres, 18_472).await;
}
