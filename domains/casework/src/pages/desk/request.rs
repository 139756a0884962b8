//! Asking the applicant for more; the clock stands still until it comes.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::workflow::{Does, Mover};
use engine::{Error, Invalid};
use web::{ErrorSummary, FieldError, Page, Pairs, Result, Visit, error_for};

use super::case::{Typed, again};
use super::{back_to, found, path};
use crate::operations;

#[derive(Template)]
#[template(path = "desk_request.html")]
struct New {
    page: Page,
    errors: Vec<FieldError>,
    path: String,
    number: String,
    applicant: String,
    id: String,
    text: String,
}

impl New {
    fn error(&self, field: &str) -> Option<&str> {
        error_for(&self.errors, field)
    }
}

async fn form(visit: &Visit, number: &str, id: &str, text: &str, invalid: &Invalid) -> engine::Result<New> {
    let (case, offered) = found(visit, number).await?;
    let (made, _) = offered.workflow.step(&case.state, id, Mover::Officer)?;
    if made.does != Does::Ask {
        return Err(Error::NotFound);
    }
    Ok(New {
        page: Page::new(visit, made.title.get(visit.lang)),
        errors: ErrorSummary::of(visit, invalid),
        path: path(&case.number),
        number: case.number.clone(),
        applicant: case.applicant.clone(),
        id: id.to_owned(),
        text: text.to_owned(),
    })
}

pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    match form(&visit, &number, &visit.asked("move"), "", &Invalid::default()).await {
        Ok(form) => web::show(&form),
        Err(refusal) => again(&visit, &number, Typed::default(), refusal).await,
    }
}

pub async fn create(visit: Visit, Path(number): Path<String>, pairs: Pairs) -> Result<Response> {
    let (id, text) = (pairs.get("move"), pairs.get("ask"));
    match operations::make_move(&visit.town, &visit.actor, &number, id, text).await {
        Ok(case) => Ok(back_to(&case, "request")),
        Err(Error::Invalid(invalid)) => {
            let refused = form(&visit, &number, id, text, &invalid).await?;
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &refused)
        }
        Err(refusal) => {
            again(&visit, &number, Typed { note: text.to_owned(), ..Typed::default() }, refusal).await
        }
    }
}
