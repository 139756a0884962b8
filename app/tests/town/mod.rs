//! A town of its own for each story, on SQLite and on PostgreSQL, with a clock moved by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, dead_code)]

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use engine::{
    Actor, Clock, Permission, Permissions, PersonId, Platform, Text, Town, Who, civil, clock, history,
};
use identity::operations::{self, Place};
use identity::person::{Appointment, NewPerson};
use identity::role::Role;
use machinery::mail::Mailer;
use sala::settings::Settings;
use sala::{demo, migrations, process};
#[allow(unused_imports)]
pub use testing::{Answer, Browser, On, database};

pub struct TestTown {
    pub town: Town,
    pub platform: Arc<Platform>,
    router: Router,
    _folder: tempfile::TempDir,
}

/// What the founding of a town records.
const FOUNDING: &[&str] = &["engine.municipality.saved", "casework.service.published", "identity.roles.set"];

impl TestTown {
    pub async fn new(on: On) -> Self {
        Self::with(on, true).await
    }

    /// A town as an office runs it, without what only the demo offers.
    pub async fn real(on: On) -> Self {
        Self::with(on, false).await
    }

    async fn with(on: On, demo: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            database: database(on, folder.path()).await,
            files: format!("{}/files", folder.path().display()),
            ..Settings::default()
        };
        let clock = Clock::manual(clock::moment(civil::date(2026, 11, 2), 9, 0));
        let platform = process::platform(&settings, clock, demo).await.unwrap();
        platform.db.migrate(&migrations::all()).await.unwrap();
        let town = demo::ensure(&platform).await.unwrap();
        let router = process::router(&platform, false).await.unwrap();
        Self { town, platform, router, _folder: folder }
    }

    pub fn visitor(&self) -> Visitor {
        Visitor(Browser::new(self.router.clone()))
    }

    /// A browser in which that person is signed in, the second factor given.
    pub async fn signed_in(&self, id: &PersonId) -> Visitor {
        let opened = operations::as_person(&self.town, &somewhere(), id).await.unwrap();
        let visitor = self.visitor();
        visitor.keep_cookie(identity::SESSION_COOKIE, &opened.token);
        visitor
    }

    /// As after the password, before the second factor.
    pub async fn signed_in_by_half(&self, id: &PersonId) -> Visitor {
        let link = operations::invite(&self.town, &Actor::system(), id).await.unwrap();
        let secret = link.rsplit('/').next().unwrap();
        let (place, password) = (somewhere(), "ปลาทอดกระเทียมพริกไทย");
        let opened = operations::with_invitation(&self.town, &place, secret, password).await.unwrap();
        let visitor = self.visitor();
        visitor.keep_cookie(identity::SESSION_COOKIE, &opened.token);
        visitor
    }

    /// Someone with an account, who can do what residents can.
    pub async fn person(&self, name: &str) -> PersonId {
        let new = NewPerson { name: name.to_owned(), ..NewPerson::default() };
        operations::add_person(&self.town, &Actor::system(), new).await.unwrap()
    }

    /// Someone who may do exactly this.
    pub async fn holder_of(&self, name: &str, permissions: &[Permission]) -> PersonId {
        let id = self.person(name).await;
        let role = Role {
            id: name.to_owned(),
            name: Text { th: name.to_owned(), en: name.to_owned() },
            permissions: permissions.iter().map(|one| one.name.to_owned()).collect(),
        };
        let mut tx = self.town.begin(&Actor::system()).await.unwrap();
        operations::set_roles(&mut tx, &[role]).await.unwrap();
        tx.commit().await.unwrap();
        let from = self.town.clock().today();
        let appointment = Appointment { role: name.to_owned(), unit: None, from, to: None };
        operations::appoint(&self.town, &Actor::system(), &id, appointment).await.unwrap();
        id
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
        all.into_iter().filter(|kind| !FOUNDING.contains(&kind.as_str())).collect()
    }

    pub async fn mails(&self) -> Vec<String> {
        let all = engine::messages::outbox(&mut self.town.db(), self.town.id(), "").await.unwrap();
        all.rows.into_iter().rev().map(|mail| mail.subject).collect()
    }

    /// Every story ends so: nothing left to do or failed, and the history whole.
    pub async fn verify(&self) {
        assert_eq!(engine::jobs::counts(&mut self.town.db()).await.unwrap(), (0, 0));
        assert!(engine::jobs::failures(&mut self.town.db(), self.town.id()).await.unwrap().is_empty());
        assert_eq!(history::check(&mut self.town.db(), self.town.id()).await.unwrap(), []);
    }
}

fn somewhere() -> Place {
    Place { network: String::new(), browser: String::new(), device: String::new(), session: String::new() }
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

/// A browser whose owner knows how to apply for things.
pub struct Visitor(Browser);

impl Deref for Visitor {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.0
    }
}

impl Visitor {
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
        let secret = self.cookie(&format!("sala_case_{number}")).unwrap();
        assert!(page.contains(&number) && page.contains(&secret), "both are shown once");
        (number, secret)
    }
}
