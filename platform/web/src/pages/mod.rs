//! Pages of the frame itself: texts of the office, the sitemap, and what only machines read.

mod components;
mod machines;
mod sitemap;
mod texts;

use crate::{Access, Routes};

pub use sitemap::of_the_frame as sitemap;
pub use texts::TEXTS;

pub fn routes() -> Routes {
    use Access::Everyone;
    Routes::default()
        .get("/about", Everyone, texts::show)
        .get("/contact", Everyone, texts::show)
        .get("/accessibility", Everyone, texts::show)
        .get("/privacy", Everyone, texts::show)
        .get("/components", Access::Demo, components::show)
        .get("/sitemap", Everyone, sitemap::show)
        .get("/sitemap.xml", Everyone, machines::sitemap)
        .get("/robots.txt", Everyone, machines::robots)
        .get("/manifest.webmanifest", Everyone, machines::manifest)
        .get("/emblem.svg", Everyone, machines::emblem)
}
