//! A case as its applicant sees it: sent, followed, added to, taken back.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::workflow::{Does, StateKind};
use engine::{Actor, Invalid, documents, history};
use web::{Cookie, ErrorSummary, FieldError, Page, Pairs, Result, Visit, go_to, with_cookie};

use super::drafts;
use crate::case::{Case, DraftId, normalised_number};
use crate::{operations, queries};

const DAYS_TO_FOLLOW: i64 = 90;

fn cookie_name(number: &str) -> String {
    format!("sala_case_{number}")
}

fn opened(visit: &Visit, response: Response, number: &str, secret: String) -> Response {
    let name = cookie_name(number);
    let cookie = Cookie { name: &name, value: secret, max_age_seconds: Some(DAYS_TO_FOLLOW * 86_400) };
    with_cookie(response, &visit.town, cookie)
}

pub async fn create(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    let id = DraftId::from(id);
    let held = drafts::secret(&visit, &id);
    match operations::submit(&visit.town, &visit.actor, (&id, &held), visit.lang).await.or_invalid()? {
        Ok((case, secret)) => {
            let response = go_to(&format!("{}?new=1", case.path()));
            Ok(opened(&visit, response, &case.number, secret))
        }
        Err(_) => Ok(go_to(&format!("/drafts/{id}/check"))),
    }
}

#[derive(Template)]
#[template(path = "track.html")]
struct Track {
    page: Page,
    errors: Vec<FieldError>,
    number: String,
}

fn track(visit: &Visit, number: String, invalid: Option<&Invalid>) -> Track {
    let errors = invalid.map(|invalid| ErrorSummary::of(visit, invalid)).unwrap_or_default();
    Track { page: Page::new(visit, visit.t("web-track")), errors, number }
}

pub async fn new(visit: Visit) -> Result<Response> {
    web::show(&track(&visit, String::new(), None))
}

pub async fn find(visit: Visit, pairs: Pairs) -> Result<Response> {
    let (number, secret) = (pairs.get("number"), pairs.get("secret"));
    match operations::open_with_secret(&visit.town, number, secret).await.or_invalid()? {
        Ok((case, _)) => Ok(opened(&visit, go_to(&case.path()), &case.number, secret.to_owned())),
        Err(invalid) => {
            let again = track(&visit, number.to_owned(), Some(&invalid));
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

/// The case and the actor that may act as its applicant; whoever is not finds nothing.
pub(super) async fn applicants(visit: &Visit, number: &str) -> engine::Result<(Case, Actor)> {
    let number = normalised_number(number);
    if let Some(secret) = visit.cookie(&cookie_name(&number)) {
        let opened = operations::open_with_secret(&visit.town, &number, &secret).await.or_invalid()?;
        if let Ok(found) = opened {
            return Ok(found);
        }
    }
    let case = queries::with_number(&mut visit.town.db(), visit.town.id(), &number).await?;
    match operations::is_applicant(&case, &visit.actor) {
        true => Ok((case, visit.actor.clone())),
        false => Err(engine::Error::NotFound),
    }
}

struct Moment {
    at: String,
    sentence: String,
}

struct Written {
    heading: String,
    at: String,
    text: String,
}

struct Paper {
    id: String,
    label: String,
    ready: bool,
}

#[derive(Template)]
#[template(path = "case.html")]
struct Show {
    page: Page,
    errors: Vec<FieldError>,
    case: Case,
    title: String,
    state: String,
    tag: &'static str,
    due: String,
    overdue: bool,
    waiting: bool,
    can_withdraw: bool,
    is_new: bool,
    secret: String,
    written: Vec<Written>,
    papers: Vec<Paper>,
    timeline: Vec<Moment>,
    typed: String,
}

async fn case_page(
    visit: &Visit,
    case: Case,
    typed: &str,
    invalid: Option<&Invalid>,
) -> engine::Result<Show> {
    let (town, mut db) = (&visit.town, visit.town.db());
    let offered = queries::version(town, &case.service, case.version).await?;
    let entries = queries::entries(&mut db, town.id(), &case.id, false).await?;
    let papers = documents::of_subject(&mut db, town.id(), &case.subject()).await?;
    let events = history::of_subject(&mut db, town.id(), &case.subject()).await?;
    let is_new = visit.asked("new") == "1";
    Ok(Show {
        page: Page::new(visit, visit.tv("casework-case-title", &[("number", case.number.clone())])),
        errors: invalid.map(|invalid| ErrorSummary::of(visit, invalid)).unwrap_or_default(),
        title: offered.service.title.get(visit.lang).to_owned(),
        state: offered
            .workflow
            .state(&case.state)
            .map_or(&case.state, |state| match visit.lang {
                engine::Lang::Th => &state.title.th,
                engine::Lang::En => &state.title.en,
            })
            .clone(),
        tag: case.outcome.map_or(crate::case::kind_code(case.kind), engine::workflow::Outcome::code),
        due: case.due_on.map_or_else(String::new, |due| engine::thai::long_date(due, visit.lang)),
        overdue: case.is_overdue(town.clock().today()),
        waiting: case.kind == StateKind::Waiting,
        can_withdraw: offered.workflow.doing(&case.state, Does::Withdraw).is_some(),
        secret: visit.cookie(&cookie_name(&case.number)).filter(|_| is_new).unwrap_or_default(),
        is_new,
        written: entries.iter().map(|entry| written(visit, entry)).collect(),
        papers: papers
            .iter()
            .map(|paper| Paper {
                id: paper.id.clone(),
                label: visit.tv(
                    if paper.kind == "letter" { "casework-paper-letter" } else { "casework-paper-receipt" },
                    &[("number", paper.number.clone())],
                ),
                ready: paper.file.is_some(),
            })
            .collect(),
        timeline: events
            .iter()
            .filter(|event| event.kind != "casework.case.noted")
            .map(|event| moment(visit, event))
            .collect(),
        typed: typed.to_owned(),
        case,
    })
}

fn written(visit: &Visit, entry: &queries::Entry) -> Written {
    let heading = match entry.kind.as_str() {
        "ask" => "casework-entry-ask",
        "supply" => "casework-entry-supply",
        "decision" => "casework-entry-decision",
        _ => "casework-entry-answer",
    };
    Written {
        heading: visit.t(heading).to_owned(),
        at: engine::thai::moment(entry.at, visit.lang),
        text: entry.text.clone(),
    }
}

/// The applicant reads of "you" and "the office"; who of the office acted is not shown.
fn moment(visit: &Visit, event: &history::Recorded) -> Moment {
    let by_applicant = ["submitted", "supplied", "withdrawn"].iter().any(|verb| event.kind.ends_with(verb));
    let actor = visit.t(if by_applicant { "casework-actor-applicant" } else { "casework-actor-office" });
    let key = format!("event-{}", event.kind.replace('.', "-"));
    Moment {
        at: engine::thai::moment(event.at, visit.lang),
        sentence: visit.tv(&key, &[("actor", actor.to_owned())]),
    }
}

pub async fn show(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    let (case, _) = applicants(&visit, &number).await?;
    web::show(&case_page(&visit, case, "", None).await?)
}

pub async fn supplement(visit: Visit, Path(number): Path<String>, pairs: Pairs) -> Result<Response> {
    let (case, actor) = applicants(&visit, &number).await?;
    match operations::supply(&visit.town, &actor, &case.number, pairs.get("text")).await.or_invalid()? {
        Ok(case) => Ok(go_to(&case.path())),
        Err(invalid) => {
            let again = case_page(&visit, case, pairs.get("text"), Some(&invalid)).await?;
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

#[derive(Template)]
#[template(path = "withdrawal.html")]
struct Withdrawal {
    page: Page,
    number: String,
}

pub async fn new_withdrawal(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    let (case, _) = applicants(&visit, &number).await?;
    case.must_be_open()?;
    let page = Page::new(&visit, visit.t("casework-withdraw-title"));
    web::show(&Withdrawal { page, number: case.number })
}

pub async fn withdrawal(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    let (case, actor) = applicants(&visit, &number).await?;
    let case = operations::withdraw(&visit.town, &actor, &case.number).await?;
    Ok(go_to(&case.path()))
}
