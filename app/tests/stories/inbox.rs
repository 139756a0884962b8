//! The officers' inbox: its views and filters, the order of its pages, what is found in it.

use casework::permissions::{DECIDE, READ, WORK};
use casework::queries::{self, Asked, Place, View};
use engine::Source as _;

use crate::desk::at_work;
use crate::story;
use crate::town::{On, TestTown, officer};

/// Every list the inbox can show: each view bare, and with each filter.
fn lists() -> Vec<Asked<'static>> {
    let mut all = Vec::new();
    for view in View::ALL {
        let bare = Asked { view, ..Asked::default() };
        all.push(bare);
        all.push(Asked { service: "street-light-repair", ..bare });
        all.push(Asked { unit: "engineering", ..bare });
        all.push(Asked { channel: "paper", ..bare });
        all.push(Asked { state: "review", ..bare });
    }
    all
}

story!(every_list_of_the_inbox_is_read_from_an_index_in_its_order, town, {
    let mut somchai = officer("somchai", &[READ]);
    somchai.units.push("clerk".to_owned());
    let today = town.town.clock().today();
    for asked in lists() {
        let (sql, params) = queries::page(&town.town, &somchai, &asked, today).unwrap();
        let mut db = town.town.db();
        let explain = if db.is_sqlite() { "EXPLAIN QUERY PLAN " } else { "EXPLAIN " };
        let plan = db.rows(&format!("{explain}{sql}"), params).await.unwrap();
        if db.is_sqlite() {
            let steps: Vec<String> = plan.iter().map(|row| row.text("detail").unwrap()).collect();
            let read = steps.iter().filter(|step| step.contains("casework_cases"));
            for step in read {
                assert!(step.starts_with("SEARCH") && step.contains("INDEX"), "{asked:?}: {steps:#?}");
            }
            // What is merged from several indexes is a page of each at most.
            let merged = steps.iter().any(|step| step.contains("UNION ALL"));
            assert!(
                merged || !steps.iter().any(|step| step.contains("TEMP B-TREE")),
                "{asked:?}: {steps:#?}"
            );
        }
    }
    town.verify().await;
});

story!(pages_go_on_and_back_without_a_gap_in_every_order, town, {
    let visitor = town.visitor();
    let mut numbers = Vec::new();
    for _ in 0..52 {
        numbers.push(visitor.reports_a_light("นายแถว", "").await.0);
        town.platform.clock.advance(engine::SignedDuration::from_secs(60));
    }
    town.days(30);
    let somchai = officer("somchai", &[READ]);
    let today = town.town.clock().today();
    for view in [View::Unit, View::Overdue, View::All] {
        let page = async |place| {
            let asked = Asked { view, place, ..Asked::default() };
            queries::inbox(&town.town, &somchai, &asked, today).await.unwrap()
        };
        let named =
            |found: &queries::Found| found.rows.iter().map(|row| row.number.clone()).collect::<Vec<_>>();
        let first = page(Place::First).await;
        let second = page(Place::After(first.next.as_deref().unwrap())).await;
        let third = page(Place::After(second.next.as_deref().unwrap())).await;
        assert_eq!((first.back.as_ref(), third.next.as_ref(), third.rows.len()), (None, None, 2));
        let mut all = [named(&first), named(&second), named(&third)].concat();
        if view != View::Overdue {
            all.reverse();
        }
        assert_eq!(all, numbers);
        let back = page(Place::Before(third.back.as_deref().unwrap())).await;
        assert_eq!(named(&back), named(&second));
        assert_eq!((&back.next, &back.back), (&second.next, &second.back));
        let front = page(Place::Before(second.back.as_deref().unwrap())).await;
        assert_eq!((named(&front), front.back), (named(&first), None));
    }
    town.work().await;
    town.verify().await;
});

story!(search_and_filters_narrow_one_another, town, {
    let visitor = town.visitor();
    let (one, _) = visitor.reports_a_light("นางมาลี ทองสุข", "").await;
    town.platform.clock.advance(engine::SignedDuration::from_secs(60));
    let (other, _) = visitor.reports_a_light("นายทองสุข ใจดี", "").await;
    let somchai = officer("somchai", &[READ, WORK, DECIDE]);
    casework::operations::assign(&town.town, &somchai, &one, somchai.person()).await.unwrap();
    casework::operations::make_move(&town.town, &somchai, &other, "refuse", "อยู่นอกเขต").await.unwrap();
    let today = town.town.clock().today();
    let list = async |asked: Asked<'_>| {
        let found = queries::inbox(&town.town, &somchai, &asked, today).await.unwrap();
        found.rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
    };
    let all = Asked { view: View::All, words: "ทองสุข", ..Asked::default() };
    assert_eq!(list(all).await, [other.clone(), one.clone()]);
    assert_eq!(list(Asked { view: View::Mine, ..all }).await, [one.as_str()]);
    assert_eq!(list(Asked { state: "refused", ..all }).await, [other.as_str()]);
    assert!(list(Asked { unit: "welfare", ..all }).await.is_empty());
    assert_eq!(list(Asked { words: "0812345678", ..all }).await.len(), 2);
    let counts = queries::counts(&town.town, &somchai, today).await.unwrap();
    assert_eq!(counts, [(View::Mine, 1), (View::Unassigned, 0), (View::Overdue, 0)]);
    town.work().await;
    town.verify().await;
});

story!(the_inbox_page_shows_filters_finds_and_turns, town, {
    let resident = town.visitor();
    let mut numbers = Vec::new();
    for _ in 0..27 {
        numbers.push(resident.reports_a_light("นางบัวลอย หวานใจ", "").await.0);
    }
    let (_, somchai) = at_work(&town, "นายสมชาย", "officer", "engineering").await;
    somchai.get("/desk").await.is(200).says("ท่านไม่มีเรื่องค้าง").says("<span class=\"count\">27</span>");
    let first = somchai.get("/desk?view=unit&service=street-light-repair").await.is(200);
    let shown = |page: &str| numbers.iter().filter(|number| page.contains(number.as_str())).count();
    assert_eq!(shown(&first.text()), 25);
    let next = first.links().into_iter().find(|link| link.contains("after=")).unwrap();
    assert!(next.contains("view=unit") && next.contains("service=street-light-repair"), "{next}");
    let second = somchai.get(&next).await.is(200);
    assert_eq!(shown(&second.text()), 2);
    let back = second.links().into_iter().find(|link| link.contains("before=")).unwrap();
    assert_eq!(shown(&somchai.get(&back).await.is(200).text()), 25);
    somchai.get("/desk?view=unit&channel=paper").await.is(200).says("ไม่มีคำขอที่ตรงกับตัวกรอง");
    let encoded = |words: &str| words.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let asked = |words: &str| format!("/desk?view=all&q={}", encoded(words));
    assert_eq!(shown(&somchai.get(&asked("081-234-5678")).await.text()), 25);
    assert_eq!(shown(&somchai.get(&asked(&numbers[3].replace('-', ""))).await.text()), 1);
    somchai.get(&asked("บัวลอย")).await.is(200).says("หวานใจ");
    somchai.get(&asked("ไม่มีคำนี้แน่นอน")).await.is(200).says("ไม่พบคำขอที่มีคำเหล่านี้");
    let (_, nobody) = at_work(&town, "นางสาวดูแล", "administrator", "clerk").await;
    nobody.get("/desk?view=all").await.is(200);
    town.visitor().get("/desk").await.is(303);
    town.work().await;
    town.verify().await;
});
