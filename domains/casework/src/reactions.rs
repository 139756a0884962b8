//! When this happened, do that: tell the applicant, print the receipt. What
//! officers are told is in `officers`.

use engine::jobs::{Future, Job, Reaction};
use engine::messages::NewMessage;
use engine::{Actor, Json, Recorded, Result, Town, messages};

use crate::case::{Case, CaseId};
use crate::{officers, papers, queries};

const CONFIRM: &str = "casework.confirm";
const TELL: &str = "casework.tell";

pub const ALL: &[Reaction] = &[
    Reaction { event: "casework.case.submitted", job: CONFIRM },
    Reaction { event: "casework.case.answered", job: TELL },
    Reaction { event: "casework.case.asked", job: TELL },
    Reaction { event: "casework.case.granted", job: TELL },
    Reaction { event: "casework.case.refused", job: TELL },
    Reaction { event: "casework.case.assigned", job: officers::TELL },
    Reaction { event: "casework.case.transferred", job: officers::TELL },
    Reaction { event: "casework.case.supplied", job: officers::TELL },
    Reaction { event: "casework.case.withdrawn", job: officers::TELL },
];

pub const JOBS: &[Job] = &[
    Job { name: CONFIRM, run: confirm },
    Job { name: TELL, run: tell },
    Job { name: officers::TELL, run: officers::tell },
    Job { name: officers::REMIND, run: officers::remind },
    crate::retention::PURGE_JOB,
];

fn confirm(town: Town, payload: Json) -> Future<'static> {
    Box::pin(async move {
        let (case, event) = case_of(&town, payload).await?;
        let offered = queries::version(&town, &case.service, case.version).await?;
        let mut tx = town.begin(&Actor::system()).await?;
        let known = engine::documents::of_subject(&mut tx, town.id(), &case.subject()).await?;
        // At least once is not twice: a receipt printed before the last try failed is kept.
        if known.iter().all(|document| document.kind != "receipt") {
            papers::issue_receipt(&town, &mut tx, &case, &offered).await?;
            messages::send(&mut tx, message(&town, &case, &event)).await?;
        }
        tx.commit().await
    })
}

fn tell(town: Town, payload: Json) -> Future<'static> {
    Box::pin(async move {
        let (case, event) = case_of(&town, payload).await?;
        let mut tx = town.begin(&Actor::system()).await?;
        messages::send(&mut tx, message(&town, &case, &event)).await?;
        tx.commit().await
    })
}

pub(crate) async fn case_of(town: &Town, payload: Json) -> Result<(Case, Recorded)> {
    let event: Recorded = serde_json::from_value(payload)?;
    let case = queries::with_id(&mut town.db(), town.id(), &CaseId::from(event.subject_id())).await?;
    Ok((case, event))
}

/// Says that there is news and where, not what: mail is read by others too.
fn message(town: &Town, case: &Case, event: &Recorded) -> NewMessage {
    let happened = event.kind.rsplit('.').next().unwrap_or_default();
    let args = [
        ("number", case.number.clone()),
        ("town", town.profile().name.get(case.lang).to_owned()),
        ("link", town.url(&case.path())),
    ];
    let word =
        |part: &str| town.words().with(case.lang, &format!("casework-message-{happened}-{part}"), &args);
    NewMessage {
        person: case.person.clone(),
        email: case.email.clone(),
        lang: case.lang,
        subject: word("subject"),
        text: word("text"),
        link: Some(case.path()),
        about: case.subject(),
        secret: false,
    }
}
