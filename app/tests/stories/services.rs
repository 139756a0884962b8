//! Each of the eight services from the first question to the letter, and the ways a permit takes.

use casework::case::{Case, Channel};
use casework::operations;
use casework::permissions::{DECIDE, READ, WORK};
use casework::service::{Offered, shipped};
use engine::documents::{self, Letter, Paper};
use engine::questionnaire::{Kind, Posted, Question};
use engine::workflow::{Does, Mover, Workflow};
use engine::{Actor, Lang, Town, civil};

use crate::story;
use crate::town::{On, TestTown, officer};

/// Which option of each choice an applicant takes, so that both ends of every branch are walked.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    First,
    Last,
}

story!(every_service_is_applied_for_and_granted, town, {
    for offered in shipped().unwrap() {
        let case = applies(&town.town, &offered, Takes::First).await;
        let case = decided(&town.town, &offered.workflow, case, Does::Grant).await;
        let letter = letter(&town.town, &case).await;
        let words = letter.paragraphs.join("\n");
        assert!(words.contains(&case.number) && words.contains("ครบถ้วนตามหลักเกณฑ์"), "{words}");
        assert!(!words.contains('{') && !words.contains("เดือนละ  บาท"), "{words}");
        assert_eq!((letter.telephone.is_empty(), letter.unit.is_empty()), (false, false));
    }
    town.work().await;
    assert_eq!(town.events().await.iter().filter(|kind| *kind == "casework.case.granted").count(), 8);
    town.verify().await;
});

story!(every_service_is_applied_for_and_refused_with_the_way_to_appeal, town, {
    for offered in shipped().unwrap() {
        let case = applies(&town.town, &offered, Takes::Last).await;
        let case = decided(&town.town, &offered.workflow, case, Does::Refuse).await;
        let words = letter(&town.town, &case).await.paragraphs.join("\n");
        assert!(words.contains("ท่านมีสิทธิ") && words.contains("มาตรา"), "{words}");
    }
    town.work().await;
    assert_eq!(town.events().await.iter().filter(|kind| *kind == "casework.case.refused").count(), 8);
    town.verify().await;
});

story!(a_building_permit_waits_for_the_fee_and_the_clock_with_it, town, {
    let permit = shipped().unwrap().into_iter().find(|one| one.service.slug == "building-permit").unwrap();
    let case = applies(&town.town, &permit, Takes::First).await;
    let (number, head) = (case.number.as_str(), head());
    let goes = async |id: &str, text: &str| operations::make_move(&town.town, &head, number, id, text).await;
    goes("begin", "").await.unwrap();
    goes("inspect", "").await.unwrap();
    town.days(7);
    goes("consider", "").await.unwrap();
    let case = goes("notify-fee", "ค่าใบอนุญาต 20 บาท ค่าตรวจแบบ 60 บาท").await.unwrap();
    assert_eq!((case.state.as_str(), case.due_on), ("fee", None));
    town.days(28);
    let applicant = Actor::holder(case.id.as_str());
    let case = operations::supply(&town.town, &applicant, number, "โอนแล้ววันนี้").await.unwrap();
    // 24 working days from 2 November, of which 5 are used; four weeks of waiting do not count.
    assert_eq!((case.state.as_str(), case.due_on), ("signing", Some(civil::date(2027, 1, 6))));
    let case = goes("grant", "ให้เว้นระยะร่น 3 เมตร").await.unwrap();
    assert!(letter(&town.town, &case).await.paragraphs.iter().any(|text| text.contains("ระยะร่น 3 เมตร")));
    town.work().await;
    assert_eq!(
        town.events().await,
        [
            "casework.case.submitted",
            "casework.case.moved",
            "casework.case.moved",
            "casework.case.moved",
            "casework.case.asked",
            "casework.case.supplied",
            "casework.case.granted"
        ]
    );
    town.verify().await;
});

story!(an_applicant_who_brings_the_paper_to_the_office_need_not_send_it, town, {
    let grant = shipped().unwrap().into_iter().find(|one| one.service.slug == "newborn-grant").unwrap();
    let case = applies(&town.town, &grant, Takes::First).await;
    let (number, head) = (case.number.as_str(), head());
    operations::make_move(&town.town, &head, number, "ask", "ขอแบบ ดร.02 ที่ลงนามแล้ว").await.unwrap();
    town.days(2);
    let case = operations::make_move(&town.town, &head, number, "receive", "").await.unwrap();
    assert_eq!(case.state, "review");
    assert!(case.due_on.is_some(), "the clock runs again");
    town.work().await;
    assert_eq!(
        town.events().await,
        ["casework.case.submitted", "casework.case.asked", "casework.case.moved"]
    );
    town.verify().await;
});

/// Whoever may decide on every service.
fn head() -> Actor {
    let units = ["clerk", "engineering", "health", "welfare"].map(str::to_owned).to_vec();
    Actor { units, ..officer("kanchana", &[READ, WORK, DECIDE]) }
}

async fn applies(town: &Town, offered: &Offered, takes: Takes) -> Case {
    let visitor = Actor::visitor();
    let slug = &offered.service.slug;
    let (mut draft, secret) = operations::start_draft(town, &visitor, slug, Channel::Online).await.unwrap();
    for step in &offered.service.form.0 {
        if !step.is_visible(&draft.answers) {
            continue;
        }
        let pairs: Vec<_> = step.questions.iter().flat_map(|question| typed(question, takes)).collect();
        let posted = Posted { pairs: &pairs, today: town.clock().today(), lang: Lang::Th };
        let saved = operations::save_step(town, &visitor, (&draft.id, &secret), &step.id, &posted).await;
        draft = saved.unwrap_or_else(|error| panic!("{slug} {}: {error:?}", step.id));
    }
    operations::submit(town, &visitor, (&draft.id, &secret), Lang::Th).await.unwrap().0
}

fn typed(question: &Question, takes: Takes) -> Vec<(String, String)> {
    let of = |part: &str, value: &str| (format!("{}{part}", question.id), value.to_owned());
    let option = match takes {
        Takes::First => question.options.first(),
        Takes::Last => question.options.last(),
    };
    let chosen = option.map_or("", |option| option.value.as_str());
    match question.kind {
        Kind::Text if question.role.as_deref() == Some("applicant_name") => vec![of("", "นางคำปุ่น ศรีสุข")],
        Kind::Text | Kind::LongText => vec![of("", "บ้านโนนม่วง หมู่ 4")],
        Kind::WholeNumber => vec![of("", &question.min.unwrap_or(1).max(2).to_string())],
        Kind::Money => vec![of("", "60,000")],
        Kind::Date => {
            let year = match (question.min_date.as_deref(), question.max_date.as_deref()) {
                (Some("today"), _) => "2570",
                (Some(_), _) => "2568",
                (None, Some("today")) => "2555",
                (None, _) => "2493",
            };
            vec![of("-day", "9"), of("-month", "2"), of("-year", year)]
        }
        Kind::Choice | Kind::Choices => vec![of("", chosen)],
        Kind::NationalId => vec![of("", "3-1006-00445-63-5")],
        Kind::Telephone => vec![of("", "081 234 5678")],
        Kind::Email => vec![of("", "khampun@example.com")],
        Kind::Address => {
            vec![of("-line", "99/1"), of("-village", "4"), of("-subdistrict", "ในเมือง เมืองขอนแก่น ขอนแก่น")]
        }
        Kind::Location => vec![of("-place", "หน้าวัดโพธิ์ชัย หมู่ 9")],
        Kind::File => Vec::new(),
        Kind::Declaration => vec![of("", "yes")],
    }
}

/// Takes the case by the shortest way of its workflow to such a decision.
async fn decided(town: &Town, workflow: &Workflow, mut case: Case, does: Does) -> Case {
    for id in way_to(workflow, does) {
        case = operations::make_move(town, &head(), &case.number, &id, "ครบถ้วนตามหลักเกณฑ์").await.unwrap();
    }
    assert!(case.is_closed());
    case
}

fn way_to(workflow: &Workflow, does: Does) -> Vec<String> {
    let mut ways = std::collections::VecDeque::from([(workflow.initial.clone(), Vec::new())]);
    while let Some((state, way)) = ways.pop_front() {
        for made in workflow.moves_from(&state, Mover::Officer) {
            let longer: Vec<String> = way.iter().cloned().chain([made.id.clone()]).collect();
            if made.does == does {
                return longer;
            }
            if made.does == Does::Progress && longer.len() < 8 {
                ways.push_back((made.to.clone(), longer));
            }
        }
    }
    panic!("{}: no way to {does:?}", workflow.name)
}

async fn letter(town: &Town, case: &Case) -> Letter {
    let all = documents::of_subject(&mut town.db(), town.id(), &case.subject()).await.unwrap();
    let last = all.into_iter().rfind(|document| document.kind == "letter").unwrap();
    match documents::paper(&mut town.db(), town.id(), &last.id).await.unwrap() {
        Paper::Letter(letter) => letter,
        Paper::Receipt(_) => unreachable!("it is kept as a letter"),
    }
}
