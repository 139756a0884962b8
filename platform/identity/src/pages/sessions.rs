//! Browsers a person is signed in with, each of which can be signed out from here.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use web::{Page, Result, Visit, go_to};

use super::sign_in::token;
use crate::person::SessionId;
use crate::{operations, queries};

struct Listed {
    id: String,
    device: String,
    address: String,
    opened: String,
    seen: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "sessions.html")]
struct Index {
    page: Page,
    sessions: Vec<Listed>,
}

pub async fn index(visit: Visit) -> Result<Response> {
    let id = visit.actor.person().ok_or(engine::Error::SignInNeeded)?;
    let now = visit.town.clock().now();
    let here = engine::id::fingerprint(&token(&visit));
    let found = queries::sessions(&mut visit.town.db(), visit.town.id(), id, now).await?;
    let sessions = found
        .into_iter()
        .map(|session| Listed {
            here: session.token == here,
            id: session.id.to_string(),
            device: session.device,
            address: session.address,
            opened: engine::thai::moment(session.created_at, visit.lang),
            seen: engine::thai::moment(session.seen_at, visit.lang),
        })
        .collect();
    web::show(&Index { page: Page::new(&visit, visit.t("identity-sessions-title")), sessions })
}

pub async fn destroy(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    operations::close_session(&visit.town, &visit.actor, &SessionId::from(id)).await?;
    Ok(go_to("/account/sessions"))
}

/// All of them but this one.
pub mod others {
    use axum::response::Response;
    use web::{Result, Visit, go_to};

    use crate::operations;
    use crate::pages::sign_in::token;

    pub async fn destroy(visit: Visit) -> Result<Response> {
        operations::close_other_sessions(&visit.town, &visit.actor, &token(&visit)).await?;
        Ok(go_to("/account/sessions"))
    }
}
