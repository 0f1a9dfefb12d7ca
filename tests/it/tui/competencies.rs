//! Competencies: suggested by the words, taken with one key, never applied by themselves.

use postcall::domain::competency::CompetencyId;
use postcall::domain::experiment::Outcome;
use postcall::domain::goal::GoalLines;
use postcall::domain::query::Query;
use postcall::domain::reflection::Energy;

use super::driver::{Driver, events, write};

/// Its words suggest three: composure, feedback, team.
const TEXT: &str = "Two slow breaths, then calm feedback to the nurse.";

fn chosen(driver: &mut Driver) -> Vec<String> {
    let entry = driver.journal.last().unwrap().expect("it was saved");
    let ids = entry.reflection.competencies.iter();
    ids.map(CompetencyId::to_string).collect()
}

/// The keys of a script beside the text in quotes.
fn keys_beside_the_text(script: &str) -> usize {
    let outside = script.split('"').step_by(2);
    outside.map(|part| events(part).len()).sum()
}

#[test]
fn a_full_reflection_costs_five_keys_beside_the_text_and_the_least_two() {
    let mut driver = Driver::with(80, 24, |journal| {
        let plan = "If the plan is settled, then I ask the nurse";
        write(journal, "2026-11-13", "Named the roles aloud", plan);
    });
    let full = r#"n 1 "Asked for feedback before the night was over." ctrl-s enter 3"#;
    assert_eq!(keys_beside_the_text(full), 5);
    driver.press(full);
    let entries = driver.journal.list(&Query::default(), None).unwrap();
    let [new, old] = entries.as_slice() else {
        panic!("{} reflections", entries.len())
    };
    assert_eq!(
        new.reflection.went_well.as_str(),
        "Asked for feedback before the night was over."
    );
    assert_eq!(new.reflection.energy.map(Energy::level), Some(3));
    assert_eq!(new.reflection.competencies, [CompetencyId::new("feedback")]);
    assert_eq!(old.experiment.as_ref().unwrap().outcome, Outcome::Helped);

    let mut driver = Driver::new();
    let least = r#"n "Slept." ctrl-s"#;
    assert_eq!(keys_beside_the_text(least), 2);
    driver.press(least);
    assert_eq!(
        driver
            .journal
            .last()
            .unwrap()
            .unwrap()
            .reflection
            .went_well
            .as_str(),
        "Slept."
    );
}

#[test]
fn what_the_words_suggest_is_added_after_saving_one_by_one_and_never_by_itself() {
    let mut driver = Driver::new();
    driver
        .press("n")
        .press(&format!("\"{TEXT}\" ctrl-s"))
        .sees("Enter adds Calm under pressure")
        .sees("f other");
    assert_eq!(chosen(&mut driver), [""; 0]);
    driver
        .press("enter")
        .sees("energy  with: Calm under pressure  f other  any other key goes on")
        .sees_no("adds");
    driver.press("f enter").sees("with: Giving and seeking");
    driver.press("f enter");
    assert_eq!(chosen(&mut driver), ["composure", "feedback", "team"]);
    driver.sees_no("adds").sees_no("f other");
}

#[test]
fn a_second_enter_closes_the_line_and_adds_nothing_that_was_not_read() {
    let mut driver = Driver::with(80, 24, |journal| {
        let plan = "If it is late, then I hand over.";
        write(journal, "2026-11-19", "", plan);
    });
    driver.press("n esc n");
    driver.press(&format!("\"{TEXT}\" ctrl-s enter enter"));
    assert_eq!(chosen(&mut driver), ["composure"]);
    driver.sees_no("Saved.").sees_no("Did you?");
}

#[test]
fn keys_pressed_faster_than_the_journal_answers_add_one_after_the_other() {
    let mut driver = Driver::new();
    driver.press("n").press(&format!("\"{TEXT}\" ctrl-s"));
    driver.hold_answers().press("enter f enter 4").answer_all();
    assert_eq!(chosen(&mut driver), ["composure", "feedback"]);
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.energy.map(Energy::level), Some(4));
}

#[test]
fn where_nothing_is_suggested_enter_goes_on_like_any_other_key() {
    let mut driver = Driver::with(80, 24, |journal| {
        write(
            journal,
            "2026-11-19",
            "",
            "If it is late, then I hand over.",
        );
    });
    driver
        .press(r#"n "Fine." ctrl-s"#)
        .sees("Saved.")
        .sees("f competency")
        .sees_no("adds")
        .press("enter")
        .sees_no("Saved.")
        .sees("Did you?");
}

#[test]
fn a_digit_goes_on_once_energy_is_set() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Slept." ctrl-s 4"#)
        .sees("energy 4")
        .press("2")
        .sees_no("Saved.")
        .sees("night   Slept.");
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.energy.map(Energy::level), Some(4));
}

#[test]
fn the_line_after_saving_says_its_keys_on_a_narrow_screen() {
    let mut driver = Driver::sized(40, 12);
    driver
        .press("n")
        .press(&format!("\"{TEXT}\" ctrl-s"))
        .sees("1-5 energy")
        .sees("Enter adds Calm");
}

#[test]
fn in_the_editor_a_digit_takes_what_the_words_suggest() {
    let mut driver = Driver::new();
    driver
        .press("n")
        .press(&format!("\"{TEXT}\" tab tab tab tab tab tab tab"));
    driver
        .sees("1 Calm under")
        .sees("2 Giving and")
        .sees("3 Leading")
        .sees("type a name, Enter lists them")
        .press("2")
        .sees("1 Calm under")
        .sees_no("2 Giving and")
        .sees("3 Leading multidisciplinary teams")
        .press("2")
        .sees("2 is in it already.")
        .press("7")
        .sees("Nothing is suggested as 7.")
        .press("backspace")
        .sees("2 Giving and")
        .press("3 1 ctrl-s");
    assert_eq!(chosen(&mut driver), ["team", "composure"]);
}

#[test]
fn what_is_typed_to_find_a_competency_adds_none_when_the_row_is_left_or_all_is_saved() {
    for leaving in ["tab ctrl-s", "shift-tab ctrl-s", "down ctrl-s", "ctrl-s"] {
        let mut driver = Driver::new();
        driver
            .press(r#"n "Slept." tab tab tab tab tab tab tab "feed""#)
            .sees("<Giving and seeking feedback>")
            .press(leaving)
            .sees("Saved.");
        assert_eq!(chosen(&mut driver), [""; 0], "{leaving}");
    }
    let mut driver = Driver::new();
    driver
        .press(r#"n "Slept." tab tab tab tab tab tab tab "feed" tab"#)
        .sees("Not added: Giving and seeking feedback. Enter adds it.")
        .press("shift-tab")
        .sees("type a name");
}

#[test]
fn energy_and_a_competency_are_taken_back_one_by_one_before_the_reflection_is() {
    let mut driver = Driver::new();
    driver
        .press("n")
        .press(&format!("\"{TEXT}\" ctrl-s enter 3 u"))
        .sees("Took the energy of Fri 20 Nov off again.");
    assert_eq!(chosen(&mut driver), ["composure"]);
    let entry = driver.journal.last().unwrap().unwrap();
    assert_eq!(entry.reflection.energy, None);
    driver
        .press("u")
        .sees("The reflection of Fri 20 Nov is on no competency again.");
    assert_eq!(chosen(&mut driver), [""; 0]);
    driver
        .press("u")
        .sees("The new reflection of Fri 20 Nov is in the trash. 2, T, then r,");
    assert!(driver.journal.last().unwrap().is_none());
    driver.press("2 T r").sees("Back in the journal.");
    assert!(driver.journal.last().unwrap().is_some());
}

#[test]
fn an_old_reflection_that_says_its_energy_is_not_asked_for_it_again() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Slept." ctrl-s 4 2 e " Well." ctrl-s"#)
        .sees("Saved.  energy 4")
        .sees_no("1-5 energy");
}

#[test]
fn what_a_template_brings_is_shown_where_it_can_be_taken_out_and_named_after_saving() {
    let mut driver = Driver::new();
    driver
        .press(r#"t "rotation close" enter"#)
        .press(r#""Learned to hand over early.""#)
        .sees("Improving the system");
    driver.press("ctrl-s").sees("with: Improving the system");
    assert_eq!(chosen(&mut driver), ["improvement"]);
    let back_to_its_row = "shift-tab shift-tab shift-tab";
    driver
        .press("esc 2 e")
        .press(back_to_its_row)
        .press("backspace ctrl-s");
    assert_eq!(chosen(&mut driver), [""; 0]);
}

#[test]
fn a_competency_of_another_framework_is_found_by_its_code() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Slept." tab tab tab tab tab tab tab"#)
        .sees("type a name, Enter lists them")
        .press(r#""ics2" enter ctrl-s"#);
    assert_eq!(chosen(&mut driver), ["acgme:ICS2"]);

    driver
        .press("f")
        .press(r#""PROF1""#)
        .sees("Professional Behavior")
        .sees("acgme:PROF1")
        .press("enter");
    assert_eq!(chosen(&mut driver), ["acgme:ICS2", "acgme:PROF1"]);
}

#[test]
fn the_list_has_the_suggested_ones_first_then_the_framework_then_the_others() {
    let mut driver = Driver::sized(120, 60);
    driver.press("n").press(&format!("\"{TEXT}\" ctrl-s f"));
    driver.sees_in_order(&[
        "Calm under pressure",
        "Giving and seeking feedback",
        "Leading multidisciplinary teams",
        "Running effective meetings",
        "Patient Care and Procedural Skills",
        "Medical Expert",
    ]);
    driver
        .sees("from your words")
        .sees("suggested: acgme:ICS2, canmeds:LD3")
        .sees("acgme:PC · ACGME core competencies")
        .sees_no("hlm:");
}

#[test]
fn a_fourth_is_refused_kindly_everywhere() {
    let mut driver = Driver::new();
    driver
        .press("n")
        .press(&format!("\"{TEXT}\" tab tab tab tab tab tab tab"));
    driver
        .press("1 2 3")
        .press("1")
        .sees("Three competencies are the most")
        .press("enter")
        .sees("Three competencies are the most")
        .press("ctrl-s f")
        .sees("A reflection has at most 3 competencies.");
    assert_eq!(chosen(&mut driver).len(), 3);
}

#[test]
fn an_id_that_no_file_defines_survives_reading_changing_and_saving() {
    let mut driver = Driver::with(80, 24, |journal| {
        let mut draft = journal
            .new_draft(&postcall::domain::template::TemplateId::SHIFT)
            .unwrap();
        draft.went_well = "Old words".into();
        draft.competencies = vec![CompetencyId::new("school:X9")];
        journal.save(&draft).unwrap();
    });
    driver
        .press("2 enter")
        .sees("school:X9")
        .press(r#"e " and new" ctrl-s"#);
    assert_eq!(chosen(&mut driver), ["school:X9"]);
}

#[test]
fn among_equals_what_an_active_goal_is_about_is_suggested_first() {
    let mut driver = Driver::with(80, 24, |journal| {
        let team = CompetencyId::new("team");
        journal.add_goal(&team, GoalLines::default()).unwrap();
    });
    driver
        .press(r#"n "Calm feedback to the nurse." ctrl-s"#)
        .sees("Enter adds Leading multidisciplinary teams");
}
