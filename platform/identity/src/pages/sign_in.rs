//! Signing in with a password, and signing out.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Invalid;
use engine::error::OrInvalid as _;
use web::{Cookie, ErrorSummary, Field, FieldError, Input, Page, Pairs, Result, Visit, go_to, with_cookie};

use crate::operations::{self, Opened, Place};
use crate::{SESSION_COOKIE, limits, queries};

const DEVICE_COOKIE: &str = "sala_device";
const DEVICE_STAYS: i64 = 365 * 86_400;

/// Where this visit comes from.
pub(super) fn place(visit: &Visit) -> Place {
    Place {
        network: limits::network(visit.address),
        browser: visit.user_agent().to_owned(),
        device: visit.cookie(DEVICE_COOKIE).unwrap_or_default(),
        session: token(visit),
    }
}

pub(super) fn token(visit: &Visit) -> String {
    visit.cookie(SESSION_COOKIE).unwrap_or_default()
}

/// The cookies of an opened session, and the way on: the second factor where it is still to be given.
pub(super) fn enter(visit: &Visit, opened: &Opened, next: &str) -> Response {
    let next = web::local(next);
    let path = match (opened.unproved, opened.person.has_second_factor()) {
        (true, true) => led("/sign-in/code", next),
        (true, false) => led("/account/second-factor", next),
        (false, _) => next.map_or_else(|| home(opened), str::to_owned),
    };
    let session = Cookie {
        name: SESSION_COOKIE,
        value: opened.token.clone(),
        max_age_seconds: Some(opened.stays_seconds),
    };
    let device =
        Cookie { name: DEVICE_COOKIE, value: opened.device.clone(), max_age_seconds: Some(DEVICE_STAYS) };
    with_cookie(with_cookie(go_to(&path), &visit.town, session), &visit.town, device)
}

fn home(opened: &Opened) -> String {
    let person = &opened.person;
    match (person.position.is_empty(), person.name.is_empty()) {
        (_, true) => "/account".to_owned(),
        (true, false) => "/my/cases".to_owned(),
        (false, false) => "/".to_owned(),
    }
}

pub(super) fn led(path: &str, next: Option<&str>) -> String {
    match next {
        Some(next) => format!("{path}?next={}", web::in_query(next)),
        None => path.to_owned(),
    }
}

struct Part {
    id: String,
    name: String,
    position: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct New {
    page: Page,
    errors: Vec<FieldError>,
    fields: Vec<Field>,
    next: String,
    cast: Vec<Part>,
}

async fn form(visit: &Visit, email: &str, next: &str, invalid: Option<&Invalid>) -> engine::Result<New> {
    let errors = invalid.map(|invalid| ErrorSummary::of(visit, invalid)).unwrap_or_default();
    let fields = vec![
        Field::line("email", visit.t("identity-email"), email, "email", "username").checked(&errors),
        Field::password("password", visit.t("identity-password"), "current-password").checked(&errors),
    ];
    let cast = match visit.town.platform().demo {
        true => queries::cast(&mut visit.town.db(), visit.town.id()).await?,
        false => Vec::new(),
    };
    let cast = cast.into_iter().map(|person| Part {
        id: person.id.to_string(),
        name: person.name,
        position: person.position,
    });
    let page = Page::new(visit, visit.t("identity-sign-in-title"));
    Ok(New { page, errors, fields, next: next.to_owned(), cast: cast.collect() })
}

pub async fn new(visit: Visit) -> Result<Response> {
    web::show(&form(&visit, "", &visit.asked("next"), None).await?)
}

pub async fn create(visit: Visit, pairs: Pairs) -> Result<Response> {
    let (email, next) = (pairs.get("email"), pairs.get("next"));
    let place = place(&visit);
    let opened = operations::with_password(&visit.town, &place, email, pairs.raw("password")).await;
    match opened.or_invalid()? {
        Ok(opened) => Ok(enter(&visit, &opened, next)),
        Err(invalid) => {
            let again = form(&visit, email, next, Some(&invalid)).await?;
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

pub async fn destroy(visit: Visit) -> Result<Response> {
    operations::sign_out(&visit.town, &visit.actor, &token(&visit)).await?;
    let gone = Cookie { name: SESSION_COOKIE, value: String::new(), max_age_seconds: Some(0) };
    Ok(with_cookie(go_to("/"), &visit.town, gone))
}
