//! Going on later: the link that leads back to a draft, shown, sent by e-mail, opened.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::{Actor, Invalid};
use web::{ErrorSummary, FieldError, Page, Pairs, Result, Visit, go_to};

use super::drafts::{self, opened};
use crate::case::{Draft, DraftId};
use crate::service::Offered;
use crate::{operations, queries};

#[derive(Template)]
#[template(path = "resume.html")]
struct New {
    page: Page,
    errors: Vec<FieldError>,
    draft: String,
    link: String,
    email: String,
    kept_until: String,
    list: Option<(&'static str, &'static str)>,
}

fn form(
    visit: &Visit,
    (draft, offered): (&Draft, &Offered),
    typed: Option<&str>,
    wrong: Option<&Invalid>,
) -> New {
    let secret = drafts::secret(visit, &draft.id);
    let known = offered.service.form.role("applicant_email", &draft.answers);
    let known = known.or(visit.actor.email.as_deref()).unwrap_or_default();
    let page = Page::new(visit, visit.t("casework-resume-title"));
    let was_sent = visit.asked("sent") == "1" && wrong.is_none();
    New {
        page: if was_sent { page.with_notice("casework-resume-sent") } else { page },
        errors: wrong.map(|wrong| ErrorSummary::of(visit, wrong)).unwrap_or_default(),
        link: match secret.is_empty() {
            true => String::new(),
            false => visit.town.url(&draft.resume_path(&secret)),
        },
        email: typed.unwrap_or(known).to_owned(),
        kept_until: engine::thai::long_date(drafts::kept_until(visit), visit.lang),
        list: drafts::listed_at(draft, &visit.actor),
        draft: draft.path(),
    }
}

/// The page holds the link: no other site learns it, and no search engine keeps it.
fn discreet(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    response
}

pub async fn new(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    match opened(&visit, &DraftId::from(id)).await? {
        Ok((draft, offered)) => Ok(discreet(web::show(&form(&visit, (&draft, &offered), None, None))?)),
        Err(sent) => Ok(sent),
    }
}

pub async fn create(visit: Visit, Path(id): Path<String>, pairs: Pairs) -> Result<Response> {
    let id = DraftId::from(id);
    let (held, email) = (drafts::secret(&visit, &id), pairs.get("email"));
    let key = (&id, held.as_str());
    let sent = operations::send_link(&visit.town, &visit.actor, key, email, visit.lang).await.or_invalid()?;
    let Err(wrong) = sent else { return Ok(go_to(&format!("/drafts/{id}/resume?sent=1"))) };
    match opened(&visit, &id).await? {
        Ok((draft, offered)) => {
            let again = form(&visit, (&draft, &offered), Some(email), Some(&wrong));
            Ok(discreet(web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)?))
        }
        Err(gone) => Ok(gone),
    }
}

#[derive(Template)]
#[template(path = "resume_open.html")]
struct Show {
    page: Page,
    service: String,
    action: String,
}

async fn linked(visit: &Visit, id: &str, secret: &str) -> engine::Result<Draft> {
    let draft = queries::draft(&mut visit.town.db(), visit.town.id(), &DraftId::from(id)).await?;
    operations::may_edit(&draft, &Actor::visitor(), secret)?;
    Ok(draft)
}

/// A link opens nothing by itself: someone else's draft could be slipped under a reader who then writes
/// into it what is their own.
pub async fn show(visit: Visit, Path((id, secret)): Path<(String, String)>) -> Result<Response> {
    let draft = linked(&visit, &id, &secret).await?;
    if draft.number.is_some() {
        return Ok(discreet(go_to("/track")));
    }
    let offered = queries::version(&visit.town, &draft.service, draft.version).await?;
    Ok(discreet(web::show(&Show {
        page: Page::new(&visit, visit.t("casework-resume-open-title")),
        service: offered.service.title.get(visit.lang).to_owned(),
        action: draft.resume_path(&secret),
    })?))
}

/// Opened on another device: that browser holds the secret from now on.
pub async fn update(visit: Visit, Path((id, secret)): Path<(String, String)>) -> Result<Response> {
    let draft = linked(&visit, &id, &secret).await?;
    if draft.number.is_some() {
        return Ok(discreet(go_to("/track")));
    }
    Ok(discreet(drafts::held(&visit, go_to(&draft.path()), &draft.id, secret)))
}
