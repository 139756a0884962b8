//! The front page, the catalogue and a service with its public manual.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use engine::holidays;
use engine::search_words::found_in;
use engine::thai::{baht, long_date};
use web::{Listing, Page, Result, SitemapFuture, Visit, show as render};

use crate::queries;
use crate::service::{Offered, Service};

/// Themes in the order of the catalogue; services of any other theme follow under "other".
const THEMES: [&str; 4] = ["welfare", "repairs", "permits", "information"];
const OTHER: &str = "other";

/// Words that a front page offers for trying the search.
const TRIES: [&str; 3] =
    ["casework-search-try-light", "casework-search-try-elder", "casework-search-try-water"];

struct Card {
    slug: String,
    title: String,
    summary: String,
    icon: String,
}

fn card(service: &Service, visit: &Visit) -> Card {
    Card {
        slug: service.slug.clone(),
        title: service.title.get(visit.lang).to_owned(),
        summary: service.summary.get(visit.lang).to_owned(),
        icon: format!("service-{}", service.icon),
    }
}

fn theme(service: &Service) -> &'static str {
    THEMES.into_iter().find(|theme| *theme == service.theme).unwrap_or(OTHER)
}

struct Theme {
    name: &'static str,
    heading: String,
    cards: Vec<Card>,
}

/// The services that hold the words asked for, under their themes; none asked, all of them.
fn by_theme(all: &[Arc<Offered>], visit: &Visit, asked: &str) -> Vec<Theme> {
    let found: Vec<_> = all
        .iter()
        .map(|offered| &offered.service)
        .filter(|service| found_in(&service.searchable(visit.lang), asked))
        .collect();
    THEMES
        .into_iter()
        .chain([OTHER])
        .map(|name| Theme {
            name,
            heading: visit.t(&format!("casework-theme-{name}")).to_owned(),
            cards: found.iter().filter(|one| theme(one) == name).map(|one| card(one, visit)).collect(),
        })
        .filter(|theme| !theme.cards.is_empty())
        .collect()
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
    themes: Vec<Theme>,
    tries: Vec<String>,
    /// Whether the office is open today.
    today: String,
}

pub async fn home(visit: Visit) -> Result<Response> {
    let all = queries::catalogue(&visit.town).await?;
    render(&Home {
        page: Page::new(&visit, visit.t("casework-home-title"))
            .with_description(visit.t("casework-home-lead")),
        themes: by_theme(&all, &visit, ""),
        tries: TRIES.iter().map(|key| visit.t(key).to_owned()).collect(),
        today: today(&visit).await?,
    })
}

async fn today(visit: &Visit) -> engine::Result<String> {
    let today = visit.town.clock().today();
    let day = ("today", long_date(today, visit.lang));
    Ok(match holidays::day_off(&mut visit.town.db(), visit.town.id(), today).await? {
        None => visit.tv("casework-home-today-open", &[day]),
        Some(off) if off.name.th.is_empty() => visit.tv("casework-home-today-weekend", &[day]),
        Some(off) => {
            let why = ("why", off.name.get(visit.lang).to_owned());
            visit.tv("casework-home-today-closed", &[day, why])
        }
    })
}

#[derive(Template)]
#[template(path = "services.html")]
struct Index {
    page: Page,
    asked: String,
    themes: Vec<Theme>,
    count: usize,
}

pub async fn index(visit: Visit) -> Result<Response> {
    let asked = visit.asked("q");
    let all = queries::catalogue(&visit.town).await?;
    let themes = by_theme(&all, &visit, &asked);
    let count = themes.iter().map(|theme| theme.cards.len()).sum();
    render(&Index { page: Page::new(&visit, visit.t("web-services")), asked, themes, count })
}

/// What an allowance amounts to at an age.
struct Amount {
    age: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "service.html")]
struct Show<'a> {
    page: Page,
    service: &'a Service,
    theme: &'static str,
    icon: String,
    amounts: Vec<Amount>,
    unit: String,
    telephone: String,
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> Result<Response> {
    let offered = queries::current(&visit.town, &slug).await?;
    let service = &offered.service;
    let profile = visit.town.profile();
    let telephone = profile.unit(&service.unit).map_or(&profile.telephone, |unit| &unit.telephone);
    render(&Show {
        page: Page::new(&visit, service.title.get(visit.lang))
            .with_description(service.summary.get(visit.lang)),
        theme: theme(service),
        icon: format!("service-{}", service.icon),
        amounts: amounts(service, &visit),
        unit: profile.unit_name(&service.unit, visit.lang).to_owned(),
        telephone: telephone.clone(),
        service,
    })
}

fn amounts(service: &Service, visit: &Visit) -> Vec<Amount> {
    let bands = service.benefit.iter().flat_map(|benefit| &benefit.bands);
    bands
        .map(|band| Amount {
            age: match (band.from, band.to) {
                (0, None) => visit.t("casework-amount-every-age").to_owned(),
                (0, Some(to)) => visit.tv("casework-amount-under", &[("age", (to + 1).to_string())]),
                (from, None) => visit.tv("casework-amount-from", &[("age", from.to_string())]),
                (from, Some(to)) => {
                    visit.tv("casework-amount-between", &[("from", from.to_string()), ("to", to.to_string())])
                }
            },
            amount: visit.tv("casework-amount-monthly", &[("amount", baht(band.satang))]),
        })
        .collect()
}

/// What the sitemap says of casework: following a case, and each service under its theme.
pub fn sitemap(visit: Visit) -> SitemapFuture {
    Box::pin(async move {
        let all = queries::catalogue(&visit.town).await?;
        let link = |key: &str, path: &str| (visit.t(key).to_owned(), path.to_owned());
        let first = Listing {
            heading: visit.t("web-services").to_owned(),
            links: vec![link("web-services", "/services"), link("web-track", "/track")],
        };
        let themes = by_theme(&all, &visit, "").into_iter().map(|theme| Listing {
            heading: theme.heading,
            links: theme
                .cards
                .into_iter()
                .map(|card| (card.title, format!("/services/{}", card.slug)))
                .collect(),
        });
        Ok(std::iter::once(first).chain(themes).collect())
    })
}
