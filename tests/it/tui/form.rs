//! Lines to fill in: what was typed is kept by the journal, or stays where it was typed.

use postcall::domain::unfinished::{Subject, Unfinished};
use postcall::journal::Journal;
use postcall::tui::message::Message;

use super::driver::{Driver, write};

fn one(columns: u16, rows: u16) -> Driver {
    Driver::with(columns, rows, |journal| {
        write(
            journal,
            "2026-11-19",
            "Handed over early.",
            "If it is late, then I hand over.",
        );
    })
}

fn note(driver: &mut Driver) -> String {
    let newest = driver.journal.last_experiment().unwrap().unwrap();
    newest.outcome_note.to_string()
}

#[test]
fn a_note_is_put_beside_the_outcome_from_the_reader_changed_taken_away_and_taken_back() {
    let mut driver = one(80, 24);
    driver
        .press("2 enter a 1 N")
        .sees("Note on \"If it is late, then I hand over.\"");
    driver
        .press(r#""Twice this week." enter"#)
        .sees("Kept the note.")
        .sees("Twice this week.");
    assert_eq!(note(&mut driver), "Twice this week.");
    driver.press(r#"N " Slept, too." ctrl-s"#);
    assert_eq!(note(&mut driver), "Twice this week. Slept, too.");
    driver.press("u");
    assert_eq!(note(&mut driver), "Twice this week.");
    driver.press("N ctrl-u enter");
    assert_eq!(note(&mut driver), "");
}

#[test]
fn what_was_typed_into_a_form_that_was_left_is_there_when_it_is_opened_again() {
    let mut driver = one(80, 24);
    driver
        .press(r#"2 N "Half a thought" esc"#)
        .sees("Not saved.");
    assert_eq!(note(&mut driver), "");
    driver.press("N").sees("Half a thought").press("enter");
    assert_eq!(note(&mut driver), "Half a thought");
    driver.press("N esc").sees_no("Not saved.");
}

#[test]
fn lines_that_do_not_fit_say_why_and_stay() {
    let mut driver = one(80, 24);
    driver
        .press(r#"2 N "   " enter"#)
        .sees("the note holds only spaces");
    driver.press(r#""yes" enter"#).sees("Kept the note.");
}

#[test]
fn a_form_that_the_journal_did_not_take_stays_open_with_its_lines() {
    let mut driver = one(80, 24);
    driver.press("2 N").hold_answers();
    driver.press(r#""Kept safe" enter"#).fail_one();
    driver
        .sees("Kept safe")
        .sees("changed nothing in the journal");
    driver.press("enter").answer_all();
    assert_eq!(note(&mut driver), "Kept safe");
}

#[test]
fn keys_pressed_before_the_journal_took_the_lines_go_where_they_were_meant_to() {
    let mut driver = one(80, 24);
    driver.press("2 N").hold_answers();
    driver
        .press(r#""Now" enter N " and then""#)
        .answer_all()
        .sees("Now and then");
}

#[test]
fn a_note_of_several_lines_that_is_only_looked_at_stays_as_it_is() {
    let mut driver = one(80, 24);
    let id = driver.journal.last_experiment().unwrap().unwrap().id;
    driver.journal.note_outcome(id, "first\nsecond").unwrap();
    driver.press("2 N").sees("first second").press("enter");
    assert_eq!(note(&mut driver), "first\nsecond");
}

#[test]
fn a_form_takes_one_pasted_line_and_fits_the_smallest_screen() {
    let mut driver = one(40, 12);
    driver.press("2 N").sees("what happened, in a line");
    driver.paste("from\nelsewhere").sees("from elsewhere");
    driver.resize(80, 24).sees("from elsewhere").press("enter");
    assert_eq!(note(&mut driver), "from elsewhere");
}

/// The lines that a run with this journal begins with.
fn left(driver: &mut Driver) -> Vec<Vec<String>> {
    let left = driver.journal.take_up_unfinished().unwrap();
    let lines = |form: Unfinished| {
        form.lines
            .iter()
            .map(|line| line.as_str().to_owned())
            .collect()
    };
    left.into_iter().map(lines).collect()
}

#[test]
fn what_is_typed_into_a_form_is_kept_in_a_moment_and_forgotten_once_it_is_saved() {
    let mut driver = one(80, 24);
    driver.press(r#"2 N "Half a thought""#);
    assert!(left(&mut driver).is_empty(), "not with every key");
    driver.let_timers_fire();
    assert_eq!(left(&mut driver), [["Half a thought"]]);
    driver.press(r#"" more""#).tell(Message::FocusLost);
    assert_eq!(left(&mut driver), [["Half a thought more"]]);
    driver.press("enter");
    driver.let_timers_fire();
    assert!(left(&mut driver).is_empty());
}

#[test]
fn what_was_typed_in_a_run_that_ended_is_told_of_and_there_when_the_form_is_opened() {
    let experiment = |journal: &mut Journal| journal.last_experiment().unwrap().unwrap().id;
    let mut driver = Driver::with(80, 24, |journal| {
        write(journal, "2026-11-19", "Handed over early.", "If a, then b.");
        let unfinished = Unfinished {
            subject: Subject::Outcome(experiment(journal)),
            lines: vec!["Half a thought".into()],
        };
        journal.keep_unfinished(&[unfinished]).unwrap();
    });
    driver
        .sees("Unfinished, and there when you open it: a note on an experiment.")
        .press("2 N")
        .sees("Half a thought")
        .press(r#"" more" enter"#);
    assert_eq!(note(&mut driver), "Half a thought more");
    assert!(left(&mut driver).is_empty());
}

#[test]
fn leaving_the_program_keeps_what_a_form_holds() {
    let mut driver = one(80, 24);
    driver.press(r#"2 N "Half a thought" esc q"#);
    assert!(driver.quit);
    assert_eq!(left(&mut driver), [["Half a thought"]]);
    let mut driver = one(80, 24);
    driver
        .press(r#"2 N "Half a thought""#)
        .tell(Message::EndRequested);
    assert_eq!(left(&mut driver), [["Half a thought"]]);
}

#[test]
fn lines_that_the_disk_does_not_take_are_tried_again() {
    let mut driver = one(80, 24);
    driver.press("2 N").hold_answers();
    driver.press(r#""Half a thought""#).let_timers_fire();
    driver.fail_one().sees("Your text is still");
    driver.let_timers_fire().answer_all();
    assert_eq!(left(&mut driver), [["Half a thought"]]);
}

#[test]
fn lines_are_on_the_disk_before_the_journal_is_locked() {
    let mut driver = one(80, 24);
    driver.model.has_passphrase = true;
    driver.press(r#"2 N "Half a thought""#).hold_answers();
    driver.press("f9").fail_one().answer_all();
    driver.press("x").sees("do not switch off");
    driver.let_timers_fire().answer_all();
    driver
        .sees("The journal is locked.")
        .sees_no("do not switch off");
    assert_eq!(left(&mut driver), [["Half a thought"]]);
    driver.press(r#""four words" enter"#).answer_all();
    driver.sees("Half a thought");
}
