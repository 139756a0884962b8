//! The code of the authenticator, given at every sign-in.

use axum::response::Response;
use engine::Invalid;
use engine::error::OrInvalid as _;
use web::{Field, Pairs, Result, Visit, go_to};

use super::form::FormPage;
use super::sign_in::{enter, led, place};
use crate::{operations, queries};

pub(super) fn code_field(visit: &Visit) -> Field {
    Field::line("code", visit.t("identity-code"), "", "numeric", "one-time-code")
}

fn form(visit: &Visit, next: &str, invalid: Option<&Invalid>) -> Result<Response> {
    FormPage::new(visit, "identity-second-factor-", "/sign-in/code")
        .fields(visit, vec![code_field(visit).helped(visit.t("identity-second-factor-hint"))], invalid)
        .hidden("next", next.to_owned())
        .show()
}

pub async fn new(visit: Visit) -> Result<Response> {
    let next = visit.asked("next");
    match has_one(&visit).await? {
        true => form(&visit, &next, None),
        false => Ok(go_to(&led("/account/second-factor", web::local(&next)))),
    }
}

pub(super) async fn has_one(visit: &Visit) -> engine::Result<bool> {
    let id = visit.actor.claimed().ok_or(engine::Error::SignInNeeded)?;
    Ok(queries::person(&mut visit.town.db(), visit.town.id(), id).await?.has_second_factor())
}

pub async fn create(visit: Visit, pairs: Pairs) -> Result<Response> {
    let opened =
        operations::give_second_factor(&visit.town, &visit.actor, &place(&visit), pairs.get("code")).await;
    match opened.or_invalid()? {
        Ok(opened) => Ok(enter(&visit, &opened, web::local(pairs.get("next")).unwrap_or("/desk"))),
        Err(invalid) => form(&visit, pairs.get("next"), Some(&invalid)),
    }
}
