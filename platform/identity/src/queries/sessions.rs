//! Sessions: one for each browser a person is signed in with.

use engine::{PersonId, Result, Source, Timestamp, TownId, Tx, params};

use super::people::{COLUMNS, read_person};
use crate::person::{Person, SessionId};

#[derive(Debug, Clone)]
pub struct Session {
    pub id: SessionId,
    /// Fingerprint of the token in the cookie.
    pub token: String,
    pub person: PersonId,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub second_factor_at: Option<Timestamp>,
    pub address: String,
    /// What the browser says it is.
    pub device: String,
}

const SESSION: &str = "s.id AS session, s.token, s.person, s.created_at, s.seen_at, s.expires_at,
  s.second_factor_at, s.address, s.device";

fn session(row: &engine::Row) -> Result<Session> {
    Ok(Session {
        id: row.id("session")?,
        token: row.text("token")?,
        person: row.id("person")?,
        created_at: row.time("created_at")?,
        seen_at: row.time("seen_at")?,
        expires_at: row.time("expires_at")?,
        second_factor_at: row.optional_time("second_factor_at")?,
        address: row.text("address")?,
        device: row.text("device")?,
    })
}

pub async fn insert_session(tx: &mut Tx, session: &Session) -> Result<()> {
    let town = tx.town().clone();
    tx.execute(
        "INSERT INTO identity_sessions (municipality, id, token, person, created_at, seen_at, expires_at,
           second_factor_at, address, device) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            town,
            &session.id,
            session.token.as_str(),
            &session.person,
            session.created_at,
            session.seen_at,
            session.expires_at,
            session.second_factor_at,
            session.address.as_str(),
            session.device.as_str()
        ],
    )
    .await
    .map(drop)
}

/// The session of a token that has not run out, with its person.
pub async fn resume(
    db: &mut impl Source,
    town: &TownId,
    token: &str,
    now: Timestamp,
) -> Result<Option<(Session, Person)>> {
    let sql = format!(
        "SELECT {SESSION}, {COLUMNS} FROM identity_sessions s
         JOIN identity_people p ON p.municipality = s.municipality AND p.id = s.person
         WHERE s.municipality = $1 AND s.token = $2 AND s.expires_at > $3"
    );
    let row = db.row(&sql, params![town, token, now]).await?;
    row.map(|row| Ok((session(&row)?, read_person(&row)?))).transpose()
}

pub async fn seen(tx: &mut Tx, id: &SessionId) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    let sql = "UPDATE identity_sessions SET seen_at = $3 WHERE municipality = $1 AND id = $2";
    tx.execute(sql, params![town, id, now]).await.map(drop)
}

/// A person's sessions that have not run out, newest first.
pub async fn sessions(
    db: &mut impl Source,
    town: &TownId,
    person: &PersonId,
    now: Timestamp,
) -> Result<Vec<Session>> {
    let sql = format!(
        "SELECT {SESSION} FROM identity_sessions s
         WHERE s.municipality = $1 AND s.person = $2 AND s.expires_at > $3 ORDER BY s.id DESC LIMIT 100"
    );
    db.rows(&sql, params![town, person, now]).await?.iter().map(session).collect()
}

pub async fn close(tx: &mut Tx, person: &PersonId, id: &SessionId) -> Result<bool> {
    let town = tx.town().clone();
    let sql = "DELETE FROM identity_sessions WHERE municipality = $1 AND person = $2 AND id = $3";
    Ok(tx.execute(sql, params![town, person, id]).await? > 0)
}

pub async fn close_with_token(tx: &mut Tx, token: &str) -> Result<bool> {
    let town = tx.town().clone();
    let sql = "DELETE FROM identity_sessions WHERE municipality = $1 AND token = $2";
    Ok(tx.execute(sql, params![town, token]).await? > 0)
}

/// Ends every session of a person but the one with that token; with an empty token, all.
pub async fn close_others(tx: &mut Tx, person: &PersonId, token: &str) -> Result<u64> {
    let town = tx.town().clone();
    let sql = "DELETE FROM identity_sessions WHERE municipality = $1 AND person = $2 AND token <> $3";
    tx.execute(sql, params![town, person, token]).await
}
