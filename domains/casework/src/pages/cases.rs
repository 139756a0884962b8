//! A case as its applicant sees it: just sent, how far it is, what comes next, what was written.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::workflow::{Does, StateKind};
use engine::{Actor, Invalid, documents, files, history};
use web::{Cookie, ErrorSummary, FieldError, KeptFile, Page, Result, Visit, error_for, go_to, with_cookie};

use super::answers::{Group, Look};
use super::progress::{self, Stage};
use super::{counter, drafts};
use crate::case::{Case, DraftId, normalised_number};
use crate::{operations, queries};

const DAYS_TO_FOLLOW: i64 = 90;

fn cookie_name(number: &str) -> String {
    format!("sala_case_{number}")
}

/// Lets the browser hold the secret of the case.
pub(super) fn opened(visit: &Visit, response: Response, number: &str, secret: String) -> Response {
    let name = cookie_name(number);
    let cookie = Cookie { name: &name, value: secret, max_age_seconds: Some(DAYS_TO_FOLLOW * 86_400) };
    with_cookie(response, &visit.town, cookie)
}

pub async fn create(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    let id = DraftId::from(id);
    let held = drafts::secret(&visit, &id);
    match operations::submit(&visit.town, &visit.actor, (&id, &held), visit.lang).await.or_invalid()? {
        Ok((case, secret)) if case.officer.is_some() => Ok(counter::slip::handed_in(&visit, &case, secret)),
        Ok((case, secret)) => {
            let response = go_to(&format!("{}?new=1", case.path()));
            let response = drafts::sent(&visit, response, &id, held);
            Ok(opened(&visit, response, &case.number, secret))
        }
        Err(_) => Ok(go_to(&format!("/drafts/{id}/check"))),
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

/// The case for whoever may see its papers and files: its applicant, or an officer who reads cases.
pub(super) async fn seen(visit: &Visit, number: &str) -> engine::Result<Case> {
    if !visit.actor.can(crate::permissions::READ) {
        return applicants(visit, number).await.map(|(case, _)| case);
    }
    queries::with_number(&mut visit.town.db(), visit.town.id(), &normalised_number(number)).await
}

struct Moment {
    at: String,
    sentence: String,
}

struct Written {
    /// The office's last question, which still waits for its answer.
    asks: bool,
    heading: String,
    at: String,
    text: String,
    files: Vec<KeptFile>,
}

struct Paper {
    href: String,
    label: String,
    ready: bool,
}

/// What was typed into the form for sending more, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed<'a> {
    pub text: &'a str,
    pub wrong: Option<&'a Invalid>,
}

#[derive(Template)]
#[template(path = "case.html")]
pub(super) struct Show {
    page: Page,
    errors: Vec<FieldError>,
    case: Case,
    title: String,
    state: String,
    tag: &'static str,
    stages: Vec<Stage>,
    next: String,
    received: String,
    due: String,
    overdue: bool,
    waiting: bool,
    unit: String,
    telephone: String,
    can_withdraw: bool,
    is_new: bool,
    secret: String,
    written: Vec<Written>,
    papers: Vec<Paper>,
    has_receipt: bool,
    groups: Vec<Group>,
    timeline: Vec<Moment>,
    typed: String,
    most_files: usize,
}

pub(super) async fn page(visit: &Visit, case: Case, typed: Typed<'_>) -> engine::Result<Show> {
    let (town, mut db) = (&visit.town, visit.town.db());
    let offered = queries::version(town, &case.service, case.version).await?;
    let entries = queries::entries(&mut db, town.id(), &case.id, false).await?;
    let papers = documents::of_subject(&mut db, town.id(), &case.subject()).await?;
    let events = history::of_subject(&mut db, town.id(), &case.subject()).await?;
    let known = files::of_subject(&mut db, town.id(), &case.subject()).await?;
    let base = case.path();
    let look = Look { lang: visit.lang, files: &known, base: &base, masked: true };
    let (is_new, today, profile) = (visit.asked("new") == "1", town.clock().today(), town.profile());
    Ok(Show {
        page: heading(visit, &case, typed.wrong),
        errors: typed.wrong.map(|wrong| ErrorSummary::of(visit, wrong)).unwrap_or_default(),
        title: offered.service.title.get(visit.lang).to_owned(),
        state: offered
            .workflow
            .state(&case.state)
            .map_or(&*case.state, |state| state.title.get(visit.lang))
            .to_owned(),
        tag: case.outcome.map_or(crate::case::kind_code(case.kind), engine::workflow::Outcome::code),
        stages: progress::stages(visit, &case, &offered),
        next: progress::next(visit, &case, today),
        received: engine::thai::long_date(engine::clock::day_of(case.submitted_at), visit.lang),
        due: case.due_on.map_or_else(String::new, |due| engine::thai::long_date(due, visit.lang)),
        overdue: case.is_overdue(today),
        waiting: case.kind == StateKind::Waiting,
        unit: profile.unit_name(&case.unit, visit.lang).to_owned(),
        telephone: profile.unit(&case.unit).map_or(&profile.telephone, |unit| &unit.telephone).clone(),
        can_withdraw: offered.workflow.doing(&case.state, Does::Withdraw).is_some(),
        secret: visit.cookie(&cookie_name(&case.number)).filter(|_| is_new).unwrap_or_default(),
        is_new,
        written: all_written(visit, &entries, &look),
        has_receipt: papers.iter().any(|paper| paper.kind == "receipt"),
        papers: papers.iter().map(|one| paper(visit, &base, one)).collect(),
        groups: look.groups(&offered.service.form, &case.answers),
        timeline: timeline(visit, &events),
        typed: typed.text.to_owned(),
        most_files: operations::MOST_FILES,
        case,
    })
}

fn heading(visit: &Visit, case: &Case, wrong: Option<&Invalid>) -> Page {
    let page = Page::new(visit, visit.tv("casework-case-title", &[("number", case.number.clone())]));
    match visit.asked("sent") == "1" && wrong.is_none() {
        true => page.with_notice("casework-supply-sent"),
        false => page,
    }
}

impl Show {
    fn wrong_at(&self, field: &str) -> Option<&str> {
        error_for(&self.errors, field)
    }
}

fn all_written(visit: &Visit, entries: &[queries::Entry], look: &Look<'_>) -> Vec<Written> {
    let mut all: Vec<_> = entries.iter().map(|entry| written(visit, entry, look)).collect();
    let last_asked = entries.iter().rposition(|entry| entry.kind == "ask");
    if let Some(asked) = last_asked.and_then(|at| all.get_mut(at)) {
        asked.asks = true;
    }
    all
}

fn written(visit: &Visit, entry: &queries::Entry, look: &Look<'_>) -> Written {
    let heading = match entry.kind.as_str() {
        "ask" => "casework-entry-ask",
        "supply" => "casework-entry-supply",
        "decision" => "casework-entry-decision",
        _ => "casework-entry-answer",
    };
    Written {
        asks: false,
        heading: visit.t(heading).to_owned(),
        at: engine::thai::moment(entry.at, visit.lang),
        text: entry.text.clone(),
        files: look.kept(entry.files.iter().map(String::as_str)),
    }
}

fn paper(visit: &Visit, base: &str, paper: &documents::Document) -> Paper {
    let key = if paper.kind == "letter" { "casework-paper-letter" } else { "casework-paper-receipt" };
    Paper {
        href: format!("{base}/documents/{}", paper.id),
        label: visit.tv(key, &[("number", paper.number.clone())]),
        ready: paper.file.is_some(),
    }
}

/// What the office does for itself is not the applicant's: notes, and who has the case.
fn timeline(visit: &Visit, events: &[history::Recorded]) -> Vec<Moment> {
    const TOLD: [&str; 8] =
        ["submitted", "answered", "asked", "supplied", "moved", "granted", "refused", "withdrawn"];
    let told = |event: &&history::Recorded| TOLD.iter().any(|verb| event.kind.ends_with(verb));
    events.iter().filter(told).map(|event| moment(visit, event)).collect()
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
    web::show(&page(&visit, case, Typed::default()).await?)
}
