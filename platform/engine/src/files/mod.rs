//! Files that people send: type told from the bytes, size limited, metadata of pictures taken
//! off, the given name kept as a label only, served to those who may see the subject.

mod picture;

use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use sha2::Digest as _;

use crate::jobs::NewJob;
use crate::{Error, Invalid, Result, Row, Source, Town, TownId, Tx, json, params};

/// Largest file taken: a photograph of a good telephone, or a scan of some pages.
pub const LARGEST: usize = 12 * 1024 * 1024;

/// The job that takes away the bytes of a file that was removed.
pub const ERASE: &str = "engine.file.erase";

#[derive(Debug, Clone)]
pub struct File {
    pub id: String,
    pub subject: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub digest: String,
}

impl File {
    pub fn is_image(&self) -> bool {
        self.media_type.starts_with("image/")
    }
}

/// A file as someone sent it: nothing about it is believed yet.
#[derive(Debug, Clone)]
pub struct Sent {
    pub name: String,
    pub bytes: bytes::Bytes,
}

/// A file that was checked and whose bytes lie in the store, not yet known to any subject.
pub struct Received {
    id: String,
    name: String,
    media_type: &'static str,
    size: usize,
    pub digest: String,
}

/// What may be kept, told from the first bytes.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let found = infer::get(bytes)?.mime_type();
    ["image/jpeg", "image/png", "image/webp", "application/pdf"].into_iter().find(|one| *one == found)
}

/// Checks a file and puts its bytes by, before a transaction begins: a writer that waits for the
/// disk keeps everyone waiting. `field` names the question in the message of a refusal.
pub async fn receive(town: &Town, field: &str, sent: Sent) -> Result<Received> {
    let (name, bytes) = (label(&sent.name), sent.bytes);
    let refused = |key| refusal(field, key, &name);
    if bytes.is_empty() {
        return Err(refused("problem-file-empty"));
    }
    if bytes.len() > LARGEST {
        return Err(refused("problem-file-large"));
    }
    let media_type = media_type(&bytes).ok_or_else(|| refused("problem-file-type"))?;
    let (bytes, digest) = tokio::task::spawn_blocking(move || clean(media_type, bytes))
        .await
        .map_err(|cause| Error::Internal(cause.to_string()))?
        .map_err(refused)?;
    let id = crate::id::fresh(town.clock());
    let size = bytes.len();
    town.platform().files.put(&path(town.id(), &id), PutPayload::from(bytes)).await?;
    Ok(Received { id, name, media_type, size, digest })
}

fn refusal(field: &str, key: &'static str, name: &str) -> Error {
    let mut invalid = Invalid::default();
    invalid.push_with(field, key, vec![("name", name.to_owned())]);
    invalid.into()
}

fn clean(media_type: &str, bytes: bytes::Bytes) -> std::result::Result<(bytes::Bytes, String), &'static str> {
    let bytes = match picture::clean(media_type, &bytes) {
        Ok(Some(clean)) => clean.into(),
        Ok(None) => bytes,
        Err(picture::Unfit::Broken) => return Err("problem-file-broken"),
        Err(picture::Unfit::Vast) => return Err("problem-file-vast"),
    };
    let digest = digest(&bytes);
    Ok((bytes, digest))
}

fn digest(bytes: &[u8]) -> String {
    hex::encode(sha2::Sha256::digest(bytes))
}

/// Makes a received file one of the subject's.
pub async fn keep(tx: &mut Tx, subject: &str, received: Received) -> Result<File> {
    let Received { id, name, media_type, size, digest } = received;
    let file = File {
        id,
        subject: subject.to_owned(),
        name,
        media_type: media_type.to_owned(),
        size: size as i64,
        digest,
    };
    insert(tx, &file).await?;
    Ok(file)
}

/// Keeps bytes that the product made itself.
pub async fn store(
    town: &Town,
    tx: &mut Tx,
    subject: &str,
    name: &str,
    media_type: &'static str,
    bytes: bytes::Bytes,
) -> Result<File> {
    let id = crate::id::fresh(tx.clock());
    let (digest, size) = (digest(&bytes), bytes.len());
    // First the bytes, then the row: a row never names bytes that are not there.
    town.platform().files.put(&path(town.id(), &id), PutPayload::from(bytes)).await?;
    keep(tx, subject, Received { id, name: label(name), media_type, size, digest }).await
}

async fn insert(tx: &mut Tx, file: &File) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    tx.execute(
        "INSERT INTO engine_files (municipality, id, subject, name, media_type, size, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            town,
            file.id.as_str(),
            file.subject.as_str(),
            file.name.as_str(),
            file.media_type.as_str(),
            file.size,
            file.digest.as_str(),
            now
        ],
    )
    .await
    .map(drop)
}

/// The given name as a label: no path, no sign that hides or turns the ending, not too long for a line.
fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    let clean: String = last.chars().filter(|sign| !hidden(*sign)).take(80).collect();
    let clean = clean.trim();
    if clean.is_empty() { "file".to_owned() } else { clean.to_owned() }
}

fn path(town: &TownId, id: &str) -> Path {
    Path::from_iter([town.as_str(), &id[id.len().saturating_sub(2)..], id])
}

pub async fn bytes(town: &Town, file: &File) -> Result<bytes::Bytes> {
    let found = town.platform().files.get(&path(town.id(), &file.id)).await?;
    Ok(found.bytes().await?)
}

fn file(row: &Row) -> Result<File> {
    Ok(File {
        id: row.text("id")?,
        subject: row.text("subject")?,
        name: row.text("name")?,
        media_type: row.text("media_type")?,
        size: row.int("size")?,
        digest: row.text("sha256")?,
    })
}

/// The file, if it belongs to that subject.
pub async fn of(db: &mut impl Source, town: &TownId, subject: &str, id: &str) -> Result<File> {
    let row = db
        .row(
            "SELECT id, subject, name, media_type, size, sha256 FROM engine_files
             WHERE municipality = $1 AND id = $2 AND subject = $3",
            params![town, id, subject],
        )
        .await?;
    row.as_ref().map(file).transpose()?.ok_or(Error::NotFound)
}

pub async fn of_subject(db: &mut impl Source, town: &TownId, subject: &str) -> Result<Vec<File>> {
    let rows = db
        .rows(
            "SELECT id, subject, name, media_type, size, sha256 FROM engine_files
             WHERE municipality = $1 AND subject = $2 ORDER BY id LIMIT 200",
            params![town, subject],
        )
        .await?;
    rows.iter().map(file).collect()
}

/// A draft's files become those of the case that came of it.
pub async fn hand_over(tx: &mut Tx, from: &str, to: &str) -> Result<()> {
    let town = tx.town().clone();
    tx.execute(
        "UPDATE engine_files SET subject = $3 WHERE municipality = $1 AND subject = $2",
        params![town, from, to],
    )
    .await
    .map(drop)
}

/// Takes a file of that subject away; its bytes go after the commit. Whether there was one.
pub async fn remove(tx: &mut Tx, subject: &str, id: &str) -> Result<bool> {
    let town = tx.town().clone();
    let sql = "DELETE FROM engine_files WHERE municipality = $1 AND id = $2 AND subject = $3";
    let removed = tx.execute(sql, params![town, id, subject]).await? > 0;
    if removed {
        tx.enqueue(NewJob::now(ERASE, json!({ "file": id })));
    }
    Ok(removed)
}

pub async fn remove_all(tx: &mut Tx, subject: &str) -> Result<()> {
    let town = tx.town().clone();
    for file in of_subject(tx, &town, subject).await? {
        remove(tx, subject, &file.id).await?;
    }
    Ok(())
}

/// Takes received bytes back that no row came to name.
pub async fn discard(town: &Town, received: &Received) -> Result<()> {
    erase(town, &received.id).await
}

/// Takes the bytes of a removed file away; bytes that a row still names, or that went already, are left.
pub async fn erase(town: &Town, id: &str) -> Result<()> {
    let sql = "SELECT id FROM engine_files WHERE municipality = $1 AND id = $2";
    if town.db().row(sql, params![town.id(), id]).await?.is_some() {
        return Ok(());
    }
    match town.platform().files.delete(&path(town.id(), id)).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(cause) => Err(cause.into()),
    }
}
