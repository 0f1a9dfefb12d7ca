//! Which shift a reflection belongs to, and which date that shift has.
//!
//! An entry belongs to the shift, not to the clock: a night that ends at 08:00 on Wednesday is
//! "the night of Tuesday". Local wall-clock times decide; nothing subtracts 24 hours, so that a
//! change to or from daylight saving time moves nothing.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::{calendar, nearest};

/// The kind of a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShiftKind {
    /// A day shift.
    Day,
    /// A long day, to about 21:00.
    Long,
    /// An evening or late shift.
    Evening,
    /// A night; dated by the evening it began.
    Night,
    /// A call of 24 hours or more; dated by the morning it began.
    Call24,
    /// A clinic or office day.
    Clinic,
    /// No shift.
    Off,
}

impl ShiftKind {
    /// Every kind, in the order they are offered.
    pub const ALL: [Self; 7] = [
        Self::Day,
        Self::Long,
        Self::Evening,
        Self::Night,
        Self::Call24,
        Self::Clinic,
        Self::Off,
    ];

    /// The stable word used in files, queries and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Long => "long",
            Self::Evening => "evening",
            Self::Night => "night",
            Self::Call24 => "call24",
            Self::Clinic => "clinic",
            Self::Off => "off",
        }
    }

    /// The words a person reads.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Long => "Long day",
            Self::Evening => "Evening",
            Self::Night => "Night",
            Self::Call24 => "24-hour call",
            Self::Clinic => "Clinic",
            Self::Off => "Day off",
        }
    }

    /// Whether the shift runs past midnight, so that its end has another date than its start.
    #[must_use]
    pub const fn is_overnight(self) -> bool {
        matches!(self, Self::Night | Self::Call24)
    }
}

impl fmt::Display for ShiftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The word names no kind of shift.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", nearest::explain("shift", .given, ShiftKind::ALL.map(ShiftKind::id)))]
pub struct UnknownShift {
    /// What was given.
    pub given: String,
}

impl FromStr for ShiftKind {
    type Err = UnknownShift;

    fn from_str(text: &str) -> Result<Self, UnknownShift> {
        let wanted = text.trim();
        Self::ALL
            .into_iter()
            .find(|kind| kind.id().eq_ignore_ascii_case(wanted))
            .ok_or_else(|| UnknownShift {
                given: text.to_owned(),
            })
    }
}

/// The last reflection written, as far as the next one's shift is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastEntry {
    /// The shift it belongs to.
    pub shift: ShiftKind,
    /// When it was written.
    pub written_at: DateTime<FixedOffset>,
}

/// How long the last shift used stays the proposal for the next entry.
const SAME_SHIFT: TimeDelta = TimeDelta::hours(20);
/// How long without an entry makes an early-morning writer come off a night.
const AFTER_NIGHT: TimeDelta = TimeDelta::hours(10);
/// Before this local time an overnight shift began yesterday.
const OVERNIGHT_ENDS_BY: u32 = 15;

/// The logical date at `now`: before `day_starts` it is still yesterday.
#[must_use]
pub fn logical_day(now: DateTime<FixedOffset>, day_starts: NaiveTime) -> NaiveDate {
    let local = now.naive_local();
    if local.time() < day_starts {
        day_before(local.date())
    } else {
        local.date()
    }
}

/// The default date of a shift of this kind that is written about at `now`.
///
/// Yesterday if the local time is before `day_starts`, or if an overnight shift is written about
/// before 15:00; else today.
#[must_use]
pub fn default_date(
    now: DateTime<FixedOffset>,
    shift: ShiftKind,
    day_starts: NaiveTime,
) -> NaiveDate {
    let local = now.naive_local();
    if local.time() < day_starts || (shift.is_overnight() && local.hour() < OVERNIGHT_ENDS_BY) {
        day_before(local.date())
    } else {
        local.date()
    }
}

/// The kind of shift an entry at `now` is probably about.
///
/// The last one used within 20 hours, else what the clock suggests. A last entry from the future
/// (the clock was set back) suggests nothing.
#[must_use]
pub fn suggest(now: DateTime<FixedOffset>, last: Option<LastEntry>) -> ShiftKind {
    let since = last
        .map(|last| (last.shift, now.signed_duration_since(last.written_at)))
        .filter(|(_, since)| *since >= TimeDelta::zero());
    if let Some((shift, since)) = since
        && since <= SAME_SHIFT
    {
        return shift;
    }
    let rested = since.is_none_or(|(_, since)| since > AFTER_NIGHT);
    match now.naive_local().hour() {
        4..11 if rested => ShiftKind::Night,
        4..17 => ShiftKind::Day,
        17..21 => ShiftKind::Long,
        21..24 => ShiftKind::Evening,
        _ => ShiftKind::Night,
    }
}

/// Why a shift cannot be in the log of shifts worked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// There was none.
    #[error("{0} is no shift worked")]
    Off(String),
    /// It lies ahead.
    #[error("{0} is still to come")]
    Ahead(String),
    /// No calendar year that a journal holds.
    #[error("{0} is outside the years 1900 to 2200")]
    OutOfRange(NaiveDate),
}

/// Checks that a shift can be logged as worked.
///
/// # Errors
/// [`LogError`] says why not.
pub fn check_logged(shift: ShiftKind, date: NaiveDate, today: NaiveDate) -> Result<(), LogError> {
    let words = || describe(shift, date, today);
    if !(calendar::FIRST_DATE..=calendar::LAST_DATE).contains(&date) {
        Err(LogError::OutOfRange(date))
    } else if shift == ShiftKind::Off {
        Err(LogError::Off(words()))
    } else if date > today {
        Err(LogError::Ahead(words()))
    } else {
        Ok(())
    }
}

/// The shift in words: "Night of Tue 11 Nov (to Wed)", "Day shift, Tue 11 Nov".
///
/// The year is named only where it is not the one of `today`.
#[must_use]
pub fn describe(shift: ShiftKind, date: NaiveDate, today: NaiveDate) -> String {
    let day = calendar::short_date(date, today);
    match shift {
        ShiftKind::Night => format!("Night of {day} (to {})", next_weekday(date)),
        ShiftKind::Call24 => format!("24-hour call of {day} (to {})", next_weekday(date)),
        ShiftKind::Day => format!("Day shift, {day}"),
        ShiftKind::Long => format!("Long day, {day}"),
        ShiftKind::Evening => format!("Evening of {day}"),
        ShiftKind::Clinic => format!("Clinic, {day}"),
        ShiftKind::Off => format!("Day off, {day}"),
    }
}

fn next_weekday(date: NaiveDate) -> chrono::Weekday {
    date.weekday().succ()
}

fn day_before(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(1)).unwrap_or(date)
}
