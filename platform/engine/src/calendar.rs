//! Working days of Thai government offices, and deadlines that stand still while the applicant
//! is asked for something.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

/// Days off besides Saturday and Sunday.
#[derive(Debug, Clone, Default)]
pub struct WorkingDays {
    pub holidays: BTreeSet<Date>,
}

impl WorkingDays {
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.contains(&day)
    }

    /// The day on which the given number of working days after `day` is complete. The day of
    /// receipt is not counted.
    pub fn add(&self, day: Date, count: u32) -> Date {
        let mut left = count;
        let mut at = day;
        while left > 0 {
            at = tomorrow(at);
            left -= u32::from(self.is_working_day(at));
        }
        at
    }

    /// Working days after `from` up to and including `to`; none when `to` is not later.
    pub fn between(&self, from: Date, to: Date) -> u32 {
        let mut count = 0;
        let mut at = from;
        while at < to {
            at = tomorrow(at);
            count += u32::from(self.is_working_day(at));
        }
        count
    }
}

fn tomorrow(day: Date) -> Date {
    day.tomorrow().unwrap_or(Date::MAX)
}

/// A legal time limit as it runs: days used until it was paused, and since when it runs again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    pub limit: u32,
    /// Working days used up before the clock last started.
    pub used: u32,
    /// `None` while it stands still.
    pub running_since: Option<Date>,
}

impl Deadline {
    pub fn start(limit: u32, today: Date) -> Self {
        Self { limit, used: 0, running_since: Some(today) }
    }

    /// The last day in time; `None` while the clock stands still.
    pub fn due(&self, days: &WorkingDays) -> Option<Date> {
        let since = self.running_since?;
        Some(days.add(since, self.limit.saturating_sub(self.used)))
    }

    pub fn pause(self, today: Date, days: &WorkingDays) -> Self {
        match self.running_since {
            None => self,
            Some(since) => Self { used: self.used + days.between(since, today), running_since: None, ..self },
        }
    }

    pub fn resume(self, today: Date) -> Self {
        Self { running_since: Some(self.running_since.unwrap_or(today)), ..self }
    }
}

#[derive(Debug, Clone)]
pub struct Holiday {
    pub date: Date,
    pub th: String,
    pub en: String,
}

/// Days off of government offices 2018-2030; how the list was made is told in `data/README.md`.
pub fn seed_holidays() -> Vec<Holiday> {
    include_str!("../data/holidays_th.csv").lines().skip(1).filter_map(holiday).collect()
}

fn holiday(line: &str) -> Option<Holiday> {
    let mut parts = line.splitn(3, ';');
    let date = parts.next()?.parse().ok()?;
    Some(Holiday { date, th: parts.next()?.to_owned(), en: parts.next()?.to_owned() })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn office() -> WorkingDays {
        WorkingDays { holidays: seed_holidays().into_iter().map(|day| day.date).collect() }
    }

    #[test]
    fn labour_day_is_a_working_day_and_songkran_is_not() {
        let office = office();
        assert!(office.is_working_day(date(2026, 5, 1)));
        assert!(!office.is_working_day(date(2026, 4, 13)));
        assert!(!office.is_working_day(date(2026, 1, 2)), "a day added by the cabinet");
        assert!(!office.is_working_day(date(2026, 5, 13)), "the ploughing ceremony");
    }

    #[test]
    fn a_deadline_stands_still_while_the_applicant_is_asked() {
        let office = office();
        let deadline = Deadline::start(5, date(2026, 11, 2));
        assert_eq!(deadline.due(&office), Some(date(2026, 11, 9)));
        let paused = deadline.pause(date(2026, 11, 4), &office);
        assert_eq!((paused.used, paused.due(&office)), (2, None));
        assert_eq!(paused.resume(date(2026, 11, 16)).due(&office), Some(date(2026, 11, 19)));
    }

    proptest! {
        #[test]
        fn adding_days_and_counting_them_agree(offset in 0i32..3000, count in 1u32..120) {
            let office = office();
            let day = date(2018, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap();
            let end = office.add(day, count);
            prop_assert!(office.is_working_day(end));
            prop_assert_eq!(office.between(day, end), count);
            prop_assert!(office.add(day, count + 1) > end);
        }
    }
}
