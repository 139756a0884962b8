//! Files of an application being written: attached as far as they are all right, taken off again.

use engine::error::OrInvalid as _;
use engine::files::{self, Received, Sent};
use engine::questionnaire::{Kind, Question, Step};
use engine::{Actor, Error, Invalid, Result, Town, Tx};

use super::draft::may_edit;
use crate::case::{Draft, DraftId};
use crate::queries;

/// Attaches what was sent with a step, each file to the question named with it. What is wrong with
/// some never stands in the way of the others; it is returned.
pub async fn attach(
    town: &Town,
    actor: &Actor,
    (id, secret): (&DraftId, &str),
    step: &str,
    sent: Vec<(String, Sent)>,
) -> Result<Invalid> {
    if sent.is_empty() {
        return Ok(Invalid::default());
    }
    // Before a byte is kept: strangers do not fill the disk.
    let draft = queries::draft(&mut town.db(), town.id(), id).await?;
    may_edit(&draft, actor, secret)?;
    let offered = queries::version(town, &draft.service, draft.version).await?;
    let step = offered.service.form.step(step).ok_or(Error::NotFound)?;
    let (received, mut invalid) = receive(town, step, sent).await?;
    let mut tx = town.begin(actor).await?;
    let mut draft = queries::draft(&mut tx, town.id(), id).await?;
    draft.must_be_unsent()?;
    let left_over = add(&mut tx, &mut draft, received, &mut invalid).await?;
    queries::save_draft(&mut tx, &draft).await?;
    tx.commit().await?;
    for file in &left_over {
        files::discard(town, file).await?;
    }
    Ok(invalid)
}

async fn receive<'a>(
    town: &Town,
    step: &'a Step,
    sent: Vec<(String, Sent)>,
) -> Result<(Vec<(&'a Question, Received)>, Invalid)> {
    let (mut received, mut invalid) = (Vec::new(), Invalid::default());
    for (field, file) in sent {
        let asked = |question: &&Question| question.kind == Kind::File && question.id == field;
        let Some(question) = step.questions.iter().find(asked) else { continue };
        match files::receive(town, &field, file).await.or_invalid()? {
            Ok(file) => received.push((question, file)),
            Err(wrong) => invalid.problems.extend(wrong.problems),
        }
    }
    Ok((received, invalid))
}

/// Adds files to the answers; returns those that are there already or are too many.
async fn add(
    tx: &mut Tx,
    draft: &mut Draft,
    received: Vec<(&Question, Received)>,
    invalid: &mut Invalid,
) -> Result<Vec<Received>> {
    let (town, subject) = (tx.town().clone(), draft.subject());
    let mut known = files::of_subject(tx, &town, &subject).await?;
    let mut left_over = Vec::new();
    for (question, file) in received {
        let mut listed: Vec<String> = draft.answers.files(&question.id).map(str::to_owned).collect();
        let sent_before = known.iter().any(|one| one.digest == file.digest && listed.contains(&one.id));
        if listed.len() >= question.most_files() && !sent_before {
            too_many(invalid, question);
        }
        if sent_before || listed.len() >= question.most_files() {
            left_over.push(file);
            continue;
        }
        let kept = files::keep(tx, &subject, file).await?;
        listed.push(kept.id.clone());
        known.push(kept);
        draft.answers.set_files(&question.id, &listed);
    }
    Ok(left_over)
}

fn too_many(invalid: &mut Invalid, question: &Question) {
    let said =
        |problem: &engine::Problem| problem.field == question.id && problem.key == "problem-files-many";
    if !invalid.problems.iter().any(said) {
        let limit = question.most_files().to_string();
        invalid.push_with(question.id.clone(), "problem-files-many", vec![("limit", limit)]);
    }
}

/// Takes a file off again. One that is gone already is no mistake.
pub async fn detach(town: &Town, actor: &Actor, (id, secret): (&DraftId, &str), file: &str) -> Result<()> {
    let mut tx = town.begin(actor).await?;
    let mut draft = queries::draft(&mut tx, town.id(), id).await?;
    may_edit(&draft, actor, secret)?;
    draft.must_be_unsent()?;
    let questions: Vec<String> = draft.answers.0.keys().cloned().collect();
    for question in questions {
        let listed: Vec<String> = draft.answers.files(&question).map(str::to_owned).collect();
        if listed.iter().any(|one| one == file) {
            let left: Vec<String> = listed.into_iter().filter(|one| one != file).collect();
            draft.answers.set_files(&question, &left);
        }
    }
    if files::remove(&mut tx, &draft.subject(), file).await? {
        queries::save_draft(&mut tx, &draft).await?;
    }
    tx.commit().await
}

/// Files whose question is no longer asked go with the answer.
pub(super) async fn remove_unnamed(tx: &mut Tx, draft: &Draft, named: &[&str]) -> Result<()> {
    let (town, subject) = (tx.town().clone(), draft.subject());
    for file in files::of_subject(tx, &town, &subject).await? {
        if !named.contains(&file.id.as_str()) {
            files::remove(tx, &subject, &file.id).await?;
        }
    }
    Ok(())
}
