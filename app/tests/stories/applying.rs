//! Applications from the first page to the letter.

use casework::permissions::{DECIDE, READ, RECEIVE, WORK};
use casework::queries::{self, Asked, Place, View};
use casework::{operations, service};
use engine::{Actor, Error};

use crate::story;
use crate::town::{On, TestTown, officer};

story!(a_resident_applies_an_officer_decides_and_the_letter_comes, town, {
    let yai = town.visitor();
    let (number, _) = yai.reports_a_light("นางคำปุ่น ศรีสุข", "khampun@example.com").await;
    let page = yai.get(&format!("/cases/{number}")).await.is(200);
    page.says("11 พฤศจิกายน 2569").says("รับคำขอแล้ว");

    let somchai = officer("somchai", &[READ, WORK, DECIDE]);
    operations::assign(&town.town, &somchai, &number, somchai.person()).await.unwrap();
    operations::note(&town.town, &somchai, &number, "ต้องใช้รถกระเช้า").await.unwrap();
    operations::make_move(&town.town, &somchai, &number, "begin", "").await.unwrap();
    operations::make_move(&town.town, &somchai, &number, "ask", "เสาต้นที่เท่าไรนับจากปากซอย").await.unwrap();
    yai.get(&format!("/cases/{number}")).await.says("เสาต้นที่เท่าไร").says("รอข้อมูลจากผู้ยื่น");

    town.days(7);
    yai.post(&format!("/cases/{number}/supplements"), &[("text", " ")]).await.is(422).says("กรุณาพิมพ์ข้อความ");
    yai.post(&format!("/cases/{number}/supplements"), &[("text", "ต้นที่สามครับ")]).await.redirected();
    // Seven working days from the ninth: the week in which the office waited does not count.
    yai.get(&format!("/cases/{number}")).await.says("18 พฤศจิกายน 2569");

    let case = operations::make_move(&town.town, &somchai, &number, "grant", "เปลี่ยนหลอดแล้ว #จบ {number}")
        .await
        .unwrap();
    assert!(case.is_closed());
    town.work().await;
    let page = yai
        .get(&format!("/cases/{number}"))
        .await
        .says("งานเสร็จแล้ว".replace("งาน", "ดำเนินการ").as_str())
        .text();
    assert!(!page.contains("ต้องใช้รถกระเช้า"), "notes stay inside");
    let letter = page.split("/documents/").skip(1).map(|rest| rest.split('"').next().unwrap());
    for id in letter {
        let pdf = yai.get(&format!("/cases/{number}/documents/{id}")).await.is(200);
        assert!(pdf.body.starts_with(b"%PDF"));
        assert_eq!(pdf.headers["x-content-type-options"], "nosniff");
    }
    assert_eq!(town.mails().await.len(), 3, "{:?}", town.mails().await);
    assert_eq!(
        town.events().await,
        [
            "casework.case.submitted",
            "casework.case.assigned",
            "casework.case.noted",
            "casework.case.moved",
            "casework.case.asked",
            "casework.case.supplied",
            "casework.case.granted"
        ]
    );
    town.verify().await;
});

story!(a_paper_can_be_checked_by_whoever_holds_it, town, {
    let (number, _) = town.visitor().reports_a_light("นายบุญมี", "").await;
    town.work().await;
    let case = queries::with_number(&mut town.town.db(), town.town.id(), &number).await.unwrap();
    let papers =
        engine::documents::of_subject(&mut town.town.db(), town.town.id(), &case.subject()).await.unwrap();
    let stranger = town.visitor();
    let page = stranger.get(&format!("/documents/{}", papers[0].code)).await.is(200).says("R/1").text();
    assert!(!page.contains("บุญมี"), "no word of the person");
    stranger.get("/documents/AAAAAAAAAAAA").await.is(200).says("ไม่พบเอกสาร");
    stranger.get(&format!("/cases/{number}/documents/{}", papers[0].id)).await.is(404);
    town.verify().await;
});

story!(what_is_typed_wrong_comes_back_as_typed, town, {
    let visitor = town.visitor();
    let first = visitor.post("/services/elderly-allowance/drafts", &[]).await.redirected();
    let typed = [
        ("birth_date-day", "31"),
        ("birth_date-month", "2"),
        ("birth_date-year", "2497"),
        ("national_id", "1234"),
        ("home-line", "99 <b>\"'"),
        ("home-subdistrict", "ไม่มี"),
    ];
    let page = visitor.post(&first, &typed).await.is(422);
    let page =
        page.says("วันที่ไม่ถูกต้อง").says("เลขประจำตัวประชาชนไม่ถูกต้อง").says("ไม่พบตำบลนี้").says("value=\"2497\"");
    let page = page.says("value=\"1234\"").says("99 &#60;b&#62;");
    assert!(page.text().contains("href=\"#birth_date-day\""));
    let right = [
        ("birth_date-day", "9"),
        ("birth_date-month", "๒"),
        ("birth_date-year", "2490"),
        ("national_id", "3-1006-00445-63-5"),
        ("home-line", "99/1"),
        ("home-village", "4"),
        ("home-subdistrict", "ในเมือง เมืองขอนแก่น ขอนแก่น"),
    ];
    let next = visitor.post(&first, &right).await.redirected();
    assert!(next.ends_with("/steps/payment"));
    let check = next.replace("steps/payment", "check");
    visitor.get(&check).await.says("79").says("เดือนละ 700 บาท").says("ยังกรอกข้อมูลไม่ครบ");
    assert!(visitor.post(&check.replace("check", "submission"), &[]).await.redirected().ends_with("/check"));
    assert!(town.events().await.is_empty());
    town.verify().await;
});

story!(a_case_opens_with_number_and_secret_and_to_nobody_else, town, {
    let owner = town.visitor();
    let (number, secret) = owner.reports_a_light("นางสาวมาลี", "").await;
    let stranger = town.visitor();
    stranger.get(&format!("/cases/{number}")).await.is(404);
    stranger.get("/cases/69-0000-0000").await.is(404);
    let wrong = stranger.post("/track", &[("number", &number), ("secret", "AAAA-BBBB-CCCC")]).await.is(422);
    let unknown =
        stranger.post("/track", &[("number", "69-0000-0000"), ("secret", "AAAA-BBBB-CCCC")]).await.is(422);
    assert_eq!(wrong.text().replace(&number, "69-0000-0000").len(), unknown.text().len(), "both look alike");
    let typed = number.replace('-', " ");
    let lower = secret.to_lowercase();
    assert_eq!(
        stranger.post("/track", &[("number", &typed), ("secret", &lower)]).await.redirected(),
        format!("/cases/{number}")
    );
    stranger.get(&format!("/cases/{number}")).await.is(200);
    town.work().await;
    town.verify().await;
});

story!(a_draft_belongs_to_the_browser_that_began_it, town, {
    let owner = town.visitor();
    let first = owner.post("/services/street-light-repair/drafts", &[]).await.redirected();
    owner.get(&first).await.is(200);
    town.visitor().get(&first).await.is(404);
    town.visitor().post(&first, &[("fault", "out"), ("lights", "1")]).await.is(404);
    owner.post_from_elsewhere(&first).await.is(409);
    town.verify().await;
});

story!(an_applicant_takes_the_application_back, town, {
    let owner = town.visitor();
    let (number, _) = owner.reports_a_light("นายสมศักดิ์", "").await;
    town.visitor().post(&format!("/cases/{number}/withdrawal"), &[]).await.is(404);
    owner.get(&format!("/cases/{number}/withdrawal")).await.is(200);
    owner.post(&format!("/cases/{number}/withdrawal"), &[]).await.redirected();
    owner.post(&format!("/cases/{number}/withdrawal"), &[]).await.is(409);
    owner.post(&format!("/cases/{number}/supplements"), &[("text", "อีกเรื่อง")]).await.is(409);
    town.work().await;
    assert_eq!(town.events().await, ["casework.case.submitted", "casework.case.withdrawn"]);
    town.verify().await;
});

story!(what_an_officer_may_not_do_is_refused_and_changes_nothing, town, {
    let (number, _) = town.visitor().reports_a_light("นายทองดี", "").await;
    let town_ = &town.town;
    let clerk = officer("clerk", &[READ]);
    let technician = officer("technician", &[READ, WORK]);
    let head = officer("head", &[READ, WORK, DECIDE]);
    let mut careless = head.clone();
    careless.second_factor = false;
    assert!(matches!(operations::note(town_, &clerk, &number, "x").await, Err(Error::Forbidden)));
    assert!(matches!(operations::note(town_, &careless, &number, "x").await, Err(Error::SecondFactorNeeded)));
    assert!(matches!(
        operations::note(town_, &Actor::visitor(), &number, "x").await,
        Err(Error::SignInNeeded)
    ));
    assert!(matches!(
        operations::make_move(town_, &head, &number, "grant", "x").await,
        Err(Error::Conflict(_))
    ));
    operations::make_move(town_, &technician, &number, "begin", "").await.unwrap();
    assert!(matches!(
        operations::make_move(town_, &technician, &number, "refuse", "x").await,
        Err(Error::Forbidden)
    ));
    assert!(matches!(
        operations::make_move(town_, &head, &number, "refuse", " ").await,
        Err(Error::Invalid(_))
    ));
    assert!(matches!(
        operations::make_move(town_, &head, &number, "withdraw", "x").await,
        Err(Error::Conflict(_))
    ));
    assert!(matches!(operations::note(town_, &head, "69-0000-0000", "x").await, Err(Error::NotFound)));
    let start =
        operations::start_draft(town_, &clerk, "street-light-repair", casework::case::Channel::Counter);
    assert!(matches!(start.await, Err(Error::Forbidden)));
    town.work().await;
    assert_eq!(town.events().await, ["casework.case.submitted", "casework.case.moved"]);
    town.verify().await;
});

story!(an_officer_applies_at_the_counter_for_someone, town, {
    let malee = officer("malee", &[RECEIVE]);
    let counter = casework::case::Channel::Counter;
    let (draft, secret) =
        operations::start_draft(&town.town, &malee, "street-light-repair", counter).await.unwrap();
    let pairs = [
        ("fault", "out"),
        ("lights", "1"),
        ("place-place", "ซอย 3"),
        ("landmark", "ไฟดับ"),
        ("full_name", "นายเฒ่า ใจดี"),
        ("telephone", "043000111"),
        ("true_words", "yes"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let posted = engine::questionnaire::Posted {
        pairs: &pairs,
        today: town.town.clock().today(),
        lang: engine::Lang::Th,
    };
    for step in ["problem", "place", "contact", "declaration"] {
        operations::save_step(&town.town, &malee, (&draft.id, &secret), step, &posted).await.unwrap();
    }
    let (case, _) = operations::submit(&town.town, &malee, (&draft.id, ""), engine::Lang::Th).await.unwrap();
    assert_eq!((case.channel, case.officer.as_ref(), case.person.as_ref()), (counter, malee.person(), None));
    assert!(!operations::is_applicant(&case, &malee));
    town.work().await;
    town.verify().await;
});

story!(the_inbox_shows_each_view_and_finds_thai_words, town, {
    let visitor = town.visitor();
    let (number, _) = visitor.reports_a_light("นายสายัณห์ แสงทอง", "").await;
    town.platform.clock.advance(engine::SignedDuration::from_secs(60));
    let (other, _) = visitor.reports_a_light("นางบัวลอย", "").await;
    let officer = officer("somchai", &[READ, WORK]);
    operations::assign(&town.town, &officer, &number, officer.person()).await.unwrap();
    let list = async |view, words: &str| {
        let asked = Asked { view, words, ..Asked::default() };
        let page = queries::inbox(&town.town, &officer, &asked, town.town.clock().today()).await.unwrap();
        page.rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
    };
    assert_eq!(list(View::Mine, "").await, [number.as_str()]);
    assert_eq!(list(View::Unassigned, "").await, [other.as_str()]);
    assert_eq!(list(View::Unit, "").await, [other.clone(), number.clone()]);
    assert!(list(View::Overdue, "").await.is_empty());
    assert_eq!(list(View::Unit, "สายัณห์").await, [number.as_str()]);
    assert_eq!(list(View::Unit, &other).await, [other.as_str()]);
    town.days(30);
    assert_eq!(list(View::Overdue, "").await.len(), 2);
    town.work().await;
    town.verify().await;
});

story!(a_page_of_the_inbox_follows_the_last_one_without_a_gap, town, {
    let visitor = town.visitor();
    for _ in 0..30 {
        visitor.reports_a_light("นายแถว", "").await;
    }
    let officer = officer("somchai", &[READ]);
    let today = town.town.clock().today();
    let first = Asked { view: View::Unit, service: "street-light-repair", ..Asked::default() };
    let first = queries::inbox(&town.town, &officer, &first, today).await.unwrap();
    let place = Place::After(first.next.as_deref().unwrap());
    let next = Asked { view: View::Unit, place, ..Asked::default() };
    let second = queries::inbox(&town.town, &officer, &next, today).await.unwrap();
    assert_eq!((first.rows.len(), second.rows.len(), second.next), (25, 5, None));
    assert!(first.rows.last().unwrap().id > second.rows[0].id);
});

story!(letters_are_numbered_without_gaps, town, {
    let head = officer("head", &[READ, WORK, DECIDE]);
    for expected in ["ขก 54199/1", "ขก 54199/2"] {
        let (number, _) = town.visitor().reports_a_light("นายสอง", "").await;
        operations::make_move(&town.town, &head, &number, "begin", "").await.unwrap();
        assert!(operations::make_move(&town.town, &head, &number, "refuse", "").await.is_err());
        let case = operations::make_move(&town.town, &head, &number, "refuse", "อยู่นอกเขต").await.unwrap();
        let papers = engine::documents::of_subject(&mut town.town.db(), town.town.id(), &case.subject())
            .await
            .unwrap();
        assert_eq!(papers[0].number, expected);
    }
    town.work().await;
    town.verify().await;
});

story!(pages_are_in_both_languages_and_carry_safe_headers, town, {
    let visitor = town.visitor();
    visitor
        .get("/services/elderly-allowance?lang=en")
        .await
        .is(200)
        .says("Old-age allowance")
        .says("15 working days");
    let page = visitor.get("/services?q=lamp").await.is(200).says("Street light repair");
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    visitor.get("/nothing").await.is(404).says("There is no such page");
    visitor.get("/?lang=th").await.is(200).says("<html lang=\"th\">");
    visitor.get("/services?q=ฮัลโหลไม่มี").await.is(200).says("ไม่พบบริการ");
});

#[test]
fn the_shipped_catalogue_is_sound() {
    let shipped = service::shipped().unwrap();
    assert!(shipped.iter().all(|one| !one.service.slug.is_empty() && one.service.working_days > 0));
    assert!(!shipped.is_empty());
}
