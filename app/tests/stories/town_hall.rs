//! The demo town is complete: units, villages, and what it says of itself.

use sala::demo::profile;

const PAGES: [&str; 4] = ["about", "contact", "accessibility", "privacy"];

#[test]
fn every_unit_that_works_on_a_service_is_a_unit_of_the_town() {
    let profile = profile().unwrap();
    for offered in casework::service::shipped().unwrap() {
        let service = offered.service;
        let steps = service.manual.steps.iter().map(|step| &step.unit);
        for unit in steps.chain([&service.unit]) {
            assert!(profile.unit(unit).is_some(), "{}: {unit}", service.slug);
        }
    }
}

#[test]
fn every_unit_has_a_head_and_a_telephone_and_every_village_a_name() {
    let profile = profile().unwrap();
    assert_eq!(profile.units.len(), 7);
    for unit in &profile.units {
        assert!(!unit.head.th.is_empty() && !unit.head.en.is_empty(), "{}", unit.id);
        assert_eq!(unit.telephone.len(), 9, "{}", unit.id);
    }
    let numbers: Vec<u32> = profile.villages.iter().map(|village| village.number).collect();
    assert_eq!(numbers, (1..=14).collect::<Vec<_>>());
    assert!(
        profile.villages.iter().all(|village| !village.name.th.is_empty() && !village.name.en.is_empty())
    );
}

#[test]
fn the_pages_of_the_town_are_written_in_both_languages_and_hold_no_code() {
    let profile = profile().unwrap();
    for name in PAGES {
        let text = &profile.pages[name];
        for html in [&text.th, &text.en] {
            assert!(html.matches("<h2>").count() >= 4, "{name}: headings");
            for forbidden in ["<script", "<style", "style=", "onclick", "<h1"] {
                assert!(!html.contains(forbidden), "{name}: {forbidden}");
            }
            assert_eq!(html.matches("<table>").count(), html.matches("<caption>").count(), "{name}");
            assert_eq!(html.matches("<th ").count(), html.matches("scope=").count(), "{name}");
        }
        let headings = |html: &str| html.matches("<h2>").count();
        assert_eq!(headings(&text.th), headings(&text.en), "{name}: the same in both languages");
    }
}

/// Who reads the contact page finds every unit of the town on it, with the telephone it answers.
#[test]
fn the_contact_page_agrees_with_the_units() {
    let profile = profile().unwrap();
    let contact = &profile.pages["contact"];
    for unit in &profile.units {
        let link = format!("tel:{}", unit.telephone);
        for (html, name, head) in
            [(&contact.th, &unit.name.th, &unit.head.th), (&contact.en, &unit.name.en, &unit.head.en)]
        {
            assert!(html.contains(name) && html.contains(head) && html.contains(&link), "{}", unit.id);
        }
    }
}
