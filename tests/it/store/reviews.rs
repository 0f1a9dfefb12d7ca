//! The review of a week as a reflection, and the review of a rotation.

use chrono::NaiveDate;

use postcall::domain::competency::CompetencyId;
use postcall::domain::experiment::{Answer, Outcome};
use postcall::domain::goal::GoalLines;
use postcall::domain::prose::Prose;
use postcall::domain::reflection::{Energy, Giver, Role};
use postcall::domain::rotation::Block;
use postcall::domain::shift::ShiftKind;
use postcall::domain::template::TemplateId;
use postcall::journal::{Journal, Saved};

use super::{MORNING, draft, folder, found, in_memory, open, words};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn review(journal: &mut Journal, date: &str, text: &str) -> Saved {
    let mut draft = journal.week_draft(day(date)).unwrap();
    draft.went_well = Prose::new(text);
    draft.try_next = Prose::new("If it is Monday, then I ask");
    journal.save(&draft).unwrap()
}

#[test]
fn a_week_has_one_review_and_opening_it_again_edits_it() {
    let mut journal = in_memory(MORNING);
    let first = review(&mut journal, "2026-11-17", "first words");
    let r = &first.entry.reflection;
    assert_eq!((r.shift, r.shift_date), (ShiftKind::Off, day("2026-11-22")));
    let due = first.entry.experiment.as_ref().and_then(|e| e.due);
    assert_eq!(due, Some(day("2026-11-29")), "by the end of next week");
    assert_eq!(journal.week(day("2026-11-22")).unwrap().saved, Some(r.id));
    assert_eq!(journal.week(day("2026-11-23")).unwrap().saved, None);

    let again = journal.week_draft(day("2026-11-20")).unwrap();
    assert_eq!(again.editing.map(|editing| editing.id), Some(r.id));
    assert_eq!(again.went_well.as_str(), "first words");
    review(&mut journal, "2026-11-16", "second words");
    assert_eq!(found(&mut journal, &words("")), ["second words"]);
    review(&mut journal, "2026-11-10", "another week");
    assert_eq!(found(&mut journal, &words("")).len(), 2);
    assert_eq!(journal.week(day("2026-11-22")).unwrap().reflections, 0);
}

#[test]
fn an_unsaved_review_is_taken_up_where_it_was_left() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    let mut begun = journal.week_draft(day("2026-11-17")).unwrap();
    begun.do_differently = Prose::new("half a tho");
    journal.keep_draft(&begun).unwrap();
    assert_eq!(journal.week_draft(day("2026-11-18")).unwrap(), begun);
    drop(journal);
    let mut journal = open(&path, MORNING);
    assert_eq!(journal.week_draft(day("2026-11-22")).unwrap(), begun);
    let other = journal.week_draft(day("2026-11-15")).unwrap();
    assert!(other.do_differently.is_empty());
}

#[test]
fn a_review_that_finds_its_week_taken_is_kept_all_the_same() {
    let mut journal = in_memory(MORNING);
    let first = review(&mut journal, "2026-11-17", "first");
    let id = first.entry.reflection.id;
    journal.trash(id).unwrap();
    let second = review(&mut journal, "2026-11-17", "second");
    journal.restore(id).unwrap();
    assert_eq!(found(&mut journal, &words("")).len(), 2);
    let saved = journal.week(day("2026-11-17")).unwrap().saved;
    assert_eq!(saved, Some(second.entry.reflection.id));
    assert_eq!(journal.entry(id).unwrap().reflection.period, None);
    assert!(journal.examine().unwrap().is_sound());

    let mut by_hand = draft(&mut journal, "third", "");
    by_hand.template = TemplateId::WEEK;
    by_hand.shift_date = day("2026-11-18");
    journal.save(&by_hand).unwrap();
    by_hand.shift_date = day("2026-11-11");
    let third = journal.save(&by_hand).unwrap().entry.reflection;
    let saved = journal.week(day("2026-11-11")).unwrap().saved;
    assert_eq!(
        saved,
        Some(third.id),
        "by its date, where nothing else is said"
    );
}

#[test]
fn the_week_shows_goals_with_what_others_said() {
    let mut journal = in_memory(MORNING);
    let feedback = CompetencyId::new("feedback");
    journal.add_goal(&feedback, GoalLines::default()).unwrap();
    journal
        .add_goal(&CompetencyId::new("team"), GoalLines::default())
        .unwrap();
    for (date, role) in [
        ("2026-11-18", None),
        ("2026-11-16", Some(Role::Nurse)),
        ("2026-11-09", Some(Role::Peer)),
        ("2026-10-01", Some(Role::Peer)),
        ("2026-06-30", None),
    ] {
        let mut draft = draft(&mut journal, "on feedback", "");
        draft.shift_date = day(date);
        draft.competencies = vec![CompetencyId::new("Feedback")];
        draft.feedback_from = role;
        journal.save(&draft).unwrap();
    }
    let week = journal.week(day("2026-11-21")).unwrap();
    assert_eq!(week.goals[0].weeks, [1, 0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(
        week.goals[0].said,
        [(Giver::Role(Role::Nurse), 1), (Giver::Role(Role::Peer), 1)]
    );
    assert_eq!(week.goals[0].days_since, Some(3));
    assert_eq!(
        (week.goals[1].this_week(), week.goals[1].days_since),
        (0, None)
    );
    let listed = journal.list(&week.goals[0].query(week.week), None).unwrap();
    assert_eq!(listed.len(), 4);
}

#[test]
fn a_rotation_review_sets_its_beginning_beside_its_end() {
    let mut journal = in_memory(MORNING);
    for (name, first, last) in [
        ("Wards", "2026-09-28", Some("2026-10-25")),
        ("Medical ICU", "2026-10-26", Some("2026-11-15")),
    ] {
        let block = Block {
            name: name.to_owned(),
            first: day(first),
            last: last.map(day),
        };
        journal.start_rotation(block).unwrap();
    }
    journal
        .add_goal(&CompetencyId::new("team"), GoalLines::default())
        .unwrap();
    let mut at = |date: &str, rotation: &str, template: &str, well: &str, next: &str| {
        let mut draft = draft(&mut journal, well, next);
        draft.shift_date = day(date);
        draft.rotation = rotation.to_owned();
        draft.template = TemplateId::new(template);
        draft.energy = Energy::new(3);
        draft.competencies = vec![CompetencyId::new("feedback")];
        draft.feedback_from = (template == "feedback-asked").then_some(Role::Nurse);
        journal.save(&draft).unwrap().entry
    };
    at("2026-10-20", "Wards", "shift", "before", "");
    at(
        "2026-10-26",
        "medical icu",
        "rotation-start",
        "expected",
        "",
    );
    let tried = at(
        "2026-10-27",
        "Medical ICU",
        "shift",
        "won. More.",
        "If, then",
    );
    at("2026-10-28", "", "feedback-asked", "unnamed", "");
    at("2026-11-16", "Medical ICU", "shift", "after its end", "");
    at(
        "2026-11-18",
        "Medical ICU",
        "rotation-close",
        "learned",
        "Boards at ten",
    );
    at("2026-11-01", "Clinic", "shift", "elsewhere", "");
    let boards = journal.last_experiment().unwrap().unwrap();
    let mut reworded = draft(&mut journal, "", "Boards at ten, standing");
    reworded.follows = Some(boards.id);
    reworded.shift_date = day("2026-11-23");
    journal.save(&reworded).unwrap();
    journal
        .answer(
            tried.experiment.unwrap().id,
            Answer::Outcome(Outcome::Helped),
        )
        .unwrap();
    journal
        .log_shift(day("2026-11-02"), ShiftKind::Night, true)
        .unwrap();

    let review = journal.rotation_review_of(" MEDICAL icu").unwrap();
    assert_eq!(review.rotation.name, "Medical ICU");
    assert_eq!((review.reflections, review.shifts), (2, 3));
    let well = |entry: Option<postcall::domain::reflection::Entry>| {
        entry.map(|entry| entry.reflection.went_well.to_string())
    };
    assert_eq!(well(review.opening).as_deref(), Some("expected"));
    assert_eq!(well(review.closing).as_deref(), Some("learned"));
    assert_eq!(review.experiments.of(Outcome::Helped), 1);
    assert_eq!(review.experiments.of(Outcome::Open), 0);
    assert_eq!(review.experiments.of(Outcome::Dropped), 0);
    assert_eq!(review.competencies, [(CompetencyId::new("feedback"), 4)]);
    assert_eq!(review.goals_untouched, [CompetencyId::new("team")]);
    assert_eq!(review.feedback, [(Giver::Role(Role::Nurse), 1)]);
    let wins: Vec<_> = review.wins.iter().map(|win| win.text.as_str()).collect();
    assert_eq!(wins, ["unnamed", "won."]);
    assert_eq!(review.improvement.unwrap().text.as_str(), "Boards at ten");
    assert_eq!(review.energy.n(), 2);
    let (before, energy) = review.previous.unwrap();
    assert_eq!((before.name.as_str(), energy.n()), ("Wards", 1));

    let named_only = journal.rotation_review_of("clinic").unwrap();
    assert_eq!(named_only.reflections, 1);
    assert!(journal.rotation_review_of("Surgery").is_err());
}
