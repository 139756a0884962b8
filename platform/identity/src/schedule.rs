//! How long identity keeps what, and what happens by itself: every night, sessions, codes,
//! invitations and counts that ran out are taken out.

use engine::jobs::{Daily, Future, Job};
use engine::retention::{Keep, Rule};
use engine::{Actor, Json, SignedDuration, Town};

use crate::queries;

const PURGE: &str = "identity.purge";
const DEVICE_DAYS: u32 = 365;

/// Sessions, codes and invitations carry their own end; the longest stay is a session of 30 days.
pub const RULES: &[Rule] = &[
    Rule::new("identity_people", Keep::Always),
    Rule::new("identity_roles", Keep::Always),
    Rule::new("identity_appointments", Keep::With("identity_people")),
    Rule::new("identity_sessions", Keep::Days(30, PURGE)),
    Rule::new("identity_devices", Keep::Days(DEVICE_DAYS, PURGE)),
    Rule::new("identity_codes", Keep::Days(1, PURGE)),
    Rule::new("identity_invitations", Keep::Days(7, PURGE)),
    Rule::new("identity_limits", Keep::Days(1, PURGE)),
];

pub const JOBS: &[Job] = &[Job { name: PURGE, run: purge }];
pub const ALL: &[Daily] = &[Daily { name: PURGE, hour: 2, minute: 30, job: PURGE }];

fn purge(town: Town, _: Json) -> Future<'static> {
    Box::pin(async move {
        let mut tx = town.begin(&Actor::system()).await?;
        let now = tx.now();
        let days = |days: u32| SignedDuration::from_hours(24 * i64::from(days));
        queries::purge(&mut tx, now - days(1), now - days(DEVICE_DAYS)).await?;
        tx.commit().await
    })
}
