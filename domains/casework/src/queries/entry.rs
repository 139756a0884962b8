//! What people wrote on a case.

use engine::{PersonId, Result, Source, Timestamp, TownId, Tx, params};

use super::optional;
use crate::case::{CaseId, EntryId};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    Note,
    Answer,
    Ask,
    Supply,
    Decision,
}

impl EntryKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Answer => "answer",
            Self::Ask => "ask",
            Self::Supply => "supply",
            Self::Decision => "decision",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Entry {
    pub kind: String,
    pub author: Option<PersonId>,
    pub text: String,
    pub at: Timestamp,
    /// Ids of the files sent with it.
    pub files: Vec<String>,
}

pub async fn insert_entry(tx: &mut Tx, case: &CaseId, kind: EntryKind, text: &str) -> Result<()> {
    insert_entry_with(tx, case, kind, text, &[]).await
}

pub async fn insert_entry_with(
    tx: &mut Tx,
    case: &CaseId,
    kind: EntryKind,
    text: &str,
    files: &[String],
) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    let id = EntryId::new(tx.clock());
    let author = tx.actor().person().cloned();
    tx.execute(
        "INSERT INTO casework_entries (municipality, id, case_id, kind, author, text, at, files)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            town,
            id,
            case,
            kind.code(),
            optional(author.as_ref()),
            text,
            now,
            serde_json::to_string(files)?
        ],
    )
    .await
    .map(drop)
}

/// What was written on a case, oldest first; of very much, the newest. The applicant never sees notes.
pub async fn entries(
    db: &mut impl Source,
    town: &TownId,
    case: &CaseId,
    with_notes: bool,
) -> Result<Vec<Entry>> {
    let hidden = if with_notes { "" } else { "note" };
    let rows = db
        .rows(
            "SELECT kind, author, text, at, files FROM casework_entries
             WHERE municipality = $1 AND case_id = $2 AND kind <> $3 ORDER BY id DESC LIMIT 500",
            params![town, case, hidden],
        )
        .await?;
    rows.iter()
        .rev()
        .map(|row| {
            Ok(Entry {
                kind: row.text("kind")?,
                author: row.optional_id("author")?,
                text: row.text("text")?,
                at: row.time("at")?,
                files: row.json("files")?,
            })
        })
        .collect()
}
