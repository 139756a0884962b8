//! The heavy machines behind the platform: the printing press (PDF) and the post (mail).
//! No domain depends on this crate; `app` alone connects it to what `engine` asks for.

pub mod documents;
pub mod mail;
pub mod runner;
