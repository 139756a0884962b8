//! Tests about the whole: what ARCHITECTURE.md promises of every module, a file per promise kept.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod doors;
mod licences;
mod reference;
mod retention;
mod shape;
#[path = "../town/mod.rs"]
mod town;
mod words;

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A file of the repository, by its path from the root.
struct Source {
    path: String,
    text: String,
}

/// Every file of that kind in those folders of the repository.
fn sources(folders: &[&str], ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in folders {
        collect(&root().join(folder), ending, &mut found);
    }
    assert!(!found.is_empty(), "no {ending} in {folders:?}");
    found
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<Source>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            if !path.ends_with("node_modules") {
                collect(&path, ending, found);
            }
        } else if path.extension().is_some_and(|extension| extension == ending) {
            let text = std::fs::read_to_string(&path).unwrap();
            let path = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
            found.push(Source { path, text });
        }
    }
}
