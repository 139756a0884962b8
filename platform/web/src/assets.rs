//! Style, script, fonts and icons: part of the binary, packed once at the start, kept by browsers
//! for a year under a name that holds their fingerprint.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use include_dir::{Dir, include_dir};
use sha2::Digest as _;

static DIST: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/dist");

struct Asset {
    path: String,
    media_type: &'static str,
    bytes: &'static [u8],
    gzip: Option<Vec<u8>>,
}

static BY_NAME: LazyLock<HashMap<&'static str, Asset>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    collect(&DIST, &mut all);
    all
});

/// Fonts are named by the style sheet, which knows no fingerprints; both names lead to the asset.
static BY_PATH: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let hashed = BY_NAME.iter().map(|(name, asset)| (asset.path.trim_start_matches("/assets/"), *name));
    hashed.chain(BY_NAME.keys().map(|name| (*name, *name))).collect()
});

fn collect(folder: &'static Dir<'static>, all: &mut HashMap<&'static str, Asset>) {
    for file in folder.files() {
        if let Some(name) = file.path().to_str() {
            all.insert(name, asset(name, file.contents()));
        }
    }
    for inner in folder.dirs() {
        collect(inner, all);
    }
}

fn asset(name: &'static str, bytes: &'static [u8]) -> Asset {
    let fingerprint = &hex::encode(sha2::Sha256::digest(bytes))[..12];
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let media_type = match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };
    let gzip = matches!(ending, "css" | "js" | "svg").then(|| packed(bytes)).flatten();
    Asset { path: format!("/assets/{stem}.{fingerprint}.{ending}"), media_type, bytes, gzip }
}

fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).ok()?;
    packer.finish().ok()
}

/// The address of an asset with its fingerprint.
pub fn asset_path(name: &str) -> &'static str {
    BY_NAME.get(name).map_or("/assets/missing", |asset| asset.path.as_str())
}

pub async fn show(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let found = BY_PATH.get(path.as_str()).and_then(|name| BY_NAME.get(name));
    let Some(asset) = found else { return StatusCode::NOT_FOUND.into_response() };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let kept = if asset.path.ends_with(&path) {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=604800"
    };
    let mut response = match &asset.gzip {
        Some(gzip) if accepts.is_some_and(|encodings| encodings.contains("gzip")) => {
            let mut response = Response::new(Body::from(gzip.as_slice()));
            response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static("gzip"));
            response
        }
        _ => Response::new(Body::from(asset.bytes)),
    };
    for (name, value) in [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, kept),
        (header::VARY, "accept-encoding"),
    ] {
        response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    }
    response
}
