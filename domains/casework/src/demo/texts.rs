//! What is written in the demo town, a file per service in `demo/`: situations, questions of the
//! office with the replies to them, notes, answers, reasons.

use std::collections::BTreeMap;

use engine::{Error, Result, Town};
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::people::Names;
use super::plan::Ending;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/demo");

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Texts {
    /// Of a hundred applications.
    pub share: u32,
    /// Months with twice as many.
    pub busy: Vec<i8>,
    pub channels: BTreeMap<String, u32>,
    /// Youngest and oldest applicant.
    pub age: Option<(i64, i64)>,
    pub choices: BTreeMap<String, BTreeMap<String, u32>>,
    pub numbers: BTreeMap<String, (i64, i64)>,
    /// Answers to pick from, by question.
    pub answers: BTreeMap<String, Vec<String>>,
    #[serde(rename = "situation")]
    pub situations: Vec<Situation>,
    #[serde(rename = "exchange")]
    pub exchanges: Vec<Exchange>,
    pub texts: Written,
}

/// Answers that belong together.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Situation {
    pub answers: BTreeMap<String, String>,
}

#[derive(Deserialize, Clone)]
pub struct Exchange {
    pub ask: String,
    pub reply: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Written {
    pub notes: Vec<String>,
    pub answers: Vec<String>,
    pub granted: Vec<String>,
    pub refused: Vec<String>,
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> Result<T> {
    let source = FOLDER.get_file(name).and_then(|file| file.contents_utf8());
    let source = source.ok_or_else(|| Error::Internal(format!("demo: no file {name}")))?;
    toml::from_str(source).map_err(|cause| Error::Internal(format!("demo: {name}: {cause}")))
}

pub fn names(town: &Town) -> Result<Names> {
    let mut names: Names = read("people.toml")?;
    names.villages = town.profile().villages.len() as i64;
    Ok(names)
}

pub fn of_service(slug: &str) -> Result<Texts> {
    read(&format!("{slug}.toml"))
}

/// What people of the cast applied for, who have accounts.
#[derive(Deserialize)]
pub struct Story {
    pub who: String,
    pub service: String,
    pub days_ago: i64,
    pub ending: Ending,
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Stories {
    story: Vec<Story>,
}

pub fn stories() -> Result<Vec<Story>> {
    Ok(read::<Stories>("stories.toml")?.story)
}
