//! The code of the authenticator: given at every sign-in, set up once.

use axum::response::Response;
use engine::Invalid;
use engine::error::OrInvalid as _;
use web::{Field, Pairs, Result, Visit, go_to};

use super::form::FormPage;
use super::sign_in::{enter, led, place};
use crate::{operations, queries, second_factor};

fn code_field(visit: &Visit) -> Field {
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

async fn has_one(visit: &Visit) -> engine::Result<bool> {
    let id = visit.actor.person().ok_or(engine::Error::SignInNeeded)?;
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

fn setup(visit: &Visit, secret: &str, next: &str, invalid: Option<&Invalid>) -> Result<Response> {
    let account = visit.actor.email.as_deref().unwrap_or(&visit.actor.name);
    let issuer = visit.town.profile().name.get(visit.lang);
    let lead = visit.tv("identity-set-up-lead", &[("secret", second_factor::spelled(secret))]);
    FormPage::new(visit, "identity-set-up-", "/account/second-factor")
        .lead(lead)
        .picture(second_factor::picture(secret, account, issuer)?)
        .fields(visit, vec![code_field(visit).helped(visit.t("identity-set-up-hint"))], invalid)
        .hidden("secret", secret.to_owned())
        .hidden("next", next.to_owned())
        .show()
}

pub async fn edit(visit: Visit) -> Result<Response> {
    if has_one(&visit).await? && !visit.actor.second_factor {
        return Ok(go_to("/sign-in/code?next=/account/second-factor"));
    }
    setup(&visit, &second_factor::new_secret(), &visit.asked("next"), None)
}

pub async fn update(visit: Visit, pairs: Pairs) -> Result<Response> {
    let (secret, code, next) = (pairs.get("secret"), pairs.get("code"), pairs.get("next"));
    if !second_factor::is_secret(secret) {
        return Ok(go_to("/account/second-factor"));
    }
    let set =
        operations::set_up_second_factor(&visit.town, &visit.actor, &place(&visit), (secret, code)).await;
    match set.or_invalid()? {
        Ok(opened) => Ok(enter(&visit, &opened, web::local(next).unwrap_or("/account"))),
        Err(invalid) => setup(&visit, secret, next, Some(&invalid)),
    }
}
