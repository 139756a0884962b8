//! The officers' side of casework: the inbox, a case with everything on it, and a file for each
//! thing that is done with it.

pub mod answer;
pub mod assignment;
pub mod case;
pub mod decision;
pub mod file;
pub mod inbox;
pub mod note;
mod parts;
pub mod progress;
pub mod request;
mod timeline;
pub mod transfer;

use std::sync::Arc;

use axum::response::Response;
use engine::calendar::WorkingDays;
use engine::workflow::Workflow;
use engine::{Lang, civil};
use web::{Visit, go_to};

use crate::case::{Case, normalised_number};
use crate::queries;
use crate::service::Offered;

/// A case and the service it is about, for whoever the route let in.
async fn found(visit: &Visit, number: &str) -> engine::Result<(Case, Arc<Offered>)> {
    let number = normalised_number(number);
    let case = queries::with_number(&mut visit.town.db(), visit.town.id(), &number).await?;
    let offered = queries::version(&visit.town, &case.service, case.version).await?;
    Ok((case, offered))
}

fn path(number: &str) -> String {
    format!("/desk/cases/{number}")
}

/// Back to the case, which says what was done.
fn back_to(case: &Case, done: &str) -> Response {
    go_to(&format!("{}?done={done}", path(&case.number)))
}

fn state_title(workflow: &Workflow, state: &str, lang: Lang) -> String {
    workflow.state(state).map_or(state, |state| state.title.get(lang)).to_owned()
}

/// How far a deadline is from today, in working days.
fn days_left(visit: &Visit, days: &WorkingDays, today: civil::Date, due: civil::Date) -> String {
    let (key, count) = match due {
        due if due < today => ("casework-days-over", days.between(due, today)),
        due if due == today => ("casework-days-today", 0),
        due => ("casework-days-left", days.between(today, due)),
    };
    visit.tv(key, &[("days", count.to_string())])
}
