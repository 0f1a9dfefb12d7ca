//! Files that are no journal, or not this program's, or cannot be written: clear words, and
//! nothing is changed.

use std::fs;
use std::path::Path;

use postcall::domain::query::Query;
use postcall::journal::{Journal, JournalError, Place};
use postcall::store::{Cause, StoreError};

use super::{MORNING, draft, folder, found, open, options, write};

fn refused(path: &Path) -> Cause {
    match Journal::open(&Place::File(path.to_owned()), options(MORNING)) {
        Err(JournalError::Store(StoreError { attempt, cause })) => {
            assert_eq!(attempt, "opening the journal");
            cause
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was opened"),
    }
}

/// Opens, and afterwards the file is byte for byte what it was.
fn refused_untouched(path: &Path) -> Cause {
    let before = fs::read(path).unwrap();
    let cause = refused(path);
    assert_eq!(fs::read(path).unwrap(), before);
    cause
}

/// A closed journal with one reflection and one backup.
fn journal_with_backup(path: &Path) {
    let mut journal = open(path, MORNING);
    write(&mut journal, "kept", "If a, then b");
    journal.backup_if_due().unwrap();
}

#[test]
fn a_folder_in_its_place_is_refused() {
    let (folder, _) = folder();
    assert!(matches!(refused(folder.path()), Cause::Folder(_)));
}

#[test]
fn an_empty_file_is_refused_and_not_filled() {
    let (_folder, path) = folder();
    journal_with_backup(&path);
    fs::write(&path, b"").unwrap();
    let cause = refused_untouched(&path);
    let Cause::Empty { newest_backup, .. } = &cause else {
        panic!("{cause}");
    };
    assert!(newest_backup.is_some(), "{cause:?}");
}

#[test]
fn garbage_is_refused_and_the_newest_backup_named() {
    let (_folder, path) = folder();
    journal_with_backup(&path);
    fs::write(&path, "This is a letter and not a journal. ".repeat(500)).unwrap();
    let cause = refused_untouched(&path);
    let Cause::Unreadable { newest_backup } = &cause else {
        panic!("{cause}");
    };
    let backup = newest_backup.as_ref().unwrap();
    assert!(
        backup.ends_with("backups/journal-20261121-081000.db"),
        "{backup:?}"
    );
    assert_eq!(cause.to_string(), "the file is damaged or not a journal");
}

#[test]
fn a_short_piece_of_a_journal_is_refused() {
    let (_folder, path) = folder();
    journal_with_backup(&path);
    let whole = fs::read(&path).unwrap();
    for length in [1, 99, 100, 4096, 20_000] {
        fs::write(&path, &whole[..length]).unwrap();
        let outcome = Journal::open(&Place::File(path.clone()), options(MORNING))
            .and_then(|mut journal| journal.overview());
        let error = outcome.expect_err("a piece passed for a journal");
        assert!(
            matches!(
                &error,
                JournalError::Store(StoreError {
                    cause: Cause::Unreadable { .. } | Cause::Corrupt { .. },
                    ..
                })
            ),
            "{length}: {error:?}"
        );
    }
}

#[test]
fn a_database_of_another_program_is_refused() {
    let (_folder, path) = folder();
    drop(open(&path, MORNING));
    let mut bytes = fs::read(&path).unwrap();
    // The application id stands at byte 68 of a database file.
    bytes[68..72].copy_from_slice(&0_u32.to_be_bytes());
    fs::write(&path, bytes).unwrap();
    assert!(matches!(refused_untouched(&path), Cause::NotAJournal));
}

#[test]
fn a_newer_schema_that_says_so_can_be_read_and_not_written() {
    let (_folder, path) = folder();
    write(&mut open(&path, MORNING), "from the future", "");
    set(&path, "PRAGMA user_version = 7");
    let mut journal = open(&path, MORNING);
    let warning = journal.warning().unwrap();
    assert!(warning.contains("newer postcall"), "{warning}");
    assert_eq!(found(&mut journal, &Query::default()), ["from the future"]);
    let new = draft(&mut journal, "x", "");
    assert!(journal.save(&new).is_err());
}

/// Changes a journal as a later program might.
fn set(path: &Path, sql: &str) {
    let journal = rusqlite::Connection::open(path).unwrap();
    journal.execute_batch(sql).unwrap();
}

#[test]
fn a_newer_schema_is_refused_with_both_numbers() {
    let (_folder, path) = folder();
    drop(open(&path, MORNING));
    set(
        &path,
        "PRAGMA user_version = 7; UPDATE setting SET value = '7' WHERE key = 'readable_from'",
    );
    let cause = refused_untouched(&path);
    assert_eq!(
        cause.to_string(),
        "the journal has schema 7; this postcall reads up to 3"
    );
}

#[test]
fn a_place_where_nothing_can_be_made_is_said_and_nothing_is_left() {
    let (folder, _) = folder();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let cause = refused(&file.join("journal.db"));
    assert!(matches!(cause, Cause::NoAccess { .. }), "{cause}");
}

#[test]
fn the_log_of_a_journal_that_was_removed_does_not_spoil_a_new_one() {
    let (folder, path) = folder();
    let mut old = open(&path, MORNING);
    write(&mut old, "old", "");
    let log = fs::read(folder.path().join("journal.db-wal")).unwrap();
    drop(old);
    fs::remove_file(&path).unwrap();
    fs::write(folder.path().join("journal.db-wal"), &log).unwrap();
    let mut new = open(&path, MORNING);
    let warning = new.warning().unwrap();
    assert!(warning.contains("-wal.left-"), "{warning}");
    assert_eq!(found(&mut new, &Query::default()), [""; 0]);
    write(&mut new, "new", "");
    drop(new);
    assert_eq!(found(&mut open(&path, MORNING), &Query::default()), ["new"]);
    let kept = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().contains("-wal.left-"));
    assert_eq!(fs::read(kept.unwrap()).unwrap(), log);
}

#[test]
fn the_files_are_the_owners_alone() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let (folder, _) = folder();
        let path = folder.path().join("new/journal.db");
        let mut journal = open(&path, MORNING);
        let kept = draft(&mut journal, "x", "");
        journal.keep_draft(&kept).unwrap();
        write(&mut journal, "y", "");
        journal.backup_if_due().unwrap();
        let mut seen = Vec::new();
        let mut look = vec![path.parent().unwrap().to_owned()];
        while let Some(at) = look.pop() {
            let mode = fs::metadata(&at).unwrap().permissions().mode() & 0o777;
            assert_eq!(
                mode,
                if at.is_dir() { 0o700 } else { 0o600 },
                "{}",
                at.display()
            );
            if at.is_dir() {
                look.extend(
                    fs::read_dir(&at)
                        .unwrap()
                        .map(|entry| entry.unwrap().path()),
                );
            }
            seen.push(at);
        }
        // The folder, the journal, its log and index, the session, the backups and one in them.
        assert_eq!(seen.len(), 7, "{seen:?}");
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn a_journal_that_was_open_to_others_is_closed_with_all_that_belongs_to_it() {
    let (folder, path) = folder();
    journal_with_backup(&path);
    let backups = folder.path().join("backups");
    let log = folder.path().join("journal.db-wal");
    for (at, loose) in [(&path, 0o644), (&backups, 0o755)] {
        allow(at, loose);
    }
    let mut journal = open(&path, MORNING);
    write(&mut journal, "x", "");
    assert_eq!([mode(&path), mode(&log)], [0o600, 0o600]);
    allow(&log, 0o644);
    let mut second = open(&path, MORNING);
    assert_eq!(mode(&log), 0o600);
    second.back_up().unwrap();
    assert_eq!(mode(&backups), 0o700);
}

#[cfg(unix)]
#[test]
fn a_journal_that_could_only_be_read_for_a_while_can_be_written_again() {
    as_a_plain_user(
        "a_journal_that_could_only_be_read_for_a_while_can_be_written_again",
        || {
            let (_folder, path) = folder();
            journal_with_backup(&path);
            allow(&path, 0o444);
            can_only_be_read(&path);
            allow(&path, 0o600);
            let mut journal = open(&path, MORNING);
            assert_eq!(journal.warning(), None);
            write(&mut journal, "new", "");
            assert_eq!(found(&mut journal, &Query::default()), ["new", "kept"]);
        },
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_a_journal_leads_to_the_file_and_its_backups() {
    let (folder, path) = folder();
    journal_with_backup(&path);
    let linked = tempfile::tempdir().unwrap();
    let link = linked.path().join("link.db");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let mut journal = open(&link, MORNING);
    assert_eq!(journal.backups().unwrap().len(), 1);
    let half = draft(&mut journal, "half", "");
    journal.keep_draft(&half).unwrap();
    let mut beside = open(&path, MORNING);
    assert!(beside.offered_drafts().unwrap().is_empty());
    drop((journal, beside));
    let backup = Journal::open(&Place::File(link.clone()), options(MORNING))
        .unwrap()
        .backups()
        .unwrap()
        .remove(0);
    Journal::restore_backup(&link, &backup.path, None, options(MORNING).clock).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        found(&mut open(&path, MORNING), &Query::default()),
        ["kept"]
    );
    assert_eq!(fs::read_dir(linked.path()).unwrap().count(), 1);
    drop(folder);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_refused_and_stays() {
    let (folder, path) = folder();
    let link = folder.path().join("link.db");
    std::os::unix::fs::symlink(folder.path().join("gone.db"), &link).unwrap();
    let words = refused(&link).to_string();
    assert!(words.contains("it is a link"), "{words}");
    journal_with_backup(&path);
    let backup = open(&path, MORNING).backups().unwrap().remove(0).path;
    let clock = options(MORNING).clock;
    assert!(Journal::restore_backup(&link, &backup, None, clock).is_err());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(!folder.path().join("gone.db").exists());
}

/// Runs the named test of this file as a user who may not do everything.
#[cfg(unix)]
fn as_a_plain_user(name: &str, body: impl FnOnce()) {
    use std::os::unix::process::CommandExt;
    if !rustix::process::geteuid().is_root() {
        body();
        return;
    }
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            &format!("store::refusing::{name}"),
            "--nocapture",
        ])
        .uid(65534)
        .gid(65534)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[cfg(unix)]
fn allow(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Everything can be read, nothing written, and the draft is refused in words.
#[cfg(unix)]
fn can_only_be_read(path: &Path) {
    let mut journal = open(path, MORNING);
    assert_eq!(found(&mut journal, &Query::default()), ["kept"]);
    assert_eq!(journal.overview().unwrap().experiments.len(), 1);
    let warning = journal.warning().unwrap();
    assert!(warning.contains("read-only"), "{warning}");
    let new = draft(&mut journal, "new", "");
    for refused in [
        journal.save(&new).map(|_| ()),
        journal
            .backup_if_due()
            .map(|backup| assert_eq!(backup, None))
            .and(Ok(())),
    ] {
        if let Err(error) = refused {
            assert!(
                matches!(&error, JournalError::Store(e) if matches!(e.cause, Cause::ReadOnly)),
                "{error:?}"
            );
        }
    }
    assert!(journal.save(&new).is_err());
    assert!(journal.keep_draft(&new).is_err());
}

#[cfg(unix)]
#[test]
fn a_read_only_file_can_be_read_and_says_so() {
    as_a_plain_user("a_read_only_file_can_be_read_and_says_so", || {
        let (_folder, path) = folder();
        journal_with_backup(&path);
        allow(&path, 0o400);
        can_only_be_read(&path);
    });
}

#[cfg(unix)]
#[test]
fn a_journal_in_a_read_only_folder_can_be_read_and_says_so() {
    as_a_plain_user(
        "a_journal_in_a_read_only_folder_can_be_read_and_says_so",
        || {
            let (folder, path) = folder();
            journal_with_backup(&path);
            allow(folder.path(), 0o500);
            can_only_be_read(&path);
            allow(folder.path(), 0o700);
        },
    );
}

#[cfg(unix)]
#[test]
fn a_journal_of_schema_1_that_can_only_be_read_is_read_as_it_is() {
    as_a_plain_user(
        "a_journal_of_schema_1_that_can_only_be_read_is_read_as_it_is",
        || {
            let (folder, path) = folder();
            journal_with_backup(&path);
            set(&path, super::BACK_TO_SCHEMA_1);
            let backups = fs::read_dir(folder.path().join("backups")).unwrap().count();
            allow(&path, 0o400);
            let bytes = fs::read(&path).unwrap();
            can_only_be_read(&path);
            let mut journal = open(&path, MORNING);
            let today = journal.today();
            assert_eq!(journal.week(today).unwrap().loops.open_count, 1);
            for range in postcall::domain::trends::Range::ALL {
                assert!(journal.trends(range).is_ok());
            }
            assert_eq!(fs::read(&path).unwrap(), bytes);
            let after = fs::read_dir(folder.path().join("backups")).unwrap().count();
            assert_eq!(after, backups);
        },
    );
}

#[cfg(unix)]
#[test]
fn a_folder_in_which_nothing_can_be_made_is_named() {
    as_a_plain_user("a_folder_in_which_nothing_can_be_made_is_named", || {
        let (folder, path) = folder();
        allow(folder.path(), 0o500);
        let cause = refused(&path);
        assert!(
            matches!(&cause, Cause::NoAccess { path, .. } if path == folder.path()),
            "{cause}"
        );
        allow(folder.path(), 0o700);
    });
}
