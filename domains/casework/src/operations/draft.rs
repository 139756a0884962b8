//! An application being written, until it is sent.

use engine::calendar::Deadline;
use engine::holidays::working_days;
use engine::questionnaire::{Answers, Posted};
use engine::workflow::StateKind;
use engine::{Actor, Error, Invalid, Lang, Result, Town, Tx};

use crate::case::{Case, CaseId, Channel, Draft, DraftId, new_number, new_secret, secret_fingerprint};
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

/// What an officer may look for.
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
