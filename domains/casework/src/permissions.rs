//! What a role may be allowed in casework.

use engine::Permission;

/// See every case of the office with its notes.
pub const READ: Permission = Permission { name: "casework.read" };
/// Apply on a person's behalf at the counter, by telephone or from paper.
pub const RECEIVE: Permission = Permission { name: "casework.receive" };
/// Assign, note, answer, ask for more, move on.
pub const WORK: Permission = Permission { name: "casework.work" };
/// Grant or refuse, with reasons and a letter.
pub const DECIDE: Permission = Permission { name: "casework.decide" };

pub const ALL: &[Permission] = &[READ, RECEIVE, WORK, DECIDE];
