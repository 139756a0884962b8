//! Stories with named people; each ends by stating what happened.

#![allow(clippy::unwrap_used, clippy::expect_used)]

pub(crate) use testing::story;

mod accounts;
mod applying;
mod desk;
mod founding;
mod front;
mod history;
mod inbox;
mod machines;
mod past;
mod resident;
mod services;
mod signing_in;
#[path = "../town/mod.rs"]
mod town;
mod town_hall;
