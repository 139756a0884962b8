//! How far a case is, in three stages and one sentence, for someone who has never seen a workflow.

use engine::civil;
use engine::workflow::{Outcome, StateKind};
use web::Visit;

use crate::case::Case;
use crate::service::Offered;

pub struct Stage {
    pub label: String,
    /// `done`, `now` or `later`.
    pub state: &'static str,
}

/// Received, being worked on (or waiting for the applicant), answered.
pub fn stages(visit: &Visit, case: &Case, offered: &Offered) -> Vec<Stage> {
    let at = match case.kind {
        StateKind::Open if case.state == offered.workflow.initial => 0,
        StateKind::Open | StateKind::Waiting => 1,
        StateKind::Closed => 2,
    };
    let middle = match case.kind {
        StateKind::Waiting => "casework-stage-waiting",
        _ => "casework-stage-work",
    };
    let last = match case.outcome {
        Some(Outcome::Withdrawn) => "casework-stage-withdrawn",
        _ => "casework-stage-answer",
    };
    ["casework-stage-received", middle, last]
        .into_iter()
        .enumerate()
        .map(|(place, key)| Stage {
            label: visit.t(key).to_owned(),
            state: match place.cmp(&at) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "later",
            },
        })
        .collect()
}

/// What happens next, told honestly: a deadline that passed is called passed.
pub fn next(visit: &Visit, case: &Case, today: civil::Date) -> String {
    let due = case.due_on.map_or_else(String::new, |due| engine::thai::long_date(due, visit.lang));
    let key = match (case.kind, case.outcome) {
        (StateKind::Waiting, _) => "casework-waiting-for-you",
        (StateKind::Open, _) if case.is_overdue(today) => "casework-next-overdue",
        (StateKind::Open, _) => "casework-next-open",
        (StateKind::Closed, Some(Outcome::Granted)) => "casework-next-granted",
        (StateKind::Closed, Some(Outcome::Refused)) => "casework-next-refused",
        (StateKind::Closed, _) => "casework-next-withdrawn",
    };
    let late = case.due_on.map_or(0, |due| days_between(due, today));
    visit.tv(key, &[("due", due), ("days", late.to_string())])
}

fn days_between(from: civil::Date, to: civil::Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
