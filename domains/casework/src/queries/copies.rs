//! Cases written many at a time, for a demo town under load: the same rows that operations leave.

use engine::history::{Recorded, Taken};
use engine::{Json, Result, Row, Source as _, Timestamp, Town, Tx, Value, params};

use super::SEARCH;
use super::case::COLUMNS;
use crate::case::Case;

/// A case of the past with all that belongs to it.
pub struct Template {
    pub case: Case,
    row: Vec<Value>,
    entries: Vec<Vec<Value>>,
    pub history: Vec<Recorded>,
}

/// What differs between a case and its copy.
pub struct Copied {
    pub id: String,
    pub number: String,
    pub secret: String,
    pub applicant: String,
    pub telephone: String,
    pub later_micros: i64,
    pub words: Vec<String>,
    /// Ids of the entries, as many as the template has.
    pub entry_ids: Vec<String>,
}

const ENTRY: [&str; 5] = ["id", "kind", "author", "text", "at"];

pub async fn templates(town: &Town) -> Result<Vec<Template>> {
    let mut db = town.db();
    let sql = format!("SELECT {COLUMNS} FROM casework_cases WHERE municipality = $1 ORDER BY id");
    let mut all = Vec::new();
    for row in db.rows(&sql, params![town.id()]).await? {
        let case = super::case::case(&row)?;
        let entries = db
            .rows(
                "SELECT id, kind, author, text, at FROM casework_entries
                 WHERE municipality = $1 AND case_id = $2 ORDER BY id",
                params![town.id(), &case.id],
            )
            .await?;
        all.push(Template {
            history: engine::history::of_subject(&mut db, town.id(), &case.subject()).await?,
            entries: entries.iter().map(|row| values(row, &ENTRY)).collect::<Result<_>>()?,
            row: values(&row, &names())?,
            case,
        });
    }
    Ok(all)
}

fn names() -> Vec<&'static str> {
    COLUMNS.split(',').map(str::trim).collect()
}

fn values(row: &Row, names: &[&str]) -> Result<Vec<Value>> {
    names.iter().map(|name| row.value(name).cloned()).collect()
}

pub async fn insert_copies(tx: &mut Tx, copies: &[(&Template, Copied)]) -> Result<()> {
    let town = Value::from(tx.town());
    let rows: Vec<_> = copies.iter().map(|(template, copy)| row(&town, template, copy)).collect();
    tx.insert(&format!("casework_cases (municipality, {COLUMNS})"), &rows).await?;
    let rows: Vec<_> = copies.iter().flat_map(|(template, copy)| entries(&town, template, copy)).collect();
    tx.insert("casework_entries (municipality, case_id, id, kind, author, text, at)", &rows).await?;
    // In the order of the index: pages are written once and not again for each case.
    let mut words: Vec<(&str, &str)> = copies
        .iter()
        .flat_map(|(_, copy)| copy.words.iter().map(|word| (word.as_str(), copy.id.as_str())))
        .collect();
    words.sort_unstable();
    let rows: Vec<_> = words.into_iter().map(|(word, id)| params![town.clone(), SEARCH, word, id]).collect();
    tx.insert(engine::search_words::COLUMNS, &rows).await?;
    let rows: Vec<_> = copies.iter().flat_map(|(template, copy)| history(template, copy)).collect();
    engine::history::take_over(tx, &rows).await
}

/// Later by so much: moments are whole numbers above this, and nothing else in a case is.
fn later(value: &Value, micros: i64) -> Value {
    match value {
        Value::Int(moment) if *moment > 1_000_000_000_000 => Value::Int(moment + micros),
        other => other.clone(),
    }
}

fn row(town: &Value, template: &Template, copy: &Copied) -> Vec<Value> {
    let mut row = vec![town.clone()];
    for (name, value) in names().into_iter().zip(&template.row) {
        row.push(match name {
            "id" => copy.id.as_str().into(),
            "number" => copy.number.as_str().into(),
            "secret" => copy.secret.as_str().into(),
            "applicant" => copy.applicant.as_str().into(),
            "telephone" => copy.telephone.as_str().into(),
            "person" | "email" => Value::Null,
            "answers" => answers(template, copy, value),
            _ => later(value, copy.later_micros),
        });
    }
    row
}

fn answers(template: &Template, copy: &Copied, value: &Value) -> Value {
    let Value::Text(text) = value else { return value.clone() };
    let case = &template.case;
    Value::Text(text.replace(&case.applicant, &copy.applicant).replace(&case.telephone, &copy.telephone))
}

fn entries<'a>(
    town: &'a Value,
    template: &'a Template,
    copy: &'a Copied,
) -> impl Iterator<Item = Vec<Value>> + 'a {
    template.entries.iter().zip(&copy.entry_ids).map(move |(entry, id)| {
        let rest = entry.iter().skip(1).map(|value| later(value, copy.later_micros));
        [town.clone(), copy.id.as_str().into(), id.as_str().into()].into_iter().chain(rest).collect()
    })
}

fn history<'a>(template: &'a Template, copy: &'a Copied) -> impl Iterator<Item = Taken> + 'a {
    template.history.iter().map(move |row| Taken {
        at: Timestamp::from_microsecond(row.at.as_microsecond() + copy.later_micros).unwrap_or(row.at),
        actor_kind: row.actor_kind.clone(),
        actor: if row.actor_kind == "holder" { copy.id.clone() } else { row.actor.clone() },
        kind: row.kind.clone(),
        subject: format!("casework.case/{}", copy.id),
        facts: facts(&row.facts, copy),
    })
}

fn facts(facts: &Json, copy: &Copied) -> String {
    let mut facts = facts.clone();
    if let Some(number) = facts.get_mut("number") {
        *number = copy.number.as_str().into();
    }
    facts.to_string()
}
