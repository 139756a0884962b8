//! Casework: a resident applies for a service, an officer decides within the legal time, the
//! resident gets the answer. Services, their forms and their workflows are data (`catalogue/`);
//! a case keeps the version of the form it answered. What happened is in the history; what people
//! wrote is in entries, so that it can be erased without rewriting history.

pub mod benefit;
pub mod case;
pub mod colleagues;
pub mod demo;
pub mod events;
pub mod officers;
pub mod operations;
pub mod pages;
pub mod papers;
pub mod permissions;
pub mod queries;
pub mod reactions;
pub mod retention;
pub mod service;

#[cfg(test)]
mod rules;

pub const MODULE: web::Module = web::Module {
    name: "casework",
    words: (include_str!("../locales/th.ftl"), include_str!("../locales/en.ftl")),
    routes: pages::routes,
    permissions: permissions::ALL,
    events: events::KINDS,
    reactions: reactions::ALL,
    jobs: reactions::JOBS,
    daily: &[retention::PURGE_DAILY, officers::REMIND_DAILY],
    retention: retention::RULES,
    sitemap: pages::sitemap,
    demo: Some(demo::play),
    menu: pages::MENU,
};
