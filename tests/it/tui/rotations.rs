//! The list of rotations: begun, changed, ended, put into the trash and taken back.

use super::driver::{Driver, write};

/// Name, first and last day of each rotation, begun last first.
fn kept(driver: &mut Driver) -> Vec<String> {
    let rows = driver.journal.rotations().unwrap();
    let words = rows.iter().map(|row| {
        let r = &row.rotation;
        let last = r.last.map_or("-".to_owned(), |last| last.to_string());
        format!("{} {} {last}", r.name, r.first)
    });
    words.collect()
}

/// "Wards" until last Sunday and "Medical ICU" since then, with one reflection.
fn two(columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::with(columns, rows, |journal| {
        write(journal, "2026-11-17", "Asked first", "");
    });
    driver
        .press(r#"R a "Wards" tab ctrl-u "2026-10-26" tab "2026-11-15" enter"#)
        .press(r#"a "Medical ICU" tab ctrl-u "monday" enter enter"#);
    driver
}

#[test]
fn rotations_are_begun_in_three_lines_and_listed_with_what_is_in_them() {
    let mut driver = Driver::new();
    driver.press("R").sees("No rotations yet. a begins one.");
    let mut driver = two(80, 24);
    driver
        .sees("Medical ICU: since 16 Nov. u takes it back.")
        .sees("› Medical ICU")
        .sees("since 16 Nov, now       1 reflection over 1 shift")
        .sees("26 Oct to 15 Nov        0 reflections over 0 shifts");
    assert_eq!(
        kept(&mut driver),
        ["Medical ICU 2026-11-16 -", "Wards 2026-10-26 2026-11-15"]
    );
    driver
        .press("esc")
        .sees("Night of Fri 20 Nov (to Sat) · Medical ICU");
}

#[test]
fn a_rotation_is_changed_ended_deleted_and_each_is_taken_back() {
    let mut driver = two(80, 24);
    let before = kept(&mut driver);
    driver
        .press(r#"j e ctrl-u "Surgery" ctrl-s"#)
        .sees("Surgery: 26 Oct to 15 Nov.")
        .press("k x")
        .sees("Medical ICU: 16 Nov to 21 Nov.")
        .press("x")
        .sees("Its last day was 21 Nov already")
        .press("d")
        .sees("In the trash. u takes it back.");
    assert_eq!(kept(&mut driver), ["Surgery 2026-10-26 2026-11-15"]);
    driver.press("u").sees("Took Medical ICU out of the trash.");
    driver
        .press("u")
        .sees("Medical ICU is as it was: since 16 Nov.");
    driver
        .press("u")
        .sees("Wards is as it was: 26 Oct to 15 Nov.");
    assert_eq!(kept(&mut driver), before);
}

#[test]
fn lines_that_do_not_fit_say_why_and_stay() {
    let mut driver = two(80, 24);
    driver
        .press(r#"a "Clinic" tab ctrl-u "2026-12-01" tab "2026-11-30" enter"#)
        .sees("Not kept yet: Clinic would end on 2026-11-30, before its first day")
        .press(r#"ctrl-u "some day" enter"#)
        .sees("\"some day\" is not a date")
        .press("ctrl-u shift-tab shift-tab ctrl-u enter enter enter")
        .sees("a rotation needs a name")
        .press(r#""medical icu" ctrl-s"#)
        .sees("Medical ICU runs already, since 2026-11-16.")
        .sees("medical icu");
    assert_eq!(kept(&mut driver).len(), 2);
}

#[test]
fn keys_wait_for_the_rows_that_they_are_meant_for() {
    let mut driver = two(80, 24);
    driver.press("esc").hold_answers();
    driver.press("R d d").answer_all();
    assert!(kept(&mut driver).is_empty(), "each was deleted once");
    driver.press("u u").answer_all();
    assert_eq!(kept(&mut driver).len(), 2);
}

#[test]
fn the_list_fits_the_smallest_screen() {
    let mut driver = two(40, 12);
    driver
        .sees("Medical ICU")
        .sees("since 16 Nov, now")
        .sees("26 Oct to 15 Nov");
}
