//! All answers of an application on one page, to be checked before they are sent.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use engine::files;
use web::{Page, Result, Visit};

use super::answers::{Group, Look};
use super::drafts::opened;
use crate::case::DraftId;
use crate::service::Computed;

#[derive(Template)]
#[template(path = "check.html")]
struct Show {
    page: Page,
    groups: Vec<Group>,
    draft: String,
    computed: Option<Computed>,
    complete: bool,
    missing: String,
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    let (draft, offered) = match opened(&visit, &DraftId::from(id)).await? {
        Ok(found) => found,
        Err(sent) => return Ok(sent),
    };
    let (service, today) = (&offered.service, visit.town.clock().today());
    let known = files::of_subject(&mut visit.town.db(), visit.town.id(), &draft.subject()).await?;
    let look = Look { lang: visit.lang, files: &known, base: &draft.path(), masked: false };
    let missing = service.form.unfinished(&draft.answers).next().map(|step| step.id.clone());
    web::show(&Show {
        page: super::drafts::page(&visit, &draft, &offered, visit.t("casework-check-title")),
        groups: look.groups(&service.form, &draft.answers),
        draft: draft.path(),
        computed: service
            .benefit
            .as_ref()
            .and_then(|benefit| benefit.compute(&draft.answers, today, visit.lang)),
        complete: missing.is_none(),
        missing: missing.unwrap_or_default(),
    })
}
