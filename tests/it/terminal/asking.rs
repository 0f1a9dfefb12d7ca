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
fn a_backup_asks_for_the_passphrase_it_was_made_with_and_says_that_the_journal_has_it_now() {
    let home = locked();
    let backups = std::fs::read_dir(home.path("journal/backups")).expect("a backup folder");
    let backup = backups.map(|file| file.expect("a file").path()).next();
    let backup = backup.expect("the backup of before");
    let kept = home.path("kept.db");
    std::fs::copy(backup, &kept).expect("a copy");
    let mut session = home.postcall(&["passphrase", "change"]).start();
    answer(&mut session, "Passphrase:", "four words");
    answer(&mut session, "New passphrase:", "another");
    answer(&mut session, "The same again:", "another");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    let restore = ["backup", "restore", kept.to_str().expect("a name")];
    let mut session = home.postcall(&restore).start();
    answer(&mut session, "that the backup was made with:", "another");
    answer(&mut session, "That is not the passphrase.", "four words");
    session.wait_for("It opens with the passphrase that the backup was made with.");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    let mut session = home.postcall(&["list"]).start();
    answer(&mut session, "Passphrase:", "four words");
    session.wait_for("asked the nurse first");
}

#[test]
fn what_is_typed_ahead_answers_both_questions() {
    let home = Home::new();
    home.says(&["add", "--well", "asked the nurse first"]);
    let mut session = home.postcall(&["passphrase", "set"]).start();
    session.wait_for("New passphrase:");
    session.keys("'four words' enter 'four words' enter");
    session.wait_for("The journal is encrypted now.");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
}

#[test]
fn a_passphrase_and_enter_at_once_open_the_screen_however_early_they_come() {
    let home = locked();
    // Before the terminal is the program's, its line sends another byte for Enter.
    let mut session = home.postcall(&[]).start();
    session.keys("'four words' enter");
    session.wait_for("This week");
    session.quit();
    let mut session = home.postcall(&[]).start();
    session.wait_for("The journal is locked.");
    session.keys("'four words' enter");
    session.wait_for("This week");
    session.quit();
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

#[test]
fn the_screen_asks_first_and_shows_today_then() {
    let home = locked();
    let mut session = home.postcall(&[]).start();
    session.wait_for("The journal is locked.");
    session.keys("'for words' enter");
    session.wait_for("That is not the passphrase");
    session.keys("'four words' enter");
    session.wait_for("Reflect on this shift");
    assert!(!session.text().contains("locked"), "{session}");
    session.keys("n 'Half a thought'");
    session.wait_for("Half a thought");
    // What a terminal sends for F9.
    session.keys("'\x1b[20~'");
    session.wait_gone("Half a thought");
    session.keys("x");
    session.wait_for("The journal is locked.");
    session.keys("'four words' enter");
    session.wait_for("Half a thought");
    session.keys("' more' ctrl-s");
    session.wait_for("Saved");
    session.quit();
    let mut session = home.postcall(&["list"]).start();
    answer(&mut session, "Passphrase:", "four words");
    session.wait_for("Half a thought more");
}

#[test]
fn whoever_does_not_know_it_leaves_with_escape() {
    let home = locked();
    let mut session = home.postcall(&["new"]).start();
    session.wait_for("The journal is locked.");
    session.keys("'for words' enter");
    session.wait_for("That is not the passphrase");
    session.keys("esc");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    session.assert_restored();
}

#[test]
fn today_offers_a_passphrase_until_the_writer_wants_none() {
    let home = Home::new();
    home.says(&["add", "--well", "asked the nurse first"]);
    let mut session = home.postcall(&[]).start();
    session.wait_for("Set a passphrase for the journal");
    session.keys("p");
    session.wait_for("postcall passphrase set");
    session.keys("P");
    session.wait_gone("Set a passphrase");
    session.quit();
    let mut session = home.postcall(&[]).start();
    session.wait_for("Reflect on this shift");
    assert!(!session.text().contains("Set a passphrase"), "{session}");
}

#[test]
fn the_offer_names_the_journal_that_is_open_and_a_new_one_is_begun_only_after_a_yes() {
    let home = Home::new();
    let other = home.path("my own.db");
    let other = other.to_str().unwrap();
    home.says(&["--journal", other, "add", "--well", "asked the nurse first"]);
    let mut session = home.postcall(&["--journal", other]).on(200, 24).start();
    session.wait_for("Set a passphrase for the journal");
    session.keys("p");
    let words = format!("postcall --journal '{other}' passphrase set");
    session.wait_for(&words);
    session.quit();

    let slip = home.path("slip.db");
    let args = ["--journal", slip.to_str().unwrap(), "passphrase", "set"];
    let mut session = home.postcall(&args).start();
    session.wait_for("[y/N]");
    session.keys("enter");
    session.wait_for("Nothing was begun.");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    assert!(!slip.exists());
    let mut session = home.postcall(&args).start();
    session.wait_for("[y/N]");
    session.keys("y enter");
    answer(&mut session, "New passphrase:", "four words");
    answer(&mut session, "The same again:", "four words");
    session.wait_for("A new journal was begun at");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    assert!(slip.exists());
}
