//! Roles as data: a name and the permissions that go with it.

use engine::{Error, Result, Text};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Role {
    pub id: String,
    pub name: Text,
    pub permissions: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    #[serde(rename = "role")]
    roles: Vec<Role>,
}

/// Reads a file of roles; a permission that no module declares is named.
pub fn load(source: &str, known: &[&str]) -> Result<Vec<Role>> {
    let File { roles } = toml::from_str(source)?;
    for role in &roles {
        if let Some(lost) = role.permissions.iter().find(|name| !known.contains(&name.as_str())) {
            return Err(Error::Internal(format!("role {}: there is no permission {lost}", role.id)));
        }
    }
    Ok(roles)
}
