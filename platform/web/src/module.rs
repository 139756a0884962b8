//! The manifest: all that the platform knows of a domain.

use engine::Permission;
use engine::jobs::{Daily, Job, Reaction};
use engine::retention::Rule;

use crate::Routes;

pub struct MenuLink {
    pub permission: Permission,
    /// Key of the label.
    pub key: &'static str,
    pub href: &'static str,
}

pub struct Module {
    pub name: &'static str,
    /// Words, Thai and English.
    pub words: (&'static str, &'static str),
    pub routes: fn() -> Routes,
    pub permissions: &'static [Permission],
    /// Kinds of events, each with a sentence `event-…` in both languages.
    pub events: &'static [&'static str],
    pub reactions: &'static [Reaction],
    pub jobs: &'static [Job],
    pub daily: &'static [Daily],
    pub menu: &'static [MenuLink],
    /// How long rows of each of its tables are kept.
    pub retention: &'static [Rule],
}

impl Module {
    pub const EMPTY: Self = Self {
        name: "",
        words: ("", ""),
        routes: Routes::default,
        permissions: &[],
        events: &[],
        reactions: &[],
        jobs: &[],
        daily: &[],
        menu: &[],
        retention: &[],
    };
}
