//! The printing press: sets the papers of `engine::documents` as PDF.
//!
//! The same data gives the same bytes. The result is archival and tagged (PDF/A-2a and PDF/UA-1)
//! unless it holds characters our typeface lacks, which those standards forbid; then it is a plain
//! tagged PDF, for a person's words matter more than the label.

mod thai_digits;
mod words;
mod world;

use engine::documents::{Letter, Receipt, Verification};
use engine::{Error, Result};
use jiff::civil::Date;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use serde::Serialize;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::Sheet;

const LETTER: &str = concat!(include_str!("shared.typ"), include_str!("letter.typ"));
const RECEIPT: &str = concat!(include_str!("shared.typ"), include_str!("receipt.typ"));

/// How many documents back the typesetter remembers shaped words; a bound on memory.
const REMEMBERED: usize = 8;

/// An official letter (หนังสือภายนอก).
pub fn letter(data: &Letter) -> Result<Vec<u8>> {
    let data = thai_digits::letter(data.clone());
    let names = names(&[&data.agency, &data.addressee, &data.signer_name]);
    let sheet = sheet(LETTER, &data, &names, data.emblem_svg.as_deref(), &data.verification)?;
    print(&sheet, data.issued_on)
}

/// The receipt of an application (ใบรับคำขอ).
pub fn receipt(data: &Receipt) -> Result<Vec<u8>> {
    let names = names(&[&data.agency]);
    let sheet = sheet(RECEIPT, data, &names, data.emblem_svg.as_deref(), &data.verification)?;
    print(&sheet, data.issued_on)
}

/// Proper names, which no dictionary knows: words of their own, and what follows "ตำบล".
fn names(texts: &[&str]) -> Vec<String> {
    let words = texts.iter().flat_map(|text| text.split_whitespace());
    let names = words.map(|word| word.rsplit_once("ตำบล").map_or(word, |(_, name)| name));
    names.filter(|name| (3..=28).contains(&name.chars().count())).map(str::to_owned).collect()
}

fn print(sheet: &Sheet, issued_on: Option<Date>) -> Result<Vec<u8>> {
    let printed =
        typst::compile::<PagedDocument>(sheet).output.and_then(|document| bind(&document, issued_on));
    typst::comemo::evict(REMEMBERED);
    printed.map_err(|problems| Error::Internal(sentence(&problems)))
}

fn sheet<T: Serialize>(
    template: &str,
    data: &T,
    names: &[String],
    emblem: Option<&str>,
    verification: &Verification,
) -> Result<Sheet> {
    let mut texts = serde_json::to_value(data)?;
    texts["emblem_svg"] = emblem.is_some().into();
    words::keep_whole(&mut texts, names);
    let mut files = vec![("data.json", serde_json::to_vec(&texts)?)];
    files.extend(emblem.map(|svg| ("emblem.svg", svg.as_bytes().to_vec())));
    if !verification.url.is_empty() {
        files.push(("code.svg", code(&verification.url)?.into_bytes()));
    }
    Sheet::new(template, files).map_err(|cause| Error::Internal(cause.to_string()))
}

fn bind(document: &PagedDocument, issued_on: Option<Date>) -> SourceResult<Vec<u8>> {
    let options = |standards| PdfOptions {
        standards,
        creator: Smart::Custom(Some("Sala".to_owned())),
        timestamp: issued_on.and_then(midnight),
        ..PdfOptions::default()
    };
    let archival = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap_or_default();
    typst_pdf::pdf(document, &options(archival))
        .or_else(|_| typst_pdf::pdf(document, &options(PdfStandards::default())))
}

fn midnight(day: Date) -> Option<Timestamp> {
    let (month, date) = (day.month().try_into().ok()?, day.day().try_into().ok()?);
    Datetime::from_ymd_hms(day.year().into(), month, date, 0, 0, 0).map(Timestamp::new_utc)
}

/// A QR code with a quiet margin, as a drawing.
fn code(url: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(url, EcLevel::M)
        .map_err(|cause| Error::Internal(format!("qr: {cause}")))?;
    Ok(code.render::<svg::Color<'_>>().quiet_zone(false).build())
}

fn sentence(problems: &[SourceDiagnostic]) -> String {
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    format!("document: {}", said.join("; "))
}

#[cfg(test)]
mod tests;
