//! An invited person sets a password.

use axum::extract::Path;
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::{Error, Invalid};
use web::{Field, Pairs, Result, Visit};

use super::form::FormPage;
use super::sign_in::{enter, place};
use crate::{operations, queries};

fn form(visit: &Visit, secret: &str, invalid: Option<&Invalid>) -> Result<Response> {
    let password = Field::password("password", visit.t("identity-new-password"), "new-password")
        .helped(visit.t("identity-new-password-hint"));
    FormPage::new(visit, "identity-invitation-", format!("/invitations/{secret}"))
        .fields(visit, vec![password], invalid)
        .show()
}

pub async fn new(visit: Visit, Path(secret): Path<String>) -> Result<Response> {
    let token = engine::id::fingerprint(&secret);
    let now = visit.town.clock().now();
    let invited = queries::invited(&mut visit.town.db(), visit.town.id(), &token, now).await?;
    invited.ok_or(Error::NotFound)?;
    form(&visit, &secret, None)
}

pub async fn create(visit: Visit, Path(secret): Path<String>, pairs: Pairs) -> Result<Response> {
    let (place, password) = (place(&visit), pairs.raw("password"));
    match operations::with_invitation(&visit.town, &place, &secret, password).await.or_invalid()? {
        Ok(opened) => Ok(enter(&visit, &opened, "")),
        Err(invalid) => form(&visit, &secret, Some(&invalid)),
    }
}
