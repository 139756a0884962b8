//! In the demo: taking the part of one of its people with one press.

use axum::response::Response;
use engine::PersonId;
use web::{Pairs, Result, Visit};

use super::sign_in::{enter, place};
use crate::operations;

pub async fn create(visit: Visit, pairs: Pairs) -> Result<Response> {
    let id = PersonId::from(pairs.get("person"));
    let opened = operations::as_person(&visit.town, &place(&visit), &id).await?;
    let officer = !crate::acting(&visit.town, &id).await?.permissions.is_empty();
    let next = match (web::local(pairs.get("next")), officer) {
        (Some(next), _) => next,
        (None, true) => "/desk",
        (None, false) => "/my/cases",
    };
    Ok(enter(&visit, &opened, next))
}
