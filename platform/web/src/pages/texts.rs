//! Texts the office writes about itself. They are part of the municipality's profile, which only
//! its administrators change, and are shown as the HTML they are. One not written is not found.

use askama::Template;
use axum::response::Response;
use engine::Error;

use crate::{Page, Result, Visit};

pub struct OfficeText {
    pub path: &'static str,
    /// Its name in the profile.
    pub name: &'static str,
    pub key: &'static str,
}

pub static TEXTS: &[OfficeText] = &[
    OfficeText { path: "/about", name: "about", key: "web-about" },
    OfficeText { path: "/contact", name: "contact", key: "web-contact" },
    OfficeText { path: "/accessibility", name: "accessibility", key: "web-accessibility" },
    OfficeText { path: "/privacy", name: "privacy", key: "web-privacy" },
];

#[derive(Template)]
#[template(path = "text.html")]
struct Show {
    page: Page,
    text: String,
}

pub async fn show(visit: Visit) -> Result<Response> {
    let text = TEXTS.iter().find(|text| text.path == visit.path).ok_or(Error::NotFound)?;
    let written = visit.town.profile().pages.get(text.name).ok_or(Error::NotFound)?;
    let page = Page::new(&visit, visit.t(text.key));
    crate::show(&Show { page, text: written.get(visit.lang).to_owned() })
}
