//! What administrators take care of, on one page.

use askama::Template;
use axum::response::Response;
use web::{Page, Result, Visit};

#[derive(Template)]
#[template(path = "admin.html")]
struct Index {
    page: Page,
    entries: &'static [(&'static str, &'static str)],
}

/// Address and key of what can be done there.
const ENTRIES: &[(&str, &str)] = &[
    ("/admin/people", "identity-people-"),
    ("/admin/roles", "identity-roles-"),
    ("/admin/holidays", "identity-holidays-"),
    ("/admin/jobs", "identity-jobs-"),
    ("/admin/messages", "identity-mail-log-"),
];

pub async fn index(visit: Visit) -> Result<Response> {
    web::show(&Index { page: Page::new(&visit, visit.t("identity-admin-title")), entries: ENTRIES })
}
