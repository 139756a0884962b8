//! A case with everything on it: what was asked and answered, what was written, what happened, and
//! what the officer may do next.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::documents::{self, Document};
use engine::files::{self, File};
use engine::holidays::working_days;
use engine::questionnaire::Group;
use engine::workflow::{Does, StateKind};
use engine::{Error, PersonId, Recorded, history};
use web::{ErrorSummary, FieldError, Page, Result, Visit, error_for};

use super::parts::{self, Colleague, MoveLink, Paper, Related, Written};
use super::timeline::{self, Moment};
use super::{days_left, found, path, state_title};
use crate::case::Case;
use crate::colleagues;
use crate::permissions::{DECIDE, WORK};
use crate::queries::{self, Entry, Listed};
use crate::service::Offered;

/// What an officer typed and must not lose when it is refused.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub note: String,
    pub answer: String,
}

#[derive(Template)]
#[template(path = "desk_case.html")]
struct Show {
    page: Page,
    errors: Vec<FieldError>,
    problem: Option<String>,
    path: String,
    case: Case,
    service: String,
    state: String,
    tag: &'static str,
    due: String,
    left: String,
    overdue: bool,
    waiting: bool,
    received: String,
    channel: String,
    unit: String,
    telephone: String,
    assignee: String,
    mine: bool,
    can_work: bool,
    can_write: bool,
    can_decide: bool,
    colleagues: Vec<Colleague>,
    others: Vec<Colleague>,
    progress: Vec<MoveLink>,
    asks: Vec<MoveLink>,
    decisions: Vec<MoveLink>,
    groups: Vec<Group>,
    files: Vec<File>,
    papers: Vec<Paper>,
    written: Vec<Written>,
    related: Vec<Related>,
    timeline: Vec<Moment>,
    typed: Typed,
}

impl Show {
    fn error(&self, field: &str) -> Option<&str> {
        error_for(&self.errors, field)
    }

    /// Files that stand with no answer and no message.
    fn other_files(&self) -> Vec<&File> {
        let answers = self.groups.iter().flat_map(|group| &group.answers).flat_map(|answer| &answer.files);
        let known: Vec<&String> = answers.collect();
        let sent =
            |id: &str| self.written.iter().flat_map(|one| &one.files).any(|(href, _)| href.ends_with(id));
        self.files.iter().filter(|file| !known.contains(&&file.id) && !sent(&file.id)).collect()
    }

    /// Files that answer a question, by their ids.
    fn name_of<'a>(&'a self, id: &str) -> &'a str {
        self.files.iter().find(|file| file.id == id).map_or("", |file| file.name.as_str())
    }
}

pub async fn show(visit: Visit, Path(number): Path<String>) -> Result<Response> {
    let done = match visit.asked("done").as_str() {
        "note" => Some("casework-done-note"),
        "answer" => Some("casework-done-answer"),
        "request" => Some("casework-done-request"),
        "progress" => Some("casework-done-progress"),
        "decision" => Some("casework-done-decision"),
        "taken" => Some("casework-done-taken"),
        "assigned" => Some("casework-done-assigned"),
        "released" => Some("casework-done-released"),
        "transfer" => Some("casework-done-transfer"),
        _ => None,
    };
    let mut page = case_page(&visit, &number, Typed::default()).await?;
    page.page.notice = done.map(|key| visit.t(key).to_owned());
    web::show(&page)
}

/// The case as it is now, with what was typed, after something was refused.
pub async fn again(visit: &Visit, number: &str, typed: Typed, refusal: Error) -> Result<Response> {
    let mut page = case_page(visit, number, typed).await?;
    let status = match refusal {
        Error::Invalid(invalid) => {
            page.errors = ErrorSummary::of(visit, &invalid);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Conflict(key) => {
            let last = page.timeline.first().map(|last| format!("{} ({})", last.sentence, last.at));
            let told = visit.tv("casework-meanwhile", &[("last", last.unwrap_or_default())]);
            let kept = if page.typed.note.is_empty() { "" } else { visit.t("casework-typed-is-kept") };
            page.problem = Some([visit.t(key), &told, kept].join("\n").trim().to_owned());
            StatusCode::CONFLICT
        }
        other => return Err(other.into()),
    };
    web::show_with(status, &page)
}

/// All that a case page reads.
struct Read {
    case: Case,
    offered: Arc<Offered>,
    entries: Vec<Entry>,
    papers: Vec<Document>,
    files: Vec<File>,
    events: Vec<Recorded>,
    related: Vec<Listed>,
    names: HashMap<PersonId, String>,
}

async fn read(visit: &Visit, number: &str) -> engine::Result<Read> {
    let (case, offered) = found(visit, number).await?;
    let (mut db, town, subject) = (visit.town.db(), visit.town.id(), case.subject());
    let entries = queries::entries(&mut db, town, &case.id, true).await?;
    let events = history::of_subject(&mut db, town, &subject).await?;
    let mut people: Vec<PersonId> = timeline::people(&events).collect();
    people.extend(entries.iter().filter_map(|entry| entry.author.clone()).chain(case.assignee.clone()));
    people.sort();
    people.dedup();
    Ok(Read {
        papers: documents::of_subject(&mut db, town, &subject).await?,
        files: files::of_subject(&mut db, town, &subject).await?,
        related: queries::related(&mut db, town, &case).await?,
        names: colleagues::names(&mut db, town, &people).await?,
        case,
        offered,
        entries,
        events,
    })
}

async fn case_page(visit: &Visit, number: &str, typed: Typed) -> engine::Result<Show> {
    let read = read(visit, number).await?;
    let (case, offered, lang) = (&read.case, &read.offered, visit.lang);
    let (mut db, today) = (visit.town.db(), visit.town.clock().today());
    let days = working_days(&mut db, visit.town.id(), today).await?;
    let can_work = visit.actor.can(WORK) && !case.is_closed();
    let (colleagues, others) =
        if can_work { parts::may_be_given(visit, case).await? } else { Default::default() };
    let open_due = case.due_on.filter(|_| case.kind == StateKind::Open);
    let of_papers: Vec<&str> = read.papers.iter().filter_map(|paper| paper.file.as_deref()).collect();
    let profile = visit.town.profile();
    let moves = |does| parts::moves(visit, case, offered, does);
    Ok(Show {
        page: Page::new(visit, visit.tv("casework-case-title", &[("number", case.number.clone())])),
        errors: Vec::new(),
        problem: None,
        path: path(&case.number),
        service: offered.service.title.get(lang).to_owned(),
        state: state_title(&offered.workflow, &case.state, lang),
        tag: case.outcome.map_or(crate::case::kind_code(case.kind), engine::workflow::Outcome::code),
        due: open_due.map(|due| engine::thai::long_date(due, lang)).unwrap_or_default(),
        left: open_due.map(|due| days_left(visit, &days, today, due)).unwrap_or_default(),
        overdue: case.is_overdue(today),
        waiting: case.kind == StateKind::Waiting,
        received: engine::thai::moment(case.submitted_at, lang),
        channel: visit.t(case.channel.key()).to_owned(),
        unit: profile.unit_name(&case.unit, lang).to_owned(),
        telephone: engine::thai::format_telephone(&case.telephone),
        assignee: case.assignee.as_ref().map(|id| parts::name(visit, &read.names, id)).unwrap_or_default(),
        mine: case.assignee.as_ref().is_some_and(|id| visit.actor.person() == Some(id)),
        can_work,
        can_write: visit.actor.can(WORK),
        can_decide: visit.actor.can(DECIDE) && !case.is_closed(),
        colleagues,
        others,
        progress: moves(Does::Progress),
        asks: moves(Does::Ask),
        decisions: [moves(Does::Grant), moves(Does::Refuse)].concat(),
        groups: offered.service.form.shown(&case.answers, lang),
        papers: parts::papers(visit, case, &read.papers),
        written: read
            .entries
            .iter()
            .rev()
            .map(|entry| parts::written(visit, &read.names, (&path(&case.number), &read.files), entry))
            .collect(),
        related: parts::related(visit, &read.related).await?,
        timeline: timeline::moments(visit, case, offered, &read.events, &read.names),
        typed,
        files: read.files.into_iter().filter(|file| !of_papers.contains(&file.id.as_str())).collect(),
        case: read.case,
    })
}
