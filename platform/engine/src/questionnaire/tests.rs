//! Questionnaires by example: what is read, what is refused, what is shown.

#![allow(clippy::unwrap_used)]

use jiff::civil::date;

use super::*;
use crate::{Error, Lang, json};

fn question(toml: &str) -> Step {
    let source = format!(
        "id = \"s\"\ntitle = {{ th = \"ส\", en = \"S\" }}\n[[question]]\nid = \"q\"\nlabel = {{ th = \"คำถาม\", en = \"Question\" }}\n{toml}"
    );
    toml::from_str(&source).unwrap()
}

fn read(step: &Step, pairs: &[(&str, &str)]) -> std::result::Result<Answers, (String, &'static str)> {
    let pairs: Vec<(String, String)> =
        pairs.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
    let posted = Posted { pairs: &pairs, today: date(2026, 11, 23), lang: Lang::Th };
    step.read(&posted, &Answers::default()).map_err(|error| match error {
        Error::Invalid(invalid) => (invalid.problems[0].field.clone(), invalid.problems[0].key),
        other => panic!("{other}"),
    })
}

#[test]
fn a_date_is_typed_in_the_buddhist_year() {
    let step = question("kind = \"date\"\nmax_date = \"today-60y\"");
    let typed = |day, month, year| read(&step, &[("q-day", day), ("q-month", month), ("q-year", year)]);
    assert_eq!(typed("๙", "2", "๒๔๙๗").unwrap().text("q"), "1954-02-09");
    assert_eq!(typed("9", "2", "1954"), Err(("q-year".into(), "problem-buddhist-year")));
    assert_eq!(typed("30", "2", "2497"), Err(("q-day".into(), "problem-date")));
    assert_eq!(typed("9", "2", "2540"), Err(("q-day".into(), "problem-date-late")));
    assert_eq!(typed("", "", ""), Err(("q-day".into(), "problem-required")));
}

#[test]
fn numbers_are_taken_as_people_write_them() {
    let id = question("kind = \"national_id\"");
    assert_eq!(read(&id, &[("q", "3-1006-00445-63-5")]).unwrap().text("q"), "3100600445635");
    assert_eq!(read(&id, &[("q", "3100600445636")]), Err(("q".into(), "problem-national-id")));
    let telephone = question("kind = \"telephone\"");
    assert_eq!(read(&telephone, &[("q", "+66 81-234-5678")]).unwrap().text("q"), "0812345678");
    assert_eq!(read(&telephone, &[("q", "12345")]), Err(("q".into(), "problem-telephone")));
    let money = question("kind = \"money\"\nmax = 10000");
    assert_eq!(read(&money, &[("q", "๑๐๐")]).unwrap().0["q"], json!(10000));
    assert_eq!(read(&money, &[("q", "100.01")]), Err(("q".into(), "problem-above")));
}

#[test]
fn an_address_needs_a_known_subdistrict() {
    let step = question("kind = \"address\"");
    let typed = |place| read(&step, &[("q-line", "99/1"), ("q-village", "๓"), ("q-subdistrict", place)]);
    let answer = typed("ในเมือง เมืองขอนแก่น ขอนแก่น").unwrap();
    assert_eq!(answer.0["q"], json!({ "line": "99/1", "village_no": "3", "subdistrict": "400101" }));
    assert_eq!(typed("ไม่มี"), Err(("q-subdistrict".into(), "problem-subdistrict")));
}

#[test]
fn an_answer_goes_when_its_question_is_no_longer_shown() {
    let steps = r#"
id = "s"
title = { th = "ส", en = "S" }
[[question]]
id = "who"
kind = "choice"
label = { th = "ใคร", en = "Who" }
options = [{ value = "self", label = { th = "ตนเอง", en = "Myself" } }, { value = "other", label = { th = "ผู้อื่น", en = "Other" } }]
[[question]]
id = "name"
kind = "text"
label = { th = "ชื่อ", en = "Name" }
visible_if = { question = "who", is = ["other"] }
"#;
    let step: Step = toml::from_str(steps).unwrap();
    assert!(Questionnaire(vec![step.clone()]).faults().is_empty());
    assert_eq!(read(&step, &[("who", "other")]), Err(("name".into(), "problem-required")));
    let answers = read(&step, &[("who", "self"), ("name", "ทิ้ง")]).unwrap();
    assert_eq!(answers.0.len(), 1);
}

#[test]
fn what_is_wrong_with_questions_is_named() {
    let step = question("kind = \"choice\"\nvisible_if = { question = \"later\", is = [\"x\"] }");
    let faults = Questionnaire(vec![step]).faults().join("; ");
    assert!(faults.contains("have options") && faults.contains("does not come before"), "{faults}");
}

#[test]
fn files_are_what_was_attached_and_never_what_a_form_names() {
    let step = question("kind = \"file\"");
    assert_eq!(read(&step, &[("q", "someone-elses-file")]), Err(("q".into(), "problem-file-missing")));
    let mut so_far = Answers::default();
    so_far.set_files("q", &["a".to_owned(), "b".to_owned()]);
    let posted = Posted { pairs: &[], today: date(2026, 11, 23), lang: Lang::Th };
    let answers = step.read(&posted, &so_far).unwrap();
    assert_eq!(answers.files("q").collect::<Vec<_>>(), ["a", "b"]);
    so_far.set_files("q", &[]);
    assert!(step.read(&posted, &so_far).is_err());
}

#[test]
fn an_answer_that_hangs_on_a_changed_one_goes_through_all_steps() {
    let form: Questionnaire = Questionnaire(vec![
        toml::from_str(
            r#"
id = "one"
title = { th = "ก", en = "A" }
[[question]]
id = "pay"
kind = "choice"
label = { th = "ก", en = "A" }
options = [{ value = "bank", label = { th = "ก", en = "A" } }, { value = "cash", label = { th = "ข", en = "B" } }]
"#,
        )
        .unwrap(),
        toml::from_str(
            r#"
id = "two"
title = { th = "ข", en = "B" }
[[question]]
id = "account"
kind = "file"
label = { th = "ก", en = "A" }
visible_if = { question = "pay", is = ["bank"] }
"#,
        )
        .unwrap(),
        question("kind = \"text\"\nrequired = false"),
    ]);
    let mut answers = Answers::default();
    answers.0.insert("pay".into(), json!("bank"));
    answers.set_files("account", &["f".to_owned()]);
    assert_eq!(form.asked(&answers), answers);
    assert_eq!(form.files(&answers).collect::<Vec<_>>(), ["f"]);
    let progress = |answers: &Answers| form.0.iter().map(|step| step.progress(answers)).collect::<Vec<_>>();
    assert_eq!(progress(&answers), [Progress::Done, Progress::Done, Progress::Optional]);
    assert_eq!(progress(&Answers::default())[0], Progress::ToDo);
    answers.0.insert("pay".into(), json!("cash"));
    assert_eq!(form.asked(&answers).0.len(), 1);
}

#[test]
fn what_an_account_knows_is_taken_if_a_form_would_take_it() {
    let step = question("kind = \"telephone\"");
    assert_eq!(step.questions[0].accept("081-234-5678"), Some(json!("0812345678")));
    assert_eq!(step.questions[0].accept("none"), None);
    assert_eq!(step.questions[0].accept(" "), None);
}
