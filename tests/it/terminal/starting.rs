//! The first frame, and terminals on which there can be none.

use super::session::{End, Home};
use super::today;

#[test]
fn the_first_frame_is_today_whole_and_the_journal_is_made() {
    let home = Home::new();
    let mut session = home.postcall(&[]).start();
    session.wait_for("This week");
    for text in [
        "Today",
        "Journal",
        "Reflect on this shift",
        "Trying next",
        "Sun",
    ] {
        assert!(session.text().contains(text), "no {text:?}\n{session}");
    }
    assert!(session.screen().alternate_screen(), "{session}");
    assert!(home.journal().is_file());
    session.quit();
}

#[test]
fn nothing_of_the_journal_is_left_on_the_terminal() {
    let home = Home::new();
    let mut session = today(&home);
    session.quit();
    assert_eq!(session.text().trim(), "", "{session}");
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_gets_a_sentence() {
    for term in ["dumb", ""] {
        let home = Home::new();
        let mut session = home.postcall(&[]).with("TERM", term).start();
        assert_eq!(
            session.wait_exit(),
            End::Code(1),
            "TERM={term:?}\n{session}"
        );
        session.wait_for("annot show a screen");
        session.assert_restored();
        assert!(
            !home.journal().exists(),
            "nothing was written, nothing is made"
        );
    }
}

#[test]
fn input_or_output_that_is_no_terminal_gets_a_sentence() {
    for command in [
        "\"$0\" </dev/null",
        "\"$0\" new </dev/null",
        "{ \"$0\"; echo \"code $?\"; } | cat",
    ] {
        let home = Home::new();
        let mut session = home.shell(command).on(120, 24).start();
        session.wait_exit();
        session.wait_for("needs a terminal");
        session.assert_restored();
        assert!(!home.journal().exists(), "{command}");
    }
    let home = Home::new();
    let output = home.postcall(&[]).run();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "words go to stderr: {output:?}");
}

#[test]
fn the_throw_away_journal_says_so_and_leaves_nothing() {
    let home = Home::new();
    let mut session = home.postcall(&["demo"]).start();
    session.wait_for("demo:");
    session.quit();
    assert!(!home.journal().exists());
}

#[test]
fn the_smallest_terminal_and_every_size_between_are_survived() {
    let home = Home::new();
    let mut session = today(&home);
    for (columns, rows) in [(200, 60), (40, 12), (39, 11), (2, 1), (1, 2), (1, 1)] {
        session.resize(columns, rows);
        session.wait_for_output();
    }
    session.resize(80, 24);
    session.wait_for("Reflect on this shift");
    session.quit();
}
