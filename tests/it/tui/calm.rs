//! A calm moment: two breaths, the line that offers them, somebody to talk to, energy and signals.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use postcall::config::{Config, Contact, Glyphs};
use postcall::domain::reflection::{Energy, Reflection, Signal};
use postcall::domain::template::TemplateId;
use postcall::tui::message::Message;
use postcall::tui::theme::Theme;

use super::driver::Driver;

const OFFER: &str = "Two slow breaths: b. What does my team need from me right now?";
const QUESTION: &str = "What does my team need from me right now?";

fn in_ascii(mut driver: Driver) -> Driver {
    driver.model.settings.theme = Theme::of(&Config::default().theme, Glyphs::Ascii);
    driver
}

/// The timer of the breath fires so often: once every 200 ms.
fn breathe(driver: &mut Driver, frames: usize) -> &mut Driver {
    for _ in 0..frames {
        driver.let_timers_fire();
    }
    driver
}

/// Cells of the disc.
fn disc(driver: &Driver) -> usize {
    driver.screen().matches('░').count()
}

fn last(driver: &mut Driver) -> Reflection {
    let entry = driver.journal.last().unwrap();
    entry.expect("a reflection was saved").reflection
}

fn signals(words: &[&str]) -> Vec<Signal> {
    words.iter().filter_map(|word| Signal::new(word)).collect()
}

#[test]
fn two_breaths_grow_and_shrink_and_end_on_the_question() {
    let mut driver = Driver::new();
    driver.press("b").sees("Breathe in").sees("1 of 2");
    let empty = disc(&driver);
    breathe(&mut driver, 10).sees("Breathe in");
    let half = disc(&driver);
    breathe(&mut driver, 10).sees("Breathe out");
    let full = disc(&driver);
    breathe(&mut driver, 29).sees("Breathe out").sees("1 of 2");
    let again = disc(&driver);
    assert!(
        empty < half && half < full && again < half,
        "{empty} {half} {full} {again}"
    );
    breathe(&mut driver, 1).sees("Breathe in").sees("2 of 2");
    breathe(&mut driver, 50).sees(QUESTION).sees_no("Breathe");
    assert!(driver.is_idle(), "nothing moves after the question");
}

#[test]
fn any_key_ends_the_breaths_and_does_nothing_else() {
    for key in [
        "q", "b", "n", "2", "esc", "enter", "space", "ctrl-c", "ctrl-z", "f1", ":",
    ] {
        for frames in [0, 7, 200] {
            let mut driver = Driver::new();
            breathe(driver.press("b"), frames).press(key);
            driver
                .sees("[1 Today]")
                .sees("This week")
                .sees_no("Any key");
            assert!(!driver.quit && driver.outside.is_empty(), "{key}");
            assert!(driver.is_idle(), "the timer stopped at {key}");
        }
    }
}

#[test]
fn a_paste_or_a_click_ends_the_breaths_as_a_key_does() {
    let mut driver = Driver::new();
    driver
        .press("b")
        .paste("text")
        .sees("This week")
        .sees_no("pasted");
    driver.press("b").tell(Message::MouseUsed(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: 14,
        row: 1,
        modifiers: KeyModifiers::NONE,
    }));
    driver.sees("[1 Today]").sees("This week");
    assert!(driver.is_idle());
}

#[test]
fn with_reduced_motion_only_the_words_change() {
    let mut driver = Driver::new();
    driver.model.settings.reduced_motion = true;
    driver.press("b").sees("Breathe in").sees("1 of 2");
    let words = ["Breathe out", "Breathe in", "Breathe out", QUESTION];
    for said in words {
        assert_eq!(disc(&driver), 0);
        breathe(&mut driver, 1).sees(said);
    }
    assert!(driver.is_idle());
}

#[test]
fn breaths_are_taken_wherever_no_text_has_the_focus() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("2 b")
        .sees("Breathe in")
        .press("x")
        .sees("[2 Journal]");
    driver
        .press("enter b")
        .sees("Breathe in")
        .press("x")
        .sees("Went well");
    driver
        .press("esc 1")
        .press(r#"n esc esc "x" ctrl-s"#)
        .sees("Saved.");
    driver
        .press("b")
        .sees("Breathe in")
        .press("x")
        .sees_no("Saved.");
}

#[test]
fn in_the_editor_b_is_a_letter_in_texts_and_breaths_in_the_rows() {
    let mut driver = Driver::new();
    driver.press(r#"n "about" shift-tab b"#).sees("Breathe in");
    driver
        .press("x")
        .sees("about")
        .sees("> Signals".replace('>', "›").as_str());
    // The row of competencies is typed into.
    driver
        .press("shift-tab shift-tab b")
        .sees("Competencies")
        .sees_no("Breathe in");
    driver
        .press("esc ctrl-p")
        .press(r#""breaths" enter"#)
        .sees("Breathe in");
}

#[test]
fn the_line_that_offers_them_comes_with_the_lowest_energy_or_a_signal_and_never_with_words() {
    let mut driver = Driver::new();
    driver.press(r#"n "She died. My jaw hurt, I am empty." shift-tab"#);
    driver.sees_no("Two slow breaths").press("1").sees(OFFER);
    driver.press("1").sees_no("Two slow breaths");
    driver
        .press("shift-tab 2")
        .sees_no("Two slow breaths")
        .press("1")
        .sees(OFFER);
    // Where b is a letter the line names no key.
    driver
        .press("tab tab")
        .sees("Two slow breaths. What")
        .sees(QUESTION);
    driver
        .press("shift-tab shift-tab backspace")
        .sees_no("Two slow breaths");
}

#[test]
fn the_lowest_energy_after_saving_offers_them_and_one_key_takes_them() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "x" ctrl-s"#)
        .sees("Saved.")
        .sees_no("Two slow breaths");
    driver
        .press("1")
        .sees("energy 1")
        .sees(OFFER)
        .press("b")
        .sees("Breathe in");
    driver.press("b").sees("This week").sees_no("Saved.");
}

#[test]
fn all_of_it_fits_the_smallest_terminal_in_ascii() {
    let mut driver = in_ascii(Driver::sized(40, 12));
    breathe(driver.press("b"), 20)
        .sees("Breathe out")
        .sees("::::::");
    breathe(&mut driver, 80)
        .sees("What does my team need from me right")
        .sees("now?");
    driver
        .press("x n")
        .press(r#""x" shift-tab 1"#)
        .sees("Two slow breaths: b.");
    driver
        .press("ctrl-s")
        .sees("Two slow breaths: b.")
        .sees("Saved.");
    driver
        .press("esc ? s")
        .sees("Somebody to talk to")
        .sees("more below: Down");
    for _ in 0..20 {
        driver.press("down");
    }
    driver.sees("not kept.").sees_no("more below");
    let drawn = driver.screen();
    let frame = |c| ('\u{2500}'..='\u{257f}').contains(&c);
    assert!(drawn.chars().all(|c| c.is_ascii() || frame(c)), "{drawn}");
}

#[test]
fn the_support_card_is_two_keys_away_and_in_the_list_of_actions() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("? s")
        .sees("Somebody to talk to")
        .sees("988")
        .sees("116 123");
    driver
        .sees("Your own first")
        .sees("/home/you/.config/postcall/config.toml");
    driver
        .sees("Immediate danger")
        .sees("Numbers change.")
        .sees_no("more below");
    driver.press("esc").sees("This week").sees_no("Somebody");
    driver
        .press("2 ? s")
        .sees("988")
        .press("q")
        .sees("[2 Journal]");
    assert!(!driver.quit);
    driver
        .press(r#": "support" enter"#)
        .sees("988")
        .press("esc");
    driver.press(r#"1 n esc esc "words" f1 s"#).sees("988");
    driver
        .press("esc")
        .sees("words")
        .press(r#"" more""#)
        .sees("words more");
}

#[test]
fn the_writers_own_people_come_first() {
    let mut driver = Driver::new();
    driver.model.settings.support = vec![Contact {
        name: "Night\u{1b}float buddy".to_owned(),
        reach: "555 0100".to_owned(),
    }];
    driver
        .press("? s")
        .sees("float buddy  555 0100")
        .sees_no("Your own first");
    let screen = driver.screen();
    assert!(!screen.contains('\u{1b}'));
    assert!(screen.find("555 0100") < screen.find("988"), "{screen}");
}

#[test]
fn energy_is_off_until_it_is_used_and_then_stays_on() {
    let mut driver = Driver::new();
    let off = "Energy        off until you use it";
    driver.press(r#"n "one" shift-tab shift-tab"#).sees(off);
    driver.press("3").sees("Energy        3 of 5");
    driver.press("backspace").sees(off).press("ctrl-s esc");
    assert_eq!(last(&mut driver).energy, None);
    driver
        .press(r#"n "two" shift-tab"#)
        .sees(off)
        .press("ctrl-s 4 esc");
    driver
        .press(r#"n "three" shift-tab"#)
        .sees("Energy        not said");
    driver
        .press("ctrl-s esc")
        .press(r#"n "four" shift-tab shift-tab 2 ctrl-s"#);
    assert_eq!(last(&mut driver).energy, Energy::new(2));
}

#[test]
fn each_stress_signal_is_one_key_and_one_key_more_takes_it_away() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "x" shift-tab"#)
        .sees("1 jaw")
        .sees("2 fast speech");
    driver.press("1 3").sees("Signals       jaw, irritability");
    driver.press("1 ctrl-s");
    assert_eq!(last(&mut driver).signals, signals(&["irritability"]));
}

#[test]
fn the_tenth_signal_of_a_long_list_is_reached_by_the_arrows() {
    let list: Vec<String> = (1..=12).map(|n| format!("sign {n}")).collect();
    let mut driver = Driver::sized(40, 12);
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    driver.model.settings.rules.signals = signals(&list);
    driver.press(r#"n "x" shift-tab 9"#);
    for _ in 0..9 {
        driver.press("right");
    }
    driver
        .sees("<sign 10>")
        .press("enter right right space ctrl-s");
    assert_eq!(
        last(&mut driver).signals,
        signals(&["sign 9", "sign 10", "sign 12"])
    );
}

#[test]
fn a_signal_that_is_no_longer_in_the_list_stays_with_its_reflection() {
    let mut driver = Driver::with(80, 24, |journal| {
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        draft.went_well = "x".into();
        draft.signals = signals(&["cold hands"]);
        journal.save(&draft).unwrap();
    });
    driver
        .press("2 e shift-tab")
        .sees("Signals       cold hands");
    driver.press("2 ctrl-s");
    assert_eq!(
        last(&mut driver).signals,
        signals(&["cold hands", "fast speech"])
    );
}

#[test]
fn every_signal_of_the_list_shows_its_digit_where_there_is_room() {
    for (columns, rows) in [(80, 24), (120, 30)] {
        let mut driver = Driver::sized(columns, rows);
        driver.press(r#"n "x" shift-tab"#);
        for choice in [
            "1 jaw",
            "2 fast",
            "3 irritability",
            "4 shallow",
            "5 withdrawal",
        ] {
            driver.sees(choice);
        }
    }
}
