//! What the layout needs of every page.

use std::sync::Arc;

use askama::Template;
use engine::{Lang, Profile};

use crate::Visit;
use crate::pages::TEXTS;

pub struct TownView {
    pub name: String,
    pub province: String,
    pub telephone: String,
    /// As it is read aloud, with spaces.
    pub spoken_telephone: String,
    pub email: String,
    pub address: String,
    pub hours: String,
    pub has_emblem: bool,
}

pub struct PersonView {
    pub name: String,
    pub officer: bool,
    pub unread: i64,
}

pub struct MenuItem {
    pub label: String,
    pub href: &'static str,
    pub current: bool,
    pub count: Option<i64>,
}

/// A drawing of the sprite by the name of its file, for ornament: words say what it means.
#[derive(Template)]
#[template(path = "icon.html")]
pub struct Icon<'a> {
    sprite: &'static str,
    name: &'a str,
}

impl askama::filters::HtmlSafe for Icon<'_> {}

pub struct Page {
    pub title: String,
    /// What search engines and messengers show beneath the title.
    pub description: String,
    pub path: String,
    pub larger: bool,
    pub request_id: String,
    pub notice: Option<String>,
    pub town: TownView,
    pub person: Option<PersonView>,
    pub menu: Vec<MenuItem>,
    pub demo: bool,
    visit: Arc<Visit>,
}

impl Page {
    pub fn new(visit: &Visit, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: visit
                .tv("web-description", &[("town", visit.town.profile().name.get(visit.lang).to_owned())]),
            path: visit.path.clone(),
            larger: visit.larger,
            request_id: visit.request_id.clone(),
            notice: None,
            town: town_view(visit.town.profile(), visit.lang),
            person: person_view(visit),
            menu: menu(visit),
            demo: visit.town.platform().demo,
            visit: Arc::new(visit.clone()),
        }
    }

    #[must_use]
    pub fn with_notice(mut self, key: &str) -> Self {
        self.notice = Some(self.visit.t(key).to_owned());
        self
    }

    #[must_use]
    pub fn with_description(mut self, text: &str) -> Self {
        self.description = text.to_owned();
        self
    }

    pub fn lang(&self) -> &'static str {
        self.visit.lang.code()
    }

    pub fn language(&self) -> Lang {
        self.visit.lang
    }

    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.visit.t(key)
    }

    pub fn tv(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.visit.tv(key, &[(name, value.to_string())])
    }

    pub fn asset(&self, name: &str) -> &'static str {
        crate::asset_path(name)
    }

    pub fn icon<'a>(&self, name: &'a str) -> Icon<'a> {
        Icon { sprite: crate::asset_path("icons.svg"), name }
    }

    /// The whole address of a path, for machines.
    pub fn url(&self, path: &str) -> String {
        self.visit.town.url(path)
    }

    /// This page with one value of its query changed.
    pub fn turned(&self, name: &str, value: &str) -> String {
        self.visit.turned(name, Some(value))
    }

    /// Whether this page is the named one or lies beneath it.
    pub fn is_at(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Texts of the office that are written: path and key of the name.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str)> + '_ {
        let written = &self.visit.town.profile().pages;
        TEXTS.iter().filter(|text| written.contains_key(text.name)).map(|text| (text.path, text.key))
    }
}

fn town_view(profile: &Profile, lang: Lang) -> TownView {
    TownView {
        name: profile.name.get(lang).to_owned(),
        province: profile.province.get(lang).to_owned(),
        telephone: profile.telephone.clone(),
        spoken_telephone: engine::thai::format_telephone(&profile.telephone),
        email: profile.email.clone(),
        address: profile.address.get(lang).to_owned(),
        hours: profile.hours.get(lang).to_owned(),
        has_emblem: profile.emblem_svg.is_some(),
    }
}

fn person_view(visit: &Visit) -> Option<PersonView> {
    visit.actor.person()?;
    Some(PersonView {
        name: visit.actor.name.clone(),
        officer: visit.actor.is_officer(),
        unread: visit.actor.unread,
    })
}

fn menu(visit: &Visit) -> Vec<MenuItem> {
    visit
        .modules
        .iter()
        .flat_map(|module| module.menu)
        .filter(|link| visit.actor.can(link.permission))
        .map(|link| MenuItem {
            label: visit.t(link.key).to_owned(),
            href: link.href,
            current: visit.path == link.href,
            count: None,
        })
        .collect()
}
