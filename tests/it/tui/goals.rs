//! Goals: chosen, read, closed, and what the journal holds about each.

use postcall::config::{Config, Glyphs};
use postcall::domain::competency::CompetencyId;
use postcall::domain::evidence::feedback_question;
use postcall::domain::goal::{Goal, GoalLines, GoalStatus};
use postcall::domain::reflection::Role;
use postcall::domain::template::TemplateId;
use postcall::journal::Journal;
use postcall::tui::model::Place;
use postcall::tui::theme::Theme;

use super::driver::Driver;

/// Saves a reflection on a competency.
fn on(journal: &mut Journal, id: &str, date: &str, text: &str, from: Option<Role>) {
    let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
    draft.went_well = text.into();
    draft.shift_date = date.parse().unwrap();
    draft.date_touched = true;
    draft.competencies = vec![CompetencyId::new(id)];
    draft.feedback_from = from;
    if from.is_none() {
        draft.try_next = "If it is late, then I ask.".into();
    }
    journal.save(&draft).unwrap();
}

fn choose(journal: &mut Journal, id: &str, why: &str) -> Goal {
    let lines = GoalLines {
        why: why.into(),
        ..GoalLines::default()
    };
    journal.add_goal(&CompetencyId::new(id), lines).unwrap().0
}

/// Two goals: one with evidence, one without.
fn year(columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::with(columns, rows, |journal| {
        choose(journal, "feedback", "I give it late and vague.");
        choose(journal, "team", "In a crisis I do instead of lead.");
        on(
            journal,
            "feedback",
            "2026-10-09",
            "You ask before you explain.",
            Some(Role::Nurse),
        );
        on(
            journal,
            "feedback",
            "2026-11-02",
            "Told the student at once what went well.",
            None,
        );
        on(
            journal,
            "feedback",
            "2026-11-18",
            "Asked the charge nurse what would help.",
            None,
        );
        on(
            journal,
            "feedback",
            "2026-11-19",
            "Thanked before I explained.",
            None,
        );
    });
    driver.press("5");
    driver
}

/// A goal that was chosen in an earlier academic year and is still active.
fn left_over(journal: &mut Journal, id: &str) {
    let mut goal = choose(journal, id, "Still mine.");
    journal.trash_goal(goal.id).unwrap();
    journal.empty_trash().unwrap();
    goal.academic_year -= 1;
    goal.created_at -= chrono::Duration::days(365);
    journal.insert_goals(&[goal]).unwrap();
}

/// (competency, status) of every goal, in their order.
fn goals(driver: &mut Driver) -> Vec<(String, GoalStatus)> {
    let rows = driver.journal.goals().unwrap().into_iter();
    rows.map(|row| (row.goal.competency.to_string(), row.goal.status))
        .collect()
}

fn active(ids: &[&str]) -> Vec<(String, GoalStatus)> {
    let all = ids.iter();
    all.map(|id| ((*id).to_owned(), GoalStatus::Active))
        .collect()
}

#[test]
fn without_goals_the_place_says_what_they_are_for_and_offers_the_usual_ones_first() {
    let mut driver = Driver::new();
    driver
        .press("5")
        .sees("Two or three things to get better at this year.")
        .press("e m s d y r F enter")
        .sees("a  Choose a goal");
    driver.press("a").sees_in_order(&[
        "effective meetings",
        "Giving and seeking",
        "Leading multi",
        "Clear communication",
    ]);
}

#[test]
fn choosing_a_goal_takes_its_competency_and_as_many_lines_as_the_writer_has() {
    let mut driver = Driver::new();
    driver
        .press(r#"5 a "feed" enter"#)
        .sees("Goal: Giving and seeking feedback")
        .press(r#""I give it late." tab tab "Words." ctrl-s"#)
        .sees("› Giving and seeking feedback")
        .sees("I give it late.")
        .sees("No reflection on it this year yet");
    let rows = driver.journal.goals().unwrap();
    assert_eq!(rows[0].goal.lines.gap.as_str(), "Words.");
    // A line is not asked for.
    driver.press(r#"a "team" enter ctrl-s"#);
    assert_eq!(goals(&mut driver), active(&["feedback", "team"]));
    driver.press("u");
    assert_eq!(goals(&mut driver), active(&["feedback"]));
}

#[test]
fn a_fourth_goal_is_refused_before_anything_is_typed_with_what_to_close() {
    let mut driver = year(80, 24);
    driver.press(r#"a "calm" enter ctrl-s"#);
    driver
        .press("a")
        .sees("3 goals are active")
        .sees("Calm under pressure")
        .sees("or set one aside")
        .press("f G a")
        .sees("3 goals are active")
        .sees_no("What is missing?");
    driver
        .press("g j a")
        .sees("is one of your active goals already");
}

#[test]
fn a_competency_becomes_a_goal_where_it_is_looked_at_even_before_the_goals_were_read() {
    let mut driver = Driver::new();
    driver.press(r#": "look through" enter"#).hold_answers();
    driver
        .press(r#"j a "Because." ctrl-s"#)
        .answer_all()
        .sees("Own wording");
    assert_eq!(goals(&mut driver), active(&["feedback"]));
    let rows = driver.journal.goals().unwrap();
    assert_eq!(rows[0].goal.lines.why.as_str(), "Because.");
}

#[test]
fn a_change_keeps_the_line_ends_of_the_lines_it_leaves_alone() {
    let mut driver = Driver::with(80, 24, |journal| {
        choose(journal, "feedback", "First.\nSecond.");
    });
    driver.press(r#"5 e tab "Kind." enter ctrl-s"#);
    let rows = driver.journal.goals().unwrap();
    assert_eq!(rows[0].goal.lines.why.as_str(), "First.\nSecond.");
    assert_eq!(rows[0].goal.lines.strength.as_str(), "Kind.");
    driver.press("u");
    let rows = driver.journal.goals().unwrap();
    assert_eq!(rows[0].goal.lines.strength.as_str(), "");
}

#[test]
fn a_goal_is_met_or_set_aside_with_a_line_and_undo_makes_it_active_again() {
    let mut driver = year(80, 24);
    driver
        .press(r#"m "Nobody waits for it now." enter"#)
        .sees("Met or set aside")
        .sees("Giving and seeking feedback, met 21 Nov: Nobody waits for it now.");
    driver.press("u").sees_no("Met or set aside");
    assert_eq!(goals(&mut driver), active(&["feedback", "team"]));
    driver.press("j s enter").sees("set aside 21 Nov");
    driver.press("r").sees_no("Met or set aside");
}

#[test]
fn a_deleted_goal_is_gone_and_undo_brings_it_back_its_reflections_stay() {
    let mut driver = year(80, 24);
    driver
        .press("d")
        .sees("In the trash.")
        .sees_no("Giving and seeking");
    assert_eq!(goals(&mut driver), active(&["team"]));
    assert_eq!(driver.journal.trashed().unwrap().len(), 0);
    driver
        .press("u")
        .sees("› Leading")
        .sees("Giving and seeking");
}

#[test]
fn a_goal_of_last_year_says_so_and_is_taken_into_this_one() {
    let mut driver = Driver::with(80, 24, |journal| left_over(journal, "team"));
    driver
        .press("5")
        .sees("From 2025-26. y takes it into this year.")
        .press("enter")
        .sees("From 2025-26. y takes it into this year.")
        .sees_no(" this year, ")
        .press("esc")
        .press("y")
        .sees_no("takes it into this year");
    let rows = driver.journal.goals().unwrap();
    assert_eq!(rows[0].goal.academic_year, 2026);
    driver.press("y").sees("of the present year already");
}

#[test]
fn what_i_say_stands_beside_what_others_said() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let mut driver = year(columns, rows);
        let screen = driver.press("enter").screen();
        let beside = screen
            .lines()
            .any(|line| line.contains("What I say") && line.contains("What others said"));
        assert!(beside, "{screen}");
        driver
            .sees("\"Thanked before I explained.\"")
            .sees("nurse, Fri 9 Oct")
            .sees("\"You ask before you explain.\"");
    }
}

#[test]
fn counts_stand_beside_charts_of_one_scale_and_nothing_is_visible() {
    let mut driver = year(80, 24);
    driver
        .sees("·▂···▂·▄  4 in 8 weeks  last Thu")
        .sees("········  0 in 8 weeks  none yet")
        .sees("4 reflections; experiments: 3 open; feedback: nurse 1");
    let mut driver = Driver::with(80, 24, |journal| {
        choose(journal, "feedback", "");
        choose(journal, "team", "");
        on(journal, "feedback", "2026-11-17", "Asked.", None);
        for _ in 0..4 {
            on(
                journal,
                "team",
                "2026-11-17",
                "Named the roles aloud.",
                None,
            );
        }
    });
    driver
        .press("5")
        .sees("·······▂  1 in 8 weeks")
        .sees("·······█  4 in 8 weeks");
}

#[test]
fn plain_characters_do_where_there_are_no_others() {
    let mut driver = year(80, 24);
    let config = Config::default();
    driver.model.settings.theme = Theme::of(&config.theme, Glyphs::Ascii);
    driver.sees("> Giving").sees("._..._.-  4 in 8 weeks");
    assert!(
        driver.press("enter").screen().is_ascii(),
        "{}",
        driver.screen()
    );
}

#[test]
fn after_a_month_without_feedback_there_is_one_question_to_ask() {
    let mut driver = Driver::with(80, 24, |journal| {
        let mut goal = choose(journal, "team", "");
        journal.trash_goal(goal.id).unwrap();
        journal.empty_trash().unwrap();
        goal.created_at -= chrono::Duration::days(40);
        journal.insert_goals(&[goal]).unwrap();
    });
    driver
        .press("5")
        .sees("None from others yet. F has a question to ask.")
        .press("enter")
        .sees("You could ask:");
    let catalog = driver.model.settings.catalog.clone();
    let today = driver.journal.today();
    let question = feedback_question(&catalog, today).unwrap();
    driver.sees(&question);
    // Looked at and left: nothing remains.
    driver.press("F").sees(&question).press("esc");
    assert!(driver.journal.offered_drafts().unwrap().is_empty());
    driver
        .press(r#"F "I make space." ctrl-s esc"#)
        .sees("› Leading");
    let entry = driver.journal.last().unwrap().unwrap().reflection;
    assert_eq!(entry.template, TemplateId::FEEDBACK_ASKED);
    assert_eq!(entry.note.as_str(), question);
    let ids = [CompetencyId::new("feedback"), CompetencyId::new("team")];
    assert_eq!(entry.competencies, ids);
}

#[test]
fn no_question_is_suggested_for_a_goal_that_was_just_chosen() {
    year(80, 24)
        .sees_no("has a question")
        .press("enter")
        .sees_no("You could ask");
}

#[test]
fn a_click_selects_a_goal_and_a_second_one_reads_it() {
    for (columns, rows) in [(80, 24), (120, 24), (40, 12)] {
        let mut driver = Driver::demo(columns, rows);
        driver
            .press("5")
            .click("Leading multidisciplinary")
            .sees("› Leading multidisciplinary")
            .click("Leading multidisciplinary")
            .sees("Strength     Calm voice.");
    }
}

#[test]
fn the_reflections_behind_a_goal_are_two_keys_away() {
    let mut driver = year(80, 24);
    driver
        .press("enter enter")
        .sees("/ comp:=feedback")
        .sees("Thanked before I explained.")
        .sees("You ask before you explain.");
    driver.press("esc").sees("[5 Goals]").sees("What I say");
    driver.press("esc j enter enter").sees("Nothing matches.");
}

#[test]
fn keys_pressed_before_the_goals_are_there_act_on_the_goal_they_mean() {
    let mut driver = year(80, 24);
    driver.press("1").hold_answers();
    driver.press("5 j d").answer_all();
    assert_eq!(goals(&mut driver), active(&["feedback"]));
    driver.press("u d d").answer_all();
    assert_eq!(goals(&mut driver), []);
}

#[test]
fn keys_meant_for_goals_that_could_not_be_read_do_nothing() {
    let mut driver = Driver::with(80, 24, |journal| {
        choose(journal, "feedback", "");
    });
    driver.hold_answers().press("5 d").fail_one();
    driver
        .sees("The journal could not be read.")
        .press("d")
        .answer_all();
    assert_eq!(goals(&mut driver), active(&["feedback"]));
    driver
        .press("1 5")
        .answer_all()
        .sees("› Giving and seeking feedback");
}

#[test]
fn a_line_that_the_journal_refuses_stays_in_its_form() {
    let mut driver = year(80, 24);
    driver.press(r#"a "calm" enter "Because.""#);
    choose(&mut driver.journal, "safety", "");
    driver
        .press("ctrl-s")
        .sees("3 goals are active")
        .sees("Because.");
    driver
        .press("esc")
        .sees("What you typed is here when you open it again");
}

#[test]
fn everything_can_be_reached_on_a_small_screen() {
    let mut driver = year(40, 12);
    driver
        .sees("› Giving")
        .press("j")
        .sees("› Leading")
        .press("k enter");
    driver
        .sees("Why")
        .press("G")
        .sees("\"You ask before you explain.\"");
    driver
        .press("g")
        .sees("I give it late")
        .press("esc")
        .sees("› Giving");
}

#[test]
fn a_goal_in_the_trash_is_listed_there_and_comes_back_as_far_as_there_is_room() {
    let mut driver = year(80, 24);
    driver
        .press("d 2 T")
        .sees("goal             Giving and seeking feedback");
    for id in ["calm", "safety"] {
        choose(&mut driver.journal, id, "");
    }
    driver
        .press("r")
        .sees("as set aside")
        .sees("The trash is empty.")
        .press("5")
        .sees("Giving and seeking feedback, set aside");
    driver.press("u 2 T").sees("Giving and seeking feedback");
    driver.press("E").sees("Delete 1 for good").press("y");
    assert_eq!(driver.journal.in_trash().unwrap(), []);
    assert_eq!(goals(&mut driver), active(&["calm", "team", "safety"]));
}

#[test]
fn the_key_of_every_place_is_seen_on_the_smallest_screen() {
    let mut driver = Driver::sized(40, 12);
    for place in Place::ALL {
        driver.model.place = place;
        let screen = driver.screen();
        let tabs = screen.lines().nth(1).unwrap();
        assert!(tabs.contains(place.title()), "{tabs}");
        for (key, of) in [
            ("1", Place::Today),
            ("2", Place::Journal),
            ("4", Place::Trends),
            ("5", Place::Goals),
        ] {
            assert!(tabs.contains(key), "{of:?}: {tabs}");
        }
    }
}

#[test]
fn what_two_lines_do_not_hold_is_seen_to_be_cut() {
    let mut driver = Driver::demo(40, 24);
    driver
        .press("5")
        .sees("2 helped, 1 mixed; feedback: nurse…");
}

#[test]
fn the_footer_names_only_keys_that_do_something() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut driver = Driver::sized(columns, rows);
        driver.press("5").sees("a add").sees("f competencies");
        for nothing in ["read", "e edit", "m met", "set aside"] {
            driver.sees_no(nothing);
        }
    }
    let mut driver = Driver::demo(120, 24);
    driver
        .press("5")
        .sees("Enter read")
        .press("enter")
        .sees("Enter reflections")
        .sees_no("Right read");
    let mut driver = Driver::new();
    driver.sees_no("answer").press("2").sees("/ search");
    for nothing in ["read", "edit", "delete", "share", "answer"] {
        driver.sees_no(nothing);
    }
    driver.press("T").sees_no("restore").press("esc R");
    driver.sees("a begin").sees_no("change").sees_no("delete");
}

#[test]
fn on_the_narrowest_screen_nothing_is_cut_without_a_mark() {
    let mut driver = Driver::with(40, 12, |journal| {
        choose(journal, "feedback", "");
        on(
            journal,
            "feedback",
            "2026-10-02",
            "Asked what I missed",
            None,
        );
    });
    driver.press("5").sees("1 in 8 weeks  last 2 Oct\n");
    driver.press("f").sees("Leadership in residency…");
}
