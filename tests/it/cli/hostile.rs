//! Text that tries to command the terminal never reaches it, and is kept as it was written.

use super::Home;

const HOSTILE: &str =
    "\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}abc\u{2066}\u{7f}\u{e0041} é 👩‍👩‍👧 שלום\tend";

/// As hostile as a name may be: no control character, but marks that turn a line around.
const HOSTILE_NAME: &str = "\u{202e}abc\u{2066}\u{e0041} é 👩‍👩‍👧 שלום end";

fn is_raw(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && *c != '\n' && *c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
    })
}

#[test]
fn no_command_writes_a_control_character_that_somebody_typed() {
    let home = Home::new();
    let text = format!("{HOSTILE}\nTry next: {HOSTILE}\nNote: {HOSTILE}");
    let ran = home.run_with(
        &[
            "add",
            "-",
            "--rotation",
            HOSTILE_NAME,
            "--date",
            "2026-11-01",
        ],
        text.as_bytes(),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["search", "end"],
        &["search", "end", "--json"],
        &["show", "last"],
        &["show", "last", "--json"],
        &["due"],
        &["due", "--short"],
        &["due", "--json"],
        &["close", "last", "helped", "--note", HOSTILE],
        &["show", "last"],
        &["list", "--color", "never", "rot:x", HOSTILE],
        &["list", HOSTILE],
        &["show", HOSTILE],
        &[HOSTILE],
        &["add", "--well", "x", "--template", HOSTILE],
        &["add", "--well", "x", "--date", HOSTILE],
        &["add", "--well", "x", "--shift", HOSTILE],
        &["path", "--journal", HOSTILE],
        &["close", "last", HOSTILE],
        &["config", "check", "--config", HOSTILE],
        &["delete", "last"],
        &["trash"],
        &["trash", "--json"],
    ] {
        let ran = home.run(args);
        let out = if args.first() == Some(&"path") {
            ""
        } else {
            &ran.out
        };
        assert_eq!(is_raw(out), None, "{args:?}: {:?}", ran.out);
        assert_eq!(is_raw(&ran.err), None, "{args:?}: {:?}", ran.err);
    }
}

#[test]
fn the_text_itself_is_kept_whole() {
    let home = Home::new();
    home.add(&["--well", HOSTILE]);
    assert_eq!(home.json(&["show", "last"])["went_well"], HOSTILE);
}

#[test]
fn colour_is_written_only_when_asked_for_or_to_a_terminal() {
    let home = Home::new();
    home.add(&["--well", "x"]);
    assert!(!home.run(&["list"]).out.contains('\u{1b}'));
    assert!(
        home.run(&["list", "--color", "always"])
            .out
            .contains('\u{1b}')
    );
}
