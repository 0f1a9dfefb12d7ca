//! Which shift and which date an entry has: nights, calls, changes of the clock, turns of the year.

use chrono::{NaiveTime, Weekday};
use postcall::domain::calendar::Week;
use postcall::domain::shift::ShiftKind::{self, Call24, Clinic, Day, Evening, Long, Night, Off};
use postcall::domain::shift::{
    LastEntry, check_logged, default_date, describe, logical_day, suggest,
};

use super::{at, date};

fn day_starts(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()
}

#[test]
fn an_entry_belongs_to_the_date_its_shift_began() {
    let cases: &[(&str, ShiftKind, &str)] = &[
        // The night that ended this morning is yesterday's until 15:00.
        ("2026-11-21T04:59:59+01:00", Night, "2026-11-20"),
        ("2026-11-21T05:00:00+01:00", Night, "2026-11-20"),
        ("2026-11-21T08:10:00+01:00", Night, "2026-11-20"),
        ("2026-11-21T14:59:59+01:00", Night, "2026-11-20"),
        ("2026-11-21T15:00:00+01:00", Night, "2026-11-21"),
        ("2026-11-21T23:30:00+01:00", Night, "2026-11-21"),
        ("2026-11-21T11:00:00+01:00", Call24, "2026-11-20"),
        ("2026-11-21T14:59:00+01:00", Call24, "2026-11-20"),
        ("2026-11-21T15:00:00+01:00", Call24, "2026-11-21"),
        // Everything else is today from 05:00 on.
        ("2026-11-21T04:59:00+01:00", Day, "2026-11-20"),
        ("2026-11-21T05:00:00+01:00", Day, "2026-11-21"),
        ("2026-11-21T00:20:00+01:00", Evening, "2026-11-20"),
        ("2026-11-21T00:20:00+01:00", Long, "2026-11-20"),
        ("2026-11-21T12:00:00+01:00", Clinic, "2026-11-21"),
        ("2026-11-21T08:00:00+01:00", Off, "2026-11-21"),
        // The year and the leap day turn like any other.
        ("2027-01-01T07:30:00+01:00", Night, "2026-12-31"),
        ("2027-01-01T01:00:00+01:00", Evening, "2026-12-31"),
        ("2027-01-01T09:00:00+01:00", Day, "2027-01-01"),
        ("2028-03-01T08:00:00+01:00", Night, "2028-02-29"),
        ("2027-03-01T08:00:00+01:00", Night, "2027-02-28"),
        ("2028-02-29T08:00:00+01:00", Call24, "2028-02-28"),
    ];
    for (now, shift, expected) in cases {
        let found = default_date(at(now), *shift, day_starts(5));
        assert_eq!(found, date(expected), "{now} {shift}");
    }
}

#[test]
fn a_shift_is_logged_that_was_worked() {
    let said = |shift, day| {
        check_logged(shift, date(day), date("2026-11-21")).map_err(|error| error.to_string())
    };
    assert_eq!(said(Night, "2026-11-20"), Ok(()));
    assert_eq!(said(Day, "2026-11-21"), Ok(()));
    let error = |text: &str| Err(text.to_owned());
    assert_eq!(
        said(Night, "2026-11-22"),
        error("Night of Sun 22 Nov (to Mon) is still to come")
    );
    assert_eq!(
        said(Off, "2026-11-20"),
        error("Day off, Fri 20 Nov is no shift worked")
    );
    assert_eq!(
        said(Day, "1899-12-31"),
        error("1899-12-31 is outside the years 1900 to 2200")
    );
}

#[test]
fn a_change_of_the_clock_moves_no_shift() {
    let cases: &[(&str, ShiftKind, &str)] = &[
        // New York, spring: 01:59 -05:00 is followed by 03:00 -04:00; the night has 23 hours.
        ("2026-03-08T01:59:00-05:00", Night, "2026-03-07"),
        ("2026-03-08T03:00:00-04:00", Night, "2026-03-07"),
        ("2026-03-08T08:10:00-04:00", Night, "2026-03-07"),
        ("2026-03-09T00:30:00-04:00", Long, "2026-03-08"),
        ("2026-03-09T07:30:00-04:00", Call24, "2026-03-08"),
        // New York, autumn: 01:30 comes twice, first at -04:00.
        ("2026-11-01T01:30:00-04:00", Night, "2026-10-31"),
        ("2026-11-01T01:30:00-05:00", Night, "2026-10-31"),
        ("2026-11-01T08:10:00-05:00", Night, "2026-10-31"),
        ("2026-11-01T23:30:00-05:00", Evening, "2026-11-01"),
        ("2026-11-02T00:30:00-05:00", Evening, "2026-11-01"),
        // Berlin, both.
        ("2026-03-29T08:00:00+02:00", Night, "2026-03-28"),
        ("2026-10-25T08:00:00+01:00", Call24, "2026-10-24"),
        // Lord Howe moves by half an hour; Apia skipped 30 December 2011.
        ("2026-10-04T08:00:00+11:00", Night, "2026-10-03"),
        ("2011-12-31T08:00:00+14:00", Day, "2011-12-31"),
    ];
    for (now, shift, expected) in cases {
        let found = default_date(at(now), *shift, day_starts(5));
        assert_eq!(found, date(expected), "{now} {shift}");
    }
}

#[test]
fn the_hour_a_day_starts_is_the_writers_choice() {
    let cases: &[(&str, u32, ShiftKind, &str)] = &[
        ("2026-11-21T00:00:00+00:00", 0, Day, "2026-11-21"),
        ("2026-11-21T00:00:00+00:00", 0, Night, "2026-11-20"),
        ("2026-11-21T14:59:00+00:00", 0, Night, "2026-11-20"),
        ("2026-11-21T03:59:00+00:00", 4, Evening, "2026-11-20"),
        ("2026-11-21T04:00:00+00:00", 4, Evening, "2026-11-21"),
        ("2026-11-21T06:59:00+00:00", 7, Day, "2026-11-20"),
    ];
    for (now, hour, shift, expected) in cases {
        let found = default_date(at(now), *shift, day_starts(*hour));
        assert_eq!(found, date(expected), "{now} {shift}, day starts at {hour}");
    }
    let now = at("2027-01-01T04:59:59-08:00");
    assert_eq!(logical_day(now, day_starts(5)), date("2026-12-31"));
    assert_eq!(logical_day(now, day_starts(0)), date("2027-01-01"));
}

#[test]
fn without_a_recent_entry_the_clock_suggests_the_shift() {
    let hours: &[(&str, ShiftKind)] = &[
        ("00:00:00", Night),
        ("03:59:59", Night),
        ("04:00:00", Night),
        ("08:10:00", Night),
        ("10:59:59", Night),
        ("11:00:00", Day),
        ("16:59:59", Day),
        ("17:00:00", Long),
        ("20:59:59", Long),
        ("21:00:00", Evening),
        ("23:59:59", Evening),
    ];
    for (time, expected) in hours {
        let now = at(&format!("2026-11-21T{time}+01:00"));
        assert_eq!(suggest(now, None), *expected, "{time}, first entry ever");
        let long_ago = LastEntry {
            shift: Clinic,
            written_at: at("2026-11-19T23:00:00+01:00"),
        };
        assert_eq!(suggest(now, Some(long_ago)), *expected, "{time}, a day ago");
    }
}

#[test]
fn the_last_shift_used_is_proposed_for_twenty_hours() {
    let last = |written_at| {
        Some(LastEntry {
            shift: Call24,
            written_at: at(written_at),
        })
    };
    let now = at("2026-11-21T08:10:00+01:00");
    assert_eq!(suggest(now, last("2026-11-21T08:10:00+01:00")), Call24);
    assert_eq!(suggest(now, last("2026-11-20T12:10:00+01:00")), Call24);
    assert_eq!(suggest(now, last("2026-11-20T12:09:59+01:00")), Night);
    // The same instant in another zone: a flight is not a rest.
    assert_eq!(suggest(now, last("2026-11-20T06:10:00-05:00")), Call24);
    // Twenty hours are twenty hours, also in the night that has one less.
    let spring = at("2026-03-08T16:30:00-04:00");
    assert_eq!(suggest(spring, last("2026-03-07T19:30:00-05:00")), Call24);
    assert_eq!(suggest(spring, last("2026-03-07T19:29:00-05:00")), Day);
}

#[test]
fn an_entry_from_the_future_is_as_good_as_none() {
    let ahead = LastEntry {
        shift: Clinic,
        written_at: at("2026-11-21T09:00:00+01:00"),
    };
    let now = at("2026-11-21T08:10:00+01:00");
    assert_eq!(suggest(now, Some(ahead)), suggest(now, None));
}

#[test]
fn a_shift_is_described_by_the_evening_it_began() {
    let today = date("2026-11-21");
    let cases: &[(ShiftKind, &str, &str)] = &[
        (Night, "2026-11-20", "Night of Fri 20 Nov (to Sat)"),
        (Call24, "2026-11-08", "24-hour call of Sun 8 Nov (to Mon)"),
        (Day, "2026-11-21", "Day shift, Sat 21 Nov"),
        (Long, "2026-11-21", "Long day, Sat 21 Nov"),
        (Evening, "2026-11-21", "Evening of Sat 21 Nov"),
        (Clinic, "2025-11-21", "Clinic, Fri 21 Nov 2025"),
        (Off, "2026-01-01", "Day off, Thu 1 Jan"),
        (Night, "2025-12-31", "Night of Wed 31 Dec 2025 (to Thu)"),
    ];
    for (shift, day, expected) in cases {
        assert_eq!(describe(*shift, date(day), today), *expected);
    }
}

#[test]
fn a_back_dated_night_counts_in_the_week_it_began() {
    // Sunday's night, written on Monday morning, belongs to the week that ended.
    let night = default_date(at("2026-11-16T08:10:00+01:00"), Night, day_starts(5));
    assert_eq!(Week::of(night, Weekday::Mon).first, date("2026-11-09"));
    assert_eq!(Week::of(night, Weekday::Sun).first, date("2026-11-15"));
}

#[test]
fn a_kind_is_read_by_its_word_and_a_wrong_one_explained() {
    for kind in ShiftKind::ALL {
        assert_eq!(kind.id().to_uppercase().parse(), Ok(kind));
    }
    let said = "nihgt"
        .parse::<ShiftKind>()
        .map_err(|error| error.to_string());
    assert_eq!(
        said,
        Err(
            "no shift \"nihgt\"; did you mean \"night\"? Allowed: day, long, evening, night, \
             call24, clinic, off"
                .to_owned()
        )
    );
}
