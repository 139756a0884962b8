//! Signing in: with a password and a second factor, with a code by e-mail, by invitation; and what
//! keeps everyone else out.

use engine::{Actor, Lang, PersonId, SignedDuration, civil};
use identity::operations;
use identity::person::{Appointment, NewPerson};
use identity::second_factor::code_at;

use crate::story;
use crate::town::{On, TestTown};

const PASSWORD: &str = "ข้าวเหนียวหมูปิ้งสองไม้";

async fn appointed(town: &TestTown, name: &str, email: &str, role: &str) -> PersonId {
    let new = NewPerson { name: name.to_owned(), email: Some(email.to_owned()), ..NewPerson::default() };
    let id = operations::add_person(&town.town, &Actor::system(), new).await.unwrap();
    let from = town.town.clock().today();
    let appointment = Appointment { role: role.to_owned(), unit: None, from, to: None };
    operations::appoint(&town.town, &Actor::system(), &id, appointment).await.unwrap();
    id
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split(start).nth(1).and_then(|rest| rest.split(end).next()).unwrap_or_default()
}

/// Accepts an invitation and sets up the authenticator; returns its secret.
async fn moved_in(town: &TestTown, browser: &testing::Browser, id: &PersonId) -> String {
    let link = operations::invite(&town.town, &Actor::system(), id).await.unwrap();
    browser.get(&link).await.is(200).says("ตั้งรหัสผ่าน");
    browser.post(&link, &[("password", "short")]).await.is(422);
    let set_up = browser.post(&link, &[("password", PASSWORD)]).await.redirected();
    assert_eq!(set_up, "/account/second-factor");
    let page = browser.get(&set_up).await.is(200).text();
    let secret = between(&page, "name=\"secret\" value=\"", "\"").to_owned();
    browser.post(&set_up, &[("secret", &secret), ("code", "000000")]).await.is(422);
    let code = code_at(&secret, town.town.clock().now()).unwrap();
    browser.post(&set_up, &[("secret", &secret), ("code", &code)]).await.redirected();
    browser.get(&link).await.is(404);
    secret
}

story!(an_officer_moves_in_with_password_and_second_factor, town, {
    let id = appointed(&town, "นายสมชาย ใจดี", "somchai@example.com", "administrator").await;
    let office = town.visitor();
    let secret = moved_in(&town, &office, &id).await;
    office.get("/admin/people").await.is(200).says("จัดการระบบ");

    town.platform.clock.advance(SignedDuration::from_mins(1));
    let home = town.visitor();
    home.get("/admin").await.redirected();
    let wrong = [("email", "somchai@example.com"), ("password", "wrong wrong wrong")];
    home.post("/sign-in", &wrong).await.is(422).says("อีเมลหรือรหัสผ่านไม่ถูกต้อง");
    let right = [("email", " Somchai@Example.com "), ("password", PASSWORD), ("next", "/admin/jobs")];
    assert_eq!(home.post("/sign-in", &right).await.redirected(), "/sign-in/code?next=%2Fadmin%2Fjobs");
    assert!(
        home.get("/admin/jobs").await.redirected().starts_with("/sign-in/code"),
        "a password is not enough"
    );
    for own in ["/account", "/my/cases", "/messages", "/account/sessions"] {
        assert!(
            home.get(own).await.redirected().starts_with("/sign-in/code"),
            "{own} waits for the code too"
        );
    }
    home.post("/account", &[("name", "นายปลอม"), ("lang", "th")]).await.is(403);
    let code = code_at(&secret, town.town.clock().now()).unwrap();
    let given = [("code", code.as_str()), ("next", "/admin/jobs")];
    assert_eq!(home.post("/sign-in/code", &given).await.redirected(), "/admin/jobs");
    home.get("/admin/jobs").await.is(200);

    let cafe = town.visitor();
    cafe.post("/sign-in", &right).await.redirected();
    cafe.post("/sign-in/code", &given).await.is(422).says("รหัสไม่ถูกต้อง");

    let sessions = home.get("/account/sessions").await.is(200).text();
    assert_eq!(sessions.matches("/closure\"").count(), 3, "two other browsers, and all at once");
    home.post("/account/sessions/others/closure", &[]).await.redirected();
    assert!(office.get("/admin").await.redirected().starts_with("/sign-in"), "signed out elsewhere");
    home.post("/sign-out", &[]).await.redirected();
    home.get("/account").await.redirected();
    assert_eq!(
        town.events().await,
        [
            "identity.person.added",
            "identity.person.appointed",
            "identity.person.invited",
            "identity.password.set",
            "identity.session.opened",
            "identity.second_factor.set",
            "identity.session.opened",
            "identity.session.opened",
            "identity.session.opened",
            "identity.session.opened",
            "identity.session.closed",
            "identity.session.closed"
        ]
    );
    town.work().await;
    town.verify().await;
});

story!(a_resident_signs_in_with_a_code_by_mail, town, {
    let mali = town.visitor();
    mali.post("/sign-in/email", &[("email", "no address")]).await.is(422).says("อีเมล");
    let page = mali.post("/sign-in/email", &[("email", "Mali@Example.com")]).await.redirected();
    town.work().await;
    let sent = engine::messages::outbox(&mut town.town.db(), town.town.id(), "").await.unwrap();
    let code: String = sent.rows[0].text.chars().filter(char::is_ascii_digit).take(6).collect();
    mali.post(&page, &[("code", "12")]).await.is(422);
    let thief = town.visitor();
    thief.post(&page, &[("code", &code)]).await.is(422);
    assert_eq!(
        mali.post(&page, &[("code", &code)]).await.redirected(),
        "/account",
        "a name is still missing"
    );
    mali.post("/account", &[("name", " "), ("telephone", "123"), ("lang", "th")]).await.is(422).says("123");
    let details = [("name", "นางสาวมาลี สีดา"), ("telephone", "๐๘๑ ๒๓๔ ๕๖๗๘"), ("lang", "th")];
    mali.post("/account", &details).await.redirected();
    mali.get("/account").await.is(200).says("0812345678");
    mali.get("/admin").await.is(403);
    mali.post(&page, &[("code", &code)]).await.is(422);
    let again = town.visitor();
    again.post("/sign-in/email", &[("email", "mali@example.com")]).await.redirected();
    for _ in 0..5 {
        again.post(&page, &[("code", "000000")]).await.is(422);
    }
    town.work().await;
    let sent = engine::messages::outbox(&mut town.town.db(), town.town.id(), "").await.unwrap();
    let code: String = sent.rows[0].text.chars().filter(char::is_ascii_digit).take(6).collect();
    again.post(&page, &[("code", &code)]).await.is(422).says("หมดอายุ");
    assert_eq!(
        town.events().await,
        ["identity.person.added", "identity.session.opened", "identity.person.changed"]
    );
    town.verify().await;
});

story!(a_guesser_locks_out_guessers_and_not_the_owner, town, {
    let id = appointed(&town, "นางอรุณ", "arun@example.com", "administrator").await;
    let owner = town.visitor();
    moved_in(&town, &owner, &id).await;
    owner.post("/sign-out", &[]).await.redirected();
    let wrong = [("email", "arun@example.com"), ("password", "guess guess guess")];
    let right = [("email", "arun@example.com"), ("password", PASSWORD)];
    let tries = (0..14).map(|_| async { town.visitor().post("/sign-in", &wrong).await.status });
    let answers = futures::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|status| **status == 422).count(), 10, "side by side as one by one");
    let refused = town.visitor().post("/sign-in", &right).await.is(429);
    assert!(refused.headers.contains_key("retry-after"), "even the right password, from a new browser");
    assert_eq!(owner.post("/sign-in", &right).await.redirected(), "/sign-in/code", "the owner's own browser");
    town.platform.clock.advance(SignedDuration::from_mins(16));
    town.visitor().post("/sign-in", &right).await.redirected();
    let nobody = [("email", "nobody@example.com"), ("password", PASSWORD)];
    let unknown = town.visitor().post("/sign-in", &nobody).await.is(422).text();
    assert!(unknown.contains("อีเมลหรือรหัสผ่านไม่ถูกต้อง"), "as for a wrong password");
});

story!(roles_run_from_day_to_day_and_the_last_administrator_stays, town, {
    let boss = appointed(&town, "นายประยุทธ์", "boss@example.com", "administrator").await;
    let actor = identity::acting(&town.town, &boss).await.unwrap();
    let leaver = appointed(&town, "นายลาออก", "leaver@example.com", "officer").await;
    let day = |day| civil::date(2026, 11, day);
    operations::leave(&town.town, &actor, &leaver, day(3)).await.unwrap();
    let browser = town.visitor();
    moved_in(&town, &browser, &leaver).await;
    browser.get("/account").await.is(200);
    town.platform.clock.set(engine::clock::moment(day(4), 0, 1));
    assert!(browser.get("/account").await.redirected().starts_with("/sign-in"), "midnight of the last day");
    let held = identity::queries::appointments(&mut town.town.db(), town.town.id(), &boss).await.unwrap();
    let refused = operations::dismiss(&town.town, &actor, &boss, &held[0].id).await;
    assert!(matches!(refused, Err(engine::Error::Conflict("identity-problem-last-administrator"))));
    let refused = operations::leave(&town.town, &actor, &boss, day(1)).await;
    assert!(matches!(refused, Err(engine::Error::Conflict(_))));
    let officer = appointed(&town, "นางสาวใหม่", "new@example.com", "officer").await;
    let clerk = identity::acting(&town.town, &officer).await.unwrap();
    let forbidden = operations::invite(&town.town, &clerk, &boss).await;
    assert!(matches!(forbidden, Err(engine::Error::Forbidden)));
    let same = NewPerson {
        name: "ซ้ำ".to_owned(),
        email: Some("NEW@example.com".to_owned()),
        lang: Lang::Th,
        ..NewPerson::default()
    };
    let taken = operations::add_person(&town.town, &actor, same).await;
    assert!(matches!(taken, Err(engine::Error::Invalid(_))));
    town.work().await;
    town.verify().await;
});

story!(administrators_keep_the_calendar_and_look_after_jobs, town, {
    let id = appointed(&town, "นายไอที", "it@example.com", "administrator").await;
    let it = town.visitor();
    moved_in(&town, &it, &id).await;
    it.get("/admin").await.is(200);
    it.get("/admin/roles").await.is(200).says("ผู้บริหาร");
    it.get("/admin/holidays?year=2569").await.is(200).says("วันปิยมหาราช");
    let bad = [("day-day", "31"), ("day-month", "2"), ("day-year", "2569"), ("name_th", "วันพิเศษ")];
    it.post("/admin/holidays", &bad).await.is(422).says("วันพิเศษ");
    let good = [("day-day", "๑๖"), ("day-month", "11"), ("day-year", "2569"), ("name_th", "วันหยุดพิเศษ")];
    it.post("/admin/holidays", &good).await.redirected();
    it.get("/admin/holidays?year=2569").await.is(200).says("วันหยุดพิเศษ");
    it.post("/admin/holidays/2026-11-16/removal", &[]).await.redirected();
    it.post("/admin/holidays/2026-11-16/removal", &[]).await.is(404);
    let new = [("name", "นางสาวเพิ่ม"), ("position", "นิติกร"), ("email", "legal@example.com"), ("lang", "th")];
    let person = it.post("/admin/people", &new).await.redirected();
    let role = [("role", "officer"), ("unit", "welfare")];
    it.post(&format!("{person}/appointments"), &role).await.redirected();
    it.post(&format!("{person}/appointments"), &[("role", "king")]).await.is(422).says("กรุณาเลือกบทบาท");
    it.post(&format!("{person}/invitation"), &[]).await.is(200).says("/invitations/");
    it.get(&person).await.is(200).says("กองสวัสดิการสังคม");
    it.get("/admin/jobs").await.is(200).says("ไม่มีงานที่ไม่สำเร็จ");
    town.work().await;
    it.get("/admin/messages").await.is(200).says("legal@example.com");
    it.get("/messages").await.is(200);
    town.verify().await;
});
