//! The demo town's past: played here over ten weeks instead of eighteen months.

use std::collections::BTreeSet;

use casework::demo::multiply;
use casework::queries::{self, Asked, View};
use engine::{Actor, civil, history, jobs, params};
use sala::past;

use crate::story;
use crate::town::{On, TestTown};

async fn played(town: &TestTown) {
    past::play(&town.town, civil::date(2026, 8, 24), civil::date(2026, 11, 2)).await.unwrap();
}

async fn head_of(town: &TestTown, position: &str) -> Actor {
    let today = town.town.clock().today();
    let officers = identity::queries::officers(&mut town.town.db(), town.town.id(), today).await.unwrap();
    let head = officers.into_iter().find(|officer| officer.position == position).unwrap();
    identity::acting(&town.town, &head.id).await.unwrap()
}

story!(the_past_leaves_work_in_every_view_and_a_history_that_is_whole, town, {
    played(&town).await;
    let happened: BTreeSet<String> = town.events().await.into_iter().collect();
    for verb in ["submitted", "assigned", "noted", "answered", "asked", "supplied", "moved", "granted"] {
        assert!(happened.contains(&format!("casework.case.{verb}")), "nothing was {verb}");
    }
    let head = head_of(&town, "ผู้อำนวยการกองสวัสดิการสังคม").await;
    for view in [View::Unit, View::Unassigned, View::Waiting, View::Overdue, View::Closed] {
        let asked = Asked { view, ..Asked::default() };
        let found = queries::inbox(&town.town, &head, &asked, town.town.clock().today()).await.unwrap();
        assert!(!found.rows.is_empty(), "{view:?} is empty");
    }
    assert!(jobs::failures(&mut town.town.db(), town.town.id()).await.unwrap().is_empty());
    assert_eq!(history::check(&mut town.town.db(), town.town.id()).await.unwrap(), []);
});

story!(a_multiplied_town_has_as_many_cases_more_and_is_as_whole, town, {
    use engine::Source as _;
    played(&town).await;
    let count = || async {
        let mut db = town.town.db();
        let row = db.row("SELECT count(*) AS cases FROM casework_cases", params![]).await.unwrap().unwrap();
        row.int("cases").unwrap()
    };
    let once = count().await;
    multiply(&town.town, 5).await.unwrap();
    assert_eq!(count().await, 5 * once);
    assert_eq!(history::check(&mut town.town.db(), town.town.id()).await.unwrap(), []);
    let head = head_of(&town, "ปลัดเทศบาล").await;
    let asked = Asked { view: View::All, words: "ไฟฟ้า", ..Asked::default() };
    let found = queries::inbox(&town.town, &head, &asked, town.town.clock().today()).await.unwrap();
    assert!(!found.rows.is_empty(), "copies are found by their words");
});
