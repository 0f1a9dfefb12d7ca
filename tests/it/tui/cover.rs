//! What hides everything: at once by a key, after a while without one, until the passphrase.

use std::time::Duration;

use chrono::TimeDelta;
use postcall::domain::reflection::Field;
use postcall::tui::effect::Timer;
use postcall::tui::message::Message;

use super::driver::Driver;

/// A screen over a journal that has a passphrase, as far as the screen knows; it is in memory and
/// takes any. Half a reflection is written.
fn writing() -> Driver {
    let mut driver = Driver::new();
    driver.model.has_passphrase = true;
    driver.model.settings.idle_lock = Some(Duration::from_secs(300));
    driver.press(r#"n "Half a thought""#);
    driver
}

#[test]
fn without_a_passphrase_a_blank_screen_goes_at_any_key_which_does_nothing_else() {
    let mut driver = Driver::new();
    driver.press(r#"n "Half a thought" f9"#);
    assert_eq!(driver.screen().trim(), "");
    driver.press("x").sees("Half a thought").sees_no("thoughtx");
}

#[test]
fn with_a_passphrase_a_blank_screen_asks_for_it_and_comes_back_to_where_one_was() {
    let mut driver = writing();
    driver.press("f9");
    assert_eq!(driver.screen().trim(), "");
    let kept = driver.journal.offered_drafts().unwrap();
    assert_eq!(kept[0].draft.went_well.as_str(), "Half a thought");
    driver
        .press("x")
        .sees("The journal is locked.")
        .sees_no("Half a thought")
        .press(r#""four words" backspace"#)
        .sees("Passphrase: *********\n")
        .press("enter")
        .sees("Half a thought")
        .press(r#"" more" ctrl-s"#);
    let saved = driver.journal.last().unwrap().unwrap();
    assert_eq!(saved.reflection.went_well.as_str(), "Half a thought more");
}

#[test]
fn a_while_without_a_key_locks_the_journal() {
    let mut driver = writing();
    driver.tell(Message::TimerFired(Timer::Idle));
    driver
        .sees("The journal is locked.")
        .sees_no("Half a thought")
        .paste("four words\n")
        .press("enter")
        .sees("Half a thought");
}

#[test]
fn a_machine_that_slept_through_that_while_is_locked_by_the_first_key() {
    let mut driver = writing();
    driver.now += TimeDelta::minutes(6);
    driver.press("x").sees("The journal is locked.");
    driver
        .press(r#""w" enter"#)
        .sees("Half a thought")
        .sees_no("thoughtx");
}

#[test]
fn a_terminal_that_comes_back_after_that_while_shows_the_question_and_nothing_else() {
    for message in [
        Message::EditorClosed(
            Field::WentWell,
            Ok("Half a thought, ended elsewhere".into()),
        ),
        Message::Resumed,
        Message::TimerFired(Timer::Minute),
    ] {
        let is_edited = matches!(message, Message::EditorClosed(..));
        let mut driver = writing();
        driver.now += TimeDelta::minutes(6);
        driver.tell(message);
        driver.sees("The journal is locked.").sees_no("Half");
        let kept = driver.journal.offered_drafts().unwrap();
        let kept = kept[0].draft.went_well.as_str();
        assert_eq!(kept.ends_with("ended elsewhere"), is_edited);
        driver.press(r#""w" enter"#).sees(kept);
    }
}

#[test]
fn a_journal_without_a_passphrase_is_never_locked() {
    let mut driver = writing();
    driver.model.has_passphrase = false;
    driver.tell(Message::TimerFired(Timer::Idle));
    driver.sees("Half a thought");
}

#[test]
fn an_empty_line_is_no_try_and_escape_quits() {
    let mut driver = Driver::new();
    driver.tell(Message::JournalLocked);
    driver.press("enter").sees("The journal is locked.");
    assert!(!driver.quit);
    driver.press("esc");
    assert!(driver.quit);
}

#[test]
fn the_question_fits_every_screen() {
    for (columns, rows) in [(80, 24), (40, 12), (10, 3), (1, 1)] {
        let mut driver = Driver::sized(columns, rows);
        driver.tell(Message::JournalLocked);
        driver.press(r#""a long passphrase that goes on and on and on, longer than the line""#);
        let screen = driver.screen();
        assert_eq!(
            screen.contains("Passphrase: ***"),
            columns >= 40,
            "{screen}"
        );
        assert!(!screen.contains("long"), "{screen}");
    }
}

#[test]
fn a_blank_screen_over_the_question_forgets_nothing_of_it() {
    let mut driver = writing();
    driver.press(r#"f9 x "four""#).sees("Passphrase: ****\n");
    driver.press("f9");
    assert_eq!(driver.screen().trim(), "");
    driver.press("x").sees("Passphrase: ****\n");
}

/// The question, after a passphrase that was wrong three times: the next try waits.
fn waiting() -> Driver {
    let mut driver = writing();
    driver.press("f9 x").hold_answers();
    for _ in 0..3 {
        driver.press(r#""wrong" enter"#).answer_with_wrong_one();
    }
    driver
}

#[test]
fn a_passphrase_sent_while_the_next_try_waits_is_tried_when_the_wait_is_over() {
    let mut driver = waiting();
    driver
        .sees("That is not the passphrase")
        .sees("waits 1 s")
        .press(r#""four words" enter"#)
        .sees("Trying in a moment.")
        .sees_no("That is not")
        .sees("Passphrase: **********\n")
        .let_timers_fire()
        .sees("Opening it.")
        .answer_all()
        .sees("Half a thought");
}

#[test]
fn what_is_changed_or_blanked_during_the_wait_is_sent_again_or_not_tried() {
    for keys in [r#""s""#, "backspace", "ctrl-u", "f9 x"] {
        let mut driver = waiting();
        driver
            .press(r#""four word" enter"#)
            .press(keys)
            .sees_no("Trying in a moment.")
            .let_timers_fire()
            .sees_no("Opening it.")
            .press(r#""more" enter"#)
            .sees("Opening it.");
    }
    waiting()
        .press("enter")
        .sees("That is not the passphrase")
        .let_timers_fire()
        .sees_no("Opening it.");
}

#[test]
fn what_was_said_is_said_again_behind_the_cover() {
    for has_passphrase in [true, false] {
        let mut driver = Driver::demo(80, 24);
        driver.model.has_passphrase = has_passphrase;
        driver
            .press("enter 1")
            .sees("Kept: a habit. u takes it back.");
        let before = driver.buffer();
        driver.press("f9");
        assert_eq!(driver.screen().trim(), "");
        driver.press("x");
        if has_passphrase {
            driver.press(r#""four words" enter"#);
        }
        assert_eq!(driver.buffer(), before);
        driver.press("down").sees_no("takes it back");
    }
}
