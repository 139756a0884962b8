//! A question as a field of a form: what was typed or answered before, and what is wrong with it.

use engine::files::File;
use engine::questionnaire::{Answers, Kind, Question, Step};
use engine::thai::{baht, buddhist_year};
use engine::{Json, Lang};

use crate::{FieldError, Pairs};

pub struct Field {
    pub id: String,
    pub label: String,
    pub help: Option<String>,
    pub required: bool,
    pub error: Option<String>,
    pub input: Input,
    /// Shown only with these answers to an earlier question of the same page.
    pub visible_question: String,
    pub visible_values: String,
}

pub enum Input {
    Line { value: String, mode: &'static str, autocomplete: &'static str, short: bool },
    Password { autocomplete: &'static str },
    Area { value: String },
    Options { several: bool, options: Vec<FieldOption> },
    Date { parts: [String; 3] },
    Address { line: String, village: String, subdistrict: String, offered: Vec<String> },
    Location { place: String, lat: String, lng: String },
    File { kept: Vec<KeptFile>, most: usize },
    Declaration { given: bool },
}

/// A file that was sent, as a page lists it.
pub struct KeptFile {
    pub id: String,
    pub name: String,
    pub size: String,
    pub href: String,
    /// Small enough a picture to be shown where it is listed.
    pub picture: bool,
}

/// A telephone on a slow line is not made to fetch large photographs only to list them.
const LARGEST_SHOWN: i64 = 1024 * 1024;

impl KeptFile {
    /// `base` is the path of what the file belongs to.
    pub fn of(file: &File, base: &str) -> Self {
        let kilobytes = (file.size + 1023) / 1024;
        Self {
            id: file.id.clone(),
            name: file.name.clone(),
            size: match kilobytes {
                0..1024 => format!("{kilobytes} KB"),
                _ => format!("{}.{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024),
            },
            href: format!("{base}/files/{}", file.id),
            picture: file.is_image() && file.size <= LARGEST_SHOWN,
        }
    }
}

pub struct FieldOption {
    pub value: String,
    pub label: String,
    pub help: Option<String>,
    pub chosen: bool,
}

/// Where a field's value comes from: what was just typed and refused, or the answers so far.
pub enum Filled<'a> {
    Typed(&'a Pairs),
    Answered(&'a Answers),
}

impl Filled<'_> {
    fn text(&self, question: &Question) -> String {
        match self {
            Self::Typed(pairs) => pairs.get(&question.id).to_owned(),
            Self::Answered(answers) => match answers.0.get(&question.id) {
                Some(Json::String(text)) => text.clone(),
                Some(Json::Number(number)) if question.kind == Kind::Money => {
                    baht(number.as_i64().unwrap_or_default())
                }
                Some(Json::Number(number)) => number.to_string(),
                _ => String::new(),
            },
        }
    }

    fn holds(&self, question: &Question, value: &str) -> bool {
        match self {
            Self::Typed(pairs) => pairs.all(&question.id).any(|typed| typed == value),
            Self::Answered(answers) => match answers.0.get(&question.id) {
                Some(Json::String(text)) => text == value,
                Some(Json::Array(several)) => several.iter().any(|one| one.as_str() == Some(value)),
                Some(Json::Bool(given)) => *given && value == "yes",
                _ => false,
            },
        }
    }

    fn part(&self, question: &Question, posted: &str, kept: &str) -> String {
        match self {
            Self::Typed(pairs) => pairs.get(&format!("{}-{posted}", question.id)).to_owned(),
            Self::Answered(answers) => {
                match answers.0.get(&question.id).and_then(|answer| answer.get(kept)) {
                    Some(Json::String(text)) => text.clone(),
                    Some(Json::Number(number)) => number.to_string(),
                    _ => String::new(),
                }
            }
        }
    }

    fn date(&self, question: &Question) -> [String; 3] {
        match self {
            Self::Typed(_) => ["day", "month", "year"].map(|part| self.part(question, part, "")),
            Self::Answered(answers) => answers.date(&question.id).map_or_else(Default::default, |day| {
                [day.day().to_string(), day.month().to_string(), buddhist_year(day).to_string()]
            }),
        }
    }

    fn answers(&self, step: &Step) -> Answers {
        match self {
            Self::Answered(answers) => (*answers).clone(),
            Self::Typed(pairs) => Answers(
                step.questions
                    .iter()
                    .map(|question| (question.id.clone(), Json::from(pairs.get(&question.id))))
                    .collect(),
            ),
        }
    }
}

/// The fields of a step. A question that hangs on one of the same page is always there, so that
/// the page works without scripts; one that hangs on an earlier page is there if it applies.
pub fn fields(
    step: &Step,
    so_far: &Answers,
    filled: &Filled<'_>,
    errors: &[FieldError],
    lang: Lang,
    province: &str,
) -> Vec<Field> {
    let here = |id: &str| step.questions.iter().any(|question| question.id == id);
    let mut known = so_far.clone();
    known.0.extend(filled.answers(step).0);
    step.questions
        .iter()
        .filter(|question| {
            question.visible_if.as_ref().is_none_or(|rule| here(&rule.question))
                || question.is_visible(&known)
        })
        .map(|question| field(question, filled, errors, lang, province, here))
        .collect()
}

fn field(
    question: &Question,
    filled: &Filled<'_>,
    errors: &[FieldError],
    lang: Lang,
    province: &str,
    here: impl Fn(&str) -> bool,
) -> Field {
    let rule = question.visible_if.as_ref().filter(|rule| here(&rule.question));
    let parts = ["", "-day", "-month", "-year", "-line", "-village", "-subdistrict", "-place"];
    let names = parts.map(|part| format!("{}{part}", question.id));
    let wrong = errors.iter().filter(|error| names.contains(&error.field));
    let wrong: Vec<&str> = wrong.map(|error| error.message.as_str()).collect();
    Field {
        id: question.id.clone(),
        label: question.label.get(lang).to_owned(),
        help: question.help.as_ref().map(|help| help.get(lang).to_owned()),
        required: question.required,
        error: Some(wrong.join(" ")).filter(|message| !message.is_empty()),
        input: input(question, filled, lang, province),
        visible_question: rule.map_or_else(String::new, |rule| rule.question.clone()),
        visible_values: rule.map_or_else(String::new, |rule| rule.is.join(" ")),
    }
}

fn input(question: &Question, filled: &Filled<'_>, lang: Lang, province: &str) -> Input {
    let line =
        |mode, autocomplete, short| Input::Line { value: filled.text(question), mode, autocomplete, short };
    match question.kind {
        Kind::Text if question.role.as_deref() == Some("applicant_name") => line("text", "name", false),
        Kind::Text => line("text", "off", false),
        Kind::WholeNumber => line("numeric", "off", true),
        Kind::Money => line("decimal", "off", true),
        Kind::NationalId => line("numeric", "off", false),
        Kind::Telephone => line("tel", "tel", false),
        Kind::Email => line("email", "email", false),
        Kind::LongText => Input::Area { value: filled.text(question) },
        Kind::Choice | Kind::Choices => Input::Options {
            several: question.kind == Kind::Choices,
            options: question
                .options
                .iter()
                .map(|option| FieldOption {
                    value: option.value.clone(),
                    label: option.label.get(lang).to_owned(),
                    help: option.help.as_ref().map(|help| help.get(lang).to_owned()),
                    chosen: filled.holds(question, &option.value),
                })
                .collect(),
        },
        Kind::Date => Input::Date { parts: filled.date(question) },
        Kind::Address => address(question, filled, province),
        Kind::Location => Input::Location {
            place: filled.part(question, "place", "place"),
            lat: filled.part(question, "lat", "lat"),
            lng: filled.part(question, "lng", "lng"),
        },
        Kind::File => Input::File { kept: Vec::new(), most: question.most_files() },
        Kind::Declaration => Input::Declaration { given: filled.holds(question, "yes") },
    }
}

/// The municipality's own province is offered; any other subdistrict can be typed.
fn address(question: &Question, filled: &Filled<'_>, province: &str) -> Input {
    let register = engine::address::register();
    let given = filled.part(question, "subdistrict", "subdistrict");
    Input::Address {
        line: filled.part(question, "line", "line"),
        village: filled.part(question, "village", "village_no"),
        subdistrict: register.by_code(&given).map_or(given, engine::address::Subdistrict::label),
        offered: register.under(province).map(engine::address::Subdistrict::label).collect(),
    }
}
