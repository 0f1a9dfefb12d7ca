//! What is kept of whole months: it says what the reflections say, and goes with them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, Weekday};
use proptest::prelude::*;
use proptest::sample::Index;
use rusqlite::Connection;

use postcall::domain::competency::CompetencyId;
use postcall::domain::detail::Detail;
use postcall::domain::experiment::{Answer, Outcome};
use postcall::domain::id::ReflectionId;
use postcall::domain::prose::Prose;
use postcall::domain::query::Query;
use postcall::domain::reflection::Energy;
use postcall::domain::shift::ShiftKind;
use postcall::domain::trends::{Range, Trends};
use postcall::journal::{Journal, JournalError, Options, Place, Undo};

use super::figures::{Made, Recount, check_trends, check_week, insert, journal_at, made};
use super::{MORNING, draft, folder, open, options, write};

/// Long enough that both sides of a comparison of words are comparable.
const MANY: usize = 40;

#[derive(Debug, Clone)]
enum Deed {
    Look(usize),
    Edit(Index),
    Move(Index, u16),
    Plan(Index, bool),
    Energy(Index),
    Competencies(Index),
    Answer(Index, usize),
    Reword(Index),
    Trash(Index),
    Restore(Index),
    EmptyTrash,
    Log(u16, bool),
    Import(Made),
    Undo,
}

fn deed() -> impl Strategy<Value = Deed> {
    let which = any::<Index>;
    prop_oneof![
        4 => (0..Range::ALL.len()).prop_map(Deed::Look),
        1 => which().prop_map(Deed::Edit),
        1 => (which(), 0..800_u16).prop_map(|(which, days)| Deed::Move(which, days)),
        1 => (which(), any::<bool>()).prop_map(|(which, plans)| Deed::Plan(which, plans)),
        1 => which().prop_map(Deed::Energy),
        1 => which().prop_map(Deed::Competencies),
        1 => (which(), 1..Outcome::ALL.len()).prop_map(|(which, at)| Deed::Answer(which, at)),
        1 => which().prop_map(Deed::Reword),
        1 => which().prop_map(Deed::Trash),
        1 => which().prop_map(Deed::Restore),
        1 => Just(Deed::EmptyTrash),
        1 => (0..200_u16, any::<bool>()).prop_map(|(days, worked)| Deed::Log(days, worked)),
        1 => made().prop_map(Deed::Import),
        2 => Just(Deed::Undo),
    ]
}

/// A journal with everything there ever was in it.
struct Desk {
    journal: Journal,
    written: Vec<ReflectionId>,
    undos: Vec<Undo>,
    logged: BTreeSet<(NaiveDate, ShiftKind)>,
    imported: u64,
}

impl Desk {
    fn done(&mut self, deed: &Deed) -> Result<(), JournalError> {
        let journal = &mut self.journal;
        let today = journal.today();
        let pick = |which: &Index| *which.get(&self.written);
        let undo = match deed {
            Deed::Look(range) => return journal.trends(Range::ALL[*range]).map(|_| ()),
            Deed::Edit(which) => {
                let mut change = journal.edit_draft(pick(which))?;
                change.went_well = Prose::new("Good. Of sandwiches. #other");
                journal.save(&change)?.undo
            }
            Deed::Move(which, days_ago) => {
                let mut change = journal.edit_draft(pick(which))?;
                change.shift_date = today - Days::new((*days_ago).into());
                journal.save(&change)?.undo
            }
            Deed::Plan(which, plans) => {
                let mut change = journal.edit_draft(pick(which))?;
                change.try_next = Prose::new(if *plans { "If other, then plan" } else { "" });
                journal.save(&change)?.undo
            }
            Deed::Energy(which) => {
                return journal
                    .set_detail(pick(which), Detail::Energy(Energy::new(1)))
                    .map(|_| ());
            }
            Deed::Competencies(which) => {
                let team = [CompetencyId::new("team")];
                return journal
                    .set_detail(pick(which), Detail::Competencies(team.to_vec()))
                    .map(|_| ());
            }
            Deed::Answer(which, outcome) => {
                let Some(experiment) = journal.entry(pick(which))?.experiment else {
                    return Ok(());
                };
                let answer = Answer::Outcome(Outcome::ALL[*outcome]);
                journal.answer(experiment.id, answer)?.1
            }
            Deed::Reword(which) => {
                let Some(former) = journal.entry(pick(which))?.experiment else {
                    return Ok(());
                };
                let mut anew = draft(journal, "Good. Worded anew.", "If other, then another");
                anew.follows = Some(former.id);
                anew.shift_date = today - Days::new(35);
                journal.save(&anew)?.undo
            }
            Deed::Trash(which) => journal.trash(pick(which))?,
            Deed::Restore(which) => journal.restore(pick(which))?,
            Deed::EmptyTrash => return journal.empty_trash().map(|_| ()),
            Deed::Log(days_ago, worked) => {
                let shift = (today - Days::new((*days_ago).into()), ShiftKind::Night);
                journal.log_shift(shift.0, shift.1, *worked)?;
                if *worked {
                    self.logged.insert(shift);
                } else {
                    self.logged.remove(&shift);
                }
                return Ok(());
            }
            Deed::Import(made) => {
                self.imported += 1;
                insert(journal, 1_000 + self.imported, std::slice::from_ref(made));
                return Ok(());
            }
            Deed::Undo => match self.undos.pop() {
                Some(undo) => return journal.undo(undo).map(|_| ()),
                None => return Ok(()),
            },
        };
        self.undos.push(undo);
        Ok(())
    }
}

/// How many rows are kept of months.
fn kept(path: &Path) -> u32 {
    let journal = Connection::open(path).unwrap();
    let count = journal.query_row("SELECT count(*) FROM month", [], |row| row.get(0));
    count.unwrap()
}

/// The trends of a copy of this journal of which nothing is kept.
fn counted_anew(journal: &mut Journal, copy: &Path, options: Options) -> Vec<Trends> {
    journal.backup_to(copy).unwrap();
    let file = Connection::open(copy).unwrap();
    file.execute_batch("DELETE FROM month").unwrap();
    drop(file);
    let mut copy = Journal::open(&Place::File(copy.to_owned()), options).unwrap();
    Range::ALL
        .into_iter()
        .map(|range| copy.trends(range).unwrap())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_of_months_says_what_a_person_would_count_whatever_changes(
        all in prop::collection::vec(made(), MANY..MANY + 20),
        deeds in prop::collection::vec(deed(), 1..40),
        academic_year_starts in 1..=12_u32,
    ) {
        let (folder, path) = folder();
        let journal = journal_at(&Place::File(path.clone()), &all, Weekday::Mon, academic_year_starts);
        let mut desk = Desk {
            journal,
            written: Vec::new(),
            undos: Vec::new(),
            logged: BTreeSet::new(),
            imported: 0,
        };
        let everything = desk.journal.list(&Query::default(), None).unwrap();
        desk.written = everything.iter().map(|entry| entry.reflection.id).collect();
        prop_assume!(!desk.written.is_empty());
        for range in Range::ALL {
            desk.journal.trends(range).unwrap();
        }
        prop_assert!(kept(&path) > 0);
        for deed in &deeds {
            // What cannot be done changes nothing.
            let _ = desk.done(deed);
        }
        let recount = Recount::of(&mut desk.journal, desk.logged.clone());
        let mut options = options("2026-10-25T02:30:00+01:00");
        options.rules.week_starts = Weekday::Mon;
        options.rules.academic_year_starts = academic_year_starts;
        let anew = counted_anew(&mut desk.journal, &folder.path().join("copy.db"), options);
        for (range, anew) in Range::ALL.into_iter().zip(anew) {
            let trends = desk.journal.trends(range).unwrap();
            check_trends(&trends, &recount, &mut desk.journal);
            prop_assert_eq!(&trends, &anew);
            prop_assert_eq!(&desk.journal.trends(range).unwrap(), &anew);
        }
        let today = desk.journal.today();
        for weeks_ago in [0, 1, 3] {
            let review = desk.journal.week(today - Days::new(7 * weeks_ago)).unwrap();
            check_week(&review, &recount, &mut desk.journal);
        }
    }
}

/// Ten reflections of last month that say "marmalade" and one of today, which is written first.
fn last_month(journal: &mut Journal) -> Vec<ReflectionId> {
    let today = journal.today();
    (0..11)
        .map(|n| {
            let mut draft = draft(journal, "About marmalades", "If marmalade, then toast");
            draft.shift_date = if n == 0 {
                today
            } else {
                today - Days::new(30 + n)
            };
            journal.save(&draft).unwrap().entry.reflection.id
        })
        .collect()
}

/// Whether any file of the folder has these bytes.
fn stands_in_a_file(folder: &Path, word: &str) -> bool {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read(&path)
                .unwrap()
                .to_ascii_lowercase()
                .windows(word.len())
                .any(|window| window == word.as_bytes())
            {
                return true;
            }
        }
    }
    false
}

#[test]
fn no_word_of_what_was_deleted_for_good_is_left_in_what_is_kept_of_its_month() {
    let (folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let all = last_month(&mut journal);
    journal.trends(Range::Year).unwrap();
    assert!(kept(&path) > 0);
    assert!(stands_in_a_file(folder.path(), "marmalad"));
    for id in &all {
        journal.trash(*id).unwrap();
    }
    journal.trends(Range::Year).unwrap();
    journal.empty_trash().unwrap();
    drop(journal);
    assert!(!stands_in_a_file(folder.path(), "marmalad"));
}

#[test]
fn a_month_that_is_over_is_kept_until_something_in_it_changes_and_the_present_one_never() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let all = last_month(&mut journal);
    let months = || -> Vec<String> {
        let file = Connection::open(&path).unwrap();
        let mut months = file
            .prepare("SELECT DISTINCT month FROM month WHERE month > '2026-08'")
            .unwrap();
        let months = months.query_map([], |row| row.get(0)).unwrap();
        months.map(Result::unwrap).collect()
    };
    journal.trends(Range::Year).unwrap();
    // Of September, which is empty, nothing.
    assert_eq!(months(), ["2026-10"]);
    let energy = |energy| Detail::Energy(Energy::new(energy));
    journal.set_detail(all[0], energy(2)).unwrap();
    assert_eq!(months(), ["2026-10"]);
    journal.set_detail(all[1], energy(2)).unwrap();
    assert_eq!(months(), [""; 0]);
    journal.trends(Range::Year).unwrap();
    let mut moved = journal.edit_draft(all[0]).unwrap();
    moved.shift_date = "2026-09-03".parse().unwrap();
    journal.save(&moved).unwrap();
    assert_eq!(months(), ["2026-10"]);
    journal.trends(Range::Year).unwrap();
    assert_eq!(months(), ["2026-09", "2026-10"]);
    journal.set_detail(all[0], energy(3)).unwrap();
    assert_eq!(months(), ["2026-10"]);
}

#[test]
fn whoever_changes_what_a_month_counts_takes_away_what_is_kept_of_it() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    last_month(&mut journal);
    let tool = Connection::open(&path).unwrap();
    let october = "SELECT count(*) FROM month WHERE month = '2026-10'";
    for change in [
        "UPDATE experiment SET text = 'another' WHERE reflection = (SELECT min(seq) FROM reflection)",
        "CREATE TEMP TABLE aside AS SELECT * FROM experiment; DELETE FROM experiment",
        "INSERT INTO experiment SELECT * FROM aside WHERE reflection = (SELECT min(seq) FROM reflection)",
        "UPDATE reflection SET note = 'another' WHERE seq = (SELECT min(seq) FROM reflection)",
        "CREATE TEMP TABLE one AS SELECT * FROM reflection ORDER BY seq LIMIT 1;
         DELETE FROM reflection WHERE seq = (SELECT min(seq) FROM reflection)",
        "INSERT INTO reflection SELECT * FROM one",
    ] {
        journal.trends(Range::Year).unwrap();
        let kept: u32 = tool.query_row(october, [], |row| row.get(0)).unwrap();
        assert!(kept > 0, "before {change}");
        tool.execute_batch(change).unwrap();
        let kept: u32 = tool.query_row(october, [], |row| row.get(0)).unwrap();
        assert_eq!(kept, 0, "after {change}");
    }
}

#[test]
fn where_another_program_writes_nobody_waits_and_nothing_is_kept() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    last_month(&mut journal);
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let begun = Instant::now();
    let meanwhile = journal.trends(Range::Year).unwrap();
    assert!(
        begun.elapsed() < Duration::from_secs(4),
        "less than a write waits"
    );
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(kept(&path), 0);
    assert_eq!(journal.trends(Range::Year).unwrap(), meanwhile);
    assert!(kept(&path) > 0);
    assert_eq!(journal.trends(Range::Year).unwrap(), meanwhile);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let done = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        other.execute_batch("ROLLBACK").unwrap();
    });
    write(&mut journal, "a write waits as it did before", "");
    done.join().unwrap();
}

#[test]
fn what_is_kept_counts_only_where_it_is_sound_and_counted_by_these_rules() {
    for spoil in [
        "UPDATE month SET counts = x'00'",
        "UPDATE month SET counts = CAST(substr(counts, 1, 3) || x'7e' || substr(counts, 5) AS BLOB)",
        "UPDATE month SET counts = x'', counted_by = 'other rules'",
    ] {
        let (_folder, path) = folder();
        let mut journal = open(&path, MORNING);
        last_month(&mut journal);
        let before = journal.trends(Range::Year).unwrap();
        Connection::open(&path)
            .unwrap()
            .execute_batch(spoil)
            .unwrap();
        assert_eq!(journal.trends(Range::Year).unwrap(), before, "{spoil}");
        assert_eq!(journal.trends(Range::Year).unwrap(), before, "{spoil}");
    }
}
