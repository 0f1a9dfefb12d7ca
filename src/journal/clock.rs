//! The only place that asks what time it is.

use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, TimeZone};

/// Where `now` comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The machine's clock and time zone.
    #[default]
    System,
    /// Always this instant; its offset is the local zone. For tests and recordings.
    Fixed(DateTime<FixedOffset>),
}

impl Clock {
    /// The instant that the clocks on the wall here showed as this; the earlier of two.
    #[must_use]
    pub fn local(self, shown: NaiveDateTime) -> DateTime<FixedOffset> {
        let fixed =
            |now: DateTime<FixedOffset>| now.offset().from_local_datetime(&shown).earliest();
        let found = match self {
            Self::System => Local
                .from_local_datetime(&shown)
                .earliest()
                .map(|at| at.fixed_offset()),
            Self::Fixed(now) => fixed(now),
        };
        // A time that a clock set forward left out.
        found.unwrap_or_else(|| shown.and_utc().fixed_offset())
    }

    /// The present instant, with the local offset.
    #[must_use]
    pub fn now(self) -> DateTime<FixedOffset> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
            Self::System => Local::now().fixed_offset(),
            Self::Fixed(now) => now,
        }
    }
}
