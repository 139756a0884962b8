//! What a role may be allowed in identity.

use engine::Permission;

/// Add and change people, their roles, days off and jobs of this municipality.
pub const ADMINISTER: Permission = Permission { name: "identity.administer" };

pub const ALL: &[Permission] = &[ADMINISTER];
