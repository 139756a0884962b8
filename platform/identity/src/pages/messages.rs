//! A person's own messages.

use askama::Template;
use axum::response::Response;
use engine::messages::{self, Message};
use web::{Page, Result, Visit, go_to};

pub(super) struct Listed {
    pub at: String,
    pub subject: String,
    pub text: String,
    pub link: String,
    pub new: bool,
    pub address: String,
    /// Key of the word for what came of it.
    pub state: &'static str,
    pub error: String,
    pub attempts: i64,
}

pub(super) fn listed(visit: &Visit, message: Message) -> Listed {
    let state = match (message.sent_at, &message.error) {
        (Some(_), _) => "identity-mail-sent",
        (None, None) => "identity-mail-waiting",
        (None, Some(_)) => "identity-mail-failed",
    };
    Listed {
        at: engine::thai::moment(message.created_at, visit.lang),
        new: message.read_at.is_none(),
        link: message.link.unwrap_or_default(),
        subject: message.subject,
        text: message.text,
        address: message.address,
        error: message.error.unwrap_or_default(),
        attempts: message.attempts,
        state,
    }
}

#[derive(Template)]
#[template(path = "messages.html")]
struct Index {
    page: Page,
    messages: Vec<Listed>,
    unread: bool,
    older: Option<String>,
}

pub async fn index(visit: Visit) -> Result<Response> {
    let id = visit.actor.person().ok_or(engine::Error::SignInNeeded)?;
    let before = visit.asked("before");
    let found = messages::of_person(&mut visit.town.db(), visit.town.id(), id, &before).await?;
    let page = Page::new(&visit, visit.t("identity-messages-title"));
    let messages: Vec<Listed> = found.rows.into_iter().map(|message| listed(&visit, message)).collect();
    web::show(&Index { page, messages, unread: visit.actor.unread > 0, older: found.next })
}

/// Everything shown counts as read.
pub async fn update(visit: Visit) -> Result<Response> {
    let id = visit.actor.person().ok_or(engine::Error::SignInNeeded)?;
    let mut tx = visit.town.begin(&visit.actor).await?;
    messages::read_all(&mut tx, id).await?;
    tx.commit().await?;
    Ok(go_to("/messages"))
}
