//! An application being written: one thing per page, saved at each step, checked before it is sent.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::questionnaire::{Group, Posted};
use web::{
    Cookie, ErrorSummary, Field, FieldError, Filled, Input, Page, Pairs, Result, Visit, go_to, with_cookie,
};

use crate::case::{Channel, Draft, DraftId};
use crate::service::{Computed, Offered};
use crate::{operations, queries};

fn cookie_name(id: &DraftId) -> String {
    format!("sala_draft_{id}")
}

pub(super) fn secret(visit: &Visit, id: &DraftId) -> String {
    visit.cookie(&cookie_name(id)).unwrap_or_default()
}

async fn draft(visit: &Visit, id: &DraftId) -> engine::Result<(Draft, std::sync::Arc<Offered>)> {
    let draft = queries::draft(&mut visit.town.db(), visit.town.id(), id).await?;
    operations::may_edit(&draft, &visit.actor, &secret(visit, id))?;
    let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
    Ok((draft, offered))
}

pub async fn create(visit: Visit, Path(slug): Path<String>) -> Result<Response> {
    let (draft, secret) = operations::start_draft(&visit.town, &visit.actor, &slug, Channel::Online).await?;
    let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
    let first = offered.service.form.0.first().map_or("", |step| step.id.as_str());
    let cookie = Cookie {
        name: &cookie_name(&draft.id),
        value: secret,
        max_age_seconds: Some(i64::from(crate::retention::DRAFT_DAYS) * 86_400),
    };
    Ok(with_cookie(go_to(&format!("/drafts/{}/steps/{first}", draft.id)), &visit.town, cookie))
}

#[derive(Template)]
#[template(path = "step.html")]
struct Edit {
    page: Page,
    errors: Vec<FieldError>,
    fields: Vec<Field>,
    help: String,
    action: String,
    back: String,
    number: usize,
    count: usize,
    service: String,
}

fn form(
    visit: &Visit,
    draft: &Draft,
    offered: &Offered,
    step: &str,
    typed: Option<&Pairs>,
    errors: Vec<FieldError>,
) -> engine::Result<Edit> {
    let steps: Vec<_> = offered.service.form.visible_steps(&draft.answers).collect();
    let at = steps.iter().position(|one| one.id == step).ok_or(engine::Error::NotFound)?;
    let step = steps[at];
    let filled = typed.map_or(Filled::Answered(&draft.answers), Filled::Typed);
    let province = &visit.town.profile().province_code;
    let path = |step: &str| format!("/drafts/{}/steps/{step}", draft.id);
    Ok(Edit {
        page: Page::new(visit, step.title.get(visit.lang)),
        fields: web::fields(step, &draft.answers, &filled, &errors, visit.lang, province),
        errors,
        help: step.help.as_ref().map_or_else(String::new, |help| help.get(visit.lang).to_owned()),
        action: path(&step.id),
        back: match at {
            0 => format!("/services/{}", draft.service),
            _ => path(&steps[at - 1].id),
        },
        number: at + 1,
        count: steps.len(),
        service: offered.service.title.get(visit.lang).to_owned(),
    })
}

pub async fn edit(visit: Visit, Path((id, step)): Path<(String, String)>) -> Result<Response> {
    let (draft, offered) = draft(&visit, &DraftId::from(id)).await?;
    web::show(&form(&visit, &draft, &offered, &step, None, Vec::new())?)
}

pub async fn update(
    visit: Visit,
    Path((id, step)): Path<(String, String)>,
    pairs: Pairs,
) -> Result<Response> {
    let id = DraftId::from(id);
    let posted = Posted { pairs: &pairs.0, today: visit.town.clock().today(), lang: visit.lang };
    let held = secret(&visit, &id);
    match operations::save_step(&visit.town, &visit.actor, (&id, &held), &step, &posted).await.or_invalid()? {
        Ok(draft) => Ok(go_to(&next(&visit, &draft, &step).await?)),
        Err(invalid) => {
            let (draft, offered) = draft(&visit, &id).await?;
            let errors = ErrorSummary::of(&visit, &invalid);
            let again = form(&visit, &draft, &offered, &step, Some(&pairs), errors)?;
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

/// The step that follows, or the check once everything is answered and nothing follows.
async fn next(visit: &Visit, draft: &Draft, step: &str) -> engine::Result<String> {
    let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
    let form = &offered.service.form;
    let all_answered = form.unfinished(&draft.answers).next().is_none();
    let follows = form.visible_steps(&draft.answers).skip_while(|one| one.id != step).nth(1);
    Ok(match follows.filter(|_| !all_answered) {
        Some(follows) => format!("/drafts/{}/steps/{}", draft.id, follows.id),
        None => format!("/drafts/{}/check", draft.id),
    })
}

#[derive(Template)]
#[template(path = "check.html")]
struct Check {
    page: Page,
    errors: Vec<FieldError>,
    groups: Vec<Group>,
    draft: String,
    computed: Option<Computed>,
    complete: bool,
    missing: String,
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    let (draft, offered) = draft(&visit, &DraftId::from(id)).await?;
    let service = &offered.service;
    let today = visit.town.clock().today();
    let missing = service.form.unfinished(&draft.answers).next().map(|step| step.id.clone());
    web::show(&Check {
        page: Page::new(&visit, visit.t("casework-check-title")),
        errors: Vec::new(),
        groups: service.form.shown(&draft.answers, visit.lang),
        draft: draft.id.to_string(),
        computed: service
            .benefit
            .as_ref()
            .and_then(|benefit| benefit.compute(&draft.answers, today, visit.lang)),
        complete: missing.is_none(),
        missing: missing.unwrap_or_default(),
    })
}
