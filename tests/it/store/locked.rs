//! A journal with a passphrase: everything works as without one, and nothing of it can be read.

use std::fs;
use std::path::Path;

use postcall::journal::{Journal, JournalError, OldBackups, Options, Passphrase, Place};
use postcall::store::{Backups, Cause, StoreError};

use super::{MORNING, at, draft, folder, found, open, options, words, write};

fn passphrase(words: &str) -> Passphrase {
    Passphrase::new(words.as_bytes().to_vec()).unwrap()
}

fn under(passphrase: &Passphrase) -> Options {
    Options {
        passphrase: Some(passphrase.clone()),
        ..options(MORNING)
    }
}

fn unlock(path: &Path, passphrase: &Passphrase) -> Result<Journal, JournalError> {
    Journal::open(&Place::File(path.to_owned()), under(passphrase))
}

fn refused(opened: Result<Journal, JournalError>) -> Cause {
    match opened {
        Err(JournalError::Store(StoreError { cause, .. })) => cause,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was opened"),
    }
}

/// Whether the words stand in any file of the folder.
fn is_readable_in(folder: &Path, words: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return is_readable_in(&path, words);
        }
        let bytes = fs::read(path).unwrap();
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    })
}

#[test]
fn a_journal_made_with_a_passphrase_never_has_a_readable_word_on_the_disk() {
    let (folder, path) = folder();
    let mine = passphrase("four words of mine");
    let mut journal = unlock(&path, &mine).unwrap();
    let saved = write(&mut journal, "marmalade", "If a, then quokka");
    let kept = draft(&mut journal, "persimmon", "");
    journal.keep_draft(&kept).unwrap();
    journal.backup_if_due().unwrap().unwrap();
    assert_eq!(found(&mut journal, &words("marm")), ["marmalade"]);
    // The log is still there, and the sessions beside it.
    for word in [
        "marmalade",
        "quokka",
        "persimmon",
        "CREATE TABLE",
        "four words",
    ] {
        assert!(!is_readable_in(folder.path(), word), "{word}");
    }
    journal.trash(saved.entry.reflection.id).unwrap();
    journal.empty_trash().unwrap();
    assert!(journal.examine().unwrap().is_sound());
    drop(journal);
    let mut again = unlock(&path, &mine).unwrap();
    assert!(found(&mut again, &words("marm")).is_empty());
    let offered = again.offered_drafts().unwrap();
    assert_eq!(offered[0].draft.went_well.to_string(), "persimmon");
    assert!(!is_readable_in(folder.path(), "persimmon"));
}

#[test]
fn without_the_passphrase_or_with_another_it_stays_shut_and_names_the_newest_backup() {
    let (_folder, path) = folder();
    let mine = passphrase("four words of mine");
    let mut journal = unlock(&path, &mine).unwrap();
    write(&mut journal, "kept", "");
    let backup = journal.backup_if_due().unwrap().unwrap();
    drop(journal);
    let before = fs::read(&path).unwrap();
    let locked = refused(Journal::open(&Place::File(path.clone()), options(MORNING)));
    let Cause::Locked { newest_backup } = &locked else {
        panic!("{locked}");
    };
    assert_eq!(newest_backup.as_ref(), Some(&backup.path));
    let wrong = refused(unlock(&path, &passphrase("Four words of mine")));
    let Cause::WrongPassphrase { newest_backup } = &wrong else {
        panic!("{wrong}");
    };
    assert_eq!(newest_backup.as_ref(), Some(&backup.path));
    assert_eq!(
        wrong.to_string(),
        "wrong passphrase, or the file is damaged"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_journal_without_a_passphrase_opens_as_it_is_when_one_is_offered() {
    let (_folder, path) = folder();
    write(&mut open(&path, MORNING), "kept", "");
    let mut journal = unlock(&path, &passphrase("for another journal")).unwrap();
    assert_eq!(found(&mut journal, &words("")), ["kept"]);
    drop(journal);
    assert!(fs::read(&path).unwrap().starts_with(b"SQLite format 3\0"));
}

#[test]
fn two_instances_write_one_locked_journal() {
    let (_folder, path) = folder();
    let mine = passphrase("four words of mine");
    let mut one = unlock(&path, &mine).unwrap();
    let mut other = unlock(&path, &mine).unwrap();
    write(&mut one, "first", "");
    write(&mut other, "second", "");
    assert!(one.changed_elsewhere().unwrap());
    assert_eq!(found(&mut one, &words("")).len(), 2);
}

#[test]
fn a_flipped_bit_in_a_locked_journal_is_noticed() {
    let (_folder, path) = folder();
    let mine = passphrase("four words of mine");
    write(&mut unlock(&path, &mine).unwrap(), "kept", "");
    let whole = fs::read(&path).unwrap();
    for at in [5000, whole.len() / 2, whole.len() - 100] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        fs::write(&path, damaged).unwrap();
        let seen = unlock(&path, &mine).and_then(|mut journal| journal.examine());
        let is_sound = seen.is_ok_and(|examination| examination.is_sound());
        assert!(!is_sound, "byte {at}");
    }
}

#[test]
fn a_backup_is_restored_with_the_passphrase_it_was_made_under() {
    let (_folder, path) = folder();
    let (mine, other) = (passphrase("four words of mine"), passphrase("another"));
    let mut journal = unlock(&path, &mine).unwrap();
    write(&mut journal, "of before", "");
    let backup = journal.backup_if_due().unwrap().unwrap().path;
    drop(journal);
    // A new journal under another passphrase in its place.
    fs::remove_file(&path).unwrap();
    write(&mut unlock(&path, &other).unwrap(), "of now", "");
    let clock = options(MORNING).clock;
    for key in [None, Some(&other)] {
        let refused = Journal::restore_backup(&path, &backup, key, clock).unwrap_err();
        let JournalError::Store(StoreError { cause, .. }) = refused else {
            panic!("{refused}");
        };
        assert!(
            matches!(cause, Cause::Locked { .. } | Cause::WrongPassphrase { .. }),
            "{cause}"
        );
    }
    let restored = Journal::restore_backup(&path, &backup, Some(&mine), clock).unwrap();
    let mut journal = unlock(&path, &mine).unwrap();
    assert_eq!(found(&mut journal, &words("")), ["of before"]);
    let mut replaced = unlock(&restored.replaced.unwrap(), &other).unwrap();
    assert_eq!(found(&mut replaced, &words("")), ["of now"]);
}

#[cfg(unix)]
#[test]
fn a_locked_journal_that_can_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, path) = folder();
    let mine = passphrase("four words of mine");
    write(&mut unlock(&path, &mine).unwrap(), "kept", "");
    let set = |mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(folder.path(), permissions).unwrap();
    };
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    set(0o500);
    let read = unlock(&path, &mine).map(|mut journal| found(&mut journal, &words("")));
    set(0o700);
    assert_eq!(read.unwrap(), ["kept"]);
}

#[test]
fn a_backup_of_a_locked_journal_has_its_passphrase() {
    let (_folder, path) = folder();
    let mine = passphrase("four words of mine");
    let mut journal = unlock(&path, &mine).unwrap();
    write(&mut journal, "kept", "");
    let file = path.with_file_name("copy.db");
    journal.backup_to(&file).unwrap();
    assert!(matches!(
        refused(Journal::open(&Place::File(file.clone()), options(MORNING))),
        Cause::Locked { .. }
    ));
    assert_eq!(
        found(&mut unlock(&file, &mine).unwrap(), &words("")),
        ["kept"]
    );
    let backups = Backups::of(&path).under(Some(mine));
    let made = backups.make(at(MORNING)).unwrap();
    assert!(!fs::read(made.path).unwrap().starts_with(b"SQLite"));
}

#[test]
fn a_passphrase_is_offered_once_something_is_written_and_until_that_is_answered() {
    let offered = |journal: &mut Journal| journal.overview().unwrap().passphrase_is_offered;
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    assert!(!offered(&mut journal), "nothing is written");
    write(&mut journal, "kept", "");
    assert!(offered(&mut journal));
    journal.decline_passphrase().unwrap();
    assert!(!offered(&mut journal));
    drop(journal);
    assert!(!offered(&mut open(&path, MORNING)));

    let (_folder, path) = folder();
    let mine = passphrase("four words of mine");
    write(&mut open(&path, MORNING), "kept", "");
    let clock = options(MORNING).clock;
    for (from, to) in [(None, Some(&mine)), (Some(&mine), None)] {
        let old = OldBackups::Replace;
        Journal::change_passphrase(&path, from, to, old, clock).unwrap();
        let mut journal = match to {
            Some(to) => unlock(&path, to).unwrap(),
            None => open(&path, MORNING),
        };
        assert!(!offered(&mut journal));
    }
}

#[test]
fn a_journal_that_is_locked_for_a_while_goes_on_as_it_was() {
    let (_folder, path) = folder();
    let mine = passphrase("four words of mine");
    let mut journal = unlock(&path, &mine).unwrap();
    let saved = write(&mut journal, "kept", "");
    let mut half = draft(&mut journal, "half", "");
    journal.keep_draft(&half).unwrap();
    journal.lock().unwrap();
    assert_eq!(journal.passphrase(), None);
    assert!(journal.overview().is_err(), "nothing can be read");
    // Another instance offers the draft of this one to nobody.
    let mut other = unlock(&path, &mine).unwrap();
    assert!(other.offered_drafts().unwrap().is_empty());
    drop(other);
    assert!(journal.unlock(passphrase("another")).is_err());
    journal.unlock(mine).unwrap();
    half.went_well = "half and more".into();
    journal.keep_draft(&half).unwrap();
    journal.undo(saved.undo).unwrap();
    assert!(found(&mut journal, &words("kept")).is_empty());
}

#[test]
fn a_locked_journal_whose_file_is_gone_is_not_made_anew_under_whatever_was_typed() {
    let (_folder, path) = folder();
    let mine = passphrase("four words of mine");
    let mut journal = unlock(&path, &mine).unwrap();
    write(&mut journal, "kept", "");
    journal.lock().unwrap();
    let elsewhere = path.with_file_name("elsewhere.db");
    fs::rename(&path, &elsewhere).unwrap();
    let refused = journal.unlock(passphrase("four wordz of mine"));
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("cannot be opened"), "{refused}");
    assert!(!path.exists());
    fs::rename(&elsewhere, &path).unwrap();
    journal.unlock(mine).unwrap();
    assert_eq!(found(&mut journal, &words("")), ["kept"]);
}

#[test]
fn a_passphrase_that_is_changed_or_removed_while_the_journal_is_locked_holds_for_opening_it() {
    let (_folder, path) = folder();
    let (old, new) = (passphrase("four words of mine"), passphrase("another"));
    let mut journal = unlock(&path, &old).unwrap();
    write(&mut journal, "kept", "");
    let clock = options(MORNING).clock;
    let steps = [(&old, Some(&new)), (&new, None)];
    for (from, to) in steps {
        journal.put_screen_away(&"what was shown".into()).unwrap();
        journal.lock().unwrap();
        let replace = OldBackups::Replace;
        Journal::change_passphrase(&path, Some(from), to, replace, clock).unwrap();
        if to.is_some() {
            assert!(journal.unlock(from.clone()).is_err());
        }
        journal.unlock(new.clone()).unwrap();
        assert_eq!(journal.lies_open(), to.is_none());
        // Not in a file that anybody can read: what is typed is a draft there.
        let shown = journal.take_screen_back().is_some();
        assert_eq!(shown, to.is_some());
        assert_eq!(found(&mut journal, &words("")), ["kept"]);
    }
}
