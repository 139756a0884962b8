//! The site: finds the town by host name and the person by session, opens the visit, and turns
//! every failure into a page with a way on.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use engine::municipality::Municipality;
use engine::{Actor, Error, Invalid, Lang, Platform, Town};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::body::UPLOAD_LIMIT;
use crate::error::Failure;
use crate::visit::{Visit, cookies};
use crate::{Cookie, Fault, Module, Page, assets, go_to, guard, show_with, with_cookie};

pub type WhoFuture = futures::future::BoxFuture<'static, engine::Result<Option<Actor>>>;

pub struct Site {
    platform: Arc<Platform>,
    towns: RwLock<Towns>,
    who: fn(Town, String) -> WhoFuture,
    modules: &'static [Module],
    /// Behind a proxy the visitor's address is the last one the proxy wrote.
    trusts_proxy: bool,
}

#[derive(Default)]
struct Towns {
    by_host: HashMap<String, Arc<Municipality>>,
    first: Option<Arc<Municipality>>,
}

impl Site {
    pub fn new(
        platform: Arc<Platform>,
        who: fn(Town, String) -> WhoFuture,
        modules: &'static [Module],
        trusts_proxy: bool,
    ) -> Self {
        Self { platform, towns: RwLock::default(), who, modules, trusts_proxy }
    }

    /// Reads the municipalities anew: at the start and after one was saved.
    pub async fn load_towns(&self) -> engine::Result<()> {
        let mut towns = Towns::default();
        for municipality in engine::municipality::all(&mut self.platform.db.clone()).await? {
            let municipality = Arc::new(municipality);
            for host in &municipality.hosts {
                towns.by_host.insert(host.clone(), Arc::clone(&municipality));
            }
            towns.first.get_or_insert(municipality);
        }
        *self.towns.write().unwrap_or_else(PoisonError::into_inner) = towns;
        Ok(())
    }

    pub fn platform(&self) -> &Arc<Platform> {
        &self.platform
    }

    /// The town of that host name; the first one answers for every other name.
    pub fn town(&self, host: &str) -> Option<Town> {
        let towns = self.towns.read().unwrap_or_else(PoisonError::into_inner);
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let found = towns.by_host.get(name).or(towns.first.as_ref())?;
        Some(Town::new(Arc::clone(&self.platform), Arc::clone(found)))
    }

    async fn visit(&self, request: &Parts, request_id: &str) -> engine::Result<Visit> {
        let headers = &request.headers;
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let town = self.town(host).ok_or(Error::NotFound)?;
        let cookies = cookies(headers);
        let session = cookies.iter().find(|(name, _)| name == "sala_session");
        let actor = match session {
            Some((_, token)) => (self.who)(town.clone(), token.clone()).await?,
            None => None,
        };
        let query = request.uri.query().unwrap_or_default().to_owned();
        let kept = |name: &str| cookies.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        Ok(Visit {
            lang: asked(&query, "lang").or(kept("sala_lang")).and_then(Lang::parse).unwrap_or_default(),
            larger: asked(&query, "size").or(kept("sala_size")) == Some("larger"),
            actor: actor.unwrap_or_else(Actor::visitor),
            path: request.uri.path().to_owned(),
            request_id: request_id.to_owned(),
            address: self.address(request),
            user_agent: text(headers, header::USER_AGENT.as_str()),
            modules: self.modules,
            query,
            cookies: Arc::clone(&cookies),
            town,
        })
    }

    fn address(&self, request: &Parts) -> IpAddr {
        // The last address of the last line is the one our own proxy wrote; the rest is anybody's claim.
        let forwarded = request.headers.get_all("x-forwarded-for").iter().next_back();
        let forwarded = forwarded.and_then(|line| line.to_str().ok()).unwrap_or_default();
        let last = forwarded.rsplit(',').next().and_then(|last| last.trim().parse().ok());
        let peer = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        last.filter(|_| self.trusts_proxy).or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }
}

fn text(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

fn asked<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The whole router of the modules, with everything every request passes through.
pub fn router(site: Arc<Site>, modules: &'static [Module]) -> Router {
    let pages = modules
        .iter()
        .map(|module| (module.routes)().into_router())
        .fold(Router::new(), Router::merge)
        .fallback(|| async { Fault::from(Error::NotFound) })
        .layer(CatchPanicLayer::custom(|_| {
            Fault::from(Error::Internal("a handler panicked".to_owned())).into_response()
        }))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(60)))
        .layer(RequestBodyLimitLayer::new(UPLOAD_LIMIT + 1024 * 1024))
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(from_fn_with_state(site, enter))
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest));
    Router::new().route("/assets/{*path}", get(assets::show)).merge(pages)
}

async fn enter(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let request_id = engine::id::fresh(&site.platform.clock);
    let begun = std::time::Instant::now();
    let (mut parts, body) = request.into_parts();
    let visit = match site.visit(&parts, &request_id).await {
        Ok(visit) => visit,
        Err(error) => return bare(&error, &request_id),
    };
    let kept = preferences(&visit);
    let method = parts.method.clone();
    // As written in the list of routes: some addresses hold a secret, which no log keeps.
    let route = parts.extensions.get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let mut response = if guard::is_from_us(&method, &parts.headers) {
        parts.extensions.insert(visit.clone());
        next.run(Request::from_parts(parts, body)).await
    } else {
        Fault::from(Error::Conflict("web-foreign-form")).into_response()
    };
    if response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        response = Fault::from(Invalid::field("form", "problem-form-large")).into_response();
    }
    if let Some(Failure(fault)) = response.extensions_mut().remove::<Failure>() {
        response = failed(&visit, &method, &fault, response);
    }
    for cookie in kept {
        response = with_cookie(response, &visit.town, cookie);
    }
    guard::secure(
        response.headers_mut(),
        guard::is_private(&visit),
        site.platform.base_url.starts_with("https://"),
    );
    if let Ok(id) = header::HeaderValue::from_str(&request_id) {
        response.headers_mut().insert("x-request-id", id);
    }
    tracing::info!(%request_id, town = %visit.town.id(), %method, %route, status = response.status().as_u16(), "request");
    let status = response.status().as_u16().to_string();
    metrics::histogram!("sala_request_seconds", "status" => status).record(begun.elapsed().as_secs_f64());
    response
}

/// Language and size of text asked for in the address are kept for a year.
fn preferences(visit: &Visit) -> Vec<Cookie<'static>> {
    let lang =
        asked(&visit.query, "lang").and_then(Lang::parse).map(|lang| ("sala_lang", lang.code().to_owned()));
    let size = asked(&visit.query, "size")
        .map(|_| ("sala_size", if visit.larger { "larger" } else { "normal" }.to_owned()));
    lang.into_iter()
        .chain(size)
        .map(|(name, value)| Cookie { name, value, max_age_seconds: Some(31_536_000) })
        .collect()
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    heading: String,
    text: String,
}

fn failed(visit: &Visit, method: &axum::http::Method, fault: &Fault, plain: Response) -> Response {
    let status = fault.status();
    if status.is_server_error() {
        tracing::error!(request_id = %visit.request_id, error = %fault.0, "request failed");
    }
    let way_on = match fault.0 {
        Error::SignInNeeded => Some("/sign-in"),
        Error::SecondFactorNeeded => Some("/sign-in/code"),
        _ => None,
    };
    if let Some(way) = way_on.filter(|_| *method == axum::http::Method::GET) {
        let back: String = serde_urlencoded::to_string([("next", &visit.path)]).unwrap_or_default();
        return go_to(&format!("{way}?{back}"));
    }
    let (heading, text) = words(visit, fault);
    let template = ErrorPage { page: Page::new(visit, heading.clone()), heading, text };
    let mut page = show_with(status, &template).unwrap_or_else(|_| status.into_response());
    if let Some(wait) = plain.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, wait.clone());
    }
    page
}

fn words(visit: &Visit, fault: &Fault) -> (String, String) {
    let (heading, text) = match &fault.0 {
        Error::NotFound => ("web-error-not-found-title", "web-error-not-found-text"),
        Error::Forbidden => ("web-error-forbidden-title", "web-error-forbidden-text"),
        Error::SignInNeeded => ("web-error-sign-in-title", "web-error-sign-in-text"),
        Error::SecondFactorNeeded => ("web-error-second-factor-title", "web-error-second-factor-text"),
        Error::Conflict(key) => ("web-error-conflict-title", *key),
        Error::Invalid(_) => ("web-error-invalid-title", "web-error-invalid-text"),
        Error::TooMany { .. } => ("web-error-too-many-title", "web-error-too-many-text"),
        Error::Unavailable(_) | Error::Internal(_) => ("web-error-internal-title", "web-error-internal-text"),
    };
    let text = match &fault.0 {
        Error::Invalid(invalid) => crate::ErrorSummary::of(visit, invalid)
            .into_iter()
            .map(|problem| problem.message)
            .collect::<Vec<_>>()
            .join(" "),
        _ => visit.t(text).to_owned(),
    };
    (visit.t(heading).to_owned(), text)
}

/// Before a town is known there are no words and no layout.
fn bare(error: &Error, request_id: &str) -> Response {
    tracing::error!(%request_id, %error, "no visit");
    let status = match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, format!("Sala: {status} ({request_id})\n")).into_response()
}
