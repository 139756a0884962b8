//! Pages of casework, a file per resource, and who may open each.

mod answers;
mod attachments;
mod cases;
mod catalogue;
mod checks;
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
use web::{Access, Routes};

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
}
