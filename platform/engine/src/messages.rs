//! Messages to people: written in their language, kept with their delivery, sent by a job.
//! A message says that there is news and where to read it, not what it says.

use crate::jobs::NewJob;
use crate::list::{LAST, PAGE, Paged};
use crate::{Lang, PersonId, Result, Row, Source, Timestamp, TownId, Tx, json, params};

pub const DELIVER: &str = "engine.message.deliver";

pub struct NewMessage {
    pub person: Option<PersonId>,
    pub email: Option<String>,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    /// Path on the portal that the message leads to.
    pub link: Option<String>,
    /// What it is about, as history names it.
    pub about: String,
    /// The text opens a door, so it is not kept once it was sent.
    pub secret: bool,
}

#[derive(Debug, Clone)]
pub struct Message {
    pub id: String,
    pub channel: String,
    pub address: String,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    pub link: Option<String>,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
    pub error: Option<String>,
    pub attempts: i64,
}

/// In-app for someone with an account, by e-mail where an address is known.
pub async fn send(tx: &mut Tx, message: NewMessage) -> Result<()> {
    if let Some(person) = &message.person {
        insert(tx, &message, "in_app", person.as_str()).await?;
    }
    if let Some(email) = message.email.as_deref().filter(|email| !email.is_empty()) {
        let id = insert(tx, &message, "email", email).await?;
        tx.enqueue(NewJob::now(DELIVER, json!({ "message": id })));
    }
    Ok(())
}

async fn insert(tx: &mut Tx, message: &NewMessage, channel: &str, address: &str) -> Result<String> {
    let (town, now) = (tx.town().clone(), tx.now());
    let id = crate::id::fresh(tx.clock());
    // What is in the application is delivered by being there.
    let sent_at = (channel == "in_app").then_some(now);
    tx.execute(
        "INSERT INTO engine_messages (municipality, id, channel, address, lang, subject, text, link,
           about, created_at, sent_at, attempts, secret)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)",
        params![
            town,
            id.as_str(),
            channel,
            address,
            message.lang.code(),
            message.subject.as_str(),
            message.text.as_str(),
            message.link.clone(),
            message.about.as_str(),
            now,
            sent_at,
            message.secret
        ],
    )
    .await?;
    Ok(id)
}

const COLUMNS: &str =
    "id, channel, address, lang, subject, text, link, created_at, sent_at, read_at, error, attempts";

fn message(row: &Row) -> Result<Message> {
    Ok(Message {
        id: row.text("id")?,
        channel: row.text("channel")?,
        address: row.text("address")?,
        lang: Lang::parse(&row.text("lang")?).unwrap_or_default(),
        subject: row.text("subject")?,
        text: row.text("text")?,
        link: row.optional_text("link")?,
        created_at: row.time("created_at")?,
        sent_at: row.optional_time("sent_at")?,
        read_at: row.optional_time("read_at")?,
        error: row.optional_text("error")?,
        attempts: row.int("attempts")?,
    })
}

pub async fn one(db: &mut impl Source, town: &TownId, id: &str) -> Result<Option<Message>> {
    let sql = format!("SELECT {COLUMNS} FROM engine_messages WHERE municipality = $1 AND id = $2");
    db.row(&sql, params![town, id]).await?.as_ref().map(message).transpose()
}

/// A person's own messages, newest first, a page from before the cursor.
pub async fn of_person(
    db: &mut impl Source,
    town: &TownId,
    person: &PersonId,
    before: &str,
) -> Result<Paged<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM engine_messages WHERE municipality = $1 AND channel = 'in_app'
         AND address = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
    );
    page(db.rows(&sql, params![town, person, from(before), PAGE + 1]).await?)
}

/// E-mails newest first: the delivery log, and the outbox of the demo.
pub async fn outbox(db: &mut impl Source, town: &TownId, before: &str) -> Result<Paged<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM engine_messages WHERE municipality = $1 AND channel = 'email'
         AND id < $2 ORDER BY id DESC LIMIT $3"
    );
    page(db.rows(&sql, params![town, from(before), PAGE + 1]).await?)
}

fn from(before: &str) -> &str {
    if before.is_empty() { LAST } else { before }
}

fn page(rows: Vec<Row>) -> Result<Paged<Message>> {
    let messages = rows.iter().map(message).collect::<Result<_>>()?;
    Ok(Paged::of(messages, |message: &Message| message.id.clone()))
}

pub async fn unread(db: &mut impl Source, town: &TownId, person: &PersonId) -> Result<i64> {
    let row = db
        .row(
            "SELECT count(*) AS unread FROM engine_messages WHERE municipality = $1
             AND channel = 'in_app' AND address = $2 AND read_at IS NULL",
            params![town, person],
        )
        .await?;
    row.map_or(Ok(0), |row| row.int("unread"))
}

/// Everything shown to its reader counts as read.
pub async fn read_all(tx: &mut Tx, person: &PersonId) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    tx.execute(
        "UPDATE engine_messages SET read_at = $3 WHERE municipality = $1 AND channel = 'in_app'
         AND address = $2 AND read_at IS NULL",
        params![town, person, now],
    )
    .await
    .map(drop)
}

/// Keeps what came of an attempt to send. What opens a door is blanked once nothing more is tried.
pub async fn attempted(tx: &mut Tx, id: &str, outcome: Attempt<'_>) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    let (sent_at, error) = match outcome {
        Attempt::Sent { .. } => (Some(now), None),
        Attempt::Refused(why) | Attempt::Failed(why) => (None, Some(why.to_owned())),
    };
    tx.execute(
        "UPDATE engine_messages SET sent_at = $3, error = $4, attempts = attempts + 1
         WHERE municipality = $1 AND id = $2",
        params![&town, id, sent_at, error],
    )
    .await?;
    if matches!(outcome, Attempt::Sent { kept: false } | Attempt::Refused(_)) {
        let sql = "UPDATE engine_messages SET text = '' WHERE municipality = $1 AND id = $2 AND secret = $3";
        tx.execute(sql, params![&town, id, true]).await?;
    }
    Ok(())
}

/// What came of an attempt to send a message.
#[derive(Debug, Clone, Copy)]
pub enum Attempt<'a> {
    /// Sent; or kept in the demo's outbox, which is where its reader finds it.
    Sent { kept: bool },
    /// Refused for good.
    Refused(&'a str),
    /// To be tried again.
    Failed(&'a str),
}
