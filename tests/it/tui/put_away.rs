//! A locked screen holds none of the writer's words, and comes back exactly as it was.

use std::cell::RefCell;

use postcall::domain::prose::Prose;
use postcall::domain::texts::Texts;
use postcall::tui::effect::Timer;
use postcall::tui::message::{Message, Reply};

use super::driver::Driver;

const LOCK: &str = "f9";
const UNLOCK: &str = r#"x "four words" enter"#;

/// Keys that lead to a screen with words in it.
const SCREENS: [&str; 25] = [
    "",
    "down",
    "2",
    "2 pagedown down down",
    "2 down enter down down",
    r#"2 / "team""#,
    r#"2 / "team" enter down enter"#,
    "3",
    "3 [ [ down down",
    "4",
    "4 ] down down right",
    "4 ] ] ] tab tab down",
    "5",
    "5 enter down",
    r#"5 e "Because of the night" tab "More""#,
    r#"n esc "Half a thought" enter "and its end" left left ctrl-w tab "more""#,
    r#"n esc "Half" tab tab tab tab down "giv" "#,
    r#"n esc "It was Mr Vexley " ctrl-s"#,
    "2 d 2 T",
    "2 down a",
    "2 down x down",
    r#": "tre""#,
    "R down",
    r#"2 down N "a note""#,
    r#"n esc "Let go" ctrl-x 5"#,
];

fn on(columns: u16, rows: u16, keys: &str) -> Driver {
    let mut driver = Driver::demo(columns, rows);
    driver.model.has_passphrase = true;
    driver.press(keys);
    driver
}

fn words(driver: &mut Driver) -> String {
    let mut all = String::new();
    driver.model.each_text(&mut |text| all.push_str(text));
    all
}

#[test]
fn every_screen_comes_back_as_it_was_and_nothing_of_it_was_kept_meanwhile() {
    for keys in SCREENS {
        for (columns, rows) in [(80, 24), (120, 40), (40, 12)] {
            let mut driver = on(columns, rows, keys);
            let before = driver.buffer();
            let words_before = words(&mut driver);
            assert!(words_before.len() > 100, "{keys}");
            driver.press(LOCK);
            assert_eq!(words(&mut driver), "", "{keys}");
            driver.press(UNLOCK);
            assert_eq!(driver.buffer(), before, "{keys}");
        }
    }
}

#[test]
fn typing_undo_and_a_form_that_was_left_go_on_where_they_were() {
    let mut driver = on(80, 24, "");
    driver
        .press(r#"5 e "a line of mine" esc n esc "Alpha two" left left left"#)
        .press(LOCK)
        .press(UNLOCK)
        .press(r#""and ""#)
        .sees("Alpha and two")
        .press("ctrl-_ ctrl-_ ctrl-_")
        .sees_no("Alpha")
        .press("alt-r alt-r alt-r")
        .sees("Alpha and two")
        .press("esc 5 e")
        .sees("a line of mine");
}

#[test]
fn a_change_can_be_taken_back_after_a_lock() {
    let mut driver = on(
        80,
        24,
        r#"n esc "Sat down" ctrl-s esc 2 enter e end " first" ctrl-s esc"#,
    );
    driver.sees("Sat down first").press(LOCK).press(UNLOCK);
    driver.press("u").sees_no("Sat down first").sees("Sat down");
}

#[test]
fn a_locked_screen_can_change_its_size_and_lose_the_focus_and_the_clock_goes_on() {
    let mut driver = on(
        80,
        24,
        r#"n esc "Half a thought that is long enough for two rows""#,
    );
    driver.press(LOCK);
    driver.resize(44, 14).let_timers_fire();
    driver.tell(Message::FocusLost);
    driver.tell(Message::TimerFired(Timer::KeepDraft));
    driver.tell(Message::Resumed);
    let kept = driver.journal.offered_drafts().unwrap();
    assert!(kept[0].draft.went_well.starts_with("Half a thought"));
    driver.press(UNLOCK).sees("Half a thought");
    let mut same = on(
        44,
        14,
        r#"n esc "Half a thought that is long enough for two rows""#,
    );
    assert_eq!(driver.screen(), same.press("").screen());
}

#[test]
fn what_is_answered_after_the_lock_was_ordered_is_put_away_too() {
    let mut driver = on(80, 24, "");
    driver.hold_answers().press("2");
    driver.tell(Message::TimerFired(Timer::Idle));
    driver.sees("The journal is locked.").answer_all();
    assert_eq!(words(&mut driver), "");
    driver.press(r#""four words" enter"#).answer_all();
    driver.sees("Went to my mentor");
}

#[test]
fn a_passphrase_typed_at_once_waits_until_the_journal_is_closed() {
    let mut driver = on(80, 24, r#"n esc "Half a thought""#);
    driver.hold_answers().press(LOCK).press(UNLOCK);
    let order = RefCell::new(Vec::new());
    driver.answer_each(|reply| {
        if let Reply::Locked { .. } | Reply::Unlocked { .. } = reply {
            let is_unlocked = matches!(reply, Reply::Unlocked { .. });
            order.borrow_mut().push(is_unlocked);
        }
    });
    assert_eq!(*order.borrow(), [false, true]);
    driver.sees("Half a thought");
}

#[test]
fn words_that_the_journal_cannot_keep_are_not_lost() {
    let mut driver = on(80, 24, r#"5 e "a line of mine""#);
    driver.hold_answers().press(LOCK);
    driver.answer_each(|reply| {
        if let Reply::Locked { kept } = reply {
            *kept = false;
        }
    });
    driver.press(UNLOCK).answer_each(|reply| {
        if let Reply::Unlocked { screen, .. } = reply {
            *screen = None;
        }
    });
    driver.sees("a line of mine");
}

#[test]
fn a_screen_whose_words_are_gone_begins_anew_and_offers_the_draft() {
    for gone in [
        None,
        Some(Prose::new("3:abc")),
        Some(Prose::new("nonsense")),
    ] {
        let mut driver = on(80, 24, r#"n esc "Half a thought""#);
        driver.hold_answers().press(LOCK).answer_all();
        driver.press(UNLOCK).answer_each(|reply| {
            if let Reply::Unlocked { screen, .. } = reply {
                screen.clone_from(&gone);
            }
        });
        driver
            .sees("could not be brought back")
            .sees("Continue the unfinished reflection");
        let kept = driver.journal.offered_drafts().unwrap();
        assert_eq!(kept[0].draft.went_well.as_str(), "Half a thought");
    }
}

#[test]
fn a_screen_that_is_blanked_while_the_journal_is_opened_stays_blank() {
    let mut driver = on(80, 24, r#"n esc "Half a thought""#);
    driver.press(LOCK).hold_answers();
    driver.press(UNLOCK).press("f9").answer_all();
    assert_eq!(driver.screen().trim(), "");
    assert_eq!(words(&mut driver), "");
    driver
        .press("x")
        .sees("The journal is locked.")
        .press(UNLOCK)
        .answer_all();
    driver.sees("Half a thought");
}

/// A locked screen whose last words the disk did not take, before it is tried again.
fn unkept(columns: u16, rows: u16) -> Driver {
    let mut driver = on(columns, rows, r#"n esc "Half a thought""#);
    driver.hold_answers().press(LOCK).fail_one().answer_all();
    driver.press("x");
    driver
}

#[test]
fn a_draft_that_could_not_be_kept_is_said_to_be_safe_in_memory_on_every_screen() {
    for (columns, rows) in [(80, 24), (120, 40), (40, 12)] {
        let mut driver = unkept(columns, rows);
        driver
            .sees("The screen is locked.")
            .sees("not switch off")
            .sees("elsewhere.")
            .sees("Passphrase:")
            .sees("Enter open")
            .sees_no("Half a thought")
            .press(UNLOCK)
            .answer_all();
        driver.sees("Half a thought");
    }
}

#[test]
fn an_open_journal_behind_a_locked_screen_is_closed_as_soon_as_the_draft_is_kept() {
    let mut driver = unkept(80, 24);
    driver.tell(Message::TimerFired(Timer::KeepDraft));
    driver.answer_all();
    driver
        .sees("The journal is locked.")
        .sees_no("do not switch off");
    assert_eq!(words(&mut driver), "");
    let kept = driver.journal.offered_drafts().unwrap();
    assert_eq!(kept[0].draft.went_well.as_str(), "Half a thought");
}

#[test]
fn a_locked_screen_with_words_that_are_not_kept_is_left_only_once_they_are() {
    let mut driver = unkept(80, 24);
    driver.press("esc").fail_one().sees("Not left");
    assert!(!driver.quit);
    driver.press("esc").answer_all();
    assert!(driver.quit);
    let kept = driver.journal.offered_drafts().unwrap();
    assert_eq!(kept[0].draft.went_well.as_str(), "Half a thought");
}

#[test]
fn a_screen_that_the_journal_could_not_put_away_is_said_to_be_in_memory() {
    let mut driver = on(80, 24, "2");
    driver.hold_answers().press(LOCK);
    driver.answer_each(|reply| {
        if let Reply::Locked { kept } = reply {
            *kept = false;
        }
    });
    driver.press("x").sees("could not be put away");
    driver.press("esc");
    assert!(driver.quit);
}

#[test]
fn a_passphrase_that_was_removed_while_the_screen_was_locked_is_said_to_be_gone() {
    let mut driver = on(80, 24, "2");
    driver.press(LOCK).hold_answers();
    driver.press(UNLOCK).answer_each(|reply| {
        if let Reply::Unlocked { lies_open, .. } = reply {
            *lies_open = true;
        }
    });
    driver.sees("whoever has the file can read it");
    driver.tell(Message::TimerFired(Timer::Idle));
    driver.sees_no("locked");
}
