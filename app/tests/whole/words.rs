//! Words: the same keys in every language, each one asked for, each one known, none half translated.

use std::collections::BTreeSet;

use engine::Lang;
use sala::MODULES;

use crate::{Source, root, sources};

#[test]
fn every_word_is_in_every_language() {
    let words = sala::words().unwrap();
    let sorted = |lang| {
        let mut keys = words.keys(lang).to_vec();
        keys.sort();
        keys
    };
    assert_eq!(sorted(Lang::Th), sorted(Lang::En));
    let mut unique = sorted(Lang::Th);
    unique.dedup();
    assert_eq!(unique.len(), words.keys(Lang::Th).len(), "a key stands twice");
}

/// `{ $number }` in one language and not in the other is a fact that half the readers miss.
#[test]
fn both_languages_tell_the_same_facts() {
    let words = sala::words().unwrap();
    let facts = |lang, key: &str| -> BTreeSet<String> {
        let said = words.with(lang, key, &[]);
        let named = said.split("{$").skip(1).filter_map(|rest| rest.split('}').next());
        named.map(str::to_owned).collect()
    };
    // A count that chooses the plural in English is not named by it where it says "one".
    for key in words.keys(Lang::Th).iter().filter(|key| !is_plural(key)) {
        assert_eq!(facts(Lang::Th, key), facts(Lang::En, key), "{key}");
    }
}

fn is_plural(key: &str) -> bool {
    locales("en").iter().any(|file| {
        file.text.contains(&format!("\n{key} = {{")) && {
            let after = file.text.split(&format!("\n{key} = {{")).nth(1).unwrap();
            after.lines().next().unwrap().contains("->")
        }
    })
}

fn locales(lang: &str) -> Vec<Source> {
    let all = sources(&["platform", "domains"], "ftl");
    all.into_iter().filter(|file| file.path.ends_with(&format!("/{lang}.ftl"))).collect()
}

#[test]
fn thai_is_thai_and_english_is_english() {
    let thai = |text: &str| text.chars().any(|sign| ('\u{e00}'..='\u{e7f}').contains(&sign));
    let words = sala::words().unwrap();
    for key in words.keys(Lang::Th) {
        let (in_thai, in_english) = (words.with(Lang::Th, key, &[]), words.with(Lang::En, key, &[]));
        let names_a_language = in_thai == in_english;
        assert!(thai(&in_thai) || names_a_language, "{key} in Thai: {in_thai}");
        assert!(!thai(&in_english) || names_a_language, "{key} in English: {in_english}");
    }
}

#[test]
fn every_event_has_a_sentence_in_every_language() {
    let words = sala::words().unwrap();
    for kind in MODULES.iter().flat_map(|module| module.events) {
        let key = format!("event-{}", kind.replace('.', "-"));
        for lang in Lang::ALL {
            assert!(words.has(lang, &key), "{key} is missing in {}", lang.code());
        }
    }
}

#[test]
fn every_event_begins_with_its_module_and_stands_once() {
    let mut seen = BTreeSet::new();
    for module in MODULES {
        for kind in module.events {
            assert!(kind.starts_with(&format!("{}.", module.name)), "{kind} of {}", module.name);
            assert!(seen.insert(*kind), "{kind} stands twice");
        }
    }
}

#[test]
fn every_permission_is_explained_in_every_language() {
    let words = sala::words().unwrap();
    for permission in MODULES.iter().flat_map(|module| module.permissions) {
        let key = format!("permission-{}", permission.name.replace('.', "-"));
        assert!(Lang::ALL.into_iter().all(|lang| words.has(lang, &key)), "{key} is missing");
    }
}

fn code() -> Vec<Source> {
    let mut all = sources(&["platform", "domains", "app/src"], "rs");
    all.extend(sources(&["platform", "domains"], "html"));
    all
}

fn is_key(text: &str) -> bool {
    text.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "-_".contains(sign))
}

/// The first words of keys: `casework`, `problem`, `event`, …
fn starts() -> BTreeSet<String> {
    let words = sala::words().unwrap();
    words.keys(Lang::Th).iter().map(|key| key.split('-').next().unwrap().to_owned()).collect()
}

/// What stands between quotes in code or template and looks like a key. In templates a key may end in
/// `-` where the rest is a value.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '\'']).filter(|part| part.contains('-') && is_key(part))
}

/// What a form page or a message asks for by the start of its keys alone.
const PARTS: &[&str] = &["title", "lead", "button", "subject", "text"];

/// A key in a template or in code that no language knows would be shown as it is.
#[test]
fn every_word_that_is_asked_for_is_known() {
    let words = sala::words().unwrap();
    let starts = starts();
    for file in code() {
        for start in &starts {
            let opening = format!("\"{start}-");
            for rest in file.text.split(&opening).skip(1) {
                let key = format!("{start}-{}", rest.split('"').next().unwrap());
                let is_start = key.ends_with('-');
                let known = words.has(Lang::Th, &key)
                    || PARTS.iter().any(|part| words.has(Lang::Th, &format!("{key}-{part}")));
                if is_key(&key) && !is_start && !NOT_KEYS.contains(&key.as_str()) {
                    assert!(known, "{} asks for {key}", file.path);
                }
            }
        }
    }
}

/// Names that begin like keys and are none: ids of elements, limits, cookies.
const NOT_KEYS: &[&str] = &[];

/// Families of keys whose end is a value: `format!("event-{}", …)` and the like.
fn families() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in code() {
        for part in file.text.split('"').filter(|part| part.contains("-{")) {
            found.insert(part.split('{').next().unwrap().to_owned());
        }
        for part in quoted(&file.text).filter(|part| part.ends_with('-')) {
            found.insert(part.to_owned());
        }
    }
    found.into_iter().filter(|start| start.len() > 4).collect()
}

/// Words whose page is on its way.
const AWAITED: &[&str] =
    &["casework-menu-desk", "casework-menu-counter", "web-telephone", "problem-files-many"];

/// A word that nothing asks for misleads whoever translates.
#[test]
fn every_word_is_asked_for() {
    let code = code();
    let asked: BTreeSet<String> =
        code.iter().flat_map(|file| quoted(&file.text).map(str::to_owned).collect::<Vec<_>>()).collect();
    let families = families();
    let is_part = |key: &str| {
        let start = key.rsplit_once('-').filter(|(_, part)| PARTS.contains(part)).map(|(start, _)| start);
        start.is_some_and(|start| asked.contains(start))
    };
    let unused: Vec<String> = sala::words()
        .unwrap()
        .keys(Lang::Th)
        .iter()
        .filter(|key| !AWAITED.contains(&key.as_str()))
        .filter(|key| {
            !asked.contains(*key)
                && !families.iter().any(|start| key.starts_with(start.as_str()))
                && !is_part(key)
        })
        .cloned()
        .collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?} below {}", root().display());
}
