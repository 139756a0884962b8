//! The portal's frame: routes with an answer to "who?", the visit, the page, forms, safe headers.
//! Domains bring handlers and templates; nothing here knows a domain.

mod assets;
mod body;
mod error;
mod fields;
mod form;
mod guard;
mod module;
mod page;
mod pager;
mod pages;
mod past;
mod respond;
mod routes;
mod site;
mod visit;

pub use assets::asset_path;
pub use body::{Pairs, Upload, UploadedFile};
pub use error::{ErrorSummary, Fault, FieldError, Result, error_for};
pub use fields::{Field, FieldOption, Filled, Input, KeptFile, fields};
pub use form::{in_query, local};
pub use module::{Listing, MenuLink, Module, SitemapFuture};
pub use page::{Icon, MenuItem, Page, PersonView, TownView};
pub use pager::Pager;
pub use past::{Member, Past};
pub use respond::{Cookie, file, go_to, show, show_with, with_cookie};
pub use routes::{Access, Listed, Routes};
pub use site::{Site, WhoFuture, router};
pub use visit::Visit;

/// What the frame itself brings: its words, texts of the office, the sitemap, addresses for machines.
pub const MODULE: Module = Module {
    name: "web",
    words: (include_str!("../locales/th.ftl"), include_str!("../locales/en.ftl")),
    routes: pages::routes,
    sitemap: pages::sitemap,
    ..Module::EMPTY
};
