//! What every domain stands on: time, database, history, words, and the rules of the shared
//! machines (questionnaire, workflow, calendar, documents, messages, files, jobs). Thin on
//! purpose: an edit here rebuilds everything. Heavy parts live in `machinery`.

pub mod actor;
pub mod address;
pub mod calendar;
pub mod clock;
pub mod db;
pub mod documents;
pub mod error;
pub mod files;
pub mod history;
pub mod holidays;
pub mod id;
pub mod jobs;
pub mod list;
pub mod messages;
pub mod municipality;
pub mod questionnaire;
pub mod retention;
pub mod search_words;
pub mod thai;
pub mod town;
pub mod words;
pub mod workflow;

pub use actor::{Actor, Permission, Permissions, Who};
pub use clock::{Clock, TimeZoneOfOffice};
pub use db::{Database, Row, Source, Tx, Value};
pub use error::{Error, Invalid, Problem, Result};
pub use history::{Event, Recorded};
pub use id::{CodeAlphabet, PersonId, TownId};
pub use jiff::{SignedDuration, Timestamp, civil};
pub use municipality::{Profile, Unit};
pub use serde_json::{Value as Json, json};
pub use town::{Platform, Town};
pub use words::{Lang, Text, Words};

/// Kinds of events that the engine itself records.
pub const EVENTS: &[&str] = &["engine.holiday.added", "engine.holiday.removed", "engine.municipality.saved"];

/// Words of this crate, Thai and English.
pub const WORDS: (&str, &str) = (include_str!("../locales/th.ftl"), include_str!("../locales/en.ftl"));
