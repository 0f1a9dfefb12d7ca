//! The Journal: list, reader, search, trash, undo.

use super::driver::{Driver, write};

fn three(columns: u16, rows: u16) -> Driver {
    Driver::with(columns, rows, |journal| {
        write(
            journal,
            "2026-11-20",
            "Led the huddle #rounds",
            "If it is loud, then I pause",
        );
        write(journal, "2026-11-17", "Let the intern present", "");
        write(journal, "2026-11-03", "Called the family early", "");
    })
}

#[test]
fn the_list_is_newest_first_and_grouped_by_week() {
    let mut driver = three(80, 24);
    let screen = driver.press("2").screen();
    let at = |text: &str| {
        screen
            .find(text)
            .unwrap_or_else(|| panic!("no {text} in\n{screen}"))
    };
    assert!(at("This week") < at("Led the huddle"));
    assert!(at("Led the huddle") < at("Let the intern present"));
    assert!(at("Week of 2 Nov") < at("Called the family early"));
}

#[test]
fn a_narrow_screen_reads_in_place_of_the_list_and_a_wide_one_beside_it() {
    let mut driver = three(80, 24);
    driver
        .press("2")
        .sees_no("Try next")
        .press("enter")
        .sees("If it is loud, then I pause");
    driver
        .press("esc")
        .sees("Let the intern present")
        .resize(120, 40)
        .sees("Try next");
}

#[test]
fn searching_filters_as_it_is_typed_and_escape_brings_everything_back() {
    let mut driver = three(80, 24);
    driver
        .press(r#"/ "int""#)
        .sees("Let the intern present")
        .sees_no("Led the huddle");
    driver.press("esc").sees("Led the huddle");
}

#[test]
fn a_wrong_query_says_what_is_allowed_and_that_the_rows_are_not_what_it_finds() {
    let mut driver = three(120, 40);
    driver
        .press("/")
        .paste("shift:xyz")
        .sees("night")
        .sees("Led the huddle")
        .sees("shift:xyz")
        .sees("not searched yet");
    driver.press("esc").sees_no("not searched yet");
}

#[test]
fn nothing_found_is_said() {
    let mut driver = three(80, 24);
    driver.press(r#"/ "zebra""#).sees("Nothing matches.");
}

#[test]
fn deleting_moves_to_the_trash_and_undo_takes_it_back_with_its_experiment() {
    let mut driver = three(80, 24);
    driver.press("2 d").sees_no("Led the huddle");
    driver
        .press("1")
        .sees_no("If it is loud")
        .press("2 u")
        .sees("Led the huddle");
    driver.press("1").sees("If it is loud, then I pause");
}

#[test]
fn the_trash_says_on_a_small_screen_too_what_happens_to_what_is_in_it() {
    let mut driver = three(40, 12);
    driver
        .press("2 d T")
        .sees("In the trash. Gone after 30 days.");
}

#[test]
fn the_trash_gives_back_and_empties_after_a_yes() {
    let mut driver = three(80, 24);
    driver
        .press("2 d d T")
        .sees("Led the huddle")
        .sees("Let the intern present");
    driver.press("r").sees_no("Led the huddle");
    driver
        .press("E")
        .sees("Delete 1 for good")
        .press("n T T")
        .sees("Let the intern present");
    driver
        .press("E y")
        .sees("The trash is empty.")
        .press("esc")
        .sees("Led the huddle");
    assert_eq!(driver.journal.trashed().unwrap(), []);
}

#[test]
fn marking_for_sharing_is_kept_and_undone() {
    let mut driver = three(80, 24);
    driver.press("2 s");
    let shared = |driver: &mut Driver| {
        let all = driver
            .journal
            .list(&postcall::domain::query::Query::default(), None)
            .unwrap();
        all.iter().filter(|entry| entry.reflection.shared).count()
    };
    assert_eq!(shared(&mut driver), 1);
    driver.press("u");
    assert_eq!(shared(&mut driver), 0);
}

#[test]
fn moving_through_more_rows_than_the_window_holds_meets_each_once() {
    let mut driver = Driver::with(80, 24, |journal| {
        for n in 0..700 {
            let day =
                chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap() - chrono::Days::new(n / 2);
            write(
                journal,
                &day.to_string(),
                &format!("entry number {n:03}."),
                "",
            );
        }
    });
    driver.press("2");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..700 {
        let screen = driver.screen();
        let row = screen
            .lines()
            .find(|line| line.trim_start().starts_with('›'))
            .expect("a selected row");
        let number = row.split("number ").nth(1).expect("the row's number");
        seen.insert(number.chars().take(3).collect::<String>());
        driver.press("j");
    }
    assert_eq!(seen.len(), 700);
    driver.press("g").sees("› Fri 20");
    driver.press("G");
    let screen = driver.screen();
    let last = screen
        .lines()
        .find(|line| line.trim_start().starts_with('›'))
        .expect("a selected row");
    assert!(last.contains("entry number 69"), "{screen}");
}

#[test]
fn editing_from_the_list_saves_a_new_text_and_undo_brings_the_old_one() {
    let mut driver = three(80, 24);
    driver
        .press(r#"2 e " indeed" ctrl-s esc"#)
        .sees("Led the huddle #rounds indeed");
    driver
        .press("u")
        .sees_no("indeed")
        .sees("Led the huddle #rounds");
}

#[test]
fn the_palette_runs_an_action_by_its_name() {
    let mut driver = three(80, 24);
    driver
        .press(r#": "journal" "#)
        .sees("Go to the Journal")
        .press("enter")
        .sees("Led the huddle");
}

#[test]
fn help_lists_the_keys_of_the_place_it_was_asked_in() {
    let mut driver = three(80, 24);
    driver
        .press("2 ?")
        .sees("Mark the reflection for sharing")
        .press("esc")
        .sees("Led the huddle");
}

/// A reflection of more lines than a screen has, the last one "the end".
fn long(columns: u16, rows: u16) -> Driver {
    Driver::with(columns, rows, |journal| {
        let lines: Vec<String> = (0..60).map(|n| format!("line {n}")).collect();
        let text = format!("{}\nthe end", lines.join("\n"));
        write(journal, "2026-11-20", &text, "");
        write(journal, "2026-11-17", "Short", "");
    })
}

#[test]
fn the_end_of_a_long_reflection_stays_on_the_screen_when_it_grows() {
    let mut driver = long(60, 14);
    driver.press("2 enter G").sees("written").sees_no("line 40");
    driver
        .resize(60, 80)
        .sees("line 0")
        .sees("written")
        .resize(120, 14)
        .sees("line 0")
        .press("k")
        .resize(60, 14)
        .sees("line 0");
}

#[test]
fn undo_while_the_end_of_a_longer_text_is_read_shows_the_shorter_one() {
    let mut driver = three(60, 14);
    driver.press(r#"2 e enter "a" enter "b" enter "c" enter "d" enter "e" enter "f" enter "g" enter "h" enter "i""#);
    driver
        .press("ctrl-s esc enter G")
        .sees("written")
        .sees_no("Led the huddle")
        .press("u")
        .sees("Led the huddle")
        .sees("written");
}

#[test]
fn editing_from_the_reader_comes_back_to_it() {
    let mut driver = three(80, 24);
    driver
        .press(r#"2 j enter e " indeed" ctrl-s"#)
        .sees("Let the intern present indeed")
        .sees("written")
        .sees_no("Led the huddle");
}

#[test]
fn what_was_searched_for_is_marked_far_down_in_a_long_reflection() {
    let mut driver = long(60, 14);
    driver.press(r#"/ "end" enter enter"#).sees_no("the end");
    driver.press("G").sees("the end");
    let buffer = driver.buffer();
    let screen = driver.screen();
    let (y, line) = (0..)
        .zip(screen.lines())
        .find(|(_, line)| line.contains("the end"))
        .unwrap();
    let x = u16::try_from(line.find("end").unwrap()).unwrap();
    assert_ne!(buffer[(x, y)].style(), buffer[(x - 2, y)].style());
}
