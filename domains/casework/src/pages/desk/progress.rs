//! A step of the workflow that needs no words.

use axum::extract::Path;
use axum::response::Response;
use web::{Pairs, Result, Visit};

use super::back_to;
use super::case::{Typed, again};
use crate::operations;

pub async fn create(visit: Visit, Path(number): Path<String>, pairs: Pairs) -> Result<Response> {
    match operations::make_move(&visit.town, &visit.actor, &number, pairs.get("move"), "").await {
        Ok(case) => Ok(back_to(&case, "progress")),
        Err(refusal) => again(&visit, &number, Typed::default(), refusal).await,
    }
}
