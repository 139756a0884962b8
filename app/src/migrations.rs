//! The migrations of all modules, part of the binary, in the order of their names.

use engine::db::Migration;
use include_dir::{Dir, include_dir};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../migrations");

pub fn all() -> Vec<Migration> {
    let mut all: Vec<Migration> = FOLDER
        .files()
        .filter_map(|file| Some(Migration { name: file.path().to_str()?, sql: file.contents_utf8()? }))
        .collect();
    // Of one day, the platform's own comes first.
    all.sort_by_key(|migration| {
        let day = migration.name.split('_').next().unwrap_or_default();
        (day, !migration.name.contains("_engine_"), migration.name)
    });
    all
}
