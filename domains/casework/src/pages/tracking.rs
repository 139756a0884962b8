//! Following a case with its number and secret.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Invalid;
use engine::error::OrInvalid as _;
use identity::limits::{self, Limit};
use web::{ErrorSummary, FieldError, Page, Pairs, Result, Visit, go_to};

use super::cases;
use crate::case::normalised_secret;
use crate::operations;

/// Wrong guesses from one connection, which many telephones may share. Not at one case: that would
/// let anyone lock an applicant out, and the secret is long enough.
const GUESSES: Limit = Limit { name: "casework.track", count: 60, minutes: 15 };

#[derive(Template)]
#[template(path = "track.html")]
struct New {
    page: Page,
    errors: Vec<FieldError>,
    number: String,
}

fn form(visit: &Visit, number: String, wrong: Option<&Invalid>) -> New {
    let errors = wrong.map(|wrong| ErrorSummary::of(visit, wrong)).unwrap_or_default();
    New { page: Page::new(visit, visit.t("web-track")), errors, number }
}

pub async fn new(visit: Visit) -> Result<Response> {
    web::show(&form(&visit, visit.asked("number"), None))
}

pub async fn create(visit: Visit, pairs: Pairs) -> Result<Response> {
    let (number, secret) = (pairs.get("number"), pairs.get("secret"));
    let network = limits::network(visit.address);
    limits::take(&visit.town, &GUESSES, &network).await?;
    match operations::open_with_secret(&visit.town, number, secret).await.or_invalid()? {
        Ok((case, _)) => {
            limits::give_back(&visit.town, &GUESSES, &network).await?;
            Ok(cases::opened(&visit, go_to(&case.path()), &case.number, normalised_secret(secret)))
        }
        Err(wrong) => {
            let again = form(&visit, number.to_owned(), Some(&wrong));
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}
