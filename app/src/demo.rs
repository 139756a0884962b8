//! The demo town: a fictional municipality, the same every time.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::municipality::{self, Municipality};
use engine::{Actor, Error, Platform, Profile, Result, Text, Town, TownId, holidays};

const PROFILE: &str = include_str!("../../demo/town.toml");
const ROLES: &str = include_str!("../data/roles.toml");
const EMBLEM: &str = include_str!("../../demo/emblem.svg");

pub fn profile() -> Result<Profile> {
    let mut profile: Profile = toml::from_str(PROFILE)?;
    profile.emblem_svg = Some(EMBLEM.to_owned());
    profile.pages = pages();
    Ok(profile)
}

/// What the office says of itself, in fragments of HTML.
fn pages() -> BTreeMap<String, Text> {
    macro_rules! page {
        ($name:literal) => {
            (
                $name.to_owned(),
                Text {
                    th: include_str!(concat!("../../demo/pages/", $name, ".th.html")).to_owned(),
                    en: include_str!(concat!("../../demo/pages/", $name, ".en.html")).to_owned(),
                },
            )
        };
    }
    [page!("about"), page!("contact"), page!("accessibility"), page!("privacy")].into()
}

/// The roles that a new municipality begins with.
fn roles() -> Result<Vec<identity::role::Role>> {
    let known: Vec<&str> =
        crate::MODULES.iter().flat_map(|module| module.permissions).map(|one| one.name).collect();
    identity::role::load(ROLES, &known)
}

/// A municipality with its calendar and the shipped catalogue, in one transaction.
pub async fn found(platform: &Arc<Platform>, id: &str, hosts: &[String], profile: Profile) -> Result<Town> {
    let id = TownId::from(id);
    let new = Municipality { id: id.clone(), hosts: hosts.to_vec(), profile };
    let town = Town::new(Arc::clone(platform), Arc::new(new));
    let mut tx = town.begin(&Actor::system()).await?;
    municipality::save(&mut tx, hosts, town.profile()).await?;
    holidays::seed(&mut tx).await?;
    identity::operations::set_roles(&mut tx, &roles()?).await?;
    casework::operations::publish(&mut tx, &casework::service::shipped()?).await?;
    tx.commit().await?;
    Ok(town)
}

/// The demo town, founded if it is not there yet.
pub async fn ensure(platform: &Arc<Platform>) -> Result<Town> {
    let all = municipality::all(&mut platform.db.clone()).await?;
    match all.into_iter().find(|one| one.id.as_str() == "salathong") {
        Some(one) => Ok(Town::new(Arc::clone(platform), Arc::new(one))),
        None => found(platform, "salathong", &["localhost".to_owned()], profile()?)
            .await
            .map_err(|cause| Error::Internal(format!("the demo town could not be founded: {cause}"))),
    }
}
