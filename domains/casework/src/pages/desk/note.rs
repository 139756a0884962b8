//! A note on a case that the office alone sees.

use axum::extract::Path;
use axum::response::Response;
use web::{Pairs, Result, Visit};

use super::back_to;
use super::case::{Typed, again};
use crate::operations;

pub async fn create(visit: Visit, Path(number): Path<String>, pairs: Pairs) -> Result<Response> {
    let note = pairs.get("note");
    match operations::note(&visit.town, &visit.actor, &number, note).await {
        Ok(case) => Ok(back_to(&case, "note")),
        Err(refusal) => {
            again(&visit, &number, Typed { note: note.to_owned(), ..Typed::default() }, refusal).await
        }
    }
}
