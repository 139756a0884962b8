//! What can be done with a case: a function per verb, one transaction each.

use engine::calendar::Deadline;
use engine::holidays::working_days;
use engine::questionnaire::{Answers, Posted};
use engine::workflow::{Does, Mover, Outcome, StateKind};
use engine::{Actor, Error, Invalid, Lang, PersonId, Result, Town, Tx, Who};

use crate::case::{
    Case, CaseId, Channel, Draft, DraftId, new_number, new_secret, normalised_number, secret_fingerprint,
};
use crate::events::{CaseEvent, Happened, ServicePublished};
use crate::permissions;
use crate::queries::{self, EntryKind};
use crate::service::Offered;

/// Longest text of a note, an answer or reasons.
const TEXT_LIMIT: usize = 4000;

/// Offers services in a municipality, in that order, as part of a larger change.
pub async fn publish(tx: &mut Tx, catalogue: &[Offered]) -> Result<()> {
    for (position, offered) in catalogue.iter().enumerate() {
        queries::insert_service(tx, offered, position).await?;
        let service = &offered.service;
        tx.record(ServicePublished { slug: service.slug.clone(), version: service.version });
    }
    Ok(())
}

/// Begins an application; the secret resumes it from another device.
pub async fn start_draft(
    town: &Town,
    actor: &Actor,
    slug: &str,
    channel: Channel,
) -> Result<(Draft, String)> {
    if channel != Channel::Online {
        actor.may(permissions::RECEIVE)?;
    }
    let offered = queries::current(&mut town.db(), town.id(), slug).await?;
    let by_officer = channel != Channel::Online;
    let mut tx = town.begin(actor).await?;
    let secret = new_secret();
    let draft = Draft {
        id: DraftId::new(tx.clock()),
        service: offered.service.slug.clone(),
        version: offered.service.version,
        channel,
        answers: Answers::default(),
        secret: secret_fingerprint(&secret),
        person: actor.person().filter(|_| !by_officer).cloned(),
        officer: actor.person().filter(|_| by_officer).cloned(),
    };
    queries::save_draft(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok((draft, secret))
}

/// Whoever began the draft, or holds its secret.
pub fn may_edit(draft: &Draft, actor: &Actor, secret: &str) -> Result<()> {
    let own = actor.person().is_some_and(|person| {
        draft.person.as_ref() == Some(person) || draft.officer.as_ref() == Some(person)
    });
    if own || secret_fingerprint(secret) == draft.secret { Ok(()) } else { Err(Error::NotFound) }
}

/// Keeps what one step's form posted, if it is all right.
pub async fn save_step(
    town: &Town,
    actor: &Actor,
    (id, secret): (&DraftId, &str),
    step: &str,
    posted: &Posted<'_>,
) -> Result<Draft> {
    let mut tx = town.begin(actor).await?;
    let mut draft = queries::draft(&mut tx, town.id(), id).await?;
    may_edit(&draft, actor, secret)?;
    let offered = queries::version(town, &draft.service, draft.version).await?;
    let step = offered.service.form.step(step).ok_or(Error::NotFound)?;
    draft.answers = step.read(posted, &draft.answers)?;
    queries::save_draft(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok(draft)
}

/// The application is in: from here on the office's clock runs. Returns the case and its secret.
pub async fn submit(
    town: &Town,
    actor: &Actor,
    (id, secret): (&DraftId, &str),
    lang: Lang,
) -> Result<(Case, String)> {
    let mut tx = town.begin(actor).await?;
    let draft = queries::draft(&mut tx, town.id(), id).await?;
    may_edit(&draft, actor, secret)?;
    let offered = queries::version(town, &draft.service, draft.version).await?;
    if let Some(step) = offered.service.form.unfinished(&draft.answers).next() {
        return Err(Invalid::field(step.id.clone(), "casework-problem-unfinished").into());
    }
    let secret = new_secret();
    let case = new_case(&mut tx, &offered, draft, &secret, lang).await?;
    queries::insert_case(&mut tx, &case).await?;
    engine::search_words::index(&mut tx, queries::SEARCH, case.id.as_str(), &searchable(&case, &offered))
        .await?;
    engine::files::hand_over(&mut tx, &format!("casework.draft/{id}"), &case.subject()).await?;
    queries::delete_draft(&mut tx, id).await?;
    tx.record(CaseEvent::of(&case, Happened::Submitted));
    tx.commit().await?;
    Ok((case, secret))
}

fn searchable(case: &Case, offered: &Offered) -> String {
    [&case.number, &case.applicant, &case.about, &case.telephone, &offered.service.title.th]
        .map(String::as_str)
        .join(" ")
}

async fn new_case(tx: &mut Tx, offered: &Offered, draft: Draft, secret: &str, lang: Lang) -> Result<Case> {
    let (town, today) = (tx.town().clone(), tx.today());
    let mut number = new_number(today);
    while !queries::is_free(tx, &town, &number).await? {
        number = new_number(today);
    }
    let days = working_days(tx, &town, today).await?;
    let deadline = Deadline::start(offered.service.working_days, today);
    let service = &offered.service;
    let role = |role| service.form.role(role, &draft.answers).unwrap_or_default().to_owned();
    let about = Some(role("subject")).filter(|text| !text.is_empty());
    Ok(Case {
        id: CaseId::new(tx.clock()),
        number,
        secret: secret_fingerprint(secret),
        service: service.slug.clone(),
        version: service.version,
        state: offered.workflow.initial.clone(),
        kind: StateKind::Open,
        outcome: None,
        unit: service.unit.clone(),
        assignee: None,
        channel: draft.channel,
        applicant: role("applicant_name"),
        telephone: role("applicant_telephone"),
        email: Some(role("applicant_email")).filter(|email| !email.is_empty()),
        about: about.unwrap_or_else(|| service.title.get(lang).to_owned()),
        person: draft.person,
        officer: draft.officer,
        lang,
        answers: draft.answers,
        submitted_at: tx.now(),
        due_on: deadline.due(&days),
        deadline,
        closed_at: None,
        reasons: None,
    })
}

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
        Who::Visitor | Who::System => false,
    }
}

/// What the applicant does: sends what was asked for or adds something, or takes the case back.
pub async fn supply(town: &Town, actor: &Actor, number: &str, text: &str) -> Result<Case> {
    let text = checked(text, "text")?;
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
    queries::insert_entry(&mut tx, &case.id, EntryKind::Supply, &text).await?;
    tx.record(CaseEvent::of(&case, Happened::Supplied));
    tx.commit().await?;
    Ok(case)
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

async fn moved(tx: &mut Tx, case: Case, offered: &Offered, id: &str, by: Mover) -> Result<(Case, Does)> {
    let (town, now) = (tx.town().clone(), (tx.now(), tx.today()));
    let days = working_days(tx, &town, now.1).await?;
    case.moved(&offered.workflow, id, by, now, &days)
}

fn checked(text: &str, field: &str) -> Result<String> {
    let text = text.trim().replace("\r\n", "\n");
    let mut invalid = Invalid::default();
    if text.is_empty() {
        invalid.push(field, "casework-problem-text-empty");
    } else if text.chars().count() > TEXT_LIMIT {
        invalid.push_with(field, "problem-long", vec![("limit", TEXT_LIMIT.to_string())]);
    }
    invalid.or(text)
}
