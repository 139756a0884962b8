//! What is asked: pages, cases at random among all, applications filled in up to the last button.

use std::io;

use engine::{Database, Result, Row, Source as _, params};

use crate::client::{Client, get, post};

pub const SERVICE: &str = "street-light-repair";

/// What each step of the form is sent; steps that are not there are never asked for.
const FORMS: &[(&str, &str)] = &[
    ("problem", "fault=out&danger=no&lights=2"),
    ("place", "place-place=หน้าวัดศรีบุญเรือง หมู่ 4&place-lat=&place-lng=&landmark=ไฟดับหน้าวัด"),
    ("contact", "full_name=นางคำปุ่น ศรีสุข&telephone=0812345678&email="),
    ("declaration", "true_words=yes"),
];

/// Fills in an application; the request left to send is the one that submits it.
pub async fn application(client: &mut Client) -> io::Result<Vec<u8>> {
    let begun = client.send(&post(&format!("/services/{SERVICE}/drafts"), "", "")).await?;
    let cookie = begun.cookies.join("; ");
    let mut at = begun.location;
    while let Some((_, step)) = at.split_once("/steps/") {
        let step = step.split('?').next().unwrap_or(step);
        let form = FORMS.iter().find(|(name, _)| *name == step).map_or("", |(_, form)| form);
        let answer = client.send(&post(&at, &cookie, form)).await?;
        if answer.status != 303 {
            return Err(io::Error::other(format!("{at} answered {}", answer.status)));
        }
        at = answer.location;
    }
    Ok(post(&at.replace("/check", "/submission"), &cookie, ""))
}

/// Sends applications and returns requests for the pages of the cases, as their applicants ask.
pub async fn sent(client: &mut Client, count: usize) -> io::Result<Vec<Vec<u8>>> {
    let mut pages = Vec::new();
    for _ in 0..count {
        let submission = application(client).await?;
        let sent = client.send(&submission).await?;
        let path = sent.location.split('?').next().unwrap_or_default().to_owned();
        pages.push(get(&path, &sent.cookies.join("; ")));
    }
    Ok(pages)
}

pub async fn count(db: &mut Database) -> Result<i64> {
    let row = db.row("SELECT count(*) AS cases FROM casework_cases", params![]).await?;
    row.map_or(Ok(0), |row| row.int("cases"))
}

/// Numbers of cases from all over the town's past, spread by their random part.
async fn numbers(db: &mut Database, count: usize, secret: &str) -> Result<Vec<String>> {
    let mut numbers = Vec::new();
    for at in 0..count {
        let from = format!("69-{:04}", at * 9999 / count);
        let row = db
            .row(
                "SELECT number FROM casework_cases WHERE municipality = $1 AND number > $2 AND secret = $3
                 ORDER BY number LIMIT 1",
                params![sala::demo::ID, from, casework::case::secret_fingerprint(secret)],
            )
            .await?;
        numbers.extend(row.as_ref().map(|row: &Row| row.text("number")).transpose()?);
    }
    Ok(numbers)
}

/// Pages of multiplied cases as their applicants ask for them.
pub async fn cases(db: &mut Database, count: usize) -> Result<Vec<Vec<u8>>> {
    let secret = casework::demo::SECRET;
    let numbers = numbers(db, count, secret).await?;
    let page = |number: &String| get(&format!("/cases/{number}"), &format!("sala_case_{number}={secret}"));
    Ok(numbers.iter().map(page).collect())
}

/// The same cases as an officer asks for them.
pub async fn at_the_desk(db: &mut Database, count: usize, cookie: &str) -> Result<Vec<Vec<u8>>> {
    let numbers = numbers(db, count, casework::demo::SECRET).await?;
    Ok(numbers.iter().map(|number| get(&format!("/desk/cases/{number}"), cookie)).collect())
}

/// Signs in as someone of the cast who holds a role, by one press.
pub async fn signed_in(client: &mut Client, db: &mut Database, role: &str) -> Result<String> {
    let row = db
        .row(
            "SELECT person FROM identity_appointments WHERE municipality = $1 AND role = $2 LIMIT 1",
            params![sala::demo::ID, role],
        )
        .await?
        .ok_or(engine::Error::NotFound)?;
    let form = format!("person={}", row.text("person")?);
    let answer = client.send(&post("/sign-in/demo", "", &form)).await?;
    Ok(answer.cookies.join("; "))
}
