//! The only source of the present. Tests and the demo move it by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};

#[derive(Clone, Debug)]
pub struct Clock(Option<Arc<AtomicI64>>);

/// Thailand has kept UTC+7 without summer time since 1920.
pub struct TimeZoneOfOffice;

impl TimeZoneOfOffice {
    pub fn get() -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(7))
    }
}

impl Clock {
    pub fn system() -> Self {
        Self(None)
    }

    pub fn manual(start: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(start.as_microsecond()))))
    }

    #[allow(clippy::disallowed_methods)]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            None => Timestamp::now(),
            Some(hand) => micros(hand.load(Ordering::SeqCst)),
        }
    }

    pub fn today(&self) -> civil::Date {
        day_of(self.now())
    }

    /// Moves a manual clock; the system's own clock is left alone.
    pub fn advance(&self, by: SignedDuration) {
        if let Some(hand) = &self.0 {
            hand.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
        }
    }

    pub fn set(&self, to: Timestamp) {
        if let Some(hand) = &self.0 {
            hand.store(to.as_microsecond(), Ordering::SeqCst);
        }
    }

    pub fn is_manual(&self) -> bool {
        self.0.is_some()
    }
}

/// The day it is at the office at that moment.
pub fn day_of(moment: Timestamp) -> civil::Date {
    TimeZoneOfOffice::get().to_datetime(moment).date()
}

/// The moment of a local day and time at the office.
pub fn moment(day: civil::Date, hour: i8, minute: i8) -> Timestamp {
    TimeZoneOfOffice::get().to_timestamp(day.at(hour, minute, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(crate) fn micros(value: i64) -> Timestamp {
    Timestamp::from_microsecond(value).unwrap_or(Timestamp::UNIX_EPOCH)
}
