//! Possible identifiers while writing and at save. All names are invented.

use super::driver::{Driver, write};
use postcall::domain::prose::Prose;
use postcall::domain::reflection::Field;
use postcall::tui::message::Message;
use ratatui::style::Modifier;

/// What is underlined on the screen, row by row.
fn underlined(driver: &Driver) -> String {
    let buffer = driver.buffer();
    let mut words: Vec<String> = Vec::new();
    for row in buffer.area.rows() {
        let mut open = false;
        for position in row.positions() {
            let cell = &buffer[position];
            let marked = cell.modifier.contains(Modifier::UNDERLINED);
            if marked && !open {
                words.push(String::new());
            }
            if marked && let Some(word) = words.last_mut() {
                word.push_str(cell.symbol());
            }
            open = marked;
        }
    }
    words.join(" | ")
}

fn saved(driver: &mut Driver) -> Option<String> {
    let last = driver.journal.last().expect("the journal can be read");
    last.map(|entry| entry.reflection.went_well.as_str().to_owned())
}

fn written(driver: &Driver) -> String {
    let draft = driver.model.draft().expect("an editor is open");
    draft.went_well.as_str().to_owned()
}

#[test]
fn a_name_is_marked_once_it_is_written() {
    let mut driver = Driver::new();
    driver.press(r#"n "Sat down with Mrs Vexley""#);
    assert_eq!(underlined(&driver), "");
    driver.sees_no("Possible identifier").press(r#"".""#);
    assert_eq!(underlined(&driver), "Vexley");
    driver.sees(r#"Possible identifier: name. Ctrl-r writes "the patient""#);
    // Written on, it is another word until that one is written too.
    driver.press(r#"backspace "s""#);
    assert_eq!(underlined(&driver), "");
    driver.let_timers_fire();
    assert_eq!(underlined(&driver), "Vexleys");
}

#[test]
fn a_word_that_is_left_is_written() {
    for keys in ["left", "tab", "ctrl-a"] {
        let mut driver = Driver::new();
        driver.press(r#"n "Sat down with Mrs Vexley""#).press(keys);
        assert_eq!(underlined(&driver), "Vexley", "{keys}");
    }
}

#[test]
fn addresses_and_long_numbers_are_marked_while_they_are_written() {
    for (typed, marked) in [
        ("mail sam@vexley.example", "sam@vexley.example"),
        ("number 219-09-9999", "219-09-9999"),
        ("call 5555550142", "5555550142"),
    ] {
        let mut driver = Driver::new();
        driver.press(&format!(r#"n "{typed}""#));
        assert_eq!(underlined(&driver), marked);
    }
    let mut driver = Driver::new();
    driver.press(r#"n "MRN 44718""#);
    assert_eq!(underlined(&driver), "");
}

#[test]
fn marks_stay_with_their_words_while_something_else_is_written() {
    let mut driver = Driver::new();
    driver.press("n");
    driver.paste("Thanked Mrs Vexley.\nThen Mr Quillon, and a walk.");
    assert_eq!(underlined(&driver), "Vexley | Quillon");
    driver.press(r#"ctrl-a "later""#);
    assert_eq!(underlined(&driver), "Vexley | Quillon");
    driver.press(r#"alt-< "We" enter"#);
    assert_eq!(underlined(&driver), "Vexley | Quillon");
    driver.press("alt-< ctrl-k ctrl-k ctrl-k");
    assert_eq!(underlined(&driver), "Quillon");
    driver.press("ctrl-k ctrl-k");
    assert_eq!(underlined(&driver), "");
}

#[test]
fn one_key_writes_the_suggestion_and_one_takes_it_back() {
    let mut driver = Driver::new();
    driver.press(r#"n "Mr Quillon and Mrs Vexley agreed, and" ctrl-r"#);
    assert_eq!(written(&driver), "Mr Quillon and the patient agreed, and");
    driver.press(r#"" left""#);
    assert_eq!(
        written(&driver),
        "Mr Quillon and the patient agreed, and left",
        "the cursor stays where it was in the text"
    );
    driver.press("ctrl-r");
    assert_eq!(
        written(&driver),
        "The patient and the patient agreed, and left"
    );
    driver
        .sees_no("Possible")
        .press("ctrl-r")
        .sees("No possible identifier is marked");
    driver.press("alt-u");
    assert_eq!(
        written(&driver),
        "Mr Quillon and the patient agreed, and left"
    );
    assert_eq!(underlined(&driver), "Quillon");
}

#[test]
fn the_key_goes_to_the_next_field_that_has_some_before_it_writes_there() {
    let mut driver = Driver::new();
    driver.press(r#"n tab "Told Mrs Vexley late" tab "If asked""#);
    driver.press("ctrl-r").sees("Possible identifier: name");
    let draft = driver.model.draft().unwrap();
    assert_eq!(draft.do_differently.as_str(), "Told Mrs Vexley late");
    driver.press("ctrl-r");
    let draft = driver.model.draft().unwrap();
    assert_eq!(draft.do_differently.as_str(), "Told the patient late");
}

#[test]
fn words_out_of_sight_are_shown_before_they_are_replaced() {
    let mut driver = Driver::new();
    driver.press("n");
    let text = format!("Told Mrs Vexley late\n{}", "a line\n".repeat(60));
    driver.paste(&text).sees_no("Vexley").press("ctrl-r");
    assert_eq!(written(&driver), text);
    assert_eq!(underlined(&driver), "Vexley");
    driver.press("ctrl-r").sees("Told the patient late");
}

#[test]
fn what_is_only_worth_a_look_has_a_mark_and_no_hint() {
    let mut driver = Driver::new();
    driver.press(r#"n "Dr Quillon was kind and" ctrl-s"#);
    driver.sees("Saved");
    driver.press("esc 2 e").sees_no("Possible");
    assert_eq!(underlined(&driver), "Quillon");
}

#[test]
fn saving_asks_once_and_replaces() {
    let mut driver = Driver::new();
    driver.press(r#"n "Mr Quillon and Mrs Vexley" tab "Call MRN 4471829" ctrl-s"#);
    driver.sees("3 possible identifiers:  r replace  e edit  s save anyway");
    assert_eq!(saved(&mut driver), None);
    driver.press("q x").sees("3 possible identifiers");
    driver.press("r").sees("Saved");
    assert_eq!(
        saved(&mut driver).as_deref(),
        Some("The patient and the patient")
    );
    let entry = driver.journal.last().unwrap().unwrap();
    let differently = entry.reflection.do_differently.as_str().to_owned();
    assert!(!differently.contains("4471829"), "{differently}");
}

#[test]
fn saving_can_go_back_to_the_first_one() {
    for key in ["e", "esc", "ctrl-c"] {
        let mut driver = Driver::new();
        driver.press(r#"n "Mrs Vexley slept" tab "later" ctrl-s"#);
        driver.sees("1 possible identifier:").press(key);
        driver.press("ctrl-w");
        assert_eq!(written(&driver), "Mrs  slept", "{key}");
        assert_eq!(saved(&mut driver), None);
    }
}

#[test]
fn what_was_let_stand_is_not_asked_about_again() {
    let mut driver = Driver::new();
    driver
        .press(r#"n "Mrs Vexley slept" ctrl-s s"#)
        .sees("Saved");
    assert_eq!(saved(&mut driver).as_deref(), Some("Mrs Vexley slept"));
    driver
        .press(r#"esc 2 e ctrl-e " well" ctrl-s"#)
        .sees("Saved");
    assert_eq!(saved(&mut driver).as_deref(), Some("Mrs Vexley slept well"));
    driver.press(r#"esc e ctrl-e " near Mr Quillon" ctrl-s"#);
    driver
        .sees("1 possible identifier:")
        .press("r")
        .sees("Saved");
    assert_eq!(
        saved(&mut driver).as_deref(),
        Some("Mrs Vexley slept well near the patient")
    );
    // Another reflection is another text.
    driver.press(r#"esc n "Mrs Vexley woke" ctrl-s"#);
    driver.sees("1 possible identifier:");
}

#[test]
fn medium_ones_are_marked_and_not_asked_about() {
    let mut driver = Driver::new();
    driver.press(r#"n "See www.vexley.example/4471 again" ctrl-r"#);
    assert!(!written(&driver).contains("vexley"));
    driver.press("alt-u ctrl-s").sees("Saved");
}

#[test]
fn the_text_of_another_editor_is_looked_through() {
    let mut driver = Driver::new();
    driver.press(r#"n "Before""#);
    let text = Prose::from("Thanked Mrs Vexley\n");
    driver.tell(Message::EditorClosed(Field::WentWell, Ok(text)));
    assert_eq!(underlined(&driver), "Vexley");
    driver.press("ctrl-s").sees("1 possible identifier:");
}

#[test]
fn the_smallest_screen_has_room_for_all_of_it() {
    let mut driver = Driver::sized(40, 12);
    driver
        .press(r#"n "Mrs Vexley slept""#)
        .sees(r#"Possible name: Ctrl-r "The patient""#);
    assert_eq!(underlined(&driver), "Vexley");
    driver
        .press("ctrl-s")
        .sees("1 possible identifier:")
        .sees("r replace  e edit  s save anyway");
}

#[test]
fn a_long_paragraph_is_looked_through_when_the_writer_pauses() {
    let mut driver = Driver::new();
    driver.press("n").paste(&"quiet hours ".repeat(250));
    driver.press(r#""with Mrs Vexley and""#);
    assert_eq!(underlined(&driver), "");
    driver.let_timers_fire();
    assert_eq!(underlined(&driver), "Vexley");
}

fn with_an_experiment() -> Driver {
    Driver::with(80, 24, |journal| {
        write(
            journal,
            "2026-11-19",
            "Rounds.",
            "If it is late, then I hand over.",
        );
    })
}

#[test]
fn in_a_line_of_a_form_they_are_marked_hinted_at_and_replaced_as_in_the_editor() {
    let mut driver = with_an_experiment();
    driver.press(r#"2 N "Sat with Mrs Vexley""#);
    assert_eq!(underlined(&driver), "");
    driver.let_timers_fire();
    assert_eq!(underlined(&driver), "Vexley");
    driver.sees(r#"Possible identifier: name. Ctrl-r writes "the patient""#);
    driver
        .press(r#"" twice" ctrl-r "." enter"#)
        .sees("Kept the note.");
    let newest = driver.journal.last_experiment().unwrap().unwrap();
    assert_eq!(newest.outcome_note.as_str(), "Sat with the patient twice.");
}

#[test]
fn what_a_form_opens_with_is_marked_and_one_key_takes_a_replacement_back() {
    let mut driver = with_an_experiment();
    driver.press(r#"2 N "Mr Quillon slept" enter N"#);
    assert_eq!(underlined(&driver), "Quillon");
    driver.press("ctrl-r").sees("The patient slept");
    driver.press("alt-u").sees("Mr Quillon slept");
    driver
        .press("ctrl-r ctrl-r")
        .sees("No possible identifier is marked");
}

#[test]
fn in_a_form_the_key_goes_to_the_next_line_that_has_some() {
    let mut driver = Driver::new();
    driver.press(r#"5 n enter "Told Mrs Vexley late" tab "Asked""#);
    driver.sees_no("Possible identifier").press("ctrl-r");
    driver.sees("Possible identifier: name").press("ctrl-r");
    driver.sees("Told the patient late").sees("Asked");
}

#[test]
fn a_line_for_a_day_or_a_name_of_a_rotation_is_not_looked_through() {
    let mut driver = Driver::new();
    driver.press("R a").sees("First day").sees("2026-11-2");
    assert_eq!(underlined(&driver), "");
}

#[test]
fn on_the_narrowest_screen_each_kind_has_a_hint() {
    for (typed, hint) in [
        ("born 3 May 2026.", "Ctrl-r replaces"),
        ("MRN 4471829.", "Ctrl-r replaces"),
        ("92 year old.", "Ctrl-r "),
        ("Mrs Vexley.", r#"Possible name: Ctrl-r "The patient""#),
    ] {
        let mut driver = Driver::sized(40, 12);
        driver.press(&format!(r#"n "{typed}""#)).sees("Possible ");
        driver.sees(hint);
    }
}
