//! The matrix of roles and what each allows.

use askama::Template;
use axum::response::Response;
use web::{Page, Result, Visit};

use crate::queries;

struct Line {
    permission: String,
    held: Vec<bool>,
}

#[derive(Template)]
#[template(path = "roles.html")]
struct Index {
    page: Page,
    roles: Vec<String>,
    lines: Vec<Line>,
}

pub async fn index(visit: Visit) -> Result<Response> {
    let roles = queries::roles(&mut visit.town.db(), visit.town.id()).await?;
    let mut permissions: Vec<&String> = roles.iter().flat_map(|role| &role.permissions).collect();
    permissions.sort();
    permissions.dedup();
    let lines = permissions
        .into_iter()
        .map(|permission| Line {
            permission: visit.t(&format!("permission-{}", permission.replace('.', "-"))).to_owned(),
            held: roles.iter().map(|role| role.permissions.contains(permission)).collect(),
        })
        .collect();
    let page = Page::new(&visit, visit.t("identity-roles-title"));
    web::show(&Index {
        page,
        roles: roles.iter().map(|role| role.name.get(visit.lang).to_owned()).collect(),
        lines,
    })
}
