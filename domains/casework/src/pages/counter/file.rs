//! The receipt of an application that was handed in at the counter, to print for the applicant.

use axum::extract::Path;
use axum::response::Response;
use engine::files;
use web::{Result, Visit};

use super::slip::own;

pub async fn show(visit: Visit, Path((number, file)): Path<(String, String)>) -> Result<Response> {
    let case = own(&visit, &number).await?;
    let kept = files::of(&mut visit.town.db(), visit.town.id(), &case.subject(), &file).await?;
    let bytes = files::bytes(&visit.town, &kept).await?;
    Ok(web::file(&kept, bytes))
}
