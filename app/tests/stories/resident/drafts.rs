//! A draft from another device, sent twice, and in an account.

use engine::Actor;

use super::{DRAWING, PLACE, comes_to_the_place, draft_of, number_in, says_who};
use crate::story;
use crate::town::{On, TestTown};

story!(an_application_is_gone_on_with_from_another_device, town, {
    let (telephone, library) = (town.visitor(), town.visitor());
    let place = comes_to_the_place(&telephone).await;
    let draft = format!("/drafts/{}", draft_of(&place));
    // What is half filled in is kept as far as it is right.
    let half = [("landmark", "หน้าโรงเรียน"), ("later", "yes")];
    let resume = telephone.post(&place, &half).await.redirected();
    let page = telephone.get(&resume).await.is(200);
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert_eq!(page.headers["x-robots-tag"], "noindex, nofollow");
    let secret = telephone.cookie(&format!("sala_draft_{}", draft_of(&place))).unwrap();
    let link = format!("{draft}/resume/{secret}");
    let page = page.says(&link);
    drop(page);
    telephone.post(&resume, &[("email", "ไม่ใช่อีเมล")]).await.is(422).says("อีเมลไม่ถูกต้อง").says("ไม่ใช่อีเมล");
    let sent = telephone.post(&resume, &[("email", "Khampun@example.com")]).await.redirected();
    telephone.get(&sent).await.is(200).says("ส่งลิงก์ไปที่อีเมลแล้ว");
    town.work().await;
    assert_eq!(town.mails().await, ["ลิงก์กรอกคำขอต่อ: แจ้งซ่อมไฟฟ้าสาธารณะ"]);

    library.get(&draft).await.is(404);
    library.get(&format!("{draft}/resume/AAAA-BBBB-CCCC")).await.is(404);
    library.post(&format!("{draft}/resume"), &[("email", "x@example.com")]).await.is(404);
    library.get(&link).await.is(200).says("ทำต่อที่เครื่องนี้");
    library.get(&draft).await.is(404);
    assert_eq!(library.post(&link, &[]).await.redirected(), draft);
    let tasks = library.get(&draft).await.is(200).says("เสร็จแล้ว").says("ยังไม่เสร็จ").says("ยังส่งไม่ได้");
    tasks.says("2 ธันวาคม 2569");
    library.get(&place).await.is(200).says("value=\"หน้าโรงเรียน\"");
    let contact = library.post(&place, &PLACE).await.redirected();
    let check = says_who(&library, &contact).await;
    let case = library.post(&check.replace("/check", "/submission"), &[]).await.redirected();
    // The link leads nowhere once the application was sent.
    assert_eq!(town.visitor().get(&link).await.redirected(), "/track");
    assert_eq!(telephone.get(&check).await.redirected(), format!("/cases/{}", number_in(&case)));
    telephone.get(&case).await.is(404);
    telephone.post(&resume, &[("email", "x@example.com")]).await.is(409);
    town.work().await;
    assert_eq!(town.events().await, ["casework.case.submitted"]);
    town.verify().await;
});

story!(an_application_sent_twice_is_one_case, town, {
    let visitor = town.visitor();
    let place = comes_to_the_place(&visitor).await;
    let contact = visitor.post(&place, &PLACE).await.redirected();
    let check = says_who(&visitor, &contact).await;
    let submission = check.replace("/check", "/submission");
    let case = visitor.post(&submission, &[]).await.redirected();
    let number = number_in(&case);
    let secret = visitor.cookie(&format!("sala_case_{number}")).unwrap();
    // The answer was lost on its way: the same form is sent once more.
    let again = town.visitor();
    let held = format!("sala_draft_{}", draft_of(&place));
    again.keep_cookie(&held, &visitor.cookie(&held).unwrap());
    assert_eq!(again.post(&submission, &[]).await.redirected(), case);
    again.get(&case).await.is(200).says(&secret);
    visitor.post(&place, &PLACE).await.is(409).says("ส่งคำขอนี้ไปแล้ว");
    visitor.upload(&place, &[], &[("picture", "สาย.png", DRAWING)]).await.is(409);
    assert_eq!(visitor.get(&place).await.redirected(), format!("/cases/{number}"));
    // Days later the old cookie of the draft is no key any more.
    town.days(2);
    again.post(&submission, &[]).await.is(409);
    town.visitor().post(&submission, &[]).await.is(404);
    town.work().await;
    assert_eq!(town.events().await, ["casework.case.submitted"]);
    town.verify().await;
});

story!(whoever_signs_in_finds_what_they_know_filled_in_and_their_cases_listed, town, {
    let new = identity::person::NewPerson {
        name: "นางสาวมาลี สีดา".to_owned(),
        email: Some("mali@example.com".to_owned()),
        telephone: "0812345678".to_owned(),
        ..Default::default()
    };
    let id = identity::operations::add_person(&town.town, &Actor::system(), new).await.unwrap();
    let mali = town.visitor();
    assert!(mali.get("/my/cases").await.redirected().starts_with("/sign-in"));
    mali.post("/sign-in/demo", &[("person", id.as_str())]).await.redirected();
    mali.get("/my/cases").await.is(200).says("ยังไม่มีคำขอในบัญชีนี้");
    let place = comes_to_the_place(&mali).await;
    let contact = mali.post(&place, &PLACE).await.redirected();
    mali.get(&contact)
        .await
        .says("value=\"นางสาวมาลี สีดา\"")
        .says("value=\"0812345678\"")
        .says("mali@example.com");
    let draft = format!("/drafts/{}", draft_of(&place));
    mali.get("/my/cases").await.says("ยังไม่ได้ส่ง").says(&draft).says("แจ้งซ่อมไฟฟ้าสาธารณะ");
    mali.get(&format!("{draft}/resume")).await.says("/my/cases");

    // On another device the account is enough; the draft needs no link.
    let elsewhere = town.visitor();
    elsewhere.post("/sign-in/demo", &[("person", id.as_str())]).await.redirected();
    let check = says_who(&elsewhere, &contact).await;
    let case = elsewhere.post(&check.replace("/check", "/submission"), &[]).await.redirected();
    let number = number_in(&case);
    mali.get("/my/cases").await.is(200).says(&number).says("รับคำขอแล้ว").keeps_quiet_about(&draft);
    mali.get(&format!("/cases/{number}")).await.is(200);
    town.work().await;
    mali.get("/messages").await.is(200).says(&number);

    // Every page of the list is reached, and nobody else's cases are in it.
    for _ in 0..26 {
        let path = mali.post("/services/street-light-repair/drafts", &[]).await.redirected();
        assert!(path.starts_with("/drafts/"));
    }
    let page = mali.get("/my/cases").await.is(200);
    let more = page.links().into_iter().find(|link| link.starts_with("/my/cases?drafts=")).unwrap();
    let rest = mali.get(&more).await.is(200);
    assert_eq!(rest.links().iter().filter(|link| link.starts_with("/drafts/")).count(), 1);
    let other =
        identity::person::NewPerson { name: "นายอื่น".to_owned(), ..Default::default() };
    let other = identity::operations::add_person(&town.town, &Actor::system(), other).await.unwrap();
    let stranger = town.visitor();
    stranger.post("/sign-in/demo", &[("person", other.as_str())]).await.redirected();
    stranger.get("/my/cases").await.is(200).keeps_quiet_about(&number);
    stranger.get(&draft).await.is(404);
    stranger.get(&format!("/cases/{number}")).await.is(404);
    town.verify().await;
});
