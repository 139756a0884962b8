//! Pages of casework, a file per resource, and who may open each.

mod answers;
mod attachments;
mod cases;
mod catalogue;
mod checks;
mod counter;
mod desk;
mod documents;
mod drafts;
mod mine;
mod progress;
mod resumes;
mod steps;
mod supplements;
mod tracking;
mod withdrawals;

pub use catalogue::sitemap;
use web::{Access, MenuLink, Routes};

use crate::permissions::{DECIDE, READ, RECEIVE, WORK};

pub const MENU: &[MenuLink] = &[
    MenuLink { permission: READ, key: "casework-menu-desk", href: "/desk" },
    MenuLink { permission: RECEIVE, key: "casework-menu-counter", href: "/counter" },
];

pub fn routes() -> Routes {
    use Access::{Everyone, SignedIn};
    Routes::default()
        .get("/", Everyone, catalogue::home)
        .get("/services", Everyone, catalogue::index)
        .get("/services/{slug}", Everyone, catalogue::show)
        .post("/services/{slug}/drafts", Everyone, drafts::create)
        .get("/drafts/{draft}", Everyone, drafts::show)
        .get("/drafts/{draft}/check", Everyone, checks::show)
        .get("/drafts/{draft}/steps/{step}", Everyone, steps::edit)
        .post("/drafts/{draft}/steps/{step}", Everyone, steps::update)
        .get("/drafts/{draft}/files/{file}", Everyone, attachments::of_draft)
        .get("/drafts/{draft}/resume", Everyone, resumes::new)
        .post("/drafts/{draft}/resume", Everyone, resumes::create)
        .get("/drafts/{draft}/resume/{secret}", Everyone, resumes::show)
        .post("/drafts/{draft}/resume/{secret}", Everyone, resumes::update)
        .post("/drafts/{draft}/submission", Everyone, cases::create)
        .get("/my/cases", SignedIn, mine::index)
        .get("/track", Everyone, tracking::new)
        .post("/track", Everyone, tracking::create)
        .get("/cases/{number}", Everyone, cases::show)
        .get("/cases/{number}/files/{file}", Everyone, attachments::of_case)
        .post("/cases/{number}/supplements", Everyone, supplements::create)
        .get("/cases/{number}/withdrawal", Everyone, withdrawals::new)
        .post("/cases/{number}/withdrawal", Everyone, withdrawals::create)
        .get("/cases/{number}/documents/{document}", Everyone, documents::download)
        .get("/documents/{code}", Everyone, documents::show)
        .and(officers())
}

fn officers() -> Routes {
    use Access::Holding;
    Routes::default()
        .get("/desk", Holding(READ), desk::inbox::index)
        .get("/desk/cases/{number}", Holding(READ), desk::case::show)
        .get("/desk/cases/{number}/files/{file}", Holding(READ), desk::file::show)
        .post("/desk/cases/{number}/assignment", Holding(WORK), desk::assignment::create)
        .post("/desk/cases/{number}/notes", Holding(WORK), desk::note::create)
        .post("/desk/cases/{number}/answers", Holding(WORK), desk::answer::create)
        .post("/desk/cases/{number}/progress", Holding(WORK), desk::progress::create)
        .get("/desk/cases/{number}/request/new", Holding(WORK), desk::request::new)
        .post("/desk/cases/{number}/request", Holding(WORK), desk::request::create)
        .get("/desk/cases/{number}/transfer/new", Holding(WORK), desk::transfer::new)
        .post("/desk/cases/{number}/transfer", Holding(WORK), desk::transfer::create)
        .get("/desk/cases/{number}/decision/new", Holding(DECIDE), desk::decision::new)
        .post("/desk/cases/{number}/decision", Holding(DECIDE), desk::decision::create)
        .get("/counter", Holding(RECEIVE), counter::index)
        .post("/counter", Holding(RECEIVE), counter::create)
        .get("/counter/cases/{number}", Holding(RECEIVE), counter::slip::show)
        .get("/counter/cases/{number}/files/{file}", Holding(RECEIVE), counter::file::show)
}
