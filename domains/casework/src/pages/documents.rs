//! Letters and receipts: downloaded by the applicant, checked by anyone who holds the paper.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use engine::{Error, documents, files};
use web::{Page, Result, Visit};

use super::cases;

pub async fn download(visit: Visit, Path((number, id)): Path<(String, String)>) -> Result<Response> {
    let case = cases::seen(&visit, &number).await?;
    let (town, mut db) = (&visit.town, visit.town.db());
    let document = documents::one(&mut db, town.id(), &id).await?.ok_or(Error::NotFound)?;
    let file = document.file.filter(|_| document.subject == case.subject()).ok_or(Error::NotFound)?;
    let kept = files::of(&mut db, town.id(), &case.subject(), &file).await?;
    let bytes = files::bytes(town, &kept).await?;
    Ok(web::file(&kept, bytes))
}

#[derive(Template)]
#[template(path = "document.html")]
struct Show {
    page: Page,
    found: bool,
    kind: &'static str,
    number: String,
    date: String,
}

/// Says that the paper is genuine, with its number and date and nothing about the person.
pub async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let code = code.to_uppercase().replace(['-', ' '], "");
    let found = documents::with_code(&mut visit.town.db(), visit.town.id(), &code).await?;
    let day = found.as_ref().map(|document| engine::clock::day_of(document.created_at));
    let kind = match found.as_ref().map(|document| document.kind.as_str()) {
        Some("letter") => "casework-kind-letter",
        _ => "casework-kind-receipt",
    };
    web::show(&Show {
        page: Page::new(&visit, visit.t("casework-verify-title")),
        found: found.is_some(),
        kind,
        number: found.map_or_else(String::new, |document| document.number),
        date: day.map_or_else(String::new, |day| engine::thai::long_date(day, visit.lang)),
    })
}
