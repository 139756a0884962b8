//! The front page, the catalogue and a service with its public manual.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use web::{Page, Result, Visit, show as render};

use crate::queries;
use crate::service::Service;

struct Card {
    slug: String,
    title: String,
    summary: String,
}

fn card(service: &Service, visit: &Visit) -> Card {
    Card {
        slug: service.slug.clone(),
        title: service.title.get(visit.lang).to_owned(),
        summary: service.summary.get(visit.lang).to_owned(),
    }
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
    cards: Vec<Card>,
}

pub async fn home(visit: Visit) -> Result<Response> {
    let all = queries::catalogue(&mut visit.town.db(), visit.town.id()).await?;
    let cards = all.iter().map(|offered| card(&offered.service, &visit)).collect();
    render(&Home { page: Page::new(&visit, visit.t("casework-home-title")), cards })
}

#[derive(Template)]
#[template(path = "services.html")]
struct Index {
    page: Page,
    asked: String,
    cards: Vec<Card>,
}

pub async fn index(visit: Visit) -> Result<Response> {
    let asked = visit.asked("q");
    let all = queries::catalogue(&mut visit.town.db(), visit.town.id()).await?;
    let cards = all
        .iter()
        .map(|offered| &offered.service)
        .filter(|service| engine::search_words::found_in(&service.searchable(visit.lang), &asked))
        .map(|service| card(service, &visit))
        .collect();
    render(&Index { page: Page::new(&visit, visit.t("web-services")), asked, cards })
}

#[derive(Template)]
#[template(path = "service.html")]
struct Show {
    page: Page,
    service: Service,
    unit: String,
    telephone: String,
}

pub async fn show(visit: Visit, Path(slug): Path<String>) -> Result<Response> {
    let service = queries::current(&mut visit.town.db(), visit.town.id(), &slug).await?.service;
    let profile = visit.town.profile();
    let telephone = profile.unit(&service.unit).map_or(&profile.telephone, |unit| &unit.telephone).clone();
    let unit = profile.unit_name(&service.unit, visit.lang).to_owned();
    let page = Page::new(&visit, service.title.get(visit.lang));
    render(&Show { page, service, unit, telephone })
}
