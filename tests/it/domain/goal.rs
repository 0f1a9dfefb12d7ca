//! Goals: how many, how they end, and how their evidence is counted.

use chrono::Weekday;

use postcall::config::Config;
use postcall::domain::calendar::add_days;
use postcall::domain::catalog::Catalog;
use postcall::domain::competency::CompetencyId;
use postcall::domain::evidence::{Evidence, Lately, Touch, feedback_question};
use postcall::domain::experiment::Outcome;
use postcall::domain::goal::{Ending, Goal, GoalError, GoalLine, GoalLines, GoalStatus, room_for};
use postcall::domain::id::{GoalId, Revision};
use postcall::domain::prose::{MAX_FIELD_BYTES, Prose};
use postcall::domain::reflection::{Giver, Role};

use super::{at, date};

fn goal(competency: &str) -> Goal {
    Goal {
        id: GoalId::new(uuid::Uuid::from_u128(competency.len() as u128)),
        competency: CompetencyId::new(competency),
        academic_year: 2026,
        lines: GoalLines::default(),
        status: GoalStatus::Active,
        status_note: Prose::default(),
        status_date: None,
        created_at: at("2026-09-01T08:00:00+02:00"),
        revision: Revision::FIRST,
    }
}

fn touch(day: &str, role: Option<Role>, outcome: Option<Outcome>) -> Touch {
    Touch {
        date: date(day),
        giver: role.map(Giver::Role),
        outcome,
    }
}

#[test]
fn the_fourth_goal_is_refused_with_the_three_names_and_what_can_be_done() {
    let active = [goal("feedback"), goal("team"), goal("gone:X1")];
    let (config, _) = Config::load(None);
    let refused = room_for(&CompetencyId::new("safety"), &active, &config.catalog).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "3 goals are active, which is as many as one year holds: Giving and seeking feedback, \
         Leading multidisciplinary teams, gone:X1. Close one as met, or set one aside; what you wrote about it \
         is kept"
    );
    let room = |n: usize| {
        let active: Vec<Goal> = active.iter().take(n).cloned().collect();
        room_for(&CompetencyId::new("safety"), &active, &Catalog::default())
    };
    assert_eq!([room(0), room(2)], [Ok(()), Ok(())]);
}

#[test]
fn one_competency_has_one_active_goal_whatever_the_case_of_its_id() {
    let active = [goal("feedback")];
    let refused = room_for(&CompetencyId::new("Feedback"), &active, &Catalog::default());
    assert!(
        matches!(refused, Err(GoalError::Twice { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_line_is_kept_as_it_is_or_refused_by_its_name() {
    let check = |text: &str| {
        let obstacle = Prose::new(text);
        GoalLines {
            obstacle,
            ..GoalLines::default()
        }
        .check()
    };
    let bytes = MAX_FIELD_BYTES + 1;
    let line = GoalLine::Obstacle;
    assert_eq!(check(""), Ok(()));
    assert_eq!(check("I wait. 👩‍⚕️"), Ok(()));
    assert_eq!(check(" \u{200b}"), Err(GoalError::Blank(line)));
    assert_eq!(check("a\0b"), Err(GoalError::Nul(line)));
    let long = "x".repeat(bytes);
    assert_eq!(check(&long), Err(GoalError::TooLong { line, bytes }));
    assert_eq!(GoalError::Blank(line).line(), Some(line));
}

#[test]
fn closing_again_replaces_and_keeps_the_day_and_the_line_that_are_not_given_anew() {
    let note = Prose::new("Ran the session twice");
    let first = date("2026-11-21");
    let met = goal("team")
        .closed(Ending::Met, Some(&note), first)
        .unwrap();
    assert_eq!(
        (met.status, met.status_date),
        (GoalStatus::Met, Some(first))
    );
    let again = met.closed(Ending::Met, None, date("2026-12-01")).unwrap();
    assert_eq!(again, met);
    let aside = met
        .closed(Ending::SetAside, None, date("2026-12-01"))
        .unwrap();
    assert_eq!(aside.status_date, Some(date("2026-12-01")));
    assert_eq!(aside.status_note, note);
}

#[test]
fn a_goal_goes_into_the_academic_year_it_is_opened_or_continued_in() {
    let november = date("2026-11-21");
    let august = date("2027-08-01");
    let active = goal("team");
    assert_eq!(active.continued(november, 7), Err(GoalError::OfThisYear));
    assert_eq!(
        active.continued(august, 7).map(|g| g.academic_year),
        Ok(2027)
    );
    assert_eq!(active.reopened(november, 7), Err(GoalError::IsActive));
    let met = active.closed(Ending::Met, None, november).unwrap();
    let refused = GoalError::NotActive(GoalStatus::Met);
    assert_eq!(met.continued(august, 7), Err(refused));
    let again = met.reopened(august, 7).unwrap();
    assert!(again.is_active() && again.status_date.is_none());
    assert_eq!(again.academic_year, 2027);
}

#[test]
fn evidence_is_from_the_first_day_of_the_academic_year_to_today_or_the_closing() {
    let mut of_last_year = goal("team");
    of_last_year.academic_year = 2025;
    let today = date("2026-11-21");
    assert_eq!(of_last_year.span(today, 7), (date("2025-07-01"), today));
    assert_eq!(of_last_year.span(today, 1), (date("2025-01-01"), today));
    let closed = of_last_year
        .closed(Ending::Met, None, date("2026-06-30"))
        .unwrap();
    assert_eq!(closed.span(today, 7).1, date("2026-06-30"));
    assert!(of_last_year.is_left_over(today, 7) && !closed.is_left_over(today, 7));
}

#[test]
fn evidence_counts_by_outcome_role_and_week_and_says_what_is_last() {
    let touches = [
        touch("2026-11-20", None, Some(Outcome::Open)),
        touch("2026-11-16", Some(Role::Nurse), Some(Outcome::Helped)),
        touch("2026-11-15", None, Some(Outcome::Helped)),
        touch("2026-09-28", Some(Role::Nurse), None),
        touch("2026-09-27", Some(Role::Peer), None),
    ];
    let saturday = date("2026-11-21");
    let evidence = Evidence::count(&touches, saturday, Weekday::Mon);
    assert_eq!(evidence.reflections, 5);
    assert_eq!(
        evidence.experiments,
        [(Outcome::Open, 1), (Outcome::Helped, 2)]
    );
    assert_eq!(
        evidence.feedback,
        [(Giver::Role(Role::Nurse), 2), (Giver::Role(Role::Peer), 1)]
    );
    assert_eq!(evidence.last_touched, Some(date("2026-11-20")));
    assert_eq!(evidence.last_feedback, Some(date("2026-11-16")));
    // Monday 28 September begins the eighth week back; the day before is out of the chart.
    assert_eq!(evidence.weeks, [1, 0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(evidence.in_weeks(4), 3);
    assert_eq!(evidence.feedback_count(), 3);
    let from_sunday = Evidence::count(&touches, saturday, Weekday::Sun);
    assert_eq!(from_sunday.weeks, [2, 0, 0, 0, 0, 0, 0, 3]);
}

#[test]
fn others_are_to_be_asked_after_thirty_days_without_a_word_from_them() {
    let today = date("2026-11-21");
    for (age, feedback, asks) in [
        (29, None, false),
        (30, None, true),
        (200, Some(29), false),
        (200, Some(30), true),
    ] {
        let ago = |days: i64| add_days(today, -days);
        let chosen = Goal {
            created_at: at("2026-11-21T08:00:00+00:00") - chrono::TimeDelta::days(age),
            ..goal("team")
        };
        let evidence = Evidence {
            last_feedback: feedback.map(ago),
            ..Evidence::default()
        };
        assert_eq!(
            evidence.asks_for_feedback(&chosen, today),
            asks,
            "{age} {feedback:?}"
        );
        let closed = chosen.closed(Ending::Met, None, today).unwrap();
        assert!(!evidence.asks_for_feedback(&closed, today));
    }
}

#[test]
fn the_question_to_ask_is_a_question_of_the_template_and_another_one_each_week() {
    let (config, _) = Config::load(None);
    let monday = date("2026-11-16");
    let on = |days| feedback_question(&config.catalog, add_days(monday, days)).unwrap();
    let weeks = [on(0), on(7), on(14)];
    assert!(
        weeks.iter().all(|question| question.ends_with('?')),
        "{weeks:?}"
    );
    assert!(weeks[0] != weeks[1] && weeks[1] != weeks[2] && weeks[2] != weeks[0]);
    assert_eq!(on(21), weeks[0]);
    assert_eq!(on(6), weeks[0]);
    assert_eq!(feedback_question(&Catalog::default(), monday), None);
}

#[test]
fn one_line_says_what_the_last_four_weeks_hold() {
    let today = date("2026-11-21");
    assert_eq!(Lately::since(today, Weekday::Mon), date("2026-10-26"));
    for (reflections, last, words) in [
        (3, Some("2026-11-19"), ("3 in 4 weeks", "last Thu")),
        (1, Some("2026-11-21"), ("1 in 4 weeks", "today")),
        (1, Some("2026-11-20"), ("1 in 4 weeks", "yesterday")),
        (2, Some("2026-10-30"), ("2 in 4 weeks", "30 Oct")),
        (0, Some("2026-10-21"), ("none for 31 days", "")),
        (0, None, ("none yet", "")),
    ] {
        let lately = Lately {
            reflections,
            last_touched: last.map(date),
        };
        let (count, when) = lately.in_words(today);
        assert_eq!((count.as_str(), when.as_str()), words);
    }
}
