//! Today: what now?

use super::driver::{Driver, write};
use postcall::domain::experiment::Outcome;
use postcall::domain::rotation::Block;

#[test]
fn the_first_run_says_what_the_journal_is_and_what_to_press() {
    let mut driver = Driver::new();
    driver
        .sees("n  Reflect on this shift")
        .sees("This journal is yours and stays on this computer.")
        .sees("Night of Fri 20 Nov (to Sat)")
        .sees("0 reflections over 0 shifts");
}

#[test]
fn the_least_reflection_costs_two_keys_beside_the_text() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Asked the nurse first" ctrl-s"#)
        .sees("Saved.");
    let entry = driver.journal.last().unwrap().expect("it was saved");
    assert_eq!(entry.reflection.went_well.as_str(), "Asked the nurse first");
    driver
        .press("esc")
        .sees("1 reflection over 1 shift")
        .sees_no("Saved.");
}

#[test]
fn keys_typed_before_the_editor_is_open_reach_it() {
    let mut driver = Driver::new();
    driver.press(r#"n "All of it""#).sees("All of it");
}

#[test]
fn a_draft_that_was_left_is_offered_and_continued() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Half a thought" esc"#)
        .sees("n  Continue the unfinished reflection from 08:10")
        .sees("N  start another")
        .press("n")
        .sees("Half a thought");
}

#[test]
fn an_untouched_form_leaves_nothing_behind() {
    let mut driver = Driver::new();
    driver
        .press("n esc")
        .sees("n  Reflect on this shift")
        .sees_no("unfinished");
    assert_eq!(driver.journal.last().unwrap(), None);
}

#[test]
fn enter_answers_the_selected_experiment_and_undo_opens_it_again() {
    let mut driver = with_a_due_experiment();
    driver
        .sees("If the plan is settled, then I ask the nurse")
        .press("enter 2");
    driver
        .sees_no("If the plan is settled")
        .sees("Nothing open");
    driver
        .press("u")
        .sees("If the plan is settled, then I ask the nurse");
}

#[test]
fn carrying_an_experiment_moves_it_a_week() {
    let mut driver = with_a_due_experiment();
    driver.press("enter c").sees("in 7 days");
}

#[test]
fn rewording_starts_a_reflection_whose_experiment_follows_the_old_one() {
    let mut driver = with_a_due_experiment();
    let old = driver
        .journal
        .last_experiment()
        .unwrap()
        .expect("there is one");
    driver
        .press("enter e")
        .sees("If the plan is settled, then I ask the nurse");
    driver.press("ctrl-s esc");
    let new = driver
        .journal
        .last_experiment()
        .unwrap()
        .expect("there is one");
    assert_eq!(new.follows, Some(old.id));
    assert_eq!(
        driver.journal.experiment(old.id).unwrap().outcome,
        Outcome::Dropped
    );
}

/// A journal with one experiment, due on the morning of the test.
fn with_a_due_experiment() -> Driver {
    Driver::with(80, 24, |journal| {
        let plan = "If the plan is settled, then I ask the nurse";
        write(journal, "2026-11-13", "Named the roles aloud", plan);
    })
}

#[test]
fn beginning_to_write_under_the_question_answers_nothing() {
    let mut driver = with_a_due_experiment();
    driver
        .press(r#"n "did it again""#)
        .sees("did it again")
        .sees_no("Did you?")
        .press("ctrl-s esc");
    let entry = driver.journal.last().unwrap().expect("it was saved");
    assert_eq!(entry.reflection.went_well.as_str(), "did it again");
    let old = driver
        .journal
        .last_experiment()
        .unwrap()
        .expect("there is one");
    assert_eq!(old.outcome, Outcome::Open);
}

#[test]
fn a_letter_alone_answers_after_a_moment() {
    let mut driver = with_a_due_experiment();
    driver.press("n d").let_timers_fire().sees_no("Did you?");
    let old = driver
        .journal
        .last_experiment()
        .unwrap()
        .expect("there is one");
    assert_eq!(old.outcome, Outcome::Dropped);
}

#[test]
fn goals_say_what_the_last_weeks_hold_and_leave_room_for_what_is_tried_next() {
    let mut driver = Driver::demo(80, 24);
    driver
        .sees("  Goals          Giving and seeking feedback      3 in 4 weeks  last Tue")
        .sees("                 Improving the system             2 in 4 weeks  last Sun");
    // Where names and counts do not fit side by side, the names stay.
    let mut narrow = Driver::demo(40, 24);
    narrow
        .sees("  Goals     Giving and seeking feedback")
        .sees_no("in 4 weeks");
    let mut low = Driver::demo(80, 12);
    low.sees("Trying next").sees("This week").sees_no("Goals ");
}

#[test]
fn an_answer_given_over_the_editor_promises_no_key_that_is_a_letter_there() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("n 1")
        .sees("Kept: a habit.")
        .sees_no("takes it back");
    let mut driver = Driver::demo(80, 24);
    driver
        .press("enter 1")
        .sees("Kept: a habit. u takes it back.");
}

#[test]
fn the_header_keeps_the_shift_date_whatever_the_rotation_is_called() {
    let long = "Emergency Department West Wing with a long name";
    for (columns, rotation, header) in [
        (
            80,
            long,
            "Night of Fri 20 Nov (to Sat) · Emergency Department West Wing with…\n",
        ),
        (40, "Medical ICU", "  Night of Fri 20 Nov (to Sat)\n"),
        (40, "", "  Night of Fri 20 Nov (to Sat)\n"),
    ] {
        let mut driver = Driver::with(columns, 12, |journal| {
            if !rotation.is_empty() {
                let block = Block {
                    name: rotation.to_owned(),
                    first: "2026-11-09".parse().unwrap(),
                    last: None,
                };
                journal.start_rotation(block).unwrap();
            }
        });
        driver.sees(header).press("n").sees(header);
    }
    let mut demo = Driver::demo(40, 12);
    demo.model.settings.demo = true;
    demo.sees("postcall  demo    Night of Fri 20 Nov…\n");
}

#[test]
fn a_draft_about_another_shift_is_named_by_its_shift_date() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Half a thought" tab tab tab tab 9 esc"#)
        .sees("n  Continue the unfinished reflection of Thu 12 Nov")
        .sees_no("08:10");
}

#[test]
fn a_narrow_today_cuts_no_word() {
    let mut driver = Driver::sized(40, 12);
    driver
        .sees("  Nothing open. What you write under\n  \"Try next\" comes back here.\n")
        .press(r#"n "Half a thought" esc"#)
        .sees("  n  Continue from 08:10      N  another\n");
}

/// Screens on which a passphrase can be set: as the journal in memory cannot have one, the answer is
/// changed.
fn offering(columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::with(columns, rows, |journal| {
        write(journal, "2026-11-02", "Named the roles aloud", "");
    });
    let overview = driver.model.today.overview.as_mut();
    overview.unwrap().passphrase_is_offered = true;
    driver
}

#[test]
fn the_passphrase_is_offered_on_every_size_as_long_as_its_key_works() {
    for (columns, rows) in [(120, 40), (80, 24), (80, 12), (40, 12)] {
        let mut driver = offering(columns, rows);
        driver
            .sees("p  Set a passphrase")
            .sees("P  do not ask")
            .sees_in_order(&["n  Reflect", "Trying next", "Nothing open.", "This week"])
            .press("p")
            .sees("Quit,");
    }
    let mut driver = Driver::new();
    driver.press("p").sees_no("passphrase");
    // By its name it is always told, and for a journal that has one, how it is changed.
    driver
        .press(r#": "what a passphrase" enter"#)
        .sees("postcall passphrase set");
    driver.model.has_passphrase = true;
    driver
        .press(r#": "what a passphrase" enter"#)
        .sees("postcall passphrase change");
}

#[test]
fn a_form_leaves_no_letter_of_the_screen_beside_it() {
    let mut driver = Driver::demo(80, 24);
    driver.press("O");
    let screen = driver.screen();
    let framed: Vec<&str> = screen
        .lines()
        .filter(|line| line.contains(['│', '╭', '╰']))
        .collect();
    assert!(framed.len() > 3, "{screen}");
    for line in framed {
        let line = line.trim();
        assert!(line.starts_with(['│', '╭', '╰']), "{screen}");
        assert!(line.ends_with(['│', '╮', '╯']), "{screen}");
    }
}

#[test]
fn help_says_every_word_on_every_size() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut driver = Driver::sized(columns, rows);
        driver.press("?");
        let mut said = String::new();
        for _ in 0..200 {
            said.push_str(&driver.screen());
            driver.press("down");
        }
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = if columns == 80 {
            "again takes"
        } else {
            "without a"
        };
        assert!(said.contains(whole), "{said}");
        assert!(!said.contains('…'), "{said}");
    }
}
