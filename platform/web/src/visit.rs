//! One request: which town, who, in which language.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use engine::{Actor, Error, Lang, Town};

use crate::{Fault, Module};

#[derive(Clone)]
pub struct Visit {
    pub town: Town,
    pub actor: Actor,
    pub lang: Lang,
    pub path: String,
    pub larger: bool,
    pub request_id: String,
    pub address: IpAddr,
    pub(crate) query: String,
    pub(crate) cookies: Arc<[(String, String)]>,
    pub(crate) modules: &'static [Module],
    pub(crate) user_agent: String,
}

impl Visit {
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }

    pub fn query(&self) -> &str {
        &self.query
    }

    /// One value of the query, trimmed; empty when it is not there.
    pub fn asked(&self, name: &str) -> String {
        serde_urlencoded::from_str::<Vec<(String, String)>>(&self.query)
            .unwrap_or_default()
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.trim().to_owned())
            .unwrap_or_default()
    }

    /// This address with one value of its query changed or, with `None`, left out.
    pub fn turned(&self, name: &str, value: Option<&str>) -> String {
        let query = serde_urlencoded::from_str::<Vec<(String, String)>>(&self.query).unwrap_or_default();
        let kept =
            query.iter().filter(|(key, _)| key != name).map(|(key, value)| (key.as_str(), value.as_str()));
        let pairs: Vec<_> = kept.chain(value.map(|value| (name, value))).collect();
        format!(
            "/{}?{}",
            self.path.trim_start_matches('/'),
            serde_urlencoded::to_string(pairs).unwrap_or_default()
        )
    }

    pub fn user_agent(&self) -> &str {
        &self.user_agent
    }

    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.town.words().get(self.lang, key)
    }

    pub fn tv(&self, key: &str, args: &[(&str, String)]) -> String {
        self.town.words().with(self.lang, key, args)
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let missing = || Error::Internal("a handler outside the site".to_owned());
        parts.extensions.get::<Self>().cloned().ok_or_else(|| missing().into())
    }
}

pub(crate) fn cookies(headers: &HeaderMap) -> Arc<[(String, String)]> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}
