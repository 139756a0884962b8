//! Working days and deadlines against a plain count of days.

use std::collections::BTreeSet;

use engine::calendar::{Deadline, WorkingDays, seed_holidays};
use engine::civil::{Date, Weekday, date};
use proptest::prelude::*;

fn office() -> WorkingDays {
    WorkingDays { holidays: seed_holidays().into_iter().map(|day| day.date).collect() }
}

fn day(offset: i32) -> Date {
    date(2018, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap()
}

/// An office with any days off at all.
fn any_office() -> impl Strategy<Value = WorkingDays> {
    prop::collection::btree_set(0i32..1500, 0..120)
        .prop_map(|offsets| WorkingDays { holidays: offsets.into_iter().map(day).collect::<BTreeSet<_>>() })
}

proptest! {
    #[test]
    fn the_seeded_calendar_agrees_with_a_plain_count(from in 0i32..4000, count in 0u32..200) {
        let office = office();
        let off: BTreeSet<Date> = seed_holidays().into_iter().map(|one| one.date).collect();
        let works = |day: Date| {
            !off.contains(&day) && day.weekday() != Weekday::Saturday && day.weekday() != Weekday::Sunday
        };
        let reached = (from + 1..).map(day).filter(|day| works(*day)).take(count as usize).last();
        prop_assert_eq!(office.add(day(from), count), reached.unwrap_or(day(from)));
    }

    #[test]
    fn one_wait_after_another_is_one_long_wait(
        office in any_office(), from in 0i32..1000, first in 0u32..60, second in 0u32..60
    ) {
        let (start, middle) = (day(from), office.add(day(from), first));
        prop_assert_eq!(office.add(middle, second), office.add(start, first + second));
    }

    #[test]
    fn days_between_add_up(office in any_office(), a in 0i32..1000, b in 0i32..300, c in 0i32..300) {
        let (first, second, third) = (day(a), day(a + b), day(a + b + c));
        let halves = office.between(first, second) + office.between(second, third);
        prop_assert_eq!(office.between(first, third), halves);
        prop_assert_eq!(office.between(third, first), if b + c == 0 { halves } else { 0 });
    }

    #[test]
    fn whoever_applies_later_is_never_served_earlier(
        office in any_office(), from in 0i32..1000, later in 0i32..30, limit in 1u32..90
    ) {
        prop_assert!(office.add(day(from), limit) <= office.add(day(from + later), limit));
    }

    #[test]
    fn another_day_off_never_brings_a_deadline_forward(
        office in any_office(), from in 0i32..1000, off in 0i32..400, limit in 1u32..90
    ) {
        let mut fewer = office.clone();
        fewer.holidays.insert(day(from + off));
        let (before, after) = (office.add(day(from), limit), fewer.add(day(from), limit));
        prop_assert!(after >= before);
        prop_assert!(office.between(before, after) <= 1);
    }

    /// However often the clock is stopped: the days on which it ran are the limit when it runs out.
    #[test]
    fn a_deadline_counts_the_days_on_which_it_ran(
        office in any_office(), from in 0i32..800, limit in 1u32..60,
        turns in prop::collection::vec((0i32..12, 0i32..40), 0..8)
    ) {
        let (mut now, mut ran) = (from, 0);
        let mut deadline = Deadline::start(limit, day(from));
        for (running, standing) in turns {
            prop_assert_eq!(deadline.due(&office), Some(office.add(day(now), limit.saturating_sub(ran))));
            ran += office.between(day(now), day(now + running));
            now += running;
            deadline = deadline.pause(day(now), &office);
            prop_assert_eq!((deadline.used, deadline.due(&office)), (ran, None));
            prop_assert_eq!(deadline.pause(day(now + standing), &office), deadline, "standing still costs nothing");
            now += standing;
            deadline = deadline.resume(day(now));
            prop_assert_eq!(deadline.resume(day(now + 5)), deadline, "a running clock is not set back");
        }
        if ran < limit {
            let due = deadline.due(&office).unwrap();
            prop_assert_eq!(ran + office.between(day(now), due), limit);
        }
    }
}

#[test]
fn every_year_of_the_seed_has_its_days_off() {
    let all = seed_holidays();
    for year in 2018..=2030 {
        let days = all.iter().filter(|one| one.date.year() == year).count();
        assert!((15..=30).contains(&days), "{year} has {days}");
        assert!(!all.iter().any(|one| one.date == date(year, 5, 1)), "1 May is a working day for government");
        assert!(all.iter().any(|one| one.date == date(year, 12, 5)), "{year} lacks the fifth of December");
    }
    let days: BTreeSet<Date> = all.iter().map(|one| one.date).collect();
    assert_eq!(days.len(), all.len(), "a day stands twice");
    assert!(all.iter().all(|one| !one.th.is_empty() && !one.en.is_empty()));
}
