//! The one binary of Sala: which modules there are, and how a process is put together from them.

pub mod demo;
pub mod migrations;
pub mod process;
pub mod settings;

use web::Module;

/// In the order of the menu.
pub static MODULES: &[Module] = &[casework::MODULE];

/// Words of the platform and of every module, Thai and English.
pub fn words() -> engine::Result<engine::Words> {
    let mut sources = vec![engine::WORDS, web::WORDS];
    sources.extend(MODULES.iter().map(|module| module.words));
    engine::Words::load(&sources)
}
