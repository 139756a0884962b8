//! An answer to the applicant.

use axum::extract::Path;
use axum::response::Response;
use web::{Pairs, Result, Visit};

use super::back_to;
use super::case::{Typed, again};
use crate::operations;

pub async fn create(visit: Visit, Path(number): Path<String>, pairs: Pairs) -> Result<Response> {
    let answer = pairs.get("answer");
    match operations::answer(&visit.town, &visit.actor, &number, answer).await {
        Ok(case) => Ok(back_to(&case, "answer")),
        Err(refusal) => {
            again(&visit, &number, Typed { answer: answer.to_owned(), ..Typed::default() }, refusal).await
        }
    }
}
