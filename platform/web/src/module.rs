//! The manifest: all that the platform knows of a domain.

use engine::Permission;
use engine::jobs::{Daily, Future, Job, Reaction};
use engine::retention::Rule;

use crate::{Past, Routes, Visit};

pub struct MenuLink {
    pub permission: Permission,
    /// Key of the label.
    pub key: &'static str,
    pub href: &'static str,
}

/// Public pages of a module under a heading of the sitemap.
pub struct Listing {
    pub heading: String,
    /// Label and path.
    pub links: Vec<(String, String)>,
}

pub type SitemapFuture = futures::future::BoxFuture<'static, engine::Result<Vec<Listing>>>;

fn no_pages(_: Visit) -> SitemapFuture {
    Box::pin(async { Ok(Vec::new()) })
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
    /// Pages that anyone may open, for people and for search engines.
    pub sitemap: fn(Visit) -> SitemapFuture,
    /// How long rows of each of its tables are kept.
    pub retention: &'static [Rule],
    /// Plays this domain's part of the demo town's past.
    pub demo: Option<fn(Past) -> Future<'static>>,
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
        sitemap: no_pages,
        retention: &[],
        demo: None,
    };
}
