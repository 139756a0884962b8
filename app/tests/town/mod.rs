//! A town of its own for each story, on SQLite and on PostgreSQL, with a clock moved by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, dead_code)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use engine::{Actor, Clock, Permissions, PersonId, Platform, Town, Who, civil, clock, history};
use http::{Request, header};
use machinery::mail::Mailer;
use sala::settings::Settings;
use sala::{demo, migrations, process};
use tower::ServiceExt as _;

pub struct TestTown {
    pub town: Town,
    pub platform: Arc<Platform>,
    router: Router,
    _folder: tempfile::TempDir,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// A new empty database. PostgreSQL is the server named in TEST_POSTGRES, which `bin/test` starts.
pub async fn database(on: On, folder: &std::path::Path) -> String {
    match on {
        On::Sqlite => format!("sqlite:{}/sala.db", folder.display()),
        On::Postgres => {
            let server =
                std::env::var("TEST_POSTGRES").expect("TEST_POSTGRES: run bin/test, which starts the server");
            let name = format!("sala_{}", engine::id::code(&engine::CodeAlphabet::Digits, 12));
            let created = tokio::process::Command::new("psql")
                .args([&server, "-qc", &format!("CREATE DATABASE {name}")])
                .status()
                .await
                .expect("psql is installed");
            assert!(created.success());
            format!("{}/{name}", server.rsplit_once('/').unwrap().0)
        }
    }
}

impl TestTown {
    pub async fn new(on: On) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            database: database(on, folder.path()).await,
            files: format!("{}/files", folder.path().display()),
            ..Settings::default()
        };
        let clock = Clock::manual(clock::moment(civil::date(2026, 11, 2), 9, 0));
        let platform = process::platform(&settings, clock, true).await.unwrap();
        platform.db.migrate(&migrations::all()).await.unwrap();
        let town = demo::ensure(&platform).await.unwrap();
        let router = process::router(&platform, false).await.unwrap();
        Self { town, platform, router, _folder: folder }
    }

    pub fn visitor(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: Mutex::default() }
    }

    pub async fn work(&self) {
        process::runner(&self.platform, Mailer::Outbox).drain().await.unwrap();
    }

    pub fn days(&self, days: i64) {
        self.platform.clock.advance(engine::SignedDuration::from_hours(24 * days));
    }

    /// What happened since the town was founded.
    pub async fn events(&self) -> Vec<String> {
        let all = history::kinds(&mut self.town.db(), self.town.id()).await.unwrap();
        all.into_iter().filter(|kind| kind != "casework.service.published").collect()
    }

    pub async fn mails(&self) -> Vec<String> {
        let all = engine::messages::outbox(&mut self.town.db(), self.town.id()).await.unwrap();
        all.into_iter().rev().map(|mail| mail.subject).collect()
    }

    /// Every story ends so: nothing left to do or failed, and the history whole.
    pub async fn verify(&self) {
        assert_eq!(engine::jobs::counts(&mut self.town.db()).await.unwrap(), (0, 0));
        assert!(engine::jobs::failures(&mut self.town.db(), self.town.id()).await.unwrap().is_empty());
        assert_eq!(history::check(&mut self.town.db(), self.town.id()).await.unwrap(), []);
    }
}

/// An officer with these permissions and a second factor.
pub fn officer(name: &str, permissions: &[engine::Permission]) -> Actor {
    Actor {
        name: name.to_owned(),
        permissions: Permissions::of(permissions.iter().map(|one| one.name.to_owned())),
        units: vec!["engineering".to_owned()],
        second_factor: true,
        ..Actor::of(Who::Person(PersonId::from(name)))
    }
}

pub struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
}

pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: Vec<u8>,
    pub headers: http::HeaderMap,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.text().contains(words), "{words} is not in {}", self.text());
        self
    }

    #[track_caller]
    pub fn redirected(self) -> String {
        assert_eq!(self.status, 303, "{}", self.text());
        self.location
    }
}

impl Browser {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(pairs).unwrap();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub async fn post_from_elsewhere(&self, path: &str) -> Answer {
        let request = Request::post(path).header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
        self.send(request).await
    }

    async fn send(&self, mut request: Request<Body>) -> Answer {
        let cookies = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>();
        request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        request.headers_mut().insert(header::HOST, "localhost".parse().unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        let headers = response.headers().clone();
        let location = headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        Answer {
            status: response.status().as_u16(),
            location: location.unwrap_or_default(),
            headers,
            body: axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec(),
        }
    }

    pub fn forget(&self) {
        self.cookies.lock().unwrap().clear();
    }

    /// Reports a street light, from the first page to the last; returns number and secret.
    pub async fn reports_a_light(&self, name: &str, email: &str) -> (String, String) {
        let first = self.post("/services/street-light-repair/drafts", &[]).await.redirected();
        let place = self.post(&first, &[("fault", "out"), ("lights", "๒")]).await.redirected();
        let contact =
            self.post(&place, &[("place-place", "หน้าวัด หมู่ 4"), ("landmark", "ไฟดับหน้าวัด")]).await.redirected();
        let declaration = self
            .post(&contact, &[("full_name", name), ("telephone", "081 234 5678"), ("email", email)])
            .await
            .redirected();
        let check = self.post(&declaration, &[("true_words", "yes")]).await.redirected();
        self.get(&check).await.is(200).says("ไฟดับหน้าวัด");
        let case = self.post(&check.replace("/check", "/submission"), &[]).await.redirected();
        let page = self.get(&case).await.is(200).text();
        let number = case.trim_start_matches("/cases/").split('?').next().unwrap().to_owned();
        let secret = self.cookies.lock().unwrap()[&format!("sala_case_{number}")].clone();
        assert!(page.contains(&number) && page.contains(&secret), "both are shown once");
        (number, secret)
    }
}

/// A story told twice, once on each database.
#[macro_export]
macro_rules! story {
    ($name:ident, $town:ident, $body:block) => {
        mod $name {
            use super::*;

            async fn story($town: TestTown) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                story(TestTown::new(On::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                story(TestTown::new(On::Postgres).await).await;
            }
        }
    };
}
