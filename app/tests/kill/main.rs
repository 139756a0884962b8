//! The server is killed under load, again and again, on each database: what it acknowledged is there
//! afterwards, whole, and nothing is there by half.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod applicants;
mod remains;
#[path = "../town/mod.rs"]
mod town;

use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use applicants::{Sent, Unsure};
use engine::{Clock, Platform, SignedDuration, Town};
use machinery::mail::Mailer;
use sala::settings::Settings;
use sala::{demo, migrations, process};
use town::{On, database};

const ROUNDS: u64 = 20;
const APPLICANTS: usize = 4;

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Jobs are done in every other round, so that some are killed in the middle of one.
fn start(settings: &Settings, work: bool) -> Child {
    Command::new(env!("CARGO_BIN_EXE_sala"))
        .arg("serve")
        .env("SALA_DATABASE", &settings.database)
        .env("SALA_FILES", &settings.files)
        .env("SALA_LISTEN", &settings.listen)
        .env("SALA_LOG", "error")
        .env("SALA_TRUST_PROXY", "true")
        .env("SALA_WORK", work.to_string())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

async fn ready(base: &str) {
    for _ in 0..400 {
        if reqwest::get(format!("{base}/readyz")).await.is_ok_and(|answer| answer.status().is_success()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the server did not come up");
}

async fn founded(on: On, folder: &std::path::Path) -> (Settings, Town) {
    let settings = Settings {
        database: database(on, folder).await,
        files: format!("{}/files", folder.display()),
        listen: format!("127.0.0.1:{}", free_port()),
        ..Settings::default()
    };
    let platform = process::platform(&settings, Clock::system(), false).await.unwrap();
    platform.db.migrate(&migrations::all()).await.unwrap();
    let town = demo::ensure(&platform).await.unwrap();
    (settings, town)
}

/// Everyone applies until the server is gone; then those who heard nothing send once more.
async fn round(settings: &Settings, number: u64, unsure: Vec<Unsure>) -> (Vec<Sent>, Vec<Unsure>) {
    let base = format!("http://{}", settings.listen);
    let mut server = start(settings, number % 2 == 1);
    ready(&base).await;
    let (mut sent, mut again) = (Vec::new(), Vec::new());
    for one in unsure {
        sent.push(
            one.send_again().await.expect("what was typed is kept, and sent once more it leads to a case"),
        );
    }
    let load: Vec<_> = (0..APPLICANTS).map(|_| tokio::spawn(applicants::apply(base.clone()))).collect();
    tokio::time::sleep(Duration::from_millis(200 + 15 * number)).await;
    server.kill().unwrap();
    server.wait().unwrap();
    for one in load {
        let (acknowledged, unsure) = one.await.unwrap();
        sent.extend(acknowledged);
        again.extend(unsure);
    }
    (sent, again)
}

/// Does all that was left undone, as a worker does some time later.
async fn finish(settings: &Settings) -> (Arc<Platform>, Town) {
    let later = Clock::manual(Clock::system().now() + SignedDuration::from_hours(1));
    let platform = process::platform(settings, later, false).await.unwrap();
    process::runner(&platform, Mailer::Outbox).drain().await.unwrap();
    let town = demo::ensure(&platform).await.unwrap();
    (platform, town)
}

/// Told to stop, the server finishes what it began and ends by itself. What came too late for it is
/// sent once more to the next one.
async fn stops_gently(settings: &Settings) -> Vec<Sent> {
    let base = format!("http://{}", settings.listen);
    let mut server = start(settings, true);
    ready(&base).await;
    let load: Vec<_> = (0..APPLICANTS).map(|_| tokio::spawn(applicants::apply(base.clone()))).collect();
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert!(Command::new("kill").arg(server.id().to_string()).status().unwrap().success());
    let (mut sent, mut late) = (Vec::new(), Vec::new());
    for one in load {
        let (acknowledged, unsure) = one.await.unwrap();
        sent.extend(acknowledged);
        late.extend(unsure);
    }
    let ended: ExitStatus = tokio::task::spawn_blocking(move || server.wait().unwrap()).await.unwrap();
    assert!(ended.success(), "{ended}");
    let mut next = start(settings, false);
    ready(&base).await;
    for one in late {
        sent.push(one.send_again().await.expect("sent once more it leads to a case"));
    }
    next.kill().unwrap();
    next.wait().unwrap();
    sent
}

async fn survives(on: On) {
    let folder = tempfile::tempdir().unwrap();
    let (settings, _) = founded(on, folder.path()).await;
    let (mut sent, mut unsure) = (Vec::new(), Vec::new());
    for number in 0..ROUNDS {
        let (acknowledged, left) = round(&settings, number, unsure).await;
        sent.extend(acknowledged);
        unsure = left;
    }
    sent.extend(stops_gently(&settings).await);
    println!("{on:?}: {} applications acknowledged over {ROUNDS} kills", sent.len());
    assert!(sent.len() as u64 > ROUNDS, "too little was sent to prove anything");
    let (_platform, town) = finish(&settings).await;
    remains::every_acknowledged_case_is_whole(&town, &sent).await;
    remains::nothing_is_there_by_half(&town).await;
    remains::every_job_was_done_once_to_the_eye(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_application_survives_on_sqlite() {
    survives(On::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_application_survives_on_postgres() {
    survives(On::Postgres).await;
}
