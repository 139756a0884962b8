//! A municipality is data: names, address, units, texts. Several live in one deployment.

use serde::{Deserialize, Serialize};

use crate::{Database, Event, Json, Lang, Result, Row, Source, Text, TownId, Tx, json, params};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Profile {
    pub name: Text,
    pub province: Text,
    pub district: Text,
    pub address: Text,
    pub telephone: String,
    pub email: String,
    pub hours: Text,
    /// Code before the number of an official letter, such as `ขก 52301`.
    pub letter_code: String,
    /// First two digits of subdistrict codes offered first in address questions.
    pub province_code: String,
    #[serde(default)]
    pub helpdesk: String,
    #[serde(default)]
    pub emblem_svg: Option<String>,
    /// Who signs official letters, and the position, a line each.
    #[serde(default)]
    pub signer: Text,
    #[serde(default)]
    pub signer_position: Text,
    #[serde(default)]
    pub villages: Vec<Village>,
    #[serde(default)]
    pub units: Vec<Unit>,
    /// Fragments of HTML written by the office: about, contact, accessibility, privacy.
    #[serde(default)]
    pub pages: std::collections::BTreeMap<String, Text>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Village {
    pub number: u32,
    pub name: Text,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unit {
    pub id: String,
    pub name: Text,
    pub telephone: String,
    #[serde(default)]
    pub head: Text,
}

impl Profile {
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    pub fn unit_name<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.unit(id).map_or(id, |unit| unit.name.get(lang))
    }
}

pub struct Municipality {
    pub id: TownId,
    pub hosts: Vec<String>,
    pub profile: Profile,
}

fn municipality(row: &Row) -> Result<Municipality> {
    Ok(Municipality { id: row.id("municipality")?, hosts: row.json("hosts")?, profile: row.json("profile")? })
}

pub async fn all(db: &mut Database) -> Result<Vec<Municipality>> {
    let rows = db
        .rows("SELECT municipality, hosts, profile FROM engine_municipalities ORDER BY created_at", params![])
        .await?;
    rows.iter().map(municipality).collect()
}

/// The profile of a municipality was saved: its names, units, texts.
pub struct Saved(pub TownId);

impl Event for Saved {
    fn kind(&self) -> &'static str {
        "engine.municipality.saved"
    }

    fn subject(&self) -> String {
        format!("engine.municipality/{}", self.0)
    }

    fn facts(&self) -> Json {
        json!({})
    }
}

/// Creates the municipality, or gives it a new profile, as part of a larger change.
pub async fn save(tx: &mut Tx, hosts: &[String], profile: &Profile) -> Result<()> {
    let (town, now) = (tx.town().clone(), tx.now());
    tx.execute(
        "INSERT INTO engine_municipalities (municipality, hosts, profile, created_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (municipality) DO UPDATE SET hosts = excluded.hosts, profile = excluded.profile",
        params![&town, serde_json::to_string(hosts)?, serde_json::to_string(profile)?, now],
    )
    .await?;
    tx.record(Saved(town));
    Ok(())
}
