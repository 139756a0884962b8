//! What can happen to a case. Facts are ids and states, never what people wrote.

use engine::{Event, Json, json};

use crate::case::Case;

pub const KINDS: &[&str] = &[
    "casework.service.published",
    "casework.case.submitted",
    "casework.case.assigned",
    "casework.case.released",
    "casework.case.transferred",
    "casework.case.noted",
    "casework.case.answered",
    "casework.case.asked",
    "casework.case.supplied",
    "casework.case.moved",
    "casework.case.granted",
    "casework.case.refused",
    "casework.case.withdrawn",
];

pub struct ServicePublished {
    pub slug: String,
    pub version: i64,
}

impl Event for ServicePublished {
    fn kind(&self) -> &'static str {
        "casework.service.published"
    }

    fn subject(&self) -> String {
        format!("casework.service/{}", self.slug)
    }

    fn facts(&self) -> Json {
        json!({ "version": self.version })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// A resident, or an officer on a resident's behalf, applied.
    Submitted,
    /// An officer was given the case.
    Assigned,
    /// The case went back to its unit, to nobody in it.
    Released,
    /// The case went to another unit.
    Transferred,
    /// An officer wrote a note that only the office sees.
    Noted,
    /// An officer wrote to the applicant.
    Answered,
    /// An officer asked the applicant for more; the clock stands still.
    Asked,
    /// The applicant sent what was asked for, or added something.
    Supplied,
    /// An officer took the case to its next state.
    Moved,
    /// An officer granted the application.
    Granted,
    /// An officer refused the application.
    Refused,
    /// The applicant took the application back.
    Withdrawn,
}

pub struct CaseEvent {
    happened: Happened,
    subject: String,
    facts: Json,
}

impl CaseEvent {
    pub fn of(case: &Case, happened: Happened) -> Self {
        let facts = json!({
            "number": case.number, "service": case.service, "state": case.state, "unit": case.unit,
            "assignee": case.assignee.as_ref().map(engine::PersonId::as_str),
            "channel": case.channel.code(), "due_on": case.due_on,
        });
        Self { happened, subject: case.subject(), facts }
    }

    /// Who had the case until now.
    #[must_use]
    pub fn leaving(mut self, former: Option<&engine::PersonId>) -> Self {
        if let Some(former) = former {
            self.facts["former"] = former.as_str().into();
        }
        self
    }
}

impl Event for CaseEvent {
    fn kind(&self) -> &'static str {
        match self.happened {
            Happened::Submitted => "casework.case.submitted",
            Happened::Assigned => "casework.case.assigned",
            Happened::Released => "casework.case.released",
            Happened::Transferred => "casework.case.transferred",
            Happened::Noted => "casework.case.noted",
            Happened::Answered => "casework.case.answered",
            Happened::Asked => "casework.case.asked",
            Happened::Supplied => "casework.case.supplied",
            Happened::Moved => "casework.case.moved",
            Happened::Granted => "casework.case.granted",
            Happened::Refused => "casework.case.refused",
            Happened::Withdrawn => "casework.case.withdrawn",
        }
    }

    fn subject(&self) -> String {
        self.subject.clone()
    }

    fn facts(&self) -> Json {
        self.facts.clone()
    }
}
