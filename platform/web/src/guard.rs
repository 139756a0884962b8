//! Headers that keep a browser from doing harm, and the refusal of forms sent from elsewhere.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::Visit;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
manifest-src 'self'";

/// Where pages are one person's, whether signed in or holding a secret.
const PRIVATE: [&str; 6] = ["/cases", "/drafts", "/sign-in", "/invitations", "/track", "/my"];

/// Whether the page must not stay on a computer that others use too.
pub fn is_private(visit: &Visit) -> bool {
    visit.actor.claimed().is_some() || PRIVATE.iter().any(|start| visit.path.starts_with(start))
}

/// Sets what the answer does not set itself.
pub fn secure(headers: &mut HeaderMap, private: bool, https: bool) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, if private { "private, no-store" } else { "private, no-cache" });
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "geolocation=(self), camera=(), microphone=()");
    if https {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
}

/// Whether a changing request comes from one of our own pages. Browsers say so themselves in
/// `Sec-Fetch-Site`, older ones in `Origin`; a request that says neither is refused.
pub fn is_from_us(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match (text("origin"), text("host")) {
            (Some(origin), Some(host)) => {
                origin.split_once("://").is_some_and(|(_, authority)| authority == host)
            }
            _ => false,
        },
    }
}
