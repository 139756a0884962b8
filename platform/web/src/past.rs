//! The past of a demo town, as its domains play it.

use engine::jobs::Future;
use engine::{Actor, PersonId, Town, civil};
use futures::future::BoxFuture;

/// Played through the town's own operations while its clock is moved by hand.
#[derive(Clone)]
pub struct Past {
    pub town: Town,
    pub cast: Vec<Member>,
    pub first: civil::Date,
    pub last: civil::Date,
    /// A person of the cast with the permissions of that moment.
    pub acting: fn(Town, PersonId) -> BoxFuture<'static, engine::Result<Actor>>,
    /// Does what is left to do after something happened.
    pub settle: fn(Town) -> Future<'static>,
}

/// A person of the demo town whom everyone can be.
#[derive(Debug, Clone)]
pub struct Member {
    pub key: String,
    pub id: PersonId,
    pub name: String,
    pub role: Option<String>,
    pub unit: Option<String>,
    /// What falls to this one within the unit; empty: all that falls to nobody else.
    pub services: Vec<String>,
    pub telephone: String,
    pub email: Option<String>,
    pub born: Option<civil::Date>,
}
