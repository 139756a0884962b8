//! A browser without scripts: keeps cookies, says where its forms come from, follows when asked.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, header};
use tower::ServiceExt as _;

use crate::Answer;

pub struct Browser {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// A file as a form sends it: field, name, bytes.
pub type Sent<'a> = (&'a str, &'a str, &'a [u8]);

const BOUNDARY: &str = "----sala-story";
const REDIRECTS: usize = 10;

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: Mutex::default() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Gets the page, or the one it leads to in the end.
    pub async fn visit(&self, path: &str) -> Answer {
        self.follow(self.get(path).await).await
    }

    pub async fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..REDIRECTS {
            if answer.status != 303 {
                return answer;
            }
            answer = self.get(&answer.location).await;
        }
        panic!("{} leads on and on", answer.location);
    }

    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(pairs).unwrap();
        self.post_body(path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    /// Sends a form that holds files.
    pub async fn upload(&self, path: &str, pairs: &[(&str, &str)], files: &[Sent<'_>]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in pairs {
            part(&mut body, &format!("name=\"{name}\""), value.as_bytes());
        }
        for (field, name, bytes) in files {
            part(&mut body, &format!("name=\"{field}\"; filename=\"{name}\""), bytes);
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        self.post_body(path, &format!("multipart/form-data; boundary={BOUNDARY}"), body).await
    }

    async fn post_body(&self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub async fn post_from_elsewhere(&self, path: &str) -> Answer {
        let request = Request::post(path).header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap();
        self.send(request).await
    }

    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        request.headers_mut().insert(header::COOKIE, self.cookie_line().parse().unwrap());
        request.headers_mut().insert(header::HOST, "localhost".parse().unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        self.keep_cookies(response.headers());
        let headers = response.headers().clone();
        let location = headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        Answer {
            status: response.status().as_u16(),
            location: location.unwrap_or_default(),
            headers,
            body: axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec(),
        }
    }

    fn cookie_line(&self) -> String {
        let kept = self.cookies.lock().unwrap();
        kept.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut kept = self.cookies.lock().unwrap();
        for cookie in headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            match rest.contains("Max-Age=0") {
                true => kept.remove(name),
                false => kept.insert(name.to_owned(), rest.split(';').next().unwrap().to_owned()),
            };
        }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Another browser of the same person, or one that stole a cookie.
    pub fn keep_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    pub fn forget(&self) {
        self.cookies.lock().unwrap().clear();
    }
}

fn part(body: &mut Vec<u8>, disposition: &str, content: &[u8]) {
    body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n").bytes());
    body.extend(content);
    body.extend(b"\r\n");
}
