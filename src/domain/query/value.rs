//! What stands behind `energy:`, `since:`, `until:` and `on:`.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::domain::calendar::{self, DateError, FIRST_DATE, LAST_DATE, Week};
use crate::domain::reflection::Energy;

/// Lowest and highest level of `2`, `=2`, `<=2`, `<2`, `>=2`, `>2` or `1-3`.
pub(super) fn levels(text: &str) -> Option<(Energy, Energy)> {
    let level = |text: &str| Energy::new(text.trim().parse().ok()?);
    let (lowest, highest) = (Energy::new(1)?, Energy::new(5)?);
    if let Some(rest) = text.strip_prefix("<=") {
        Some((lowest, level(rest)?))
    } else if let Some(rest) = text.strip_prefix(">=") {
        Some((level(rest)?, highest))
    } else if let Some(rest) = text.strip_prefix('<') {
        Some((lowest, Energy::new(level(rest)?.level() - 1)?))
    } else if let Some(rest) = text.strip_prefix('>') {
        Some((Energy::new(level(rest)?.level() + 1)?, highest))
    } else if let Some((from, to)) = text.split_once('-') {
        Some((level(from)?, level(to)?))
    } else {
        let only = level(text.strip_prefix('=').unwrap_or(text))?;
        Some((only, only))
    }
}

/// First and last day of a day, month, year or week as typed.
pub(super) fn period(
    text: &str,
    today: NaiveDate,
    week_starts: Weekday,
) -> Result<(NaiveDate, NaiveDate), DateError> {
    let week = Week::of(today, week_starts);
    let month = first_of_month(today);
    match text.to_lowercase().as_str() {
        "week" => Ok((week.first, week.last())),
        "last-week" => {
            let last = calendar::add_days(week.first, -1);
            Ok((calendar::add_days(week.first, -7), last))
        }
        "month" => Ok((month, last_of_month(month))),
        "last-month" => {
            let last = calendar::add_days(month, -1);
            Ok((first_of_month(last), last))
        }
        other => match month_or_year(other)? {
            Some(period) => Ok(period),
            None => calendar::parse_date(text, today).map(|date| (date, date)),
        },
    }
}

fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

fn last_of_month(first: NaiveDate) -> NaiveDate {
    let next = first.checked_add_months(Months::new(1));
    next.map_or(first, |next| calendar::add_days(next, -1))
}

/// The days of `2026-10` or `2026`; `None` if the text has neither form.
fn month_or_year(text: &str) -> Result<Option<(NaiveDate, NaiveDate)>, DateError> {
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let (year, month) = match text.split_once('-') {
        Some((year, month)) => (year, Some(month)),
        None => (text, None),
    };
    let shaped = year.len() == 4
        && digits(year)
        && month.is_none_or(|month| (1..=2).contains(&month.len()) && digits(month));
    if !shaped {
        return Ok(None);
    }
    let out_of_range = || DateError::OutOfRange {
        given: text.to_owned(),
    };
    let start_of = |month: &str| {
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        NaiveDate::from_ymd_opt(year, month, 1)
    };
    let first = start_of(month.unwrap_or("1")).ok_or_else(out_of_range)?;
    let last = start_of(month.unwrap_or("12")).map_or(first, last_of_month);
    if first < FIRST_DATE || last > LAST_DATE {
        return Err(out_of_range());
    }
    Ok(Some((first, last)))
}
