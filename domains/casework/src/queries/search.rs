//! The inbox by words: found in the index of words, newest first, then narrowed by the view and the
//! filters, in batches so that a common word costs no more than a rare one.

use engine::list::PAGE;
use engine::{Actor, Result, Source as _, Town, Value, civil};

use super::SEARCH;
use super::inbox::{Asked, Found, Place, Where, narrow, units};
use super::listed::{LISTED, listed};

/// Ids looked at in one go, and how many times before the rest is left for the next page.
const BATCH: usize = 200;
const BATCHES: usize = 5;

/// Cases that hold the words, newest first, narrowed by the view and the filters.
pub(super) async fn cases(
    town: &Town,
    officer: &Actor,
    asked: &Asked<'_>,
    today: civil::Date,
) -> Result<Found> {
    let mut db = town.db();
    let mut at = match asked.place {
        Place::After(cursor) => cursor.to_owned(),
        // Behind every id, whatever the order of signs in the database.
        Place::First | Place::Before(_) => engine::list::LAST.to_owned(),
    };
    let mut found = Found::default();
    for _ in 0..BATCHES {
        let ids =
            engine::search_words::find(&mut db, town.id(), SEARCH, asked.words, Some(&at), BATCH).await?;
        let Some(last) = ids.last().cloned() else { return Ok(found) };
        let ended = ids.len() < BATCH;
        let (sql, params) = among(town, officer, asked, today, ids);
        for row in db.rows(&sql, params).await? {
            if found.rows.len() == PAGE {
                found.next = found.rows.last().map(|row| row.id.clone());
                return Ok(found);
            }
            found.rows.push(listed(&row)?);
        }
        if ended {
            return Ok(found);
        }
        at = last;
    }
    found.next = Some(at);
    Ok(found)
}

fn among(
    town: &Town,
    officer: &Actor,
    asked: &Asked<'_>,
    today: civil::Date,
    ids: Vec<String>,
) -> (String, Vec<Value>) {
    let mut all = Where::of(town);
    narrow(&mut all, officer, asked, today);
    let mut one_of = |column: &str, values: Vec<String>| {
        let places: Vec<String> = values
            .into_iter()
            .map(|value| {
                all.params.push(value.into());
                format!("${}", all.params.len())
            })
            .collect();
        all.text.push_str(&format!(" AND {column} IN ({})", places.join(", ")));
    };
    one_of("id", ids);
    one_of("kind", asked.view.kinds().iter().map(|kind| (*kind).to_owned()).collect());
    match units(officer, asked) {
        Some(units) if units == [""] => {}
        units => one_of("unit", units.unwrap_or_else(|| vec!["-"]).into_iter().map(str::to_owned).collect()),
    }
    let sql =
        format!("SELECT {LISTED} FROM casework_cases WHERE municipality = $1{} ORDER BY id DESC", all.text);
    (sql, all.params)
}
