//! Signing in. A wrong password is counted for its address on the network, and for the account only
//! among browsers that never signed in to it: whoever guesses at an account locks out other guessers,
//! not its owner's own browser (OWASP's device cookies).

use engine::{Actor, Error, Invalid, PersonId, Result, SignedDuration, Timestamp, Town, Tx, Who};

use crate::events::PersonEvent;
use crate::limits::{self, Limit};
use crate::person::{Held, Person, SessionId};
use crate::queries::{self, Session};
use crate::{password, second_factor};

const BY_NETWORK: Limit = Limit { name: "sign-in-network", count: 50, minutes: 15 };
const BY_ACCOUNT: Limit = Limit { name: "sign-in-account", count: 10, minutes: 15 };
const BY_DEVICE: Limit = Limit { name: "sign-in-device", count: 10, minutes: 15 };
const SECOND_FACTOR: Limit = Limit { name: "second-factor", count: 6, minutes: 15 };

const RESIDENT_STAYS: SignedDuration = SignedDuration::from_hours(30 * 24);
const OFFICER_STAYS: SignedDuration = SignedDuration::from_hours(12);
const OFFICER_MAY_IDLE: SignedDuration = SignedDuration::from_hours(2);
/// How often it is kept that a session was seen: reading a page seldom writes.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Where someone signs in from.
#[derive(Debug, Clone)]
pub struct Place {
    pub network: String,
    /// What the browser says it is.
    pub browser: String,
    /// Token of a browser that signed in before; empty for a new one.
    pub device: String,
    /// Token of the session that the new one takes the place of; empty when there is none.
    pub session: String,
}

/// A session that was just opened.
#[derive(Debug)]
pub struct Opened {
    pub person: Person,
    /// For the cookie; what is kept is its fingerprint.
    pub token: String,
    pub stays_seconds: i64,
    /// Token of the browser, for its own cookie.
    pub device: String,
    /// Whether the second factor is still to be given.
    pub unproved: bool,
}

/// Who holds a token, if its session has not run out.
pub async fn resume(town: &Town, token: &str) -> Result<Option<Actor>> {
    let now = town.clock().now();
    let fingerprint = engine::id::fingerprint(token);
    let mut db = town.db();
    let Some((session, person)) = queries::resume(&mut db, town.id(), &fingerprint, now).await? else {
        return Ok(None);
    };
    let today = town.clock().today();
    let held = queries::held(&mut db, town.id(), &person.id, today).await?;
    if person.has_left(today) || is_idle(&session, &held, now) {
        return Ok(None);
    }
    if now - session.seen_at >= SEEN_EVERY {
        let mut tx = town.begin(&Actor::system()).await?;
        queries::seen(&mut tx, &session.id).await?;
        tx.commit().await?;
    }
    let unread = engine::messages::unread(&mut db, town.id(), &person.id).await?;
    let proved = session.second_factor_at.is_some();
    if person.has_second_factor() && !proved {
        return Ok(Some(Actor::of(Who::Unproved(person.id))));
    }
    Ok(Some(Actor { second_factor: proved, unread, ..held.actor(&person) }))
}

fn is_idle(session: &Session, held: &Held, now: Timestamp) -> bool {
    !held.permissions.is_empty() && now - session.seen_at > OFFICER_MAY_IDLE
}

pub async fn with_password(town: &Town, place: &Place, email: &str, password: &str) -> Result<Opened> {
    let email = email.trim().to_lowercase();
    let person = queries::with_email(&mut town.db(), town.id(), &email).await?;
    let person = person.filter(|person| !person.has_left(town.clock().today()));
    let device = engine::id::fingerprint(&place.device);
    let known = match &person {
        Some(person) => queries::is_device(&mut town.db(), town.id(), &device, &person.id).await?,
        None => false,
    };
    let (limit, key) = if known { (BY_DEVICE, device.as_str()) } else { (BY_ACCOUNT, email.as_str()) };
    limits::take(town, &BY_NETWORK, &place.network).await?;
    limits::take(town, &limit, key).await?;
    let kept = person.as_ref().and_then(|person| person.password.as_deref());
    let right = password::verify(kept, password).await?;
    let wrong = || Invalid::field("email", "identity-problem-email-password");
    let person = person.filter(|_| right).ok_or_else(wrong)?;
    limits::give_back(town, &BY_NETWORK, &place.network).await?;
    limits::give_back(town, &limit, key).await?;
    let mut tx = town.begin(&Actor::of(Who::Person(person.id.clone()))).await?;
    let opened = open(&mut tx, person, place, "password").await?;
    tx.commit().await?;
    Ok(opened)
}

/// Opens a session as part of a larger change. The token is new, whatever the browser held before.
pub(super) async fn open(tx: &mut Tx, person: Person, place: &Place, by: &'static str) -> Result<Opened> {
    let (town, today) = (tx.town().clone(), tx.today());
    let held = queries::held(tx, &town, &person.id, today).await?;
    let officer = !held.permissions.is_empty();
    let stays = if officer { OFFICER_STAYS } else { RESIDENT_STAYS };
    let token = insert_session(tx, &person.id, place, stays, None).await?;
    let device = match place.device.is_empty() {
        true => engine::id::secret(),
        false => place.device.clone(),
    };
    queries::insert_device(tx, &engine::id::fingerprint(&device), &person.id).await?;
    tx.record(PersonEvent::session_opened(&person.id, by));
    let unproved = officer || person.has_second_factor();
    Ok(Opened { person, token, stays_seconds: stays.as_secs(), device, unproved })
}

async fn insert_session(
    tx: &mut Tx,
    person: &PersonId,
    place: &Place,
    stays: SignedDuration,
    second_factor_at: Option<Timestamp>,
) -> Result<String> {
    queries::close_with_token(tx, &engine::id::fingerprint(&place.session)).await?;
    let token = engine::id::secret();
    let session = Session {
        id: SessionId::new(tx.clock()),
        token: engine::id::fingerprint(&token),
        person: person.clone(),
        created_at: tx.now(),
        seen_at: tx.now(),
        expires_at: tx.now() + stays,
        second_factor_at,
        address: place.network.clone(),
        device: place.browser.chars().filter(|sign| !sign.is_control()).take(200).collect(),
    };
    queries::insert_session(tx, &session).await?;
    Ok(token)
}

/// The code of the authenticator. The session goes on under a new token.
pub async fn give_second_factor(town: &Town, actor: &Actor, place: &Place, code: &str) -> Result<Opened> {
    let id = actor.claimed().ok_or(Error::SignInNeeded)?;
    limits::take(town, &SECOND_FACTOR, id.as_str()).await?;
    let mut tx = town.begin(actor).await?;
    let mut person = queries::person_for_update(&mut tx, id).await?;
    let secret = person.totp.secret.clone().filter(|_| person.has_second_factor());
    let secret = secret.ok_or(Error::Conflict("identity-problem-no-second-factor"))?;
    let step = second_factor::step_of(&secret, code, tx.now(), person.totp.step)?;
    let step = step.ok_or_else(|| Invalid::field("code", "identity-problem-code"))?;
    person.totp.step = step;
    queries::update_person(&mut tx, &person).await?;
    let opened = proved(&mut tx, person, place).await?;
    tx.commit().await?;
    limits::give_back(town, &SECOND_FACTOR, opened.person.id.as_str()).await?;
    Ok(opened)
}

/// A session in which the second factor was given.
pub(super) async fn proved(tx: &mut Tx, person: Person, place: &Place) -> Result<Opened> {
    let now = tx.now();
    let token = insert_session(tx, &person.id, place, OFFICER_STAYS, Some(now)).await?;
    tx.record(PersonEvent::session_opened(&person.id, "second_factor"));
    let stays_seconds = OFFICER_STAYS.as_secs();
    Ok(Opened { person, token, stays_seconds, device: place.device.clone(), unproved: false })
}

/// Sets the password that an invitation asks for, and signs in.
pub async fn with_invitation(town: &Town, place: &Place, secret: &str, password: &str) -> Result<Opened> {
    limits::take(town, &BY_NETWORK, &place.network).await?;
    let fingerprint = engine::id::fingerprint(secret);
    let now = town.clock().now();
    let id = queries::invited(&mut town.db(), town.id(), &fingerprint, now).await?.ok_or(Error::NotFound)?;
    let email = queries::person(&mut town.db(), town.id(), &id).await?.email.unwrap_or_default();
    password::checked(password, &email)?;
    let hash = password::hash(password).await?;
    let mut tx = town.begin(&Actor::of(Who::Person(id.clone()))).await?;
    let person = queries::person_for_update(&mut tx, &id).await?;
    crate::must_be_here(&person, tx.today())?;
    // Asked again within the transaction: a link works once.
    queries::invited(&mut tx, town.id(), &fingerprint, now).await?.ok_or(Error::NotFound)?;
    queries::delete_invitations(&mut tx, &id).await?;
    let person = Person { password: Some(hash), ..person };
    queries::update_person(&mut tx, &person).await?;
    queries::close_others(&mut tx, &id, "").await?;
    tx.record(PersonEvent::password_set(&id));
    let opened = open(&mut tx, person, place, "invitation").await?;
    tx.commit().await?;
    Ok(opened)
}

/// A visitor of the demo takes someone's part, second factor and all. The route is the demo's alone.
pub async fn as_person(town: &Town, place: &Place, id: &PersonId) -> Result<Opened> {
    if !town.platform().demo {
        return Err(Error::NotFound);
    }
    let mut tx = town.begin(&Actor::of(Who::Person(id.clone()))).await?;
    let person = queries::person_for_update(&mut tx, id).await?;
    crate::must_be_here(&person, tx.today())?;
    let opened = proved(&mut tx, person, place).await?;
    tx.commit().await?;
    Ok(opened)
}
