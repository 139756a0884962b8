//! A case that is the work of another unit.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::{Error, Invalid};
use web::{ErrorSummary, FieldError, Page, Pairs, Result, Visit, error_for};

use super::case::{Typed, again};
use super::{back_to, found, path};
use crate::operations;

struct Unit {
    id: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "desk_transfer.html")]
struct New {
    page: Page,
    errors: Vec<FieldError>,
    path: String,
    number: String,
    now: String,
    units: Vec<Unit>,
    text: String,
}

impl New {
    fn error(&self, field: &str) -> Option<&str> {
        error_for(&self.errors, field)
    }
}

async fn form(visit: &Visit, number: &str, pairs: &Pairs, invalid: &Invalid) -> engine::Result<New> {
    let (case, _) = found(visit, number).await?;
    case.must_be_open()?;
    let profile = visit.town.profile();
    let others = profile.units.iter().filter(|unit| unit.id != case.unit);
    Ok(New {
        page: Page::new(visit, visit.t("casework-transfer-title")),
        errors: ErrorSummary::of(visit, invalid),
        path: path(&case.number),
        number: case.number.clone(),
        now: profile.unit_name(&case.unit, visit.lang).to_owned(),
        units: others
            .map(|unit| Unit {
                id: unit.id.clone(),
                name: unit.name.get(visit.lang).to_owned(),
                chosen: unit.id == pairs.get("unit"),
            })
            .collect(),
        text: pairs.get("text").to_owned(),
    })
}

pub async fn new(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    web::show(&form(&visit, &number, &Pairs::default(), &Invalid::default()).await?)
}

pub async fn create(visit: Visit, Path(number): Path<String>, pairs: Pairs) -> Result<Response> {
    let (unit, text) = (pairs.get("unit"), pairs.get("text"));
    match operations::transfer(&visit.town, &visit.actor, &number, unit, text).await {
        Ok(case) => Ok(back_to(&case, "transfer")),
        Err(Error::Invalid(invalid)) => {
            let refused = form(&visit, &number, &pairs, &invalid).await?;
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &refused)
        }
        Err(refusal) => {
            again(&visit, &number, Typed { note: text.to_owned(), ..Typed::default() }, refusal).await
        }
    }
}
