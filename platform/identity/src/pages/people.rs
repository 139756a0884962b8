//! The people of the office and residents with an account: the list, adding and changing one.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::{Invalid, Lang, PersonId};
use web::{Field, Page, Pairs, Result, Visit, go_to};

use super::account::languages;
use super::form::FormPage;
use crate::operations::{self, Details};
use crate::person::NewPerson;
use crate::queries;

struct Listed {
    id: String,
    name: String,
    position: String,
    email: String,
    has_left: bool,
}

#[derive(Template)]
#[template(path = "people.html")]
struct Index {
    page: Page,
    people: Vec<Listed>,
    all: bool,
    next: Option<String>,
}

pub async fn index(visit: Visit) -> Result<Response> {
    let (all, after) = (visit.asked("all") == "1", visit.asked("after"));
    let after = Some(after.as_str()).filter(|cursor| !cursor.is_empty());
    let found = queries::people(&mut visit.town.db(), visit.town.id(), !all, after).await?;
    let today = visit.town.clock().today();
    let people = found
        .rows
        .into_iter()
        .map(|person| Listed {
            id: person.id.to_string(),
            has_left: person.has_left(today),
            name: person.shown_name().to_owned(),
            position: person.position,
            email: person.email.unwrap_or_default(),
        })
        .collect();
    let next = found.next.map(|cursor| web::in_query(&cursor));
    web::show(&Index { page: Page::new(&visit, visit.t("identity-people-title")), people, all, next })
}

fn read(visit: &Visit, pairs: &Pairs) -> Details {
    let text = |name: &str| pairs.get(name).to_owned();
    Details {
        name: text("name"),
        position: text("position"),
        email: text("email"),
        telephone: text("telephone"),
        lang: Lang::parse(pairs.get("lang")).unwrap_or(visit.lang),
    }
}

fn form(
    visit: &Visit,
    key: &str,
    action: String,
    of: &Details,
    invalid: Option<&Invalid>,
) -> Result<Response> {
    let fields = vec![
        Field::line("name", visit.t("identity-name"), &of.name, "text", "off"),
        Field::line("position", visit.t("identity-position"), &of.position, "text", "off")
            .helped(visit.t("identity-position-hint"))
            .optional(),
        Field::line("email", visit.t("identity-email"), &of.email, "email", "off")
            .helped(visit.t("identity-email-hint"))
            .optional(),
        Field::line("telephone", visit.t("identity-telephone"), &of.telephone, "tel", "off").optional(),
        Field::choice("lang", visit.t("identity-lang"), languages(visit), of.lang.code()),
    ];
    FormPage::new(visit, key, action)
        .fields(visit, fields, invalid)
        .link(visit, "/admin/people", "identity-people-title")
        .show()
}

pub async fn new(visit: Visit) -> Result<Response> {
    let empty = read(&visit, &Pairs::default());
    form(&visit, "identity-person-new-", "/admin/people".to_owned(), &empty, None)
}

pub async fn create(visit: Visit, pairs: Pairs) -> Result<Response> {
    let details = read(&visit, &pairs);
    let new = NewPerson {
        name: details.name.clone(),
        position: details.position.clone(),
        email: Some(details.email.clone()),
        telephone: details.telephone.clone(),
        lang: details.lang,
    };
    match operations::add_person(&visit.town, &visit.actor, new).await.or_invalid()? {
        Ok(id) => Ok(go_to(&format!("/admin/people/{id}"))),
        Err(invalid) => {
            form(&visit, "identity-person-new-", "/admin/people".to_owned(), &details, Some(&invalid))
        }
    }
}

pub async fn edit(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    let person = queries::person(&mut visit.town.db(), visit.town.id(), &PersonId::from(id)).await?;
    let action = format!("/admin/people/{}", person.id);
    let details = Details {
        name: person.name,
        position: person.position,
        email: person.email.unwrap_or_default(),
        telephone: person.telephone,
        lang: person.lang,
    };
    form(&visit, "identity-person-edit-", action, &details, None)
}

pub async fn update(visit: Visit, Path(id): Path<String>, pairs: Pairs) -> Result<Response> {
    let (id, details) = (PersonId::from(id), read(&visit, &pairs));
    let action = format!("/admin/people/{id}");
    match operations::change_person(&visit.town, &visit.actor, &id, details.clone()).await.or_invalid()? {
        Ok(()) => Ok(go_to(&action)),
        Err(invalid) => form(&visit, "identity-person-edit-", action, &details, Some(&invalid)),
    }
}
