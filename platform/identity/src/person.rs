//! The rules of a person: pure, with no clock, database or request.

use std::collections::BTreeSet;

use engine::questionnaire::email;
use engine::thai::arabic_digits;
use engine::{Actor, Error, Invalid, Lang, Permissions, PersonId, Result, Timestamp, Who, civil, id};

id!(AppointmentId, SessionId);

const NAME_LIMIT: usize = 120;

#[derive(Debug, Clone)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    /// What the person is at the office; empty for a resident.
    pub position: String,
    pub email: Option<String>,
    pub telephone: String,
    pub lang: Lang,
    pub password: Option<String>,
    pub totp: Totp,
    /// Last day at the office: access ends at midnight.
    pub left_on: Option<civil::Date>,
}

/// What is kept of the second factor.
#[derive(Debug, Clone, Default)]
pub struct Totp {
    pub secret: Option<String>,
    pub confirmed_at: Option<Timestamp>,
    /// The step of time of the last code taken: no code works twice.
    pub step: i64,
}

impl Person {
    pub fn subject(&self) -> String {
        subject(&self.id)
    }

    pub fn has_left(&self, today: civil::Date) -> bool {
        self.left_on.is_some_and(|day| day < today)
    }

    pub fn has_second_factor(&self) -> bool {
        self.totp.confirmed_at.is_some()
    }

    /// How the portal addresses the person.
    pub fn shown_name(&self) -> &str {
        if self.name.is_empty() { self.email.as_deref().unwrap_or_default() } else { &self.name }
    }
}

pub fn subject(id: &PersonId) -> String {
    format!("identity.person/{id}")
}

/// Someone who holds some permission today.
#[derive(Debug, Clone)]
pub struct Officer {
    pub id: PersonId,
    pub name: String,
    pub position: String,
    pub units: Vec<String>,
    pub permissions: Permissions,
}

#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    pub name: String,
    pub position: String,
    pub email: Option<String>,
    pub telephone: String,
    pub lang: Lang,
}

impl NewPerson {
    pub fn checked(self) -> Result<Self> {
        let mut invalid = Invalid::default();
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            invalid.push("name", "identity-problem-name");
        } else if name.chars().count() > NAME_LIMIT || name.chars().any(char::is_control) {
            invalid.push_with("name", "problem-long", vec![("limit", NAME_LIMIT.to_string())]);
        }
        let given = self.email.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let address = given.and_then(email);
        if given.is_some() && address.is_none() {
            invalid.push("email", "problem-email");
        }
        let telephone = digits(&self.telephone);
        if !telephone.is_empty() && !(9..=10).contains(&telephone.len()) {
            invalid.push("telephone", "problem-telephone");
        }
        let position = self.position.trim().chars().take(NAME_LIMIT).collect();
        invalid.or(Self { name, position, email: address, telephone, lang: self.lang })
    }
}

fn digits(text: &str) -> String {
    arabic_digits(text).chars().filter(char::is_ascii_digit).collect()
}

/// A role held in a unit, or in the whole office, from a day to a day.
#[derive(Debug, Clone)]
pub struct Appointment {
    pub role: String,
    pub unit: Option<String>,
    pub from: civil::Date,
    /// Last day; `None` while it is open.
    pub to: Option<civil::Date>,
}

impl Appointment {
    pub fn checked(self) -> Result<Self> {
        if self.to.is_some_and(|to| to < self.from) {
            return Err(Invalid::field("to", "identity-problem-to-before-from").into());
        }
        Ok(self)
    }

    pub fn runs_on(&self, day: civil::Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// What a person's appointments of a day come to.
#[derive(Debug, Clone, Default)]
pub struct Held {
    pub permissions: BTreeSet<String>,
    pub units: BTreeSet<String>,
}

impl Held {
    pub fn actor(self, person: &Person) -> Actor {
        Actor {
            name: person.shown_name().to_owned(),
            email: person.email.clone(),
            permissions: Permissions::of(self.permissions),
            units: self.units.into_iter().collect(),
            ..Actor::of(Who::Person(person.id.clone()))
        }
    }
}

/// An e-mail address as it is compared, or what is wrong with it.
pub fn address(text: &str) -> Result<String> {
    email(text.trim()).ok_or_else(|| Error::from(Invalid::field("email", "problem-email")))
}
