//! A person sets a new password.

use axum::response::Response;
use engine::Invalid;
use engine::error::OrInvalid as _;
use web::{Field, Pairs, Result, Visit, go_to};

use super::form::FormPage;
use super::sign_in::token;
use crate::operations;

fn form(visit: &Visit, invalid: Option<&Invalid>) -> Result<Response> {
    let password = Field::password("password", visit.t("identity-new-password"), "new-password")
        .helped(visit.t("identity-new-password-hint"));
    FormPage::new(visit, "identity-set-password-", "/account/password")
        .fields(visit, vec![password], invalid)
        .link(visit, "/account", "identity-account-title")
        .show()
}

pub async fn edit(visit: Visit) -> Result<Response> {
    form(&visit, None)
}

pub async fn update(visit: Visit, pairs: Pairs) -> Result<Response> {
    let password = pairs.raw("password");
    let set = operations::set_password(&visit.town, &visit.actor, &token(&visit), password).await;
    match set.or_invalid()? {
        Ok(()) => Ok(go_to("/account?done=1")),
        Err(invalid) => form(&visit, Some(&invalid)),
    }
}
