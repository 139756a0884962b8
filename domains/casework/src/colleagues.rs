//! Who of the office works on cases and who decides them. Asked of identity here alone.

use std::collections::HashMap;

use engine::{PersonId, Result, Source, TownId, civil};
use identity::person::Officer;

use crate::permissions::{DECIDE, WORK};

/// Officers who may work on cases today.
pub async fn working(db: &mut impl Source, town: &TownId, today: civil::Date) -> Result<Vec<Officer>> {
    let all = identity::queries::officers(db, town, today).await?;
    Ok(all.into_iter().filter(|officer| officer.permissions.hold(WORK)).collect())
}

pub async fn may_work(
    db: &mut impl Source,
    town: &TownId,
    today: civil::Date,
    person: &PersonId,
) -> Result<bool> {
    Ok(working(db, town, today).await?.iter().any(|officer| officer.id == *person))
}

/// Those who give out a unit's work: who decides there, or else whoever works there.
pub fn heads(officers: &[Officer], unit: &str) -> Vec<PersonId> {
    let of_unit = officers.iter().filter(|officer| officer.units.iter().any(|one| one == unit));
    let (deciding, others): (Vec<_>, Vec<_>) = of_unit.partition(|officer| officer.permissions.hold(DECIDE));
    let told = if deciding.is_empty() { others } else { deciding };
    told.into_iter().map(|officer| officer.id.clone()).collect()
}

pub async fn names<'a>(
    db: &mut impl Source,
    town: &TownId,
    people: impl IntoIterator<Item = &'a PersonId>,
) -> Result<HashMap<PersonId, String>> {
    identity::queries::names(db, town, people).await
}
