//! Messages: a person's own, the delivery log of e-mails, and the demo's outbox, where nothing is sent.

use askama::Template;
use axum::response::Response;
use engine::messages::{self, Message};
use web::{Page, Result, Visit, go_to};

struct Listed {
    at: String,
    subject: String,
    text: String,
    link: String,
    new: bool,
    address: String,
    /// Key of the word for what came of it.
    state: &'static str,
    error: String,
    attempts: i64,
}

fn listed(visit: &Visit, message: Message) -> Listed {
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

pub async fn log(visit: Visit) -> Result<Response> {
    mail(&visit, ("identity-mail-log-title", "identity-mail-log-lead"), "/admin/messages", false).await
}

pub async fn outbox(visit: Visit) -> Result<Response> {
    mail(&visit, ("identity-outbox-title", "identity-outbox-lead"), "/outbox", true).await
}
