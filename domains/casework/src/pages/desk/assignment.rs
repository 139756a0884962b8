//! Who has a case: taken, given to a colleague, given back to the unit.

use axum::extract::Path;
use axum::response::Response;
use engine::{Error, Invalid, PersonId};
use web::{Pairs, Result, Visit};

use super::back_to;
use super::case::{Typed, again};
use crate::operations;

pub async fn create(visit: Visit, Path(number): Path<String>, pairs: Pairs) -> Result<Response> {
    let me = visit.actor.person();
    let (to, done) = match pairs.get("to") {
        "" => return again(&visit, &number, Typed::default(), nobody_chosen()).await,
        "nobody" => (None, "released"),
        "me" => (me.cloned(), "taken"),
        colleague => (Some(PersonId::from(colleague)), "assigned"),
    };
    let seen = pairs.get("seen");
    match operations::assign_as_seen(&visit.town, &visit.actor, &number, seen, to.as_ref()).await {
        Ok(case) => Ok(back_to(&case, done)),
        Err(refusal) => again(&visit, &number, Typed::default(), refusal).await,
    }
}

fn nobody_chosen() -> Error {
    Invalid::field("to", "casework-problem-nobody-chosen").into()
}
