//! Forms with every turn: changes from the check, versions, the receipt of what was answered.

use casework::permissions::READ;
use casework::{operations, queries};
use engine::Actor;
use engine::documents::Paper;

use super::{DRAWING, FORM, WHO, case_of, draft_of, files_of, number_in, publish};
use crate::story;
use crate::town::{On, TestTown, officer};

story!(a_change_from_the_check_comes_back_there_by_way_of_what_it_opened, town, {
    publish(&town, FORM).await;
    let visitor = town.visitor();
    let stall = visitor.post("/services/fair-stall/drafts", &[]).await.redirected();
    let wrong = visitor.post(&stall, &[("income", "ร้อยบาท")]).await.is(422);
    wrong.says("กรุณาเลือกอย่างน้อยหนึ่งข้อใน “ขายอะไร”").says("กรุณากรอกจำนวนเงิน").says("value=\"ร้อยบาท\"");
    let all = [("goods", "food"), ("goods", "toys"), ("goods", "plants"), ("income", "99")];
    visitor.post(&stall, &all).await.is(422).says("เลือกได้ไม่เกิน 2 ข้อ").says("ต้องไม่น้อยกว่า 100");
    let toys = [("goods", "toys"), ("goods", "plants"), ("income", "๑,๒๕๐.๕๐")];
    let you = visitor.post(&stall, &toys).await.redirected();
    assert!(you.ends_with("/steps/you"), "no kitchen is asked for: {you}");
    let check = visitor.post(&you, &WHO).await.redirected();
    visitor.get(&check).await.says("ของเล่น\nต้นไม้").says("1,250.50 บาท").says("ตำบลในเมือง อำเภอเมืองขอนแก่น");
    visitor.get(&check).await.says("/steps/stall?from=check");

    let change = format!("{stall}?from=check");
    visitor.get(&change).await.says("?from=check").says("/check\"");
    let opened = visitor.post(&change, &[("goods", "food"), ("income", "200")]).await.redirected();
    assert!(opened.ends_with("/steps/kitchen?from=check"), "{opened}");
    visitor.post(&opened, &[]).await.is(422).says("กรุณาแนบ “รูปครัว”").says("?from=check");
    let page = visitor.upload(&opened, &[], &[("kitchen", "ครัว.txt", b"text")]).await.is(422);
    page.says("แนบไฟล์ “ครัว.txt” ไม่ได้").keeps_quiet_about("กรุณาแนบ “รูปครัว”");
    let back = visitor.upload(&opened, &[], &[("kitchen", "ครัว.png", DRAWING)]).await.redirected();
    assert_eq!(back, check);
    visitor.get(&check).await.says("ครัว.png");
    // Nobody sends what they no longer see: with the food goes the picture of the kitchen.
    assert_eq!(visitor.post(&change, &toys).await.redirected(), check);
    visitor.get(&check).await.keeps_quiet_about("ครัว.png");
    assert!(files_of(&town, &draft_of(&stall).subject()).await.is_empty());
    town.work().await;
    assert!(town.events().await.is_empty());
    town.verify().await;
});

story!(a_draft_is_finished_on_the_version_it_began_with, town, {
    publish(&town, FORM).await;
    let visitor = town.visitor();
    let stall = visitor.post("/services/fair-stall/drafts", &[]).await.redirected();
    let newer = FORM.replace("version = 1", "version = 2").replace("[\"food\"]", "[\"toys\"]");
    publish(&town, &newer).await;
    let you = visitor.post(&stall, &[("goods", "toys"), ("income", "200")]).await.redirected();
    assert!(you.ends_with("/steps/you"), "the second version would ask for a kitchen: {you}");
    let check = visitor.post(&you, &WHO).await.redirected();
    let case = visitor.post(&check.replace("/check", "/submission"), &[]).await.redirected();
    assert_eq!(case_of(&town, &number_in(&case)).await.version, 1);
    let later = town.visitor().post("/services/fair-stall/drafts", &[]).await.redirected();
    let later = queries::draft(&mut town.town.db(), town.town.id(), &draft_of(&later)).await.unwrap();
    assert_eq!(later.version, 2);
    town.work().await;
    town.verify().await;
});

story!(the_receipt_lists_what_was_sent_and_hides_the_identity_number, town, {
    publish(&town, FORM).await;
    let visitor = town.visitor();
    let stall = visitor.post("/services/fair-stall/drafts", &[]).await.redirected();
    let kitchen = visitor.post(&stall, &[("goods", "food"), ("income", "200")]).await.redirected();
    let you = visitor.upload(&kitchen, &[], &[("kitchen", "ครัว.png", DRAWING)]).await.redirected();
    let check = visitor.post(&you, &WHO).await.redirected();
    visitor.get(&check).await.says("3-1006-00445-63-5");
    let path = visitor.post(&check.replace("/check", "/submission"), &[]).await.redirected();
    visitor
        .get(&path)
        .await
        .says("X-XXXX-XXXX5-63-5")
        .says("กำลังจัดทำ")
        .keeps_quiet_about("3-1006-00445-63-5");
    town.work().await;
    let case = case_of(&town, &number_in(&path)).await;
    let papers =
        engine::documents::of_subject(&mut town.town.db(), town.town.id(), &case.subject()).await.unwrap();
    let paper = engine::documents::paper(&mut town.town.db(), town.town.id(), &papers[0].id).await.unwrap();
    let Paper::Receipt(receipt) = paper else { panic!("no receipt") };
    assert_eq!(receipt.documents.items, ["ครัว.png"]);
    let told: Vec<&str> = receipt.answers.items.iter().map(|answer| answer.value.as_str()).collect();
    assert!(told.contains(&"X-XXXX-XXXX5-63-5") && told.contains(&"200 บาท"), "{told:?}");
    assert_eq!(receipt.verification.url, town.town.url(&format!("/documents/{}", papers[0].code)));
    let pdf = visitor.get(&format!("/cases/{}/documents/{}", case.number, papers[0].id)).await.is(200);
    assert!(pdf.body.starts_with(b"%PDF"));
    let reader = officer("reader", &[READ]);
    assert!(operations::may_see(&case, &reader) && !operations::may_see(&case, &Actor::visitor()));
    town.verify().await;
});
