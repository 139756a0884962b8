//! Identity: who people are, what their roles allow, and how they prove it. People of a municipality,
//! roles with permissions, appointments from a day to a day, sessions, password with a second factor,
//! codes by e-mail, and limits that slow a guesser down without locking anyone else out.

pub mod events;
pub mod limits;
pub mod operations;
mod pages;
pub mod password;
pub mod permissions;
pub mod person;
pub mod queries;
pub mod role;
pub mod schedule;
pub mod second_factor;

use engine::{Actor, Error, PersonId, Result, Town};

pub const MODULE: web::Module = web::Module {
    name: "identity",
    words: (include_str!("../locales/th.ftl"), include_str!("../locales/en.ftl")),
    routes: pages::routes,
    permissions: permissions::ALL,
    events: events::KINDS,
    jobs: schedule::JOBS,
    daily: schedule::ALL,
    menu: pages::MENU,
    retention: schedule::RULES,
    ..web::Module::EMPTY
};

/// Cookie that holds the token of a session.
pub const SESSION_COOKIE: &str = "sala_session";

/// Who holds this token of a session; for the site, at every request that brings one.
pub fn who(town: Town, token: String) -> web::WhoFuture {
    Box::pin(async move { operations::resume(&town, &token).await })
}

/// A person with the permissions and units of today, as after the second factor. For the demo and
/// for jobs that act in someone's name.
pub async fn acting(town: &Town, id: &PersonId) -> Result<Actor> {
    let mut db = town.db();
    let person = queries::person(&mut db, town.id(), id).await?;
    let held = queries::held(&mut db, town.id(), id, town.clock().today()).await?;
    Ok(Actor { second_factor: true, ..held.actor(&person) })
}

/// Nobody may do this for a person who has left.
fn must_be_here(person: &person::Person, today: engine::civil::Date) -> Result<()> {
    if person.has_left(today) { Err(Error::Forbidden) } else { Ok(()) }
}
