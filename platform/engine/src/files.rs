//! Files that people send: type told from the bytes, size limited, metadata of pictures taken
//! off, the given name kept as a label only, served to those who may see the subject.

use img_parts::{DynImage, ImageEXIF, ImageICC as _};
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use sha2::Digest as _;

use crate::{Error, Invalid, Result, Row, Source, Town, TownId, Tx, params};

/// Largest file taken: a photograph of a good telephone, or a scan of some pages.
pub const LARGEST: usize = 12 * 1024 * 1024;

#[derive(Debug, Clone)]
pub struct File {
    pub id: String,
    pub subject: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
}

impl File {
    pub fn is_image(&self) -> bool {
        self.media_type.starts_with("image/")
    }
}

/// What may be kept, told from the first bytes.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let found = infer::get(bytes)?.mime_type();
    ["image/jpeg", "image/png", "image/webp", "application/pdf"].into_iter().find(|one| *one == found)
}

/// The picture without place, camera and time; other files as they are.
fn without_metadata(bytes: bytes::Bytes) -> Result<bytes::Bytes> {
    let Ok(Some(mut image)) = DynImage::from_bytes(bytes.clone()) else { return Ok(bytes) };
    image.set_exif(None);
    image.set_icc_profile(None);
    if let DynImage::Jpeg(jpeg) = &mut image {
        // Application segments hold XMP, IPTC and makers' notes; APP0 alone is needed to show it.
        jpeg.segments_mut().retain(|segment| !matches!(segment.marker(), 0xE1..=0xED | 0xEF | 0xFE));
    }
    let mut clean = Vec::new();
    image.encoder().write_to(&mut clean)?;
    Ok(clean.into())
}

/// Checks and keeps a file for a subject. `field` names the question in the message of a refusal.
pub async fn keep(
    town: &Town,
    tx: &mut Tx,
    subject: &str,
    field: &str,
    name: &str,
    bytes: bytes::Bytes,
) -> Result<File> {
    if bytes.is_empty() {
        return Err(Invalid::field(field, "problem-file-empty").into());
    }
    if bytes.len() > LARGEST {
        return Err(Invalid::field(field, "problem-file-large").into());
    }
    let media_type = media_type(&bytes).ok_or(Invalid::field(field, "problem-file-type"))?;
    let bytes = without_metadata(bytes).map_err(|_| Invalid::field(field, "problem-file-type"))?;
    store(town, tx, subject, name, media_type, bytes).await
}

/// Keeps bytes that the product made itself.
pub async fn store(
    town: &Town,
    tx: &mut Tx,
    subject: &str,
    name: &str,
    media_type: &str,
    bytes: bytes::Bytes,
) -> Result<File> {
    let file = File {
        id: crate::id::fresh(tx.clock()),
        subject: subject.to_owned(),
        name: label(name),
        media_type: media_type.to_owned(),
        size: bytes.len() as i64,
    };
    let digest = hex::encode(sha2::Sha256::digest(&bytes));
    // First the bytes, then the row: a row never names bytes that are not there.
    town.platform().files.put(&path(town.id(), &file.id), PutPayload::from(bytes)).await?;
    let now = tx.now();
    tx.execute(
        "INSERT INTO engine_files (municipality, id, subject, name, media_type, size, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![town.id(), file.id.as_str(), subject, file.name.as_str(), media_type, file.size, digest, now],
    )
    .await?;
    Ok(file)
}

/// The given name as a label: no path, no control characters, not longer than fits a line.
fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|sign| !sign.is_control()).take(80).collect();
    if clean.trim().is_empty() { "file".to_owned() } else { clean }
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
    })
}

/// The file, if it belongs to that subject.
pub async fn of(db: &mut impl Source, town: &TownId, subject: &str, id: &str) -> Result<File> {
    let row = db
        .row(
            "SELECT id, subject, name, media_type, size FROM engine_files
             WHERE municipality = $1 AND id = $2 AND subject = $3",
            params![town, id, subject],
        )
        .await?;
    row.as_ref().map(file).transpose()?.ok_or(Error::NotFound)
}

pub async fn of_subject(db: &mut impl Source, town: &TownId, subject: &str) -> Result<Vec<File>> {
    let rows = db
        .rows(
            "SELECT id, subject, name, media_type, size FROM engine_files
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
