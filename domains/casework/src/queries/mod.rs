//! All of casework's SQL, and no other domain's tables.

mod case;
mod copies;
mod draft;
mod entry;
mod inbox;
mod mine;
mod service;

use engine::{PersonId, Value};

pub use self::case::{insert_case, is_free, update_case, with_id, with_number};
pub use self::copies::{Copied, Template, insert_copies, templates};
pub use self::draft::{Unsent, delete_draft, draft, draft_sent, forgotten_drafts, save_draft, unsent_of};
pub use self::entry::{Entry, EntryKind, entries, insert_entry, insert_entry_with};
pub use self::inbox::{Asked, Listed, View, inbox, of_person};
pub use self::mine::{Applied, applied_for};
pub use self::service::{catalogue, current, current_version, insert_service, version};

pub const SEARCH: &str = "casework.case";

fn optional(person: Option<&PersonId>) -> Value {
    person.map_or(Value::Null, Value::from)
}
