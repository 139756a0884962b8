//! The platform as a process holds it, and one municipality's view of it.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use object_store::ObjectStore;
use tokio::sync::Notify;

use crate::jobs::Reaction;
use crate::municipality::Municipality;
use crate::{Actor, Clock, Database, Profile, Result, TownId, Tx, Words};

type Remembered = HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>;

pub struct Platform {
    pub db: Database,
    pub clock: Clock,
    pub words: Words,
    pub files: Arc<dyn ObjectStore>,
    /// Address of the portal without a slash at the end, for links in messages and QR codes.
    pub base_url: String,
    /// The demo town offers its people for signing in and shows its outbox.
    pub demo: bool,
    pub reactions: Vec<Reaction>,
    pub jobs_arrived: Notify,
    remembered: RwLock<Remembered>,
}

impl Platform {
    pub fn new(
        db: Database,
        clock: Clock,
        words: Words,
        files: Arc<dyn ObjectStore>,
        base_url: String,
    ) -> Self {
        Self {
            db,
            clock,
            words,
            files,
            base_url,
            demo: false,
            reactions: Vec::new(),
            jobs_arrived: Notify::new(),
            remembered: RwLock::default(),
        }
    }

    pub(crate) fn reactions_to<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'static str> + 'a {
        self.reactions.iter().filter(move |one| one.event == kind).map(|one| one.job)
    }
}

/// One municipality; cheap to clone.
#[derive(Clone)]
pub struct Town {
    platform: Arc<Platform>,
    municipality: Arc<Municipality>,
}

impl Town {
    pub fn new(platform: Arc<Platform>, municipality: Arc<Municipality>) -> Self {
        Self { platform, municipality }
    }

    pub fn id(&self) -> &TownId {
        &self.municipality.id
    }

    pub fn profile(&self) -> &Profile {
        &self.municipality.profile
    }

    pub fn hosts(&self) -> &[String] {
        &self.municipality.hosts
    }

    pub fn platform(&self) -> &Arc<Platform> {
        &self.platform
    }

    pub fn db(&self) -> Database {
        self.platform.db.clone()
    }

    pub fn clock(&self) -> &Clock {
        &self.platform.clock
    }

    pub fn words(&self) -> &Words {
        &self.platform.words
    }

    /// The address of a page: under the portal's own, unless the municipality has host names and it is
    /// none of them.
    pub fn url(&self, path: &str) -> String {
        let base = &self.platform.base_url;
        let (scheme, authority) = base.split_once("://").unwrap_or(("https", base));
        let host = authority.split(':').next().unwrap_or_default();
        match self.hosts().first() {
            Some(own) if !self.hosts().iter().any(|one| one == host) => format!("{scheme}://{own}{path}"),
            _ => format!("{base}{path}"),
        }
    }

    pub async fn begin(&self, actor: &Actor) -> Result<Tx> {
        Tx::begin(Arc::clone(&self.platform), self.id().clone(), actor.clone()).await
    }

    /// What was put by under that name before. For things that never change once written,
    /// such as a version of a form; nothing is ever taken out.
    pub fn recall<T: Any + Send + Sync>(&self, name: &str) -> Option<Arc<T>> {
        let key = self.key::<T>(name);
        let remembered = self.platform.remembered.read().unwrap_or_else(PoisonError::into_inner);
        remembered.get(&key).and_then(|any| Arc::clone(any).downcast().ok())
    }

    pub fn remember<T: Any + Send + Sync>(&self, name: &str, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut remembered = self.platform.remembered.write().unwrap_or_else(PoisonError::into_inner);
        remembered.insert(self.key::<T>(name), Arc::clone(&value) as Arc<dyn Any + Send + Sync>);
        value
    }

    fn key<T: Any>(&self, name: &str) -> (TypeId, String) {
        (TypeId::of::<T>(), format!("{}/{name}", self.id()))
    }
}
