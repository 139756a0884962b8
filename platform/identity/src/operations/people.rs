//! What administrators do: add people, give them roles, invite them, see them off.

use engine::{Actor, Error, Invalid, Lang, PersonId, Result, SignedDuration, Town, Tx, civil, jobs};

use crate::events::{JobRetried, PersonEvent, RolesSet};
use crate::permissions::ADMINISTER;
use crate::person::{Appointment, AppointmentId, NewPerson, Person, Totp};
use crate::queries;
use crate::role::Role;

const INVITATION: SignedDuration = SignedDuration::from_hours(7 * 24);

pub async fn add_person(town: &Town, actor: &Actor, new: NewPerson) -> Result<PersonId> {
    actor.may(ADMINISTER)?;
    let new = new.checked()?;
    let mut tx = town.begin(actor).await?;
    let id = insert(&mut tx, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Part of a larger change: an administrator adds someone, or someone signs in for the first time.
pub(super) async fn insert(tx: &mut Tx, new: NewPerson) -> Result<PersonId> {
    let town = tx.town().clone();
    if let Some(email) = &new.email {
        must_be_free(tx, &town, email, None).await?;
    }
    let person = Person {
        id: PersonId::new(tx.clock()),
        name: new.name,
        position: new.position,
        email: new.email,
        telephone: new.telephone,
        lang: new.lang,
        password: None,
        totp: Totp::default(),
        left_on: None,
    };
    queries::insert_person(tx, &person).await?;
    tx.record(PersonEvent::added(&person.id));
    Ok(person.id)
}

pub(super) async fn must_be_free(
    tx: &mut Tx,
    town: &engine::TownId,
    email: &str,
    own: Option<&PersonId>,
) -> Result<()> {
    match queries::with_email(tx, town, email).await? {
        Some(other) if Some(&other.id) != own => {
            Err(Invalid::field("email", "identity-problem-email-taken").into())
        }
        _ => Ok(()),
    }
}

/// What can be changed of a person.
#[derive(Debug, Clone)]
pub struct Details {
    pub name: String,
    pub position: String,
    pub email: String,
    pub telephone: String,
    pub lang: Lang,
}

impl Details {
    pub(super) fn checked(self) -> Result<NewPerson> {
        NewPerson {
            name: self.name,
            position: self.position,
            email: Some(self.email),
            telephone: self.telephone,
            lang: self.lang,
        }
        .checked()
    }
}

pub async fn change_person(town: &Town, actor: &Actor, id: &PersonId, details: Details) -> Result<()> {
    actor.may(ADMINISTER)?;
    let new = details.checked()?;
    let mut tx = town.begin(actor).await?;
    let mut person = queries::person_for_update(&mut tx, id).await?;
    if let Some(email) = &new.email {
        must_be_free(&mut tx, town.id(), email, Some(id)).await?;
    }
    if person.email != new.email {
        // Whoever reads the old address holds a link, or a session begun with it.
        queries::delete_invitations(&mut tx, id).await?;
        queries::close_others(&mut tx, id, "").await?;
    }
    person = Person {
        name: new.name,
        position: new.position,
        email: new.email,
        telephone: new.telephone,
        lang: new.lang,
        ..person
    };
    queries::update_person(&mut tx, &person).await?;
    tx.record(PersonEvent::changed(id));
    tx.commit().await
}

pub async fn appoint(town: &Town, actor: &Actor, id: &PersonId, appointment: Appointment) -> Result<()> {
    actor.may(ADMINISTER)?;
    let appointment = appointment.checked()?;
    let mut tx = town.begin(actor).await?;
    let person = queries::person_for_update(&mut tx, id).await?;
    crate::must_be_here(&person, tx.today())?;
    if !queries::role_exists(&mut tx, town.id(), &appointment.role).await? {
        return Err(Invalid::field("role", "identity-problem-role").into());
    }
    if appointment.unit.as_deref().is_some_and(|unit| town.profile().unit(unit).is_none()) {
        return Err(Invalid::field("unit", "identity-problem-unit").into());
    }
    queries::add_appointment(&mut tx, id, &appointment).await?;
    tx.record(PersonEvent::appointed(id, &appointment));
    tx.commit().await
}

/// Ends a role with yesterday, so that it is gone at once. The last administrator stays one.
pub async fn dismiss(town: &Town, actor: &Actor, id: &PersonId, appointment: &AppointmentId) -> Result<()> {
    actor.may(ADMINISTER)?;
    let mut tx = town.begin(actor).await?;
    let before = is_administered(&mut tx).await?;
    let all = queries::appointments_for_update(&mut tx, id).await?;
    let ended = all.into_iter().find(|one| one.id == *appointment).ok_or(Error::NotFound)?;
    let yesterday = tx.today().yesterday().unwrap_or(civil::Date::MIN);
    queries::end_appointment(&mut tx, appointment, yesterday).await?;
    must_stay_administered(&mut tx, before).await?;
    tx.record(PersonEvent::dismissed(id, &ended.appointment.role, yesterday));
    tx.commit().await
}

/// Sets a person's last day; access ends at its midnight.
pub async fn leave(town: &Town, actor: &Actor, id: &PersonId, on: civil::Date) -> Result<()> {
    actor.may(ADMINISTER)?;
    let mut tx = town.begin(actor).await?;
    let before = is_administered(&mut tx).await?;
    let person = queries::person_for_update(&mut tx, id).await?;
    queries::update_person(&mut tx, &Person { left_on: Some(on), ..person }).await?;
    must_stay_administered(&mut tx, before).await?;
    tx.record(PersonEvent::left(id, on));
    tx.commit().await
}

/// Someone administers from today on without an end.
async fn is_administered(tx: &mut Tx) -> Result<bool> {
    queries::has_lasting_holder(tx, ADMINISTER).await
}

/// A municipality that loses its last administrator could not be put right from within, nor one whose
/// last administrator is to go some day.
async fn must_stay_administered(tx: &mut Tx, before: bool) -> Result<()> {
    match before && !is_administered(tx).await? {
        true => Err(Error::Conflict("identity-problem-last-administrator")),
        false => Ok(()),
    }
}

/// Makes a link with which the person sets a password; earlier links no longer work. Returns its path.
pub async fn invite(town: &Town, actor: &Actor, id: &PersonId) -> Result<String> {
    actor.may(ADMINISTER)?;
    let mut tx = town.begin(actor).await?;
    let person = queries::person_for_update(&mut tx, id).await?;
    crate::must_be_here(&person, tx.today())?;
    let secret = engine::id::secret();
    queries::delete_invitations(&mut tx, id).await?;
    let until = tx.now() + INVITATION;
    queries::insert_invitation(&mut tx, &engine::id::fingerprint(&secret), id, until).await?;
    tx.record(PersonEvent::invited(id));
    let path = format!("/invitations/{secret}");
    if let Some(email) = &person.email {
        super::codes::mail(&mut tx, town, &person, email, "identity-mail-invitation-", &town.url(&path))
            .await?;
    }
    tx.commit().await?;
    Ok(path)
}

/// For a person whose telephone is gone: the next sign-in sets up a new one.
pub async fn reset_second_factor(town: &Town, actor: &Actor, id: &PersonId) -> Result<()> {
    actor.may(ADMINISTER)?;
    let mut tx = town.begin(actor).await?;
    let person = queries::person_for_update(&mut tx, id).await?;
    queries::update_person(&mut tx, &Person { totp: Totp::default(), ..person }).await?;
    queries::close_others(&mut tx, id, "").await?;
    tx.record(PersonEvent::second_factor_reset(id));
    tx.commit().await
}

/// Sets the roles of a municipality, as part of founding it.
pub async fn set_roles(tx: &mut Tx, roles: &[Role]) -> Result<()> {
    for (position, role) in roles.iter().enumerate() {
        queries::save_role(tx, role, position).await?;
    }
    tx.record(RolesSet(roles.iter().map(|role| role.id.clone()).collect()));
    Ok(())
}

pub async fn retry_job(town: &Town, actor: &Actor, id: &str) -> Result<()> {
    actor.may(ADMINISTER)?;
    let mut tx = town.begin(actor).await?;
    if !jobs::retry(&mut tx, id).await? {
        return Err(Error::NotFound);
    }
    tx.record(JobRetried(id.to_owned()));
    tx.commit().await?;
    town.platform().jobs_arrived.notify_one();
    Ok(())
}
