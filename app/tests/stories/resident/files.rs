//! Files of an application: kept, refused by name, taken off, gone with a forgotten draft.

use engine::files;

use super::{DRAWING, PDF, PHOTOGRAPH, PLACE, comes_to_the_place, draft_of, files_of, number_in, says_who};
use crate::story;
use crate::town::{On, TestTown};

story!(photographs_are_kept_whatever_else_is_wrong_and_come_with_the_case, town, {
    let khampun = town.visitor();
    let place = comes_to_the_place(&khampun).await;
    let sent = [("picture", "../ไฟ ดับ.jpg", PHOTOGRAPH), ("picture", "แผนที่.png", DRAWING)];
    let page = khampun.upload(&place, &[("landmark", "หน้าวัด")], &sent).await.is(422);
    page.says("กรุณากรอก “จุดที่พบ”").says("ไฟ ดับ.jpg").says("แผนที่.png").says("value=\"หน้าวัด\"");
    let subject = draft_of(&place).subject();
    let kept = files_of(&town, &subject).await;
    assert_eq!(kept.len(), 2);
    let shown = khampun.get(&format!("/drafts/{}/files/{}", draft_of(&place), kept[0].id)).await.is(200);
    assert_eq!(shown.headers["content-type"], "image/jpeg");
    assert_eq!(shown.headers["x-content-type-options"], "nosniff");
    assert!(!shown.body.windows(8).any(|window| window == b"GPSPLACE"), "no place is told");
    town.visitor().get(&format!("/drafts/{}/files/{}", draft_of(&place), kept[0].id)).await.is(404);

    let contact = khampun.post(&place, &PLACE).await.redirected();
    let check = says_who(&khampun, &contact).await;
    khampun.get(&check).await.is(200).says("ไฟ ดับ.jpg").says("แผนที่.png");
    let case = khampun.post(&check.replace("/check", "/submission"), &[]).await.redirected();
    let number = number_in(&case);
    khampun.get(&case).await.is(200).says("ไฟ ดับ.jpg").says("แผนที่.png");
    assert!(files_of(&town, &subject).await.is_empty());
    let handed = format!("/cases/{number}/files/{}", kept[0].id);
    khampun.get(&handed).await.is(200);
    town.visitor().get(&handed).await.is(404);
    town.work().await;
    assert_eq!(town.events().await, ["casework.case.submitted"]);
    town.verify().await;
});

story!(each_bad_file_is_named_and_the_good_ones_stay, town, {
    let visitor = town.visitor();
    let place = comes_to_the_place(&visitor).await;
    let sent = [
        ("picture", "ดี.png", DRAWING),
        ("picture", "โปรแกรม.exe", b"MZ\x90\0".as_slice()),
        ("picture", "ว่าง.jpg", b"".as_slice()),
        ("picture", "เสีย.jpg", &PHOTOGRAPH[..40]),
        ("picture", "page.jpg", b"<html><script>alert(1)</script>".as_slice()),
    ];
    let page = visitor.upload(&place, &PLACE, &sent).await.is(422);
    let page =
        page.says("แนบไฟล์ “โปรแกรม.exe” ไม่ได้").says("ไฟล์ “ว่าง.jpg” ว่างเปล่า").says("เปิดไฟล์ “เสีย.jpg” ไม่ได้");
    page.says("แนบไฟล์ “page.jpg” ไม่ได้").says("ดี.png").says("href=\"#picture\"").says("ไฟดับหน้าวัด");
    let large = vec![0xFF; files::LARGEST + 1];
    visitor
        .upload(&place, &PLACE, &[("picture", "ใหญ่.jpg", &large)])
        .await
        .is(422)
        .says("“ใหญ่.jpg” ใหญ่เกินไป");
    let kept = files_of(&town, &draft_of(&place).subject()).await;
    assert_eq!(kept.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["ดี.png"]);
    // A field that asks for no file takes none.
    visitor.upload(&place, &PLACE, &[("landmark", "x.png", DRAWING)]).await.redirected();
    assert_eq!(files_of(&town, &draft_of(&place).subject()).await.len(), 1);
    town.verify().await;
});

story!(no_more_files_are_taken_than_a_question_asks_for_and_none_twice, town, {
    let visitor = town.visitor();
    let place = comes_to_the_place(&visitor).await;
    let twice = [("picture", "หนึ่ง.png", DRAWING), ("picture", "อีกชื่อ.png", DRAWING)];
    visitor
        .upload(&place, &[("attach", "picture")], &twice)
        .await
        .is(200)
        .says("หนึ่ง.png")
        .keeps_quiet_about("อีกชื่อ.png");
    let papers: Vec<Vec<u8>> = (0..6).map(|page| [PDF, format!("{page}").as_bytes()].concat()).collect();
    let sent: Vec<_> = papers.iter().map(|paper| ("picture", "หน้า.pdf", paper.as_slice())).collect();
    let page = visitor.upload(&place, &[("attach", "picture")], &sent).await.is(422).says("แนบได้ไม่เกิน 5 ไฟล์");
    page.says("แนบครบจำนวนแล้ว");
    assert_eq!(files_of(&town, &draft_of(&place).subject()).await.len(), 5);
    town.verify().await;
});

story!(a_file_taken_off_is_gone_to_the_last_byte, town, {
    let visitor = town.visitor();
    let place = comes_to_the_place(&visitor).await;
    let attach = [("attach", "picture"), ("landmark", "ยังไม่เสร็จ")];
    visitor
        .upload(&place, &attach, &[("picture", "ผิด.png", DRAWING)])
        .await
        .is(200)
        .says("value=\"ยังไม่เสร็จ\"");
    let file = files_of(&town, &draft_of(&place).subject()).await.remove(0);
    assert!(files::bytes(&town.town, &file).await.is_ok());
    let stranger = town.visitor();
    stranger.post(&place, &[("remove", &file.id)]).await.is(404);
    let page = visitor.post(&place, &[("remove", &file.id), ("landmark", "ยังไม่เสร็จ")]).await.is(200);
    page.keeps_quiet_about("ผิด.png").says("value=\"ยังไม่เสร็จ\"");
    visitor.post(&place, &[("remove", &file.id)]).await.is(200);
    town.work().await;
    assert!(files::bytes(&town.town, &file).await.is_err());
    town.verify().await;
});

story!(a_draft_that_nobody_goes_on_with_is_gone_after_thirty_days_with_its_files, town, {
    let (forgetful, busy) = (town.visitor(), town.visitor());
    let lost = comes_to_the_place(&forgetful).await;
    forgetful.upload(&lost, &[("attach", "picture")], &[("picture", "ก.png", DRAWING)]).await.is(200);
    let file = files_of(&town, &draft_of(&lost).subject()).await.remove(0);
    let kept = comes_to_the_place(&busy).await;
    town.days(20);
    town.work().await;
    forgetful.get(&lost).await.is(200).says("ก.png");
    busy.post(&kept, &PLACE).await.redirected();
    town.days(11);
    town.work().await;
    town.work().await;
    forgetful.get(&lost).await.is(404);
    busy.get(&kept).await.is(200);
    assert!(files::bytes(&town.town, &file).await.is_err());
    town.verify().await;
});
