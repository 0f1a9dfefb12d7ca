//! The rules of the domain, as tables of what a resident would expect.

mod calendar;
mod draft;
mod experiment;
mod goal;
mod guard;
mod guard_kinds;
mod highlight;
mod id;
mod plan;
mod rotation;
mod shift;
mod suggest;

use chrono::{DateTime, FixedOffset, NaiveDate};

/// A date as it is written in the tables.
#[track_caller]
fn date(text: &str) -> NaiveDate {
    match text.parse() {
        Ok(date) => date,
        Err(error) => panic_in_table(text, &error),
    }
}

/// An instant with its offset, as it is written in the tables.
#[track_caller]
fn at(text: &str) -> DateTime<FixedOffset> {
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => at,
        Err(error) => panic_in_table(text, &error),
    }
}

#[track_caller]
#[expect(clippy::panic, reason = "a table with a mistake in it tests nothing")]
fn panic_in_table(text: &str, error: &dyn std::error::Error) -> ! {
    panic!("{text}: {error}")
}
