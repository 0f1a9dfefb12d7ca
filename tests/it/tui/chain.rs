//! One plan through all its wordings, and what comes back to be answered.

use postcall::domain::experiment::{Answer, Outcome};
use postcall::domain::template::TemplateId;
use postcall::journal::{InTrash, Journal};
use postcall::tui::message::Reply;

use super::driver::{Driver, write};

/// Three wordings of one plan: written on the 2nd, the 9th and the 16th of November.
fn worded_thrice(journal: &mut Journal) {
    write(
        journal,
        "2026-11-02",
        "First week.",
        "If it is late, then I hand over.",
    );
    for (date, words, plan) in [
        (
            "2026-11-09",
            "Second week.",
            "If it is past six, then I hand over.",
        ),
        (
            "2026-11-16",
            "Third week.",
            "If it is past six, then I hand over and go.",
        ),
    ] {
        let former = journal.last_experiment().unwrap().unwrap().id;
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        draft.went_well = words.into();
        draft.try_next = plan.into();
        draft.shift_date = date.parse().unwrap();
        draft.date_touched = true;
        draft.follows = Some(former);
        journal.save(&draft).unwrap();
    }
    let last = journal.last_experiment().unwrap().unwrap().id;
    journal.answer(last, Answer::Carry).unwrap();
    journal.note_outcome(last, "Out by half past.").unwrap();
    write(
        journal,
        "2026-11-17",
        "Something else.",
        "If asked, then I say no.",
    );
}

#[test]
fn every_wording_is_shown_from_the_first_on_with_what_became_of_it() {
    let mut driver = Driver::with(80, 24, worded_thrice);
    driver.press("2 j x").sees("One plan, worded 3 times");
    driver.sees_in_order(&[
        "Mon 2 Nov",
        "If it is late, then I hand over.",
        "reworded on 21 Nov",
        "Mon 9 Nov",
        "› Mon 16 Nov",
        "If it is past six, then I hand over and go.",
        "open, in 9 days, carried once: Out by half past.",
    ]);
    driver.sees_no("Something else");
}

#[test]
fn enter_reads_the_reflection_of_a_wording_wherever_the_list_stands() {
    let mut driver = Driver::with(80, 24, |journal| {
        worded_thrice(journal);
        for n in 0..200 {
            write(journal, "2026-11-18", &format!("entry {n}"), "");
        }
    });
    driver
        .press("enter")
        .press("esc")
        .press("j x")
        .sees("One plan, worded 3 times")
        .press("g enter")
        .sees("First week.")
        .sees("Try next")
        .press("esc")
        .sees("› Mon  2 night   First week.")
        .press("k")
        .sees("› Mon  9 night   Second week.");
}

#[test]
fn reading_a_wording_leaves_a_search_that_would_hide_it() {
    let mut driver = Driver::with(80, 24, worded_thrice);
    driver
        .press(r#"/ "third" enter x up enter"#)
        .sees("Second week.")
        .sees_no("/ third");
}

#[test]
fn a_wording_is_answered_and_noted_on_where_it_stands() {
    let mut driver = Driver::with(80, 24, worded_thrice);
    driver
        .press("2 j enter x a 1")
        .sees("One plan, worded 3 times")
        .sees("helped on 21 Nov, carried once")
        .press(r#"N ctrl-u "Kept it up." enter"#)
        .sees("carried once: Kept it up.")
        .press("u u")
        .sees("open, in 9 days, carried once: Out by half past.")
        .press("esc")
        .sees("Third week.");
}

#[test]
fn a_wording_in_the_trash_says_so_and_is_not_opened() {
    let mut driver = Driver::with(80, 24, worded_thrice);
    driver.press("2 G d k x");
    driver
        .sees("in the trash")
        .press("g enter")
        .sees("Its reflection is in the trash.")
        .press("a")
        .sees("Its reflection is in the trash.")
        .sees_no("Did you?");
}

#[test]
fn a_long_chain_is_walked_through_on_a_small_screen() {
    let mut driver = Driver::with(40, 12, worded_thrice);
    driver
        .press("2 j x")
        .sees("and go.")
        .press("k k")
        .sees("If it is late");
}

#[test]
fn what_is_not_as_it_was_saved_is_marked_where_it_is_asked_about_and_in_the_trash() {
    let damage = |reply: &mut Reply| {
        if let Reply::Overview(overview) = reply {
            for asked in &mut overview.experiments {
                asked.damaged = true;
            }
        } else if let Reply::Trashed(things) = reply {
            for thing in things {
                if let InTrash::Reflection(row) = thing {
                    row.damaged = true;
                }
            }
        }
    };
    let mut driver = Driver::with(80, 24, worded_thrice);
    driver.hold_answers().press("2").answer_all().press("d");
    driver.answer_each(damage).press("T").answer_each(damage);
    driver.sees("(damaged) Something else.");
    let plan = "(damaged) If it is past six, then I hand over and go.";
    driver.press("esc 1").answer_each(damage).sees(plan);
    driver.press("enter").sees("Did you?").sees(plan);
}

#[test]
fn a_second_key_in_the_trash_is_for_the_row_that_takes_the_place_of_the_first() {
    let mut driver = Driver::with(80, 24, worded_thrice);
    driver
        .press("2 d d d T")
        .hold_answers()
        .press("r r")
        .answer_all();
    let left = driver.journal.trashed().unwrap();
    let words: Vec<String> = left.iter().map(|row| row.entry.first_words(40)).collect();
    assert_eq!(words, ["Second week."]);
}

#[test]
fn a_second_answer_takes_the_place_of_the_first_and_undo_goes_back_one_by_one() {
    let mut driver = Driver::with(80, 24, |journal| {
        write(
            journal,
            "2026-11-19",
            "",
            "If it is late, then I hand over.",
        );
    });
    let outcome = |driver: &mut Driver| driver.journal.last_experiment().unwrap().unwrap().outcome;
    driver.press("2 enter a 1 a 3");
    assert_eq!(outcome(&mut driver), Outcome::NoHelp);
    driver.press("u");
    assert_eq!(outcome(&mut driver), Outcome::Helped);
    driver.press("u");
    assert_eq!(outcome(&mut driver), Outcome::Open);
}
