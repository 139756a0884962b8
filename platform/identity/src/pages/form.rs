//! A page with one form, which is most of what identity shows.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Invalid;
use web::{ErrorSummary, Field, FieldError, Input, Page, Result, Visit};

pub struct Link {
    pub href: String,
    pub label: String,
}

#[derive(Template)]
#[template(path = "form.html")]
pub struct FormPage {
    page: Page,
    errors: Vec<FieldError>,
    lead: String,
    /// Address of a drawing above the form: the code that an app reads.
    picture: String,
    action: String,
    fields: Vec<Field>,
    hidden: Vec<(&'static str, String)>,
    button: String,
    links: Vec<Link>,
}

impl FormPage {
    /// Words whose keys are `key` and `title`, `lead`, `button`.
    pub fn new(visit: &Visit, key: &str, action: impl Into<String>) -> Self {
        let word = |part: &str| visit.t(&format!("{key}{part}")).to_owned();
        Self {
            page: Page::new(visit, word("title")),
            errors: Vec::new(),
            lead: word("lead"),
            picture: String::new(),
            action: action.into(),
            fields: Vec::new(),
            hidden: Vec::new(),
            button: word("button"),
            links: Vec::new(),
        }
    }

    /// Fields with what is wrong with each.
    pub fn fields(mut self, visit: &Visit, fields: Vec<Field>, invalid: Option<&Invalid>) -> Self {
        self.errors = invalid.map(|invalid| ErrorSummary::of(visit, invalid)).unwrap_or_default();
        self.fields = fields.into_iter().map(|field| field.checked(&self.errors)).collect();
        self
    }

    pub fn picture(mut self, address: String) -> Self {
        self.picture = address;
        self
    }

    pub fn lead(mut self, lead: String) -> Self {
        self.lead = lead;
        self
    }

    pub fn hidden(mut self, name: &'static str, value: String) -> Self {
        if !value.is_empty() {
            self.hidden.push((name, value));
        }
        self
    }

    pub fn link(mut self, visit: &Visit, href: impl Into<String>, key: &str) -> Self {
        self.links.push(Link { href: href.into(), label: visit.t(key).to_owned() });
        self
    }

    /// The form, or the refused form with 422.
    pub fn show(self) -> Result<Response> {
        let status = if self.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        web::show_with(status, &self)
    }
}
