//! What officers do with a case: assign, note, answer, ask, decide.

use engine::workflow::{Does, Mover, Outcome};
use engine::{Actor, PersonId, Result, Town};

use super::{checked, moved};
use crate::case::Case;
use crate::events::{CaseEvent, Happened};
use crate::permissions;
use crate::queries::{self, EntryKind};

pub async fn assign(town: &Town, officer: &Actor, number: &str, to: Option<&PersonId>) -> Result<Case> {
    officer.may(permissions::WORK)?;
    let mut tx = town.begin(officer).await?;
    let mut case = queries::with_number(&mut tx, town.id(), number).await?;
    case.must_be_open()?;
    case.assignee = to.cloned();
    queries::update_case(&mut tx, &case).await?;
    tx.record(CaseEvent::of(&case, Happened::Assigned));
    tx.commit().await?;
    Ok(case)
}

/// A note for the office alone.
pub async fn note(town: &Town, officer: &Actor, number: &str, text: &str) -> Result<Case> {
    write(town, officer, number, text, (EntryKind::Note, Happened::Noted)).await
}

/// An answer to the applicant, who is told that it is there.
pub async fn answer(town: &Town, officer: &Actor, number: &str, text: &str) -> Result<Case> {
    write(town, officer, number, text, (EntryKind::Answer, Happened::Answered)).await
}

async fn write(
    town: &Town,
    officer: &Actor,
    number: &str,
    text: &str,
    (kind, happened): (EntryKind, Happened),
) -> Result<Case> {
    officer.may(permissions::WORK)?;
    let text = checked(text, "text")?;
    let mut tx = town.begin(officer).await?;
    let case = queries::with_number(&mut tx, town.id(), number).await?;
    queries::insert_entry(&mut tx, &case.id, kind, &text).await?;
    tx.record(CaseEvent::of(&case, happened));
    tx.commit().await?;
    Ok(case)
}

/// An officer's move of the workflow. Asking for more says what; a decision gives its reasons.
pub async fn make_move(town: &Town, officer: &Actor, number: &str, id: &str, text: &str) -> Result<Case> {
    officer.may(permissions::WORK)?;
    let mut tx = town.begin(officer).await?;
    let case = queries::with_number(&mut tx, town.id(), number).await?;
    let offered = queries::version(town, &case.service, case.version).await?;
    let (mut case, does) = moved(&mut tx, case, &offered, id, Mover::Officer).await?;
    let (happened, entry) = match does {
        Does::Ask => (Happened::Asked, Some(EntryKind::Ask)),
        Does::Grant => (Happened::Granted, Some(EntryKind::Decision)),
        Does::Refuse => (Happened::Refused, Some(EntryKind::Decision)),
        Does::Progress | Does::Supply | Does::Withdraw => (Happened::Moved, None),
    };
    if let Some(kind) = entry {
        let text = checked(text, "text")?;
        if kind == EntryKind::Decision {
            officer.may(permissions::DECIDE)?;
            case.reasons = Some(text.clone());
        }
        queries::insert_entry(&mut tx, &case.id, kind, &text).await?;
    }
    queries::update_case(&mut tx, &case).await?;
    if matches!(case.outcome, Some(Outcome::Granted | Outcome::Refused)) {
        crate::papers::issue_letter(town, &mut tx, &case, &offered).await?;
    }
    tx.record(CaseEvent::of(&case, happened));
    tx.commit().await?;
    Ok(case)
}
