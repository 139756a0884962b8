//! The rules of a case: pure, with no clock, database or request.

use engine::calendar::{Deadline, WorkingDays};
use engine::questionnaire::Answers;
use engine::workflow::{Does, Move, Mover, Outcome, State, StateKind, Workflow};
use engine::{Actor, CodeAlphabet, Error, Lang, PersonId, Result, Timestamp, civil, id};

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
    /// The case that came of it, once it was sent.
    pub number: Option<String>,
}

impl DraftId {
    /// What its files hang on.
    pub fn subject(&self) -> String {
        format!("casework.draft/{self}")
    }
}

impl Draft {
    pub fn subject(&self) -> String {
        self.id.subject()
    }

    pub fn path(&self) -> String {
        format!("/drafts/{}", self.id)
    }

    /// Whoever opens it goes on with the draft, so it is told to the applicant alone.
    pub fn resume_path(&self, secret: &str) -> String {
        format!("/drafts/{}/resume/{secret}", self.id)
    }

    pub fn must_be_unsent(&self) -> Result<()> {
        if self.number.is_some() { Err(Error::Conflict("casework-problem-sent")) } else { Ok(()) }
    }
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

    /// Nobody works on a case that is their own (Administrative Procedure Act B.E. 2539, section 13).
    pub fn must_be_someone_elses(&self, officer: &Actor) -> Result<()> {
        let own = self.person.is_some() && self.person.as_ref() == officer.person();
        if own { Err(Error::Conflict("casework-problem-own-case")) } else { Ok(()) }
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
    grouped(&engine::id::code(&CodeAlphabet::Readable, 12))
}

/// The secret of the case that comes of a draft. It follows from the draft's own secret and the
/// case, so that an applicant whose line broke while sending gets the same one by sending again.
pub fn secret_after(draft_secret: &str, case: &CaseId) -> String {
    let seed = engine::id::fingerprint(&format!("{case}/{}", plain(draft_secret)));
    grouped(&engine::id::code_from(&CodeAlphabet::Readable, &seed, 12))
}

fn grouped(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// A typed secret as it was given out.
pub fn normalised_secret(typed: &str) -> String {
    grouped(&plain(typed))
}

/// What is stored and compared of a typed secret.
pub fn secret_fingerprint(typed: &str) -> String {
    engine::id::fingerprint(&plain(typed))
}

/// As people type it: dashes, spaces, small letters and Thai digits do no harm.
fn plain(typed: &str) -> String {
    let typed = engine::thai::arabic_digits(typed).to_uppercase();
    typed.chars().filter(char::is_ascii_alphanumeric).collect()
}

pub fn kind_code(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Open => "open",
        StateKind::Waiting => "waiting",
        StateKind::Closed => "closed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_gets_the_same_secret_from_the_same_draft_and_no_other() {
        let (case, other) = (CaseId::from("01A"), CaseId::from("01B"));
        let secret = secret_after("K7MP-Q2XN-8RTW", &case);
        assert_eq!(secret, secret_after("k7mp q2xn 8rtw", &case));
        assert_ne!(secret, secret_after("K7MP-Q2XN-8RTW", &other));
        assert_ne!(secret, secret_after("K7MP-Q2XN-8RTV", &case));
        assert_eq!((secret.len(), secret.matches('-').count()), (14, 2), "{secret}");
        assert_eq!(normalised_secret(&secret.replace('-', "").to_lowercase()), secret);
    }

    #[test]
    fn a_secret_is_the_same_however_it_is_typed() {
        let given = secret_fingerprint("K7MP-Q2XN-8RTW");
        for typed in ["k7mpq2xn8rtw", "K7MP Q2XN 8RTW", " k๗mp-q๒xn-๘rtw "] {
            assert_eq!(secret_fingerprint(typed), given, "{typed}");
        }
        assert_ne!(secret_fingerprint("K7MP-Q2XN-8RTV"), given);
    }
}
