//! People who apply over and over, with a photograph, until the server is gone.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Client, RequestBuilder, Response, multipart, redirect};

/// An application that the server said it has.
pub struct Sent {
    pub number: String,
}

/// An application that was sent, and no answer came.
pub struct Unsure {
    browser: Client,
    submission: String,
}

/// A browser in a household of its own, as the proxy tells it: limits count by household.
fn browser() -> Client {
    static HOUSEHOLDS: AtomicU32 = AtomicU32::new(0);
    let [_, a, b, c] = HOUSEHOLDS.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let address = format!("10.{a}.{b}.{c}").parse().unwrap();
    let told = HeaderMap::from_iter([(HeaderName::from_static("x-forwarded-for"), address)]);
    let patience = Duration::from_secs(20);
    let built = Client::builder().cookie_store(true).redirect(redirect::Policy::none()).timeout(patience);
    built.default_headers(told).build().unwrap()
}

/// Where an answered form leads; none when the server is gone.
async fn led(request: RequestBuilder) -> Option<String> {
    let answer: Response = request.header("sec-fetch-site", "same-origin").send().await.ok()?;
    assert!(answer.status().is_redirection(), "{}: {}", answer.url(), answer.status());
    Some(answer.headers().get("location")?.to_str().ok()?.to_owned())
}

fn sent(case: &str) -> Sent {
    Sent { number: case.trim_start_matches("/cases/").split('?').next().unwrap().to_owned() }
}

impl Unsure {
    pub async fn send_again(self) -> Option<Sent> {
        led(self.browser.post(self.submission)).await.map(|case| sent(&case))
    }
}

/// Fills in the form up to its last page; where to send it.
async fn fill_in(browser: &Client, base: &str) -> Option<String> {
    let post = |path: &str, pairs: &[(&str, &str)]| browser.post(format!("{base}{path}")).form(pairs);
    let first = led(post("/services/street-light-repair/drafts", &[])).await?;
    let place = led(post(&first, &[("fault", "out"), ("lights", "1")])).await?;
    let picture = multipart::Part::bytes(testing::PICTURE).file_name("ไฟดับ.png");
    let form = multipart::Form::new()
        .text("place-place", "หมู่ 1")
        .text("landmark", "ไฟดับหน้าวัด")
        .part("picture", picture);
    let contact = led(browser.post(format!("{base}{place}")).multipart(form)).await?;
    let contacts = [("full_name", "นายทดสอบ"), ("telephone", "0812345678"), ("email", "test@example.com")];
    let declaration = led(post(&contact, &contacts)).await?;
    let check = led(post(&declaration, &[("true_words", "yes")])).await?;
    Some(format!("{base}{}", check.replace("/check", "/submission")))
}

/// What the server acknowledged until it was gone, and what was under way then.
pub async fn apply(base: String) -> (Vec<Sent>, Option<Unsure>) {
    let mut acknowledged = Vec::new();
    loop {
        let browser = browser();
        let Some(submission) = fill_in(&browser, &base).await else { return (acknowledged, None) };
        match led(browser.post(&submission)).await {
            Some(case) => acknowledged.push(sent(&case)),
            None => return (acknowledged, Some(Unsure { browser, submission })),
        }
    }
}
