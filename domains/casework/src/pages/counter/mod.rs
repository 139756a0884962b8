//! Applying for someone at the counter, by telephone or from paper: begun here, filled in on the
//! pages that residents use, ended with a slip to hand over.

pub mod file;
pub mod slip;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use engine::{Invalid, PersonId};
use web::{ErrorSummary, FieldError, Page, Pairs, Result, Visit, error_for, go_to};

use super::drafts;
use crate::case::{Channel, Draft};
use crate::{operations, queries};

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct Unfinished {
    href: String,
    service: String,
    applicant: String,
    channel: String,
    at: String,
}

#[derive(Template)]
#[template(path = "counter.html")]
struct Index {
    page: Page,
    errors: Vec<FieldError>,
    channels: Vec<Choice>,
    services: Vec<Choice>,
    drafts: Vec<Unfinished>,
}

impl Index {
    fn error(&self, field: &str) -> Option<&str> {
        error_for(&self.errors, field)
    }
}

async fn form(visit: &Visit, channel: &str, service: &str, invalid: &Invalid) -> engine::Result<Index> {
    let offered = queries::offered_now(&visit.town).await?;
    let choice = |value: &str, label: &str, chosen: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: value == chosen,
    };
    Ok(Index {
        page: Page::new(visit, visit.t("casework-menu-counter")),
        errors: ErrorSummary::of(visit, invalid),
        channels: Channel::BY_OFFICER.map(|one| choice(one.code(), visit.t(one.key()), channel)).into(),
        services: offered
            .iter()
            .map(|one| choice(&one.service.slug, one.service.title.get(visit.lang), service))
            .collect(),
        drafts: unfinished(visit).await?,
    })
}

async fn unfinished(visit: &Visit) -> engine::Result<Vec<Unfinished>> {
    let nobody = PersonId::from("");
    let officer = visit.actor.person().unwrap_or(&nobody);
    let all = queries::unfinished_of(&mut visit.town.db(), visit.town.id(), officer).await?;
    let mut shown = Vec::with_capacity(all.len());
    for queries::Unfinished { draft, updated_at } in all {
        let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
        let applicant = offered.service.form.role("applicant_name", &draft.answers);
        shown.push(Unfinished {
            href: format!("/drafts/{}/check", draft.id),
            service: offered.service.title.get(visit.lang).to_owned(),
            applicant: applicant.unwrap_or_default().to_owned(),
            channel: visit.t(draft.channel.key()).to_owned(),
            at: engine::thai::moment(updated_at, visit.lang),
        });
    }
    Ok(shown)
}

pub async fn index(visit: Visit) -> Result<Response> {
    let service = visit.asked("service");
    web::show(&form(&visit, Channel::Counter.code(), &service, &Invalid::default()).await?)
}

pub async fn create(visit: Visit, pairs: Pairs) -> Result<Response> {
    let (channel, service) = (pairs.get("channel"), pairs.get("service"));
    let mut invalid = Invalid::default();
    let by = Channel::parse(channel).filter(|channel| Channel::BY_OFFICER.contains(channel));
    if by.is_none() {
        invalid.push("channel", "casework-problem-channel");
    }
    if service.is_empty() {
        invalid.push("service", "casework-problem-service");
    }
    let (Some(by), true) = (by, invalid.is_empty()) else {
        let again = form(&visit, channel, service, &invalid).await?;
        return web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let (draft, secret) = operations::start_draft(&visit.town, &visit.actor, service, by).await?;
    let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
    let first = offered.service.form.0.first().map_or("", |step| step.id.as_str());
    let first = go_to(&format!("/drafts/{}/steps/{first}", draft.id));
    Ok(drafts::held(&visit, first, &draft.id, secret))
}

/// On the pages of the form: for whom an officer fills it in, and by which channel.
pub fn on_behalf(visit: &Visit, draft: &Draft, applicant: Option<&str>, mut page: Page) -> Page {
    if draft.officer.is_none() {
        return page;
    }
    let applicant = applicant.filter(|name| !name.is_empty()).unwrap_or(visit.t("casework-behalf-someone"));
    let args = [("applicant", applicant.to_owned()), ("channel", visit.t(draft.channel.key()).to_owned())];
    page.notice = Some(visit.tv("casework-behalf", &args));
    page
}
