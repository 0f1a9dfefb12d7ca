//! Experiments over their whole life: due, answered, carried, reworded, asked about again.

use postcall::domain::draft::Due;
use postcall::domain::experiment::{Answer, AnswerError, FollowUp, Outcome};
use postcall::domain::id::ExperimentId;
use postcall::domain::prose::Prose;
use postcall::journal::{Asked, Journal, JournalError};

use super::{MORNING, draft, folder, found, in_memory, open, words, write};

fn texts(asked: &[Asked]) -> Vec<&str> {
    asked
        .iter()
        .map(|asked| asked.experiment.text.as_str())
        .collect()
}

fn plan(journal: &mut Journal, text: &str, due: Due) {
    let mut new = draft(journal, "", text);
    new.due = due;
    journal.save(&new).unwrap();
}

/// An experiment that was just begun.
fn begin(journal: &mut Journal, well: &str, next: &str) -> ExperimentId {
    write(journal, well, next).entry.experiment.unwrap().id
}

#[test]
fn due_ones_are_asked_oldest_first_and_those_without_a_date_come_last() {
    let mut journal = in_memory(MORNING);
    plan(&mut journal, "never", Due::Never);
    plan(&mut journal, "later", Due::After(7));
    plan(&mut journal, "today", Due::After(1));
    plan(&mut journal, "yesterday", Due::After(0));
    assert_eq!(texts(&journal.due().unwrap()), ["yesterday", "today"]);
    let all = ["yesterday", "today", "later", "never"];
    assert_eq!(texts(&journal.open_experiments().unwrap()), all);
    assert_eq!(texts(&journal.overview().unwrap().experiments), all);
}

#[test]
fn what_helped_is_asked_about_once_more_after_thirty_days() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let id = begin(&mut journal, "", "If a, then b");
    journal
        .answer(id, Answer::Outcome(Outcome::Helped))
        .unwrap();
    let mut early = open(&path, "2026-12-20T12:00:00+01:00");
    assert!(early.due().unwrap().is_empty());
    let mut then = open(&path, "2026-12-21T12:00:00+01:00");
    let asked = then.due().unwrap();
    assert!(asked[0].follow_up, "{asked:?}");
    then.answer(id, Answer::FollowUp(FollowUp::Habit)).unwrap();
    assert!(then.due().unwrap().is_empty());
    assert!(then.overview().unwrap().experiments.is_empty());
}

#[test]
fn carrying_moves_the_same_row_and_an_answer_that_does_not_fit_changes_nothing() {
    let mut journal = in_memory(MORNING);
    let id = begin(&mut journal, "", "If a, then b");
    let (carried, undo) = journal.answer(id, Answer::Carry).unwrap();
    assert_eq!(carried.due, Some("2026-12-04".parse().unwrap()));
    assert_eq!(carried.carried, 1);
    journal.undo(undo).unwrap();
    assert_eq!(journal.experiment(id).unwrap().carried, 0);
    let refused = journal.answer(id, Answer::FollowUp(FollowUp::Habit));
    assert!(matches!(
        refused,
        Err(JournalError::Answer(AnswerError::NotHelped(Outcome::Open)))
    ));
}

#[test]
fn rewording_drops_the_open_one_and_undo_opens_it_again() {
    let mut journal = in_memory(MORNING);
    let first = begin(&mut journal, "", "If a, then b");
    let mut reworded = draft(&mut journal, "", "If a, then c");
    reworded.follows = Some(first);
    let saved = journal.save(&reworded).unwrap();
    assert_eq!(
        saved.entry.experiment.as_ref().unwrap().follows,
        Some(first)
    );
    assert_eq!(journal.experiment(first).unwrap().outcome, Outcome::Dropped);
    journal.undo(saved.undo).unwrap();
    assert_eq!(journal.experiment(first).unwrap().outcome, Outcome::Open);
    assert_eq!(
        texts(&journal.open_experiments().unwrap()),
        ["If a, then b"]
    );

    let again = journal.new_draft(&reworded.template).unwrap();
    let again = postcall::domain::draft::Draft {
        id: again.id,
        ..reworded
    };
    let second = journal.save(&again).unwrap().entry.experiment.unwrap();
    assert_eq!(second.follows, Some(first));
}

#[test]
fn a_plan_reworded_twice_from_the_same_wording_is_one_chain_and_open_once() {
    let mut journal = in_memory(MORNING);
    let first = begin(&mut journal, "", "If a, then b");
    let mut followers = Vec::new();
    for text in ["If a, then c", "If a, then d"] {
        let mut reworded = draft(&mut journal, "", text);
        reworded.follows = Some(first);
        followers.push(journal.save(&reworded).unwrap().entry);
    }
    let follows = |at: usize| followers[at].experiment.as_ref().unwrap().follows;
    let newest = followers[0].experiment.as_ref().unwrap().id;
    assert_eq!((follows(0), follows(1)), (Some(first), Some(newest)));
    let open = journal.open_experiments().unwrap();
    assert_eq!(texts(&open), ["If a, then d"]);

    // The place is free while the follower is in the trash, and taken when it comes back.
    journal.trash(followers[0].reflection.id).unwrap();
    let mut reworded = draft(&mut journal, "", "If a, then e");
    reworded.follows = Some(first);
    let third = journal.save(&reworded).unwrap().entry;
    assert_eq!(third.experiment.unwrap().follows, Some(first));
    journal.restore(followers[0].reflection.id).unwrap();
    let back = journal.entry(followers[0].reflection.id).unwrap();
    assert_eq!(back.experiment.unwrap().follows, None);
}

#[test]
fn editing_keeps_the_answer_and_emptying_try_next_removes_it_until_undone() {
    let mut journal = in_memory(MORNING);
    let saved = write(&mut journal, "well", "If a, then b").entry;
    let id = saved.experiment.unwrap().id;
    journal.answer(id, Answer::Outcome(Outcome::Mixed)).unwrap();
    let mut change = journal.edit_draft(saved.reflection.id).unwrap();
    change.try_next = Prose::new("If a, then bb");
    let changed = journal.save(&change).unwrap().entry.experiment.unwrap();
    assert_eq!((changed.id, changed.outcome), (id, Outcome::Mixed));

    let mut change = journal.edit_draft(saved.reflection.id).unwrap();
    change.try_next = Prose::default();
    let emptied = journal.save(&change).unwrap();
    assert_eq!(emptied.entry.experiment, None);
    journal.undo(emptied.undo).unwrap();
    let back = journal.experiment(id).unwrap();
    assert_eq!((back.outcome, back.text), (Outcome::Mixed, changed.text));
}

#[test]
fn the_line_beside_an_outcome_can_be_searched() {
    let mut journal = in_memory(MORNING);
    let id = begin(&mut journal, "calm", "If a, then b");
    journal
        .answer(id, Answer::Outcome(Outcome::Helped))
        .unwrap();
    let (_, undo) = journal
        .note_outcome(id, "the charge nurse noticed")
        .unwrap();
    assert_eq!(found(&mut journal, &words("charge")), ["calm"]);
    journal.undo(undo).unwrap();
    assert!(found(&mut journal, &words("charge")).is_empty());
    assert!(journal.examine().unwrap().is_sound());
}
