//! All of casework's SQL, and no other domain's tables.

mod case;
mod copies;
mod draft;
mod entry;
mod inbox;
mod listed;
mod mine;
mod reminder;
mod search;
mod service;

use engine::{PersonId, Value};

pub use self::case::{insert_case, is_free, update_case, with_id, with_number};
pub use self::copies::{Copied, Template, insert_copies, templates};
pub use self::draft::{
    Unfinished, Unsent, delete_draft, draft, draft_sent, forgotten_drafts, save_draft, unfinished_of,
    unsent_of,
};
pub use self::entry::{Entry, EntryKind, entries, insert_entry, insert_entry_with};
pub use self::inbox::{Asked, COUNTED, Found, OWN_UNITS, Place, View, counts, inbox, page};
pub use self::listed::{Listed, related};
pub use self::mine::{Applied, applied_for};
pub use self::reminder::{Due, due_until, keep_reminded};
pub use self::service::{catalogue, current, current_version, insert_service, offered_now, version};

pub const SEARCH: &str = "casework.case";

fn optional(person: Option<&PersonId>) -> Value {
    person.map_or(Value::Null, Value::from)
}
