//! Several instances on one journal, sessions that ended, and clocks that were set back.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Duration;

use postcall::domain::prose::Prose;
use postcall::domain::query::Query;
use postcall::domain::template::TemplateId;
use postcall::journal::{Journal, JournalError};

use super::{MORNING, draft, folder, found, open, words, write};

#[test]
fn two_instances_adding_at_once_lose_nothing_and_notice_each_other() {
    let (_folder, path) = folder();
    let mut here = open(&path, MORNING);
    assert!(!here.changed_elsewhere().unwrap());
    let there = std::thread::spawn({
        let path = path.clone();
        move || {
            let mut there = open(&path, MORNING);
            for n in 0..30 {
                write(&mut there, &format!("there {n}"), "If a, then b");
            }
        }
    });
    for n in 0..30 {
        write(&mut here, &format!("here {n}"), "If a, then b");
    }
    there.join().unwrap();
    assert_eq!(found(&mut here, &Query::default()).len(), 60);
    assert_eq!(found(&mut here, &words("there")).len(), 30);
    assert!(here.changed_elsewhere().unwrap());
    assert!(!here.changed_elsewhere().unwrap());
    assert!(here.examine().unwrap().is_sound());
}

#[test]
fn several_instances_can_make_the_same_journal_at_the_same_time() {
    let (_folder, path) = folder();
    let path = path.parent().unwrap().join("new folder/deep/journal.db");
    let threads: Vec<_> = (0..6)
        .map(|n| {
            let path = path.clone();
            std::thread::spawn(move || {
                write(&mut open(&path, MORNING), &format!("from {n}"), "");
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(found(&mut open(&path, MORNING), &words("from")).len(), 6);
    let names: Vec<_> = std::fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["journal.db"]);
}

const FIRST: &str = "POSTCALL_TEST_FIRST";

/// Not a test of its own: what each process does that the test below starts.
#[test]
fn open_for_the_first_time_and_write() {
    if let Some(path) = std::env::var_os(FIRST) {
        // All begin at once, with the end of the input that they share.
        std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
        write(&mut open(path.as_ref(), MORNING), "from a process", "");
    }
}

#[test]
fn what_many_processes_write_on_first_use_is_all_there() {
    for _ in 0..2 {
        let (folder, path) = folder();
        let (together, go) = std::io::pipe().unwrap();
        let processes: Vec<_> = (0..20)
            .map(|_| {
                Command::new(std::env::current_exe().unwrap())
                    .args([
                        "--exact",
                        "store::instances::open_for_the_first_time_and_write",
                    ])
                    .env(FIRST, &path)
                    .stdin(together.try_clone().unwrap())
                    .stdout(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        std::thread::sleep(Duration::from_millis(100));
        drop(go);
        for mut process in processes {
            assert!(process.wait().unwrap().success());
        }
        assert_eq!(
            found(&mut open(&path, MORNING), &Query::default()).len(),
            20
        );
        let names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names, ["journal.db"]);
    }
}

#[test]
fn a_stale_edit_is_refused_with_both_texts_kept() {
    let (_folder, path) = folder();
    let mut here = open(&path, MORNING);
    let id = write(&mut here, "first", "").entry.reflection.id;
    let mut mine = here.edit_draft(id).unwrap();
    let mut there = open(&path, MORNING);
    let mut theirs = there.edit_draft(id).unwrap();
    theirs.went_well = Prose::new("theirs");
    there.save(&theirs).unwrap();

    mine.went_well = Prose::new("mine");
    let refused = here.save(&mine);
    let Err(JournalError::Conflict { theirs }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(theirs.reflection.went_well.as_str(), "theirs");
    assert_eq!(found(&mut here, &Query::default()), ["theirs"]);
    let offered = here.offered_drafts().unwrap();
    assert_eq!(offered[0].draft.went_well.as_str(), "mine");
}

#[test]
fn an_undo_does_not_overwrite_what_another_instance_wrote() {
    let (_folder, path) = folder();
    let mut here = open(&path, MORNING);
    let id = write(&mut here, "first", "").entry.reflection.id;
    let mut change = here.edit_draft(id).unwrap();
    change.went_well = Prose::new("second");
    let undo = here.save(&change).unwrap().undo;
    let mut there = open(&path, MORNING);
    let mut change = there.edit_draft(id).unwrap();
    change.went_well = Prose::new("third");
    there.save(&change).unwrap();
    assert!(matches!(
        here.undo(undo),
        Err(JournalError::Conflict { .. })
    ));
    assert_eq!(found(&mut here, &Query::default()), ["third"]);
}

#[test]
fn the_draft_of_a_living_session_is_not_offered_and_that_of_a_dead_one_is() {
    let (_folder, path) = folder();
    let mut writing = open(&path, MORNING);
    let kept = draft(&mut writing, "half a tho", "");
    writing.keep_draft(&kept).unwrap();
    let mut other = open(&path, MORNING);
    assert!(other.offered_drafts().unwrap().is_empty());
    drop(writing);
    assert_eq!(other.offered_drafts().unwrap()[0].draft, kept);

    other.adopt_draft(kept.id).unwrap();
    let mut third = open(&path, MORNING);
    assert!(third.offered_drafts().unwrap().is_empty());
    other.save(&kept).unwrap();
    drop(other);
    assert!(third.offered_drafts().unwrap().is_empty());
    let left: Vec<_> = std::fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("session"))
        .collect();
    assert_eq!(left, [""; 0], "lock files are left behind");
}

#[test]
fn an_untouched_form_is_not_kept() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let mut new = draft(&mut journal, "x", "");
    journal.keep_draft(&new).unwrap();
    new.went_well = Prose::default();
    journal.keep_draft(&new).unwrap();
    assert!(journal.offered_drafts().unwrap().is_empty());
}

const KILLED: &str = "POSTCALL_TEST_KILLED";

/// What the process does that is killed below; nothing when it runs among the other tests.
#[test]
fn write_and_die() {
    if let Some(path) = std::env::var_os(KILLED) {
        let mut journal = open(path.as_ref(), MORNING);
        write(&mut journal, "acknowledged", "If a, then b");
        let half = draft(&mut journal, "half a tho", "");
        journal.keep_draft(&half).unwrap();
        std::process::abort();
    }
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_and_the_draft_is_offered() {
    let (_folder, path) = folder();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::instances::write_and_die"])
        .env(KILLED, &path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(!status.success());
    let mut journal = open(&path, MORNING);
    assert_eq!(found(&mut journal, &words("acknowl")), ["acknowledged"]);
    let offered = journal.overview().unwrap().drafts;
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].draft.went_well.as_str(), "half a tho");
    assert!(journal.examine().unwrap().is_sound());
}

#[test]
fn a_clock_set_back_reorders_nothing_and_last_is_still_the_last_written() {
    let (_folder, path) = folder();
    let mut said = Vec::new();
    for (time, text) in [
        ("2026-11-21T08:10:00+01:00", "morning"),
        ("2026-11-20T23:00:00+01:00", "set back"),
        ("2019-01-01T00:00:00+00:00", "far back"),
        ("2026-11-21T08:10:00+01:00", "same second"),
    ] {
        let mut journal: Journal = open(&path, time);
        let mut entry = journal.new_draft(&TemplateId::SHIFT).unwrap();
        entry.went_well = Prose::new(text);
        entry.shift_date = "2026-11-20".parse().unwrap();
        said.push(journal.save(&entry).unwrap().entry.reflection.id);
        let last = journal.last().unwrap().unwrap();
        assert_eq!(last.reflection.went_well.as_str(), text);
    }
    assert!(said.is_sorted(), "{said:?}");
    let mut journal = open(&path, MORNING);
    assert_eq!(
        found(&mut journal, &Query::default()),
        ["same second", "morning", "set back", "far back"]
    );
}
