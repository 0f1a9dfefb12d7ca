//! The only place that asks what time it is.

use chrono::{DateTime, FixedOffset, Local};

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
