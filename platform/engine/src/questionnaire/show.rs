//! Answers as their reader would write them: on "check your answers", to the officer, on paper.

use super::{Answers, Kind, Question, Questionnaire};
use crate::thai::{baht, format_national_id, format_telephone, long_date};
use crate::{Json, Lang};

/// The shown answers of one step.
pub struct Group {
    pub step: String,
    pub title: String,
    pub answers: Vec<Shown>,
}

pub struct Shown {
    pub question: String,
    pub label: String,
    pub lines: Vec<String>,
    /// Ids of files, for links.
    pub files: Vec<String>,
    pub national_id: bool,
}

impl Questionnaire {
    pub fn shown(&self, answers: &Answers, lang: Lang) -> Vec<Group> {
        self.visible_steps(answers)
            .map(|step| Group {
                step: step.id.clone(),
                title: step.title.get(lang).to_owned(),
                answers: step
                    .questions
                    .iter()
                    .filter(|question| question.is_visible(answers))
                    .map(|question| question.shown(answers.0.get(&question.id), lang))
                    .collect(),
            })
            .collect()
    }
}

impl Question {
    fn shown(&self, answer: Option<&Json>, lang: Lang) -> Shown {
        let files = match (self.kind, answer) {
            (Kind::File, Some(Json::Array(ids))) => {
                ids.iter().filter_map(Json::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        Shown {
            question: self.id.clone(),
            label: self.label.get(lang).to_owned(),
            lines: answer.map(|answer| self.lines(answer, lang)).unwrap_or_default(),
            files,
            national_id: self.kind == Kind::NationalId,
        }
    }

    fn lines(&self, answer: &Json, lang: Lang) -> Vec<String> {
        let text = answer.as_str().unwrap_or_default();
        match self.kind {
            Kind::WholeNumber => vec![answer.to_string()],
            Kind::Money => {
                let unit = if lang == Lang::Th { "บาท" } else { "baht" };
                vec![format!("{} {unit}", baht(answer.as_i64().unwrap_or_default()))]
            }
            Kind::Date => text.parse().map(|day| long_date(day, lang)).into_iter().collect(),
            Kind::Choice => vec![self.option(text, lang)],
            Kind::Choices => {
                let chosen = answer.as_array().into_iter().flatten().filter_map(Json::as_str);
                chosen.map(|value| self.option(value, lang)).collect()
            }
            Kind::NationalId => vec![format_national_id(text)],
            Kind::Telephone => vec![format_telephone(text)],
            Kind::Address => address(answer, lang),
            Kind::Location => location(answer),
            Kind::File => Vec::new(),
            Kind::Declaration => vec![if lang == Lang::Th { "ยืนยันแล้ว" } else { "Confirmed" }.to_owned()],
            Kind::Text | Kind::LongText | Kind::Email => text.lines().map(str::to_owned).collect(),
        }
    }

    fn option(&self, value: &str, lang: Lang) -> String {
        let found = self.options.iter().find(|option| option.value == value);
        found.map_or(value, |option| option.label.get(lang)).to_owned()
    }
}

fn part<'a>(answer: &'a Json, name: &str) -> &'a str {
    answer.get(name).and_then(Json::as_str).unwrap_or_default()
}

fn address(answer: &Json, lang: Lang) -> Vec<String> {
    let mut first = part(answer, "line").to_owned();
    let village = part(answer, "village_no");
    if !village.is_empty() {
        let word = if lang == Lang::Th { "หมู่ที่" } else { "Village no." };
        first.push_str(&format!(" {word} {village}"));
    }
    let place = crate::address::register().by_code(part(answer, "subdistrict"));
    std::iter::once(first).chain(place.map(|place| place.full(lang))).collect()
}

fn location(answer: &Json) -> Vec<String> {
    let degrees = |name: &str| answer.get(name).and_then(Json::as_f64);
    let point = degrees("lat").zip(degrees("lng")).map(|(lat, lng)| format!("{lat:.5}, {lng:.5}"));
    part(answer, "place").lines().map(str::to_owned).chain(point).collect()
}
