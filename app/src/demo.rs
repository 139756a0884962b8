//! The demo town: a fictional municipality, the same every time.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::municipality;
use engine::{Error, Platform, Profile, Result, Text, Town};

use crate::founding;

const PROFILE: &str = include_str!("../../demo/town.toml");
/// The demo town among the municipalities of a deployment.
pub const ID: &str = "salathong";
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

/// The demo town without people or past, founded if it is not there yet.
pub async fn ensure(platform: &Arc<Platform>) -> Result<Town> {
    let all = municipality::all(&mut platform.db.clone()).await?;
    match all.into_iter().find(|one| one.id.as_str() == ID) {
        Some(one) => Ok(Town::new(Arc::clone(platform), Arc::new(one))),
        None => founding::found(platform, ID, &["localhost".to_owned()], profile()?)
            .await
            .map_err(|cause| Error::Internal(format!("the demo town could not be founded: {cause}"))),
    }
}
