//! An application being written, until it is sent.

use engine::calendar::Deadline;
use engine::holidays::working_days;
use engine::questionnaire::{Answers, Posted};
use engine::workflow::StateKind;
use engine::{Actor, Error, Invalid, Lang, Result, SignedDuration, Town, Tx};

use super::attachment::remove_unnamed;
use crate::case::{
    Case, CaseId, Channel, Draft, DraftId, new_number, new_secret, secret_after, secret_fingerprint,
};
use crate::events::{CaseEvent, Happened};
use crate::service::Offered;
use crate::{permissions, queries};

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
    let offered = queries::current(town, slug).await?;
    let by_officer = channel != Channel::Online;
    let known = if by_officer { Answers::default() } else { known_of(town, actor, &offered).await? };
    let mut tx = town.begin(actor).await?;
    let secret = new_secret();
    let draft = Draft {
        id: DraftId::new(tx.clock()),
        service: offered.service.slug.clone(),
        version: offered.service.version,
        channel,
        answers: known,
        secret: secret_fingerprint(&secret),
        person: actor.person().filter(|_| !by_officer).cloned(),
        officer: actor.person().filter(|_| by_officer).cloned(),
        number: None,
    };
    queries::save_draft(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok((draft, secret))
}

/// What the account of the one who applies tells already: name, telephone and e-mail address.
async fn known_of(town: &Town, actor: &Actor, offered: &Offered) -> Result<Answers> {
    let mut answers = Answers::default();
    let Some(id) = actor.person() else { return Ok(answers) };
    let person = match identity::queries::person(&mut town.db(), town.id(), id).await {
        Ok(person) => person,
        Err(Error::NotFound) => return Ok(answers),
        Err(other) => return Err(other),
    };
    let email = person.email.unwrap_or_default();
    for question in offered.service.form.questions() {
        let known = match question.role.as_deref() {
            Some("applicant_name") => &person.name,
            Some("applicant_telephone") => &person.telephone,
            Some("applicant_email") => &email,
            _ => continue,
        };
        answers.0.extend(question.accept(known).map(|answer| (question.id.clone(), answer)));
    }
    Ok(answers)
}

/// Whoever began the draft, or holds its secret; an officer while still at the counter.
pub fn may_edit(draft: &Draft, actor: &Actor, secret: &str) -> Result<()> {
    let own = actor.person().is_some_and(|person| {
        let receives = draft.officer.as_ref() == Some(person) && actor.can(permissions::RECEIVE);
        draft.person.as_ref() == Some(person) || receives
    });
    if own || secret_fingerprint(secret) == draft.secret { Ok(()) } else { Err(Error::NotFound) }
}

/// Keeps what one step's form posted, if it is all right.
pub async fn save_step(
    town: &Town,
    actor: &Actor,
    key: (&DraftId, &str),
    step: &str,
    posted: &Posted<'_>,
) -> Result<Draft> {
    let (draft, wrong) = save(town, actor, key, step, (posted, false)).await?;
    wrong.or(draft)
}

/// Keeps of a step what is right so far, for someone who goes on later.
pub async fn put_by(
    town: &Town,
    actor: &Actor,
    key: (&DraftId, &str),
    step: &str,
    posted: &Posted<'_>,
) -> Result<Draft> {
    Ok(save(town, actor, key, step, (posted, true)).await?.0)
}

async fn save(
    town: &Town,
    actor: &Actor,
    (id, secret): (&DraftId, &str),
    step: &str,
    (posted, as_far): (&Posted<'_>, bool),
) -> Result<(Draft, Invalid)> {
    let mut tx = town.begin(actor).await?;
    let mut draft = queries::draft(&mut tx, town.id(), id).await?;
    may_edit(&draft, actor, secret)?;
    draft.must_be_unsent()?;
    let offered = queries::version(town, &draft.service, draft.version).await?;
    let form = &offered.service.form;
    let (answers, wrong) = form.step(step).ok_or(Error::NotFound)?.read_as_far(posted, &draft.answers);
    if !wrong.is_empty() && !as_far {
        return Ok((draft, wrong));
    }
    let files = form.files(&draft.answers).count();
    draft.answers = form.asked(&answers);
    let named: Vec<&str> = form.files(&draft.answers).collect();
    if named.len() < files {
        remove_unnamed(&mut tx, &draft, &named).await?;
    }
    queries::save_draft(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok((draft, wrong))
}

/// The application is in: from here on the office's clock runs. Returns the case and its secret.
/// Sent once more, as happens when the line breaks, it leads to the same case and secret.
pub async fn submit(
    town: &Town,
    actor: &Actor,
    (id, held): (&DraftId, &str),
    lang: Lang,
) -> Result<(Case, String)> {
    let mut tx = town.begin(actor).await?;
    let draft = queries::draft(&mut tx, town.id(), id).await?;
    may_edit(&draft, actor, held)?;
    if let Some(number) = &draft.number {
        return sent_before(&mut tx, number, held).await;
    }
    let offered = queries::version(town, &draft.service, draft.version).await?;
    if let Some(step) = offered.service.form.unfinished(&draft.answers).next() {
        return Err(Invalid::field(step.id.clone(), "casework-problem-unfinished").into());
    }
    let case_id = CaseId::new(tx.clock());
    let secret = if held.is_empty() { new_secret() } else { secret_after(held, &case_id) };
    let subject = draft.subject();
    let case = new_case(&mut tx, &offered, draft, (case_id, &secret), lang).await?;
    queries::insert_case(&mut tx, &case).await?;
    engine::search_words::index(&mut tx, queries::SEARCH, case.id.as_str(), &searchable(&case, &offered))
        .await?;
    engine::files::hand_over(&mut tx, &subject, &case.subject()).await?;
    queries::draft_sent(&mut tx, id, &case.number).await?;
    tx.record(CaseEvent::of(&case, Happened::Submitted));
    tx.commit().await?;
    Ok((case, secret))
}

/// An hour, so that a link to a draft, sent by e-mail, is soon no key to the case.
const SENDS_AGAIN: SignedDuration = SignedDuration::from_hours(1);

async fn sent_before(tx: &mut Tx, number: &str, held: &str) -> Result<(Case, String)> {
    let town = tx.town().clone();
    let case = queries::with_number(tx, &town, number).await?;
    let secret = secret_after(held, &case.id);
    let fresh = tx.now() < case.submitted_at + SENDS_AGAIN;
    if fresh && secret_fingerprint(&secret) == case.secret {
        return Ok((case, secret));
    }
    Err(Error::Conflict("casework-problem-sent"))
}

/// What an officer may look for.
fn searchable(case: &Case, offered: &Offered) -> String {
    [&case.number, &case.applicant, &case.about, &case.telephone, &offered.service.title.th]
        .map(String::as_str)
        .join(" ")
}

async fn new_case(
    tx: &mut Tx,
    offered: &Offered,
    draft: Draft,
    (id, secret): (CaseId, &str),
    lang: Lang,
) -> Result<Case> {
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
        id,
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
