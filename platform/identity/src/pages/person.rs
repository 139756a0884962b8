//! One person as an administrator sees them: roles from day to day, access, last day.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::{Invalid, PersonId, civil};
use web::{ErrorSummary, Field, FieldError, Input, Page, Pairs, Result, Visit};

use crate::person::Person;
use crate::queries;

struct Role {
    id: String,
    role: String,
    unit: String,
    from: String,
    to: String,
    runs: bool,
}

#[derive(Template)]
#[template(path = "person.html")]
pub(super) struct Show {
    page: Page,
    errors: Vec<FieldError>,
    person: Person,
    left: String,
    roles: Vec<Role>,
    fields: Vec<Field>,
    last_day: Vec<Field>,
    /// Path of an invitation that was just made.
    invitation: String,
}

pub(super) async fn page(
    visit: &Visit,
    id: &PersonId,
    typed: &Pairs,
    invalid: Option<&Invalid>,
    invitation: String,
) -> engine::Result<Show> {
    let (town, mut db) = (&visit.town, visit.town.db());
    let person = queries::person(&mut db, town.id(), id).await?;
    let offered = queries::roles(&mut db, town.id()).await?;
    let appointed = queries::appointments(&mut db, town.id(), id).await?;
    let today = town.clock().today();
    let errors = invalid.map(|invalid| ErrorSummary::of(visit, invalid)).unwrap_or_default();
    let date = |day: civil::Date| engine::thai::long_date(day, visit.lang);
    let name = |role: &str| {
        let found = offered.iter().find(|one| one.id == role);
        found.map_or(role, |one| one.name.get(visit.lang)).to_owned()
    };
    let roles = appointed
        .into_iter()
        .map(|one| Role {
            id: one.id.to_string(),
            role: name(&one.appointment.role),
            unit: one
                .appointment
                .unit
                .as_deref()
                .map_or_else(String::new, |unit| town.profile().unit_name(unit, visit.lang).to_owned()),
            from: date(one.appointment.from),
            to: one.appointment.to.map_or_else(String::new, date),
            runs: one.appointment.runs_on(today) || one.appointment.from > today,
        })
        .collect();
    let offered = offered.iter().map(|role| (role.id.clone(), role.name.get(visit.lang).to_owned()));
    Ok(Show {
        page: Page::new(visit, person.shown_name()),
        fields: fields(visit, offered.collect(), typed, &errors),
        last_day: vec![Field::date("on", visit.t("identity-last-day"), parts(typed, "on")).checked(&errors)],
        errors,
        left: person.left_on.map_or_else(String::new, date),
        person,
        roles,
        invitation,
    })
}

pub(super) fn parts(typed: &Pairs, name: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| typed.get(&format!("{name}-{part}")).to_owned())
}

fn fields(visit: &Visit, roles: Vec<(String, String)>, typed: &Pairs, errors: &[FieldError]) -> Vec<Field> {
    let mut units = vec![(String::new(), visit.t("identity-whole-office").to_owned())];
    let all = &visit.town.profile().units;
    units.extend(all.iter().map(|unit| (unit.id.clone(), unit.name.get(visit.lang).to_owned())));
    vec![
        Field::choice("role", visit.t("identity-role"), roles, typed.get("role")).checked(errors),
        Field::choice("unit", visit.t("identity-unit"), units, typed.get("unit")).checked(errors),
        Field::date("from", visit.t("identity-from"), parts(typed, "from"))
            .helped(visit.t("identity-from-hint"))
            .optional()
            .checked(errors),
        Field::date("to", visit.t("identity-to"), parts(typed, "to"))
            .helped(visit.t("identity-to-hint"))
            .optional()
            .checked(errors),
    ]
}

pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    web::show(&page(&visit, &PersonId::from(id), &Pairs::default(), None, String::new()).await?)
}

/// The page again, with what was typed and what is wrong with it.
pub(super) async fn again(
    visit: &Visit,
    id: &PersonId,
    pairs: &Pairs,
    invalid: &Invalid,
) -> Result<Response> {
    let again = page(visit, id, pairs, Some(invalid), String::new()).await?;
    web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

pub(super) fn path(id: &PersonId) -> String {
    format!("/admin/people/{id}")
}
