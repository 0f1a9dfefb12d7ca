//! `glyphs = "ascii"`: a terminal that can show nothing else shows everything.

use postcall::config::{Config, Glyphs};
use postcall::tui::theme::Theme;

use super::driver::Driver;

fn plain(columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::demo(columns, rows);
    driver.model.settings.theme = Theme::of(&Config::default().theme, Glyphs::Ascii);
    driver
}

/// Every place and every layer, one after the other.
const WALK: &[&str] = &[
    "1",
    "enter",
    "1",
    "n",
    "ctrl-p",
    "esc",
    "f1",
    "esc",
    "ctrl-s",
    "3",
    "esc",
    "x",
    "esc",
    "t",
    "esc",
    "O",
    "esc",
    "b",
    "z",
    "R",
    "a",
    "esc",
    "v",
    "esc",
    "esc",
    ":",
    "esc",
    "?",
    "s",
    "esc",
    "esc",
    "2",
    "j",
    "enter",
    "right",
    "esc",
    "N",
    "esc",
    "x",
    "esc",
    "d",
    "T",
    "E",
    "n",
    "esc",
    "/",
    r#""nurse round""#,
    "enter",
    "esc",
    "3",
    "g",
    "j",
    "[",
    "]",
    "n",
    r#""Mr Smith called.""#,
    "ctrl-s",
    "s",
    "e",
    "esc",
    "4",
    "e",
    "tab",
    "tab",
    "enter",
    "esc",
    "]",
    "]",
    "[",
    "[",
    "[",
    "[",
    "5",
    "enter",
    "esc",
    "a",
    "esc",
    "e",
    "esc",
    "m",
    "esc",
    "f",
    "enter",
    "tab",
    "esc",
    "f9",
    "z",
];

#[test]
fn every_screen_in_ascii_is_ascii() {
    for (columns, rows) in [(80, 24), (120, 40), (40, 12)] {
        let mut driver = plain(columns, rows);
        for step in WALK {
            driver.press(step).let_timers_fire();
            let screen = driver.screen();
            let odd = screen.chars().find(|c| !c.is_ascii());
            assert_eq!(odd, None, "after {step} at {columns}x{rows}:\n{screen}");
        }
    }
}

#[test]
fn what_was_cut_says_so_in_ascii_too() {
    plain(80, 24)
        .press("w")
        .sees("then I say what I saw before~")
        .press(":")
        .sees("+ Commands -----");
}
