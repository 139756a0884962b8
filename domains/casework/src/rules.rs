//! Rules that every shipped service keeps. The words of the manuals are for people to read; that they
//! are there, add up and can be found is for these tests.

use std::collections::BTreeSet;

use engine::calendar::{WorkingDays, seed_holidays};
use engine::questionnaire::{Answers, Kind, Posted};
use engine::workflow::{Does, Mover, StateKind};
use engine::{Error, Lang, Text, json};
use jiff::civil::date;

use crate::service::{Offered, Service, shipped};

const SLUGS: [&str; 8] = [
    "building-permit",
    "disability-allowance",
    "elderly-allowance",
    "hazardous-business",
    "information-request",
    "newborn-grant",
    "street-light-repair",
    "water-truck",
];

fn all() -> Vec<Offered> {
    shipped().unwrap()
}

fn found(asked: &str, lang: Lang) -> Vec<String> {
    let all = all();
    let fits = |one: &&Offered| engine::search_words::found_in(&one.service.searchable(lang), asked);
    all.iter().filter(fits).map(|one| one.service.slug.clone()).collect()
}

fn texts(service: &Service) -> Vec<&Text> {
    let manual = &service.manual;
    let mut texts = vec![&service.title, &service.summary, &manual.fee];
    texts.extend(manual.who_may.iter().chain(&manual.conditions).chain(&manual.legal_basis));
    texts.extend(manual.steps.iter().map(|step| &step.text));
    texts.extend(manual.documents.iter().flat_map(|document| [&document.text, &document.copies]));
    texts.extend(manual.fees.iter().flat_map(|fee| [&fee.text, &fee.amount]));
    for step in &service.form.0 {
        texts.push(&step.title);
        texts.extend(&step.help);
        for question in &step.questions {
            texts.push(&question.label);
            texts.extend(&question.help);
            texts.extend(question.options.iter().map(|option| &option.label));
            texts.extend(question.options.iter().filter_map(|option| option.help.as_ref()));
        }
    }
    texts
}

fn has_thai(text: &str) -> bool {
    text.chars().any(|sign| ('\u{0E01}'..='\u{0E5B}').contains(&sign))
}

#[test]
fn the_catalogue_holds_the_eight_services() {
    let slugs: Vec<String> = all().into_iter().map(|one| one.service.slug).collect();
    assert_eq!(slugs, SLUGS);
}

#[test]
fn every_manual_is_complete_in_both_languages() {
    for one in all() {
        let (slug, manual) = (&one.service.slug, &one.service.manual);
        for (part, count) in [
            ("who may", manual.who_may.len()),
            ("conditions", manual.conditions.len()),
            ("legal basis", manual.legal_basis.len()),
            ("documents", manual.documents.len()),
        ] {
            assert!(count > 0, "{slug}: nothing under {part}");
        }
        assert!(manual.steps.len() >= 3, "{slug}: steps");
        assert!(manual.steps.iter().all(|step| step.working_days > 0 && !step.unit.is_empty()), "{slug}");
        for text in texts(&one.service) {
            assert!(has_thai(&text.th), "{slug}: Thai of {text:?}");
            assert!(!text.en.is_empty() && !has_thai(&text.en), "{slug}: English of {text:?}");
        }
    }
}

#[test]
fn the_working_days_of_the_steps_add_up() {
    for one in all() {
        let sum: u32 = one.service.manual.steps.iter().map(|step| step.working_days).sum();
        assert_eq!(sum, one.service.working_days, "{}", one.service.slug);
    }
}

/// The acts count calendar days; the office counts working days and must not be later.
#[test]
fn working_days_never_exceed_the_calendar_days_of_the_act() {
    let days = WorkingDays { holidays: seed_holidays().into_iter().map(|holiday| holiday.date).collect() };
    for (slug, limit) in [("building-permit", 45), ("hazardous-business", 30), ("information-request", 15)] {
        let own = all().into_iter().find(|one| one.service.slug == slug).unwrap().service.working_days;
        let mut day = date(2018, 1, 1);
        while day < date(2030, 10, 1) {
            let last = day.checked_add(jiff::Span::new().days(limit)).unwrap();
            assert!(days.add(day, own) <= last, "{slug} received on {day}");
            day = day.tomorrow().unwrap();
        }
    }
}

#[test]
fn every_letter_names_the_application_and_gives_the_reasons() {
    for one in all() {
        let letters = &one.service.letter;
        for letter in [&letters.granted, &letters.refused] {
            let words = letter.paragraphs.join("\n");
            for place in ["{number}", "{submitted_on}", "{reasons}"] {
                assert!(words.contains(place), "{}: {place}", one.service.slug);
            }
            assert_eq!(letter.paragraphs.last().unwrap(), "จึงเรียนมาเพื่อโปรดทราบ", "{}", one.service.slug);
        }
        let pays = one.service.benefit.is_some();
        assert_eq!(letters.granted.paragraphs.join(" ").contains("{amount}"), pays, "{}", one.service.slug);
    }
}

#[test]
fn every_refusal_tells_how_to_appeal_and_by_which_law() {
    for one in all() {
        let (law, days) = match one.service.slug.as_str() {
            "building-permit" => ("พระราชบัญญัติควบคุมอาคาร พ.ศ. 2522 มาตรา 52", "ภายใน 30 วัน"),
            "hazardous-business" => ("พระราชบัญญัติการสาธารณสุข พ.ศ. 2535 มาตรา 66", "ภายใน 30 วัน"),
            "information-request" => ("พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540 มาตรา 18", "ภายใน 15 วัน"),
            _ => ("พระราชบัญญัติวิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539 มาตรา 44", "ภายใน 15 วัน"),
        };
        let words = one.service.letter.refused.paragraphs.join("\n");
        assert!(words.contains(law) && words.contains(days), "{}", one.service.slug);
    }
}

#[test]
fn every_workflow_can_grant_refuse_ask_supply_and_withdraw() {
    for one in all() {
        let by = |does: Does| match does {
            Does::Supply | Does::Withdraw => Mover::Applicant,
            Does::Progress | Does::Ask | Does::Grant | Does::Refuse => Mover::Officer,
        };
        for does in [Does::Grant, Does::Refuse, Does::Ask, Does::Supply, Does::Withdraw] {
            let has = one.workflow.moves.iter().any(|made| made.does == does && made.by == by(does));
            assert!(has, "{}: {does:?}", one.workflow.name);
        }
    }
}

/// Where the office waits, the applicant can act and the office can go on without an answer.
#[test]
fn no_case_waits_for_ever() {
    for one in all() {
        for state in one.workflow.states.iter().filter(|state| state.kind == StateKind::Waiting) {
            let does = |does| one.workflow.doing(&state.id, does).is_some();
            assert!(does(Does::Supply), "{}: {}", one.workflow.name, state.id);
            assert!(does(Does::Progress), "{}: {}", one.workflow.name, state.id);
            assert!(does(Does::Refuse), "{}: {}", one.workflow.name, state.id);
            assert!(does(Does::Withdraw), "{}: {}", one.workflow.name, state.id);
        }
    }
}

#[test]
fn a_village_finds_each_service_by_its_own_words() {
    for (asked, slug) in [
        ("ไฟดับ", "street-light-repair"),
        ("เงินคนแก่", "elderly-allowance"),
        ("เบี้ยผู้สูงอายุ", "elderly-allowance"),
        ("น้ำไม่ไหล", "water-truck"),
        ("ภัยแล้ง", "water-truck"),
        ("คนพิการ", "disability-allowance"),
        ("ลูกเกิดใหม่", "newborn-grant"),
        ("เด็กแรกเกิด", "newborn-grant"),
        ("สร้างบ้าน", "building-permit"),
        ("ต่อเติมบ้าน", "building-permit"),
        ("ร้านอาหาร", "hazardous-business"),
        ("อู่ซ่อมรถ", "hazardous-business"),
        ("ขอเอกสาร", "information-request"),
    ] {
        assert_eq!(found(asked, Lang::Th), [slug], "{asked}");
    }
}

#[test]
fn each_service_is_found_in_english() {
    for (asked, slug) in [
        ("street light", "street-light-repair"),
        ("pension", "elderly-allowance"),
        ("no water", "water-truck"),
        ("disabled", "disability-allowance"),
        ("newborn", "newborn-grant"),
        ("build a house", "building-permit"),
        ("restaurant", "hazardous-business"),
        ("car repair", "hazardous-business"),
        ("freedom of information", "information-request"),
    ] {
        assert_eq!(found(asked, Lang::En), [slug], "{asked}");
    }
}

#[test]
fn papers_that_can_be_shown_at_the_counter_may_be_left_out() {
    for one in all() {
        let mut questions = one.service.form.questions();
        assert!(questions.all(|question| question.kind != Kind::File || !question.required));
    }
}

#[test]
fn what_is_wrong_with_a_service_is_named() {
    let source = include_str!("../catalogue/services/water-truck.toml");
    let told = |from: &str, to: &str| {
        let spoiled = source.replace(from, to);
        assert_ne!(spoiled, source, "{from}");
        match Service::load(&spoiled) {
            Err(Error::Internal(told)) => told,
            other => panic!("{other:?}"),
        }
    };
    assert!(told("working_days = 3", "working_days = 9").contains("the steps take 3"));
    assert!(told("เนื่องจาก {reasons}", "เนื่องจาก {reason}").contains("{reason}"));
    assert!(told("เนื่องจาก {reasons}", "เดือนละ {amount} บาท {reasons}").contains("{amount}"));
    assert!(told("role = \"applicant_name\"", "").contains("applicant_name"));
}

/// The carer of a child with a disability, and the person alone: each sees only what concerns them.
#[test]
fn a_form_asks_only_what_concerns_the_applicant() {
    let service = all().into_iter().find(|one| one.service.slug == "disability-allowance").unwrap().service;
    let steps = |applies: &str| {
        let pairs = [("applies".to_owned(), applies.to_owned())];
        let posted = Posted { pairs: &pairs, today: date(2026, 11, 26), lang: Lang::Th };
        let answers = service.form.step("who").unwrap().read(&posted, &Answers::default()).unwrap();
        service.form.visible_steps(&answers).map(|step| step.id.clone()).collect::<BTreeSet<_>>()
    };
    assert!(!steps("self").contains("representative"));
    assert!(steps("carer").contains("representative"));
}

/// Whoever signs is the applicant: the carer, else the person; the company, else the owner.
#[test]
fn the_applicant_is_whoever_acts() {
    let all = all();
    let applicant = |slug: &str, answers: &[(&str, &str)]| {
        let service = &all.iter().find(|one| one.service.slug == slug).unwrap().service;
        let answers = answers.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
        service.form.role("applicant_name", &Answers(answers)).map(str::to_owned)
    };
    let carer = [("representative_name", "นางคำปุ่น ศรีสุข"), ("person_name", "เด็กชายภูผา ศรีสุข")];
    assert_eq!(applicant("disability-allowance", &carer).unwrap(), "นางคำปุ่น ศรีสุข");
    assert_eq!(applicant("disability-allowance", &[("own_name", "นายบุญมี แก้วใส")]).unwrap(), "นายบุญมี แก้วใส");
    let company = [("full_name", "นายดำ ดีงาม"), ("company_name", "บริษัท ดำการช่าง จำกัด")];
    assert_eq!(applicant("building-permit", &company).unwrap(), "บริษัท ดำการช่าง จำกัด");
}
