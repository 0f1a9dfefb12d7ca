//! Every schema that was ever shipped opens at the present one with nothing lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Barrier;

use chrono::TimeDelta;
use rusqlite::types::Value;

use postcall::domain::competency::CompetencyId;
use postcall::domain::draft::Draft;
use postcall::domain::experiment::{FollowUp, Outcome};
use postcall::domain::prose::Prose;
use postcall::domain::query::Query;
use postcall::domain::reflection::{Energy, Role, Signal};
use postcall::domain::shift::ShiftKind;
use postcall::domain::tag::Tag;
use postcall::domain::template::TemplateId;
use postcall::journal::clock::Clock;
use postcall::journal::{Journal, MadeEntry, Options, Passphrase, Place};

use super::{
    BACK_TO_SCHEMA_1, MORNING, at, draft, folder, found, in_memory, open, options, words, write,
};

/// The newest schema there is a fixture of: the present one.
const NEWEST: u32 = 3;

/// What [`made`] makes, as the program wrote it that shipped this schema.
fn fixture(schema: u32) -> PathBuf {
    let name = format!("tests/it/fixtures/schema-{schema}.db");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// One entry of every outcome and kind of shift, with everything an entry can have.
fn made(journal: &mut Journal) -> Vec<MadeEntry> {
    let blank = Draft {
        shift: ShiftKind::Day,
        shift_date: "2026-11-01".parse().unwrap(),
        date_touched: true,
        rotation_touched: true,
        ..draft(journal, "", "")
    };
    let one = |n: usize, outcome: Outcome| {
        let shift_date = blank.shift_date + TimeDelta::days(n.try_into().unwrap());
        MadeEntry {
            draft: Draft {
                went_well: Prose::new(format!("Équipe {n} 👩‍👩‍👧\nשלום #rounds")),
                do_differently: Prose::new(format!("Less {outcome}")),
                try_next: Prose::new(format!("If {n}, then I ask")),
                note: Prose::new("a note"),
                shift: ShiftKind::ALL[n % 7],
                shift_date,
                rotation: "Medical ICU".to_owned(),
                template: TemplateId::new("change"),
                template_tags: vec![Tag::new("change").unwrap()],
                competencies: vec![CompetencyId::new("feedback"), CompetencyId::new("x:Y1")],
                energy: Energy::new(u8::try_from(n % 5).unwrap() + 1),
                signals: Signal::new("jaw").into_iter().collect(),
                feedback_from: Some(Role::Nurse),
                shared: n.is_multiple_of(2),
                ..blank.clone()
            },
            written_at: at(MORNING) + TimeDelta::hours(n.try_into().unwrap()),
            outcome,
            outcome_date: Some(shift_date),
            outcome_note: "it went".to_owned(),
            carried: 0,
            follow_up: Some(FollowUp::Habit),
            number: n.try_into().unwrap(),
        }
    };
    Outcome::ALL
        .into_iter()
        .enumerate()
        .map(|(n, outcome)| one(n, outcome))
        .collect()
}

/// Names the file that [`the_fixture_is_what_this_program_makes`] writes the fixture to.
const FIXTURE: &str = "POSTCALL_TEST_FIXTURE";

/// The statements a journal file is made of.
fn schema(path: &Path) -> Vec<String> {
    let journal = rusqlite::Connection::open(path).unwrap();
    let mut statements = journal
        .prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name")
        .unwrap();
    let all = statements.query_map([], |row| row.get(0)).unwrap();
    all.collect::<Result<_, _>>().unwrap()
}

/// Every row of every table, in words, those of the search index included; but not the months, which
/// hold nothing that is not in the reflections.
fn rows(path: &Path) -> BTreeMap<String, Vec<String>> {
    let journal = rusqlite::Connection::open(path).unwrap();
    let mut tables = journal
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name <> 'month'")
        .unwrap();
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let rows_of = |table: &str| -> Vec<String> {
        let mut statement = journal.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let values = (0..columns).map(|at| row.get::<_, Value>(at).unwrap());
            Ok(format!("{:?}", values.collect::<Vec<_>>()))
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    tables
        .map(Result::unwrap)
        .map(|table| (table.clone(), rows_of(&table)))
        .collect()
}

fn schema_of(path: &Path) -> u32 {
    let journal = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT user_version FROM pragma_user_version";
    journal.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn backups(path: &Path) -> Vec<PathBuf> {
    let folder = fs::read_dir(path.parent().unwrap().join("backups"));
    let entries = folder.into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// A new fixture is needed with every schema, and those of before stay as they are.
#[test]
fn the_fixture_is_what_this_program_makes() {
    let (_folder, temporary) = folder();
    let path = std::env::var_os(FIXTURE).map_or(temporary, PathBuf::from);
    let mut journal = open(&path, MORNING);
    let all = made(&mut journal);
    let ids = journal.insert_made(&all).unwrap();
    journal.trash(ids[6]).unwrap();
    let kept = draft(&mut journal, "half a tho", "");
    journal.keep_draft(&kept).unwrap();
    drop(journal);
    assert_eq!(schema(&fixture(NEWEST)), schema(&path));
    assert_eq!(schema_of(&fixture(NEWEST)), schema_of(&path));
}

#[test]
fn a_journal_of_every_schema_opens_with_nothing_lost() {
    for schema in 1..=NEWEST {
        opens_with_nothing_lost(schema);
    }
}

fn opens_with_nothing_lost(of: u32) {
    let (_folder, path) = folder();
    fs::copy(fixture(of), &path).unwrap();
    assert_eq!(schema_of(&path), of);
    drop(open(&path, MORNING));
    assert_eq!(rows(&path), rows(&fixture(of)));
    assert_eq!(schema(&path), schema(&fixture(NEWEST)));
    assert_eq!(schema_of(&path), NEWEST);
    let mut old = open(&path, MORNING);
    let mut new = in_memory(MORNING);
    let all = made(&mut new);
    let ids = new.insert_made(&all).unwrap();
    new.trash(ids[6]).unwrap();
    let everything = Query::default();
    assert_eq!(
        old.list(&everything, None).unwrap(),
        new.list(&everything, None).unwrap()
    );
    assert_eq!(old.trashed().unwrap(), new.trashed().unwrap());
    assert_eq!(old.list(&words("equipe rou"), None).unwrap().len(), 6);
    assert_eq!(
        old.offered_drafts().unwrap()[0].draft.went_well.as_str(),
        "half a tho"
    );
    let examined = old.examine().unwrap();
    assert!(examined.is_sound(), "{examined:?}");
    assert_eq!(examined.reflections, 7);
}

#[test]
fn a_journal_is_backed_up_as_it_was_before_its_schema_changes_and_only_then() {
    let (_folder, path) = folder();
    fs::copy(fixture(1), &path).unwrap();
    drop(open(&path, MORNING));
    let made = backups(&path);
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(schema_of(&made[0]), 1);
    assert_eq!(schema(&made[0]), schema(&fixture(1)));
    assert_eq!(rows(&made[0]), rows(&fixture(1)));
    drop(open(&path, MORNING));
    assert_eq!(backups(&path), made);
    // What was made before comes back as any backup does.
    let clock = Clock::Fixed(at(MORNING));
    Journal::restore_backup(&path, &made[0], None, clock).unwrap();
    drop(open(&path, MORNING));
    assert_eq!(rows(&path), rows(&fixture(1)));
    assert_eq!(schema_of(&path), NEWEST);
}

#[test]
fn a_journal_whose_backup_cannot_be_made_stays_as_it_was() {
    let (folder, path) = folder();
    fs::copy(fixture(1), &path).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::write(folder.path().join("backups"), "in the way").unwrap();
    assert!(Journal::open(&Place::File(path.clone()), options(MORNING)).is_err());
    assert_eq!(fs::read(&path).unwrap(), bytes);
}

#[test]
fn of_many_that_open_an_old_journal_at_once_one_changes_its_schema() {
    for _ in 0..4 {
        let (_folder, path) = folder();
        fs::copy(fixture(1), &path).unwrap();
        let together = Barrier::new(6);
        std::thread::scope(|scope| {
            for n in 0..6 {
                let (path, together) = (&path, &together);
                scope.spawn(move || {
                    together.wait();
                    write(&mut open(path, MORNING), &format!("from {n}"), "");
                });
            }
        });
        let mut journal = open(&path, MORNING);
        assert_eq!(found(&mut journal, &words("from")).len(), 6);
        assert_eq!(journal.examine().unwrap().reflections, 13);
        drop(journal);
        assert_eq!(schema(&path), schema(&fixture(NEWEST)));
        let made = backups(&path);
        assert_eq!(made.len(), 1, "{made:?}");
        assert_eq!(rows(&made[0]), rows(&fixture(1)));
    }
}

/// Makes the journal of this passphrase one of schema 1 again.
fn back_to_schema_1(path: &Path, passphrase: &str) {
    let journal = rusqlite::Connection::open(path).unwrap();
    journal
        .execute_batch(&format!(
            "PRAGMA cipher = 'sqlcipher'; PRAGMA legacy = 4; PRAGMA key = '{passphrase}';
             {BACK_TO_SCHEMA_1}"
        ))
        .unwrap();
}

#[test]
fn an_encrypted_journal_changes_its_schema_and_its_backup_is_encrypted_too() {
    let (_folder, path) = folder();
    let mine = "four words of mine";
    let place = Place::File(path.clone());
    let unlocked = || Options {
        passphrase: Some(Passphrase::new(mine.as_bytes().to_vec()).unwrap()),
        ..options(MORNING)
    };
    write(
        &mut Journal::open(&place, unlocked()).unwrap(),
        "marmalade",
        "If a, then b",
    );
    back_to_schema_1(&path, mine);
    let mut journal = Journal::open(&place, unlocked()).unwrap();
    assert_eq!(found(&mut journal, &words("marmalade")), ["marmalade"]);
    assert!(journal.examine().unwrap().is_sound());
    drop(journal);
    let made = backups(&path);
    assert_eq!(made.len(), 1, "{made:?}");
    for file in [&path, &made[0]] {
        let bytes = fs::read(file).unwrap();
        assert!(!bytes.starts_with(b"SQLite format 3"));
        let is_readable = bytes.windows(9).any(|window| window == b"marmalade");
        assert!(!is_readable, "{}", file.display());
    }
    let backup = Place::File(made[0].clone());
    let mut journal = Journal::open(&backup, unlocked()).unwrap();
    assert_eq!(found(&mut journal, &words("")), ["marmalade"]);
}

#[test]
fn the_same_made_entries_give_the_same_journal() {
    let lists: Vec<_> = (0..2)
        .map(|_| {
            let mut journal = in_memory(MORNING);
            let all = made(&mut journal);
            journal.insert_made(&all).unwrap();
            journal.list(&Query::default(), None).unwrap()
        })
        .collect();
    assert_eq!(lists[0], lists[1]);
    assert_eq!(lists[0].len(), 7);
}
