//! The passphrase, asked for on the terminal and never shown on it.

use super::session::{End, Home, Session};

/// Lists, and says whether the terminal shows again what is typed.
const LISTING: &str =
    "\"$0\" list; code=$?; stty -a | grep -q ' echo ' && echo typing shows; exit $code";

fn answer(session: &mut Session, question: &str, passphrase: &str) {
    session.wait_for(question);
    session.keys(&format!("'{passphrase}'"));
    session.keys("enter");
}

/// A journal with one reflection and the passphrase "four words".
fn locked() -> Home {
    let home = Home::new();
    home.says(&["add", "--well", "asked the nurse first"]);
    let mut session = home.postcall(&["passphrase", "set"]).start();
    answer(&mut session, "New passphrase:", "four words");
    answer(&mut session, "The same again:", "four words");
    session.wait_for("The journal is encrypted now.");
    assert!(session.text().contains("cannot be"), "{session}");
    assert!(!session.text().contains("four"), "{session}");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    home
}

#[test]
fn a_command_asks_and_says_when_it_was_wrong() {
    let home = locked();
    let mut session = home.shell(LISTING).start();
    answer(&mut session, "Passphrase:", "for words");
    session.wait_for("That is not the passphrase.");
    session.keys("'four wordz'");
    session.keys("backspace s enter");
    session.wait_for("asked the nurse first");
    assert!(!session.text().contains("four"), "{session}");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    assert!(session.text().contains("typing shows"), "{session}");
}

#[test]
fn whoever_gives_up_gets_the_terminal_back_as_it_was() {
    let home = locked();
    let mut session = home.shell(LISTING).start();
    session.wait_for("Passphrase:");
    session.keys("ctrl-c");
    assert_eq!(session.wait_exit(), End::Code(3), "{session}");
    assert!(session.text().contains("typing shows"), "{session}");
}

#[test]
fn two_different_new_ones_are_asked_for_again() {
    let home = Home::new();
    home.says(&["add", "--well", "asked the nurse first"]);
    let mut session = home.postcall(&["passphrase", "set"]).start();
    answer(&mut session, "New passphrase:", "four words");
    answer(&mut session, "The same again:", "for words");
    session.wait_for("two different");
    session.keys("esc");
    assert_eq!(session.wait_exit(), End::Code(3), "{session}");
    assert!(home.saved().contains("asked the nurse first"));
}
