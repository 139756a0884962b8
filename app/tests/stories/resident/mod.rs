//! What a resident does before and after sending: files, drafts that wait, following, sending more.
//! The stories are in the modules; here is what their people do again and again.

mod drafts;
mod files;
mod following;
mod forms;

use casework::case::{Case, DraftId};
use casework::service::{Offered, Service};
use casework::{operations, queries};
use engine::Actor;
use engine::files::File;

use crate::town::{TestTown, Visitor};

pub const PHOTOGRAPH: &[u8] = include_bytes!("../../../../platform/engine/src/files/samples/telephone.jpg");
pub const DRAWING: &[u8] = include_bytes!("../../../../platform/engine/src/files/samples/plain.png");
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF";
pub const PLACE: [(&str, &str); 2] = [("place-place", "หน้าวัด หมู่ 4"), ("landmark", "ไฟดับหน้าวัด")];

/// Begins a report of a street light and comes to the step that takes a photograph.
pub async fn comes_to_the_place(visitor: &Visitor) -> String {
    let first = visitor.post("/services/street-light-repair/drafts", &[]).await.redirected();
    visitor.post(&first, &[("fault", "out"), ("lights", "2")]).await.redirected()
}

pub async fn says_who(visitor: &Visitor, contact: &str) -> String {
    let who = [("full_name", "นางคำปุ่น ศรีสุข"), ("telephone", "0812345678")];
    let declaration = visitor.post(contact, &who).await.redirected();
    visitor.post(&declaration, &[("true_words", "yes")]).await.redirected()
}

pub fn draft_of(path: &str) -> DraftId {
    DraftId::from(path.split('/').nth(2).unwrap())
}

pub async fn files_of(town: &TestTown, subject: &str) -> Vec<File> {
    engine::files::of_subject(&mut town.town.db(), town.town.id(), subject).await.unwrap()
}

pub async fn case_of(town: &TestTown, number: &str) -> Case {
    queries::with_number(&mut town.town.db(), town.town.id(), number).await.unwrap()
}

pub fn number_in(path: &str) -> String {
    path.trim_start_matches("/cases/").split('?').next().unwrap().to_owned()
}

/// A service of a fair, with the kinds of questions that the shipped forms do not mix.
pub const FORM: &str = include_str!("fair-stall.toml");

pub const WHO: [(&str, &str); 6] = [
    ("name", "นายทองดี"),
    ("phone", "0812345678"),
    ("card", "3100600445635"),
    ("home-line", "99/1"),
    ("home-village", "๔"),
    ("home-subdistrict", "ต.ในเมือง อ.เมือง จ.ขอนแก่น"),
];

pub async fn publish(town: &TestTown, source: &str) {
    let service = Service::load(source).unwrap();
    let shipped = casework::service::shipped().unwrap();
    let workflow = shipped.iter().find(|one| one.workflow.name == "allowance").unwrap().workflow.clone();
    let mut tx = town.town.begin(&Actor::system()).await.unwrap();
    operations::publish(&mut tx, &[Offered { service, workflow }]).await.unwrap();
    tx.commit().await.unwrap();
}
