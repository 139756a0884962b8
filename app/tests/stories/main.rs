//! Stories with named people; each ends by stating what happened.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod applying;
#[path = "../town/mod.rs"]
mod town;
