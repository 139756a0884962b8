//! Who of the office has a case: an officer, nobody yet, another unit.

use engine::{Actor, Error, Invalid, PersonId, Result, Town};

use super::checked;
use crate::case::Case;
use crate::colleagues;
use crate::events::{CaseEvent, Happened};
use crate::permissions::WORK;
use crate::queries::{self, EntryKind};

/// Gives a case to an officer who may work on cases, or back to the unit.
pub async fn assign(town: &Town, officer: &Actor, number: &str, to: Option<&PersonId>) -> Result<Case> {
    hand(town, officer, number, to, |_| Ok(())).await
}

/// The same, unless someone else was given the case since the officer looked.
pub async fn assign_as_seen(
    town: &Town,
    officer: &Actor,
    number: &str,
    seen: &str,
    to: Option<&PersonId>,
) -> Result<Case> {
    let unchanged = |case: &Case| match case.assignee.as_ref().map_or("", PersonId::as_str) == seen {
        true => Ok(()),
        false => Err(Error::Conflict("casework-problem-assigned-meanwhile")),
    };
    hand(town, officer, number, to, unchanged).await
}

async fn hand(
    town: &Town,
    officer: &Actor,
    number: &str,
    to: Option<&PersonId>,
    check: impl Fn(&Case) -> Result<()>,
) -> Result<Case> {
    officer.may(WORK)?;
    let mut tx = town.begin(officer).await?;
    let mut case = queries::with_number(&mut tx, town.id(), number).await?;
    case.must_be_open()?;
    if case.assignee.as_ref() == to {
        return Ok(case);
    }
    check(&case)?;
    if to.is_some() && case.person.as_ref() == to {
        return Err(Error::Conflict("casework-problem-own-case"));
    }
    if let Some(to) = to.filter(|to| officer.person() != Some(to)) {
        let today = tx.today();
        if !colleagues::may_work(&mut tx, town.id(), today, to).await? {
            return Err(Invalid::field("to", "casework-problem-assignee").into());
        }
    }
    let former = std::mem::replace(&mut case.assignee, to.cloned());
    queries::update_case(&mut tx, &case).await?;
    let happened = if to.is_some() { Happened::Assigned } else { Happened::Released };
    tx.record(CaseEvent::of(&case, happened).leaving(former.as_ref()));
    tx.commit().await?;
    Ok(case)
}

/// Sends a case to the unit whose work it is; the note says why. Nobody there has it yet.
pub async fn transfer(town: &Town, officer: &Actor, number: &str, unit: &str, why: &str) -> Result<Case> {
    officer.may(WORK)?;
    let why = checked(why, "text")?;
    let mut tx = town.begin(officer).await?;
    let mut case = queries::with_number(&mut tx, town.id(), number).await?;
    case.must_be_open()?;
    if case.unit == unit || town.profile().unit(unit).is_none() {
        return Err(Invalid::field("unit", "casework-problem-unit").into());
    }
    let former = case.assignee.take();
    unit.clone_into(&mut case.unit);
    queries::insert_entry(&mut tx, &case.id, EntryKind::Note, &why).await?;
    queries::update_case(&mut tx, &case).await?;
    tx.record(CaseEvent::of(&case, Happened::Transferred).leaving(former.as_ref()));
    tx.commit().await?;
    Ok(case)
}
