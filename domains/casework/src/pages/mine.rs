//! What a signed-in resident began and applied for, newest first, in pages.

use askama::Template;
use axum::response::Response;
use engine::list::Paged;
use engine::{Error, PersonId};
use web::{Page, Result, Visit};

use crate::queries::{self, Applied, Unsent};

struct Draft {
    href: String,
    title: String,
    at: String,
}

struct Case {
    href: String,
    title: String,
    number: String,
    state: String,
    tag: &'static str,
    submitted_on: String,
    due_on: String,
    overdue: bool,
}

#[derive(Template)]
#[template(path = "mine.html")]
struct Index {
    page: Page,
    drafts: Vec<Draft>,
    more_drafts: Option<String>,
    cases: Vec<Case>,
    more_cases: Option<String>,
}

fn cursor(visit: &Visit, name: &str) -> Option<String> {
    Some(visit.asked(name)).filter(|cursor| !cursor.is_empty())
}

pub async fn index(visit: Visit) -> Result<Response> {
    let person: &PersonId = visit.actor.person().ok_or(Error::SignInNeeded)?;
    let (town, mut db) = (&visit.town, visit.town.db());
    let unsent = queries::unsent_of(&mut db, town.id(), person, cursor(&visit, "drafts").as_deref()).await?;
    let applied =
        queries::applied_for(&mut db, town.id(), person, cursor(&visit, "cases").as_deref()).await?;
    let page = Page::new(&visit, visit.t("casework-mine-title"));
    web::show(&Index {
        page,
        more_drafts: unsent.next.clone(),
        drafts: drafts(&visit, unsent).await?,
        more_cases: applied.next.clone(),
        cases: cases(&visit, applied).await?,
    })
}

async fn drafts(visit: &Visit, unsent: Paged<Unsent>) -> engine::Result<Vec<Draft>> {
    let mut shown = Vec::with_capacity(unsent.rows.len());
    for one in unsent.rows {
        let offered = queries::version(&visit.town, &one.service, one.version).await?;
        shown.push(Draft {
            href: format!("/drafts/{}", one.id),
            title: offered.service.title.get(visit.lang).to_owned(),
            at: engine::thai::moment(one.updated_at, visit.lang),
        });
    }
    Ok(shown)
}

async fn cases(visit: &Visit, applied: Paged<Applied>) -> engine::Result<Vec<Case>> {
    let (lang, today) = (visit.lang, visit.town.clock().today());
    let mut shown = Vec::with_capacity(applied.rows.len());
    for one in applied.rows {
        // Read once per process, not once per row.
        let offered = queries::version(&visit.town, &one.service, one.version).await?;
        let state = offered.workflow.state(&one.state).map_or(&*one.state, |state| state.title.get(lang));
        shown.push(Case {
            href: format!("/cases/{}", one.number),
            title: offered.service.title.get(lang).to_owned(),
            state: state.to_owned(),
            tag: one.tag(),
            submitted_on: engine::thai::long_date(engine::clock::day_of(one.submitted_at), lang),
            overdue: one.is_overdue(today),
            due_on: one
                .due_on
                .filter(|_| one.is_open())
                .map_or_else(String::new, |due| engine::thai::long_date(due, lang)),
            number: one.number,
        });
    }
    Ok(shown)
}
