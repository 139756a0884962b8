//! Questions read from what a form posted: dates in Buddhist years, identity and telephone numbers as
//! people type them, and whatever else a browser may send.

use engine::civil::{Date, date};
use engine::questionnaire::{Answers, Kind, Posted, Question, Step};
use engine::thai::{long_date, short_date, thai_digits};
use engine::{Error, Lang, json};
use proptest::prelude::*;

fn step(kind: &str) -> Step {
    let text = json!({ "th": "คำถาม", "en": "Question" });
    let option = json!([{ "value": "one", "label": text }, { "value": "two", "label": text }]);
    let question = json!({ "id": "q", "kind": kind, "label": text, "options": option });
    serde_json::from_value(json!({ "id": "step", "title": text, "question": [question] })).unwrap()
}

/// What the step makes of these fields; `None` where it refuses them.
fn read(step: &Step, pairs: &[(&str, String)]) -> Option<Answers> {
    let pairs: Vec<(String, String)> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let posted = Posted { pairs: &pairs, today: date(2026, 11, 2), lang: Lang::Th };
    match step.read(&posted, &Answers::default()) {
        Ok(answers) => Some(answers),
        Err(Error::Invalid(invalid)) => {
            assert!(invalid.problems.iter().all(|problem| problem.field.starts_with('q')), "{invalid:?}");
            None
        }
        Err(other) => panic!("{other}"),
    }
}

fn day_fields(day: i64, month: i64, year: i64, thai: bool) -> [(&'static str, String); 3] {
    let typed = |number: i64| if thai { thai_digits(&number.to_string()) } else { number.to_string() };
    [("q-day", typed(day)), ("q-month", typed(month)), ("q-year", typed(year))]
}

proptest! {
    #[test]
    fn a_day_survives_being_typed_in_the_buddhist_year(offset in 0i64..100_000, thai: bool) {
        let day = date(1880, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap();
        let fields = day_fields(day.day().into(), day.month().into(), i64::from(day.year()) + 543, thai);
        prop_assert_eq!(read(&step("date"), &fields).unwrap().date("q"), Some(day));
        let year = (day.year() + 543).to_string();
        prop_assert!(long_date(day, Lang::Th).ends_with(&year));
        prop_assert!(short_date(day, Lang::Th).ends_with(&year[2..]));
        prop_assert!(long_date(day, Lang::En).ends_with(&day.year().to_string()));
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_refused(day in -1i64..40, month in -1i64..16, year in 2300i64..2800) {
        let exists = i16::try_from(year - 543).ok().filter(|_| (2400..=2700).contains(&year)).is_some_and(|year| {
            Date::new(year, month as i8, day as i8).is_ok()
        });
        prop_assert_eq!(read(&step("date"), &day_fields(day, month, year, false)).is_some(), exists);
    }

    #[test]
    fn an_identity_number_is_known_however_it_is_grouped(first in prop::collection::vec(0u32..10, 12), thai: bool, dashed: bool) {
        let sum: u32 = first.iter().zip((2..=13).rev()).map(|(digit, weight)| digit * weight).sum();
        let id: String = first.iter().chain([&((11 - sum % 11) % 10)]).map(u32::to_string).collect();
        let mut typed = engine::thai::format_national_id(&id);
        if !dashed { typed = typed.replace('-', " "); }
        if thai { typed = thai_digits(&typed); }
        let answers = read(&step("national_id"), &[("q", typed)]).unwrap();
        prop_assert_eq!(answers.text("q"), id);
    }

    #[test]
    fn a_telephone_number_is_known_however_it_is_grouped(digits in "0[2-9][0-9]{7,8}", thai: bool, abroad: bool) {
        let mut typed = engine::thai::format_telephone(&digits);
        if abroad { typed = format!("+66 {}", &digits[1..]); }
        if thai { typed = thai_digits(&typed); }
        let answers = read(&step("telephone"), &[("q", typed)]).unwrap();
        prop_assert_eq!(answers.text("q"), digits);
    }

    /// Any bytes a browser could send are an answer or a problem at the field, and never a panic.
    #[test]
    fn whatever_is_sent_is_answered(value in any::<String>(), part in "(-day|-month|-year|-line|-village|-subdistrict|-place|-lat|-lng)?") {
        let name = format!("q{part}");
        for kind in ["text", "long_text", "whole_number", "money", "date", "choice", "choices", "national_id",
            "telephone", "email", "address", "location", "declaration"] {
            let fields = [(name.as_str(), value.clone()), ("q", value.clone())];
            if let Some(answers) = read(&step(kind), &fields) {
                prop_assert!(answers.0.len() <= 1);
                let kept = answers.0.get("q").map(ToString::to_string).unwrap_or_default();
                prop_assert!(kept.len() < 70_000, "{} keeps {} bytes", kind, kept.len());
            }
        }
    }

    #[test]
    fn only_what_was_offered_can_be_chosen(value in "[a-z]{1,5}") {
        let known = value == "one" || value == "two";
        prop_assert_eq!(read(&step("choice"), &[("q", value.clone())]).is_some(), known);
        prop_assert_eq!(read(&step("choices"), &[("q", value)]).is_some(), known);
    }
}

/// A new kind of question is thought of above.
#[test]
fn every_kind_is_tried() {
    let question = |kind: &str| -> Question { step(kind).questions.remove(0) };
    let tried = [
        "text",
        "long_text",
        "whole_number",
        "money",
        "date",
        "choice",
        "choices",
        "national_id",
        "telephone",
        "email",
        "address",
        "location",
        "file",
        "declaration",
    ];
    for kind in tried {
        match question(kind).kind {
            Kind::Text
            | Kind::LongText
            | Kind::WholeNumber
            | Kind::Money
            | Kind::Date
            | Kind::Choice
            | Kind::Choices
            | Kind::NationalId
            | Kind::Telephone
            | Kind::Email
            | Kind::Address
            | Kind::Location
            | Kind::File
            | Kind::Declaration => {}
        }
    }
}
