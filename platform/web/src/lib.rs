//! The portal's frame: routes with an answer to "who?", the visit, the page, forms, safe headers.
//! Domains bring handlers and templates; nothing here knows a domain.

mod assets;
mod body;
mod error;
mod fields;
mod guard;
mod module;
mod page;
mod respond;
mod routes;
mod site;
mod visit;

pub use assets::asset_path;
pub use body::{Pairs, Upload, UploadedFile};
pub use error::{ErrorSummary, Fault, FieldError, Result, error_for};
pub use fields::{Field, FieldOption, Filled, Input, fields};
pub use module::{MenuLink, Module};
pub use page::{MenuItem, Page, PersonView, TownView};
pub use respond::{Cookie, file, go_to, show, show_with, with_cookie};
pub use routes::{Access, Listed, Routes};
pub use site::{Site, WhoFuture, router};
pub use visit::Visit;

/// Words of this crate, Thai and English.
pub const WORDS: (&str, &str) = (include_str!("../locales/th.ftl"), include_str!("../locales/en.ftl"));
