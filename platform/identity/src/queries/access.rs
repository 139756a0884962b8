//! What leads to a session: known devices, codes by e-mail, invitations; and the limits on guessing.

use engine::{PersonId, Result, Source, Timestamp, TownId, Tx, params};

/// Remembers that a person signed in with this browser, by the fingerprint of its token.
pub async fn insert_device(tx: &mut Tx, token: &str, person: &PersonId) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    tx.execute(
        "INSERT INTO identity_devices (municipality, token, person, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (municipality, token) DO UPDATE SET person = excluded.person",
        params![town, token, person, now],
    )
    .await
    .map(drop)
}

pub async fn is_device(db: &mut impl Source, town: &TownId, token: &str, person: &PersonId) -> Result<bool> {
    let sql = "SELECT token FROM identity_devices WHERE municipality = $1 AND token = $2 AND person = $3";
    Ok(db.row(sql, params![town, token, person]).await?.is_some())
}

/// A code sent by e-mail, bound to the browser that asked for it.
#[derive(Debug, Clone)]
pub struct NewCode {
    pub token: String,
    pub email: String,
    pub code: String,
    pub attempts: i64,
    pub expires_at: Timestamp,
}

pub async fn insert_code(tx: &mut Tx, code: &NewCode) -> Result<()> {
    let town = tx.town().clone();
    tx.execute(
        "INSERT INTO identity_codes (municipality, token, email, code, attempts, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            town,
            code.token.as_str(),
            code.email.as_str(),
            code.code.as_str(),
            code.attempts,
            code.expires_at
        ],
    )
    .await
    .map(drop)
}

pub async fn code(tx: &mut Tx, token: &str) -> Result<Option<NewCode>> {
    let (town, now) = (tx.town().clone(), tx.now());
    let sql = format!(
        "SELECT token, email, code, attempts, expires_at FROM identity_codes
         WHERE municipality = $1 AND token = $2 AND expires_at > $3{}",
        tx.for_update()
    );
    let row = tx.row(&sql, params![town, token, now]).await?;
    row.map(|row| {
        Ok(NewCode {
            token: row.text("token")?,
            email: row.text("email")?,
            code: row.text("code")?,
            attempts: row.int("attempts")?,
            expires_at: row.time("expires_at")?,
        })
    })
    .transpose()
}

pub async fn change_code(tx: &mut Tx, code: &NewCode) -> Result<()> {
    let town = tx.town().clone();
    let sql = "UPDATE identity_codes SET attempts = $3 WHERE municipality = $1 AND token = $2";
    tx.execute(sql, params![town, code.token.as_str(), code.attempts]).await.map(drop)
}

pub async fn delete_code(tx: &mut Tx, token: &str) -> Result<()> {
    let town = tx.town().clone();
    let sql = "DELETE FROM identity_codes WHERE municipality = $1 AND token = $2";
    tx.execute(sql, params![town, token]).await.map(drop)
}

pub async fn insert_invitation(
    tx: &mut Tx,
    token: &str,
    person: &PersonId,
    expires_at: Timestamp,
) -> Result<()> {
    let town = tx.town().clone();
    tx.execute(
        "INSERT INTO identity_invitations (municipality, token, person, expires_at) VALUES ($1, $2, $3, $4)",
        params![town, token, person, expires_at],
    )
    .await
    .map(drop)
}

/// Who was invited with this token, while it holds.
pub async fn invited(
    db: &mut impl Source,
    town: &TownId,
    token: &str,
    now: Timestamp,
) -> Result<Option<PersonId>> {
    let row = db
        .row(
            "SELECT person FROM identity_invitations
             WHERE municipality = $1 AND token = $2 AND expires_at > $3",
            params![town, token, now],
        )
        .await?;
    row.map(|row| row.id("person")).transpose()
}

pub async fn delete_invitations(tx: &mut Tx, person: &PersonId) -> Result<()> {
    let town = tx.town().clone();
    let sql = "DELETE FROM identity_invitations WHERE municipality = $1 AND person = $2";
    tx.execute(sql, params![town, person]).await.map(drop)
}

/// One more try of a key: since when they are counted, and how many there were with this one. A count
/// begun before `oldest` begins anew.
pub async fn count(tx: &mut Tx, key: &str, oldest: Timestamp) -> Result<(Timestamp, i64)> {
    let (town, now) = (tx.town().clone(), tx.now());
    let row = tx
        .row(
            "INSERT INTO identity_limits (municipality, key, since, count) VALUES ($1, $2, $3, 1)
             ON CONFLICT (municipality, key) DO UPDATE SET
               count = CASE WHEN identity_limits.since <= $4 THEN 1 ELSE identity_limits.count + 1 END,
               since = CASE WHEN identity_limits.since <= $4 THEN excluded.since ELSE identity_limits.since END
             RETURNING since, count",
            params![town, key, now, oldest],
        )
        .await?
        .ok_or(engine::Error::NotFound)?;
    Ok((row.time("since")?, row.int("count")?))
}

/// One try less.
pub async fn uncount(tx: &mut Tx, key: &str) -> Result<()> {
    let town = tx.town().clone();
    let sql =
        "UPDATE identity_limits SET count = count - 1 WHERE municipality = $1 AND key = $2 AND count > 0";
    tx.execute(sql, params![town, key]).await.map(drop)
}

/// Takes out what has run out.
pub async fn purge(tx: &mut Tx, counted_before: Timestamp, seen_before: Timestamp) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    for table in ["identity_sessions", "identity_codes", "identity_invitations"] {
        let sql = format!("DELETE FROM {table} WHERE municipality = $1 AND expires_at <= $2");
        tx.execute(&sql, params![&town, now]).await?;
    }
    let sql = "DELETE FROM identity_limits WHERE municipality = $1 AND since < $2";
    tx.execute(sql, params![&town, counted_before]).await?;
    let sql = "DELETE FROM identity_devices WHERE municipality = $1 AND created_at < $2";
    tx.execute(sql, params![&town, seen_before]).await.map(drop)
}
