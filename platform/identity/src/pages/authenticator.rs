//! The authenticator, set up once.

use axum::response::Response;
use engine::Invalid;
use engine::error::OrInvalid as _;
use web::{Pairs, Result, Visit, go_to};

use super::form::FormPage;
use super::second_factor::code_field;
use super::sign_in::{enter, place};
use crate::{operations, second_factor};

fn form(visit: &Visit, secret: &str, next: &str, invalid: Option<&Invalid>) -> Result<Response> {
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
    form(&visit, &second_factor::new_secret(), &visit.asked("next"), None)
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
        Err(invalid) => form(&visit, secret, next, Some(&invalid)),
    }
}
