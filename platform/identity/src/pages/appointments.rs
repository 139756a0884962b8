//! Roles given and ended.

use axum::extract::Path;
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::thai::parse_day;
use engine::{Invalid, PersonId, civil};
use web::{Pairs, Result, Visit, go_to};

use super::person::{again, parts, path};
use crate::operations;
use crate::person::{Appointment, AppointmentId};

/// A day that may be left empty.
fn optional_day(pairs: &Pairs, name: &str, invalid: &mut Invalid) -> Option<civil::Date> {
    let typed = parts(pairs, name);
    if typed.iter().all(String::is_empty) {
        return None;
    }
    match parse_day([&typed[0], &typed[1], &typed[2]]) {
        Ok(day) => Some(day),
        Err((part, key)) => {
            invalid.push(format!("{name}-{part}"), key);
            None
        }
    }
}

fn read(visit: &Visit, pairs: &Pairs) -> engine::Result<Appointment> {
    let mut invalid = Invalid::default();
    let from = optional_day(pairs, "from", &mut invalid);
    let to = optional_day(pairs, "to", &mut invalid);
    invalid.or(Appointment {
        role: pairs.get("role").to_owned(),
        unit: Some(pairs.get("unit").to_owned()).filter(|unit| !unit.is_empty()),
        from: from.unwrap_or(visit.town.clock().today()),
        to,
    })
}

pub async fn create(visit: Visit, Path(id): Path<String>, pairs: Pairs) -> Result<Response> {
    let id = PersonId::from(id);
    let appointment = match read(&visit, &pairs).or_invalid()? {
        Ok(appointment) => appointment,
        Err(invalid) => return again(&visit, &id, &pairs, &invalid).await,
    };
    match operations::appoint(&visit.town, &visit.actor, &id, appointment).await.or_invalid()? {
        Ok(()) => Ok(go_to(&path(&id))),
        Err(invalid) => again(&visit, &id, &pairs, &invalid).await,
    }
}

pub async fn destroy(visit: Visit, Path((id, appointment)): Path<(String, String)>) -> Result<Response> {
    let (id, appointment) = (PersonId::from(id), AppointmentId::from(appointment));
    operations::dismiss(&visit.town, &visit.actor, &id, &appointment).await?;
    Ok(go_to(&path(&id)))
}
