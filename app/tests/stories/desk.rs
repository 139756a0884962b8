//! The office's side: a case worked to its decision, the counter, what officers are told. The inbox has
//! a file of its own.

use engine::{Actor, Lang, PersonId, civil, messages};
use identity::person::{Appointment, NewPerson};

use crate::story;
use crate::town::{On, TestTown, Visitor};

/// Someone of the office with a role in a unit from the first day of the month.
async fn hired(town: &TestTown, name: &str, role: &str, unit: &str) -> PersonId {
    let new = NewPerson { name: name.to_owned(), lang: Lang::Th, ..NewPerson::default() };
    let id = identity::operations::add_person(&town.town, &Actor::system(), new).await.unwrap();
    let appointment = Appointment {
        role: role.to_owned(),
        unit: Some(unit.to_owned()),
        from: civil::date(2026, 11, 1),
        to: None,
    };
    identity::operations::appoint(&town.town, &Actor::system(), &id, appointment).await.unwrap();
    id
}

/// The same, sitting at a browser.
pub async fn at_work(town: &TestTown, name: &str, role: &str, unit: &str) -> (PersonId, Visitor) {
    let id = hired(town, name, role, unit).await;
    let browser = town.visitor();
    browser.post("/sign-in/demo", &[("person", id.as_str())]).await.redirected();
    (id, browser)
}

/// What happened to cases; people come and go besides.
async fn case_events(town: &TestTown) -> Vec<String> {
    town.events()
        .await
        .into_iter()
        .filter_map(|kind| kind.strip_prefix("casework.case.").map(str::to_owned))
        .collect()
}

async fn told(town: &TestTown, person: &PersonId) -> Vec<String> {
    let all = messages::of_person(&mut town.town.db(), town.town.id(), person, "").await.unwrap();
    all.rows.into_iter().rev().map(|message| message.subject).collect()
}

story!(an_officer_works_a_case_and_the_head_decides_with_the_letter_seen_first, town, {
    let resident = town.visitor();
    let (number, _) = resident.reports_a_light("นางคำปุ่น ศรีสุข", "").await;
    let (somchai_id, somchai) = at_work(&town, "นายสมชาย ช่างดี", "officer", "engineering").await;
    let (_, wichai) = at_work(&town, "นายวิชัย หัวหน้าช่าง", "head", "engineering").await;
    let desk = format!("/desk/cases/{number}");

    let page = somchai.get("/desk?view=unassigned").await.is(200).says(&number).says("เหลือ 7 วันทำการ");
    assert!(page.links().contains(&desk));
    let page = somchai.get(&desk).await.is(200).says("tel:0812345678").says("ไฟดับหน้าวัด");
    page.says("หัวหน้าหน่วยงานเป็นผู้พิจารณา").keeps_quiet_about("decision/new");
    let back = somchai.post(&format!("{desk}/assignment"), &[("to", "me"), ("seen", "")]).await.redirected();
    somchai.get(&back).await.says("ท่านเป็นผู้รับผิดชอบเรื่องนี้แล้ว").says("นายสมชาย ช่างดี รับเรื่องไว้ดำเนินการ");
    somchai.post(&format!("{desk}/notes"), &[("note", "ต้องใช้รถกระเช้า")]).await.redirected();
    somchai.post(&format!("{desk}/answers"), &[("answer", "จะออกตรวจพรุ่งนี้")]).await.redirected();
    somchai.get(&desk).await.says("บันทึกภายใน เห็นเฉพาะเจ้าหน้าที่").says("ถึงผู้ยื่น: ตอบ");
    resident.get(&format!("/cases/{number}")).await.says("จะออกตรวจพรุ่งนี้").keeps_quiet_about("รถกระเช้า");
    somchai.post(&format!("{desk}/progress"), &[("move", "begin")]).await.redirected();
    somchai.get(&format!("{desk}/request/new?move=ask")).await.is(200).says("หยุดนับเวลาพิจารณาจนกว่าผู้ยื่นจะตอบ");
    somchai.post(&format!("{desk}/request"), &[("move", "ask"), ("ask", "เสาต้นที่เท่าไร")]).await.redirected();
    somchai.get(&desk).await.says("หยุดนับเวลาพิจารณาจนกว่าจะได้รับคำตอบ");
    somchai.get("/desk?view=waiting").await.says(&number);
    resident.post(&format!("/cases/{number}/supplements"), &[("text", "ต้นที่สาม")]).await.redirected();
    town.work().await;
    assert_eq!(told(&town, &somchai_id).await, [format!("ผู้ยื่นส่งข้อมูลเพิ่มในคำขอเลขที่ {number}")]);

    wichai.get(&format!("{desk}/decision/new?move=grant")).await.is(200).says("ดูตัวอย่างหนังสือ");
    let decision = format!("{desk}/decision");
    let reasons = "เปลี่ยนหลอดไฟแล้ว\nเมื่อวันที่ 2";
    let typed = [("move", "grant"), ("decision", reasons), ("seen", "")];
    let letter = wichai.post(&decision, &typed).await.is(200).says("นางคำปุ่น ศรีสุข");
    letter.says("มีผลการดำเนินการดังนี้ เปลี่ยนหลอดไฟแล้ว").says("แก้ไขภายหลังไม่ได้");
    // Changed after it was seen: the letter is shown again.
    let changed = [("move", "grant"), ("decision", "เปลี่ยนหลอดไฟแล้ว"), ("seen", reasons)];
    wichai.post(&decision, &changed).await.is(200).says("หนังสือที่จะส่ง");
    let seen = [("move", "grant"), ("decision", "เปลี่ยนหลอดไฟแล้ว"), ("seen", "เปลี่ยนหลอดไฟแล้ว")];
    let back = wichai.post(&decision, &seen).await.redirected();
    town.work().await;
    let page =
        wichai.get(&back).await.is(200).says("ดำเนินการเสร็จแล้ว").says("นายวิชัย หัวหน้าช่าง พิจารณาแล้ว ให้ตามคำขอ");
    let files: Vec<String> = page.links().into_iter().filter(|link| link.contains("/files/")).collect();
    assert_eq!(files.len(), 2, "letter and receipt");
    assert!(wichai.get(&files[0]).await.is(200).body.starts_with(b"%PDF"));
    resident.get(&files[0]).await.is(303);
    assert_eq!(
        case_events(&town).await,
        ["submitted", "assigned", "noted", "answered", "moved", "asked", "supplied", "granted"]
    );
    town.verify().await;
});

story!(what_is_refused_at_the_desk_keeps_what_was_typed, town, {
    let (number, _) = town.visitor().reports_a_light("นายทองดี", "").await;
    let (_, somchai) = at_work(&town, "นายสมชาย", "officer", "engineering").await;
    let (_, wichai) = at_work(&town, "นายวิชัย", "head", "engineering").await;
    let (_, malai) = at_work(&town, "นางมาลัย", "frontdesk", "clerk").await;
    let desk = format!("/desk/cases/{number}");
    let long = "ก".repeat(4001);
    somchai.post(&format!("{desk}/notes"), &[("note", " ")]).await.is(422).says("href=\"#note\"");
    somchai.post(&format!("{desk}/notes"), &[("note", &long)]).await.is(422).says(&long);
    somchai.post(&format!("{desk}/answers"), &[("answer", &long)]).await.is(422).says(&long).says("#answer");
    somchai.post(&format!("{desk}/assignment"), &[("to", "")]).await.is(422).says("กรุณาเลือกผู้รับผิดชอบ");
    somchai.post(&format!("{desk}/assignment"), &[("to", "nobody-known")]).await.is(422).says("ไม่มีสิทธิ");
    let transfer = [("unit", "engineering"), ("text", "ไม่ใช่งานเรา")];
    somchai
        .post(&format!("{desk}/transfer"), &transfer)
        .await
        .is(422)
        .says("ไม่ใช่งานเรา")
        .says("กรุณาเลือกหน่วยงาน");
    somchai
        .post(&format!("{desk}/transfer"), &[("unit", "clerk"), ("text", "")])
        .await
        .is(422)
        .says("checked");
    somchai.post(&format!("{desk}/request"), &[("move", "ask"), ("ask", "")]).await.is(422).says("#ask");
    wichai.post(&format!("{desk}/decision"), &[("move", "refuse"), ("decision", "")]).await.is(422);
    wichai.get(&format!("{desk}/decision/new?move=ask")).await.is(404);
    somchai.get(&format!("{desk}/decision/new?move=refuse")).await.is(403);
    somchai.post(&format!("{desk}/decision"), &[("move", "refuse"), ("decision", "x")]).await.is(403);
    malai.get(&desk).await.is(200).keeps_quiet_about("/notes").keeps_quiet_about("/assignment");
    malai.post(&format!("{desk}/notes"), &[("note", "x")]).await.is(403);
    somchai.get("/counter").await.is(403);
    somchai.get("/desk/cases/69-0000-0000").await.is(404);
    town.visitor().get(&desk).await.is(303);

    // Wichai decided while Somchai was still typing.
    let typed = [("move", "refuse"), ("decision", "อยู่นอกเขต"), ("seen", "อยู่นอกเขต")];
    wichai.post(&format!("{desk}/decision"), &typed).await.redirected();
    let ask = [("move", "ask"), ("ask", "ขอรูปถ่ายเพิ่ม")];
    let page = somchai.post(&format!("{desk}/request"), &ask).await.is(409);
    page.says("ขอรูปถ่ายเพิ่ม").says("นายวิชัย พิจารณาแล้ว ไม่ให้ตามคำขอ").says("ข้อความที่ท่านพิมพ์ยังอยู่");
    let page = wichai.post(&format!("{desk}/decision"), &typed).await.is(409);
    page.says("อยู่นอกเขต").says("นายวิชัย พิจารณาแล้ว ไม่ให้ตามคำขอ");
    somchai.post(&format!("{desk}/progress"), &[("move", "begin")]).await.is(409);
    somchai.post(&format!("{desk}/assignment"), &[("to", "me"), ("seen", "")]).await.is(409);
    let transfer = [("unit", "clerk"), ("text", "ส่งต่อ")];
    somchai.post(&format!("{desk}/transfer"), &transfer).await.is(409).says("ส่งต่อ");
    town.work().await;
    assert_eq!(case_events(&town).await, ["submitted", "refused"]);
    town.verify().await;
});

story!(a_case_changes_hands_and_those_concerned_are_told, town, {
    let resident = town.visitor();
    let (number, _) = resident.reports_a_light("นายทองดี", "").await;
    let (somchai_id, somchai) = at_work(&town, "นายสมชาย", "officer", "engineering").await;
    let (wichai_id, wichai) = at_work(&town, "นายวิชัย", "head", "engineering").await;
    let clerk_id = hired(&town, "นางปลัด ใจเย็น", "head", "clerk").await;
    let frontdesk_id = hired(&town, "นางมาลัย", "frontdesk", "clerk").await;
    let desk = format!("/desk/cases/{number}");
    let assignment = format!("{desk}/assignment");
    wichai.get(&desk).await.says("นายสมชาย").says("นางปลัด ใจเย็น").keeps_quiet_about("นางมาลัย");
    wichai.post(&assignment, &[("to", frontdesk_id.as_str()), ("seen", "")]).await.is(422);
    wichai.post(&assignment, &[("to", somchai_id.as_str()), ("seen", "")]).await.redirected();
    wichai.get(&desk).await.says("นายวิชัย มอบหมายเรื่องให้ นายสมชาย");
    // Somchai's page still shows nobody; taking it twice is one event.
    somchai.post(&assignment, &[("to", "me"), ("seen", "")]).await.redirected();
    wichai.post(&assignment, &[("to", "me"), ("seen", "")]).await.is(409).says("มอบหมายเรื่องนี้ให้ผู้อื่นแล้ว");
    wichai.post(&assignment, &[("to", "me"), ("seen", somchai_id.as_str())]).await.redirected();
    wichai.post(&assignment, &[("to", "nobody"), ("seen", wichai_id.as_str())]).await.redirected();
    somchai.get("/desk?view=unassigned").await.says(&number);
    somchai.post(&assignment, &[("to", "me"), ("seen", "")]).await.redirected();
    let transfer = [("unit", "clerk"), ("text", "ไฟในสำนักงาน ไม่ใช่ไฟสาธารณะ")];
    wichai.post(&format!("{desk}/transfer"), &transfer).await.redirected();
    somchai.get(&desk).await.says("นายวิชัย ส่งเรื่องต่อให้สำนักปลัดเทศบาล").says("ไฟในสำนักงาน");
    resident.get(&format!("/cases/{number}")).await.keeps_quiet_about("ไฟในสำนักงาน");
    resident.post(&format!("/cases/{number}/withdrawal"), &[]).await.redirected();
    town.work().await;
    assert_eq!(
        told(&town, &somchai_id).await,
        [
            format!("ท่านได้รับมอบหมายคำขอเลขที่ {number}"),
            format!("คำขอเลขที่ {number} ไม่ได้อยู่กับท่านแล้ว"),
            format!("คำขอเลขที่ {number} ไม่ได้อยู่กับท่านแล้ว"),
        ]
    );
    assert!(told(&town, &wichai_id).await.is_empty());
    assert_eq!(
        told(&town, &clerk_id).await,
        [format!("คำขอเลขที่ {number} ส่งต่อมาที่สำนักปลัดเทศบาล"), format!("คำขอเลขที่ {number} ถูกถอน")]
    );
    assert_eq!(
        case_events(&town).await,
        ["submitted", "assigned", "assigned", "released", "assigned", "transferred", "withdrawn"]
    );
    town.verify().await;
});

story!(someone_applies_at_the_counter_and_goes_home_with_a_slip, town, {
    let (_, malai) = at_work(&town, "นางมาลัย", "frontdesk", "clerk").await;
    let (_, other) = at_work(&town, "นางสาวอื่น", "frontdesk", "clerk").await;
    malai
        .post("/counter", &[("channel", "online"), ("service", "")])
        .await
        .is(422)
        .says("#channel")
        .says("#service");
    let chosen = [("channel", "telephone"), ("service", "street-light-repair")];
    let first = malai.post("/counter", &chosen).await.redirected();
    malai.get(&first).await.is(200).says("กำลังกรอกแทน ผู้มาติดต่อ · ทางโทรศัพท์");
    other.get(&first).await.is(404);
    let place = malai.post(&first, &[("fault", "out"), ("lights", "1")]).await.redirected();
    let contact =
        malai.post(&place, &[("place-place", "หมู่ 4"), ("landmark", "ไฟดับหน้าบ้าน")]).await.redirected();
    let person = [("full_name", "นายเฒ่า ใจดี"), ("telephone", "0812345678")];
    let declaration = malai.post(&contact, &person).await.redirected();
    malai.get(&declaration).await.says("กำลังกรอกแทน นายเฒ่า ใจดี");
    malai.get("/counter").await.is(200).says("คำขอที่ยังไม่ได้ส่ง").says("นายเฒ่า ใจดี").says("ทางโทรศัพท์");
    other.get("/counter").await.is(200).keeps_quiet_about("นายเฒ่า ใจดี");
    let check = malai.post(&declaration, &[("true_words", "yes")]).await.redirected();
    let slip = malai.post(&check.replace("/check", "/submission"), &[]).await.redirected();
    assert!(slip.starts_with("/counter/cases/"), "{slip}");
    let number = slip.trim_start_matches("/counter/cases/").to_owned();
    let secret = malai.cookie(&format!("sala_slip_{number}")).unwrap();
    malai.get(&slip).await.is(200).says(&number).says(&secret).says("นายเฒ่า ใจดี");
    town.work().await;
    let receipt = malai.get(&slip).await.links().into_iter().find(|link| link.contains("/files/")).unwrap();
    assert!(malai.get(&receipt).await.is(200).body.starts_with(b"%PDF"));
    other.get(&slip).await.is(404);
    other.get(&receipt).await.is(404);
    malai.get(&format!("/cases/{number}")).await.is(404);
    let opened = town.visitor().post("/track", &[("number", &number), ("secret", &secret)]).await;
    assert_eq!(opened.redirected(), format!("/cases/{number}"));
    malai.get(&format!("/desk/cases/{number}")).await.says("นางมาลัย ยื่นคำขอแทนประชาชน (ทางโทรศัพท์)");
    malai.get("/counter").await.is(200).keeps_quiet_about("นายเฒ่า ใจดี");
    assert_eq!(case_events(&town).await, ["submitted"]);
    town.verify().await;
});

story!(deadlines_that_come_near_are_told_once_a_day, town, {
    let resident = town.visitor();
    let (number, _) = resident.reports_a_light("นายหนึ่ง", "").await;
    resident.reports_a_light("นายสอง", "").await;
    let (somchai_id, somchai) = at_work(&town, "นายสมชาย", "officer", "engineering").await;
    let wichai_id = hired(&town, "นายวิชัย", "head", "engineering").await;
    somchai
        .post(&format!("/desk/cases/{number}/assignment"), &[("to", "me"), ("seen", "")])
        .await
        .redirected();
    // Received on Monday the second, due on the eleventh; nothing is near yet.
    town.work().await;
    assert!(told(&town, &somchai_id).await.is_empty() && told(&town, &wichai_id).await.is_empty());
    for _ in 0..7 {
        town.days(1);
        town.work().await;
        town.work().await;
    }
    let near = "เกินกำหนด 0 เรื่อง ครบกำหนดใน 2 วันทำการ 1 เรื่อง";
    assert_eq!(told(&town, &somchai_id).await, [near], "on the ninth, not on the weekend before");
    assert_eq!(told(&town, &wichai_id).await, [near], "of the case that nobody has");
    let message =
        &messages::of_person(&mut town.town.db(), town.town.id(), &wichai_id, "").await.unwrap().rows[0];
    assert!(message.text.contains("ยังไม่มีผู้รับผิดชอบ 1 เรื่อง") && !message.text.contains("นายสอง"));
    assert_eq!(message.link.as_deref(), Some("/desk?view=unassigned&unit=own"));
    town.days(3);
    town.work().await;
    assert_eq!(told(&town, &somchai_id).await.last().unwrap(), "เกินกำหนด 1 เรื่อง ครบกำหนดใน 2 วันทำการ 0 เรื่อง");
    let next_week = town.visitor();
    next_week.post("/sign-in/demo", &[("person", somchai_id.as_str())]).await.redirected();
    next_week.get("/desk?view=overdue").await.is(200).says("เกินกำหนด 1 วันทำการ").says(&number);
    assert_eq!(case_events(&town).await, ["submitted", "submitted", "assigned"]);
    town.verify().await;
});
