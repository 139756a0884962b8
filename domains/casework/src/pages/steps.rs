//! A step of an application: one thing per page, saved when it is sent, shown again as typed when
//! something is wrong. Files are kept at once, whatever else is wrong with the page.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Invalid;
use engine::error::OrInvalid as _;
use engine::files::{self, Sent};
use engine::questionnaire::Posted;
use identity::limits::{self, Limit};
use web::{ErrorSummary, Field, FieldError, Filled, Input, Page, Pairs, Result, Upload, Visit, go_to};

use super::answers::Look;
use super::drafts::{self, opened};
use crate::case::{Draft, DraftId};
use crate::service::Offered;
use crate::{operations, queries};

/// Pages with files from one connection, so that nobody fills the disk with drafts.
pub(super) const UPLOADS: Limit = Limit { name: "casework.uploads", count: 200, minutes: 60 };

#[derive(Template)]
#[template(path = "step.html")]
struct Edit {
    page: Page,
    errors: Vec<FieldError>,
    fields: Vec<Field>,
    help: String,
    action: String,
    back: String,
    draft: String,
    number: usize,
    count: usize,
    service: String,
    takes_files: bool,
}

/// Where the reader came from, carried along in the address: after a change from the page that
/// checks the answers, one comes back there.
fn from_check(visit: &Visit) -> bool {
    visit.asked("from") == "check"
}

async fn form(
    visit: &Visit,
    (draft, offered): (&Draft, &Offered),
    step: &str,
    typed: Option<&Pairs>,
    errors: Vec<FieldError>,
) -> engine::Result<Edit> {
    let steps: Vec<_> = offered.service.form.visible_steps(&draft.answers).collect();
    let at = steps.iter().position(|one| one.id == step).ok_or(engine::Error::NotFound)?;
    let step = steps[at];
    let filled = typed.map_or(Filled::Answered(&draft.answers), Filled::Typed);
    let province = &visit.town.profile().province_code;
    let path = |step: &str| format!("{}/steps/{step}", draft.path());
    let mut fields = web::fields(step, &draft.answers, &filled, &errors, visit.lang, province);
    let takes_files = show_files(visit, draft, &mut fields).await?;
    let (mut action, mut back) = (
        path(&step.id),
        match at {
            0 => draft.path(),
            _ => path(&steps[at - 1].id),
        },
    );
    if from_check(visit) {
        action.push_str("?from=check");
        back = format!("{}/check", draft.path());
    }
    Ok(Edit {
        page: super::drafts::page(visit, draft, offered, step.title.get(visit.lang)),
        fields,
        errors,
        help: step.help.as_ref().map_or_else(String::new, |help| help.get(visit.lang).to_owned()),
        action,
        back,
        draft: draft.path(),
        number: at + 1,
        count: steps.len(),
        service: offered.service.title.get(visit.lang).to_owned(),
        takes_files,
    })
}

/// Puts the files attached so far into their fields; whether any field takes files at all.
async fn show_files(visit: &Visit, draft: &Draft, fields: &mut [Field]) -> engine::Result<bool> {
    if !fields.iter().any(|field| matches!(field.input, Input::File { .. })) {
        return Ok(false);
    }
    let known = files::of_subject(&mut visit.town.db(), visit.town.id(), &draft.subject()).await?;
    let look = Look { lang: visit.lang, files: &known, base: &draft.path(), masked: false };
    for field in fields {
        if let Input::File { kept, .. } = &mut field.input {
            *kept = look.kept(draft.answers.files(&field.id));
        }
    }
    Ok(true)
}

pub async fn edit(visit: Visit, Path((id, step)): Path<(String, String)>) -> Result<Response> {
    match opened(&visit, &DraftId::from(id)).await? {
        Ok((draft, offered)) => web::show(&form(&visit, (&draft, &offered), &step, None, Vec::new()).await?),
        Err(sent) => Ok(sent),
    }
}

/// The page again with what was typed: because something is wrong, or a file came or went.
async fn again(visit: &Visit, id: &DraftId, step: &str, pairs: &Pairs, wrong: &Invalid) -> Result<Response> {
    let (draft, offered) = match opened(visit, id).await? {
        Ok(found) => found,
        Err(sent) => return Ok(sent),
    };
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let errors = ErrorSummary::of(visit, wrong);
    web::show_with(status, &form(visit, (&draft, &offered), step, Some(pairs), errors).await?)
}

fn sent(upload: Vec<web::UploadedFile>) -> Vec<(String, Sent)> {
    upload.into_iter().map(|file| (file.field, Sent { name: file.name, bytes: file.bytes })).collect()
}

pub async fn update(
    visit: Visit,
    Path((id, step)): Path<(String, String)>,
    Upload { pairs, files }: Upload,
) -> Result<Response> {
    let (town, actor, id) = (&visit.town, &visit.actor, DraftId::from(id));
    let held = drafts::secret(&visit, &id);
    let key = (&id, held.as_str());
    if !pairs.get("remove").is_empty() {
        operations::detach(town, actor, key, pairs.get("remove")).await?;
        return again(&visit, &id, &step, &pairs, &Invalid::default()).await;
    }
    if !files.is_empty() {
        limits::take(town, &UPLOADS, &limits::network(visit.address)).await?;
    }
    let mut wrong = operations::attach(town, actor, key, &step, sent(files)).await?;
    if !pairs.get("attach").is_empty() {
        return again(&visit, &id, &step, &pairs, &wrong).await;
    }
    let posted = Posted { pairs: &pairs.0, today: town.clock().today(), lang: visit.lang };
    if !pairs.get("later").is_empty() && wrong.is_empty() {
        operations::put_by(town, actor, key, &step, &posted).await?;
        return Ok(go_to(&format!("/drafts/{id}/resume")));
    }
    match operations::save_step(town, actor, key, &step, &posted).await.or_invalid()? {
        Ok(draft) if wrong.is_empty() => Ok(go_to(&next(&visit, &draft, &step).await?)),
        Ok(_) => again(&visit, &id, &step, &pairs, &wrong).await,
        Err(more) => {
            merge(&mut wrong, more);
            again(&visit, &id, &step, &pairs, &wrong).await
        }
    }
}

/// One problem at each field is enough: a file that was refused is not also missing.
fn merge(wrong: &mut Invalid, more: Invalid) {
    for problem in more.problems {
        if !wrong.problems.iter().any(|known| known.field == problem.field) {
            wrong.problems.push(problem);
        }
    }
}

/// The step that follows; from the check, what that change left open, or the check again.
async fn next(visit: &Visit, draft: &Draft, step: &str) -> engine::Result<String> {
    let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
    let form = &offered.service.form;
    let follows = match from_check(visit) {
        true => form.unfinished(&draft.answers).next(),
        false => form.visible_steps(&draft.answers).skip_while(|one| one.id != step).nth(1),
    };
    let query = if from_check(visit) { "?from=check" } else { "" };
    Ok(match follows {
        Some(follows) => format!("{}/steps/{}{query}", draft.path(), follows.id),
        None => format!("{}/check", draft.path()),
    })
}
