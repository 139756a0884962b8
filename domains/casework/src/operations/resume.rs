//! The link by which a draft is gone on with from another device, sent to oneself by e-mail.

use engine::messages::{self, NewMessage};
use engine::{Actor, Invalid, Lang, Result, Town, questionnaire};
use identity::limits::{self, Limit};

use super::draft::may_edit;
use crate::case::{Draft, DraftId};
use crate::queries;

/// Nobody has us write to someone over and over.
const LETTERS: Limit = Limit { name: "casework.resume", count: 5, minutes: 60 };

/// Sends the link to an address; it holds the secret, as the page that shows it does.
pub async fn send_link(
    town: &Town,
    actor: &Actor,
    (id, secret): (&DraftId, &str),
    email: &str,
    lang: Lang,
) -> Result<()> {
    let draft = queries::draft(&mut town.db(), town.id(), id).await?;
    may_edit(&draft, actor, secret)?;
    draft.must_be_unsent()?;
    let Some(email) = questionnaire::email(email.trim()) else {
        return Err(Invalid::field("email", "problem-email").into());
    };
    limits::take(town, &LETTERS, &email).await?;
    let offered = queries::version(town, &draft.service, draft.version).await?;
    let mut tx = town.begin(actor).await?;
    let message = message(town, &draft, secret, (email, offered.service.title.get(lang)), lang);
    messages::send(&mut tx, message).await?;
    tx.commit().await
}

fn message(
    town: &Town,
    draft: &Draft,
    secret: &str,
    (email, service): (String, &str),
    lang: Lang,
) -> NewMessage {
    let args = [
        ("town", town.profile().name.get(lang).to_owned()),
        ("service", service.to_owned()),
        ("link", town.url(&draft.resume_path(secret))),
    ];
    NewMessage {
        person: None,
        email: Some(email),
        lang,
        subject: town.words().with(lang, "casework-message-resume-subject", &args),
        text: town.words().with(lang, "casework-message-resume-text", &args),
        link: None,
        about: draft.subject(),
        secret: true,
    }
}
