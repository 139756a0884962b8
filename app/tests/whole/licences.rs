//! Licences: everything that is part of the binary may be passed on under terms a public office can
//! keep. Terms of reference of Thai offices commonly rule out the GPL family; see docs/decisions.

use std::process::Command;

use engine::Json;

use crate::root;

/// The terms we take. `deny.toml` says the same for cargo-deny.
fn allowed() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let all = table["licenses"]["allow"].as_array().unwrap();
    all.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Whether one way through an SPDX expression is allowed: `(MIT OR GPL-3.0) AND ISC`.
fn permits(expression: &str, allowed: &[String]) -> bool {
    let flat = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = flat.split_whitespace().collect();
    let (value, rest) = either(&words, allowed);
    rest.is_empty() && value
}

fn either<'a>(words: &'a [&'a str], allowed: &[String]) -> (bool, &'a [&'a str]) {
    let (mut value, mut rest) = both(words, allowed);
    while let Some((&"OR", behind)) = rest.split_first() {
        let (other, left) = both(behind, allowed);
        (value, rest) = (value || other, left);
    }
    (value, rest)
}

fn both<'a>(words: &'a [&'a str], allowed: &[String]) -> (bool, &'a [&'a str]) {
    let (mut value, mut rest) = one(words, allowed);
    while let Some((&"AND", behind)) = rest.split_first() {
        let (other, left) = one(behind, allowed);
        (value, rest) = (value && other, left);
    }
    (value, rest)
}

fn one<'a>(words: &'a [&'a str], allowed: &[String]) -> (bool, &'a [&'a str]) {
    match words {
        ["(", inner @ ..] => {
            let (value, rest) = either(inner, allowed);
            (value, rest.strip_prefix(&[")"]).unwrap_or(rest))
        }
        [name, "WITH", exception, rest @ ..] => {
            (allowed.iter().any(|one| *one == format!("{name} WITH {exception}") || one == name), rest)
        }
        [name, rest @ ..] => (allowed.iter().any(|one| one == name), rest),
        [] => (false, words),
    }
}

#[test]
fn an_expression_is_read_as_it_is_meant() {
    let allowed = ["MIT".to_owned(), "ISC".to_owned()];
    for right in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT AND ISC",
        "(MIT OR GPL-3.0) AND ISC",
        "Apache-2.0/MIT",
        "MIT WITH LLVM-exception",
    ] {
        assert!(permits(right, &allowed), "{right}");
    }
    for wrong in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND GPL-3.0", "", "MIT ISC"] {
        assert!(!permits(wrong, &allowed), "{wrong}");
    }
}

#[test]
fn every_dependency_may_be_passed_on() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let told = Command::new(cargo)
        .args([
            "metadata",
            "--format-version=1",
            "--offline",
            "--locked",
            "--filter-platform=x86_64-unknown-linux-gnu",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Json = serde_json::from_slice(&told.stdout).unwrap();
    let allowed = allowed();
    let packages = told["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !permits(package["license"].as_str().unwrap_or_default(), &allowed))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}
