//! Signing in with a code sent by e-mail.

use axum::response::Response;
use engine::Invalid;
use engine::error::OrInvalid as _;
use web::{Cookie, Field, Pairs, Result, Visit, go_to, with_cookie};

use super::form::FormPage;
use super::sign_in::{enter, led, place};
use crate::operations::{self, CODE_MINUTES};

/// Binds the code to the browser that asked for it.
const COOKIE: &str = "sala_code";

fn form(visit: &Visit, email: &str, next: &str, invalid: Option<&Invalid>) -> Result<Response> {
    let email = Field::line("email", visit.t("identity-email"), email, "email", "email");
    FormPage::new(visit, "identity-email-code-", "/sign-in/email")
        .fields(visit, vec![email], invalid)
        .hidden("next", next.to_owned())
        .link(visit, led("/sign-in", web::local(next)), "identity-with-password")
        .show()
}

pub async fn new(visit: Visit) -> Result<Response> {
    form(&visit, "", &visit.asked("next"), None)
}

pub async fn create(visit: Visit, pairs: Pairs) -> Result<Response> {
    let (email, next) = (pairs.get("email"), pairs.get("next"));
    match operations::send_code(&visit.town, &place(&visit), email, visit.lang).await.or_invalid()? {
        Ok(token) => {
            let cookie = Cookie { name: COOKIE, value: token, max_age_seconds: Some(CODE_MINUTES * 60) };
            Ok(with_cookie(go_to(&led("/sign-in/email/code", web::local(next))), &visit.town, cookie))
        }
        Err(invalid) => form(&visit, email, next, Some(&invalid)),
    }
}

fn code_form(visit: &Visit, next: &str, invalid: Option<&Invalid>) -> Result<Response> {
    let code = Field::line("code", visit.t("identity-code"), "", "numeric", "one-time-code")
        .helped(visit.t("identity-email-code-hint"));
    FormPage::new(visit, "identity-email-code-given-", "/sign-in/email/code")
        .fields(visit, vec![code], invalid)
        .hidden("next", next.to_owned())
        .link(visit, led("/sign-in/email", web::local(next)), "identity-email-code-again")
        .show()
}

pub async fn edit(visit: Visit) -> Result<Response> {
    code_form(&visit, &visit.asked("next"), None)
}

pub async fn update(visit: Visit, pairs: Pairs) -> Result<Response> {
    let token = visit.cookie(COOKIE).unwrap_or_default();
    let (place, code) = (place(&visit), pairs.get("code"));
    let opened = operations::with_code(&visit.town, &place, &token, code, visit.lang).await;
    match opened.or_invalid()? {
        Ok(opened) => {
            let gone = Cookie { name: COOKIE, value: String::new(), max_age_seconds: Some(0) };
            Ok(with_cookie(enter(&visit, &opened, pairs.get("next")), &visit.town, gone))
        }
        Err(invalid) => code_form(&visit, pairs.get("next"), Some(&invalid)),
    }
}
