//! A journal that answers late, or not at all: where the list stands and what keys act on.

use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
use postcall::domain::query::Query;
use postcall::tui::message::{Message, Reply};

use super::driver::{Driver, write};

/// Entries 000 (newest) to `count - 1`, two a day.
fn many(count: u64) -> Driver {
    Driver::with(80, 24, |journal| {
        let newest = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        for n in (0..count).rev() {
            let day = newest - chrono::Days::new(n / 2);
            write(journal, &day.to_string(), &format!("entry {n:03}."), "");
        }
    })
}

/// The numbers of the entries on the screen, the selected one in brackets.
fn shown(driver: &Driver) -> Vec<String> {
    let screen = driver.screen();
    let number = |line: &str| {
        let number: String = line.split("entry ").nth(1)?.chars().take(3).collect();
        let selected = line.trim_start().starts_with('›');
        Some(if selected {
            format!("[{number}]")
        } else {
            number
        })
    };
    screen.lines().filter_map(number).collect()
}

fn selected(driver: &Driver) -> String {
    let all = shown(driver);
    let selected = all.iter().find_map(|row| row.strip_prefix('['));
    selected
        .unwrap_or_else(|| panic!("nothing is selected in {all:?}"))
        .trim_end_matches(']')
        .to_owned()
}

fn wheel_down() -> Message {
    Message::MouseUsed(MouseEvent {
        kind: MouseEventKind::ScrollDown,
        column: 10,
        row: 10,
        modifiers: KeyModifiers::NONE,
    })
}

#[test]
fn moving_while_the_rows_are_loaded_again_is_not_undone() {
    let mut driver = many(30);
    driver.press("2 j j").hold_answers();
    driver.tell(Message::FocusGained);
    driver.answer_one(|reply| *reply = Reply::LookedForChanges(true));
    driver.tell(wheel_down());
    driver.tell(wheel_down());
    assert_eq!(selected(&driver), "004");
    driver.answer_all();
    assert_eq!(selected(&driver), "004");
}

#[test]
fn deleting_far_down_selects_the_next_older_row_and_moves_nothing_else() {
    let mut driver = many(300);
    driver.press("2");
    for _ in 0..150 {
        driver.press("j");
    }
    let before = shown(&driver);
    assert_eq!(selected(&driver), "150");
    driver.press("d");
    assert_eq!(selected(&driver), "151");
    let after = shown(&driver);
    assert_eq!(before.first(), after.first(), "{before:?}\n{after:?}");
    driver.press("u");
    assert_eq!(selected(&driver), "150");
    assert_eq!(shown(&driver), before);
}

#[test]
fn deleting_the_oldest_row_selects_the_one_before() {
    let mut driver = many(200);
    driver.press("2 G d");
    assert_eq!(selected(&driver), "198");
}

#[test]
fn a_new_reflection_does_not_move_a_list_that_is_elsewhere() {
    let mut driver = many(300);
    driver.press("2");
    for _ in 0..200 {
        driver.press("j");
    }
    let before = shown(&driver);
    driver.press(r#"n "Something new" ctrl-s esc"#);
    assert_eq!(shown(&driver), before);
    driver.press("g").sees("› Fri 20").sees("Something new");
}

#[test]
fn a_list_that_could_not_be_read_does_not_say_that_nothing_was_written() {
    let mut driver = many(3);
    driver.hold_answers().press("2").fail_one();
    driver
        .sees("The journal could not be read.")
        .sees_no("Nothing written");
    driver.press("1 2").answer_all();
    assert_eq!(shown(&driver), ["[000]", "001", "002"]);
    driver.press("/").answer_all().press(r#""001""#).fail_one();
    driver
        .sees("The journal could not be read.")
        .sees_no("entry 000")
        .sees_no("Nothing matches");
}

fn in_trash(driver: &mut Driver) -> Vec<String> {
    let all = driver.journal.trashed().unwrap();
    all.iter().map(|row| row.entry.first_words(20)).collect()
}

#[test]
fn keys_after_a_search_act_on_what_it_found() {
    let mut driver = many(10);
    driver.press("2").hold_answers();
    driver.press(r#"/ "003" enter d"#).sees("/ 003");
    assert_eq!(in_trash(&mut driver), [""; 0]);
    driver.answer_all();
    assert_eq!(in_trash(&mut driver), ["entry 003."]);
}

#[test]
fn the_search_line_takes_every_key_at_once() {
    let mut driver = many(10);
    driver.press("2").hold_answers();
    driver
        .press(r#"/ "00" backspace "07""#)
        .sees("/ 007")
        .paste(" entry")
        .sees("/ 007 entry");
    driver.answer_all();
    assert_eq!(shown(&driver), ["[007]"]);
}

#[test]
fn deleting_twice_deletes_two_reflections() {
    let mut driver = many(10);
    driver.press("2 j").hold_answers();
    driver.press("d d").answer_all();
    assert_eq!(in_trash(&mut driver), ["entry 001.", "entry 002."]);
    driver.press("d u d j d").answer_all();
    let all = ["entry 001.", "entry 002.", "entry 003.", "entry 005."];
    assert_eq!(in_trash(&mut driver), all);
}

#[test]
fn going_to_the_oldest_and_deleting_deletes_the_oldest() {
    let mut driver = many(300);
    driver.press("2").hold_answers();
    driver.press("G d").answer_all();
    assert_eq!(in_trash(&mut driver), ["entry 299."]);
    driver.press("g enter d").answer_all();
    assert_eq!(in_trash(&mut driver), ["entry 000.", "entry 299."]);
}

#[test]
fn marking_twice_marks_and_unmarks() {
    let mut driver = many(3);
    driver.press("2").hold_answers();
    driver.press("s s").answer_all();
    let last = driver.journal.list(&Query::default(), Some(1)).unwrap();
    assert!(last.iter().all(|entry| !entry.reflection.shared));
}

#[test]
fn keys_meant_for_rows_that_could_not_be_read_do_nothing() {
    let mut driver = many(10);
    driver.press("2").hold_answers();
    driver.press("/").answer_all();
    driver.press(r#""003" enter d d"#).fail_one().answer_all();
    assert_eq!(in_trash(&mut driver), [""; 0]);
    driver.press("d").answer_all();
    assert_eq!(in_trash(&mut driver), [""; 0]);
    driver
        .press("esc")
        .answer_all()
        .sees("› Fri 20 night   entry 000.");
}

#[test]
fn saving_and_deleting_at_once_deletes_what_was_saved() {
    let mut driver = many(5);
    driver.press("2").hold_answers();
    driver.press(r#"n "Newest" ctrl-s d"#).answer_all();
    assert_eq!(in_trash(&mut driver), ["Newest"]);
    assert_eq!(shown(&driver), ["[000]", "001", "002", "003", "004"]);
}

#[test]
fn a_damaged_reflection_says_so_in_the_list_and_where_it_is_read() {
    let mut driver = many(3);
    driver.hold_answers().press("2").answer_one(|reply| {
        if let Reply::Page(page) = reply {
            page.rows[1].damaged = true;
        }
    });
    driver
        .sees("Fri 20 night   damaged, partly readable")
        .press("j enter")
        .sees("Part of this reflection is damaged.")
        .sees("postcall backup list")
        .sees("entry 001.");
    driver.press("]").sees_no("damaged");
}

#[test]
fn opening_the_reader_notices_what_another_instance_wrote() {
    let mut driver = many(3);
    driver.press("2 j").hold_answers().press("enter");
    let id = driver.journal.last().unwrap().unwrap().reflection.id;
    driver.journal.set_shared(id, true).unwrap();
    driver
        .press("g")
        .sees_no("marked for sharing")
        .answer_one(|reply| *reply = Reply::LookedForChanges(true))
        .answer_all();
    driver
        .press("[")
        .sees("entry 000")
        .sees("marked for sharing");
}

#[test]
fn a_reader_whose_reflection_another_instance_deleted_gives_way_to_the_list() {
    let mut driver = many(3);
    driver.press("2 enter").hold_answers();
    let id = driver.journal.last().unwrap().unwrap().reflection.id;
    driver.journal.trash(id).unwrap();
    driver.tell(Message::FocusGained);
    driver
        .answer_one(|reply| *reply = Reply::LookedForChanges(true))
        .answer_all();
    assert_eq!(shown(&driver), ["[001]", "002"]);
}

#[test]
fn a_reload_does_not_undo_a_jump_that_is_under_way() {
    let mut driver = many(300);
    driver.press("2").hold_answers();
    driver.tell(Message::FocusGained);
    driver
        .press("G")
        .answer_one(|reply| *reply = Reply::LookedForChanges(true))
        .answer_all();
    assert_eq!(selected(&driver), "299");
}

#[test]
fn an_answer_that_comes_between_does_not_turn_the_words_of_a_draft_into_commands() {
    let mut driver = many(3);
    driver.press("2").hold_answers();
    driver
        .press(r#"n "First" ctrl-s 3 n "dd second" ctrl-s"#)
        .answer_all();
    driver.press("esc").sees("First").sees("dd second");
    assert_eq!(in_trash(&mut driver), [""; 0]);
}

#[test]
fn keys_after_a_deletion_that_failed_do_nothing_and_later_ones_count() {
    let mut driver = many(3);
    driver.press("2").hold_answers();
    driver.press("d d").fail_one().sees("changed nothing");
    assert_eq!(in_trash(&mut driver), [""; 0]);
    driver.press("d").answer_all();
    assert_eq!(in_trash(&mut driver), ["entry 000."]);
}
