//! The table of days off at government offices: seeded, then edited by the office, since the
//! cabinet adds days every year.

use jiff::civil;

use crate::calendar::{WorkingDays, seed_holidays};
use crate::{Actor, Json, Result, Row, Source, Text, Town, TownId, Tx, json, params};

pub struct Day {
    pub day: civil::Date,
    pub name: Text,
}

pub enum HolidayEvent {
    /// A day off was added to the calendar or renamed.
    Added(civil::Date),
    /// A day off was taken out of the calendar.
    Removed(civil::Date),
}

impl crate::Event for HolidayEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Added(_) => "engine.holiday.added",
            Self::Removed(_) => "engine.holiday.removed",
        }
    }

    fn subject(&self) -> String {
        let (Self::Added(day) | Self::Removed(day)) = self;
        format!("engine.holiday/{day}")
    }

    fn facts(&self) -> Json {
        let (Self::Added(day) | Self::Removed(day)) = self;
        json!({ "day": day })
    }
}

pub async fn seed(tx: &mut Tx) -> Result<()> {
    for holiday in seed_holidays() {
        insert(tx, holiday.date, &Text { th: holiday.th.clone(), en: holiday.en.clone() }).await?;
    }
    Ok(())
}

pub async fn add(town: &Town, actor: &Actor, day: civil::Date, name: &Text) -> Result<()> {
    let mut tx = town.begin(actor).await?;
    insert(&mut tx, day, name).await?;
    tx.record(HolidayEvent::Added(day));
    tx.commit().await
}

pub async fn remove(town: &Town, actor: &Actor, day: civil::Date) -> Result<()> {
    let mut tx = town.begin(actor).await?;
    let sql = "DELETE FROM engine_holidays WHERE municipality = $1 AND day = $2";
    if tx.execute(sql, params![town.id(), day]).await? == 0 {
        return Err(crate::Error::NotFound);
    }
    tx.record(HolidayEvent::Removed(day));
    tx.commit().await
}

async fn insert(tx: &mut Tx, day: civil::Date, name: &Text) -> Result<()> {
    let town = tx.town().clone();
    tx.execute(
        "INSERT INTO engine_holidays (municipality, day, name_th, name_en) VALUES ($1, $2, $3, $4)
         ON CONFLICT (municipality, day) DO UPDATE SET name_th = excluded.name_th, name_en = excluded.name_en",
        params![town, day, name.th.as_str(), name.en.as_str()],
    )
    .await
    .map(drop)
}

pub async fn of_year(db: &mut impl Source, town: &TownId, year: i16) -> Result<Vec<Day>> {
    between(db, town, civil::date(year, 1, 1), civil::date(year, 12, 31)).await
}

async fn between(
    db: &mut impl Source,
    town: &TownId,
    from: civil::Date,
    to: civil::Date,
) -> Result<Vec<Day>> {
    let rows = db
        .rows(
            "SELECT day, name_th, name_en FROM engine_holidays
             WHERE municipality = $1 AND day >= $2 AND day <= $3 ORDER BY day",
            params![town, from, to],
        )
        .await?;
    rows.iter().map(day).collect()
}

fn day(row: &Row) -> Result<Day> {
    let name = Text { th: row.text("name_th")?, en: row.text("name_en")? };
    Ok(Day { day: row.date("day")?, name })
}

/// Why the office is closed on that day: a holiday of the table, or a weekend, which has no name.
pub async fn day_off(db: &mut impl Source, town: &TownId, on: civil::Date) -> Result<Option<Day>> {
    let holiday = between(db, town, on, on).await?.pop();
    let weekend = || Day { day: on, name: Text::default() };
    Ok(holiday.or_else(|| (!WorkingDays::default().is_working_day(on)).then(weekend)))
}

/// Working days around that day: a year back for pauses, two ahead for the longest limits.
pub async fn working_days(db: &mut impl Source, town: &TownId, around: civil::Date) -> Result<WorkingDays> {
    let from = civil::date(around.year() - 1, 1, 1);
    let days = between(db, town, from, civil::date(around.year() + 2, 12, 31)).await?;
    Ok(WorkingDays { holidays: days.into_iter().map(|day| day.day).collect() })
}
