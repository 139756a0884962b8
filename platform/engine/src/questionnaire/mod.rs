//! Questions and answers as data: applications today, surveys and tests tomorrow. A question is
//! read from what a form posted, checked in plain words, and shown again as its reader would write it.

mod read;
mod show;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use read::{Posted, email};
pub use show::{Group, Shown};

use crate::{Json, Text};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    pub id: String,
    pub title: Text,
    #[serde(default)]
    pub help: Option<Text>,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    pub id: String,
    pub kind: Kind,
    pub label: Text,
    #[serde(default)]
    pub help: Option<Text>,
    #[serde(default = "yes")]
    pub required: bool,
    #[serde(default)]
    pub visible_if: Option<VisibleIf>,
    /// Whole number: its value; money: satang; text: signs; choices: how many.
    #[serde(default)]
    pub min: Option<i64>,
    #[serde(default)]
    pub max: Option<i64>,
    /// `today`, `today-60y` or a day such as `2026-10-01`.
    #[serde(default)]
    pub min_date: Option<String>,
    #[serde(default)]
    pub max_date: Option<String>,
    #[serde(default)]
    pub options: Vec<Choice>,
    #[serde(default)]
    pub accept: Vec<String>,
    /// What the domain reads from the answer, such as `applicant_name`.
    #[serde(default)]
    pub role: Option<String>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text,
    LongText,
    WholeNumber,
    Money,
    Date,
    Choice,
    Choices,
    NationalId,
    Telephone,
    Email,
    Address,
    Location,
    File,
    Declaration,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VisibleIf {
    pub question: String,
    pub is: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub label: Text,
    #[serde(default)]
    pub help: Option<Text>,
}

/// Answers by question. Dates are ISO days of the common era, money satang, an address
/// `{line, village_no, subdistrict}` with the code of the subdistrict, files a list of ids.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Json>);

impl Answers {
    pub fn text(&self, question: &str) -> &str {
        self.0.get(question).and_then(Json::as_str).unwrap_or_default()
    }

    pub fn date(&self, question: &str) -> Option<jiff::civil::Date> {
        self.text(question).parse().ok()
    }

    /// Ids of the files that answer a question.
    pub fn files(&self, question: &str) -> impl Iterator<Item = &str> {
        self.0.get(question).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
    }

    pub fn set_files(&mut self, question: &str, files: &[String]) {
        if files.is_empty() {
            self.0.remove(question);
        } else {
            self.0.insert(question.to_owned(), crate::json!(files));
        }
    }

    fn holds_one_of(&self, question: &str, values: &[String]) -> bool {
        match self.0.get(question) {
            Some(Json::String(one)) => values.contains(one),
            Some(Json::Array(several)) => {
                several.iter().filter_map(Json::as_str).any(|one| values.iter().any(|value| value == one))
            }
            _ => false,
        }
    }
}

impl Question {
    pub fn is_visible(&self, answers: &Answers) -> bool {
        self.visible_if.as_ref().is_none_or(|rule| answers.holds_one_of(&rule.question, &rule.is))
    }
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    ToDo,
    /// Nothing in it must be answered, and nothing was.
    Optional,
    Done,
}

impl Step {
    pub fn is_visible(&self, answers: &Answers) -> bool {
        self.questions.iter().any(|question| question.is_visible(answers))
    }

    pub fn progress(&self, answers: &Answers) -> Progress {
        let asked = || self.questions.iter().filter(|question| question.is_visible(answers));
        let answered = |question: &Question| answers.0.contains_key(&question.id);
        if asked().any(|question| question.required && !answered(question)) {
            Progress::ToDo
        } else if asked().any(answered) {
            Progress::Done
        } else {
            Progress::Optional
        }
    }
}

/// Files taken for a question that does not say how many.
const USUAL_FILES: usize = 5;

impl Question {
    pub fn most_files(&self) -> usize {
        self.max.and_then(|max| usize::try_from(max).ok()).unwrap_or(USUAL_FILES)
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Questionnaire(pub Vec<Step>);

impl Questionnaire {
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.0.iter().find(|step| step.id == id)
    }

    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.0.iter().flat_map(|step| &step.questions)
    }

    pub fn visible_steps<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = &'a Step> {
        self.0.iter().filter(|step| step.is_visible(answers))
    }

    /// The question that plays a role and was answered.
    pub fn role<'a>(&'a self, role: &'a str, answers: &'a Answers) -> Option<&'a str> {
        self.questions()
            .filter(|question| question.role.as_deref() == Some(role))
            .map(|question| answers.text(&question.id))
            .find(|answer| !answer.is_empty())
    }

    /// Steps in which a required answer is still missing.
    pub fn unfinished<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = &'a Step> {
        self.visible_steps(answers).filter(|step| step.progress(answers) == Progress::ToDo)
    }

    /// The answers to questions that are asked: an answer goes when its question is no longer
    /// shown, also in later steps, so that nobody sends what they no longer see.
    pub fn asked(&self, answers: &Answers) -> Answers {
        let mut kept = Answers::default();
        for question in self.questions().filter(|question| answers.0.contains_key(&question.id)) {
            if question.is_visible(&kept) {
                kept.0
                    .extend(answers.0.get(&question.id).map(|answer| (question.id.clone(), answer.clone())));
            }
        }
        kept
    }

    /// Ids of all files among the answers.
    pub fn files<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = &'a str> {
        let questions = self.questions().filter(|question| question.kind == Kind::File);
        questions.flat_map(|question| answers.files(&question.id))
    }

    /// What is wrong with the questions themselves, found when they are loaded.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut steps = BTreeSet::new();
        let mut earlier: BTreeMap<&str, &Question> = BTreeMap::new();
        for step in &self.0 {
            if !steps.insert(step.id.as_str()) {
                faults.push(format!("step {} stands twice", step.id));
            }
            for question in &step.questions {
                question.faults(&earlier, &mut faults);
                if earlier.insert(&question.id, question).is_some() {
                    faults.push(format!("question {} stands twice", question.id));
                }
            }
        }
        faults
    }
}

impl Question {
    fn faults(&self, earlier: &BTreeMap<&str, &Question>, faults: &mut Vec<String>) {
        let chosen = matches!(self.kind, Kind::Choice | Kind::Choices);
        if chosen == self.options.is_empty() {
            faults.push(format!("question {}: choices, and no others, have options", self.id));
        }
        if let (Some(min), Some(max)) = (self.min, self.max)
            && min > max
        {
            faults.push(format!("question {}: min is above max", self.id));
        }
        let Some(rule) = &self.visible_if else { return };
        match earlier.get(rule.question.as_str()) {
            None => faults.push(format!(
                "question {} depends on {}, which does not come before it",
                self.id, rule.question
            )),
            Some(other) => {
                for value in &rule.is {
                    if !other.options.iter().any(|option| option.value == *value) {
                        faults.push(format!(
                            "question {} depends on the option {value} that {} does not have",
                            self.id, rule.question
                        ));
                    }
                }
            }
        }
    }
}
