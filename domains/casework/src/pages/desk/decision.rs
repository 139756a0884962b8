//! A decision: reasons first, then the letter as it will be sent, then the confirmation.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::documents::Letter;
use engine::workflow::{Does, Mover};
use engine::{Error, Invalid};
use web::{ErrorSummary, FieldError, Page, Pairs, Result, Visit, error_for};

use super::case::{Typed, again};
use super::{back_to, found, path};
use crate::operations;

#[derive(Template)]
#[template(path = "desk_decision.html")]
struct New {
    page: Page,
    errors: Vec<FieldError>,
    path: String,
    number: String,
    applicant: String,
    service: String,
    id: String,
    refuses: bool,
    reasons: String,
    /// The letter as these reasons make it; shown before it can be sent.
    letter: Option<Letter>,
}

impl New {
    fn error(&self, field: &str) -> Option<&str> {
        error_for(&self.errors, field)
    }
}

async fn form(visit: &Visit, number: &str, id: &str, reasons: &str) -> engine::Result<New> {
    let (case, offered) = found(visit, number).await?;
    let (made, _) = offered.workflow.step(&case.state, id, Mover::Officer)?;
    if !matches!(made.does, Does::Grant | Does::Refuse) {
        return Err(Error::NotFound);
    }
    Ok(New {
        page: Page::new(visit, made.title.get(visit.lang)),
        errors: Vec::new(),
        path: path(&case.number),
        number: case.number.clone(),
        applicant: case.applicant.clone(),
        service: offered.service.title.get(visit.lang).to_owned(),
        id: id.to_owned(),
        refuses: made.does == Does::Refuse,
        reasons: reasons.to_owned(),
        letter: None,
    })
}

pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    match form(&visit, &number, &visit.asked("move"), "").await {
        Ok(form) => web::show(&form),
        Err(refusal) => again(&visit, &number, Typed::default(), refusal).await,
    }
}

/// Decides once the officer has seen the letter with these very reasons; shows it before.
pub async fn create(visit: Visit, Path(number): Path<String>, pairs: Pairs) -> Result<Response> {
    let lines = |name| pairs.get(name).replace("\r\n", "\n");
    let (id, reasons) = (pairs.get("move"), lines("decision"));
    let decided = match lines("seen") == reasons && !reasons.is_empty() {
        true => operations::make_move(&visit.town, &visit.actor, &number, id, &reasons).await.map(Ok),
        false => operations::preview(&visit.town, &visit.actor, &number, id, &reasons).await.map(Err),
    };
    match decided {
        Ok(Ok(case)) => Ok(back_to(&case, "decision")),
        Ok(Err(letter)) => {
            web::show(&New { letter: Some(letter), ..form(&visit, &number, id, &reasons).await? })
        }
        Err(Error::Invalid(invalid)) => refused(&visit, &number, (id, &reasons), &invalid).await,
        Err(refusal) => again(&visit, &number, Typed { note: reasons, ..Typed::default() }, refusal).await,
    }
}

async fn refused(
    visit: &Visit,
    number: &str,
    (id, reasons): (&str, &str),
    invalid: &Invalid,
) -> Result<Response> {
    let errors = ErrorSummary::of(visit, invalid);
    let again = New { errors, ..form(visit, number, id, reasons).await? };
    web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}
