//! E-mails and what came of them: the delivery log, and the demo's outbox, where nothing is sent.

use askama::Template;
use axum::response::Response;
use engine::messages;
use web::{Page, Result, Visit};

use super::messages::{Listed, listed};

#[derive(Template)]
#[template(path = "mail.html")]
struct Mail {
    page: Page,
    lead: &'static str,
    path: &'static str,
    /// The words of an e-mail are its reader's, save in the demo.
    with_text: bool,
    messages: Vec<Listed>,
    older: Option<String>,
}

async fn mail(
    visit: &Visit,
    keys: (&str, &'static str),
    path: &'static str,
    with_text: bool,
) -> Result<Response> {
    let found = messages::outbox(&mut visit.town.db(), visit.town.id(), &visit.asked("before")).await?;
    let page = Page::new(visit, visit.t(keys.0));
    let messages = found.rows.into_iter().map(|message| listed(visit, message)).collect();
    web::show(&Mail { page, lead: keys.1, path, with_text, messages, older: found.next })
}

/// The delivery log.
pub async fn index(visit: Visit) -> Result<Response> {
    mail(&visit, ("identity-mail-log-title", "identity-mail-log-lead"), "/admin/messages", false).await
}

/// The demo's twin of the delivery log.
pub mod outbox {
    use axum::response::Response;
    use web::{Result, Visit};

    pub async fn index(visit: Visit) -> Result<Response> {
        super::mail(&visit, ("identity-outbox-title", "identity-outbox-lead"), "/outbox", true).await
    }
}
