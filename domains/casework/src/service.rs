//! A service as data: what the public manual says, the form, the letters, checked when it is loaded.
//! What a benefit amounts to is in `benefit`.

use engine::questionnaire::Questionnaire;
use engine::workflow::Workflow;
use engine::{Error, Lang, Result, Text};
use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

pub use crate::benefit::{Benefit, Computed};

static CATALOGUE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/catalogue");

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Service {
    pub slug: String,
    pub version: i64,
    pub unit: String,
    pub theme: String,
    pub icon: String,
    pub title: Text,
    pub summary: Text,
    #[serde(default)]
    pub keywords: Keywords,
    pub workflow: String,
    pub working_days: u32,
    #[serde(default)]
    pub fee_satang: i64,
    pub manual: Manual,
    #[serde(default)]
    pub benefit: Option<Benefit>,
    pub letter: Letters,
    #[serde(rename = "step")]
    pub form: Questionnaire,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Keywords {
    #[serde(default)]
    pub th: Vec<String>,
    #[serde(default)]
    pub en: Vec<String>,
}

/// The public manual of section 7 of the Licensing Facilitation Act B.E. 2558.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manual {
    #[serde(default)]
    pub who_may: Vec<Text>,
    #[serde(default)]
    pub conditions: Vec<Text>,
    #[serde(default)]
    pub legal_basis: Vec<Text>,
    pub fee: Text,
    /// The schedule, where the fee depends on what is applied for.
    #[serde(default)]
    pub fees: Vec<ManualFee>,
    #[serde(default)]
    pub steps: Vec<ManualStep>,
    #[serde(default)]
    pub documents: Vec<ManualDocument>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ManualFee {
    pub text: Text,
    pub amount: Text,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ManualStep {
    pub text: Text,
    #[serde(default)]
    pub working_days: u32,
    #[serde(default)]
    pub unit: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ManualDocument {
    pub text: Text,
    #[serde(default)]
    pub copies: Text,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Letters {
    pub granted: LetterText,
    pub refused: LetterText,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LetterText {
    pub subject: String,
    pub paragraphs: Vec<String>,
}

/// What a letter may leave open, to be filled in from the case.
pub const PLACEHOLDERS: [&str; 7] =
    ["{service}", "{number}", "{submitted_on}", "{amount}", "{due_on}", "{applicant}", "{reasons}"];

impl Service {
    pub fn load(source: &str) -> Result<Self> {
        let service: Self = toml::from_str(source)?;
        let faults = service.faults();
        if faults.is_empty() {
            return Ok(service);
        }
        Err(Error::Internal(format!("service {}: {}", service.slug, faults.join("; "))))
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = self.form.faults();
        for role in ["applicant_name", "applicant_telephone"] {
            if !self.form.questions().any(|question| question.role.as_deref() == Some(role)) {
                faults.push(format!("no question has the role {role}"));
            }
        }
        let sum: u32 = self.manual.steps.iter().map(|step| step.working_days).sum();
        if sum != self.working_days {
            faults.push(format!("the steps take {sum} working days, the service {}", self.working_days));
        }
        let unknown = self.letter.texts().flat_map(open_places).filter(|place| !self.fills(place));
        faults.extend(unknown.map(|place| format!("a letter leaves open {place}, which nothing fills")));
        faults.extend(self.benefit.iter().flat_map(|benefit| benefit.faults(&self.form)));
        faults
    }

    fn fills(&self, place: &str) -> bool {
        PLACEHOLDERS.contains(&place) && (place != "{amount}" || self.benefit.is_some())
    }

    /// All words a resident may look for.
    pub fn searchable(&self, lang: Lang) -> String {
        let keywords = match lang {
            Lang::Th => &self.keywords.th,
            Lang::En => &self.keywords.en,
        };
        [self.title.get(lang), self.summary.get(lang), &keywords.join(" ")].join(" ")
    }
}

impl Letters {
    fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.granted, &self.refused]
            .into_iter()
            .flat_map(|letter| std::iter::once(&letter.subject).chain(&letter.paragraphs))
            .map(String::as_str)
    }
}

/// What stands in braces in a text, braces included.
fn open_places(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{').map(|(at, _)| match text[at..].find('}') {
        Some(end) => &text[at..=at + end],
        None => &text[at..],
    })
}

/// A service with the workflow that its cases follow.
#[derive(Debug, Clone)]
pub struct Offered {
    pub service: Service,
    pub workflow: Workflow,
}

/// The catalogue that a new municipality begins with, in the order of its files' names.
pub fn shipped() -> Result<Vec<Offered>> {
    let folder = |name: &str| CATALOGUE.get_dir(name).into_iter().flat_map(|folder| folder.files());
    let workflows = folder("workflows")
        .filter_map(|file| file.contents_utf8())
        .map(Workflow::load)
        .collect::<Result<Vec<_>>>()?;
    folder("services")
        .filter_map(|file| file.contents_utf8())
        .map(|source| {
            let service = Service::load(source)?;
            let workflow = workflows.iter().find(|one| one.name == service.workflow).cloned();
            let workflow = workflow.ok_or_else(|| {
                Error::Internal(format!("service {}: no workflow {}", service.slug, service.workflow))
            })?;
            Ok(Offered { service, workflow })
        })
        .collect()
}
