//! Journals that cannot be opened: the words are plain, the terminal is whole, the file untouched.

use super::session::{End, Home};

/// Starts with these bytes in place of a journal; returns what was said.
#[track_caller]
fn refused(home: &Home, bytes: &[u8]) -> String {
    home.put_journal(bytes);
    let mut session = home.postcall(&[]).on(120, 24).start();
    assert_eq!(session.wait_exit(), End::Code(1), "{session}");
    session.assert_restored();
    let after = std::fs::read(home.journal()).expect("the file is still there");
    assert!(after == bytes, "the file was changed\n{session}");
    session.text()
}

#[test]
fn garbage_in_place_of_the_journal_is_left_alone() {
    let home = Home::new();
    let said = refused(&home, &b"not a journal, but somebody's file\n".repeat(300));
    for word in ["damaged", "Nothing was changed", "postcall.db"] {
        assert!(said.contains(word), "no {word:?} in:\n{said}");
    }
}

#[test]
fn a_journal_with_a_damaged_first_page_is_left_alone() {
    let home = Home::new();
    home.says(&["add", "--well", "Before the accident"]);
    let mut bytes = std::fs::read(home.journal()).expect("a journal");
    bytes[..64].fill(0xa5);
    let said = refused(&home, &bytes);
    assert!(said.contains("damaged"), "{said}");
}

#[test]
fn an_empty_file_in_place_of_the_journal_is_not_taken_for_one() {
    let home = Home::new();
    let said = refused(&home, b"");
    assert!(said.contains("empty"), "{said}");
}

#[test]
fn a_folder_in_place_of_the_journal_is_named() {
    let home = Home::new();
    std::fs::create_dir_all(home.journal()).expect("a folder");
    let mut session = home.postcall(&[]).on(120, 24).start();
    assert_eq!(session.wait_exit(), End::Code(1), "{session}");
    session.wait_for("is a folder");
    session.assert_restored();
    assert!(home.journal().is_dir());
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let home = Home::new();
    std::fs::write(home.path("journal"), "a file where a folder should be").expect("a file");
    let mut session = home.postcall(&[]).on(120, 24).start();
    assert_eq!(session.wait_exit(), End::Code(1), "{session}");
    session.wait_for("annot be");
    session.assert_restored();
}

#[test]
fn a_journal_that_another_program_locked_ends_in_words_even_after_the_first_frame() {
    let home = Home::new();
    home.says(&["add", "--well", "Before the lock"]);
    let holder = rusqlite::Connection::open(home.journal()).expect("the journal");
    holder
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        .expect("the lock");
    let mut session = home.postcall(&["new"]).on(120, 24).start();
    // Keys wait for a draft that never comes.
    session.keys("'Typed in vain'");
    assert_eq!(session.wait_exit(), End::Code(1), "{session}");
    session.assert_restored();
    session.wait_for("postcall.db");
    drop(holder);
    assert!(home.saved().contains("Before the lock"));
}
