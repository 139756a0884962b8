//! The shape of the code: who depends on whom, where SQL, rules, time and HTML may stand.

use std::collections::BTreeSet;

use crate::{Source, root, sources};

/// The dependencies that a crate's manifest names in a section.
fn dependencies(manifest: &str, section: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(manifest)).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let named = table.get(section).and_then(toml::Value::as_table);
    named.into_iter().flat_map(toml::Table::keys).cloned().collect()
}

fn workspace() -> BTreeSet<String> {
    let manifests = sources(&["app", "domains", "platform"], "toml");
    let crates = manifests.iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    crates
        .map(|file| {
            toml::from_str::<toml::Table>(&file.text).unwrap()["package"]["name"].as_str().unwrap().to_owned()
        })
        .collect()
}

/// `app → domains → identity → web → engine`, `machinery → engine`; `testing` for tests alone.
#[test]
fn domains_depend_on_the_platform_alone() {
    let ours = workspace();
    let allowed: &[(&str, &[&str])] = &[
        ("platform/engine", &[]),
        ("platform/machinery", &["engine"]),
        ("platform/web", &["engine"]),
        ("platform/identity", &["engine", "web"]),
        ("platform/testing", &["engine"]),
    ];
    for file in
        sources(&["domains", "platform"], "toml").iter().filter(|file| file.path.ends_with("/Cargo.toml"))
    {
        let folder = file.path.trim_end_matches("/Cargo.toml");
        let may: &[&str] = match allowed.iter().find(|(one, _)| *one == folder) {
            Some((_, may)) => may,
            None => {
                assert!(folder.starts_with("domains/"), "{folder} is new: say here what it may depend on");
                &["engine", "identity", "web"]
            }
        };
        for section in ["dependencies", "build-dependencies"] {
            for name in dependencies(&file.path, section).intersection(&ours) {
                assert!(may.contains(&name.as_str()), "{folder} must not depend on {name}");
            }
        }
        for name in dependencies(&file.path, "dev-dependencies").intersection(&ours) {
            assert!(
                may.contains(&name.as_str()) || name == "testing",
                "{folder} must not be tested with {name}"
            );
        }
        assert!(!file.text.contains("path ="), "{folder} names a crate by its path, past the workspace");
    }
    assert!(
        !dependencies("app/Cargo.toml", "dependencies").contains("testing"),
        "tests stay out of the binary"
    );
}

/// What is built on the engine: the domains, and of the platform the frame and identity.
fn modules() -> Vec<Source> {
    let mut all = sources(&["domains", "platform"], "rs");
    all.retain(|file| {
        !["engine", "machinery", "testing"]
            .iter()
            .any(|one| file.path.starts_with(&format!("platform/{one}/")))
    });
    all
}

fn in_queries(path: &str) -> bool {
    path.split('/').any(|part| part == "queries" || part == "queries.rs")
}

#[test]
fn sql_is_in_queries_alone() {
    for file in modules() {
        for word in ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "] {
            assert!(in_queries(&file.path) || !file.text.contains(word), "{} holds {word}", file.path);
        }
    }
}

/// A module's SQL names its own tables and the engine's none.
#[test]
fn no_module_reads_the_tables_of_another() {
    let tables = crate::retention::tables();
    for file in modules().iter().filter(|file| in_queries(&file.path)) {
        let own = format!("{}_", file.path.split('/').nth(1).unwrap());
        let words: BTreeSet<&str> =
            file.text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').collect();
        for table in tables.iter().filter(|table| words.contains(table.as_str())) {
            assert!(table.starts_with(&own), "{} reads {table}", file.path);
        }
    }
}

/// The things of a domain, each a file beside `lib.rs`: no clock, no database, no request, no waiting.
#[test]
fn rules_are_pure() {
    for path in [
        "domains/casework/src/case.rs",
        "domains/casework/src/service.rs",
        "platform/engine/src/workflow.rs",
        "platform/engine/src/calendar.rs",
        "platform/engine/src/thai.rs",
    ] {
        let text = std::fs::read_to_string(root().join(path)).unwrap();
        let rules = text.split("#[cfg(test)]").next().unwrap();
        for word in [".await", "async fn", "Town", "Tx", "Visit", "db::", ".now()"] {
            assert!(!rules.contains(word), "{path} holds {word}");
        }
    }
}

#[test]
fn html_is_in_templates_alone() {
    for file in modules() {
        let code = file.text.split("#[cfg(test)]").next().unwrap();
        for tag in ["\"<div", "\"<p", "\"<a ", "\"<span", "\"<form", "\"<input", "\"<ul", "\"<table"] {
            assert!(!code.contains(tag), "{} holds {tag}", file.path);
        }
    }
}

/// The policy of the portal forbids both, and a page that asks for them would be broken.
#[test]
fn templates_hold_no_script_and_no_style() {
    for file in sources(&["domains", "platform"], "html") {
        for sign in [" style=", " onclick=", " onchange=", " onsubmit=", "javascript:", "<style"] {
            assert!(!file.text.contains(sign), "{} holds {sign}", file.path);
        }
        for script in file.text.split("<script").skip(1) {
            assert!(
                script.split('>').next().unwrap().contains("src="),
                "{} holds a script of its own",
                file.path
            );
        }
        let trusted = UNESCAPED.iter().any(|(path, _)| *path == file.path);
        assert!(trusted || !file.text.contains("|safe"), "{} lets text through unescaped", file.path);
    }
}

/// Templates that let HTML through, and whose it is.
const UNESCAPED: &[(&str, &str)] =
    &[("platform/web/templates/text.html", "the office's own pages, from its profile")];

#[test]
fn every_table_begins_its_key_with_the_municipality() {
    for file in sources(&["migrations"], "sql") {
        for table in file.text.split("CREATE TABLE ").skip(1) {
            let body = table.split(");").next().unwrap();
            let keyed = body.contains("PRIMARY KEY (municipality")
                || body.contains("municipality text NOT NULL PRIMARY KEY");
            assert!(keyed, "{}: {}", file.path, table.lines().next().unwrap());
        }
        for index in file.text.split("INDEX ").skip(1).filter(|index| !index.starts_with("engine_jobs_due")) {
            let columns = index.split('(').nth(1).unwrap();
            assert!(columns.starts_with("municipality"), "{}: {}", file.path, index.lines().next().unwrap());
        }
    }
}

/// `20260302_casework_cases.sql`: day, owner, what.
#[test]
fn migrations_are_named_by_day_owner_and_what() {
    for file in sources(&["migrations"], "sql") {
        let name = file.path.trim_start_matches("migrations/").trim_end_matches(".sql");
        let (day, rest) = name.split_once('_').unwrap();
        let owner = rest.split('_').next().unwrap();
        assert!(day.len() == 8 && day.parse::<u32>().is_ok(), "{name} does not begin with a day");
        assert!(["engine", "identity", "casework"].contains(&owner), "{name} belongs to nobody");
        for table in file.text.split("CREATE TABLE ").skip(1) {
            assert!(table.starts_with(&format!("{owner}_")), "{name} makes a table of another's");
        }
    }
}

#[test]
fn every_file_says_what_is_here() {
    for file in sources(&["platform", "domains", "app"], "rs") {
        assert!(file.text.starts_with("//!"), "{}", file.path);
    }
}

/// Longer than this and a file is two. Each exception says why.
const LONGEST: usize = 350;
const MAY_BE_LONGER: &[(&str, &str)] = &[];

#[test]
fn files_are_short() {
    for file in sources(&["platform", "domains", "app"], "rs") {
        let excused = MAY_BE_LONGER.iter().any(|(path, _)| *path == file.path);
        let lines = file.text.lines().count();
        assert!(excused || lines <= LONGEST, "{} has {lines} lines", file.path);
        assert!(!excused || lines > LONGEST, "{} is short again: take it off the list", file.path);
    }
}
