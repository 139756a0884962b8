//! The parts of a case's page: what was written, papers, related cases, moves, and colleagues.

use std::collections::HashMap;

use engine::PersonId;
use engine::documents::Document;
use engine::files::File;
use engine::workflow::{Does, Mover};
use identity::person::Officer;
use web::Visit;

use super::{path, state_title};
use crate::case::Case;
use crate::colleagues;
use crate::queries::{self, Entry, Listed};
use crate::service::Offered;

pub struct Written {
    /// `inside` for what the office alone sees; `outside` for what the applicant reads or wrote.
    pub class: &'static str,
    pub label: String,
    pub author: String,
    pub at: String,
    pub text: String,
    /// Sent with it: address and name.
    pub files: Vec<(String, String)>,
}

pub struct Paper {
    pub href: Option<String>,
    pub label: String,
}

pub struct Related {
    pub href: String,
    pub number: String,
    pub service: String,
    pub state: String,
    pub tag: String,
    pub received: String,
}

#[derive(Clone)]
pub struct MoveLink {
    pub id: String,
    pub title: String,
    pub href: String,
    pub class: &'static str,
}

pub struct Colleague {
    pub id: String,
    pub name: String,
}

pub fn name(visit: &Visit, names: &HashMap<PersonId, String>, id: &PersonId) -> String {
    let known = names.get(id).filter(|name| !name.is_empty());
    known.cloned().unwrap_or_else(|| visit.t("casework-actor-unknown").to_owned())
}

pub fn written(
    visit: &Visit,
    names: &HashMap<PersonId, String>,
    (path, files): (&str, &[File]),
    entry: &Entry,
) -> Written {
    let (class, label) = match entry.kind.as_str() {
        "note" => ("inside", "casework-written-note"),
        "ask" => ("outside", "casework-written-ask"),
        "supply" => ("from-applicant", "casework-written-supply"),
        "decision" => ("outside", "casework-written-decision"),
        _ => ("outside", "casework-written-answer"),
    };
    let by_applicant = class == "from-applicant" || entry.author.is_none();
    Written {
        class,
        label: visit.t(label).to_owned(),
        author: match &entry.author {
            Some(author) if !by_applicant => name(visit, names, author),
            _ => visit.t("casework-actor-applicant").to_owned(),
        },
        at: engine::thai::moment(entry.at, visit.lang),
        text: entry.text.clone(),
        files: files
            .iter()
            .filter(|file| entry.files.contains(&file.id))
            .map(|file| (format!("{path}/files/{}", file.id), file.name.clone()))
            .collect(),
    }
}

pub fn papers(visit: &Visit, case: &Case, all: &[Document]) -> Vec<Paper> {
    all.iter()
        .map(|paper| {
            let key = if paper.kind == "letter" { "casework-paper-letter" } else { "casework-paper-receipt" };
            Paper {
                href: paper.file.as_ref().map(|file| format!("{}/files/{file}", path(&case.number))),
                label: visit.tv(key, &[("number", paper.number.clone())]),
            }
        })
        .collect()
}

pub async fn related(visit: &Visit, all: &[Listed]) -> engine::Result<Vec<Related>> {
    let mut related = Vec::with_capacity(all.len());
    for one in all {
        let offered = queries::version(&visit.town, &one.service, one.version).await?;
        related.push(Related {
            href: path(&one.number),
            number: one.number.clone(),
            service: offered.service.title.get(visit.lang).to_owned(),
            state: state_title(&offered.workflow, &one.state, visit.lang),
            tag: one.tag().to_owned(),
            received: engine::thai::short_date(engine::clock::day_of(one.submitted_at), visit.lang),
        });
    }
    Ok(related)
}

/// The moves of the workflow that do this and are open to an officer now.
pub fn moves(visit: &Visit, case: &Case, offered: &Offered, does: Does) -> Vec<MoveLink> {
    let page = match does {
        Does::Ask => "request/new",
        _ => "decision/new",
    };
    let open = offered.workflow.moves_from(&case.state, Mover::Officer).filter(|one| one.does == does);
    open.map(|one| MoveLink {
        id: one.id.clone(),
        title: one.title.get(visit.lang).to_owned(),
        href: format!("{}/{page}?move={}", path(&case.number), one.id),
        class: if does == Does::Refuse { "button danger" } else { "button" },
    })
    .collect()
}

/// Colleagues who may work on the case: those of its unit, and all others.
pub async fn may_be_given(visit: &Visit, case: &Case) -> engine::Result<(Vec<Colleague>, Vec<Colleague>)> {
    let today = visit.town.clock().today();
    let all = colleagues::working(&mut visit.town.db(), visit.town.id(), today).await?;
    let free =
        |one: &Officer| case.assignee.as_ref() != Some(&one.id) && visit.actor.person() != Some(&one.id);
    let (of_unit, others): (Vec<_>, Vec<_>) =
        all.into_iter().filter(free).partition(|one| one.units.contains(&case.unit));
    let shown = |one: Officer| Colleague {
        name: if one.position.is_empty() { one.name } else { format!("{} ({})", one.name, one.position) },
        id: one.id.to_string(),
    };
    Ok((of_unit.into_iter().map(shown).collect(), others.into_iter().map(shown).collect()))
}
