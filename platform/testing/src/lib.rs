//! What stories are told with: a database of their own on either engine, a browser without
//! scripts, and answers that say what was expected of them. Knows no domain; a dependency of
//! tests alone. The town itself, which needs the whole process, is in `app/tests/town`.

// Whoever tells a story wants to know at once where it went wrong.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod answer;
mod browser;
mod database;
mod post;
mod story;

pub use answer::Answer;
pub use browser::{Browser, Sent};
pub use database::{On, database};
pub use post::{Letter, PostOffice};

/// A small picture, for whoever has to send one.
pub const PICTURE: &[u8] = include_bytes!("../data/picture.png");
