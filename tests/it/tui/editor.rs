//! The editor, as the shell and the journal see it.

use super::driver::Driver;
use postcall::domain::reflection::Role;
use postcall::domain::tag::Tag;
use postcall::tui::effect::Effect;

#[test]
fn escape_keeps_the_draft_before_the_editor_closes() {
    let mut driver = Driver::new();
    driver.press(r#"n "Not lost" esc"#);
    let drafts = driver.journal.offered_drafts().unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].draft.went_well.as_str(), "Not lost");
}

#[test]
fn a_pause_in_typing_keeps_the_draft() {
    let mut driver = Driver::new();
    driver.press(r#"n "Halfway""#).let_timers_fire();
    driver.press(r#"" there""#);
    // As after a crash: what was kept is in the journal, the rest was only on the screen.
    let kept = driver.journal.offered_drafts().unwrap();
    assert_eq!(kept[0].draft.went_well.as_str(), "Halfway");
}

#[test]
fn white_space_only_is_refused_at_its_field_and_stays() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "   " ctrl-s"#)
        .sees("Went well holds only spaces");
    assert_eq!(driver.journal.last().unwrap(), None);
}

#[test]
fn an_empty_form_is_not_saved() {
    let mut driver = Driver::new();
    driver.press("n ctrl-s").sees("nothing is written yet");
    assert_eq!(driver.journal.last().unwrap(), None);
}

#[test]
fn try_next_becomes_an_open_experiment_due_in_a_week() {
    let mut driver = Driver::new();
    driver
        .press(r#"n tab tab "If loud, then I pause" ctrl-s esc"#)
        .sees("in 6 days");
    let experiment = driver
        .journal
        .last_experiment()
        .unwrap()
        .expect("there is one");
    // The shift began on the 20th.
    assert_eq!(experiment.due, "2026-11-27".parse().ok());
}

#[test]
fn tags_in_the_text_become_tags_of_the_reflection() {
    let mut driver = Driver::new();
    driver.press(r#"n "Late #Rounds again" ctrl-s"#);
    let entry = driver.journal.last().unwrap().expect("it was saved");
    assert_eq!(
        entry
            .reflection
            .tags
            .iter()
            .map(Tag::as_str)
            .collect::<Vec<_>>(),
        ["rounds"]
    );
}

#[test]
fn a_paste_beyond_what_a_field_holds_is_refused_whole_in_words() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Before""#)
        .paste(&"x".repeat(70_000))
        .sees("64 KiB")
        .press("ctrl-s");
    let entry = driver.journal.last().unwrap().expect("it was saved");
    assert_eq!(entry.reflection.went_well.as_str(), "Before");
}

#[test]
fn a_paste_outside_a_text_changes_nothing_and_says_so() {
    let mut driver = Driver::new();
    driver
        .paste("qn\u{1b}d")
        .sees("Nothing was pasted")
        .sees("Reflect on this shift");
}

#[test]
fn the_external_editor_gets_the_field_and_its_text_comes_back() {
    let mut driver = Driver::new();
    driver.press(r#"n "Before" ctrl-o"#);
    let Some(Effect::EditExternally(field, text)) = driver.outside.pop() else {
        panic!("no editor was asked for: {:?}", driver.outside)
    };
    assert_eq!(text.as_str(), "Before");
    driver.tell(postcall::tui::message::Message::EditorClosed(
        field,
        Ok("After".into()),
    ));
    driver.sees("After");
    assert!(
        driver.outside.contains(&Effect::ForgetEditorFile),
        "{:?}",
        driver.outside
    );
    assert_eq!(
        driver.journal.offered_drafts().unwrap()[0]
            .draft
            .went_well
            .as_str(),
        "After"
    );
}

#[test]
fn an_edit_made_elsewhere_meanwhile_is_not_overwritten() {
    let mut driver = Driver::new();
    driver.press(r#"n "Mine" ctrl-s esc 2 e"#);
    let id = driver
        .journal
        .last()
        .unwrap()
        .expect("it was saved")
        .reflection
        .id;
    let mut other = driver.journal.edit_draft(id).unwrap();
    other.went_well = "Theirs".into();
    driver.journal.save(&other).unwrap();
    driver
        .press(r#"" and more" ctrl-s"#)
        .sees("changed elsewhere")
        .press("y esc");
    driver.sees("Theirs").sees("Mine and more");
}

#[test]
fn an_edit_of_what_was_deleted_elsewhere_says_so_and_brings_it_back_with_its_words() {
    let mut driver = Driver::new();
    driver.press(r#"n "Mine" ctrl-s esc 2 e"#);
    let entry = driver.journal.last().unwrap().expect("it was saved");
    let id = entry.reflection.id;
    driver.journal.trash(id).unwrap();
    driver
        .press(r#"" and more" ctrl-s"#)
        .sees("It was put into the trash elsewhere meanwhile.")
        .press("n")
        .sees("Mine and more")
        .press("ctrl-s y")
        .sees("Saved.")
        .sees("Mine and more");
    let back = driver.journal.last().unwrap().expect("it is back");
    assert_eq!(back.reflection.id, id);
    assert_eq!(back.reflection.went_well.as_str(), "Mine and more");
    assert!(driver.journal.in_trash().unwrap().is_empty());
    assert!(driver.journal.offered_drafts().unwrap().is_empty());
}

#[test]
fn letting_go_throws_the_draft_away_and_undo_brings_it_back() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Never mind""#)
        .let_timers_fire()
        .press("ctrl-g")
        .sees("Let go")
        .sees("Reflect on this shift")
        .sees_no("unfinished");
    assert_eq!(driver.journal.offered_drafts().unwrap(), []);
    driver.press("u").sees("Never mind").press("ctrl-s");
    let entry = driver.journal.last().unwrap().expect("it was saved");
    assert_eq!(entry.reflection.went_well.as_str(), "Never mind");
}

#[test]
fn looking_at_a_reflection_in_the_editor_leaves_no_draft() {
    let mut driver = Driver::new();
    driver.press(r#"n "Kept as it is" ctrl-s esc 2 e esc 1"#);
    driver
        .sees("n  Reflect on this shift")
        .sees_no("unfinished");
    assert_eq!(driver.journal.offered_drafts().unwrap(), []);
}

#[test]
fn a_draft_that_was_just_left_is_the_one_that_is_continued() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Half of it" esc n "!""#)
        .sees("Half of it!");
}

#[test]
fn whose_feedback_it_is_about_is_said_with_one_key_right_under_the_text() {
    let mut driver = Driver::new();
    driver
        .press(r#"t "feedback i asked" enter "She said I ask too late." tab tab tab tab"#)
        .sees("› Feedback from")
        .sees("1 nurse")
        .sees("6 other")
        .press("3 ctrl-s");
    let entry = driver.journal.last().unwrap().expect("it was saved");
    assert_eq!(entry.reflection.feedback_from, Some(Role::Attending));
    driver.press("esc 2 enter").sees("feedback from attending");
}

#[test]
fn every_field_is_in_sight_and_a_tall_screen_is_shared() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        for focus in ["n", "n tab", "n tab tab"] {
            let mut driver = Driver::sized(columns, rows);
            driver.press(focus);
            let screen = driver.screen();
            let at = |label: &str| {
                screen
                    .lines()
                    .position(|line| line.contains(label))
                    .unwrap()
            };
            let places = [at("Went well"), at("Do differently"), at("Try next")];
            assert!(places.is_sorted(), "{screen}");
            if rows == 40 {
                let heights = [places[1] - places[0], places[2] - places[1]];
                assert!(
                    heights.into_iter().all(|rows| (6..20).contains(&rows)),
                    "{screen}"
                );
            }
        }
    }
}
