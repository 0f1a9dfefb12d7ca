//! Changing the passphrase, and being killed at it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::*;
use crate::store::{Now, Store};

const CHILD: &str = "POSTCALL_TEST_CHANGES_PASSPHRASE_OF";

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap()
}

fn clock() -> Now {
    Box::new(now)
}

fn passphrase(words: &str) -> Passphrase {
    Passphrase::new(words.as_bytes().to_vec()).unwrap()
}

fn change<'a>(from: Option<&'a Passphrase>, to: Option<&'a Passphrase>) -> Change<'a> {
    Change {
        from,
        to,
        backups: OldBackups::Replace,
    }
}

/// A journal with so many rows, and one backup.
fn fill(path: &Path, rows: usize) {
    let mut store = Store::open(path, None, clock()).unwrap();
    store
        .write::<_, StoreError>("filling", |tables| {
            for row in 0..rows {
                tables.set_setting(&format!("row {row}"), &"what was written ".repeat(20))?;
            }
            Ok(())
        })
        .unwrap();
    drop(store);
    Backups::of(path).make(now()).unwrap();
}

/// How many of those rows are there.
fn rows(store: &Store) -> usize {
    let sql = "SELECT count(*) FROM setting WHERE key LIKE 'row %'";
    let count: i64 = store.conn.query_row(sql, [], |row| row.get(0)).unwrap();
    usize::try_from(count).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A journal of five reflections, in a folder that goes with it.
fn journal() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    fill(&path, 5);
    (folder, path)
}

/// Gives a journal its first passphrase and leaves its backups as they are.
fn keep_backups(path: &Path, first: &Passphrase) -> Changed {
    let kept = Change {
        backups: OldBackups::Keep,
        ..change(None, Some(first))
    };
    change_passphrase(path, kept, now()).unwrap()
}

#[test]
fn a_passphrase_is_set_changed_and_removed_and_nothing_is_left_of_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    fill(&path, 50);
    let (first, second) = (passphrase("first"), passphrase("second"));
    let steps = [
        (None, Some(&first)),
        (Some(&first), Some(&second)),
        (Some(&second), None),
    ];
    for (from, to) in steps {
        let changed = change_passphrase(&path, change(from, to), now()).unwrap();
        assert_eq!(changed.as_before, Vec::<PathBuf>::new());
        let plain = fs::read(&path).unwrap().starts_with(b"SQLite format 3\0");
        assert_eq!(plain, to.is_none());
        let store = Store::open(&path, to.cloned(), clock()).unwrap();
        assert_eq!(rows(&store), 50);
        assert_eq!(store.passphrase().as_ref(), to);
        drop(store);
        if let Some(from) = from {
            let refused = Store::open(&path, Some(from.clone()), clock());
            assert_eq!(refused.is_err(), to.is_some());
        }
        let backups = Backups::of(&path).list().unwrap();
        assert_eq!(backups.len(), 1);
        open::check(&backups[0].path, to).unwrap();
        assert_eq!(files(folder.path()), ["backups", "journal.db"]);
    }
}

#[test]
fn backups_can_be_kept_as_they_are_and_are_named() {
    let (_folder, path) = journal();
    let changed = keep_backups(&path, &passphrase("first"));
    let backups = Backups::of(&path).list().unwrap();
    assert_eq!(changed.as_before, [backups[0].path.clone()]);
    open::check(&backups[0].path, None).unwrap();
}

#[test]
fn backups_that_a_crash_kept_from_being_replaced_are_replaced_at_the_next_start() {
    let (_folder, path) = journal();
    let first = passphrase("first");
    keep_backups(&path, &first);
    let mut store = Store::open(&path, Some(first.clone()), clock()).unwrap();
    store
        .write::<_, StoreError>("noting", |tables| tables.set_setting(UNDONE, "yes"))
        .unwrap();
    drop(store);
    drop(Store::open(&path, Some(first.clone()), clock()).unwrap());
    let backups = Backups::of(&path).list().unwrap();
    assert_eq!(backups.len(), 1);
    open::check(&backups[0].path, Some(&first)).unwrap();
}

#[test]
fn a_copy_that_a_crash_left_goes_at_the_next_start_and_one_in_the_making_stays() {
    let (folder, path) = journal();
    let copy = Unfinished::changing(folder.path(), now()).unwrap();
    let turn = folder.path().join("journal.db.making");
    let held = platform::open_private_file(&turn).unwrap();
    held.lock().unwrap();
    drop(Store::open(&path, None, clock()).unwrap());
    assert!(copy.path().exists());
    drop(held);
    drop(Store::open(&path, None, clock()).unwrap());
    assert!(!copy.path().exists());
    fs::remove_file(turn).unwrap();
    let copy = Unfinished::changing(folder.path(), now()).unwrap();
    drop(Store::open(&path, None, clock()).unwrap());
    assert!(!copy.path().exists());
}

#[test]
fn a_wrong_passphrase_changes_nothing() {
    let (_folder, path) = journal();
    let (first, second) = (passphrase("first"), passphrase("second"));
    change_passphrase(&path, change(None, Some(&first)), now()).unwrap();
    let before = fs::read(&path).unwrap();
    let refused = change_passphrase(&path, change(Some(&second), None), now()).unwrap_err();
    assert!(matches!(refused.cause, Cause::WrongPassphrase { .. }));
    let refused = change_passphrase(&path, change(None, Some(&second)), now()).unwrap_err();
    assert!(matches!(refused.cause, Cause::Locked { .. }));
    assert_eq!(fs::read(&path).unwrap(), before);
}

/// Windows does not let a file that is open be replaced.
#[cfg(unix)]
#[test]
fn whoever_still_has_the_old_file_open_writes_nothing_into_it() {
    let folder = tempfile::tempdir().unwrap();
    // Without a log beside it nothing tells that the journal is open.
    let path = folder.path().join("Dropbox").join("journal.db");
    fill(&path, 5);
    let mut other = Store::open(&path, None, clock()).unwrap();
    let first = passphrase("first");
    change_passphrase(&path, change(None, Some(&first)), now()).unwrap();
    let refused = other
        .write::<_, StoreError>("saving", |tables| tables.set_setting("late", "words"))
        .unwrap_err();
    assert!(matches!(refused.cause, Cause::Replaced), "{refused}");
    assert!(other.changed_elsewhere().is_err());
    let store = Store::open(&path, Some(first), clock()).unwrap();
    assert_eq!(rows(&store), 5);
}

#[test]
fn a_journal_that_is_open_elsewhere_keeps_its_passphrase() {
    let (_folder, path) = journal();
    let mut other = Store::open(&path, None, clock()).unwrap();
    let first = passphrase("first");
    let refused = change_passphrase(&path, change(None, Some(&first)), now()).unwrap_err();
    assert!(matches!(refused.cause, Cause::Busy), "{refused}");
    other
        .write::<_, StoreError>("saving", |tables| tables.set_setting("row 5", "words"))
        .unwrap();
    assert_eq!(rows(&Store::open(&path, None, clock()).unwrap()), 6);
}

/// Is no test: the body of the process that [`a_kill_at_any_instant_leaves_a_whole_journal`] kills.
#[test]
fn changing_again_and_again() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let path = PathBuf::from(path);
    let (first, second) = (passphrase("first"), passphrase("second"));
    let known = [None, Some(&first), Some(&second)];
    let from = known
        .iter()
        .position(|from| open::check(&path, *from).is_ok());
    let mut from = from.unwrap();
    loop {
        let to = (from + 1) % known.len();
        change_passphrase(&path, change(known[from], known[to]), now()).unwrap();
        from = to;
    }
}

/// `POSTCALL_KILLS` says how often, 300 by default.
#[test]
fn a_kill_at_any_instant_leaves_a_whole_journal() {
    let kills = std::env::var("POSTCALL_KILLS").map_or(300, |kills| kills.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    fill(&path, 40);
    let (first, second) = (passphrase("first"), passphrase("second"));
    let known = [None, Some(&first), Some(&second)];
    let mut found = [0; 3];
    // A multiple of the golden ratio comes everywhere, and is the same in every run.
    let mut instant = 0_u64;
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::vault::tests::changing_again_and_again"])
            .env(CHILD, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        instant = (instant + 618_034) % 1_000_000;
        std::thread::sleep(Duration::from_micros(2_000 + instant / 8));
        // SIGKILL on Unix.
        child.kill().unwrap();
        child.wait().unwrap();
        let opens: Vec<usize> = (0..known.len())
            .filter(|which| Store::open(&path, known[*which].cloned(), clock()).is_ok())
            .collect();
        // A plain journal opens whatever passphrase is offered.
        let which = *opens
            .first()
            .unwrap_or_else(|| panic!("after kill {kill} none opens it"));
        let store = Store::open(&path, known[which].cloned(), clock()).unwrap();
        assert_eq!(rows(&store), 40, "after kill {kill}");
        let verdict: String = store
            .conn
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(verdict, "ok", "after kill {kill}");
        found[which] += 1;
    }
    assert!(found.iter().all(|times| *times > 0), "{found:?}");
    for backup in Backups::of(&path).list().unwrap() {
        let opens = known
            .iter()
            .any(|key| open::check(&backup.path, *key).is_ok());
        assert!(opens, "{}", backup.path.display());
    }
}
