//! Applications being written.

use engine::list::{LAST, PAGE, Paged};
use engine::{Error, PersonId, Result, Row, Source, Timestamp, TownId, Tx, params};

use super::case::channel;
use super::optional;
use crate::case::{Draft, DraftId};

pub async fn save_draft(tx: &mut Tx, draft: &Draft) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    tx.execute(
        "INSERT INTO casework_drafts (municipality, id, service, version, channel, answers, secret, person, officer, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (municipality, id) DO UPDATE SET answers = excluded.answers, updated_at = excluded.updated_at",
        params![town, &draft.id, draft.service.as_str(), draft.version, draft.channel.code(),
            serde_json::to_string(&draft.answers)?, draft.secret.as_str(), optional(draft.person.as_ref()),
            optional(draft.officer.as_ref()), now],
    )
    .await
    .map(drop)
}

const COLUMNS: &str = "id, service, version, channel, answers, secret, person, officer, number";

fn read(row: &Row) -> Result<Draft> {
    Ok(Draft {
        id: row.id("id")?,
        service: row.text("service")?,
        version: row.int("version")?,
        channel: channel(row)?,
        answers: row.json("answers")?,
        secret: row.text("secret")?,
        person: row.optional_id("person")?,
        officer: row.optional_id("officer")?,
        number: row.optional_text("number")?,
    })
}

pub async fn draft(db: &mut impl Source, town: &TownId, id: &DraftId) -> Result<Draft> {
    let sql = format!(
        "SELECT {COLUMNS} FROM casework_drafts WHERE municipality = $1 AND id = $2{}",
        db.for_update()
    );
    read(&db.row(&sql, params![town, id]).await?.ok_or(Error::NotFound)?)
}

/// The draft was sent: of it stays which case it became.
pub async fn draft_sent(tx: &mut Tx, id: &DraftId, number: &str) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    let sql = "UPDATE casework_drafts SET answers = '{}', number = $3, updated_at = $4
               WHERE municipality = $1 AND id = $2";
    tx.execute(sql, params![town, id, number, now]).await.map(drop)
}

/// A draft in the list of the person who writes it.
pub struct Unsent {
    pub id: DraftId,
    pub service: String,
    pub version: i64,
    pub updated_at: Timestamp,
}

/// What a person began and has not sent, last begun first.
pub async fn unsent_of(
    db: &mut impl Source,
    town: &TownId,
    person: &PersonId,
    before: Option<&str>,
) -> Result<Paged<Unsent>> {
    let rows = db
        .rows(
            "SELECT id, service, version, updated_at FROM casework_drafts
             WHERE municipality = $1 AND person = $2 AND id < $3 AND number IS NULL ORDER BY id DESC LIMIT $4",
            params![town, person, before.unwrap_or(LAST), PAGE + 1],
        )
        .await?;
    let unsent = |row: &Row| {
        Ok(Unsent {
            id: row.id("id")?,
            service: row.text("service")?,
            version: row.int("version")?,
            updated_at: row.time("updated_at")?,
        })
    };
    Ok(Paged::of(rows.iter().map(unsent).collect::<Result<_>>()?, |one| one.id.to_string()))
}

pub async fn delete_draft(tx: &mut Tx, id: &DraftId) -> Result<()> {
    let town = tx.town().clone();
    let sql = "DELETE FROM casework_drafts WHERE municipality = $1 AND id = $2";
    tx.execute(sql, params![town, id]).await.map(drop)
}

/// Some of the drafts last saved before that moment, the longest forgotten first.
pub async fn forgotten_drafts(
    db: &mut impl Source,
    town: &TownId,
    oldest: Timestamp,
) -> Result<Vec<DraftId>> {
    let rows = db
        .rows(
            "SELECT id FROM casework_drafts WHERE municipality = $1 AND updated_at < $2
             ORDER BY updated_at LIMIT 100",
            params![town, oldest],
        )
        .await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// A draft and when it was last worked on.
pub struct Unfinished {
    pub draft: Draft,
    pub updated_at: Timestamp,
}

/// What an officer began for others and has not sent, newest first.
pub async fn unfinished_of(
    db: &mut impl Source,
    town: &TownId,
    officer: &PersonId,
) -> Result<Vec<Unfinished>> {
    let sql = format!(
        "SELECT {COLUMNS}, updated_at FROM casework_drafts
         WHERE municipality = $1 AND officer = $2 AND number IS NULL ORDER BY id DESC LIMIT 50"
    );
    let rows = db.rows(&sql, params![town, officer]).await?;
    rows.iter().map(|row| Ok(Unfinished { draft: read(row)?, updated_at: row.time("updated_at")? })).collect()
}
