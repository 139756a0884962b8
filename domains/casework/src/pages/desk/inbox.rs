//! The inbox: views as tabs, filters and search in the address, a page at a time.

use std::collections::HashMap;

use askama::Template;
use axum::response::Response;
use engine::PersonId;
use engine::calendar::WorkingDays;
use engine::holidays::working_days;
use engine::thai::short_date;
use web::{Page, Result, Visit};

use super::{days_left, path, state_title};
use crate::case::Channel;
use crate::colleagues;
use crate::queries::{self, Asked, COUNTED, Listed, OWN_UNITS, Place, View};
use crate::service::Offered;

struct Tab {
    href: String,
    label: String,
    count: String,
    current: bool,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct Row {
    href: String,
    number: String,
    service: String,
    about: String,
    applicant: String,
    state: String,
    tag: String,
    due: String,
    left: String,
    overdue: bool,
    assignee: String,
    received: String,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct Index {
    page: Page,
    view: &'static str,
    words: String,
    filtered: bool,
    clear: String,
    tabs: Vec<Tab>,
    services: Vec<Choice>,
    units: Vec<Choice>,
    channels: Vec<Choice>,
    states: Vec<Choice>,
    rows: Vec<Row>,
    nothing: &'static str,
    next: Option<String>,
    back: Option<String>,
}

/// What the address asks for.
#[derive(Default, Clone)]
struct Filter {
    view: View,
    service: String,
    unit: String,
    channel: String,
    state: String,
    words: String,
}

impl Filter {
    fn of(visit: &Visit) -> Self {
        Self {
            view: View::parse(&visit.asked("view")).unwrap_or_default(),
            service: visit.asked("service"),
            unit: visit.asked("unit"),
            channel: visit.asked("channel"),
            state: visit.asked("state"),
            words: visit.asked("q"),
        }
    }

    fn is_set(&self) -> bool {
        [&self.service, &self.unit, &self.channel, &self.state].into_iter().any(|one| !one.is_empty())
    }

    /// The address of this list, or of a neighbouring page of it.
    fn link(&self, place: Option<(&str, &str)>) -> String {
        let named = [
            ("view", self.view.code()),
            ("q", &self.words),
            ("service", &self.service),
            ("unit", &self.unit),
            ("channel", &self.channel),
            ("state", &self.state),
        ];
        let set: Vec<_> = named.into_iter().chain(place).filter(|(_, value)| !value.is_empty()).collect();
        format!("/desk?{}", serde_urlencoded::to_string(set).unwrap_or_default())
    }
}

pub async fn index(visit: Visit) -> Result<Response> {
    let (filter, today) = (Filter::of(&visit), visit.town.clock().today());
    let (after, before, words) = (visit.asked("after"), visit.asked("before"), as_indexed(&filter.words));
    let place = match (after.as_str(), before.as_str()) {
        ("", "") => Place::First,
        ("", before) => Place::Before(before),
        (after, _) => Place::After(after),
    };
    let asked = Asked {
        view: filter.view,
        service: &filter.service,
        unit: &filter.unit,
        channel: &filter.channel,
        state: &filter.state,
        words: &words,
        place,
    };
    let found = queries::inbox(&visit.town, &visit.actor, &asked, today).await?;
    let offered = queries::offered_now(&visit.town).await?;
    web::show(&Index {
        page: Page::new(&visit, visit.t("casework-menu-desk")),
        view: filter.view.code(),
        filtered: filter.is_set(),
        clear: Filter { view: filter.view, words: filter.words.clone(), ..Filter::default() }.link(None),
        tabs: tabs(&visit, &filter).await?,
        services: services(&visit, &filter, &offered),
        units: units(&visit, &filter),
        channels: channels(&visit, &filter),
        states: states(&visit, &filter, &offered),
        nothing: nothing(&visit, &filter),
        next: found.next.map(|cursor| filter.link(Some(("after", &cursor)))),
        back: found.back.map(|cursor| filter.link(Some(("before", &cursor)))),
        rows: rows(&visit, &found.rows).await?,
        words: filter.words,
    })
}

/// Numbers as they are indexed, however they were typed: of a case with dashes, of a telephone without.
fn as_indexed(typed: &str) -> String {
    let plain = engine::thai::arabic_digits(typed);
    let is_number = |sign: char| sign.is_ascii_digit() || " -().".contains(sign);
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        10 if plain.chars().all(is_number) && !digits.starts_with('0') => {
            crate::case::normalised_number(&digits)
        }
        9 | 10 if plain.chars().all(is_number) => digits,
        _ => typed.to_owned(),
    }
}

async fn tabs(visit: &Visit, filter: &Filter) -> engine::Result<Vec<Tab>> {
    let today = visit.town.clock().today();
    let counts = queries::counts(&visit.town, &visit.actor, today).await?;
    let count = |view| match counts.iter().find(|one| one.0 == view) {
        Some((_, COUNTED..)) => format!("{}+", COUNTED - 1),
        Some((_, count @ 1..)) => count.to_string(),
        _ => String::new(),
    };
    Ok(View::ALL
        .into_iter()
        .map(|view| Tab {
            href: Filter { view, ..filter.clone() }.link(None),
            label: visit.t(view_key(view)).to_owned(),
            count: count(view),
            current: view == filter.view,
        })
        .collect())
}

fn view_key(view: View) -> &'static str {
    match view {
        View::Mine => "casework-view-mine",
        View::Unit => "casework-view-unit",
        View::Unassigned => "casework-view-unassigned",
        View::Waiting => "casework-view-waiting",
        View::Overdue => "casework-view-overdue",
        View::Closed => "casework-view-closed",
        View::All => "casework-view-all",
    }
}

fn nothing(visit: &Visit, filter: &Filter) -> &'static str {
    match filter.view {
        _ if !filter.words.is_empty() => "casework-nothing-found",
        _ if filter.is_set() => "casework-nothing-filtered",
        View::Unit if visit.actor.units.is_empty() => "casework-nothing-no-unit",
        View::Mine => "casework-nothing-mine",
        View::Overdue => "casework-nothing-overdue",
        _ => "casework-nothing-here",
    }
}

fn choices<'a>(chosen: &str, all: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Choice> {
    all.map(|(value, label)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: value == chosen,
    })
    .collect()
}

fn services(visit: &Visit, filter: &Filter, offered: &[std::sync::Arc<Offered>]) -> Vec<Choice> {
    let all = offered.iter().map(|one| (one.service.slug.as_str(), one.service.title.get(visit.lang)));
    choices(&filter.service, all)
}

fn units(visit: &Visit, filter: &Filter) -> Vec<Choice> {
    let units = visit.town.profile().units.iter();
    let all = units.map(|unit| (unit.id.as_str(), unit.name.get(visit.lang)));
    let own = (!visit.actor.units.is_empty()).then(|| (OWN_UNITS, visit.t("casework-own-units")));
    choices(&filter.unit, own.into_iter().chain(all))
}

fn channels(visit: &Visit, filter: &Filter) -> Vec<Choice> {
    let all = [Channel::Online, Channel::Counter, Channel::Telephone, Channel::Paper];
    choices(&filter.channel, all.into_iter().map(|channel| (channel.code(), visit.t(channel.key()))))
}

/// States of the chosen service, or of all; what several workflows call differently is one choice.
fn states(visit: &Visit, filter: &Filter, offered: &[std::sync::Arc<Offered>]) -> Vec<Choice> {
    let mut titles: Vec<(&str, Vec<&str>)> = Vec::new();
    let shown = offered.iter().filter(|one| filter.service.is_empty() || one.service.slug == filter.service);
    for state in shown.flat_map(|one| &one.workflow.states) {
        let title = state.title.get(visit.lang);
        match titles.iter_mut().find(|(id, _)| *id == state.id) {
            Some((_, known)) if !known.contains(&title) => known.push(title),
            Some(_) => {}
            None => titles.push((&state.id, vec![title])),
        }
    }
    let joined: Vec<_> = titles.iter().map(|(id, titles)| (*id, titles.join(" / "))).collect();
    choices(&filter.state, joined.iter().map(|(id, title)| (*id, title.as_str())))
}

async fn rows(visit: &Visit, found: &[Listed]) -> engine::Result<Vec<Row>> {
    let (mut db, town) = (visit.town.db(), visit.town.id());
    let days = working_days(&mut db, town, visit.town.clock().today()).await?;
    let names =
        colleagues::names(&mut db, town, found.iter().filter_map(|row| row.assignee.as_ref())).await?;
    let mut rows = Vec::with_capacity(found.len());
    for listed in found {
        let offered = queries::version(&visit.town, &listed.service, listed.version).await?;
        rows.push(row(visit, listed, &offered, &days, &names));
    }
    Ok(rows)
}

fn row(
    visit: &Visit,
    listed: &Listed,
    offered: &Offered,
    days: &WorkingDays,
    names: &HashMap<PersonId, String>,
) -> Row {
    let (today, lang) = (visit.town.clock().today(), visit.lang);
    let open = listed.due_on.filter(|_| listed.kind == engine::workflow::StateKind::Open);
    let received = engine::clock::day_of(listed.submitted_at);
    Row {
        href: path(&listed.number),
        number: listed.number.clone(),
        service: offered.service.title.get(lang).to_owned(),
        about: Some(listed.about.as_str())
            .filter(|about| *about != offered.service.title.th)
            .unwrap_or_default()
            .to_owned(),
        applicant: listed.applicant.clone(),
        state: state_title(&offered.workflow, &listed.state, lang),
        tag: listed.tag().to_owned(),
        due: open.map(|due| short_date(due, lang)).unwrap_or_default(),
        left: open.map(|due| days_left(visit, days, today, due)).unwrap_or_default(),
        overdue: listed.is_overdue(today),
        assignee: listed.assignee.as_ref().and_then(|id| names.get(id)).cloned().unwrap_or_default(),
        received: short_date(received, lang),
    }
}
