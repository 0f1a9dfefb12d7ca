//! What is saved comes back as it was, in the journal's order.

use postcall::domain::experiment::{Answer, Outcome};
use postcall::domain::query::Query;
use postcall::journal::{Position, Row, Span};

use super::{MORNING, draft, folder, found, in_memory, open, words, write};

#[test]
fn a_saved_reflection_is_there_when_the_journal_is_opened_again() {
    let (_folder, path) = folder();
    let saved = write(
        &mut open(&path, MORNING),
        "Asked the nurse first",
        "If a, then b",
    );
    let mut again = open(&path, MORNING);
    let id = saved.entry.reflection.id;
    assert_eq!(again.entry(id).unwrap(), saved.entry);
    assert_eq!(again.last().unwrap(), Some(saved.entry));
    assert_eq!(found(&mut again, &words("nur")), ["Asked the nurse first"]);
    assert_eq!(again.warning(), None);
}

#[test]
fn every_kind_of_text_survives() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    for text in [
        "one\ntwo\n",
        "👩‍👩‍👧 and 🏳️‍🌈",
        "שלום עולם",
        "e\u{301}quipe \u{202e}x",
        "\u{1b}[31m\t\"quoted\" 'single' -- ; DROP TABLE",
    ] {
        let saved = write(&mut journal, text, text);
        let entry = journal.entry(saved.entry.reflection.id).unwrap();
        assert_eq!(entry, saved.entry);
        assert_eq!(entry.reflection.went_well.as_str(), text);
        assert_eq!(entry.experiment.unwrap().text.as_str(), text);
    }
    let saved = write(&mut journal, "line\r\nline\rline", "");
    assert_eq!(
        saved.entry.reflection.went_well.as_str(),
        "line\nline\nline"
    );
}

#[test]
fn a_window_of_the_list_knows_what_lies_beyond_it() {
    let mut journal = in_memory(MORNING);
    for n in 0..10 {
        write(&mut journal, &format!("entry {n}"), "");
    }
    let all = Query::default();
    let texts = |rows: &[Row]| -> Vec<String> {
        rows.iter()
            .map(|row| row.entry.reflection.went_well.to_string())
            .collect()
    };
    let newest = journal.page(&all, Span::Newest, 3).unwrap();
    assert_eq!(texts(&newest.rows), ["entry 9", "entry 8", "entry 7"]);
    assert!(!newest.more_newer && newest.more_older);
    let last: Position = newest.rows[2].position;
    let next = journal.page(&all, Span::OlderThan(last), 3).unwrap();
    assert_eq!(texts(&next.rows), ["entry 6", "entry 5", "entry 4"]);
    assert!(next.more_newer && next.more_older);
    let back = journal
        .page(&all, Span::NewerThan(next.rows[0].position), 3)
        .unwrap();
    assert_eq!(back.rows, newest.rows);
    assert!(!back.more_newer && back.more_older);
    let oldest = journal.page(&all, Span::Oldest, 4).unwrap();
    assert_eq!(
        texts(&oldest.rows),
        ["entry 3", "entry 2", "entry 1", "entry 0"]
    );
    assert!(oldest.more_newer && !oldest.more_older);
    let around = journal
        .page(&all, Span::Around(oldest.rows[3].position), 4)
        .unwrap();
    assert_eq!(around, oldest);
    let around = journal.page(&all, Span::Around(last), 5).unwrap();
    assert_eq!(
        texts(&around.rows),
        ["entry 9", "entry 8", "entry 7", "entry 6", "entry 5"]
    );
    let around = journal
        .page(&all, Span::Around(next.rows[1].position), 3)
        .unwrap();
    assert_eq!(texts(&around.rows), ["entry 6", "entry 5", "entry 4"]);
    assert!(around.more_newer && around.more_older);
}

#[test]
fn the_trash_takes_the_experiment_along_and_undo_brings_both_back() {
    let mut journal = in_memory(MORNING);
    let saved = write(
        &mut journal,
        "Kept calm",
        "If my jaw clenches, then I breathe",
    );
    let id = saved.entry.reflection.id;
    let undo = journal.trash(id).unwrap();
    assert!(found(&mut journal, &words("calm")).is_empty());
    assert!(found(&mut journal, &Query::default()).is_empty());
    assert!(journal.open_experiments().unwrap().is_empty());
    assert_eq!(journal.trashed().unwrap().len(), 1);
    let undone = journal.undo(undo).unwrap();
    assert_eq!(
        undone.sentence,
        "Took the reflection of Fri 20 Nov out of the trash."
    );
    assert_eq!(found(&mut journal, &words("jaw")), ["Kept calm"]);
    assert_eq!(journal.open_experiments().unwrap().len(), 1);
}

#[test]
fn an_answer_can_be_replaced_and_taken_back() {
    let mut journal = in_memory(MORNING);
    let saved = write(&mut journal, "", "If a, then b");
    let id = saved.entry.experiment.unwrap().id;
    let (helped, undo) = journal
        .answer(id, Answer::Outcome(Outcome::Helped))
        .unwrap();
    assert_eq!(helped.outcome, Outcome::Helped);
    assert!(journal.open_experiments().unwrap().is_empty());
    journal.undo(undo).unwrap();
    assert_eq!(journal.experiment(id).unwrap().outcome, Outcome::Open);
    assert_eq!(journal.open_experiments().unwrap().len(), 1);
}

#[test]
fn a_draft_left_behind_is_offered_and_saving_removes_it() {
    let mut journal = in_memory(MORNING);
    let draft = draft(&mut journal, "half a tho", "");
    journal.keep_draft(&draft).unwrap();
    let offered = journal.offered_drafts().unwrap();
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].draft, draft);
    journal.save(&draft).unwrap();
    assert!(journal.offered_drafts().unwrap().is_empty());
    let overview = journal.overview().unwrap();
    assert_eq!(overview.reflections_this_week, 1);
    assert_eq!(overview.days_since_last, Some(1));
}

#[test]
fn what_is_deleted_for_good_is_noted_without_its_text() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let saved = write(&mut journal, "gone", "If a, then b").entry;
    journal.trash(saved.reflection.id).unwrap();
    journal.empty_trash().unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    let noted = |id: &[u8], kind: &str| -> i64 {
        let sql = "SELECT count(*) FROM deleted WHERE id = ?1 AND kind = ?2";
        file.query_row(sql, rusqlite::params![id, kind], |row| row.get(0))
            .unwrap()
    };
    let experiment = saved.experiment.unwrap().id;
    assert_eq!(
        noted(saved.reflection.id.uuid().as_bytes(), "reflection"),
        1
    );
    assert_eq!(noted(experiment.uuid().as_bytes(), "experiment"), 1);
}
