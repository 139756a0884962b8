//! What browsers and search engines ask for: sitemap, robots, how the portal is put on a phone's
//! screen, and the emblem of the municipality.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use engine::{Error, json};

use super::sitemap::listings;
use crate::{Result, Visit, asset_path};

/// An emblem is a drawing of the office's own; whatever it holds, it runs and loads nothing.
const EMBLEM_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Sitemap {
    addresses: Vec<String>,
}

pub async fn sitemap(visit: Visit) -> Result<Response> {
    let listings = listings(&visit).await?;
    let paths = listings.iter().flat_map(|listing| &listing.links).map(|(_, path)| path);
    let sitemap = Sitemap { addresses: paths.map(|path| visit.town.url(path)).collect() };
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], sitemap.render()?).into_response())
}

/// What belongs to one person is not for search engines.
pub async fn robots(visit: Visit) -> String {
    let private = ["/drafts/", "/cases/", "/my/", "/track", "/account", "/messages", "/desk", "/admin"];
    let rules: String = private.iter().map(|path| format!("Disallow: {path}\n")).collect();
    format!("User-agent: *\n{rules}Sitemap: {}\n", visit.town.url("/sitemap.xml"))
}

pub async fn manifest(visit: Visit) -> Response {
    let name = visit.town.profile().name.get(visit.lang);
    let icon = |file: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": asset_path(file), "sizes": sizes, "type": kind, "purpose": purpose });
    let manifest = json!({
        "name": name,
        "short_name": name,
        "description": visit.tv("web-description", &[("town", name.to_owned())]),
        "lang": visit.lang.code(),
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": "#06392e",
        "background_color": "#fbf6ec",
        "icons": [
            icon("icon-192.png", "192x192", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "maskable"),
            icon("icon.svg", "any", "image/svg+xml", "any"),
        ],
    });
    ([(header::CONTENT_TYPE, "application/manifest+json")], manifest.to_string()).into_response()
}

pub async fn emblem(visit: Visit) -> Result<Response> {
    let drawing = visit.town.profile().emblem_svg.clone().ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (header::CONTENT_SECURITY_POLICY, EMBLEM_POLICY),
    ];
    Ok((headers, drawing).into_response())
}
