//! Pages of casework, a file per resource, and who may open each.

mod cases;
mod catalogue;
mod documents;
mod drafts;

use web::{Access, Routes};

pub fn routes() -> Routes {
    use Access::Everyone;
    Routes::default()
        .get("/", Everyone, catalogue::home)
        .get("/services", Everyone, catalogue::index)
        .get("/services/{slug}", Everyone, catalogue::show)
        .post("/services/{slug}/drafts", Everyone, drafts::create)
        .get("/drafts/{draft}/check", Everyone, drafts::show)
        .get("/drafts/{draft}/steps/{step}", Everyone, drafts::edit)
        .post("/drafts/{draft}/steps/{step}", Everyone, drafts::update)
        .post("/drafts/{draft}/submission", Everyone, cases::create)
        .get("/track", Everyone, cases::new)
        .post("/track", Everyone, cases::find)
        .get("/cases/{number}", Everyone, cases::show)
        .post("/cases/{number}/supplements", Everyone, cases::supplement)
        .get("/cases/{number}/withdrawal", Everyone, cases::new_withdrawal)
        .post("/cases/{number}/withdrawal", Everyone, cases::withdrawal)
        .get("/cases/{number}/documents/{document}", Everyone, documents::download)
        .get("/documents/{code}", Everyone, documents::show)
}
