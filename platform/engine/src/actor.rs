//! Who acts, and what that one may do. Deny unless a permission is held.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::{Error, PersonId, Result};

/// A permission by its stable name, such as `casework.decide`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    pub name: &'static str,
}

#[derive(Debug, Clone, Default)]
pub struct Permissions(Arc<BTreeSet<String>>);

impl Permissions {
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        Self(Arc::new(names.into_iter().collect()))
    }

    pub fn hold(&self, permission: Permission) -> bool {
        self.0.contains(permission.name)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Visitor,
    Person(PersonId),
    /// Someone who gave the first proof of being that person, and still owes the second.
    Unproved(PersonId),
    /// Someone who proved to hold the number and secret of one case.
    Holder(String),
    System,
}

#[derive(Debug, Clone)]
pub struct Actor {
    pub who: Who,
    pub name: String,
    pub email: Option<String>,
    pub permissions: Permissions,
    /// Units the person belongs to today.
    pub units: Vec<String>,
    pub second_factor: bool,
    /// Messages not yet read.
    pub unread: i64,
}

impl Actor {
    pub fn visitor() -> Self {
        Self::of(Who::Visitor)
    }

    pub fn system() -> Self {
        Self::of(Who::System)
    }

    pub fn holder(case: impl Into<String>) -> Self {
        Self::of(Who::Holder(case.into()))
    }

    pub fn of(who: Who) -> Self {
        Self {
            who,
            name: String::new(),
            email: None,
            permissions: Permissions::default(),
            units: Vec::new(),
            second_factor: false,
            unread: 0,
        }
    }

    /// Whether this one holds the permission, with the second factor that every permission asks for.
    pub fn may(&self, permission: Permission) -> Result<()> {
        match &self.who {
            Who::System => Ok(()),
            Who::Visitor | Who::Holder(_) => Err(Error::SignInNeeded),
            Who::Unproved(_) => Err(Error::SecondFactorNeeded),
            Who::Person(_) if !self.permissions.hold(permission) => Err(Error::Forbidden),
            Who::Person(_) if !self.second_factor => Err(Error::SecondFactorNeeded),
            Who::Person(_) => Ok(()),
        }
    }

    pub fn can(&self, permission: Permission) -> bool {
        self.may(permission).is_ok()
    }

    pub fn person(&self) -> Option<&PersonId> {
        match &self.who {
            Who::Person(id) => Some(id),
            _ => None,
        }
    }

    /// The person, whether proved or not; for the page that asks for the second proof.
    pub fn claimed(&self) -> Option<&PersonId> {
        match &self.who {
            Who::Person(id) | Who::Unproved(id) => Some(id),
            _ => None,
        }
    }

    pub fn is_officer(&self) -> bool {
        !self.permissions.is_empty()
    }

    /// How history names the kind of actor.
    pub fn kind(&self) -> &'static str {
        match &self.who {
            Who::Visitor => "visitor",
            Who::Person(_) | Who::Unproved(_) => "person",
            Who::Holder(_) => "holder",
            Who::System => "system",
        }
    }

    pub fn id(&self) -> &str {
        match &self.who {
            Who::Person(id) | Who::Unproved(id) => id.as_str(),
            Who::Holder(case) => case,
            Who::Visitor | Who::System => "",
        }
    }
}
