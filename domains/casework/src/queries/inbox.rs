//! The officers' inbox. Each view with each filter is read from an index in the order of the page;
//! several units or kinds are read side by side and merged, a page of each. Further filters are
//! tried on what the first one leaves.

use engine::list::PAGE;
use engine::{Actor, Result, Source as _, Town, Value, civil, params};

use super::listed::{LISTED, Listed, listed};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    #[default]
    Mine,
    Unit,
    Unassigned,
    Waiting,
    Overdue,
    Closed,
    All,
}

impl View {
    pub const ALL: [Self; 7] =
        [Self::Mine, Self::Unit, Self::Unassigned, Self::Waiting, Self::Overdue, Self::Closed, Self::All];

    pub fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unit => "unit",
            Self::Unassigned => "unassigned",
            Self::Waiting => "waiting",
            Self::Overdue => "overdue",
            Self::Closed => "closed",
            Self::All => "all",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    pub(super) fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Waiting => &["waiting"],
            Self::Closed => &["closed"],
            Self::All => &["open", "waiting", "closed"],
            Self::Mine | Self::Unit | Self::Unassigned | Self::Overdue => &["open"],
        }
    }
}

/// In a filter: all units that the officer belongs to.
pub const OWN_UNITS: &str = "own";

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place<'a> {
    #[default]
    First,
    After(&'a str),
    Before(&'a str),
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    pub view: View,
    pub service: &'a str,
    pub unit: &'a str,
    pub channel: &'a str,
    pub state: &'a str,
    pub words: &'a str,
    pub place: Place<'a>,
}

/// A page of the inbox with the cursors of its neighbours.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub rows: Vec<Listed>,
    pub next: Option<String>,
    pub back: Option<String>,
}

pub async fn inbox(town: &Town, officer: &Actor, asked: &Asked<'_>, today: civil::Date) -> Result<Found> {
    officer.may(crate::permissions::READ)?;
    if !asked.words.is_empty() {
        return super::search::cases(town, officer, asked, today).await;
    }
    let Some((sql, params)) = page(town, officer, asked, today) else { return Ok(Found::default()) };
    let rows = town.db().rows(&sql, params).await?;
    Ok(found(rows.iter().map(listed).collect::<Result<_>>()?, asked))
}

/// From one row more than a page, in the order read.
fn found(mut rows: Vec<Listed>, asked: &Asked<'_>) -> Found {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let backwards = matches!(asked.place, Place::Before(_));
    if backwards {
        rows.reverse();
    }
    let cursor = |row: Option<&Listed>| row.map(|row| cursor_of(row, asked.view));
    let next = cursor(rows.last().filter(|_| more || backwards));
    let back = cursor(rows.first().filter(|_| if backwards { more } else { asked.place != Place::First }));
    Found { rows, next, back }
}

fn cursor_of(row: &Listed, view: View) -> String {
    match (view, row.due_on) {
        (View::Overdue, Some(due)) => format!("{due}.{}", row.id),
        _ => row.id.clone(),
    }
}

/// Conditions with their values, numbered as they come.
pub(super) struct Where {
    pub text: String,
    pub params: Vec<Value>,
}

impl Where {
    pub fn of(town: &Town) -> Self {
        Self { text: String::new(), params: params![town.id()] }
    }

    fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.params.push(value.into());
        self.text.push_str(&format!(" AND {condition} ${}", self.params.len()));
    }
}

/// The statement of a page; `None` when the officer belongs to no unit and asks for its cases.
pub fn page(
    town: &Town,
    officer: &Actor,
    asked: &Asked<'_>,
    today: civil::Date,
) -> Option<(String, Vec<Value>)> {
    let mut all = Where::of(town);
    narrow(&mut all, officer, asked, today);
    let order = order(&mut all, asked);
    let units = units(officer, asked)?;
    let mut arms = Vec::new();
    for kind in asked.view.kinds() {
        for unit in &units {
            let mut arm = format!("municipality = $1 AND kind = '{kind}'");
            if !unit.is_empty() {
                all.params.push(Value::from(*unit));
                arm.push_str(&format!(" AND unit = ${}", all.params.len()));
            }
            arms.push(format!(
                "SELECT {LISTED} FROM casework_cases WHERE {arm}{} ORDER BY {order} LIMIT {}",
                all.text,
                PAGE + 1
            ));
        }
    }
    Some((merged(arms, order), all.params))
}

fn merged(mut arms: Vec<String>, order: &str) -> String {
    if arms.len() == 1 {
        return arms.remove(0);
    }
    let arms: Vec<String> =
        arms.iter().enumerate().map(|(at, arm)| format!("SELECT * FROM ({arm}) AS arm{at}")).collect();
    format!("{} ORDER BY {order} LIMIT {}", arms.join(" UNION ALL "), PAGE + 1)
}

/// Units read side by side; one empty name stands for all of them.
pub(super) fn units<'a>(officer: &'a Actor, asked: &Asked<'a>) -> Option<Vec<&'a str>> {
    let own = || officer.units.iter().map(String::as_str).collect::<Vec<_>>();
    let units = match (asked.view, asked.unit) {
        (View::Unit, "" | OWN_UNITS) | (_, OWN_UNITS) => own(),
        (_, unit) => vec![unit],
    };
    (!units.is_empty()).then_some(units)
}

pub(super) fn narrow(all: &mut Where, officer: &Actor, asked: &Asked<'_>, today: civil::Date) {
    match asked.view {
        View::Mine => all.and("assignee =", officer.id()),
        View::Unassigned => all.text.push_str(" AND assignee IS NULL"),
        View::Overdue => all.and("due_on <", today),
        View::Unit | View::Waiting | View::Closed | View::All => {}
    }
    for (column, value) in
        [("service =", asked.service), ("channel =", asked.channel), ("state =", asked.state)]
    {
        if !value.is_empty() {
            all.and(column, value);
        }
    }
}

/// Overdue cases come by their day, oldest first; all others newest first.
fn order(all: &mut Where, asked: &Asked<'_>) -> &'static str {
    let by_day = asked.view == View::Overdue;
    let (cursor, backwards) = match asked.place {
        Place::First => ("", false),
        Place::After(cursor) => (cursor, false),
        Place::Before(cursor) => (cursor, true),
    };
    let ascending = by_day != backwards;
    let compared = if ascending { ">" } else { "<" };
    match cursor.split_once('.') {
        Some((day, id)) if by_day => {
            all.params.push(Value::from(day));
            let day = all.params.len();
            all.params.push(Value::from(id));
            all.text.push_str(&format!(" AND (due_on, id) {compared} (${day}, ${})", all.params.len()));
        }
        None if !cursor.is_empty() && !by_day => all.and(&format!("id {compared}"), cursor),
        _ => {}
    }
    match (by_day, ascending) {
        (true, true) => "due_on, id",
        (true, false) => "due_on DESC, id DESC",
        (false, true) => "id",
        (false, false) => "id DESC",
    }
}

/// As many as this are counted; beyond it a list is long, whatever its length.
pub const COUNTED: usize = 100;

/// How many cases a view holds, for the views in which that calls for work.
pub async fn counts(town: &Town, officer: &Actor, today: civil::Date) -> Result<Vec<(View, usize)>> {
    officer.may(crate::permissions::READ)?;
    let mut all = Where::of(town);
    let mut arms = Vec::new();
    for view in [View::Mine, View::Unassigned, View::Overdue] {
        all.text.clear();
        narrow(&mut all, officer, &Asked { view, ..Asked::default() }, today);
        arms.push(format!(
            "SELECT '{}' AS name, count(*) AS cases FROM (SELECT 1 FROM casework_cases
             WHERE municipality = $1 AND kind = 'open'{} LIMIT {COUNTED}) AS {0}",
            view.code(),
            all.text
        ));
    }
    let rows = town.db().rows(&arms.join(" UNION ALL "), all.params).await?;
    rows.iter()
        .map(|row| {
            let view = View::parse(&row.text("name")?).unwrap_or_default();
            Ok((view, usize::try_from(row.int("cases")?).unwrap_or_default()))
        })
        .collect()
}
