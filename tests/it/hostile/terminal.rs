//! The real program on a real terminal, which is given no command but those of drawing.

use super::{file_name, full, raw, worst};
use crate::terminal::session::{Home, Program, Session};

/// The program over a hostile journal with a hostile configuration; the text is as one could paste
/// it: a terminal takes the end of a paste out of what is pasted.
fn program(home: &Home, arguments: &[&str]) -> Program {
    let text = worst();
    let journal = home.path(&file_name("Qjournal", &text));
    let choices = home.path(&file_name("Qconfig", &text));
    if !journal.exists() {
        full::write(&journal, &choices, &text);
    }
    home.postcall(arguments)
        .with("POSTCALL_NOW", crate::tui::driver::MORNING)
        .with("POSTCALL_JOURNAL", journal)
        .with("POSTCALL_CONFIG", choices.join("config.toml"))
        .with("EDITOR", text.replace(['\0', ' ', '\n', '\t', '\r'], ""))
        .on(110, 30)
}

#[track_caller]
fn assert_calm(session: &Session) {
    assert_eq!(session.commands(), [] as [String; 0], "{session}");
    assert_eq!(raw(&session.text()), None, "{session}");
}

#[test]
fn the_screen_gives_the_terminal_no_command_that_somebody_typed() {
    let home = Home::new();
    let mut session = program(&home, &[]).start();
    session.wait_for("Qnext");
    assert_calm(&session);
    for (keys, shown) in [
        ("2", "This week"),
        ("enter", "Esc back"),
        ("3", "Qreview"),
        ("4", "Competencies, thin"),
        ("5", "Qname"),
        ("1", "Qnext"),
        ("N", "Qtitle"),
        ("esc", "2 of 3"),
        ("esc", "3 of 3"),
        ("esc", "Ctrl-s save"),
        ("ctrl-o", "could not be started"),
    ] {
        session.keys(keys);
        session.wait_for(shown);
        assert_calm(&session);
    }
    session.paste(&format!("{}\u{1b}ende", worst().replace("\u{1b}[201~", "")));
    session.wait_for("ende");
    assert_calm(&session);
    session.keys("ctrl-s");
    session.wait_for("Saved.");
    session.quit();
    assert_calm(&session);
}

#[test]
fn commands_on_a_terminal_show_paths_and_texts_without_obeying_them() {
    let home = Home::new();
    for arguments in [
        &["path"][..],
        &["config", "path"],
        &["list"],
        &["show", "last"],
        &["week"],
        &["goal", "list"],
        &["backup"],
        &["backup", "list"],
        &["list", "since:\u{9b}2J\u{202e}"],
    ] {
        let mut session = program(&home, arguments).start();
        session.wait_exit();
        assert_calm(&session);
        assert_ne!(session.text().trim(), "", "{arguments:?}");
    }
}
