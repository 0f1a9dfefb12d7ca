//! Every schema that was ever shipped opens at the present one with nothing lost.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;

use postcall::domain::competency::CompetencyId;
use postcall::domain::draft::Draft;
use postcall::domain::experiment::{FollowUp, Outcome};
use postcall::domain::prose::Prose;
use postcall::domain::query::Query;
use postcall::domain::reflection::{Energy, Role, Signal};
use postcall::domain::shift::ShiftKind;
use postcall::domain::tag::Tag;
use postcall::domain::template::TemplateId;
use postcall::journal::{Journal, MadeEntry};

use super::{MORNING, at, draft, folder, in_memory, open, words};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/schema-1.db")
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

/// Until there is a schema 2 the fixture has the schema of a new journal.
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
    assert_eq!(schema(&fixture()), schema(&path));
}

#[test]
fn a_journal_of_schema_1_opens_with_nothing_lost() {
    let (_folder, path) = folder();
    fs::copy(fixture(), &path).unwrap();
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
