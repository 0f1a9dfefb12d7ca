//! Dates as they are typed and as they are said.

use chrono::{Datelike, Weekday};
use postcall::domain::calendar::{
    DateError, Week, academic_year, add_days, due_in_words, parse_date, parse_due, short_date,
    weekday,
};

use super::date;

#[test]
fn a_date_is_read_as_a_person_types_it() {
    // A Saturday.
    let today = date("2026-11-21");
    let cases = [
        ("today", "2026-11-21"),
        (" Yesterday ", "2026-11-20"),
        ("saturday", "2026-11-21"),
        ("sunday", "2026-11-15"),
        ("fri", "2026-11-20"),
        ("-0", "2026-11-21"),
        ("-3", "2026-11-18"),
        ("-366", "2025-11-20"),
        ("2026-11-03", "2026-11-03"),
        ("2026-1-3", "2026-01-03"),
        ("2028-02-29", "2028-02-29"),
        ("2031-01-01", "2031-01-01"),
    ];
    for (typed, expected) in cases {
        assert_eq!(parse_date(typed, today), Ok(date(expected)), "{typed}");
    }
}

#[test]
fn what_is_no_date_says_what_is_one() {
    let today = date("2026-11-21");
    let form = [
        "",
        "-",
        "--3",
        "-+3",
        "+3",
        "- 3",
        "x",
        "2026",
        "2026-11",
        "21.11.2026",
        "11/21/2026",
        "26-11-21",
        "2026-+1-01",
        "2026-11-021",
        "2026-11-21-1",
        "fr",
        "ﬁ",
        "²026-11-21",
    ];
    for typed in form {
        let error = parse_date(typed, today);
        assert!(
            matches!(error, Err(DateError::Form { .. })),
            "{typed}: {error:?}"
        );
    }
    for typed in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31"] {
        let error = parse_date(typed, today);
        assert!(
            matches!(error, Err(DateError::NoSuchDay { .. })),
            "{typed}: {error:?}"
        );
    }
    for typed in [
        "1899-12-31",
        "2201-01-01",
        "0000-01-01",
        "-99999999",
        "-99999999999999999999",
    ] {
        let error = parse_date(typed, today);
        assert!(
            matches!(error, Err(DateError::OutOfRange { .. })),
            "{typed}: {error:?}"
        );
    }
    assert_eq!(
        parse_date("yesterdya", today).map_err(|error| error.to_string()),
        Err(
            "\"yesterdya\" is not a date: give one like 2026-11-21, today, yesterday, monday or \
             -3; did you mean yesterday?"
                .to_owned()
        )
    );
}

#[test]
fn a_due_date_is_a_span_a_date_or_none() {
    let shift = date("2026-01-31");
    let cases = [
        ("7d", Some("2026-02-07")),
        ("0d", Some("2026-01-31")),
        ("2W", Some("2026-02-14")),
        ("1m", Some("2026-02-28")),
        ("13m", Some("2027-02-28")),
        ("2026-02-03", Some("2026-02-03")),
        ("none", None),
    ];
    for (typed, expected) in cases {
        assert_eq!(parse_due(typed, shift), Ok(expected.map(date)), "{typed}");
    }
    for typed in [
        "", "d", "7", "-7d", "7 d", "99999d", "65535w", "65535m", "7é", "soon",
    ] {
        assert!(parse_due(typed, shift).is_err(), "{typed}");
    }
}

#[test]
fn what_is_due_is_said_without_blame() {
    let today = date("2026-11-21");
    let cases = [
        (None, "no date"),
        (Some(0), "due today"),
        (Some(1), "due tomorrow"),
        (Some(4), "in 4 days"),
        (Some(13), "in 13 days"),
        (Some(14), "due 5 Dec"),
        (Some(45), "due 5 Jan 2027"),
        (Some(-1), "due since yesterday"),
        (Some(-2), "due since Thursday"),
        (Some(-6), "due since Sunday"),
        (Some(-7), "due since 14 Nov"),
        (Some(-365), "due since 21 Nov 2025"),
    ];
    for (days, expected) in cases {
        let due = days.map(|days| add_days(today, days));
        assert_eq!(due_in_words(due, today), expected);
    }
    assert_eq!(short_date(date("2026-11-01"), today), "Sun 1 Nov");
    assert_eq!(short_date(date("2024-02-29"), today), "Thu 29 Feb 2024");
}

#[test]
fn a_week_has_seven_days_from_the_day_it_starts_on() {
    for starts in 0..7 {
        let starts = Weekday::try_from(starts).unwrap();
        for offset in 0..14 {
            let day = add_days(date("2026-12-26"), offset);
            let week = Week::of(day, starts);
            assert_eq!(week.first.weekday(), starts);
            assert!(week.contains(day));
            assert!(
                !week.contains(add_days(week.first, -1)) && !week.contains(add_days(week.first, 7))
            );
            assert_eq!(week.days().count(), 7);
            assert_eq!(week.days().last(), Some(week.last()));
        }
    }
}

#[test]
fn an_academic_year_is_named_by_the_year_it_began() {
    let cases = [
        ("2026-06-30", 7, 2025),
        ("2026-07-01", 7, 2026),
        ("2027-01-01", 7, 2026),
        ("2026-07-31", 8, 2025),
        ("2026-01-01", 1, 2026),
    ];
    for (day, first_month, expected) in cases {
        assert_eq!(academic_year(date(day), first_month), expected, "{day}");
    }
}

#[test]
fn a_weekday_is_known_by_three_letters() {
    assert_eq!(weekday("MON"), Some(Weekday::Mon));
    assert_eq!(weekday("thursd"), Some(Weekday::Thu));
    assert_eq!(weekday("sundays"), None);
    assert_eq!(weekday("su"), None);
    assert_eq!(weekday("today"), None);
}
