//! States and moves as data, checked when they are loaded.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Error, Result, Text};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Workflow {
    pub name: String,
    pub initial: String,
    #[serde(rename = "state")]
    pub states: Vec<State>,
    #[serde(rename = "move")]
    pub moves: Vec<Move>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct State {
    pub id: String,
    pub title: Text,
    pub kind: StateKind,
    /// Of closed states: how the case ended.
    #[serde(default)]
    pub outcome: Option<Outcome>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKind {
    /// The clock runs.
    Open,
    /// For the applicant: the clock stands still.
    Waiting,
    Closed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Granted,
    Refused,
    Withdrawn,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Move {
    pub id: String,
    pub from: Vec<String>,
    pub to: String,
    pub by: Mover,
    pub does: Does,
    pub title: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mover {
    Officer,
    Applicant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    Progress,
    Ask,
    Supply,
    Grant,
    Refuse,
    Withdraw,
}

impl Outcome {
    pub fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Workflow {
    pub fn load(source: &str) -> Result<Self> {
        let workflow: Self = toml::from_str(source)?;
        let faults = workflow.faults();
        if faults.is_empty() {
            return Ok(workflow);
        }
        Err(Error::Internal(format!("workflow {}: {}", workflow.name, faults.join("; "))))
    }

    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|state| state.id == id)
    }

    /// What that one can do from a state, in the order written.
    pub fn moves_from<'a>(&'a self, state: &'a str, by: Mover) -> impl Iterator<Item = &'a Move> + 'a {
        self.moves.iter().filter(move |one| one.by == by && one.from.iter().any(|from| from == state))
    }

    /// The state a move leads to, if it may be made from here by that one.
    pub fn step(&self, state: &str, id: &str, by: Mover) -> Result<(&Move, &State)> {
        let open = |one: &&Move| one.by == by && one.id == id && one.from.iter().any(|from| from == state);
        let made = self.moves.iter().find(open);
        let made = made.ok_or(Error::Conflict("problem-move-not-open"))?;
        let to = self.state(&made.to).ok_or(Error::NotFound)?;
        Ok((made, to))
    }

    /// The first move from here that does this, whatever the workflow calls it.
    pub fn doing(&self, state: &str, does: Does) -> Option<&Move> {
        self.moves.iter().find(|one| one.does == does && one.from.iter().any(|from| from == state))
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut ids = BTreeSet::new();
        for state in &self.states {
            if !ids.insert(state.id.as_str()) {
                faults.push(format!("state {} stands twice", state.id));
            }
            if (state.kind == StateKind::Closed) != state.outcome.is_some() {
                faults.push(format!("state {}: closed states, and no others, have an outcome", state.id));
            }
        }
        if !ids.contains(self.initial.as_str()) {
            faults.push(format!("the first state {} is not there", self.initial));
        }
        for one in &self.moves {
            self.move_faults(one, &mut faults);
        }
        for state in self.states.iter().filter(|state| state.kind != StateKind::Closed) {
            if !self.can_end(&state.id) {
                faults.push(format!("from state {} no end can be reached", state.id));
            }
        }
        faults
    }

    fn move_faults(&self, one: &Move, faults: &mut Vec<String>) {
        for from in &one.from {
            match self.state(from) {
                None => faults.push(format!("move {} leaves {from}, which is not there", one.id)),
                Some(state) if state.kind == StateKind::Closed => {
                    faults.push(format!("move {} leaves the closed state {from}", one.id));
                }
                Some(_) => {}
            }
        }
        let Some(to) = self.state(&one.to) else {
            faults.push(format!("move {} leads to {}, which is not there", one.id, one.to));
            return;
        };
        let fits = match one.does {
            Does::Progress | Does::Supply => to.kind == StateKind::Open,
            Does::Ask => to.kind == StateKind::Waiting,
            Does::Grant => to.outcome == Some(Outcome::Granted),
            Does::Refuse => to.outcome == Some(Outcome::Refused),
            Does::Withdraw => to.outcome == Some(Outcome::Withdrawn),
        };
        if !fits {
            faults.push(format!("move {} does not fit the state {} it leads to", one.id, to.id));
        }
    }

    fn can_end(&self, start: &str) -> bool {
        let mut seen = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for one in self.moves.iter().filter(|one| one.from.iter().any(|from| from == at)) {
                if self.state(&one.to).is_some_and(|state| state.kind == StateKind::Closed) {
                    return true;
                }
                if seen.insert(&one.to) {
                    open.push(&one.to);
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"
name = "small"
initial = "received"
[[state]]
id = "received"
title = { th = "รับแล้ว", en = "Received" }
kind = "open"
[[state]]
id = "granted"
title = { th = "อนุมัติ", en = "Granted" }
kind = "closed"
outcome = "granted"
[[move]]
id = "grant"
from = ["received"]
to = "granted"
by = "officer"
does = "grant"
title = { th = "อนุมัติ", en = "Grant" }
"#;

    #[test]
    fn a_sound_workflow_loads_and_moves_only_where_it_may() {
        let workflow = Workflow::load(SOUND).unwrap();
        assert_eq!(workflow.step("received", "grant", Mover::Officer).unwrap().1.id, "granted");
        assert!(workflow.step("received", "grant", Mover::Applicant).is_err());
        assert!(workflow.step("granted", "grant", Mover::Officer).is_err());
    }

    #[test]
    fn what_is_wrong_with_a_workflow_is_named() {
        let lost = SOUND.replace("to = \"granted\"", "to = \"nowhere\"");
        let told = Workflow::load(&lost).unwrap_err().to_string();
        assert!(told.contains("leads to nowhere"), "{told}");
        assert!(told.contains("no end can be reached"), "{told}");
        let misfit = SOUND.replace("does = \"grant\"", "does = \"ask\"");
        assert!(Workflow::load(&misfit).unwrap_err().to_string().contains("does not fit"));
    }
}
