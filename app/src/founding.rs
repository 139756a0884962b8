//! A municipality is founded, and given a new profile or newer services later on.

use std::sync::Arc;

use engine::municipality::{self, Municipality};
use engine::{Actor, Platform, Profile, Result, Town, TownId, holidays};

const ROLES: &str = include_str!("../data/roles.toml");

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

/// Founds the municipality, or gives it this profile and the services that are newer than its own.
pub async fn save(platform: &Arc<Platform>, id: &str, hosts: &[String], profile: Profile) -> Result<()> {
    let all = municipality::all(&mut platform.db.clone()).await?;
    if all.iter().all(|one| one.id.as_str() != id) {
        return found(platform, id, hosts, profile).await.map(drop);
    }
    let known = Municipality { id: TownId::from(id), hosts: hosts.to_vec(), profile };
    let town = Town::new(Arc::clone(platform), Arc::new(known));
    let mut tx = town.begin(&Actor::system()).await?;
    municipality::save(&mut tx, hosts, town.profile()).await?;
    casework::operations::publish_newer(&mut tx, &casework::service::shipped()?).await?;
    tx.commit().await
}
