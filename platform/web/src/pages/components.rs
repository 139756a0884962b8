//! Every part that pages are made of, with its name: the reference of the demo town, and what the
//! browser tests look at.

use askama::Template;
use axum::response::Response;
use engine::Error;
use engine::error::OrInvalid as _;
use engine::questionnaire::{Answers, Posted, Step};

use crate::{ErrorSummary, Field, FieldError, Filled, Input, Page, Pager, Result, Visit, fields};

/// A step with a question of each kind, and one that is answered wrongly.
const STEPS: &str = include_str!("components.json");

const ICONS: [&str; 12] = [
    "service-elder",
    "service-wheelchair",
    "service-baby",
    "service-house",
    "service-shop",
    "service-lamp",
    "service-water",
    "service-information",
    "home",
    "track",
    "message",
    "phone",
];

#[derive(Template)]
#[template(path = "components.html")]
struct Show {
    page: Page,
    kinds: Vec<Field>,
    wrong: Vec<Field>,
    errors: Vec<FieldError>,
    pager: Pager,
    icons: [&'static str; 12],
}

/// Another set of fields on the same page, for the include that expects them under that name.
#[derive(Template)]
#[template(path = "fields.html")]
struct Fields<'a> {
    page: &'a Page,
    fields: &'a [Field],
}

impl askama::filters::HtmlSafe for Fields<'_> {}

impl Show {
    fn fields<'a>(&'a self, fields: &'a [Field]) -> Fields<'a> {
        Fields { page: &self.page, fields }
    }
}

pub async fn show(visit: Visit) -> Result<Response> {
    let steps: Vec<Step> = serde_json::from_str(STEPS).map_err(Error::from)?;
    let [kinds, wrong] = steps.as_slice() else { return Err(Error::NotFound.into()) };
    let nothing = Answers::default();
    let posted = Posted { pairs: &[], today: visit.town.clock().today(), lang: visit.lang };
    let errors = match wrong.read(&posted, &nothing).or_invalid()? {
        Err(invalid) => ErrorSummary::of(&visit, &invalid),
        Ok(_) => Vec::new(),
    };
    let shown = |step: &Step, errors: &[FieldError]| {
        let province = &visit.town.profile().province_code;
        fields(step, &nothing, &Filled::Answered(&nothing), errors, visit.lang, province)
    };
    crate::show(&Show {
        page: Page::new(&visit, visit.t("web-components")).with_notice("web-components-notice"),
        kinds: shown(kinds, &[]),
        wrong: shown(wrong, &errors),
        errors,
        pager: Pager::new(&visit, Some("next")),
        icons: ICONS,
    })
}
