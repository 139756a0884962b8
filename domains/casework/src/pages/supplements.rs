//! What the applicant sends to the office after applying: words, files or both.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::files::Sent;
use identity::limits;
use web::{Result, Upload, Visit, go_to};

use super::cases::{self, Typed};
use super::steps::UPLOADS;
use crate::operations;

pub async fn create(
    visit: Visit,
    Path(number): Path<String>,
    Upload { pairs, files }: Upload,
) -> Result<Response> {
    let (case, actor) = cases::applicants(&visit, &number).await?;
    if !files.is_empty() {
        limits::take(&visit.town, &UPLOADS, &limits::network(visit.address)).await?;
    }
    let sent = files.into_iter().map(|file| Sent { name: file.name, bytes: file.bytes }).collect();
    let text = pairs.get("text");
    match operations::supply_with(&visit.town, &actor, &case.number, text, sent).await.or_invalid()? {
        Ok(case) => Ok(go_to(&format!("{}?sent=1", case.path()))),
        Err(wrong) => {
            let again = cases::page(&visit, case, Typed { text, wrong: Some(&wrong) }).await?;
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}
