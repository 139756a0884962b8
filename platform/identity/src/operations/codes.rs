//! Signing in with a code sent by e-mail: for residents without a password, and for whoever forgot it.

use engine::messages::{self, NewMessage};
use engine::{Actor, CodeAlphabet, Invalid, Lang, Result, SignedDuration, Town, Tx, Who};
use subtle::ConstantTimeEq as _;

use super::sign_in::{Opened, Place, open};
use crate::limits::{self, Limit};
use crate::person::{NewPerson, Person, address};
use crate::queries::{self, NewCode};

pub const CODE_MINUTES: i64 = 10;
const ATTEMPTS: i64 = 5;
const BY_NETWORK: Limit = Limit { name: "code-network", count: 20, minutes: 60 };
const BY_ADDRESS: Limit = Limit { name: "code-address", count: 5, minutes: 60 };

/// Sends a code to any address that asks, whether it has an account or not, so that nobody learns
/// which. Returns the token that binds the code to this browser.
pub async fn send_code(town: &Town, place: &Place, email: &str, lang: Lang) -> Result<String> {
    let email = address(email)?;
    limits::take(town, &BY_NETWORK, &place.network).await?;
    limits::take(town, &BY_ADDRESS, &email).await?;
    let (token, code) = (engine::id::secret(), engine::id::code(&CodeAlphabet::Digits, 6));
    let mut tx = town.begin(&Actor::visitor()).await?;
    let new = NewCode {
        token: engine::id::fingerprint(&token),
        email: email.clone(),
        code: engine::id::fingerprint(&format!("{token}/{code}")),
        attempts: 0,
        expires_at: tx.now() + SignedDuration::from_mins(CODE_MINUTES),
    };
    queries::insert_code(&mut tx, &new).await?;
    let nobody = Person { lang, ..nobody(&tx) };
    mail(&mut tx, town, &nobody, &email, "identity-mail-code-", &code).await?;
    tx.commit().await?;
    Ok(token)
}

/// The address alone is known, and it may not be anyone's.
fn nobody(tx: &Tx) -> Person {
    Person {
        id: engine::PersonId::new(tx.clock()),
        name: String::new(),
        position: String::new(),
        email: None,
        telephone: String::new(),
        lang: Lang::Th,
        password: None,
        totp: crate::person::Totp::default(),
        left_on: None,
    }
}

/// Takes the code; an address that comes for the first time becomes a resident's account.
pub async fn with_code(town: &Town, place: &Place, token: &str, typed: &str, lang: Lang) -> Result<Opened> {
    let wrong = || Invalid::field("code", "identity-problem-code");
    let fingerprint = engine::id::fingerprint(token);
    let mut tx = town.begin(&Actor::visitor()).await?;
    let kept = queries::code(&mut tx, &fingerprint).await?;
    let mut kept = kept.ok_or(Invalid::field("code", "identity-problem-code-old"))?;
    let typed: String =
        engine::thai::arabic_digits(typed).chars().filter(|sign| !sign.is_whitespace()).collect();
    let given = engine::id::fingerprint(&format!("{token}/{typed}"));
    if !bool::from(given.as_bytes().ct_eq(kept.code.as_bytes())) {
        kept.attempts += 1;
        match kept.attempts >= ATTEMPTS {
            true => queries::delete_code(&mut tx, &fingerprint).await?,
            false => queries::change_code(&mut tx, &kept).await?,
        }
        tx.commit().await?;
        return Err(wrong().into());
    }
    queries::delete_code(&mut tx, &fingerprint).await?;
    tx.commit().await?;
    opened(town, place, kept.email, lang).await
}

async fn opened(town: &Town, place: &Place, email: String, lang: Lang) -> Result<Opened> {
    let known = queries::with_email(&mut town.db(), town.id(), &email).await?;
    let who = known.as_ref().map_or(Who::Visitor, |person| Who::Person(person.id.clone()));
    let mut tx = town.begin(&Actor::of(who)).await?;
    let person = match known {
        Some(person) => {
            crate::must_be_here(&person, tx.today())?;
            person
        }
        None => {
            let new = NewPerson { email: Some(email), lang, ..NewPerson::default() };
            let id = super::people::insert(&mut tx, new).await?;
            queries::person_for_update(&mut tx, &id).await?
        }
    };
    let opened = open(&mut tx, person, place, "email_code").await?;
    tx.commit().await?;
    Ok(opened)
}

/// A mail of identity: words whose keys are `key` and `subject`, `text`, with what the reader needs as `$value`.
pub(super) async fn mail(
    tx: &mut Tx,
    town: &Town,
    person: &Person,
    email: &str,
    key: &str,
    value: &str,
) -> Result<()> {
    let args = [
        ("town", town.profile().name.get(person.lang).to_owned()),
        ("value", value.to_owned()),
        ("minutes", CODE_MINUTES.to_string()),
    ];
    let word = |part: &str| town.words().with(person.lang, &format!("{key}{part}"), &args);
    let message = NewMessage {
        person: None,
        email: Some(email.to_owned()),
        lang: person.lang,
        subject: word("subject"),
        text: word("text"),
        link: None,
        about: person.subject(),
        secret: true,
    };
    messages::send(tx, message).await
}
