//! The competencies there are, and trying one at once.

use super::driver::Driver;

fn browser(columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::sized(columns, rows);
    driver.press(r#": "look through" enter"#);
    driver
}

#[test]
fn a_competency_says_what_it_is_what_it_looks_like_and_what_it_may_map_to() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        browser(columns, rows)
            .sees("Leadership in residency (postcall default)")
            .sees("› Running effective meetings")
            .sees("People leave knowing what was decided and who does what.")
            .sees("Opens with purpose and end time")
            .sees("Suggested mapping: acgme:ICS2 Interprofessional and Team")
            .sees("Own wording after the three seed documents");
    }
}

#[test]
fn other_frameworks_are_a_key_away_with_their_source_and_notice() {
    let mut driver = browser(80, 24);
    driver
        .press("tab")
        .sees("2 of 3")
        .sees("SBP1  Patient Safety and Quality Improvement")
        .sees("Not affiliated with or endorsed by ACGME");
    driver.press("enter").sees("names only");
    driver.press("right right").sees("1 of 3");
    driver.press("left").sees("3 of 3").press("esc");
    driver.sees("Reflect on this shift");
}

#[test]
fn what_belongs_under_a_competency_stands_under_it() {
    let mut driver = browser(120, 40);
    let screen = driver.press("tab").screen();
    let at = |name: &str| screen.lines().position(|line| line.contains(name));
    assert!(
        at("PC  Patient Care") < at("SBP  Systems-Based Practice"),
        "{screen}"
    );
    assert!(at("SBP  Systems") < at("SBP1  Patient Safety"), "{screen}");
    assert!(
        at("SBP3  Physician Role") < at("PBLI  Practice-Based"),
        "{screen}"
    );
}

#[test]
fn enter_on_a_behaviour_begins_a_reflection_that_tries_it() {
    let mut driver = browser(80, 24);
    driver
        .press(r#"enter j enter "somebody has been silent""#)
        .sees("If somebody has been silent, then I will draw in the quiet.")
        .press("ctrl-s esc");
    let entry = driver.journal.last().unwrap().expect("it was saved");
    let competencies: Vec<&str> = entry
        .reflection
        .competencies
        .iter()
        .map(postcall::domain::competency::CompetencyId::as_str)
        .collect();
    assert_eq!(competencies, ["meetings"]);
    assert_eq!(
        entry.experiment.map(|e| e.text.to_string()).as_deref(),
        Some("If somebody has been silent, then I will draw in the quiet.")
    );
    // Back where it came from.
    driver.sees("Draws in the quiet");
}

#[test]
fn a_plan_that_was_only_looked_at_leaves_no_draft_and_one_that_was_begun_does() {
    let mut driver = browser(80, 24);
    driver
        .press("enter enter")
        .sees("then I will open with purpose");
    driver
        .press("esc 1")
        .sees("n  Reflect on this shift")
        .sees_no("unfinished");
    let mut driver = browser(80, 24);
    driver
        .press(r#"enter enter "it is late" esc 1"#)
        .sees("Continue the unfinished reflection");
}

#[test]
fn escape_leaves_the_behaviours_first() {
    let mut driver = browser(80, 24);
    driver
        .press("j enter j esc j")
        .sees("› Leading multidisciplinary teams")
        .press("esc")
        .sees_no("Leading multidisciplinary");
}

#[test]
fn what_keys_act_on_is_in_sight_on_a_small_screen() {
    let mut driver = browser(40, 12);
    for _ in 0..15 {
        driver.press("enter");
        for _ in 0..4 {
            driver.sees("\n    › ").press("j");
        }
        driver.press("esc j");
    }
    driver.press("G").sees("› Sustaining yourself");
}

#[test]
fn keys_typed_before_the_editor_is_open_reach_the_plan() {
    let mut driver = browser(80, 24);
    driver.hold_answers();
    driver.press(r#"enter enter "we start""#).answer_all();
    driver.sees("If we start, then I will open with purpose and end time.");
}
