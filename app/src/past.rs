//! The people of the demo town and its past: eighteen months played through the real operations by
//! a clock that is moved by hand.

use std::sync::Arc;

use engine::jobs::{self, Future};
use engine::municipality;
use engine::{
    Actor, Clock, Error, Lang, PersonId, Platform, Result, SignedDuration, Town, civil, clock, documents,
};
use futures::future::BoxFuture;
use identity::person::{Appointment, NewPerson};
use machinery::mail::Mailer;
use serde::Deserialize;
use web::{Member, Past};

use crate::settings::Settings;
use crate::{MODULES, demo, founding, process};

const CAST: &str = include_str!("../../demo/cast.toml");
const MONTHS: i32 = 18;
/// Papers of the past are printed one by one while the portal already serves, the newest first: some
/// 50 ms of work each, and seconds where the press was built without optimisation.
const BETWEEN_PRINTS: SignedDuration = SignedDuration::from_secs(if cfg!(debug_assertions) { 60 } else { 1 });

/// The demo town with its people and its past, founded if it is not there yet.
pub async fn ensure(settings: &Settings, platform: &Arc<Platform>, times: usize) -> Result<()> {
    let all = municipality::all(&mut platform.db.clone()).await?;
    match all.iter().find(|one| one.id.as_str() == demo::ID) {
        None => found(settings, platform, times).await,
        Some(one) if one.hosts.is_empty() => Err(Error::Internal(format!(
            "the demo town in {} was left half founded; remove it and start again",
            settings.database
        ))),
        Some(_) => Ok(()),
    }
}

/// Until the past is played the town answers to no name, so that one left half founded is known.
async fn found(settings: &Settings, platform: &Arc<Platform>, times: usize) -> Result<()> {
    let last = platform.clock.today().yesterday().unwrap_or(civil::Date::MIN);
    let first = last.checked_sub(jiff::Span::new().months(MONTHS)).unwrap_or(last);
    let filling = process::to_fill(settings, Clock::manual(clock::moment(first, 8, 0))).await?;
    let town = founding::found(&filling, demo::ID, &[], demo::profile()?).await?;
    play(&town, first, last).await?;
    jobs::one_by_one(&platform.db, documents::RENDER, platform.clock.now(), BETWEEN_PRINTS).await?;
    if times > 1 {
        casework::demo::multiply(&town, times).await?;
    }
    open(platform, &town).await
}

/// The people of the town come, and each module plays its part from the first day to the last.
pub async fn play(town: &Town, first: civil::Date, last: civil::Date) -> Result<()> {
    town.clock().set(clock::moment(first, 8, 0));
    let cast = cast(town, first).await?;
    let past = Past { town: town.clone(), cast, first, last, acting, settle };
    for part in MODULES.iter().filter_map(|module| module.demo) {
        part(past.clone()).await?;
    }
    Ok(())
}

/// The town answers to its name; with this everything played is safe on the disk.
async fn open(platform: &Arc<Platform>, town: &Town) -> Result<()> {
    let all = municipality::all(&mut platform.db.clone()).await?;
    let founded = all.into_iter().find(|one| one.id == *town.id()).ok_or(Error::NotFound)?;
    let town = Town::new(Arc::clone(platform), Arc::new(founded));
    let mut tx = town.begin(&Actor::system()).await?;
    municipality::save(&mut tx, &["localhost".to_owned()], town.profile()).await?;
    tx.commit().await?;
    platform.db.settle().await
}

fn acting(town: Town, id: PersonId) -> BoxFuture<'static, Result<Actor>> {
    Box::pin(async move { identity::acting(&town, &id).await })
}

fn settle(town: Town) -> Future<'static> {
    Box::pin(async move {
        let mut runner = process::runner(town.platform(), Mailer::Outbox);
        runner.left = &[documents::RENDER];
        runner.drain().await
    })
}

#[derive(Deserialize)]
struct Cast {
    person: Vec<Role>,
}

#[derive(Deserialize)]
struct Role {
    key: String,
    name: String,
    #[serde(default)]
    position: String,
    email: String,
    telephone: String,
    role: Option<String>,
    unit: Option<String>,
    #[serde(default)]
    services: Vec<String>,
    born: Option<civil::Date>,
}

/// Adds the people of the demo town and gives them their roles.
pub async fn cast(town: &Town, from: civil::Date) -> Result<Vec<Member>> {
    let Cast { person: all } = toml::from_str(CAST)?;
    let mut cast = Vec::with_capacity(all.len());
    for one in all {
        let new = NewPerson {
            name: one.name.clone(),
            position: one.position,
            email: Some(one.email.clone()),
            telephone: one.telephone.clone(),
            lang: Lang::Th,
        };
        let id = identity::operations::add_person(town, &Actor::system(), new).await?;
        if let Some(role) = &one.role {
            let appointment = Appointment { role: role.clone(), unit: one.unit.clone(), from, to: None };
            identity::operations::appoint(town, &Actor::system(), &id, appointment).await?;
        }
        cast.push(Member {
            key: one.key,
            id,
            name: one.name,
            role: one.role,
            unit: one.unit,
            services: one.services,
            telephone: one.telephone,
            email: Some(one.email),
            born: one.born,
        });
    }
    Ok(cast)
}
