//! What becomes of an experiment when it is answered.

use chrono::NaiveDate;
use postcall::domain::experiment::{Answer, AnswerError, Experiment, FollowUp, Outcome};
use postcall::domain::id::{ExperimentId, ReflectionId, Revision};
use postcall::domain::prose::Prose;
use uuid::Uuid;

use super::date;

const TODAY: &str = "2026-11-21";
const REFLECTED: &str = "2026-11-14";

fn open(due: Option<&str>) -> Experiment {
    Experiment {
        id: ExperimentId::new(Uuid::from_u128(1)),
        reflection: ReflectionId::new(Uuid::from_u128(2)),
        text: Prose::from("If rounds begin, then I ask the nurse first"),
        due: due.map(date),
        outcome: Outcome::Open,
        outcome_date: None,
        outcome_note: Prose::default(),
        carried: 0,
        follow_up: None,
        follow_up_date: None,
        follows: None,
        revision: Revision::FIRST,
    }
}

#[track_caller]
fn answered(experiment: &Experiment, answer: Answer, today: &str) -> Experiment {
    experiment
        .answered(answer, date(today), date(REFLECTED))
        .unwrap_or_else(|error| {
            assert_eq!(error.to_string(), "", "the answer should fit");
            experiment.clone()
        })
}

fn closed(outcome: Outcome) -> Experiment {
    answered(&open(None), Answer::Outcome(outcome), TODAY)
}

#[test]
fn an_outcome_has_a_date_and_open_has_none() {
    for outcome in Outcome::ALL {
        let date_of: Option<NaiveDate> = closed(outcome).outcome_date;
        assert_eq!(date_of.is_some(), outcome != Outcome::Open, "{outcome}");
    }
    let again = answered(
        &closed(Outcome::Mixed),
        Answer::Outcome(Outcome::Open),
        TODAY,
    );
    assert_eq!(again, open(None));
}

#[test]
fn answering_again_replaces_the_outcome() {
    let first = closed(Outcome::NotTried);
    let second = answered(&first, Answer::Outcome(Outcome::Helped), "2026-11-25");
    assert_eq!(second.outcome, Outcome::Helped);
    assert_eq!(second.outcome_date, Some(date("2026-11-25")));
    // The same answer once more changes nothing, not even the day.
    assert_eq!(
        answered(&second, Answer::Outcome(Outcome::Helped), "2026-12-01"),
        second
    );
}

#[test]
fn an_outcome_is_never_dated_before_its_reflection() {
    let early = answered(&open(None), Answer::Outcome(Outcome::Helped), "2026-11-01");
    assert_eq!(early.outcome_date, Some(date(REFLECTED)));
}

#[test]
fn carrying_moves_the_due_date_of_the_same_experiment_and_counts() {
    let cases = [
        (Some("2026-11-21"), "2026-11-28"),
        (Some("2026-11-01"), "2026-11-28"),
        (Some("2026-11-24"), "2026-12-01"),
        (None, "2026-11-28"),
    ];
    for (due, expected) in cases {
        let carried = answered(&open(due), Answer::Carry, TODAY);
        assert_eq!(carried.due, Some(date(expected)), "{due:?}");
        assert_eq!((carried.carried, carried.outcome), (1, Outcome::Open));
        assert!(!carried.is_due(date(TODAY)));
    }
    for outcome in Outcome::ALL
        .into_iter()
        .filter(|outcome| *outcome != Outcome::Open)
    {
        let refused = closed(outcome).answered(Answer::Carry, date(TODAY), date(REFLECTED));
        assert_eq!(refused, Err(AnswerError::NotOpen(outcome)));
    }
}

#[test]
fn it_is_asked_about_from_the_start_of_its_due_day_until_it_is_answered() {
    let experiment = open(Some(TODAY));
    assert!(!experiment.is_due(date("2026-11-20")));
    assert!(experiment.is_due(date(TODAY)) && experiment.is_due(date("2027-11-21")));
    assert!(!open(None).is_due(date(TODAY)));
    assert!(!answered(&experiment, Answer::Outcome(Outcome::Dropped), TODAY).is_due(date(TODAY)));
}

#[test]
fn what_helped_is_asked_about_once_more_after_thirty_days() {
    let helped = closed(Outcome::Helped);
    assert!(!helped.is_follow_up_due(date("2026-12-20")));
    assert!(helped.is_follow_up_due(date("2026-12-21")));
    for follow_up in FollowUp::ALL {
        let settled = answered(&helped, Answer::FollowUp(follow_up), "2026-12-21");
        assert_eq!(settled.follow_up, Some(follow_up));
        assert!(!settled.is_follow_up_due(date("2027-12-21")));
        // Another outcome makes the later answer meaningless.
        let changed = answered(&settled, Answer::Outcome(Outcome::Mixed), "2026-12-22");
        assert_eq!(changed.follow_up, None);
    }
    for outcome in Outcome::ALL
        .into_iter()
        .filter(|outcome| *outcome != Outcome::Helped)
    {
        let experiment = closed(outcome);
        assert!(!experiment.is_follow_up_due(date("2027-12-21")));
        let habit = Answer::FollowUp(FollowUp::Habit);
        let refused = experiment.answered(habit, date(TODAY), date(REFLECTED));
        assert_eq!(refused, Err(AnswerError::NotHelped(outcome)));
    }
}

#[test]
fn an_outcome_is_read_by_its_word() {
    for outcome in Outcome::ALL {
        assert_eq!(outcome.id().parse(), Ok(outcome));
        assert_eq!(outcome.id().replace('_', "-").parse(), Ok(outcome));
    }
    let said = "helpd"
        .parse::<Outcome>()
        .map_err(|error| error.to_string());
    assert!(said.is_err_and(|said| said.contains("did you mean \"helped\"?")));
}
