//! Shifts that were worked and not written about, and what a rotation offers on its days.

use postcall::domain::rotation::Block;
use postcall::domain::template::TemplateId;
use postcall::journal::Journal;

use super::driver::{Driver, write};

fn begin(journal: &mut Journal, name: &str, first: &str, last: Option<&str>) {
    let block = Block {
        name: name.to_owned(),
        first: first.parse().unwrap(),
        last: last.map(|last| last.parse().unwrap()),
    };
    journal.start_rotation(block).unwrap();
}

#[test]
fn one_key_logs_the_shift_that_is_over_and_again_takes_it_back() {
    let mut driver = Driver::with(80, 24, |journal| {
        write(journal, "2026-11-16", "Named the roles", "");
    });
    driver
        .sees("1 reflection over 1 shift")
        .press("o")
        .sees("Logged: Night of Fri 20 Nov (to Sat). u takes it back.")
        .sees("reflected on 1 of 2 shifts");
    driver
        .press("o")
        .sees("No longer logged: Night of Fri 20 Nov (to Sat).")
        .sees("1 reflection over 1 shift");
    // The last two changes are taken back in turn.
    driver.press("u").sees("reflected on 1 of 2 shifts");
    driver.press("u").sees("1 reflection over 1 shift");
}

#[test]
fn keys_pressed_at_once_log_and_take_back_in_their_order() {
    let mut driver = Driver::new();
    driver.hold_answers();
    driver.press("o o o u o").answer_all();
    driver
        .sees("Logged: Night of Fri 20 Nov (to Sat).")
        .sees("reflected on 0 of 1 shift");
}

#[test]
fn a_reflection_on_a_logged_shift_counts_once() {
    let mut driver = Driver::new();
    driver
        .press("o")
        .sees("reflected on 0 of 1 shift")
        .press(r#"n "Slept before it" ctrl-s esc"#)
        .sees("1 reflection over 1 shift");
    // It was logged already; taken out of the log it counts all the same, and is not put back.
    driver.press("o").sees("No longer logged");
    driver
        .press("o")
        .sees("Night of Fri 20 Nov (to Sat) counts already: you reflected on it.")
        .sees("1 reflection over 1 shift");
}

#[test]
fn a_shift_of_another_day_is_logged_in_two_lines() {
    let mut driver = Driver::new();
    driver
        .press("O")
        .sees("A shift that was worked")
        .press(r#"ctrl-u "last week" enter enter"#)
        .sees("is not a date");
    driver
        .press(r#"ctrl-u "wednesday" tab ctrl-u "off" enter"#)
        .sees("Day off, Wed 18 Nov is no shift worked.")
        .press(r#"ctrl-u "long" enter"#)
        .sees("Logged: Long day, Wed 18 Nov.")
        .sees("reflected on 0 of 1 shift");
}

#[test]
fn a_rotation_that_begins_is_offered_until_it_was_written_about() {
    let mut driver = Driver::with(80, 24, |journal| {
        begin(journal, "Medical ICU", "2026-11-19", None);
    });
    driver
        .sees("r  Begin Medical ICU: what was agreed, what is unclear")
        .press(r#"r "Sign-out is at eight" ctrl-s esc"#)
        .sees_no("Begin Medical ICU");
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.template, TemplateId::ROTATION_START);
    assert_eq!(entry.reflection.rotation, "Medical ICU");
    driver
        .press("r")
        .sees("No rotation begins or ends these days.");
}

#[test]
fn a_rotation_that_ended_is_closed_under_its_own_name() {
    let mut driver = Driver::with(40, 12, |journal| {
        begin(journal, "Wards", "2026-10-26", Some("2026-11-15"));
        begin(journal, "Clinic", "2026-11-16", None);
    });
    driver
        .sees("r  Close Wards: what it taught you")
        .sees("Mon Tue Wed Thu Fri Sat Sun")
        .press(r#"r "Ask first" ctrl-s esc"#)
        .sees_no("Close Wards");
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.rotation, "Wards");
}

#[test]
fn an_offered_template_is_the_first_to_choose_from() {
    let mut driver = Driver::with(80, 24, |journal| {
        begin(journal, "Wards", "2026-10-26", Some("2026-11-22"));
    });
    driver.press(r#"t enter "It taught me to ask" ctrl-s esc"#);
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.template, TemplateId::ROTATION_CLOSE);
}
