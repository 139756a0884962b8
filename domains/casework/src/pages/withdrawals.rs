//! Taking an application back, asked once more before it is done.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use web::{Page, Result, Visit, go_to};

use super::cases;
use crate::operations;

#[derive(Template)]
#[template(path = "withdrawal.html")]
struct New {
    page: Page,
    number: String,
}

pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    let (case, _) = cases::applicants(&visit, &number).await?;
    case.must_be_open()?;
    let page = Page::new(&visit, visit.t("casework-withdraw-title"));
    web::show(&New { page, number: case.number })
}

pub async fn create(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    let (case, actor) = cases::applicants(&visit, &number).await?;
    let case = operations::withdraw(&visit.town, &actor, &case.number).await?;
    Ok(go_to(&case.path()))
}
