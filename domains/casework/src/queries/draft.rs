//! Applications being written.

use engine::{Error, Result, Source, Timestamp, TownId, Tx, params};

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

pub async fn draft(db: &mut impl Source, town: &TownId, id: &DraftId) -> Result<Draft> {
    let sql = format!(
        "SELECT id, service, version, channel, answers, secret, person, officer FROM casework_drafts
         WHERE municipality = $1 AND id = $2{}",
        db.for_update()
    );
    let row = db.row(&sql, params![town, id]).await?.ok_or(Error::NotFound)?;
    Ok(Draft {
        id: row.id("id")?,
        service: row.text("service")?,
        version: row.int("version")?,
        channel: channel(&row)?,
        answers: row.json("answers")?,
        secret: row.text("secret")?,
        person: row.optional_id("person")?,
        officer: row.optional_id("officer")?,
    })
}

pub async fn delete_draft(tx: &mut Tx, id: &DraftId) -> Result<()> {
    let town = tx.town().clone();
    let sql = "DELETE FROM casework_drafts WHERE municipality = $1 AND id = $2";
    tx.execute(sql, params![town, id]).await.map(drop)
}

/// Drafts last saved before that moment, the longest forgotten first; the rest waits for another night.
pub async fn forgotten_drafts(
    db: &mut impl Source,
    town: &TownId,
    oldest: Timestamp,
) -> Result<Vec<DraftId>> {
    let rows = db
        .rows(
            "SELECT id FROM casework_drafts WHERE municipality = $1 AND updated_at < $2
             ORDER BY updated_at LIMIT 1000",
            params![town, oldest],
        )
        .await?;
    rows.iter().map(|row| row.id("id")).collect()
}
