//! Text that changed on the disk by itself is noticed, and spoils nothing but itself.

use std::fs;
use std::path::Path;

use postcall::domain::detail::Detail;
use postcall::domain::experiment::{Answer, Outcome};
use postcall::domain::query::Query;
use postcall::journal::{JournalError, Span};
use postcall::store::{Cause, StoreError};

use super::{MORNING, folder, found, open, words, write};

/// Turns one bit of the only place in the file where these bytes stand.
fn flip(path: &Path, bytes: &[u8], bit: u8) {
    let mut file = fs::read(path).unwrap();
    let places: Vec<usize> = (0..file.len().saturating_sub(bytes.len()))
        .filter(|at| file[*at..].starts_with(bytes))
        .collect();
    assert_eq!(places.len(), 1, "{places:?}");
    file[places[0] + bytes.len() / 2] ^= 1 << bit;
    fs::write(path, file).unwrap();
}

fn is_damaged<T>(outcome: &Result<T, JournalError>, short: &str) -> bool {
    matches!(
        outcome,
        Err(JournalError::Store(StoreError { cause: Cause::Damaged { id, .. }, .. })) if id == short
    )
}

#[test]
fn a_flipped_bit_is_noticed_and_the_list_is_still_readable() {
    for (text, bit) in [
        ("Asked the nurse before the plan", 0),
        ("Asked the nurse before the plan", 7),
        ("If the board is red, then I eat", 1),
        ("2026-11-21T08:10:00+01:00", 0),
    ] {
        let (_folder, path) = folder();
        let mut journal = open(&path, MORNING);
        let saved = write(
            &mut journal,
            "Asked the nurse before the plan",
            "If the board is red, then I eat",
        );
        let id = saved.entry.reflection.id;
        drop(journal);
        flip(&path, text.as_bytes(), bit);

        let mut journal = open(&path, "2026-11-22T08:10:00+01:00");
        write(&mut journal, "unharmed", "");
        let page = journal.page(&Query::default(), Span::Newest, 10).unwrap();
        let damaged: Vec<bool> = page.rows.iter().map(|row| row.damaged).collect();
        assert_eq!(damaged, [false, true], "{text} {bit}");
        assert_eq!(found(&mut journal, &words("unharmed")), ["unharmed"]);
        assert_eq!(journal.overview().unwrap().reflections_this_week, 2);

        let entry = journal.entry(id);
        assert!(is_damaged(&entry, &id.short()), "{entry:?}");
        let shown = entry.unwrap_err().to_string();
        assert!(
            !shown.contains("nurse") && shown.contains(&id.short()),
            "{shown}"
        );
        assert!(is_damaged(&journal.edit_draft(id), &id.short()));
        assert!(is_damaged(
            &journal.set_detail(id, Detail::Energy(None)),
            &id.short()
        ));
        assert_eq!(journal.examine().unwrap().damaged, [id]);

        let experiment = saved.entry.experiment.as_ref().unwrap().id;
        let helped = Answer::Outcome(Outcome::Helped);
        let answered = journal.answer(experiment, helped).unwrap().0;
        assert_eq!(answered.outcome, Outcome::Helped);
        journal.note_outcome(experiment, "in the end").unwrap();
        let shown = journal.page(&Query::default(), Span::Oldest, 1).unwrap();
        let noted = shown.rows[0].entry.experiment.as_ref().unwrap();
        assert_eq!(noted.outcome_note.as_str(), "in the end");
        journal.trash(id).unwrap();
        assert!(journal.trashed().unwrap()[0].damaged);
        journal.restore(id).unwrap();
        assert_eq!(journal.examine().unwrap().damaged, [id]);
    }
}

#[test]
fn a_changed_fact_or_word_is_noticed_and_a_counter_is_none_of_the_writers_words() {
    for (change, damaged) in [
        ("UPDATE reflection SET energy = 5", true),
        ("UPDATE reflection SET shared = 1", true),
        ("UPDATE reflection_tag SET tag = 'roundz'", true),
        ("DELETE FROM reflection_tag", true),
        ("UPDATE experiment SET due = '2027-01-01'", true),
        (
            "UPDATE experiment SET outcome = 'helped', outcome_date = '2026-12-01'",
            true,
        ),
        ("UPDATE reflection SET feedback_from = 'pharmacist'", true),
        (
            "UPDATE reflection SET revision = 9; UPDATE experiment SET revision = 9",
            false,
        ),
    ] {
        let (_folder, path) = folder();
        let mut journal = open(&path, MORNING);
        let id = write(&mut journal, "Calm #rounds", "If a, then b")
            .entry
            .reflection
            .id;
        drop(journal);
        let file = rusqlite::Connection::open(&path).unwrap();
        file.execute_batch(change).unwrap();
        drop(file);
        let mut journal = open(&path, MORNING);
        assert_eq!(
            is_damaged(&journal.entry(id), &id.short()),
            damaged,
            "{change}"
        );
        assert_eq!(
            journal.examine().unwrap().damaged.len(),
            usize::from(damaged),
            "{change}"
        );
    }
}
