//! An application being written: begun, its list of steps, and who may open it.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use engine::questionnaire::Progress;
use engine::{Actor, PersonId, SignedDuration, civil};
use web::{Cookie, Page, Result, Visit, go_to, with_cookie};

use super::counter;
use crate::case::{Channel, Draft, DraftId};
use crate::retention::DRAFT_DAYS;
use crate::service::Offered;
use crate::{operations, queries};

fn cookie_name(id: &DraftId) -> String {
    format!("sala_draft_{id}")
}

pub(super) fn secret(visit: &Visit, id: &DraftId) -> String {
    visit.cookie(&cookie_name(id)).unwrap_or_default()
}

/// Lets the browser hold the secret for as long as the draft is kept.
pub(super) fn held(visit: &Visit, response: Response, id: &DraftId, secret: String) -> Response {
    keep(visit, response, id, (secret, DRAFT_DAYS))
}

/// Once it was sent, the secret is of use for a day: to send it again when the line broke.
pub(super) fn sent(visit: &Visit, response: Response, id: &DraftId, secret: String) -> Response {
    if secret.is_empty() { response } else { keep(visit, response, id, (secret, 1)) }
}

fn keep(visit: &Visit, response: Response, id: &DraftId, (secret, days): (String, u32)) -> Response {
    let name = cookie_name(id);
    let cookie = Cookie { name: &name, value: secret, max_age_seconds: Some(i64::from(days) * 86_400) };
    with_cookie(response, &visit.town, cookie)
}

/// A draft and the service it is for, or the way to the case that came of it.
pub(super) type Opened = std::result::Result<(Draft, Arc<Offered>), Response>;

pub(super) async fn opened(visit: &Visit, id: &DraftId) -> engine::Result<Opened> {
    let draft = queries::draft(&mut visit.town.db(), visit.town.id(), id).await?;
    operations::may_edit(&draft, &visit.actor, &secret(visit, id))?;
    if let Some(number) = &draft.number {
        let place = if draft.officer.is_some() { "/counter/cases" } else { "/cases" };
        return Ok(Err(go_to(&format!("{place}/{number}"))));
    }
    let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
    Ok(Ok((draft, offered)))
}

/// The last day on which it can be gone on with, if nothing changes from now on.
pub(super) fn kept_until(visit: &Visit) -> civil::Date {
    engine::clock::day_of(visit.town.clock().now() + SignedDuration::from_hours(24 * i64::from(DRAFT_DAYS)))
}

/// The page of a draft, which says so when an officer writes it for someone.
pub(super) fn page(visit: &Visit, draft: &Draft, offered: &Offered, title: &str) -> Page {
    let applicant = offered.service.form.role("applicant_name", &draft.answers);
    counter::on_behalf(visit, draft, applicant, Page::new(visit, title))
}

pub async fn create(visit: Visit, Path(slug): Path<String>) -> Result<Response> {
    let (draft, secret) = operations::start_draft(&visit.town, &visit.actor, &slug, Channel::Online).await?;
    let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
    let first = offered.service.form.0.first().map_or("", |step| step.id.as_str());
    let response = go_to(&format!("/drafts/{}/steps/{first}", draft.id));
    Ok(held(&visit, response, &draft.id, secret))
}

struct Task {
    title: String,
    href: String,
    /// Key of the word for how far it is, and how it is coloured.
    state: &'static str,
    tag: &'static str,
}

#[derive(Template)]
#[template(path = "draft.html")]
struct Show {
    page: Page,
    tasks: Vec<Task>,
    draft: String,
    complete: bool,
    next: String,
    kept_until: String,
    list: Option<(&'static str, &'static str)>,
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    let (draft, offered) = match opened(&visit, &DraftId::from(id)).await? {
        Ok(found) => found,
        Err(sent) => return Ok(sent),
    };
    let form = &offered.service.form;
    let path = |step: &str| format!("{}/steps/{step}", draft.path());
    let tasks = form.visible_steps(&draft.answers).map(|step| {
        let (state, tag) = match step.progress(&draft.answers) {
            Progress::Done => ("casework-step-done", "granted"),
            Progress::ToDo => ("casework-step-to-do", "waiting"),
            Progress::Optional => ("casework-step-optional", "withdrawn"),
        };
        Task { title: step.title.get(visit.lang).to_owned(), href: path(&step.id), state, tag }
    });
    let missing = form.unfinished(&draft.answers).next();
    web::show(&Show {
        page: page(&visit, &draft, &offered, offered.service.title.get(visit.lang)),
        tasks: tasks.collect(),
        complete: missing.is_none(),
        next: missing.map_or_else(|| format!("{}/check", draft.path()), |step| path(&step.id)),
        kept_until: engine::thai::long_date(kept_until(&visit), visit.lang),
        list: listed_at(&draft, &visit.actor),
        draft: draft.path(),
    })
}

/// Where it stands in a list of this one's own: word and path.
pub(super) fn listed_at(draft: &Draft, actor: &Actor) -> Option<(&'static str, &'static str)> {
    let is = |person: Option<&PersonId>| actor.person().is_some_and(|own| person == Some(own));
    if is(draft.person.as_ref()) {
        Some(("casework-mine-title", "/my/cases"))
    } else if is(draft.officer.as_ref()) {
        Some(("casework-menu-counter", "/counter"))
    } else {
        None
    }
}
