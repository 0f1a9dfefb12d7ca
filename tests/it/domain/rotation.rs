//! Which rotation a shift belongs to, which one ends, and when its templates are offered.

use postcall::domain::id::{Revision, RotationId};
use postcall::domain::offer::{Written, offers};
use postcall::domain::rotation::{Block, Rotation, RotationError, covering, ending};
use postcall::domain::template::TemplateId;
use proptest::prelude::*;

use super::date;

/// A rotation "NAME FIRST LAST" or "NAME FIRST -"; the number is its place in the order of entry.
fn rotation(number: u128, text: &str) -> Rotation {
    let mut words = text.split(' ');
    let mut word = || words.next().unwrap_or_default();
    let (name, first, last) = (word(), word(), word());
    Rotation {
        id: RotationId::new(uuid::Uuid::from_u128(number)),
        name: name.to_owned(),
        first: date(first),
        last: (last != "-").then(|| date(last)),
        revision: Revision::FIRST,
    }
}

fn rotations(all: &[&str]) -> Vec<Rotation> {
    (1..).zip(all).map(|(n, text)| rotation(n, text)).collect()
}

#[test]
fn a_shift_belongs_to_the_rotation_begun_last_of_those_that_cover_it() {
    let all = rotations(&[
        "Wards 2026-09-01 2026-11-30",
        "Nights 2026-11-09 2026-11-15",
        "Clinic 2026-11-15 -",
        "Teaching 2026-11-15 2026-11-20",
    ]);
    let cases = [
        ("2026-08-31", None),
        ("2026-09-01", Some("Wards")),
        ("2026-11-08", Some("Wards")),
        ("2026-11-09", Some("Nights")),
        // Of two begun on one day the one entered last.
        ("2026-11-15", Some("Teaching")),
        ("2026-11-20", Some("Teaching")),
        ("2026-11-21", Some("Clinic")),
        ("2027-06-01", Some("Clinic")),
    ];
    for (day, expected) in cases {
        let found = covering(&all, date(day)).map(|rotation| rotation.name.as_str());
        assert_eq!(found, expected, "{day}");
    }
}

#[test]
fn a_rotation_has_a_name_and_ends_no_earlier_than_it_begins() {
    let block = |name: &str, first: &str, last: Option<&str>| Block {
        name: name.to_owned(),
        first: date(first),
        last: last.map(date),
    };
    let whole = block(" Medical ICU ", "2026-11-02", Some("2026-11-02"));
    assert_eq!(
        whole.checked().map(|b| b.name),
        Ok("Medical ICU".to_owned())
    );
    let said = |block: Block| block.checked().map_err(|e| e.to_string()).unwrap_err();
    assert_eq!(
        said(block(" ", "2026-11-02", None)),
        "a rotation needs a name"
    );
    assert_eq!(
        said(block("ICU", "2026-11-02", Some("2026-11-01"))),
        "ICU would end on Sun 1 Nov 2026, before its first day, Mon 2 Nov 2026"
    );
    assert_eq!(
        said(block("ICU", "1899-12-31", None)),
        "1899-12-31 is outside the years 1900 to 2200"
    );
    assert_eq!(
        said(block("ICU\nWards", "2026-11-02", None)),
        "the rotation's name must be one line without tabs or control characters"
    );
}

#[test]
fn the_one_that_runs_ends_and_of_several_the_one_that_is_named() {
    let none = rotations(&["Wards 2026-09-01 2026-10-31"]);
    assert_eq!(ending(&none, None), Err(RotationError::NoneRuns));
    let several = rotations(&["Wards 2026-09-01 -", "Clinic 2026-10-01 -"]);
    assert_eq!(
        ending(&several, None).map_err(|e| e.to_string()),
        Err("2 rotations run: Clinic, Wards; say which one ends".to_owned())
    );
    let named = ending(&several, Some(" wards ")).map(|rotation| rotation.name.as_str());
    assert_eq!(named, Ok("Wards"));
    assert_eq!(
        ending(&several, Some("ICU")).map_err(|e| e.to_string()),
        Err("no rotation called ICU runs now; running: Clinic, Wards".to_owned())
    );
    let one = several.get(..1).unwrap_or_default();
    assert_eq!(ending(one, None).map(|r| r.name.as_str()), Ok("Wards"));
}

/// What is offered, as "start ICU".
fn offered(all: &[Rotation], written: &[Written], day: &str) -> Vec<String> {
    let words = |offer: postcall::domain::offer::Offer| {
        let edge = offer
            .template
            .as_str()
            .trim_start_matches("rotation-")
            .to_owned();
        format!("{edge} {}", offer.rotation)
    };
    offers(all, written, date(day))
        .into_iter()
        .map(words)
        .collect()
}

fn written(edge: &str, name: &str, day: &str) -> Written {
    Written {
        template: TemplateId::new(format!("rotation-{edge}")),
        rotation: name.to_owned(),
        date: date(day),
    }
}

#[test]
fn a_start_is_offered_for_three_days_and_a_close_around_the_last_day() {
    let one = rotations(&["ICU 2026-11-02 2026-11-29"]);
    let running = rotations(&["ICU 2026-11-02 -"]);
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("2026-11-01", &[], &[]),
        ("2026-11-02", &["start ICU"], &["start ICU"]),
        ("2026-11-04", &["start ICU"], &["start ICU"]),
        ("2026-11-05", &[], &[]),
        ("2026-11-26", &[], &[]),
        ("2026-11-27", &["close ICU"], &[]),
        ("2026-11-29", &["close ICU"], &[]),
        ("2026-12-06", &["close ICU"], &[]),
        ("2026-12-07", &[], &[]),
    ];
    for (day, expected, while_it_runs) in cases {
        assert_eq!(offered(&one, &[], day), *expected, "{day}");
        assert_eq!(offered(&running, &[], day), *while_it_runs, "{day}");
    }
}

#[test]
fn an_offer_ends_when_it_was_taken_up_and_another_block_of_that_name_has_its_own() {
    let all = rotations(&["ICU 2026-11-02 2026-11-29", "ICU 2027-02-01 2027-02-28"]);
    let start = [written("start", "icu", "2026-10-30")];
    assert_eq!(offered(&all, &start, "2026-11-03"), [""; 0]);
    assert_eq!(offered(&all, &start, "2027-02-01"), ["start ICU"]);
    let close = [written("close", "ICU", "2026-11-25")];
    assert_eq!(offered(&all, &close, "2026-11-30"), [""; 0]);
    assert_eq!(offered(&all, &close, "2027-02-28"), ["close ICU"]);
    // What is about another rotation, or is no such reflection, changes nothing.
    let other = [
        written("close", "Wards", "2026-11-29"),
        written("start", "ICU", "2026-11-29"),
        written("close", "ICU", "2026-11-10"),
    ];
    assert_eq!(offered(&all, &other, "2026-11-29"), ["close ICU"]);
}

#[test]
fn of_several_offers_the_one_that_ends_first_comes_first() {
    let in_a_row = rotations(&["ICU 2026-10-05 2026-11-01", "Wards 2026-11-02 2026-11-29"]);
    assert_eq!(
        offered(&in_a_row, &[], "2026-11-02"),
        ["start Wards", "close ICU"]
    );
    let overlapping = rotations(&[
        "Wards 2026-10-05 2026-11-01",
        "Nights 2026-10-26 2026-11-01",
        "Clinic 2026-11-02 -",
        "Teaching 2026-11-02 2026-11-10",
    ]);
    assert_eq!(
        offered(&overlapping, &[], "2026-11-02"),
        [
            "start Teaching",
            "start Clinic",
            "close Nights",
            "close Wards"
        ]
    );
    // A rotation of one day begins and ends at once.
    let short = rotations(&["Retreat 2026-11-02 2026-11-02"]);
    assert_eq!(
        offered(&short, &[], "2026-11-02"),
        ["start Retreat", "close Retreat"]
    );
    assert_eq!(offered(&short, &[], "2026-11-03"), ["close Retreat"]);
}

proptest! {
    #[test]
    fn the_order_of_the_rows_changes_nothing(
        days in proptest::collection::vec((0_i64..60, proptest::option::of(0_i64..40)), 0..6),
        today in 0_i64..110,
        turn in 0_usize..6,
    ) {
        let day = |n| postcall::domain::calendar::add_days(date("2026-09-01"), n);
        let mut all: Vec<Rotation> = (1..)
            .zip(&days)
            .map(|(n, (first, length))| Rotation {
                first: day(*first),
                last: length.map(|length| day(first + length)),
                ..rotation(n, &format!("R{n} 2026-09-01 -"))
            })
            .collect();
        let offered = offers(&all, &[], day(today));
        let covered = covering(&all, day(today)).cloned();
        for offer in &offered {
            let about = all.iter().find(|rotation| rotation.name == offer.rotation);
            prop_assert!(about.is_some_and(|r| r.first <= day(today)));
        }
        let at = turn.min(all.len());
        all.rotate_left(at);
        prop_assert_eq!(offers(&all, &[], day(today)), offered);
        prop_assert_eq!(covering(&all, day(today)).cloned(), covered);
    }
}
