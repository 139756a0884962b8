//! Files of a draft and of a case, opened by whoever may see it.

use axum::extract::Path;
use axum::response::Response;
use engine::files;
use web::{Result, Visit};

use super::{cases, drafts};
use crate::case::DraftId;
use crate::{operations, queries};

pub async fn of_draft(visit: Visit, Path((id, file)): Path<(String, String)>) -> Result<Response> {
    let id = DraftId::from(id);
    let draft = queries::draft(&mut visit.town.db(), visit.town.id(), &id).await?;
    operations::may_edit(&draft, &visit.actor, &drafts::secret(&visit, &id))?;
    serve(&visit, &draft.subject(), &file).await
}

pub async fn of_case(visit: Visit, Path((number, file)): Path<(String, String)>) -> Result<Response> {
    let case = cases::seen(&visit, &number).await?;
    serve(&visit, &case.subject(), &file).await
}

async fn serve(visit: &Visit, subject: &str, file: &str) -> Result<Response> {
    let kept = files::of(&mut visit.town.db(), visit.town.id(), subject, file).await?;
    let bytes = files::bytes(&visit.town, &kept).await?;
    Ok(web::file(&kept, bytes))
}
