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
    driver
        .press("esc 2 T")
        .sees("rotation         Medical ICU, 16 Nov to 21 Nov")
        .press("r")
        .sees("Back among your rotations.")
        .sees("The trash is empty.")
        .press("u")
        .sees("rotation         Medical ICU")
        .press("esc 1 R");
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
        .sees("Not kept yet: Clinic would end on Mon 30 Nov 2026, before its first day")
        .press(r#"ctrl-u "some day" enter"#)
        .sees("\"some day\" is not a date")
        .press("ctrl-u shift-tab shift-tab ctrl-u enter enter enter")
        .sees("a rotation needs a name")
        .press(r#""medical icu" ctrl-s"#)
        .sees("Medical ICU runs already, since Mon 16 Nov 2026.")
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

/// The editor at its row for the rotation, its first text written.
const AT_THE_ROW: &str = r#"n "Asked first" tab tab tab tab tab"#;

fn rotation_of_last(driver: &mut Driver) -> String {
    driver.journal.last().unwrap().unwrap().reflection.rotation
}

#[test]
fn the_rotation_is_chosen_with_the_arrows_a_digit_or_none() {
    let mut driver = two(80, 24);
    driver
        .press("esc")
        .press(AT_THE_ROW)
        .sees("› Rotation      Medical ICU")
        .sees("<1 Medical ICU> 2 Wards")
        .press("right ctrl-s esc");
    assert_eq!(rotation_of_last(&mut driver), "Wards");
    driver.press(AT_THE_ROW).press("2 1 left ctrl-s esc");
    assert_eq!(rotation_of_last(&mut driver), "");
    driver.press(AT_THE_ROW).press("2 backspace ctrl-s esc");
    assert_eq!(rotation_of_last(&mut driver), "");
    let mut driver = Driver::new();
    driver
        .press(AT_THE_ROW)
        .sees("none yet; R begins one, outside the editor");
}

/// Goes from the rotation to the date above it and moves it from Friday to last Sunday.
const TO_SUNDAY: &str = "up left left left left left";

#[test]
fn moving_the_date_proposes_the_rotation_of_that_day_unless_one_was_chosen() {
    let mut driver = two(80, 24);
    driver.press("esc").press(AT_THE_ROW).press(TO_SUNDAY);
    driver.sees("Night of Sun 15 Nov (to Mon) · Wards");
    driver
        .press("right")
        .sees("Night of Mon 16 Nov (to Tue) · Medical ICU");
    driver.press("left ctrl-s esc");
    assert_eq!(rotation_of_last(&mut driver), "Wards");
    driver.press(AT_THE_ROW).press("1").press(TO_SUNDAY);
    driver.sees("Night of Sun 15 Nov (to Mon) · Medical ICU");
    driver.press("ctrl-s esc");
    assert_eq!(rotation_of_last(&mut driver), "Medical ICU");
}

#[test]
fn another_template_is_about_the_rotation_that_it_is_offered_for() {
    let mut driver = two(80, 24);
    driver
        .press(r#"esc n "It taught me to ask" ctrl-t "rotation close" enter"#)
        .sees("· Wards");
    driver.press("ctrl-s esc");
    assert_eq!(rotation_of_last(&mut driver), "Wards");
}

#[test]
fn a_late_proposal_is_in_what_is_saved_and_never_replaces_a_choice() {
    let mut driver = two(80, 24);
    driver.press("esc").press(AT_THE_ROW).hold_answers();
    driver.press(TO_SUNDAY).press("ctrl-s").answer_all();
    driver.press("esc").answer_all();
    assert_eq!(rotation_of_last(&mut driver), "Wards");
    driver.press(r#"n "Slept""#).answer_all();
    driver
        .press("tab tab tab tab tab 1")
        .press(TO_SUNDAY)
        .press("ctrl-s");
    driver.answer_all();
    assert_eq!(rotation_of_last(&mut driver), "Medical ICU");
}

#[test]
fn a_proposal_that_fails_takes_no_key_and_no_text() {
    let mut driver = two(80, 24);
    driver.press(r#"esc n "Asked first""#).hold_answers();
    driver
        .press("tab tab tab tab tab shift-tab shift-tab shift-tab shift-tab shift-tab")
        .press(r#"" again" ctrl-s"#)
        .fail_one();
    driver.answer_all();
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.went_well.as_str(), "Asked first again");
    assert_eq!(entry.reflection.rotation, "Medical ICU");
}

#[test]
fn a_saved_reflection_keeps_its_rotation_when_its_date_is_moved() {
    let mut driver = two(80, 24);
    driver.press("esc").press(AT_THE_ROW).press("1 ctrl-s esc");
    driver.press("2 e tab tab tab tab tab").press(TO_SUNDAY);
    driver.sees("Night of Sun 15 Nov (to Mon) · Medical ICU");
    driver.press("down 2 ctrl-s esc");
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.rotation, "Wards");
}

#[test]
fn a_name_is_whole_where_the_counts_leave_room() {
    let mut driver = Driver::demo(80, 24);
    driver.press("R").sees("General medicine wards");
}
