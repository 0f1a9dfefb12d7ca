//! One week on one screen: its figures, its open loops, and what is written about it.

use chrono::{Duration, NaiveDate};
use postcall::config::{Config, Glyphs};
use postcall::domain::competency::CompetencyId;
use postcall::domain::experiment::Outcome;
use postcall::domain::goal::GoalLines;
use postcall::domain::id::ReflectionId;
use postcall::domain::prose::Prose;
use postcall::domain::query::Query;
use postcall::domain::reflection::{Energy, Entry};
use postcall::domain::shift::ShiftKind;
use postcall::domain::template::TemplateId;
use postcall::journal::{Journal, Span};
use postcall::tui::theme::Theme;

use super::driver::{Driver, write};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A reflection with everything that a week counts.
fn reflect(journal: &mut Journal, date: NaiveDate, n: usize, energy: u8) -> ReflectionId {
    let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
    draft.shift_date = date;
    draft.date_touched = true;
    draft.shift = ShiftKind::ALL[n % 4];
    draft.went_well = format!("Let somebody else speak first, time {n}.").into();
    draft.do_differently = "Cut in again. #interrupting".into();
    draft.try_next = format!("If round {n} begins, then I wait.").into();
    draft.energy = Energy::new(energy);
    draft.competencies = vec![CompetencyId::new("feedback")];
    journal.save(&draft).unwrap().entry.reflection.id
}

/// Three shifts a week, from a year ago to today.
fn a_year(journal: &mut Journal) {
    for id in ["feedback", "team"] {
        let goal = CompetencyId::new(id);
        journal.add_goal(&goal, GoalLines::default()).unwrap();
    }
    let today = journal.today();
    for (n, days_ago) in (0..365).rev().step_by(3).enumerate() {
        let date = today - Duration::days(days_ago);
        reflect(journal, date, n, u8::try_from(n % 5 + 1).unwrap());
    }
}

fn all(driver: &mut Driver) -> Vec<Entry> {
    let page = driver.journal.page(&Query::default(), Span::Newest, 100);
    let rows = page.unwrap().rows.into_iter();
    rows.map(|row| row.entry).collect()
}

/// What was written about weeks.
fn reviews(driver: &mut Driver) -> Vec<Entry> {
    let is_review = |entry: &Entry| entry.reflection.template == TemplateId::WEEK;
    all(driver).into_iter().filter(is_review).collect()
}

/// The experiment whose text begins so.
fn outcome(driver: &mut Driver, text: &str) -> (Outcome, u32) {
    let all = all(driver).into_iter().filter_map(|entry| entry.experiment);
    let mut found = all.filter(|experiment| experiment.text.starts_with(text));
    let experiment = found.next().expect("an experiment");
    (experiment.outcome, experiment.carried)
}

#[test]
fn a_week_looks_well_empty_with_one_entry_full_and_after_a_year() {
    for (columns, rows) in [(80, 24), (120, 40), (40, 12)] {
        let seen = |name: &str, mut driver: Driver| {
            let name = format!("{name}-{columns}x{rows}");
            insta::assert_snapshot!(name, driver.press("w").screen());
        };
        seen("week-empty", Driver::sized(columns, rows));
        let one = |journal: &mut Journal| write(journal, "2026-11-18", "Asked first.", "");
        seen("week-one-entry", Driver::with(columns, rows, one));
        seen("week-full", Driver::demo(columns, rows));
        seen("week-of-a-year", Driver::with(columns, rows, a_year));
    }
}

#[test]
fn every_figure_of_a_full_week_can_be_scrolled_to_on_the_smallest_terminal() {
    let mut driver = Driver::demo(40, 12);
    driver.press("w g");
    let mut seen = String::new();
    for _ in 0..60 {
        seen.push_str(&driver.press("down").screen());
    }
    for text in [
        "tried 2 of 4",
        "1 this week",
        "from others 2 (nurse, peer)",
        "Asked the pharmacist",
        "#interrupting",
        "evening 2 (n 1)",
        "Which pattern is working?",
        "Whom will I tell?",
    ] {
        assert!(seen.contains(text), "{text} in:\n{seen}");
    }
    driver.press("g").sees("Week 47");
}

#[test]
fn marks_have_ascii_forms_and_words_beside_them() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut driver = Driver::demo(columns, rows);
        driver.model.settings.theme = Theme::of(&Config::default().theme, Glyphs::Ascii);
        let screen = driver.press("w").screen();
        let body = screen.lines().skip(2);
        let mut odd = body.flat_map(str::chars).filter(|c| !c.is_ascii());
        assert_eq!(odd.next(), None, "{screen}");
        driver.sees("helped ** 2").sees("not tried * 1");
    }
}

#[test]
fn an_open_loop_is_settled_where_it_stands_and_that_can_be_taken_back() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("w")
        .sees("› ○ If a plan is about to be settled")
        .press("enter")
        .sees("You wanted to try this. Did you?")
        .press("1")
        .sees("Kept: helped.")
        .sees("[3 Review]")
        .sees("helped ●●● 3")
        .sees("› ○ If I see something done well");
    assert_eq!(
        outcome(&mut driver, "If a plan is about").0,
        Outcome::Helped
    );
    driver.press("u").sees("helped ●● 2");
    assert_eq!(outcome(&mut driver, "If a plan is about").0, Outcome::Open);
}

#[test]
fn a_moment_that_never_came_is_counted_in_words_that_end() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("w enter 5")
        .sees("no chance ● 1")
        .sees_no("no chance to");
}

#[test]
fn carrying_and_dropping_take_one_key_on_an_open_loop_and_none_on_the_questions() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("w c")
        .sees("› ○ If a plan is about to be settled, then I ask the nurse first.  in 7 days");
    assert_eq!(
        outcome(&mut driver, "If a plan is about"),
        (Outcome::Open, 1)
    );
    // The selection stays on the same experiment, wherever it stands now.
    driver.press("d").sees("dropped ● 1");
    assert_eq!(
        outcome(&mut driver, "If a plan is about").0,
        Outcome::Dropped
    );
    driver.press("G c d x").sees("open 4").sees_no("One plan");
    assert_eq!(driver.model.undo.len(), 2);
}

#[test]
fn an_experiment_is_worded_anew_in_the_review_of_the_week_until_that_is_saved() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("w e")
        .sees("Week in review")
        .sees("If a plan is about to be settled")
        .press("ctrl-s")
        .sees("[3 Review]");
    assert_eq!(outcome(&mut driver, "If a plan is about").0, Outcome::Open);
    let written = reviews(&mut driver).remove(0);
    assert!(written.experiment.unwrap().follows.is_some());
    // The review has its experiment: another wording begins a reflection of its own.
    driver
        .press("g j j j j j j j j j")
        .sees("› ○ If a plan is about to be settled")
        .press("e")
        .sees("After a shift")
        .sees_no("Week in review");
}

#[test]
fn other_weeks_are_gone_to_and_the_present_one_comes_back_with_its_key() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("w ]")
        .sees("This is the present week.")
        .press("[")
        .sees("Week 46, 9-15 Nov")
        .press("[ [")
        .sees("Week 44, 26 Oct-1 Nov")
        .press("2 3")
        .sees("Week 44")
        .press("]")
        .sees("Week 45")
        .press("w")
        .sees("Week 47");
}

#[test]
fn a_week_without_entries_says_so_and_can_still_be_written_about() {
    let mut driver = Driver::new();
    driver
        .press("w")
        .sees("Nothing was written or settled in this week.")
        .sees("none chosen for this year")
        .press(r#"enter "Rest." ctrl-s"#)
        .sees("Rest.")
        .sees("n  changes it");
}

#[test]
fn a_week_without_shifts_says_what_else_was_written() {
    let mut driver = Driver::with(80, 24, |journal| {
        for template in [TemplateId::ROTATION_CLOSE, TemplateId::new("mentor")] {
            let mut draft = journal.new_draft(&template).unwrap();
            draft.went_well = "Said thanks.".into();
            journal.save(&draft).unwrap();
        }
    });
    let catalog = driver.model.settings.catalog.clone();
    let title = |id: &str| catalog.template(&TemplateId::new(id)).title;
    let written = format!(
        "No shift was reflected on. Written: {}, {}.",
        title("mentor"),
        title("rotation-close")
    );
    driver
        .press("3")
        .sees(&written)
        .sees_no("Nothing was written");
}

#[test]
fn a_late_week_stands_under_its_own_title_and_keys_wait_for_it() {
    let mut driver = Driver::demo(80, 24);
    driver.press("w").hold_answers();
    driver.press("[ [ n").sees("Week 47");
    driver.answer_one(|_| {}).sees("Week 46").sees("open 1");
    driver
        .answer_all()
        .sees("Week in review")
        .sees("The week to Sun 8 Nov")
        .press("esc")
        .answer_all()
        .sees("Week 45");
}

#[test]
fn the_answer_to_an_older_question_changes_nothing() {
    let mut driver = Driver::demo(80, 24);
    driver.press("w").hold_answers();
    driver.press("[");
    // Something changed elsewhere meanwhile: everything is asked for again.
    driver.tell(postcall::tui::message::Message::FocusGained);
    driver.answer_each(|reply| {
        if let postcall::tui::message::Reply::LookedForChanges(changed) = reply {
            *changed = true;
        }
    });
    driver.sees("Week 46");
    driver.press("j").sees("Week 46");
}

#[test]
fn a_week_that_cannot_be_read_leaves_the_shown_one_and_its_keys() {
    let mut driver = Driver::demo(80, 24);
    driver.press("w").hold_answers();
    driver.press("[").fail_one().sees("Week 47");
    driver.press("[").answer_all().sees("Week 46");
}

#[test]
fn the_review_is_resumed_after_leaving_saved_once_and_changed_afterwards() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press(r#"w n "Asking first." esc"#)
        .sees("[3 Review]")
        .sees("goes on; not saved yet")
        .sees("Asking first.");
    // Today says what is waiting.
    driver.press("1").sees("Continue the review of the week");
    driver
        .press(r#"w n tab "Meals." tab "If it is one o'clock, then I eat." ctrl-s"#)
        .sees("[3 Review]")
        .sees("Saved. u takes it back.")
        .sees("n  changes it");
    let written = reviews(&mut driver);
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].reflection.went_well.as_str(), "Asking first.");
    assert_eq!(written[0].reflection.shift_date, day("2026-11-22"));
    assert_eq!(written[0].reflection.shift, ShiftKind::Off);
    // What is tried because of a week is the next week's.
    let due = written[0].experiment.as_ref().unwrap().due;
    assert_eq!(due, Some(day("2026-11-29")));
    driver
        .press(r#"n " Still." ctrl-s"#)
        .sees("Asking first. Still.");
    assert_eq!(reviews(&mut driver).len(), 1);
    driver.press("u u").sees("writes, three questions");
    assert!(reviews(&mut driver).is_empty());
}

#[test]
fn a_review_that_goes_to_the_trash_leaves_its_week_free_and_comes_back_to_it() {
    let mut driver = Driver::new();
    driver
        .press(r#"w n "First words." ctrl-s"#)
        .sees("n  changes it")
        .press("2 d 3")
        .sees("n  writes, three questions")
        .sees_no("First words.")
        .press("u")
        .sees("First words.")
        .sees("n  changes it");
    // Another one was written meanwhile: that stays the review of the week.
    driver
        .press("2 d 3")
        .press(r#"n "Second words." ctrl-s 2 T r esc 3"#);
    driver.sees("Second words.").sees_no("First words.");
    assert_eq!(all(&mut driver).len(), 2);
}

#[test]
fn a_review_that_another_instance_saved_meanwhile_is_not_overwritten() {
    let mut driver = Driver::new();
    driver.press(r#"w n "Mine.""#);
    let today = driver.journal.today();
    let mut other = driver.journal.week_draft(today).unwrap();
    other.went_well = Prose::from("Theirs.");
    driver.journal.save(&other).unwrap();
    driver
        .press("ctrl-s")
        .sees("Theirs.")
        .sees("Saved beside it: this week had a review already. Yours is in the Journal.");
    let mut texts: Vec<String> = all(&mut driver)
        .iter()
        .map(|entry| entry.reflection.went_well.as_str().to_owned())
        .collect();
    texts.sort();
    assert_eq!(texts, ["Mine.", "Theirs."]);
    driver.press("u 2").sees("Theirs.").sees_no("Mine.");
}

#[test]
fn each_week_has_a_review_of_its_own_and_the_chooser_offers_none() {
    let mut driver = Driver::demo(80, 24);
    driver.press(r#"w [ n "Then." ctrl-s w n "Now." ctrl-s"#);
    let dates: Vec<NaiveDate> = reviews(&mut driver)
        .iter()
        .map(|entry| entry.reflection.shift_date)
        .collect();
    assert_eq!(dates, [day("2026-11-22"), day("2026-11-15")]);
    driver.press("[").sees("Then.").sees_no("Now.");
    driver.press(r#"t "week""#).sees_no("Week in review");
}

/// What is listed behind each figure is as much as the figure says.
#[test]
fn every_figure_of_the_week_opens_the_reflections_behind_it_and_leads_back() {
    let cases = [
        ("g", "4 reflections over 4 shifts", "is:shift", 4),
        ("g j", "due 4", "due:2026-11-16..2026-11-22", 4),
        ("g j j", "helped ●● 2", "outcome:helped", 2),
        ("g j j j", "not tried ● 1", "outcome:not_tried", 1),
        (
            "g j j j j",
            "open 5, 4 below",
            "is:open until:2026-11-22",
            5,
        ),
        ("g j j j j j", "tried 2 of 4", "outcome:tried", 2),
        ("G k", "evening 2 (n 1)", "shift:evening", 1),
        ("G k k", "day 3 3 4 (n 3)", "shift:day", 3),
        ("G k k k", "› Comes back", "differently:=#interrupting", 2),
        (
            "G k k k k k k",
            "  › Improving the system",
            "comp:=improvement",
            3,
        ),
    ];
    for (keys, figure, query, count) in cases {
        let mut driver = Driver::demo(80, 40);
        driver.press("w").press(keys).sees(figure).press("enter");
        driver.sees("[2 Journal]").sees(query);
        let shown = found(&mut driver);
        assert_eq!(shown, count, "{figure}:\n{}", driver.screen());
        driver
            .press("esc")
            .sees("[3 Review]")
            .press("enter")
            .sees(query);
    }
}

/// How many reflections the Journal lists for what is searched for.
fn found(driver: &mut Driver) -> usize {
    let screen = driver.screen();
    let (_, query) = screen.split_once("/ ").expect("a search");
    let query = query.split("  ").next().unwrap_or_default().trim();
    let query = Query::parse(query, driver.journal.today(), chrono::Weekday::Mon).unwrap();
    let page = driver.journal.page(&query, Span::Newest, 100);
    page.unwrap().rows.len()
}

#[test]
fn what_went_well_is_read_where_it_was_written_and_one_key_leads_back() {
    for columns in [80, 120] {
        let mut driver = Driver::demo(columns, 40);
        driver
            .press("w G k k k k k")
            .sees("› Went well")
            .press("enter")
            .sees("[2 Journal]")
            .sees("Day shift, Thu 19 Nov")
            .press("esc")
            .sees("[3 Review]")
            .sees("› Went well");
    }
}

#[test]
fn a_click_selects_what_is_under_it_and_a_second_one_opens_it() {
    let mut driver = Driver::demo(80, 24);
    driver
        .press("w")
        .click("If someone asks me")
        .sees("› ○ If someone asks me")
        .click("Improving the system")
        .sees("  › Improving the system")
        .click("What keeps coming back")
        .sees("› Which pattern is working?")
        .click("not tried")
        .click("not tried")
        .sees("[2 Journal]")
        .sees("outcome:not_tried");
    driver.press("esc").sees("[3 Review]").click("8 weeks");
    driver.press("enter").sees("outcome:not_tried");
}

#[test]
fn a_goal_without_reflections_says_so_and_a_late_key_lists_the_selected_figure() {
    let mut driver = Driver::with(80, 24, |journal| {
        let goal = CompetencyId::new("team");
        journal.add_goal(&goal, GoalLines::default()).unwrap();
    });
    driver
        .press("w k enter")
        .sees("No reflection is behind this figure.")
        .sees("[3 Review]");
    let mut driver = Driver::demo(80, 24);
    driver.press("w g").hold_answers();
    driver.press("[ enter").answer_all();
    // The week before has nothing due: its questions are selected.
    driver.sees("Week in review").sees("The week to Sun 15 Nov");
}

#[test]
fn the_support_card_is_named_at_the_foot_after_low_energy_only() {
    let tired = |levels: [u8; 5]| {
        move |journal: &mut Journal| {
            for (n, level) in levels.into_iter().enumerate() {
                let days = i64::try_from(n).unwrap();
                let date = journal.today() - Duration::days(days);
                reflect(journal, date, n, level);
            }
        }
    };
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut driver = Driver::with(columns, rows, tired([1, 3, 1, 2, 1]));
        driver
            .press("w")
            .sees("? s  somebody to talk to")
            .press("? s")
            .sees("Somebody to talk to");
        let mut driver = Driver::with(columns, rows, tired([1, 3, 2, 2, 1]));
        driver.press("w").sees_no("somebody to talk to");
    }
}

/// The demo on the last day of its rotation.
fn at_the_end_of_a_rotation(columns: u16, rows: u16) -> Driver {
    let mut driver = Driver::demo(columns, rows);
    driver.press("R x esc");
    driver
}

#[test]
fn a_rotation_is_looked_back_on_from_the_list() {
    for (columns, rows) in [(80, 24), (120, 40), (40, 12)] {
        let name = format!("rotation-{columns}x{rows}");
        let mut driver = at_the_end_of_a_rotation(columns, rows);
        let screen = driver.press("R v").screen();
        insta::assert_snapshot!(name, screen);
    }
    let mut driver = Driver::demo(80, 24);
    driver
        .press("R G v")
        .sees("General medicine wards, 9 Sep to 6 Oct")
        .sees_no("Write its closing")
        .press("enter")
        .sees("It ended more than a week ago")
        .press("esc")
        .sees("Rotations, begun last first");
}

#[test]
fn a_rotation_that_cannot_be_read_leaves_no_empty_page() {
    let mut driver = Driver::demo(80, 24);
    driver.press("R").hold_answers();
    driver
        .press("v")
        .fail_one()
        .sees("Rotations, begun last first")
        .press("esc")
        .answer_all()
        .sees("Trying next");
}

#[test]
fn before_a_rotation_is_closed_it_is_looked_back_on_and_the_closing_is_of_it() {
    let mut driver = at_the_end_of_a_rotation(80, 24);
    driver
        .press("2 1 r")
        .sees("Geriatrics consults, 16 Nov to 21 Nov")
        .sees("Write its closing reflection")
        // Whoever types without looking loses no letter, and none is a command.
        .press(r#""quiet: " "Ask the table." ctrl-s"#);
    let close = all(&mut driver)
        .into_iter()
        .find(|entry| entry.reflection.went_well == Prose::from("quiet: Ask the table."))
        .unwrap();
    assert_eq!(close.reflection.rotation, "Geriatrics consults");
    driver
        .press("esc R v")
        .sees("Ask the table.")
        .press("enter")
        .sees("Rotation close, being changed");
}

#[test]
fn closing_without_any_rotation_goes_straight_to_the_text() {
    let mut driver = Driver::new();
    driver.hold_answers();
    driver
        .answer_all()
        .press(r#"t "close" enter "q: typed at once""#)
        .answer_all()
        .sees("Rotation close")
        .sees("q: typed at once");
}
