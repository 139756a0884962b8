//! Work that failed: why, how often it was tried, and trying it again now.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use web::{Page, Result, Visit, go_to};

use crate::operations;

struct Listed {
    id: String,
    name: String,
    attempts: i64,
    error: String,
    at: String,
}

#[derive(Template)]
#[template(path = "jobs.html")]
struct Index {
    page: Page,
    ready: i64,
    aside: i64,
    failures: Vec<Listed>,
}

pub async fn index(visit: Visit) -> Result<Response> {
    let mut db = visit.town.db();
    let (ready, aside) = engine::jobs::counts(&mut db).await?;
    let failures = engine::jobs::failures(&mut db, visit.town.id()).await?;
    let failures = failures
        .into_iter()
        .map(|job| Listed {
            id: job.id,
            name: job.name,
            attempts: job.attempts,
            error: job.error,
            at: engine::thai::moment(job.failed_at, visit.lang),
        })
        .collect();
    web::show(&Index { page: Page::new(&visit, visit.t("identity-jobs-title")), ready, aside, failures })
}

pub async fn update(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    operations::retry_job(&visit.town, &visit.actor, &id).await?;
    Ok(go_to("/admin/jobs"))
}
