//! How long casework's rows are kept, and the nightly job that takes out drafts nobody finished.

use engine::jobs::{Daily, Future, Job};
use engine::retention::{Keep, Rule};
use engine::{Actor, Json, SignedDuration, Town, files};

use crate::queries;

const PURGE: &str = "casework.purge";
/// A draft can be gone on with for so long after it was last saved.
pub const DRAFT_DAYS: u32 = 30;

pub const RULES: &[Rule] = &[
    Rule::new("casework_services", Keep::Always),
    Rule::new("casework_drafts", Keep::Days(DRAFT_DAYS, PURGE)),
    Rule::new("casework_cases", Keep::Records),
    Rule::new("casework_reminders", Keep::Always),
    Rule::new("casework_entries", Keep::With("casework_cases")),
];

pub const PURGE_JOB: Job = Job { name: PURGE, run: purge };
pub const PURGE_DAILY: Daily = Daily { name: PURGE, hour: 2, minute: 20, job: PURGE };

/// With their files. A few at a time, so that nobody who sends something waits for the purge.
fn purge(town: Town, _: Json) -> Future<'static> {
    Box::pin(async move {
        loop {
            let mut tx = town.begin(&Actor::system()).await?;
            let oldest = tx.now() - SignedDuration::from_hours(24 * i64::from(DRAFT_DAYS));
            let forgotten = queries::forgotten_drafts(&mut tx, town.id(), oldest).await?;
            if forgotten.is_empty() {
                return Ok(());
            }
            for id in forgotten {
                files::remove_all(&mut tx, &id.subject()).await?;
                queries::delete_draft(&mut tx, &id).await?;
            }
            tx.commit().await?;
        }
    })
}
