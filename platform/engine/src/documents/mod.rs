//! Official letters and receipts: a number from the office's register, a code that anyone can
//! check, and the words as data. `machinery` turns them into PDF.

mod paper;

pub use paper::*;
use serde::{Deserialize, Serialize};

use crate::jobs::NewJob;
use crate::{CodeAlphabet, Result, Row, Source, Timestamp, TownId, Tx, json, params};

pub const RENDER: &str = "engine.document.render";

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "snake_case")]
pub enum Paper {
    Letter(Letter),
    Receipt(Receipt),
}

#[derive(Debug, Clone)]
pub struct Document {
    pub id: String,
    pub kind: String,
    pub subject: String,
    pub number: String,
    /// What the QR leads to and a person types to check the document.
    pub code: String,
    pub file: Option<String>,
    pub created_at: Timestamp,
}

/// A number and a code, before the words that hold them are written.
pub struct Reserved {
    pub number: String,
    pub code: String,
}

/// The next number of an office's register of that Buddhist year, such as `ขก 52301/118`.
/// Numbers run without gaps, since a rolled-back transaction gives its number back.
pub async fn reserve(tx: &mut Tx, register: &str) -> Result<Reserved> {
    let (town, year) = (tx.town().clone(), i64::from(tx.today().year()) + 543);
    let row = tx
        .row(
            "INSERT INTO engine_document_registers (municipality, register, year, last)
             VALUES ($1, $2, $3, 1)
             ON CONFLICT (municipality, register, year)
             DO UPDATE SET last = engine_document_registers.last + 1 RETURNING last",
            params![town, register, year],
        )
        .await?
        .ok_or(crate::Error::NotFound)?;
    let number = format!("{register}/{}", row.int("last")?);
    Ok(Reserved { number, code: crate::id::code(&CodeAlphabet::Readable, 12) })
}

/// Keeps the document and has it rendered.
pub async fn issue(tx: &mut Tx, subject: &str, reserved: Reserved, paper: &Paper) -> Result<String> {
    let (town, now) = (tx.town().clone(), tx.now());
    let id = crate::id::fresh(tx.clock());
    let kind = match paper {
        Paper::Letter(_) => "letter",
        Paper::Receipt(_) => "receipt",
    };
    tx.execute(
        "INSERT INTO engine_documents (municipality, id, kind, subject, number, code, paper, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            town,
            id.as_str(),
            kind,
            subject,
            reserved.number,
            reserved.code,
            serde_json::to_string(paper)?,
            now
        ],
    )
    .await?;
    tx.enqueue(NewJob::now(RENDER, json!({ "document": id })));
    Ok(id)
}

pub async fn rendered(tx: &mut Tx, id: &str, file: &str) -> Result<()> {
    let town = tx.town().clone();
    let sql = "UPDATE engine_documents SET file = $3 WHERE municipality = $1 AND id = $2";
    tx.execute(sql, params![town, id, file]).await.map(drop)
}

const COLUMNS: &str = "id, kind, subject, number, code, file, created_at";

fn document(row: &Row) -> Result<Document> {
    Ok(Document {
        id: row.text("id")?,
        kind: row.text("kind")?,
        subject: row.text("subject")?,
        number: row.text("number")?,
        code: row.text("code")?,
        file: row.optional_text("file")?,
        created_at: row.time("created_at")?,
    })
}

pub async fn one(db: &mut impl Source, town: &TownId, id: &str) -> Result<Option<Document>> {
    let sql = format!("SELECT {COLUMNS} FROM engine_documents WHERE municipality = $1 AND id = $2");
    db.row(&sql, params![town, id]).await?.as_ref().map(document).transpose()
}

/// The words of a document, which lists of documents have no need of.
pub async fn paper(db: &mut impl Source, town: &TownId, id: &str) -> Result<Paper> {
    let sql = "SELECT paper FROM engine_documents WHERE municipality = $1 AND id = $2";
    let row = db.row(sql, params![town, id]).await?.ok_or(crate::Error::NotFound)?;
    row.json("paper")
}

pub async fn with_code(db: &mut impl Source, town: &TownId, code: &str) -> Result<Option<Document>> {
    let sql = format!("SELECT {COLUMNS} FROM engine_documents WHERE municipality = $1 AND code = $2");
    db.row(&sql, params![town, code]).await?.as_ref().map(document).transpose()
}

pub async fn of_subject(db: &mut impl Source, town: &TownId, subject: &str) -> Result<Vec<Document>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM engine_documents WHERE municipality = $1 AND subject = $2 ORDER BY id"
    );
    db.rows(&sql, params![town, subject]).await?.iter().map(document).collect()
}
