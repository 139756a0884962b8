//! Accounts guarded: codes that run out, guesses that are counted, sessions that end, people who have left.

use engine::{Actor, PersonId, SignedDuration, civil};
use identity::operations::{add_person, appoint, dismiss, invite, leave};
use identity::person::{Appointment, NewPerson};
use identity::second_factor::code_at;

use crate::story;
use crate::town::{On, TestTown, Visitor};

const PASSWORD: &str = "ข้าวเหนียวหมูปิ้งตอนเช้า";
const SOMCHAI: &str = "somchai@salathong.example";

async fn somchai(town: &TestTown) -> PersonId {
    let new = NewPerson {
        name: "สมชาย ใจดี".to_owned(),
        position: "นายช่างไฟฟ้า".to_owned(),
        email: Some(SOMCHAI.to_owned()),
        ..NewPerson::default()
    };
    add_person(&town.town, &Actor::system(), new).await.unwrap()
}

/// The whole office from that day on.
fn role(id: &str, from: civil::Date) -> Appointment {
    Appointment { role: id.to_owned(), unit: None, from, to: None }
}

/// Somchai is an officer, sets his password by invitation, and sets up his authenticator.
async fn somchai_at_work(town: &TestTown, as_what: &str) -> (Visitor, PersonId, String) {
    let id = somchai(town).await;
    let today = town.town.clock().today();
    appoint(&town.town, &Actor::system(), &id, role(as_what, today)).await.unwrap();
    let invitation = invite(&town.town, &Actor::system(), &id).await.unwrap();
    let browser = town.visitor();
    browser.get(&invitation).await.is(200);
    let set_up = browser.post(&invitation, &[("password", PASSWORD)]).await.redirected();
    assert_eq!(set_up, "/account/second-factor");
    let page = browser.get(&set_up).await.is(200).text();
    let key = page.split("name=\"secret\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let code = code_at(&key, town.town.clock().now()).unwrap();
    browser.post(&set_up, &[("secret", &key), ("code", &code)]).await.redirected();
    town.platform.clock.advance(SignedDuration::from_mins(1));
    (browser, id, key)
}

async fn type_password(browser: &Visitor, password: &str) -> testing::Answer {
    browser.post("/sign-in", &[("email", SOMCHAI), ("password", password)]).await
}

fn is_in(answer: &testing::Answer) -> bool {
    answer.status == 200
}

story!(a_code_of_the_authenticator_works_once, town, {
    let (_, _, key) = somchai_at_work(&town, "administrator").await;
    let code = code_at(&key, town.town.clock().now()).unwrap();
    let browser = town.visitor();
    type_password(&browser, PASSWORD).await.redirected();
    browser.post("/sign-in/code", &[("code", &code)]).await.redirected();
    let onlooker = town.visitor();
    type_password(&onlooker, PASSWORD).await.redirected();
    onlooker.post("/sign-in/code", &[("code", &code)]).await.is(422);
    assert_eq!(onlooker.get("/admin").await.redirected(), "/sign-in/code?next=%2Fadmin");
    for _ in 0..5 {
        onlooker.post("/sign-in/code", &[("code", "123456")]).await.is(422);
    }
    let refused = onlooker.post("/sign-in/code", &[("code", "123457")]).await.is(429);
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
    town.work().await;
    town.verify().await;
});

story!(a_wrong_password_and_an_unknown_address_look_alike, town, {
    somchai_at_work(&town, "administrator").await;
    let visitor = town.visitor();
    let known = type_password(&visitor, "ไม่ใช่รหัสนี้").await.is(422).text();
    let unknown = [("email", "nobody@salathong.example"), ("password", "ไม่ใช่รหัสนี้")];
    let unknown = visitor.post("/sign-in", &unknown).await.is(422).text();
    let bare = |page: &str, email: &str| {
        let page = page.replace(email, "");
        page.lines().filter(|line| !line.contains("26")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(bare(&known, SOMCHAI).len(), bare(&unknown, "nobody@salathong.example").len());
    town.work().await;
    town.verify().await;
});

async fn mailed_code(town: &TestTown) -> String {
    let all = engine::messages::outbox(&mut town.town.db(), town.town.id(), "").await.unwrap().rows;
    let digits = |text: &str| {
        text.split(|sign: char| !sign.is_ascii_digit()).find(|part| part.len() == 6).map(str::to_owned)
    };
    all.iter().find_map(|mail| digits(&mail.text)).unwrap()
}

story!(a_code_by_e_mail_runs_out_and_cannot_be_guessed, town, {
    let malee = town.visitor();
    malee.post("/sign-in/email", &[("email", "malee@example.com")]).await.redirected();
    let code = mailed_code(&town).await;
    town.platform.clock.advance(SignedDuration::from_mins(11));
    malee.post("/sign-in/email/code", &[("code", &code)]).await.is(422);
    malee.post("/sign-in/email", &[("email", "malee@example.com")]).await.redirected();
    let code = mailed_code(&town).await;
    let wrong = if code == "111111" { "222222" } else { "111111" };
    for _ in 0..5 {
        malee.post("/sign-in/email/code", &[("code", wrong)]).await.is(422);
    }
    malee.post("/sign-in/email/code", &[("code", &code)]).await.is(422);
    for _ in 0..3 {
        malee.post("/sign-in/email", &[("email", "malee@example.com")]).await.redirected();
    }
    town.visitor().post("/sign-in/email", &[("email", "malee@example.com")]).await.is(429);
    town.visitor().post("/sign-in/email", &[("email", "other@example.com")]).await.redirected();
    town.work().await;
    assert!(town.events().await.is_empty());
    town.verify().await;
});

story!(a_person_sees_where_they_are_signed_in_and_signs_out_elsewhere, town, {
    let (own, _, key) = somchai_at_work(&town, "administrator").await;
    let other = town.visitor();
    type_password(&other, PASSWORD).await.redirected();
    let code = code_at(&key, town.town.clock().now()).unwrap();
    other.post("/sign-in/code", &[("code", &code)]).await.redirected();
    let page = own.get("/account/sessions").await.is(200);
    let closures: Vec<String> = page.forms().into_iter().filter(|form| form.ends_with("/closure")).collect();
    assert!(closures.iter().any(|form| form == "/account/sessions/others/closure"), "{closures:?}");
    let stranger = town.visitor();
    stranger.post(&closures[0], &[]).await.is(401);
    own.post("/account/sessions/others/closure", &[]).await.redirected();
    assert_eq!(other.get("/account").await.status, 303);
    assert!(is_in(&own.get("/account").await));
    own.post("/sign-out", &[]).await.redirected();
    assert_eq!(own.get("/account").await.status, 303);
    town.work().await;
    town.verify().await;
});

story!(a_session_ends_by_itself, town, {
    let (officer, _, _) = somchai_at_work(&town, "administrator").await;
    town.platform.clock.advance(SignedDuration::from_mins(119));
    assert!(is_in(&officer.get("/account").await));
    town.platform.clock.advance(SignedDuration::from_mins(121));
    assert_eq!(officer.get("/account").await.status, 303, "an officer who went home");
    let resident = town.visitor();
    resident.post("/sign-in/email", &[("email", "malee@example.com")]).await.redirected();
    resident.post("/sign-in/email/code", &[("code", &mailed_code(&town).await)]).await.redirected();
    town.days(29);
    assert!(is_in(&resident.get("/account").await));
    town.days(2);
    assert_eq!(resident.get("/account").await.status, 303);
    town.work().await;
    town.verify().await;
});

story!(whoever_has_left_is_shut_out_at_midnight, town, {
    let (officer, id, _) = somchai_at_work(&town, "officer").await;
    let today = town.town.clock().today();
    leave(&town.town, &Actor::system(), &id, today).await.unwrap();
    assert!(is_in(&officer.get("/account").await));
    town.platform.clock.set(engine::clock::moment(today.tomorrow().unwrap(), 0, 1));
    assert_eq!(officer.get("/account").await.status, 303);
    type_password(&officer, PASSWORD).await.is(422);
    town.work().await;
    town.verify().await;
});

story!(an_invitation_works_once_and_for_a_week, town, {
    let (_, id, _) = somchai_at_work(&town, "administrator").await;
    let path = invite(&town.town, &Actor::system(), &id).await.unwrap();
    let visitor = town.visitor();
    for weak in ["สั้น", "1234567890", SOMCHAI] {
        visitor.post(&path, &[("password", weak)]).await.is(422);
    }
    visitor.post(&path, &[("password", "ปลาทอดกระเทียมพริกไทย")]).await.redirected();
    visitor.get(&path).await.is(404);
    visitor.post(&path, &[("password", "ปลาทอดกระเทียมพริกไทย")]).await.is(404);
    let late = invite(&town.town, &Actor::system(), &id).await.unwrap();
    town.days(8);
    visitor.get(&late).await.is(404);
    town.work().await;
    town.verify().await;
});

story!(a_stranger_cannot_administer_people, town, {
    let (officer, id, _) = somchai_at_work(&town, "officer").await;
    for path in ["/admin", "/admin/people", "/admin/roles", "/admin/jobs", "/admin/holidays"] {
        officer.get(path).await.is(403);
    }
    officer.post(&format!("/admin/people/{id}/appointments"), &[("role", "administrator")]).await.is(403);
    let actor = identity::acting(&town.town, &id).await.unwrap();
    let today = town.town.clock().today();
    assert!(appoint(&town.town, &actor, &id, role("administrator", today)).await.is_err());
    assert!(invite(&town.town, &actor, &id).await.is_err());
    assert!(leave(&town.town, &actor, &id, today).await.is_err());
    assert!(add_person(&town.town, &actor, NewPerson::default()).await.is_err());
    assert!(dismiss(&town.town, &actor, &id, &"1".into()).await.is_err());
    town.work().await;
    town.verify().await;
});
