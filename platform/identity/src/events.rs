//! What can happen to a person's account. Facts are ids and roles, never names or addresses.

use engine::{Event, Json, PersonId, json};

use crate::person::subject;

pub const KINDS: &[&str] = &[
    "identity.person.added",
    "identity.person.changed",
    "identity.person.invited",
    "identity.person.appointed",
    "identity.person.dismissed",
    "identity.person.left",
    "identity.password.set",
    "identity.second_factor.set",
    "identity.second_factor.reset",
    "identity.session.opened",
    "identity.session.closed",
    "identity.job.retried",
    "identity.roles.set",
];

pub struct PersonEvent {
    kind: &'static str,
    subject: String,
    facts: Json,
}

impl PersonEvent {
    fn of(kind: &'static str, person: &PersonId, facts: Json) -> Self {
        Self { kind, subject: subject(person), facts }
    }

    /// A person got an account.
    pub fn added(person: &PersonId) -> Self {
        Self::of("identity.person.added", person, json!({}))
    }

    /// Name, position or how to reach the person was changed.
    pub fn changed(person: &PersonId) -> Self {
        Self::of("identity.person.changed", person, json!({}))
    }

    /// A link to set a password was made.
    pub fn invited(person: &PersonId) -> Self {
        Self::of("identity.person.invited", person, json!({}))
    }

    /// A person was given a role.
    pub fn appointed(person: &PersonId, appointment: &crate::person::Appointment) -> Self {
        let facts = json!({
            "role": appointment.role, "unit": appointment.unit, "from": appointment.from, "to": appointment.to,
        });
        Self::of("identity.person.appointed", person, facts)
    }

    /// A role was taken from a person as of a day.
    pub fn dismissed(person: &PersonId, role: &str, to: engine::civil::Date) -> Self {
        Self::of("identity.person.dismissed", person, json!({ "role": role, "to": to }))
    }

    /// A person's last day was set.
    pub fn left(person: &PersonId, on: engine::civil::Date) -> Self {
        Self::of("identity.person.left", person, json!({ "on": on }))
    }

    /// A person set a password.
    pub fn password_set(person: &PersonId) -> Self {
        Self::of("identity.password.set", person, json!({}))
    }

    /// A person set up the second factor.
    pub fn second_factor_set(person: &PersonId) -> Self {
        Self::of("identity.second_factor.set", person, json!({}))
    }

    /// An administrator took a second factor away, since the telephone is gone.
    pub fn second_factor_reset(person: &PersonId) -> Self {
        Self::of("identity.second_factor.reset", person, json!({}))
    }

    /// A person signed in.
    pub fn session_opened(person: &PersonId, by: &'static str) -> Self {
        Self::of("identity.session.opened", person, json!({ "by": by }))
    }

    /// A session was ended by the person.
    pub fn session_closed(person: &PersonId) -> Self {
        Self::of("identity.session.closed", person, json!({}))
    }
}

impl Event for PersonEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn subject(&self) -> String {
        self.subject.clone()
    }

    fn facts(&self) -> Json {
        self.facts.clone()
    }
}

/// An administrator had a failed job tried again.
pub struct JobRetried(pub String);

impl Event for JobRetried {
    fn kind(&self) -> &'static str {
        "identity.job.retried"
    }

    fn subject(&self) -> String {
        format!("engine.job/{}", self.0)
    }

    fn facts(&self) -> Json {
        json!({})
    }
}

/// The roles of the municipality and what they allow were set.
pub struct RolesSet(pub Vec<String>);

impl Event for RolesSet {
    fn kind(&self) -> &'static str {
        "identity.roles.set"
    }

    fn subject(&self) -> String {
        "identity.roles/all".to_owned()
    }

    fn facts(&self) -> Json {
        json!({ "roles": self.0 })
    }
}
