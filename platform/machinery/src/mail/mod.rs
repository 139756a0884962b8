//! The post: hands a message to the municipality's mail server, or, in a demo town, nowhere.

use std::fmt;
use std::time::Duration;

use engine::{Error, Invalid, Result};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// A mail server that is silent this long is out of order; the job tries again later.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where mail goes.
#[derive(Clone)]
pub enum Mailer {
    Smtp(Box<Smtp>),
    /// The demo: every message is delivered by being on the outbox page.
    Outbox,
}

#[derive(Clone)]
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Says which it is and never the password.
impl fmt::Debug for Mailer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Smtp(smtp) => write!(out, "Smtp(from {})", smtp.from),
            Self::Outbox => out.write_str("Outbox"),
        }
    }
}

impl Mailer {
    /// `smtps://user:password@host` or `smtp://user:password@host:587`. The latter asks for STARTTLS,
    /// unless the server is this very machine or `?tls=none` says that the line is trusted.
    /// `from` is an address, with or without a name: `เทศบาลตำบลศาลาทอง <saraban@…>`.
    pub fn smtp(url: &str, from: &str) -> Result<Self> {
        let from = from.parse().map_err(|_| Error::Internal("mail: the sender is no address".to_owned()))?;
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&guarded(url))
            .map_err(|_| Error::Internal("mail: the server's address cannot be read".to_owned()))?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self::Smtp(Box::new(Smtp { server, from })))
    }

    /// Sends one message. `Unavailable` means try again later; `Invalid` and `Internal` never will do.
    pub async fn send(&self, to: &str, subject: &str, text: &str, html: Option<&str>) -> Result<()> {
        match self {
            Self::Outbox => Ok(()),
            Self::Smtp(smtp) => {
                let message = written(&smtp.from, to, subject, text, html)?;
                smtp.server.send(message).await.map(|_| ()).map_err(|cause| failure(&cause))
            }
        }
    }
}

/// The address with encryption asked for wherever the line leaves this machine.
fn guarded(url: &str) -> String {
    if let Some(trusted) = url.strip_suffix("?tls=none") {
        return trusted.to_owned();
    }
    let Some(rest) = url.strip_prefix("smtp://").filter(|rest| !rest.contains("tls=")) else {
        return url.to_owned();
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let here = ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(|port| port.is_empty() || port.starts_with(':')));
    if here {
        return url.to_owned();
    }
    format!("{url}{}tls=required", if rest.contains('?') { '&' } else { '?' })
}

fn written(from: &Mailbox, to: &str, subject: &str, text: &str, html: Option<&str>) -> Result<Message> {
    let address = to.parse().map_err(|_| Error::Invalid(Invalid::field("to", "problem-email")))?;
    if subject.chars().any(char::is_control) {
        return Err(Error::Invalid(Invalid::field("subject", "problem-control-signs")));
    }
    let builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, address))
        .subject(subject)
        .message_id(Some(message_id(from)))
        .raw_header(automatic());
    let text = text.to_owned();
    let built = match html {
        Some(html) => builder.multipart(MultiPart::alternative_plain_html(text, html.to_owned())),
        None => builder.singlepart(SinglePart::plain(text)),
    };
    built.map_err(|cause| Error::Internal(format!("mail: {cause}")))
}

/// Tells machines not to answer, so that no two of them talk for ever.
fn automatic() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}

fn message_id(from: &Mailbox) -> String {
    format!("<{}@{}>", engine::id::code(&engine::CodeAlphabet::Readable, 24), from.email.domain())
}

/// What the server said, by its number alone: its words often hold the address.
fn failure(cause: &smtp::Error) -> Error {
    let code = cause.status().map(|code| code.to_string());
    let said = code.map_or_else(|| "no answer".to_owned(), |code| format!("answer {code}"));
    if cause.is_permanent() {
        Error::Internal(format!("mail refused: {said}"))
    } else {
        Error::Unavailable(format!("mail not sent: {said}"))
    }
}

#[cfg(test)]
mod tests;
