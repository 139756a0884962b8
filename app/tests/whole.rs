//! Tests about the whole: what ARCHITECTURE.md promises of every module.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use engine::Lang;
use sala::MODULES;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn files(folder: &Path, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(files(&entry, ending));
        } else if entry.extension().is_some_and(|extension| extension == ending) {
            let text = std::fs::read_to_string(&entry).unwrap();
            found.push((entry, text));
        }
    }
    found
}

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

#[test]
fn every_event_has_a_sentence_in_every_language() {
    let words = sala::words().unwrap();
    let kinds = MODULES.iter().flat_map(|module| module.events).chain(engine::holidays::KINDS);
    for kind in kinds {
        let key = format!("event-{}", kind.replace('.', "-"));
        for lang in Lang::ALL {
            assert!(words.has(lang, &key), "{key} is missing in {}", lang.code());
        }
    }
}

/// A key in a template or in code that no language knows would be shown as it is.
#[test]
fn every_word_that_is_asked_for_is_known() {
    let words = sala::words().unwrap();
    let sources = ["platform", "domains", "app/src"]
        .iter()
        .flat_map(|folder| [files(&root().join(folder), "rs"), files(&root().join(folder), "html")].concat());
    for (path, text) in sources {
        for start in ["\"web-", "\"casework-", "\"problem-"] {
            for rest in text.split(start).skip(1) {
                let key = format!("{}{}", &start[1..], rest.split('"').next().unwrap());
                if key.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-' || sign.is_ascii_digit()) {
                    assert!(words.has(Lang::Th, &key), "{} asks for {key}", path.display());
                }
            }
        }
    }
}

#[test]
fn sql_is_in_queries_alone() {
    for (path, text) in files(&root().join("domains"), "rs") {
        let is_queries =
            path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("queries"));
        for word in ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "] {
            assert!(is_queries || !text.contains(word), "{} holds {word}", path.display());
        }
    }
}

#[test]
fn rules_are_pure() {
    for name in ["case.rs", "service.rs"] {
        let text = std::fs::read_to_string(root().join("domains/casework/src").join(name)).unwrap();
        assert!(!text.contains(".await") && !text.contains("async fn"), "{name} waits for something");
    }
}

#[test]
fn domains_depend_on_the_platform_alone() {
    for (path, text) in files(&root().join("domains"), "toml") {
        if path.file_name().is_some_and(|name| name == "Cargo.toml") {
            assert!(!text.contains("machinery") && !text.contains("path ="), "{}", path.display());
        }
    }
}

#[test]
fn every_table_begins_its_key_with_the_municipality() {
    for (path, text) in files(&root().join("migrations"), "sql") {
        for table in text.split("CREATE TABLE ").skip(1) {
            let body = table.split(");").next().unwrap();
            let keyed = body.contains("PRIMARY KEY (municipality")
                || body.contains("municipality text NOT NULL PRIMARY KEY");
            assert!(keyed, "{}: {}", path.display(), table.lines().next().unwrap());
        }
    }
}

#[test]
fn every_file_says_what_is_here() {
    for folder in ["platform", "domains", "app"] {
        for (path, text) in files(&root().join(folder), "rs") {
            assert!(text.starts_with("//!") || path.ends_with("tests.rs"), "{}", path.display());
        }
    }
}
