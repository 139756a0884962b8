//! What the applicant takes home: number and secret, what was applied for, how to follow it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use engine::{Error, documents};
use web::{Cookie, Page, Result, Visit, go_to, with_cookie};

use crate::case::{Case, normalised_number};
use crate::queries;

/// The secret is shown on the slip and nowhere again: long enough to print it, no longer.
const SECONDS_FOR_SLIP: i64 = 30 * 60;

fn cookie_name(number: &str) -> String {
    format!("sala_slip_{number}")
}

/// After an officer sent an application: to its slip, with the secret for it.
pub fn handed_in(visit: &Visit, case: &Case, secret: String) -> Response {
    let response = go_to(&format!("/counter/cases/{}", case.number));
    let name = cookie_name(&case.number);
    let cookie = Cookie { name: &name, value: secret, max_age_seconds: Some(SECONDS_FOR_SLIP) };
    with_cookie(response, &visit.town, cookie)
}

#[derive(Template)]
#[template(path = "slip.html")]
struct Show {
    page: Page,
    case: Case,
    service: String,
    secret: String,
    received: String,
    due: String,
    channel: String,
    track: String,
    receipt: Option<String>,
}

/// A case that this officer handed in for someone.
pub(super) async fn own(visit: &Visit, number: &str) -> engine::Result<Case> {
    let number = normalised_number(number);
    let case = queries::with_number(&mut visit.town.db(), visit.town.id(), &number).await?;
    let own = case.officer.is_some() && case.officer.as_ref() == visit.actor.person();
    if own { Ok(case) } else { Err(Error::NotFound) }
}

pub async fn show(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    let case = own(&visit, &number).await?;
    let offered = queries::version(&visit.town, &case.service, case.version).await?;
    let papers = documents::of_subject(&mut visit.town.db(), visit.town.id(), &case.subject()).await?;
    let receipt = papers.iter().find(|paper| paper.kind == "receipt").and_then(|paper| paper.file.as_ref());
    web::show(&Show {
        page: Page::new(&visit, visit.t("casework-slip-title")),
        service: offered.service.title.get(visit.lang).to_owned(),
        secret: visit.cookie(&cookie_name(&case.number)).unwrap_or_default(),
        received: engine::thai::moment(case.submitted_at, visit.lang),
        due: case.due_on.map(|due| engine::thai::long_date(due, visit.lang)).unwrap_or_default(),
        channel: visit.t(case.channel.key()).to_owned(),
        track: visit.town.url("/track"),
        receipt: receipt.map(|file| format!("/counter/cases/{}/files/{file}", case.number)),
        case,
    })
}
