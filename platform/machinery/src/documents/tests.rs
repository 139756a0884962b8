//! The papers as a whole. How they look is judged by eye; here is what a program can see.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use engine::documents::{Labelled, Letter, Receipt, Section, Verification};
use typst_layout::PagedDocument;

use super::*;

const HOSTILE: &str =
    r##"#panic("x") #[a] ] } $ 1/0 $ @nobody <label> \ \u{41} *b* _i_ `c` // /* "q" #let x = 1"##;

fn proof() -> Verification {
    Verification {
        url: "https://salathong.example/documents/7KQ2M9XT4C".into(),
        note: "ตรวจสอบเอกสารนี้ได้ที่".into(),
        code: "7KQ2-M9XT-4C".into(),
    }
}

fn answer() -> Letter {
    Letter {
        issued_on: Some(jiff::civil::date(2026, 11, 23)),
        number: "ขก 54199/123".into(),
        agency: "สำนักงานเทศบาลตำบลศาลาทอง".into(),
        agency_address: vec!["อำเภอเมืองขอนแก่น จังหวัดขอนแก่น 40000".into()],
        date: "23 พฤศจิกายน 2569".into(),
        subject: "แจ้งผลการพิจารณาคำขอ".into(),
        addressee: "นางบุญมี ศรีสุข".into(),
        references: vec!["คำขอเลขที่ 2569-00042".into()],
        enclosures: vec!["แบบคำขออุทธรณ์ จำนวน 1 ชุด".into(), "สำเนาคำสั่ง จำนวน 1 ฉบับ".into()],
        paragraphs: vec!["ตามที่ท่านได้ยื่นคำขอไว้ นั้น เทศบาลพิจารณาแล้วอนุมัติ".into(), "จึงเรียนมาเพื่อโปรดทราบ".into()],
        signer_name: "นายวิชัย ใจซื่อ".into(),
        signer_position: vec!["นายกเทศมนตรีตำบลศาลาทอง".into()],
        unit: "กองสวัสดิการสังคม".into(),
        telephone: "0 4300 0111".into(),
        verification: proof(),
        ..Letter::default()
    }
}

fn proof_of_applying() -> Receipt {
    Receipt {
        lang: "en".into(),
        issued_on: Some(jiff::civil::date(2026, 11, 23)),
        agency: "Sala Thong Subdistrict Municipality".into(),
        title: "Receipt of an application".into(),
        number: Labelled::new("Number", "2569-00042"),
        facts: vec![Labelled::new("Applicant", "นางบุญมี ศรีสุข")],
        documents: Section::new("Documents received", vec!["บัตร.jpg".into()]),
        answers: Section::new("Your answers", vec![Labelled::new("Remark", "two\nlines")]),
        follow: Section::new("How to follow", vec!["Call us.".into()]),
        notes: vec!["Not a decision.".into()],
        verification: proof(),
        ..Receipt::default()
    }
}

/// What a reader would read, glyph by glyph, in the order it is set.
fn read(document: &PagedDocument) -> String {
    fn walk(frame: &typst::layout::Frame, out: &mut String) {
        for (_, item) in frame.items() {
            match item {
                typst::layout::FrameItem::Group(group) => walk(&group.frame, out),
                typst::layout::FrameItem::Text(text) => out.push_str(&text.text),
                _ => {}
            }
        }
    }
    let mut out = String::new();
    document.pages().iter().for_each(|page| walk(&page.frame, &mut out));
    out
}

fn set_letter(data: &Letter) -> PagedDocument {
    let data = thai_digits::letter(data.clone());
    let sheet = sheet(LETTER, &data, &[], None, &data.verification).unwrap();
    typst::compile(&sheet).output.unwrap()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200B}').collect()
}

#[test]
fn a_letter_is_a_pdf_of_one_page_and_always_the_same() {
    let first = letter(&answer()).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(first, letter(&answer()).unwrap());
    assert_eq!(set_letter(&answer()).pages().len(), 1);
}

#[test]
fn a_receipt_is_a_pdf_and_always_the_same() {
    let first = receipt(&proof_of_applying()).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(first, receipt(&proof_of_applying()).unwrap());
}

#[test]
fn papers_are_archival_and_accessible() {
    for paper in [letter(&answer()).unwrap(), receipt(&proof_of_applying()).unwrap()] {
        let text = String::from_utf8_lossy(&paper);
        assert!(text.contains("<pdfaid:part>2</pdfaid:part>") && text.contains("pdfuaid:part"));
    }
}

#[test]
fn characters_the_typeface_lacks_do_not_stop_a_paper() {
    let data = Letter { addressee: "นาย 王 🙂".into(), ..answer() };
    assert!(letter(&data).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn a_long_letter_goes_on_with_a_numbered_page() {
    let long = vec![
        "เทศบาลตำบลศาลาทองได้ตรวจสอบคุณสมบัติและเอกสารหลักฐานของท่านแล้ว ".repeat(5);
        8
    ];
    let document = set_letter(&Letter { paragraphs: long, ..answer() });
    assert_eq!(document.pages().len(), 2);
    assert!(read(&document).contains('๒'));
}

#[test]
fn digits_of_a_letter_are_thai() {
    let words = read(&set_letter(&answer()));
    assert!(words.contains("๕๔๑๙๙/๑๒๓") && !words.contains("54199"), "{words}");
}

#[test]
fn what_a_person_wrote_is_never_markup() {
    let data = Letter {
        subject: HOSTILE.into(),
        addressee: HOSTILE.into(),
        references: vec![HOSTILE.into()],
        paragraphs: vec![HOSTILE.into()],
        unit: HOSTILE.into(),
        ..answer()
    };
    let words = squeezed(&read(&set_letter(&data)));
    let expected = squeezed(HOSTILE).replace('0', "๐").replace('1', "๑").replace('4', "๔");
    assert_eq!(words.matches(&expected).count(), 5, "{words}");
}

#[test]
fn an_emblem_cannot_reach_out() {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">
        <image xlink:href="/etc/passwd" width="9" height="9"/><rect width="9" height="9"/></svg>"#;
    let data = Letter { emblem_svg: Some(svg.into()), emblem_name: "ตรา".into(), ..answer() };
    let printed = letter(&data);
    assert!(printed.is_err() || !String::from_utf8_lossy(&printed.unwrap()).contains("root:"));
}

#[test]
fn a_broken_emblem_is_said_not_panicked() {
    let data = Letter { emblem_svg: Some("<svg".into()), ..answer() };
    assert!(matches!(letter(&data), Err(Error::Internal(_))));
}
