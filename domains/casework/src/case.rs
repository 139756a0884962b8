//! The rules of a case: pure, with no clock, database or request.

use engine::calendar::{Deadline, WorkingDays};
use engine::questionnaire::Answers;
use engine::workflow::{Does, Move, Mover, Outcome, State, StateKind, Workflow};
use engine::{CodeAlphabet, Error, Lang, PersonId, Result, Timestamp, civil, id};

id!(CaseId, DraftId, EntryId);

/// How the application came to the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    Online,
    Counter,
    Telephone,
    Paper,
}

impl Channel {
    pub const BY_OFFICER: [Self; 3] = [Self::Counter, Self::Telephone, Self::Paper];

    pub fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Counter => "counter",
            Self::Telephone => "telephone",
            Self::Paper => "paper",
        }
    }

    /// Its name in the words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Online => "casework-channel-online",
            Self::Counter => "casework-channel-counter",
            Self::Telephone => "casework-channel-telephone",
            Self::Paper => "casework-channel-paper",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Online, Self::Counter, Self::Telephone, Self::Paper].into_iter().find(|one| one.code() == code)
    }
}

#[derive(Debug, Clone)]
pub struct Draft {
    pub id: DraftId,
    pub service: String,
    pub version: i64,
    pub channel: Channel,
    pub answers: Answers,
    /// Fingerprint of the secret in the link that resumes it.
    pub secret: String,
    pub person: Option<PersonId>,
    pub officer: Option<PersonId>,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub id: CaseId,
    pub number: String,
    pub secret: String,
    pub service: String,
    pub version: i64,
    pub state: String,
    pub kind: StateKind,
    pub outcome: Option<Outcome>,
    pub unit: String,
    pub assignee: Option<PersonId>,
    pub channel: Channel,
    pub person: Option<PersonId>,
    /// Who applied on the person's behalf.
    pub officer: Option<PersonId>,
    pub lang: Lang,
    pub applicant: String,
    pub telephone: String,
    pub email: Option<String>,
    pub about: String,
    pub answers: Answers,
    pub submitted_at: Timestamp,
    pub deadline: Deadline,
    pub due_on: Option<civil::Date>,
    pub closed_at: Option<Timestamp>,
    pub reasons: Option<String>,
}

impl Case {
    pub fn subject(&self) -> String {
        format!("casework.case/{}", self.id)
    }

    pub fn path(&self) -> String {
        format!("/cases/{}", self.number)
    }

    pub fn is_closed(&self) -> bool {
        self.kind == StateKind::Closed
    }

    pub fn is_overdue(&self, today: civil::Date) -> bool {
        self.kind == StateKind::Open && self.due_on.is_some_and(|due| due < today)
    }

    /// Makes a move of the workflow and keeps the clock of the deadline.
    pub fn moved(
        mut self,
        workflow: &Workflow,
        id: &str,
        by: Mover,
        now: (Timestamp, civil::Date),
        days: &WorkingDays,
    ) -> Result<(Self, Does)> {
        let (made, to): (&Move, &State) = workflow.step(&self.state, id, by)?;
        self.deadline = match to.kind {
            StateKind::Open => self.deadline.resume(now.1),
            StateKind::Waiting | StateKind::Closed => self.deadline.pause(now.1, days),
        };
        self.due_on = match to.kind {
            StateKind::Closed => self.due_on,
            StateKind::Open | StateKind::Waiting => self.deadline.due(days),
        };
        self.closed_at = (to.kind == StateKind::Closed).then_some(now.0);
        self.state.clone_from(&to.id);
        self.kind = to.kind;
        self.outcome = to.outcome;
        Ok((self, made.does))
    }

    pub fn must_be_open(&self) -> Result<()> {
        if self.is_closed() { Err(Error::Conflict("casework-problem-closed")) } else { Ok(()) }
    }
}

/// Ten digits in groups, with the Buddhist year first: `69-4821-7305`.
pub fn new_number(today: civil::Date) -> String {
    let digits = engine::id::code(&CodeAlphabet::Digits, 8);
    format!("{:02}-{}-{}", engine::thai::buddhist_year(today) % 100, &digits[..4], &digits[4..])
}

/// As people type it: spaces, Thai digits and missing dashes do no harm.
pub fn normalised_number(text: &str) -> String {
    let digits: String = engine::thai::arabic_digits(text).chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 10 {
        return digits;
    }
    format!("{}-{}-{}", &digits[..2], &digits[2..6], &digits[6..])
}

/// Twelve letters and digits that are not taken for one another (58 bits): `K7MP-Q2XN-8RTW`.
pub fn new_secret() -> String {
    let code = engine::id::code(&CodeAlphabet::Readable, 12);
    format!("{}-{}-{}", &code[..4], &code[4..8], &code[8..])
}

/// What is stored and compared of a typed secret.
pub fn secret_fingerprint(typed: &str) -> String {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    engine::id::fingerprint(&plain.to_uppercase())
}

pub fn kind_code(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Open => "open",
        StateKind::Waiting => "waiting",
        StateKind::Closed => "closed",
    }
}
