//! What the applicant does with a case: opens it, adds to it, takes it back.

use engine::error::OrInvalid as _;
use engine::files::{self, Received, Sent};
use engine::workflow::{Does, Mover, StateKind};
use engine::{Actor, Error, Invalid, Result, Town, Tx, Who};

use super::{checked, moved};
use crate::case::{Case, normalised_number, secret_fingerprint};
use crate::events::{CaseEvent, Happened};
use crate::permissions;
use crate::queries::{self, EntryKind};

/// Opens a case to whoever holds its number and secret. A wrong number and a wrong secret look alike.
pub async fn open_with_secret(town: &Town, number: &str, secret: &str) -> Result<(Case, Actor)> {
    let wrong = || Error::from(Invalid::field("number", "casework-problem-number-secret"));
    let found = queries::with_number(&mut town.db(), town.id(), &normalised_number(number)).await;
    let given = secret_fingerprint(secret);
    match found {
        Ok(case) if case.secret == given => {
            let holder = Actor::holder(case.id.as_str());
            Ok((case, holder))
        }
        Ok(_) | Err(Error::NotFound) => Err(wrong()),
        Err(other) => Err(other),
    }
}

/// Whether this one is the applicant of the case: its account, or holder of its secret.
pub fn is_applicant(case: &Case, actor: &Actor) -> bool {
    match &actor.who {
        Who::Person(person) => case.person.as_ref() == Some(person),
        Who::Holder(id) => id == case.id.as_str(),
        Who::Visitor | Who::Unproved(_) | Who::System => false,
    }
}

/// Whether this one may see the case with its papers and files: its applicant, or an officer who reads cases.
pub fn may_see(case: &Case, actor: &Actor) -> bool {
    is_applicant(case, actor) || actor.can(permissions::READ)
}

/// The applicant writes to the office, in answer to what was asked or unasked.
pub async fn supply(town: &Town, actor: &Actor, number: &str, text: &str) -> Result<Case> {
    supply_with(town, actor, number, text, Vec::new()).await
}

/// Files taken with one message.
pub const MOST_FILES: usize = 5;

/// The applicant sends words, files or both. Either all of it is taken or nothing.
pub async fn supply_with(
    town: &Town,
    actor: &Actor,
    number: &str,
    text: &str,
    sent: Vec<Sent>,
) -> Result<Case> {
    let case = queries::with_number(&mut town.db(), town.id(), number).await?;
    if !is_applicant(&case, actor) {
        return Err(Error::NotFound);
    }
    case.must_be_open()?;
    let text =
        if sent.is_empty() || !text.trim().is_empty() { checked(text, "text")? } else { String::new() };
    let received = receive(town, sent).await?;
    let mut tx = town.begin(actor).await?;
    let mut case = applicants_case(&mut tx, actor, number).await?;
    case.must_be_open()?;
    let offered = queries::version(town, &case.service, case.version).await?;
    if case.kind == StateKind::Waiting {
        let made = offered
            .workflow
            .doing(&case.state, Does::Supply)
            .ok_or(Error::Conflict("problem-move-not-open"))?;
        case = moved(&mut tx, case, &offered, &made.id, Mover::Applicant).await?.0;
        queries::update_case(&mut tx, &case).await?;
    }
    let mut files = Vec::with_capacity(received.len());
    for file in received {
        files.push(files::keep(&mut tx, &case.subject(), file).await?.id);
    }
    queries::insert_entry_with(&mut tx, &case.id, EntryKind::Supply, &text, &files).await?;
    tx.record(CaseEvent::of(&case, Happened::Supplied));
    tx.commit().await?;
    Ok(case)
}

/// Every problem of every file is named; the bytes of those that were all right go again.
async fn receive(town: &Town, sent: Vec<Sent>) -> Result<Vec<Received>> {
    let (mut received, mut invalid) = (Vec::new(), Invalid::default());
    if sent.len() > MOST_FILES {
        invalid.push_with("files", "problem-files-many", vec![("limit", MOST_FILES.to_string())]);
        return invalid.or(received);
    }
    for file in sent {
        match files::receive(town, "files", file).await.or_invalid()? {
            Ok(file) => received.push(file),
            Err(wrong) => invalid.problems.extend(wrong.problems),
        }
    }
    if !invalid.is_empty() {
        for file in &received {
            files::discard(town, file).await?;
        }
    }
    invalid.or(received)
}

pub async fn withdraw(town: &Town, actor: &Actor, number: &str) -> Result<Case> {
    let mut tx = town.begin(actor).await?;
    let case = applicants_case(&mut tx, actor, number).await?;
    let offered = queries::version(town, &case.service, case.version).await?;
    let made = offered
        .workflow
        .doing(&case.state, Does::Withdraw)
        .ok_or(Error::Conflict("casework-problem-closed"))?;
    let (case, _) = moved(&mut tx, case, &offered, &made.id, Mover::Applicant).await?;
    queries::update_case(&mut tx, &case).await?;
    tx.record(CaseEvent::of(&case, Happened::Withdrawn));
    tx.commit().await?;
    Ok(case)
}

async fn applicants_case(tx: &mut Tx, actor: &Actor, number: &str) -> Result<Case> {
    let town = tx.town().clone();
    let case = queries::with_number(tx, &town, number).await?;
    if is_applicant(&case, actor) { Ok(case) } else { Err(Error::NotFound) }
}
