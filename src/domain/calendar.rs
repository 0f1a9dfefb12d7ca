//! Dates as people say them: weeks, academic years, "yesterday", "in 4 days", "since Tuesday".

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::nearest;

/// First date a reflection may belong to.
pub const FIRST_DATE: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};
/// Last date a reflection may belong to.
pub const LAST_DATE: NaiveDate = match NaiveDate::from_ymd_opt(2200, 12, 31) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// Seven days that begin on the configured first day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    /// First day of the week.
    pub first: NaiveDate,
}

impl Week {
    /// The week that `date` is in, if weeks begin on `starts`.
    #[must_use]
    pub fn of(date: NaiveDate, starts: Weekday) -> Self {
        Self {
            first: date.week(starts).checked_first_day().unwrap_or(date),
        }
    }

    /// Last day of the week.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        add_days(self.first, 6)
    }

    /// The seven days, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        (0..7).map(move |n| add_days(self.first, n))
    }

    /// Whether the week holds `date`.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        (self.first..=self.last()).contains(&date)
    }
}

/// `date` moved by `days`, held inside what a calendar can show.
#[must_use]
pub fn add_days(date: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 {
        date.checked_sub_days(by)
    } else {
        date.checked_add_days(by)
    };
    moved.unwrap_or(date)
}

/// "Tue 11 Nov", with the year where it is not the one of `today`.
#[must_use]
pub fn short_date(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() {
        date.format("%a %-d %b").to_string()
    } else {
        whole_date(date)
    }
}

/// "Tue 11 Nov 2026": where nothing says which day it is today.
#[must_use]
pub fn whole_date(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// When a due date is, seen from `today`: "due today", "in 4 days", "due since Tuesday".
///
/// Never "overdue": nothing was done wrong.
#[must_use]
pub fn due_in_words(due: Option<NaiveDate>, today: NaiveDate) -> String {
    let Some(due) = due else {
        return "no date".to_owned();
    };
    match due.signed_duration_since(today).num_days() {
        0 => "due today".to_owned(),
        1 => "due tomorrow".to_owned(),
        n @ 2..=13 => format!("in {n} days"),
        14.. => format!("due {}", day_and_month(due, today)),
        -1 => "due since yesterday".to_owned(),
        -6..=-2 => format!("due since {}", due.format("%A")),
        _ => format!("due since {}", day_and_month(due, today)),
    }
}

/// When something was, seen from `today`: "today", "yesterday", "last Thu", "3 Nov".
#[must_use]
pub fn past_day(date: NaiveDate, today: NaiveDate) -> String {
    match today.signed_duration_since(date).num_days() {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=6 => format!("last {}", date.format("%a")),
        _ => day_and_month(date, today),
    }
}

/// "11 Nov", with the year where it is not the one of `today`.
#[must_use]
pub fn day_and_month(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() {
        date.format("%-d %b").to_string()
    } else {
        date.format("%-d %b %Y").to_string()
    }
}

/// "1 shift", "4 shifts".
#[must_use]
pub fn counted(n: u32, what: &str) -> String {
    if n == 1 {
        format!("1 {what}")
    } else {
        format!("{n} {what}s")
    }
}

/// The academic year that `date` is in, named by the calendar year it began in.
#[must_use]
pub fn academic_year(date: NaiveDate, first_month: u32) -> i32 {
    if date.month() < first_month {
        date.year() - 1
    } else {
        date.year()
    }
}

/// The first day of the academic year that began in this calendar year.
#[must_use]
pub fn first_of_academic_year(year: i32, first_month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, first_month, 1).unwrap_or(FIRST_DATE)
}

/// The text is no date that this program understands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not one of the accepted forms.
    #[error(
        "\"{given}\" is not a date: give one like 2026-11-21, today, yesterday, monday or -3{}",
        hint(.given)
    )]
    Form {
        /// What was given.
        given: String,
    },
    /// The form is right but no calendar has that day.
    #[error("there is no {given} in the calendar")]
    NoSuchDay {
        /// What was given.
        given: String,
    },
    /// Outside the years a journal can hold.
    #[error("{given} is outside the years 1900 to 2200")]
    OutOfRange {
        /// What was given.
        given: String,
    },
}

const DAY_WORDS: [&str; 9] = [
    "today",
    "yesterday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn hint(given: &str) -> String {
    nearest::nearest(given, DAY_WORDS)
        .map(|word| format!("; did you mean {word}?"))
        .unwrap_or_default()
}

/// Reads a date as typed: ISO (`2026-11-21`), `today`, `yesterday`, a weekday (the last one, today
/// included), or `-N` days ago.
///
/// # Errors
/// [`DateError`] names what was given and what is accepted.
pub fn parse_date(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    let word = text.trim().to_lowercase();
    let form = || DateError::Form {
        given: text.to_owned(),
    };
    let date = match word.as_str() {
        "today" => today,
        "yesterday" => add_days(today, -1),
        _ => {
            if let Some(ago) = word.strip_prefix('-') {
                if ago.is_empty() || !all_digits(ago) {
                    return Err(form());
                }
                // What does not fit is too long ago for any calendar.
                let ago: u32 = ago.parse().unwrap_or(u32::MAX);
                let date = today.checked_sub_days(Days::new(u64::from(ago)));
                date.unwrap_or(NaiveDate::MIN)
            } else if let Some(weekday) = weekday(&word) {
                let back = (7 + today.weekday().num_days_from_monday()
                    - weekday.num_days_from_monday())
                    % 7;
                add_days(today, -i64::from(back))
            } else {
                iso(&word, text)?
            }
        }
    };
    if (FIRST_DATE..=LAST_DATE).contains(&date) {
        Ok(date)
    } else {
        Err(DateError::OutOfRange {
            given: text.to_owned(),
        })
    }
}

/// The days of the week in English, from Monday on.
#[must_use]
pub fn weekday_names() -> &'static [&'static str] {
    DAY_WORDS.split_at(2).1
}

/// A weekday by its English name, whole or its first three letters or more.
#[must_use]
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let at = weekday_names()
        .iter()
        .position(|name| name.starts_with(&word))?;
    u8::try_from(at)
        .ok()
        .and_then(|n| Weekday::try_from(n).ok())
}

fn all_digits(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn iso(word: &str, given: &str) -> Result<NaiveDate, DateError> {
    let parts: Vec<&str> = word.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return Err(DateError::Form {
            given: given.to_owned(),
        });
    };
    let shaped = year.len() == 4
        && (1..=2).contains(&month.len())
        && (1..=2).contains(&day.len())
        && [year, month, day].into_iter().all(|part| all_digits(part));
    match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) if shaped => NaiveDate::from_ymd_opt(year, month, day)
            .ok_or_else(|| DateError::NoSuchDay {
                given: given.to_owned(),
            }),
        _ => Err(DateError::Form {
            given: given.to_owned(),
        }),
    }
}

/// A span as typed for a due date: `7d`, `2w`, `1m`, a date, or `none`.
///
/// # Errors
/// [`DueError`] names what was given and what is accepted.
pub fn parse_due(text: &str, shift_date: NaiveDate) -> Result<Option<NaiveDate>, DueError> {
    let word = text.trim().to_lowercase();
    if word == "none" {
        return Ok(None);
    }
    let error = || DueError {
        given: text.to_owned(),
    };
    let split = word.len().saturating_sub(1);
    let span = word.is_char_boundary(split).then(|| word.split_at(split));
    let due = match span {
        Some((n, "d")) => add_days(
            shift_date,
            i64::from(n.parse::<u16>().map_err(|_| error())?),
        ),
        Some((n, "w")) => add_days(
            shift_date,
            7 * i64::from(n.parse::<u16>().map_err(|_| error())?),
        ),
        Some((n, "m")) => shift_date
            .checked_add_months(Months::new(u32::from(
                n.parse::<u16>().map_err(|_| error())?,
            )))
            .ok_or_else(error)?,
        _ => iso(&word, text).map_err(|_| error())?,
    };
    if (FIRST_DATE..=LAST_DATE).contains(&due) {
        Ok(Some(due))
    } else {
        Err(error())
    }
}

/// The text is no due date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{given}\" is not a due date: give days (7d), weeks (2w), months (1m), a date (2026-11-28) or none"
)]
pub struct DueError {
    /// What was given.
    pub given: String,
}
