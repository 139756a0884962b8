//! What must be true of the database and the folder afterwards.

use std::collections::BTreeSet;

use casework::queries;
use engine::{Source as _, Town, files, history, jobs, params};
use sha2::Digest as _;

use crate::applicants::Sent;

pub async fn every_acknowledged_case_is_whole(town: &Town, sent: &[Sent]) {
    let mut numbers = BTreeSet::new();
    for one in sent {
        assert!(numbers.insert(&one.number), "{} was given twice", one.number);
        let case = queries::with_number(&mut town.db(), town.id(), &one.number).await.unwrap();
        let events = history::of_subject(&mut town.db(), town.id(), &case.subject()).await.unwrap();
        assert_eq!(events[0].kind, "casework.case.submitted");
        assert_eq!(case.about, "ไฟดับหน้าวัด");
        let kept = files::of_subject(&mut town.db(), town.id(), &case.subject()).await.unwrap();
        assert!(kept.iter().any(|file| file.media_type == "image/png"), "{} lost its photograph", one.number);
    }
    assert_eq!(history::check(&mut town.db(), town.id()).await.unwrap(), []);
}

async fn ids(town: &Town, sql: &str) -> Vec<String> {
    let rows = town.db().rows(sql, params![town.id()]).await.unwrap();
    rows.iter().map(|row| row.text("id").unwrap()).collect()
}

async fn one_each(town: &Town, cases: &BTreeSet<String>, sql: &str, what: &str) {
    let found = ids(town, sql).await;
    assert_eq!(found.len(), cases.len(), "{what}: not one for each case");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), *cases, "{what}");
}

/// No case without its event and its words, no event without its case, no row of a file without bytes.
pub async fn nothing_is_there_by_half(town: &Town) {
    let cases = ids(town, "SELECT id FROM casework_cases WHERE municipality = $1").await;
    let cases: BTreeSet<String> = cases.into_iter().collect();
    let events = "SELECT replace(subject, 'casework.case/', '') AS id FROM engine_history
                  WHERE municipality = $1 AND kind = 'casework.case.submitted'";
    one_each(town, &cases, events, "events").await;
    let words = "SELECT DISTINCT subject AS id FROM engine_search_words WHERE municipality = $1 AND kind = 'casework.case'";
    one_each(town, &cases, words, "search words").await;
    let pictures = "SELECT replace(subject, 'casework.case/', '') AS id FROM engine_files
                    WHERE municipality = $1 AND media_type = 'image/png' AND subject LIKE 'casework.case/%'";
    one_each(town, &cases, pictures, "photographs").await;
    let entries = ids(town, "SELECT case_id AS id FROM casework_entries WHERE municipality = $1").await;
    assert!(entries.iter().all(|case| cases.contains(case)));
    every_file_has_its_bytes(town).await;
}

async fn every_file_has_its_bytes(town: &Town) {
    let sql = "SELECT id, subject, sha256 FROM engine_files WHERE municipality = $1";
    let rows = town.db().rows(sql, params![town.id()]).await.unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let (id, subject) = (row.text("id").unwrap(), row.text("subject").unwrap());
        let file = files::of(&mut town.db(), town.id(), &subject, &id).await.unwrap();
        let bytes = files::bytes(town, &file).await.unwrap();
        let digest = hex::encode(sha2::Sha256::digest(&bytes));
        assert_eq!((bytes.len() as i64, digest), (file.size, row.text("sha256").unwrap()), "{subject}");
    }
}

/// A job may run twice, but nobody gets two receipts or two letters of confirmation for it.
pub async fn every_job_was_done_once_to_the_eye(town: &Town) {
    assert_eq!(jobs::counts(&mut town.db()).await.unwrap(), (0, 0), "ready and failed");
    let cases = ids(town, "SELECT id FROM casework_cases WHERE municipality = $1").await;
    let cases: BTreeSet<String> = cases.into_iter().collect();
    let receipts = "SELECT replace(subject, 'casework.case/', '') AS id FROM engine_documents
                    WHERE municipality = $1 AND kind = 'receipt' AND file IS NOT NULL";
    one_each(town, &cases, receipts, "printed receipts").await;
    let mails = "SELECT replace(about, 'casework.case/', '') AS id FROM engine_messages
                 WHERE municipality = $1 AND channel = 'email' AND sent_at IS NOT NULL";
    one_each(town, &cases, mails, "delivered messages").await;
    let numbers =
        ids(town, "SELECT number AS id FROM engine_documents WHERE municipality = $1 AND kind = 'receipt'")
            .await;
    let mut numbers: Vec<i64> =
        numbers.iter().map(|number| number.rsplit('/').next().unwrap().parse().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=cases.len() as i64).collect::<Vec<_>>(), "the register has a gap");
}
