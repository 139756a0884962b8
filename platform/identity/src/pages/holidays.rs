//! The table of days off, which the office edits: the cabinet adds days every year.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::error::OrInvalid as _;
use engine::thai::parse_day;
use engine::{Error, Invalid, Text, civil, holidays};
use web::{ErrorSummary, Field, FieldError, Input, Page, Pairs, Result, Visit, go_to};

struct Listed {
    day: String,
    date: String,
    name: String,
}

#[derive(Template)]
#[template(path = "holidays.html")]
struct Index {
    page: Page,
    errors: Vec<FieldError>,
    fields: Vec<Field>,
    year: i16,
    days: Vec<Listed>,
}

/// The Buddhist year asked for, or this one.
fn year(visit: &Visit, asked: &str) -> i16 {
    let this = visit.town.clock().today().year();
    engine::thai::arabic_digits(asked).parse::<i16>().map_or(this, |year| year - 543).clamp(1990, 2200)
}

async fn table(visit: &Visit, year: i16, typed: &Pairs, invalid: Option<&Invalid>) -> engine::Result<Index> {
    let found = holidays::of_year(&mut visit.town.db(), visit.town.id(), year).await?;
    let errors = invalid.map(|invalid| ErrorSummary::of(visit, invalid)).unwrap_or_default();
    let parts = ["day-day", "day-month", "day-year"].map(|part| typed.get(part).to_owned());
    let fields = vec![
        Field::date("day", visit.t("identity-holiday-day"), parts).checked(&errors),
        Field::line("name_th", visit.t("identity-holiday-th"), typed.get("name_th"), "text", "off")
            .checked(&errors),
        Field::line("name_en", visit.t("identity-holiday-en"), typed.get("name_en"), "text", "off")
            .optional()
            .checked(&errors),
    ];
    let days = found
        .into_iter()
        .map(|one| Listed {
            day: one.day.to_string(),
            date: engine::thai::long_date(one.day, visit.lang),
            name: one.name.get(visit.lang).to_owned(),
        })
        .collect();
    let page = Page::new(visit, visit.t("identity-holidays-title"));
    Ok(Index { page, errors, fields, year: year + 543, days })
}

pub async fn index(visit: Visit) -> Result<Response> {
    let year = year(&visit, &visit.asked("year"));
    web::show(&table(&visit, year, &Pairs::default(), None).await?)
}

fn read(pairs: &Pairs) -> engine::Result<(civil::Date, Text)> {
    let mut invalid = Invalid::default();
    let parts = ["day-day", "day-month", "day-year"].map(|part| pairs.get(part));
    let day = parse_day(parts);
    if let Err((part, key)) = day {
        invalid.push(format!("day-{part}"), key);
    }
    let name = Text { th: pairs.get("name_th").to_owned(), en: pairs.get("name_en").to_owned() };
    if name.th.is_empty() || name.th.chars().count() > 120 {
        invalid.push("name_th", "identity-problem-name");
    }
    invalid.or((day.unwrap_or_default(), name))
}

pub async fn create(visit: Visit, pairs: Pairs) -> Result<Response> {
    match read(&pairs).or_invalid()? {
        Ok((day, name)) => {
            holidays::add(&visit.town, &visit.actor, day, &name).await?;
            Ok(go_to(&format!("/admin/holidays?year={}", day.year() + 543)))
        }
        Err(invalid) => {
            let year = year(&visit, pairs.get("day-year"));
            let again = table(&visit, year, &pairs, Some(&invalid)).await?;
            web::show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

pub async fn destroy(visit: Visit, Path(day): Path<String>) -> Result<Response> {
    let day: civil::Date = day.parse().map_err(|_| Error::NotFound)?;
    holidays::remove(&visit.town, &visit.actor, day).await?;
    Ok(go_to(&format!("/admin/holidays?year={}", day.year() + 543)))
}
