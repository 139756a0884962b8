//! A case followed by its applicant, answered with documents, and hidden from everyone else.

use casework::operations;
use casework::permissions::{DECIDE, READ, WORK};

use super::{DRAWING, PHOTOGRAPH, case_of, comes_to_the_place, draft_of, files_of};
use crate::story;
use crate::town::{On, TestTown, officer};

story!(an_applicant_answers_with_documents_and_only_whole_messages_are_taken, town, {
    let applicant = town.visitor();
    let (number, _) = applicant.reports_a_light("นางคำปุ่น", "khampun@example.com").await;
    let path = format!("/cases/{number}/supplements");
    let head = officer("head", &[READ, WORK, DECIDE]);
    operations::make_move(&town.town, &head, &number, "begin", "").await.unwrap();
    operations::make_move(&town.town, &head, &number, "ask", "ขอรูปเสาไฟ").await.unwrap();
    let page = applicant.get(&format!("/cases/{number}")).await.is(200);
    page.says("เทศบาลขอให้ท่านส่ง").says("ขอรูปเสาไฟ").says("รอท่านดำเนินการ");
    let sent = [("files", "เสา.jpg", PHOTOGRAPH), ("files", "เสา.txt", b"x".as_slice())];
    let page = applicant.upload(&path, &[("text", "ต้นที่สามครับ")], &sent).await.is(422);
    page.says("แนบไฟล์ “เสา.txt” ไม่ได้").says("ต้นที่สามครับ</textarea>");
    assert!(files_of(&town, &case_of(&town, &number).await.subject()).await.is_empty(), "all or nothing");
    town.visitor().upload(&path, &[("text", "x")], &[("files", "x.png", DRAWING)]).await.is(404);
    // A photograph says enough.
    let told = applicant.upload(&path, &[("text", "")], &sent[..1]).await.redirected();
    applicant.get(&told).await.is(200).says("ส่งถึงเจ้าหน้าที่แล้ว").says("เสา.jpg").says("กำลังดำเนินการ");
    let case = case_of(&town, &number).await;
    assert_eq!(case.state, "review");
    let kept = files_of(&town, &case.subject()).await;
    assert_eq!(kept.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["เสา.jpg"]);
    let many: Vec<_> = (0..6).map(|_| ("files", "x.png", DRAWING)).collect();
    applicant.upload(&path, &[], &many).await.is(422).says("แนบได้ไม่เกิน 5 ไฟล์");
    applicant.post(&path, &[("text", &"ก".repeat(4001))]).await.is(422).says("ไม่เกิน 4000");
    operations::make_move(&town.town, &head, &number, "grant", "ซ่อมแล้ว").await.unwrap();
    applicant.upload(&path, &[("text", "สาย")], &[]).await.is(409);
    applicant.get(&format!("/cases/{number}")).await.says("แจ้งผลแล้ว").keeps_quiet_about("/supplements");
    town.work().await;
    assert_eq!(
        town.events().await,
        [
            "casework.case.submitted",
            "casework.case.moved",
            "casework.case.asked",
            "casework.case.supplied",
            "casework.case.granted"
        ]
    );
    town.verify().await;
});

story!(a_deadline_that_passed_is_called_passed, town, {
    let applicant = town.visitor();
    let (number, _) = applicant.reports_a_light("นายสมศักดิ์", "").await;
    let page = applicant.get(&format!("/cases/{number}")).await;
    page.says("จะแจ้งผลภายในวันที่ 11 พฤศจิกายน 2569").keeps_quiet_about("เกินกำหนด");
    town.days(12);
    let page = applicant.get(&format!("/cases/{number}?lang=en")).await;
    page.says("due on 11 November 2026, 3 days ago").says("Overdue");
    town.work().await;
    town.verify().await;
});

story!(what_nobody_may_see_is_not_there, town, {
    let owner = town.visitor();
    let (number, secret) = owner.reports_a_light("นางสาวมาลี", "").await;
    let stranger = town.visitor();
    for path in ["", "/withdrawal", "/files/01ABC", "/documents/01ABC"] {
        let (other, unknown) = (format!("/cases/{number}{path}"), format!("/cases/69-0000-0000{path}"));
        let (other, unknown) = (stranger.get(&other).await.is(404), stranger.get(&unknown).await.is(404));
        let plain = |answer: crate::town::Answer| {
            answer.text().split("<code>").next().unwrap().replace(&number, "69-0000-0000")
        };
        assert_eq!(plain(other), plain(unknown));
    }
    for path in ["", "/check", "/resume", "/steps/problem", "/files/01ABC"] {
        stranger.get(&format!("/drafts/01ARZ3NDEKTSV4RRFFQ69G5FAV{path}")).await.is(404);
    }
    // A secret is typed in many ways, and the number too.
    let typed = secret.replace('-', " ").to_lowercase();
    let thai = engine::thai::thai_digits(&number.replace('-', ""));
    let thai_secret = engine::thai::thai_digits(&typed);
    assert_eq!(
        stranger.post("/track", &[("number", &thai), ("secret", &thai_secret)]).await.redirected(),
        format!("/cases/{number}")
    );
    stranger.get(&format!("/cases/{number}")).await.is(200);
    let actor = operations::open_with_secret(&town.town, &number, "").await;
    assert!(actor.is_err());
    town.work().await;
    town.verify().await;
});

story!(whoever_guesses_at_secrets_is_stopped_and_the_applicant_is_not, town, {
    let owner = town.visitor();
    let (number, secret) = owner.reports_a_light("นางสาวมาลี", "").await;
    let guesser = town.visitor();
    let guess = [("number", number.as_str()), ("secret", "AAAA-BBBB-CCCC")];
    for _ in 0..60 {
        guesser.post("/track", &guess).await.is(422);
    }
    let refused = guesser.post("/track", &guess).await.is(429);
    assert!(refused.headers.contains_key("retry-after"));
    // The browser that holds the secret goes on, however many guess.
    owner.get(&format!("/cases/{number}")).await.is(200);
    town.platform.clock.advance(engine::SignedDuration::from_mins(16));
    guesser.post("/track", &[("number", &number), ("secret", &secret)]).await.redirected();
    let place = comes_to_the_place(&owner).await;
    let resume = format!("/drafts/{}/resume", draft_of(&place));
    for _ in 0..5 {
        owner.post(&resume, &[("email", "someone@example.com")]).await.redirected();
    }
    owner.post(&resume, &[("email", "Someone@Example.com")]).await.is(429);
    town.work().await;
    assert_eq!(town.mails().await.len(), 5);
    town.verify().await;
});
