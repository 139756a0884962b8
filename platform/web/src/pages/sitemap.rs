//! All public pages of the portal on one page: each module names its own.

use askama::Template;
use axum::response::Response;

use super::TEXTS;
use crate::{Listing, Page, Result, SitemapFuture, Visit};

#[derive(Template)]
#[template(path = "sitemap.html")]
struct Show {
    page: Page,
    listings: Vec<Listing>,
}

/// Listings of every module, in the order of the menu.
pub async fn listings(visit: &Visit) -> engine::Result<Vec<Listing>> {
    let mut all = Vec::new();
    for module in visit.modules {
        all.extend((module.sitemap)(visit.clone()).await?);
    }
    Ok(all)
}

pub async fn show(visit: Visit) -> Result<Response> {
    let listings = listings(&visit).await?;
    crate::show(&Show { page: Page::new(&visit, visit.t("web-sitemap")), listings })
}

pub fn of_the_frame(visit: Visit) -> SitemapFuture {
    Box::pin(async move {
        let written = &visit.town.profile().pages;
        let texts =
            TEXTS.iter().filter(|text| written.contains_key(text.name)).map(|text| (text.key, text.path));
        let links = std::iter::once(("web-home", "/"))
            .chain(texts)
            .map(|(key, path)| (visit.t(key).to_owned(), path.to_owned()))
            .collect();
        Ok(vec![Listing { heading: visit.town.profile().name.get(visit.lang).to_owned(), links }])
    })
}
