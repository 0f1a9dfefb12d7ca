//! Goals on the disk: at most three active, nothing lost, evidence from the reflections.

use chrono::NaiveDate;
use proptest::prelude::*;

use postcall::domain::competency::CompetencyId;
use postcall::domain::experiment::{Answer, Outcome};
use postcall::domain::goal::{Ending, Goal, GoalError, GoalLines, GoalStatus, MAX_ACTIVE};
use postcall::domain::id::GoalId;
use postcall::domain::prose::Prose;
use postcall::domain::reflection::{Giver, Role};
use postcall::journal::{InTrash, Journal, JournalError, Undo};

use super::{MORNING, draft, folder, in_memory, open, write};

fn add(journal: &mut Journal, competency: &str) -> (Goal, Undo) {
    let lines = GoalLines {
        why: Prose::new(format!("why {competency}")),
        ..GoalLines::default()
    };
    journal
        .add_goal(&CompetencyId::new(competency), lines)
        .unwrap()
}

/// The competencies of the goals and where they stand, in the order of the list.
fn standing(journal: &mut Journal) -> Vec<(String, GoalStatus)> {
    let goals = journal.goals().unwrap().into_iter();
    goals
        .map(|row| (row.goal.competency.to_string(), row.goal.status))
        .collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn refusal<T: std::fmt::Debug>(result: Result<T, JournalError>) -> GoalError {
    match result {
        Err(JournalError::Goal(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

fn in_trash(journal: &mut Journal) -> Vec<Goal> {
    let things = journal.in_trash().unwrap().into_iter();
    let goals = things.filter_map(|thing| match thing {
        InTrash::Goal(kept) => Some(kept.goal),
        InTrash::Reflection(_) | InTrash::Rotation(_) => None,
    });
    goals.collect()
}

#[test]
fn a_goal_comes_back_from_the_disk_word_for_word() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let line = |text: &str| Prose::new(text);
    let lines = GoalLines {
        why: line("I give it late and vague."),
        strength: line("People tell me things. 👩‍⚕️ שלום"),
        gap: line("Situation,\nbehaviour, impact"),
        role_sought: line("Run the student session"),
        obstacle: line(""),
    };
    let id = CompetencyId::new("nowhere:X9");
    let (goal, _) = journal.add_goal(&id, lines).unwrap();
    let note = Prose::new("Did it");
    let (closed, _) = journal
        .close_goal(goal.id, Ending::Met, Some(&note))
        .unwrap();
    drop(journal);
    let mut journal = open(&path, MORNING);
    let rows = journal.goals().unwrap();
    assert_eq!(rows.len(), 1);
    assert!(!rows[0].damaged);
    assert_eq!(rows[0].goal, closed);
    assert_eq!(closed.status_note, note);
    assert_eq!(closed.academic_year, 2026);
    assert!(journal.examine().unwrap().is_sound());
}

#[test]
fn the_fourth_goal_is_refused_by_every_way_in_and_nothing_changes() {
    let mut journal = in_memory(MORNING);
    let (aside, _) = add(&mut journal, "safety");
    journal
        .close_goal(aside.id, Ending::SetAside, None)
        .unwrap();
    let three = ["feedback", "team", "improvement"].map(|id| add(&mut journal, id).0);
    let before = standing(&mut journal);
    let names = vec![
        "feedback".to_owned(),
        "team".to_owned(),
        "improvement".to_owned(),
    ];
    let full = GoalError::Full { active: names };
    let new = CompetencyId::new("ethics");
    assert_eq!(refusal(journal.room_for_goal(&new)), full);
    assert_eq!(refusal(journal.add_goal(&new, GoalLines::default())), full);
    assert_eq!(refusal(journal.reopen_goal(aside.id)), full);
    assert_eq!(standing(&mut journal), before);

    let (_, back) = journal.trash_goal(three[0].id).unwrap();
    journal.reopen_goal(aside.id).unwrap();
    let refused = refusal(journal.undo(back));
    assert!(matches!(refused, GoalError::Full { .. }), "{refused:?}");
    assert_eq!(in_trash(&mut journal).len(), 1);
}

#[test]
fn a_restored_goal_without_room_is_set_aside_and_undo_puts_it_back_as_it_was() {
    let mut journal = in_memory(MORNING);
    let (first, _) = add(&mut journal, "feedback");
    journal.trash_goal(first.id).unwrap();
    for id in ["team", "improvement", "safety"] {
        add(&mut journal, id);
    }
    let restored = journal.restore_goal(first.id).unwrap();
    assert!(matches!(restored.set_aside, Some(GoalError::Full { .. })));
    assert_eq!(restored.goal.status, GoalStatus::SetAside);
    assert_eq!(restored.goal.status_date, Some(day("2026-11-21")));
    journal.undo(restored.undo).unwrap();
    let trashed = in_trash(&mut journal);
    assert_eq!(trashed[0].status, GoalStatus::Active);
    assert!(journal.examine().unwrap().is_sound());
}

#[test]
fn a_change_is_taken_back_in_turn_and_not_over_another_change() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let (goal, _) = add(&mut journal, "team");
    let lines = GoalLines {
        gap: Prose::new("Ask the room"),
        ..GoalLines::default()
    };
    let (_, edited) = journal.edit_goal(goal.id, lines).unwrap();
    let (_, closed) = journal.close_goal(goal.id, Ending::Met, None).unwrap();
    let mut other = open(&path, MORNING);
    let note = Prose::new("elsewhere");
    let (_, theirs) = other
        .close_goal(goal.id, Ending::SetAside, Some(&note))
        .unwrap();
    assert_eq!(refusal(journal.undo(closed.clone())), GoalError::Changed);
    other.undo(theirs).unwrap();
    let said = journal.undo(closed).unwrap().sentence;
    assert_eq!(said, "The goal team is as it was before: active.");
    journal.undo(edited).unwrap();
    let row = journal.goals().unwrap().remove(0);
    assert_eq!(row.goal.lines, goal.lines);
}

#[test]
fn evidence_is_what_was_written_on_the_competency_outside_the_trash() {
    let mut journal = in_memory(MORNING);
    let (goal, _) = add(&mut journal, "feedback");
    let mut about = |text: &str, next: &str, date: &str, from: Option<Role>| {
        let mut new = draft(&mut journal, text, next);
        new.competencies = vec![CompetencyId::new("Feedback"), CompetencyId::new("team")];
        new.shift_date = day(date);
        new.feedback_from = from;
        journal.save(&new).unwrap().entry
    };
    about("before the year", "", "2026-06-30", None);
    about("oldest", "", "2026-07-01", Some(Role::Student));
    let planned = about("asked her", "If a, then b", "2026-11-10", Some(Role::Nurse));
    about("third of one's own", "", "2026-11-11", None);
    about("second", "If c, then d", "2026-11-12", None);
    about("newest", "", "2026-11-20", None);
    let trashed = about("trashed", "", "2026-11-20", Some(Role::Peer));
    let helped = Answer::Outcome(Outcome::Helped);
    journal
        .answer(planned.experiment.unwrap().id, helped)
        .unwrap();
    journal.trash(trashed.reflection.id).unwrap();
    write(&mut journal, "on nothing", "");

    let rows = journal.goals().unwrap();
    assert_eq!(rows[0].goal.id, goal.id);
    let evidence = &rows[0].evidence;
    assert_eq!(evidence.reflections, 5);
    assert_eq!(
        evidence.experiments,
        [(Outcome::Open, 1), (Outcome::Helped, 1)]
    );
    assert_eq!(
        evidence.feedback,
        [
            (Giver::Role(Role::Nurse), 1),
            (Giver::Role(Role::Student), 1)
        ]
    );
    assert_eq!(evidence.last_touched, Some(day("2026-11-20")));
    assert_eq!(evidence.weeks, [0, 0, 0, 0, 0, 0, 3, 1]);
    let texts = |entries: &[postcall::domain::reflection::Entry]| -> Vec<String> {
        let texts = entries.iter().map(|e| e.reflection.went_well.to_string());
        texts.collect()
    };
    assert_eq!(texts(&evidence.own), ["newest", "second"]);
    assert_eq!(texts(&evidence.said), ["asked her", "oldest"]);
}

#[test]
fn a_goal_of_last_year_waits_to_be_taken_into_this_one() {
    let (_folder, path) = folder();
    let (goal, _) = add(&mut open(&path, "2026-03-01T08:00:00+01:00"), "team");
    let mut journal = open(&path, MORNING);
    assert!(journal.active_goals().unwrap()[0].is_left_over);
    let (_, undo) = journal.continue_goal(goal.id).unwrap();
    assert!(!journal.active_goals().unwrap()[0].is_left_over);
    assert_eq!(
        refusal(journal.continue_goal(goal.id)),
        GoalError::OfThisYear
    );
    journal.undo(undo).unwrap();
    assert_eq!(journal.active_goals().unwrap()[0].goal.academic_year, 2025);
}

#[test]
fn emptying_the_trash_deletes_goals_for_good() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let (goal, _) = add(&mut journal, "team");
    journal.trash_goal(goal.id).unwrap();
    let purged = journal.empty_trash().unwrap();
    assert_eq!((purged.count, purged.goals), (0, 1));
    assert!(in_trash(&mut journal).is_empty());
    let gone = journal.restore_goal(goal.id);
    assert!(
        matches!(gone, Err(JournalError::NotFound { .. })),
        "{gone:?}"
    );
    drop(journal);
    let file = rusqlite::Connection::open(&path).unwrap();
    let kind: String = file
        .query_row("SELECT kind FROM deleted", [], |row| row.get(0))
        .unwrap();
    assert_eq!(kind, "goal");
}

#[test]
fn a_goal_that_is_not_as_it_was_saved_is_shown_as_such_and_not_written_over() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let (goal, _) = add(&mut journal, "team");
    drop(journal);
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch("UPDATE goal SET why = 'something else'")
        .unwrap();
    drop(file);
    let mut journal = open(&path, MORNING);
    assert!(journal.goals().unwrap()[0].damaged);
    assert_eq!(journal.examine().unwrap().damaged_goals, [goal.id]);
    let refused = journal.close_goal(goal.id, Ending::Met, None).unwrap_err();
    let shown = refused.to_string();
    assert!(
        shown.contains(&goal.id.short()) && !shown.contains("something"),
        "{shown}"
    );
    journal.trash_goal(goal.id).unwrap();
    assert!(journal.active_goals().unwrap().is_empty());
}

/// Something that can be done with goals; the number picks which one.
#[derive(Debug, Clone)]
enum Deed {
    Add(usize),
    Edit(usize),
    Close(usize, Ending),
    Reopen(usize),
    Continue(usize),
    Trash(usize),
    Restore(usize),
    Import(usize),
    Undo(usize),
    NextYear,
}

fn deed() -> impl Strategy<Value = Deed> {
    let n = 0..6_usize;
    prop_oneof![
        4 => n.clone().prop_map(Deed::Add),
        1 => n.clone().prop_map(Deed::Edit),
        2 => (n.clone(), prop::sample::select(&Ending::ALL[..])).prop_map(|(n, e)| Deed::Close(n, e)),
        2 => n.clone().prop_map(Deed::Reopen),
        1 => n.clone().prop_map(Deed::Continue),
        2 => n.clone().prop_map(Deed::Trash),
        2 => n.clone().prop_map(Deed::Restore),
        1 => n.clone().prop_map(Deed::Import),
        3 => n.prop_map(Deed::Undo),
        1 => Just(Deed::NextYear),
    ]
}

const COMPETENCIES: [&str; 6] = ["feedback", "team", "safety", "ethics", "FEEDBACK", "x:Y1"];

/// What a deed did; `None` if it was refused or there was nothing to do it with.
fn done(journal: &mut Journal, deed: &Deed, undos: &mut Vec<Undo>) -> Result<(), JournalError> {
    let ids: Vec<GoalId> = journal.goals()?.iter().map(|row| row.goal.id).collect();
    let in_trash: Vec<GoalId> = in_trash(journal).iter().map(|goal| goal.id).collect();
    let of = |ids: &[GoalId], n: usize| ids.get(n % ids.len().max(1)).copied();
    let undo = match deed {
        Deed::Add(n) => {
            let id = CompetencyId::new(COMPETENCIES[*n]);
            Some(journal.add_goal(&id, GoalLines::default())?.1)
        }
        Deed::Edit(n) => match of(&ids, *n) {
            Some(id) => Some(journal.edit_goal(id, GoalLines::default())?.1),
            None => None,
        },
        Deed::Close(n, ending) => match of(&ids, *n) {
            Some(id) => Some(journal.close_goal(id, *ending, None)?.1),
            None => None,
        },
        Deed::Reopen(n) => match of(&ids, *n) {
            Some(id) => Some(journal.reopen_goal(id)?.1),
            None => None,
        },
        Deed::Continue(n) => match of(&ids, *n) {
            Some(id) => Some(journal.continue_goal(id)?.1),
            None => None,
        },
        Deed::Trash(n) => match of(&ids, *n) {
            Some(id) => Some(journal.trash_goal(id)?.1),
            None => None,
        },
        Deed::Restore(n) => match of(&in_trash, *n) {
            Some(id) => Some(journal.restore_goal(id)?.undo),
            None => None,
        },
        Deed::Import(n) => {
            let mut other = in_memory(MORNING);
            let mut goals = Vec::new();
            for id in COMPETENCIES.iter().skip(*n).take(3) {
                let added = other.add_goal(&CompetencyId::new(*id), GoalLines::default());
                goals.extend(added.ok().map(|(goal, _)| goal));
            }
            journal.insert_goals(&goals)?;
            None
        }
        Deed::Undo(n) => {
            let at = n % undos.len().max(1);
            if at < undos.len() {
                journal.undo(undos.remove(at))?;
            }
            None
        }
        Deed::NextYear => None,
    };
    undos.extend(undo);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn at_most_three_goals_are_active_whatever_is_done_and_in_whatever_order(
        deeds in prop::collection::vec(deed(), 1..40)
    ) {
        let (_folder, path) = folder();
        let mut journal = open(&path, MORNING);
        let mut undos = Vec::new();
        let mut year = 2026;
        for deed in &deeds {
            if matches!(deed, Deed::NextYear) {
                year += 1;
                drop(journal);
                journal = open(&path, &format!("{year}-11-21T08:10:00+01:00"));
            }
            let before = journal.goals().unwrap();
            match done(&mut journal, deed, &mut undos) {
                Ok(()) => {}
                // Refused kindly, and nothing changed.
                Err(JournalError::Goal(_) | JournalError::NotFound { .. }) => {
                    prop_assert_eq!(&journal.goals().unwrap(), &before, "{:?}", deed);
                }
                Err(error) => return Err(TestCaseError::fail(format!("{deed:?}: {error}"))),
            }
            let rows = journal.goals().unwrap();
            let active: Vec<&Goal> = rows.iter().map(|row| &row.goal).filter(|g| g.is_active()).collect();
            prop_assert!(active.len() <= MAX_ACTIVE, "{:?}: {}", deed, active.len());
            let mut names: Vec<String> =
                active.iter().map(|goal| goal.competency.as_str().to_lowercase()).collect();
            names.sort_unstable();
            names.dedup();
            prop_assert_eq!(names.len(), active.len(), "one active goal for a competency");
            prop_assert!(rows.is_sorted_by_key(|row| !row.goal.is_active()), "active ones first");
            prop_assert!(rows.iter().all(|row| !row.damaged));
            for row in &rows {
                prop_assert_eq!(row.goal.is_active(), row.goal.status_date.is_none());
            }
        }
        prop_assert!(journal.examine().unwrap().is_sound());
    }
}
