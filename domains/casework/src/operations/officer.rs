//! What officers write on a case and how they move it: note, answer, ask, progress, decide. Who of
//! the office has a case is in `assignment`.

use engine::documents::Letter;
use engine::holidays::working_days;
use engine::workflow::{Does, Mover, Outcome};
use engine::{Actor, Error, Result, Town};

use super::{checked, moved};
use crate::case::Case;
use crate::events::{CaseEvent, Happened};
use crate::papers;
use crate::permissions::{DECIDE, WORK};
use crate::queries::{self, EntryKind};

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
    officer.may(WORK)?;
    let text = checked(text, kind.code())?;
    let mut tx = town.begin(officer).await?;
    let case = queries::with_number(&mut tx, town.id(), number).await?;
    case.must_be_someone_elses(officer)?;
    queries::insert_entry(&mut tx, &case.id, kind, &text).await?;
    tx.record(CaseEvent::of(&case, happened));
    tx.commit().await?;
    Ok(case)
}

/// An officer's move of the workflow. Asking for more says what; a decision gives its reasons.
pub async fn make_move(town: &Town, officer: &Actor, number: &str, id: &str, text: &str) -> Result<Case> {
    may_move(officer)?;
    let mut tx = town.begin(officer).await?;
    let case = queries::with_number(&mut tx, town.id(), number).await?;
    case.must_be_someone_elses(officer)?;
    let offered = queries::version(town, &case.service, case.version).await?;
    let (mut case, does) = moved(&mut tx, case, &offered, id, Mover::Officer).await?;
    let (permission, happened, entry) = match does {
        Does::Ask => (WORK, Happened::Asked, Some(EntryKind::Ask)),
        Does::Grant => (DECIDE, Happened::Granted, Some(EntryKind::Decision)),
        Does::Refuse => (DECIDE, Happened::Refused, Some(EntryKind::Decision)),
        Does::Progress | Does::Supply | Does::Withdraw => (WORK, Happened::Moved, None),
    };
    officer.may(permission)?;
    if let Some(kind) = entry {
        let text = checked(text, kind.code())?;
        queries::insert_entry(&mut tx, &case.id, kind, &text).await?;
        case.reasons = Some(text).filter(|_| kind == EntryKind::Decision).or(case.reasons);
    }
    queries::update_case(&mut tx, &case).await?;
    if matches!(case.outcome, Some(Outcome::Granted | Outcome::Refused)) {
        papers::issue_letter(town, &mut tx, &case, &offered).await?;
    }
    tx.record(CaseEvent::of(&case, happened));
    tx.commit().await?;
    Ok(case)
}

/// Whoever may neither work on cases nor decide them makes no move at all.
fn may_move(officer: &Actor) -> Result<()> {
    officer.may(WORK).or_else(|refusal| officer.may(DECIDE).map_err(|_| refusal))
}

/// The letter that a decision would send, with nothing changed.
pub async fn preview(town: &Town, officer: &Actor, number: &str, id: &str, reasons: &str) -> Result<Letter> {
    officer.may(DECIDE)?;
    let (mut db, now) = (town.db(), (town.clock().now(), town.clock().today()));
    let case = queries::with_number(&mut db, town.id(), number).await?;
    case.must_be_someone_elses(officer)?;
    let offered = queries::version(town, &case.service, case.version).await?;
    let days = working_days(&mut db, town.id(), now.1).await?;
    let (mut case, does) = case.moved(&offered.workflow, id, Mover::Officer, now, &days)?;
    if !matches!(does, Does::Grant | Does::Refuse) {
        return Err(Error::NotFound);
    }
    case.reasons = Some(checked(reasons, EntryKind::Decision.code())?);
    Ok(papers::preview(town, &case, &offered, now.1))
}
