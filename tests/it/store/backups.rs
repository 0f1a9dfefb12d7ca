//! Backups: made after the first change of a day, thinned out, and put back.

use std::fs;

use postcall::domain::query::Query;
use postcall::journal::clock::Clock;
use postcall::journal::{Journal, JournalError};
use postcall::store::{Cause, Store, StoreError, ids};

use super::{MORNING, at, folder, found, open, words, write};

#[test]
fn one_backup_is_made_a_day_and_it_is_a_whole_journal() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    write(&mut journal, "first", "If a, then b");
    let backup = journal.backup_if_due().unwrap().unwrap();
    assert!(backup.path.ends_with("backups/journal-20261121-081000.db"));
    assert_eq!(backup.size, fs::metadata(&backup.path).unwrap().len());
    assert_eq!(journal.backup_if_due().unwrap(), None);
    assert_eq!(journal.backups().unwrap(), std::slice::from_ref(&backup));
    assert_eq!(
        found(&mut open(&backup.path, MORNING), &words("first")),
        ["first"]
    );

    let mut next_day = open(&path, "2026-11-22T08:00:00+01:00");
    assert!(next_day.backup_if_due().unwrap().is_some());
    assert_eq!(next_day.backups().unwrap().len(), 2);
}

#[test]
fn journals_with_similar_names_in_one_folder_keep_their_backups_apart() {
    let (folder, _) = folder();
    let names = ["a.db", "a", "a.journal", "a-20261121-081000.db", "b.db"];
    for name in names {
        let mut journal = open(&folder.path().join(name), MORNING);
        write(&mut journal, name, "");
        journal.back_up().unwrap();
        journal.back_up().unwrap();
    }
    for name in names {
        let journal = open(&folder.path().join(name), MORNING);
        assert_eq!(journal.backups().unwrap().len(), 2, "{name}");
    }
}

#[test]
fn a_restored_backup_replaces_the_journal_which_is_kept() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    write(&mut journal, "first", "");
    let backup = journal.back_up().unwrap().unwrap();
    write(&mut journal, "second", "");
    let clock = Clock::Fixed(at(MORNING));

    let busy = Journal::restore_backup(&path, &backup.path, None, clock);
    assert!(
        matches!(
            &busy,
            Err(JournalError::Store(StoreError {
                cause: Cause::Busy,
                ..
            }))
        ),
        "{busy:?}"
    );
    assert_eq!(found(&mut journal, &Query::default()).len(), 2);

    drop(journal);
    let restored = Journal::restore_backup(&path, &backup.path, None, clock).unwrap();
    assert_eq!(
        found(&mut open(&path, MORNING), &Query::default()),
        ["first"]
    );
    let replaced = restored.replaced.unwrap();
    assert_eq!(
        found(&mut open(&replaced, MORNING), &Query::default()),
        ["second", "first"]
    );
    assert!(backup.path.exists());
}

#[test]
fn a_damaged_journal_gives_way_to_its_backup_and_is_kept() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    write(&mut journal, "first", "");
    let backup = journal.back_up().unwrap().unwrap();
    drop(journal);
    fs::write(&path, "ruined").unwrap();
    let clock = Clock::Fixed(at(MORNING));
    let restored = Journal::restore_backup(&path, &backup.path, None, clock).unwrap();
    assert_eq!(fs::read(restored.replaced.unwrap()).unwrap(), b"ruined");
    assert_eq!(
        found(&mut open(&path, MORNING), &Query::default()),
        ["first"]
    );
}

#[test]
fn what_is_not_a_sound_journal_is_never_restored() {
    let (folder, path) = folder();
    let mut journal = open(&path, MORNING);
    write(&mut journal, "first", "");
    let backup = journal.back_up().unwrap().unwrap();
    drop(journal);
    let bad = folder.path().join("bad.db");
    let mut bytes = fs::read(&backup.path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0xAA);
    fs::write(&bad, bytes).unwrap();
    for not_a_journal in [
        bad,
        folder.path().join("missing.db"),
        folder.path().to_owned(),
    ] {
        let clock = Clock::Fixed(at(MORNING));
        let refused = Journal::restore_backup(&path, &not_a_journal, None, clock);
        assert!(
            matches!(
                &refused,
                Err(JournalError::Store(StoreError {
                    cause: Cause::BadBackup { .. },
                    ..
                }))
            ),
            "{}: {refused:?}",
            not_a_journal.display()
        );
        assert_eq!(
            found(&mut open(&path, MORNING), &Query::default()),
            ["first"]
        );
    }
}

#[test]
fn a_sound_backup_that_cannot_be_restored_here_is_not_called_unsound() {
    let (folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let backup = journal.back_up().unwrap().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let clock = Clock::Fixed(at(MORNING));
    let refused = Journal::restore_backup(&file.join("journal.db"), &backup.path, None, clock);
    assert!(
        matches!(
            &refused,
            Err(JournalError::Store(StoreError {
                cause: Cause::NoAccess { .. },
                ..
            }))
        ),
        "{refused:?}"
    );
}

#[test]
fn the_log_of_a_journal_that_was_removed_does_not_spoil_a_restored_one() {
    let (folder, path) = folder();
    let mut journal = open(&path, MORNING);
    write(&mut journal, "first", "");
    let backup = journal.back_up().unwrap().unwrap();
    write(&mut journal, "second", "");
    let log = fs::read(folder.path().join("journal.db-wal")).unwrap();
    drop(journal);
    fs::remove_file(&path).unwrap();
    fs::write(folder.path().join("journal.db-wal"), &log).unwrap();
    let clock = Clock::Fixed(at(MORNING));
    Journal::restore_backup(&path, &backup.path, None, clock).unwrap();
    let mut journal = open(&path, MORNING);
    assert_eq!(found(&mut journal, &Query::default()), ["first"]);
    assert!(journal.examine().unwrap().is_sound());
}

#[test]
fn a_backup_never_overwrites_a_file() {
    let (folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let file = folder.path().join("letter.txt");
    fs::write(&file, "dear").unwrap();
    assert!(journal.backup_to(&file).is_err());
    assert_eq!(fs::read(&file).unwrap(), b"dear");
    journal.backup_to(&folder.path().join("copy.db")).unwrap();
    assert!(folder.path().join("copy.db").exists());
}

#[test]
fn a_copy_cut_short_by_a_crash_is_cleared_away_and_a_running_one_is_not() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let backups = path.parent().unwrap().join("backups");
    fs::create_dir(&backups).unwrap();
    let old = backups.join(".unfinished-01890000000070008000000000000000");
    let running = backups.join(".unfinished-01aa0000000070008000000000000000");
    fs::write(&old, "x").unwrap();
    fs::write(&running, "x").unwrap();
    journal.back_up().unwrap();
    assert!(!old.exists());
    assert!(running.exists());
}

#[test]
fn emptying_the_trash_leaves_the_words_in_no_file() {
    let (folder, path) = folder();
    let mut journal = open(&path, MORNING);
    write(&mut journal, "stays", "");
    let id = write(&mut journal, "xylophone zeppelin", "If quixotic, then b")
        .entry
        .reflection
        .id;
    journal.back_up().unwrap();
    journal.trash(id).unwrap();
    journal.back_up().unwrap();
    // What a crash left of a copy a moment ago.
    let cut_short = format!(".unfinished-{}-journal", ids::fresh(at(MORNING)).simple());
    fs::write(folder.path().join(cut_short), "xylophone").unwrap();
    let purged = journal.empty_trash().unwrap();
    assert_eq!((purged.count, purged.remains()), (1, None));
    drop(journal);
    let mut look = vec![folder.path().to_owned()];
    while let Some(at) = look.pop() {
        if at.is_dir() {
            look.extend(
                fs::read_dir(&at)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let bytes = fs::read(&at).unwrap();
        for word in ["xylo", "zeppel", "quixo"] {
            let there = bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes());
            assert!(!there, "{word} is still in {}", at.display());
        }
    }
    assert_eq!(
        found(&mut open(&path, MORNING), &Query::default()),
        ["stays"]
    );
}

#[test]
fn emptying_the_trash_says_where_the_words_may_still_be() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let id = write(&mut journal, "unwanted", "").entry.reflection.id;
    let backup = journal.back_up().unwrap().unwrap();
    drop(journal);
    let clock = Clock::Fixed(at(MORNING));
    let restored = Journal::restore_backup(&path, &backup.path, None, clock).unwrap();
    let replaced = restored.replaced.unwrap();

    let mut journal = open(&path, MORNING);
    journal.trash(id).unwrap();
    // Another program reads a state in which the words were there.
    let mut reader = Store::open(&path, None, Box::new(|| at(MORNING))).unwrap();
    let purged = reader
        .read::<_, StoreError>("reading", |tables| {
            tables.drafts()?;
            Ok(journal.empty_trash().unwrap())
        })
        .unwrap();
    assert_eq!(purged.count, 1);
    assert!(purged.is_held);
    assert_eq!(purged.left, [replaced]);
}

#[test]
fn a_backup_made_after_the_clock_was_set_back_is_kept() {
    let (_folder, path) = folder();
    for day in 10..22 {
        let mut journal = open(&path, &format!("2026-11-{day}T08:00:00+01:00"));
        journal.back_up().unwrap();
    }
    let mut set_back = open(&path, "2026-11-11T09:00:00+01:00");
    let backup = set_back.back_up().unwrap().unwrap();
    assert!(backup.path.exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_name_is_not_utf_8_has_backups_as_well() {
    use std::os::unix::ffi::OsStrExt;
    let (folder, _) = folder();
    let inside = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    let path = inside.join("journal.sqlite");
    let mut journal = open(&path, MORNING);
    write(&mut journal, "first", "");
    let backup = journal.back_up().unwrap().unwrap();
    assert!(
        backup
            .path
            .ends_with("backups/journal-20261121-081000.sqlite"),
        "{}",
        backup.path.display()
    );
    assert_eq!(
        found(&mut open(&backup.path, MORNING), &Query::default()),
        ["first"]
    );
}

#[test]
fn the_trash_forgets_after_thirty_days_with_a_save_and_not_before() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let id = write(&mut journal, "old", "").entry.reflection.id;
    journal.trash(id).unwrap();
    let mut later = open(&path, "2026-12-20T08:10:00+01:00");
    write(&mut later, "new", "");
    assert_eq!(later.trashed().unwrap().len(), 1);
    let mut later = open(&path, "2026-12-22T08:10:00+01:00");
    assert_eq!(later.trashed().unwrap().len(), 1);
    write(&mut later, "newer", "");
    assert_eq!(later.trashed().unwrap().len(), 0);
}
