//! The one binary of Sala: which modules there are, and how a process is put together from them.

pub mod admin;
pub mod demo;
pub mod founding;
pub mod metrics;
pub mod migrations;
pub mod past;
pub mod process;
pub mod reference;
pub mod settings;

use web::Module;

/// In the order of the menu.
pub static MODULES: &[Module] = &[web::MODULE, casework::MODULE, identity::MODULE, ENGINE];

/// What the engine brings by itself; it has no pages.
const ENGINE: Module = Module {
    name: "engine",
    words: engine::WORDS,
    events: engine::EVENTS,
    jobs: engine::retention::JOBS,
    daily: engine::retention::DAILY,
    retention: engine::retention::RULES,
    ..Module::EMPTY
};

/// Words of every module, Thai and English.
pub fn words() -> engine::Result<engine::Words> {
    let sources: Vec<_> = MODULES.iter().map(|module| module.words).collect();
    engine::Words::load(&sources)
}
