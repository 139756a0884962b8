//! What happened to a case in sentences for the office, with the names of who did it.

use std::collections::HashMap;

use engine::{PersonId, Recorded};
use web::Visit;

use super::state_title;
use crate::case::{Case, Channel};
use crate::service::Offered;

pub struct Moment {
    pub at: String,
    pub sentence: String,
}

/// Everyone a sentence may name.
pub fn people(events: &[Recorded]) -> impl Iterator<Item = PersonId> + '_ {
    events
        .iter()
        .flat_map(|event| {
            [if event.actor_kind == "person" { &event.actor } else { "" }, event.fact("assignee")]
        })
        .filter(|id| !id.is_empty())
        .map(PersonId::from)
}

pub fn moments(
    visit: &Visit,
    case: &Case,
    offered: &Offered,
    events: &[Recorded],
    names: &HashMap<PersonId, String>,
) -> Vec<Moment> {
    let named = Named { visit, case, offered, names };
    events
        .iter()
        .rev()
        .map(|event| Moment {
            at: engine::thai::moment(event.at, visit.lang),
            sentence: named.sentence(event),
        })
        .collect()
}

struct Named<'a> {
    visit: &'a Visit,
    case: &'a Case,
    offered: &'a Offered,
    names: &'a HashMap<PersonId, String>,
}

impl Named<'_> {
    fn name(&self, id: &str) -> String {
        let known = self.names.get(&PersonId::from(id)).filter(|name| !name.is_empty());
        known.cloned().unwrap_or_else(|| self.visit.t("casework-actor-unknown").to_owned())
    }

    fn actor(&self, event: &Recorded) -> String {
        match event.actor_kind.as_str() {
            "system" => self.visit.t("casework-actor-system").to_owned(),
            "person" if self.case.person.as_ref().is_none_or(|person| person.as_str() != event.actor) => {
                self.name(&event.actor)
            }
            _ => self.visit.t("casework-actor-applicant").to_owned(),
        }
    }

    fn sentence(&self, event: &Recorded) -> String {
        let visit = self.visit;
        let actor = ("actor", self.actor(event));
        let (assignee, state) = (event.fact("assignee"), event.fact("state"));
        match event.kind.as_str() {
            "casework.case.submitted" if self.case.officer.is_some() => {
                let channel = Channel::parse(event.fact("channel")).unwrap_or(Channel::Counter);
                let channel = visit.t(channel.key()).to_owned();
                visit.tv("casework-did-submit-for", &[actor, ("channel", channel)])
            }
            "casework.case.assigned" if assignee == event.actor => visit.tv("casework-did-take", &[actor]),
            "casework.case.assigned" => {
                visit.tv("casework-did-assign", &[actor, ("assignee", self.name(assignee))])
            }
            "casework.case.transferred" => {
                let unit = visit.town.profile().unit_name(event.fact("unit"), visit.lang).to_owned();
                visit.tv("casework-did-transfer", &[actor, ("unit", unit)])
            }
            "casework.case.moved" => {
                let state = state_title(&self.offered.workflow, state, visit.lang);
                visit.tv("casework-did-move", &[actor, ("state", state)])
            }
            kind => visit.tv(&format!("event-{}", kind.replace('.', "-")), &[actor]),
        }
    }
}
