//! Answers: a page, a way on, a cookie, a file.

use askama::Template;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use engine::Town;
use engine::files::File;

use crate::Result;

pub fn show(template: &impl Template) -> Result<Response> {
    show_with(StatusCode::OK, template)
}

pub fn show_with(status: StatusCode, template: &impl Template) -> Result<Response> {
    Ok((status, Html(template.render()?)).into_response())
}

/// 303: whatever was sent, the browser fetches the next page.
pub fn go_to(path: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(path) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

pub struct Cookie<'a> {
    pub name: &'a str,
    pub value: String,
    /// `None`: until the browser is closed. Zero: take it away.
    pub max_age_seconds: Option<i64>,
}

/// Out of reach of scripts, not sent along from other sites' forms, over TLS alone where there is TLS.
pub fn with_cookie(mut response: Response, town: &Town, cookie: Cookie<'_>) -> Response {
    let secure = town.platform().base_url.starts_with("https://");
    let mut built = cookie::Cookie::build((cookie.name, cookie.value))
        .path("/")
        .http_only(true)
        .same_site(cookie::SameSite::Lax)
        .secure(secure);
    if let Some(seconds) = cookie.max_age_seconds {
        built = built.max_age(cookie::time::Duration::seconds(seconds));
    }
    if let Ok(value) = HeaderValue::from_str(&built.build().to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// A kept file: never run, never guessed at. Pictures show in the page, the rest is downloaded.
pub fn file(kept: &File, bytes: bytes::Bytes) -> Response {
    let place = if kept.is_image() || kept.media_type == "application/pdf" { "inline" } else { "attachment" };
    let name: String = kept.name.bytes().fold(String::new(), |mut name, byte| {
        use std::fmt::Write as _;
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => name.push(char::from(byte)),
            other => drop(write!(name, "%{other:02X}")),
        }
        name
    });
    let disposition = format!("{place}; filename*=UTF-8''{name}");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    for (key, value) in [
        (header::CONTENT_TYPE, kept.media_type.as_str()),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(key, value);
        }
    }
    response
}
