//! A person's own details.

use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::{Invalid, Lang};
use web::{Field, Pairs, Result, Visit, go_to};

use super::form::FormPage;
use crate::{operations, queries};

pub(super) fn languages(visit: &Visit) -> Vec<(String, String)> {
    let name = |lang: Lang| match lang {
        Lang::Th => visit.t("identity-thai"),
        Lang::En => visit.t("identity-english"),
    };
    Lang::ALL.into_iter().map(|lang| (lang.code().to_owned(), name(lang).to_owned())).collect()
}

fn form(visit: &Visit, typed: (&str, &str, &str), invalid: Option<&Invalid>) -> Result<Response> {
    let (name, telephone, lang) = typed;
    let fields = vec![
        Field::line("name", visit.t("identity-name"), name, "text", "name"),
        Field::line("telephone", visit.t("identity-telephone"), telephone, "tel", "tel").optional(),
        Field::choice("lang", visit.t("identity-lang"), languages(visit), lang),
    ];
    let address = visit.actor.email.clone().unwrap_or_default();
    FormPage::new(visit, "identity-account-", "/account")
        .lead(visit.tv("identity-account-lead", &[("email", address)]))
        .fields(visit, fields, invalid)
        .link(visit, "/my/cases", "identity-my-cases")
        .link(visit, "/messages", "identity-messages-title")
        .link(visit, "/account/password", "identity-set-password-title")
        .link(visit, "/account/second-factor", "identity-set-up-title")
        .link(visit, "/account/sessions", "identity-sessions-title")
        .show()
}

pub async fn edit(visit: Visit) -> Result<Response> {
    let id = visit.actor.person().ok_or(engine::Error::SignInNeeded)?;
    let person = queries::person(&mut visit.town.db(), visit.town.id(), id).await?;
    form(&visit, (&person.name, &person.telephone, person.lang.code()), None)
}

pub async fn update(visit: Visit, pairs: Pairs) -> Result<Response> {
    let (name, telephone, lang) = (pairs.get("name"), pairs.get("telephone"), pairs.get("lang"));
    let spoken = Lang::parse(lang).unwrap_or(visit.lang);
    let set = operations::set_details(&visit.town, &visit.actor, name, telephone, spoken).await;
    match set.or_invalid()? {
        Ok(()) => Ok(go_to("/account?done=1")),
        Err(invalid) => form(&visit, (name, telephone, lang), Some(&invalid)),
    }
}
