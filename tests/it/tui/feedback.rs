//! Feedback from others: whose it was, in a role and never a name.

use postcall::domain::reflection::{Energy, Role};

use postcall::domain::competency::CompetencyId;
use postcall::domain::goal::GoalLines;

use super::driver::Driver;

/// Writes down what somebody said.
fn asked(driver: &mut Driver) {
    driver
        .press(r#"t "asked" enter"#)
        .press(r#""Names the plan aloud." ctrl-s"#);
}

fn said_by(driver: &mut Driver) -> Option<Role> {
    let entry = driver.journal.last().unwrap().expect("it was saved");
    entry.reflection.feedback_from
}

#[test]
fn the_role_is_asked_for_after_saving_and_said_with_one_key() {
    let mut driver = Driver::new();
    asked(&mut driver);
    driver
        .sees("Saved.  From 1 nurse 2 peer 3 attending 4 student 5 patient 6 other")
        .press("3")
        .sees("Saved.  1-5 energy  with: Giving and seeking feedback");
    assert_eq!(said_by(&mut driver), Some(Role::Attending));
    driver.press("2");
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.energy.map(Energy::level), Some(2));
    driver
        .press("u u")
        .sees("Who gave the feedback of Fri 20 Nov is open again.");
    assert_eq!(said_by(&mut driver), None);
}

#[test]
fn any_other_key_goes_on_without_a_role_and_one_that_was_said_is_not_asked_for() {
    let mut driver = Driver::new();
    asked(&mut driver);
    driver.press("2").sees_no("Who");
    let mut driver = Driver::new();
    asked(&mut driver);
    driver.press("esc").sees_no("Saved.");
    assert_eq!(said_by(&mut driver), None);
    driver
        .press("2 e tab tab tab tab 4 ctrl-s")
        .sees("Saved.  1-5 energy");
    assert_eq!(said_by(&mut driver), Some(Role::Student));
}

#[test]
fn every_role_is_seen_on_a_narrow_screen() {
    let mut driver = Driver::sized(40, 12);
    asked(&mut driver);
    driver.sees("Saved.  From 1 nurse 2 peer").sees("6 other");
}

#[test]
fn without_a_role_it_still_is_what_others_said_and_not_the_writers_own_view() {
    let mut driver = Driver::with(80, 24, |journal| {
        let feedback = CompetencyId::new("feedback");
        journal.add_goal(&feedback, GoalLines::default()).unwrap();
    });
    asked(&mut driver);
    driver.press("esc 5 enter").sees_in_order(&[
        "From others  role not said 1",
        "What others said",
        "role not said, Fri 20 Nov",
    ]);
    driver.press("3").sees("1 (role not said)");
}
