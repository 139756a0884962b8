//! A service as data: what the public manual says, the form, the benefit it computes. Pure.

use engine::questionnaire::{Answers, Questionnaire};
use engine::workflow::Workflow;
use engine::{Error, Lang, Result, Text, civil};
use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};

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
    #[serde(default)]
    pub steps: Vec<ManualStep>,
    #[serde(default)]
    pub documents: Vec<ManualDocument>,
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

/// An amount that follows from an answer, explained to the applicant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Benefit {
    pub kind: BenefitKind,
    pub question: String,
    pub explanation: Text,
    pub bands: Vec<Band>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BenefitKind {
    ByAge,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Band {
    pub from: i64,
    #[serde(default)]
    pub to: Option<i64>,
    pub satang: i64,
}

pub struct Computed {
    pub age: i64,
    pub satang: i64,
    pub explanation: String,
}

/// Full years on that day.
pub fn age_on(birth: civil::Date, day: civil::Date) -> i64 {
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    i64::from(day.year() - birth.year()) - i64::from(before_birthday)
}

impl Benefit {
    /// `None` while the answer is missing or below every band.
    pub fn compute(&self, answers: &Answers, today: civil::Date, lang: Lang) -> Option<Computed> {
        let age = age_on(answers.date(&self.question)?, today);
        let band = self.bands.iter().find(|band| age >= band.from && band.to.is_none_or(|to| age <= to))?;
        let explanation = self
            .explanation
            .get(lang)
            .replace("{age}", &age.to_string())
            .replace("{amount}", &engine::thai::baht(band.satang));
        Some(Computed { age, satang: band.satang, explanation })
    }
}

impl Service {
    pub fn load(source: &str) -> Result<Self> {
        let service: Self = toml::from_str(source)?;
        let mut faults = service.form.faults();
        for role in ["applicant_name", "applicant_telephone"] {
            if !service.form.questions().any(|question| question.role.as_deref() == Some(role)) {
                faults.push(format!("no question has the role {role}"));
            }
        }
        if faults.is_empty() {
            return Ok(service);
        }
        Err(Error::Internal(format!("service {}: {}", service.slug, faults.join("; "))))
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
