//! What people do about their own account.

use engine::{Actor, Error, Invalid, Lang, PersonId, Result, Town};

use super::people::must_be_free;
use super::sign_in::{Opened, Place, proved};
use crate::events::PersonEvent;
use crate::person::{NewPerson, Person, SessionId};
use crate::{password, queries, second_factor};

/// The person who acts; whoever still owes the second factor is none yet.
async fn own(tx: &mut engine::Tx, actor: &Actor) -> Result<Person> {
    queries::person_for_update(tx, actor.person().ok_or(Error::SignInNeeded)?).await
}

pub async fn sign_out(town: &Town, actor: &Actor, token: &str) -> Result<()> {
    let Some(person) = actor.claimed().cloned() else { return Ok(()) };
    let mut tx = town.begin(actor).await?;
    if queries::close_with_token(&mut tx, &engine::id::fingerprint(token)).await? {
        tx.record(PersonEvent::session_closed(&person));
    }
    tx.commit().await
}

pub async fn close_session(town: &Town, actor: &Actor, id: &SessionId) -> Result<()> {
    let person = signed_in(actor)?;
    let mut tx = town.begin(actor).await?;
    if !queries::close(&mut tx, person, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(PersonEvent::session_closed(person));
    tx.commit().await
}

pub async fn close_other_sessions(town: &Town, actor: &Actor, token: &str) -> Result<()> {
    let person = signed_in(actor)?;
    let mut tx = town.begin(actor).await?;
    if queries::close_others(&mut tx, person, &engine::id::fingerprint(token)).await? > 0 {
        tx.record(PersonEvent::session_closed(person));
    }
    tx.commit().await
}

fn signed_in(actor: &Actor) -> Result<&PersonId> {
    actor.person().ok_or(Error::SignInNeeded)
}

/// Name, telephone and language, which a person may change alone; the address signs in and stays.
pub async fn set_details(town: &Town, actor: &Actor, name: &str, telephone: &str, lang: Lang) -> Result<()> {
    let mut tx = town.begin(actor).await?;
    let person = own(&mut tx, actor).await?;
    let new = NewPerson {
        name: name.to_owned(),
        position: person.position.clone(),
        email: person.email.clone(),
        telephone: telephone.to_owned(),
        lang,
    }
    .checked()?;
    if let Some(email) = &new.email {
        must_be_free(&mut tx, town.id(), email, Some(&person.id)).await?;
    }
    let person = Person { name: new.name, telephone: new.telephone, lang, ..person };
    queries::update_person(&mut tx, &person).await?;
    tx.record(PersonEvent::changed(&person.id));
    tx.commit().await
}

/// A new password ends every other session, and every link that would set another.
pub async fn set_password(town: &Town, actor: &Actor, token: &str, password: &str) -> Result<()> {
    password::checked(password, actor.email.as_deref().unwrap_or_default())?;
    let hash = password::hash(password).await?;
    let mut tx = town.begin(actor).await?;
    let person = own(&mut tx, actor).await?;
    let person = Person { password: Some(hash), ..person };
    queries::update_person(&mut tx, &person).await?;
    queries::close_others(&mut tx, &person.id, &engine::id::fingerprint(token)).await?;
    queries::delete_invitations(&mut tx, &person.id).await?;
    tx.record(PersonEvent::password_set(&person.id));
    tx.commit().await
}

/// Confirms a new second factor with its first code.
pub async fn set_up_second_factor(
    town: &Town,
    actor: &Actor,
    place: &Place,
    (secret, code): (&str, &str),
) -> Result<Opened> {
    let mut tx = town.begin(actor).await?;
    let mut person = own(&mut tx, actor).await?;
    let step = second_factor::step_of(secret, code, tx.now(), 0)?;
    let step = step.ok_or(Invalid::field("code", "identity-problem-code"))?;
    person.totp.secret = Some(secret.to_owned());
    person.totp.confirmed_at = Some(tx.now());
    person.totp.step = step;
    queries::update_person(&mut tx, &person).await?;
    tx.record(PersonEvent::second_factor_set(&person.id));
    let opened = proved(&mut tx, person, place).await?;
    tx.commit().await?;
    Ok(opened)
}
