//! Trends: the ranges, moving from mark to mark, what a mark opens and where that leads back to.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use postcall::config::{Glyphs, theme};
use postcall::domain::query::Query;
use postcall::domain::reflection::{Energy, Signal};
use postcall::domain::shift::ShiftKind;
use postcall::domain::template::TemplateId;
use postcall::domain::trends::Range;
use postcall::journal::{Journal, Made, Span};
use postcall::tui::message::Reply;
use postcall::tui::theme::Theme;

use super::driver::{Driver, write};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

/// Reflections of a year and a half, four a week: the kinds of shift take turns, energy is said at
/// two of three, the last weeks are about handovers and the time before about meetings.
fn long_year(journal: &mut Journal) {
    for n in (0..540_u32).filter(|n| n % 7 < 4) {
        let date = today() - Days::new(u64::from(n));
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        let about = if n < 56 { "handover" } else { "meeting" };
        draft.went_well = format!("The {about} began with a plan.").into();
        draft.shift_date = date;
        draft.date_touched = true;
        draft.shift = match n % 3 {
            0 => ShiftKind::Day,
            1 => ShiftKind::Night,
            _ => ShiftKind::Long,
        };
        let level = u8::try_from(date.day() % 5 + 1).unwrap();
        draft.energy = Energy::new(level).filter(|_| n % 3 != 2);
        if n % 9 == 0 {
            draft.signals = vec![Signal::new("jaw").unwrap()];
        }
        journal.save(&draft).unwrap();
    }
}

fn one_week(journal: &mut Journal) {
    write(journal, "2026-11-16", "Asked first.", "");
    write(
        journal,
        "2026-11-18",
        "Said no.",
        "If it is full, then I ask.",
    );
    let (date, shift) = ("2026-11-19".parse().unwrap(), ShiftKind::Day);
    journal.log_shift(date, shift, true).unwrap();
}

/// Every range of a journal on one size of screen, one after the other.
fn all_ranges(columns: u16, rows: u16, fill: impl FnOnce(&mut Journal)) -> String {
    let mut driver = Driver::with(columns, rows, fill);
    driver.press("4 [ [");
    let mut screens = driver.screen();
    for _ in 1..Range::ALL.len() {
        screens.push_str(&driver.press("]").screen());
    }
    screens
}

fn begin_rotation(journal: &mut Journal) {
    let block = postcall::domain::rotation::Block {
        name: "Medical ICU".to_owned(),
        first: "2026-11-02".parse().unwrap(),
        last: None,
    };
    journal.start_rotation(block).unwrap();
}

#[test]
fn every_range_is_drawn_on_every_size_whatever_the_journal_holds() {
    type Fill = fn(&mut Journal);
    let journals: [(&str, Fill); 4] = [
        ("empty", |_| {}),
        ("one_entry", |journal| {
            write(journal, "2026-11-18", "Asked first.", "");
        }),
        ("one_week", one_week),
        ("one_year", |journal| {
            long_year(journal);
            begin_rotation(journal);
        }),
    ];
    for (columns, rows) in [(80, 24), (120, 40), (40, 12)] {
        for (name, fill) in journals {
            let name = format!("trends_{name}_{columns}x{rows}");
            insta::assert_snapshot!(name, all_ranges(columns, rows, fill));
        }
    }
}

#[test]
fn a_mark_says_its_number_whole_whatever_the_room() {
    for (columns, words) in [
        (
            80,
            "Running effective meetings, 1 Jul to 30 Jun 2027: 1 reflection",
        ),
        (40, "Running effective…: 1 reflection"),
    ] {
        let mut driver = Driver::demo(columns, 24);
        driver.press("4 ] tab").sees(words);
    }
}

/// Two shifts on Monday, on Tuesday two that were only logged, and one on Wednesday.
fn full_days(journal: &mut Journal) {
    write(journal, "2026-11-16", "Asked first.", "");
    let date = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
    for (day, shift) in [
        (16, ShiftKind::Day),
        (17, ShiftKind::Day),
        (17, ShiftKind::Night),
        (18, ShiftKind::Clinic),
    ] {
        journal.log_shift(date(day), shift, true).unwrap();
    }
}

#[test]
fn each_shift_of_a_day_can_be_seen_in_colour_and_without() {
    for (glyphs, week, year, legend) in [
        (
            Glyphs::Unicode,
            "16 Nov  ●○  ○○  ○   ·   ·   ·        reflected on 1 of 5",
            ["◆", "◇", "○"],
            "◆ ◇ the same for several shifts",
        ),
        (
            Glyphs::Ascii,
            "16 Nov  *o  oo  o   .   .   .        reflected on 1 of 5",
            ["#", "O", "o"],
            "# O the same for several shifts",
        ),
    ] {
        let mut driver = Driver::with(80, 40, full_days);
        driver.model.settings.theme = Theme::of(&theme::Theme::default(), glyphs);
        driver.press("4 [ [").sees(week).sees_no("several shifts");
        driver.press("] ] ]").sees(legend);
        let screen = driver.screen();
        for (weekday, mark) in ["    Mon ", "    Tue ", "    Wed "].into_iter().zip(year) {
            let line = screen.lines().find(|line| line.starts_with(weekday));
            assert!(line.unwrap().ends_with(mark), "{mark} in {screen}");
        }
        let marks: String = week.chars().skip("16 Nov ".len()).take(20).collect();
        driver.press("1").sees(&marks);
    }
}

#[test]
fn figures_below_the_first_screen_are_as_the_journal_says() {
    let mut driver = Driver::with(80, 60, long_year);
    driver.press("4 ]");
    insta::assert_snapshot!("trends_all_figures_80x60", driver.screen());
}

#[test]
fn the_same_without_colour_and_in_ascii_has_a_word_or_a_number_at_each_mark() {
    let mut driver = Driver::with(80, 50, long_year);
    driver.press("4 e");
    let plain = theme::Theme::default();
    driver.model.settings.theme = Theme::of(&plain, Glyphs::Ascii);
    // The glyphs of a theme are laid out with the figures.
    driver.resize(79, 50).resize(80, 50);
    let screen = driver.screen();
    assert!(screen.is_ascii(), "{screen}");
    driver
        .sees("> Shifts, energy")
        .sees("1 empty to 5 full")
        .sees("energy at n 3")
        .sees("median");
}

#[test]
fn arrows_go_from_mark_to_mark_and_tab_from_figure_to_figure() {
    let mut driver = Driver::with(80, 24, one_week);
    driver
        .press("4")
        .sees("› Shifts, reflected on")
        .sees("Sat 21 Nov: nothing written")
        .press("left left")
        .sees("Thu 19 Nov: Day, logged")
        .press("h")
        .sees("Wed 18 Nov:")
        .sees("1 reflection")
        .press("k")
        .sees("Wed 11 Nov: nothing written")
        .press("tab")
        .sees("› Competencies")
        .press("up")
        .sees("› Shifts, reflected on")
        .sees("Mon 16 Nov: ")
        .press("G")
        .sees("› Words and tags")
        .press("shift-tab")
        .sees("› Stress signals")
        .press("g")
        .sees("› Shifts");
}

#[test]
fn a_mark_opens_the_reflections_behind_it_and_going_back_leads_to_it() {
    for back in ["esc", "4"] {
        let mut driver = Driver::with(80, 24, one_week);
        driver
            .press("4 left left left enter")
            .sees("[2 Journal]")
            .sees("on:2026-11-18 is:shift")
            .sees("Said no.")
            .sees_no("Asked first.");
        driver
            .press(back)
            .sees("[4 Trends]")
            .sees("Wed 18 Nov:")
            .press("2");
        if back == "esc" {
            driver.sees("Asked first.").sees("Said no.");
        }
    }
}

#[test]
fn a_click_selects_a_mark_and_a_second_one_opens_it() {
    let mut driver = Driver::with(80, 24, one_week);
    driver
        .press("4")
        .click("● ")
        .sees("Mon 16 Nov:")
        .click("9 Nov")
        .sees("Mon 9 Nov: nothing written")
        .click("Shifts, reflected on")
        .sees("Mon 9 Nov: nothing written")
        .click("● ")
        .click("● ")
        .sees("[2 Journal]")
        .sees("Asked first.");
}

#[test]
fn a_mark_without_reflections_says_so_and_stays() {
    let mut driver = Driver::with(80, 24, one_week);
    driver
        .press("4 left left enter")
        .sees("[4 Trends]")
        .sees("No reflection is behind this mark.");
}

#[test]
fn a_search_of_ones_own_does_not_lead_back_to_trends() {
    let mut driver = Driver::with(80, 24, one_week);
    driver
        .press("4 left left left enter")
        .press(r#"/ ctrl-a ctrl-k "asked" enter esc"#)
        .sees("[2 Journal]");
}

/// The number that the foot says of the selected mark; `None` where it says of none.
fn said(screen: &str) -> Option<usize> {
    let foot = screen.lines().rev().nth(1)?;
    let (_, foot) = foot.split_once(": ").or(foot.split_once("energy"))?;
    let words: Vec<&str> = foot.split([' ', ',', ';']).collect();
    let counted = words.windows(2).filter_map(|pair| {
        let is_counted = pair[1].starts_with("reflection") || pair[1].starts_with("experiment");
        pair[0].parse::<usize>().ok().filter(|_| is_counted)
    });
    let levels = words
        .iter()
        .filter_map(|word| word.strip_suffix('x')?.parse::<usize>().ok());
    Some(counted.chain(levels).sum())
}

/// How many reflections match what the Journal is searched for.
fn listed(driver: &mut Driver) -> usize {
    let screen = driver.sees("[2 Journal]").screen();
    let (_, query) = screen.split_once(" / ").expect("a search");
    let query = query.lines().next().unwrap_or_default().trim();
    let query = Query::parse(query, driver.journal.today(), Weekday::Mon).unwrap();
    let page = driver.journal.page(&query, Span::Newest, 1000);
    page.unwrap().rows.len()
}

/// Goes to every mark of the range that is shown, and holds what it says against what it opens.
fn visit_every_mark(driver: &mut Driver) -> usize {
    let mut visited = 0;
    go_to_first(driver);
    loop {
        let screen = driver.screen();
        let count = said(&screen);
        if !screen.contains("nothing written") {
            driver.press("enter");
        }
        if driver.screen().contains("[2 Journal]") {
            assert_eq!(Some(listed(driver)), count, "{screen}");
            driver.press("esc").sees("[4 Trends]");
            visited += 1;
        } else {
            assert_eq!(count.unwrap_or(0), 0, "nothing opens:\n{screen}");
        }
        // What was said is gone with the next key.
        let before = driver.press("ctrl-l").buffer();
        if driver.press("right").buffer() != before {
            continue;
        }
        if driver.press("down").buffer() == before {
            return visited;
        }
        go_to_first(driver);
    }
}

/// Goes to the first mark of the line.
fn go_to_first(driver: &mut Driver) {
    for _ in 0..54 {
        driver.press("left");
    }
}

#[test]
fn what_is_listed_behind_every_mark_is_what_was_counted() {
    let mut driver = Driver::with(99, 70, |journal| {
        long_year(journal);
        let made = Made::sample(journal.now(), journal.rules());
        journal.fill(&made).unwrap();
        begin_rotation(journal);
    });
    driver.press("4");
    // The year and a rotation have the days and weeks of these, and more of them.
    for (keys, range) in [
        ("", Range::EightWeeks),
        ("[ [", Range::Week),
        ("] ] ] ]", Range::All),
    ] {
        driver
            .press(keys)
            .sees(&format!("[{}]", range.name()))
            .press("g");
        let visited = visit_every_mark(&mut driver);
        assert!(visited > 10, "{visited} marks of {range}");
    }
}

#[test]
fn words_that_rise_and_fall_are_compared_with_the_time_before() {
    let mut driver = Driver::with(80, 24, long_year);
    driver
        .press("4 G")
        .sees("more  handover")
        .sees("less  meeting")
        .sees("compared with");
}

#[test]
fn below_its_least_count_nothing_is_summed_up() {
    let mut driver = Driver::with(80, 50, |journal| {
        write(journal, "2026-11-18", "Asked first.", "");
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        draft.went_well = "Slept.".into();
        draft.energy = Energy::new(2);
        journal.save(&draft).unwrap();
    });
    driver
        .press("4")
        .sees("too few to summarise")
        .sees("n 2, and 0 before: too few.")
        .sees_no("median 2");
}

#[test]
fn the_old_figures_stay_until_the_new_ones_are_counted_and_keys_wait() {
    let mut driver = Driver::with(80, 24, one_week);
    driver.press("4").hold_answers();
    driver
        .press("]")
        .sees("[Academic year]")
        .sees("Academic year: counting ...")
        .sees("reflected on 2 of 3");
    // The key is for the figures that are asked for.
    driver.press("enter").sees("[4 Trends]");
    driver.answer_all().sees("1 Jul to 30 Jun 2027");
}

#[test]
fn a_late_answer_is_not_shown_under_another_range() {
    let mut driver = Driver::with(80, 24, one_week);
    driver.press("4").hold_answers();
    driver.press("]");
    let late = driver.journal.trends(Range::Week).unwrap();
    let stale = postcall::tui::effect::RequestId(1);
    driver.tell(postcall::tui::message::Message::Replied(
        stale,
        Reply::Trends(Box::new(late)),
    ));
    driver.sees("counting ...").sees_no("16 Nov to 22 Nov");
}

#[test]
fn a_question_that_fails_leaves_no_figures_and_can_be_asked_again() {
    let mut driver = Driver::with(80, 24, one_week);
    driver.press("4").hold_answers();
    driver.press("]").fail_one();
    driver
        .sees("The journal could not be read.")
        .sees_no("reflected on 2 of 3");
    driver.press("[").answer_all();
    driver.sees("reflected on 2 of 3");
}

#[test]
fn what_is_written_meanwhile_is_counted_when_one_comes_back() {
    let mut driver = Driver::with(80, 24, one_week);
    driver
        .press("4")
        .sees("2 reflections over 3 shifts")
        .press(r#"n "One more." ctrl-s"#)
        .press("4")
        .sees("3 reflections over");
}

#[test]
fn help_says_how_the_figures_are_made() {
    let mut driver = Driver::with(80, 24, one_week);
    driver
        .press("4 ? G")
        .sees("Monroe")
        .sees("not why")
        .press("esc")
        .sees("› Shifts");
    let mut small = Driver::with(40, 12, one_week);
    small.press("4 ? G").sees("not why");
}
