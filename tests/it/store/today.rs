//! What Today shows and what a new form proposes.

use postcall::domain::prose::Prose;
use postcall::domain::reflection::Energy;
use postcall::domain::shift::ShiftKind;
use postcall::domain::template::TemplateId;
use postcall::journal::Journal;

use super::{MORNING, draft, folder, in_memory, open};

fn on(journal: &mut Journal, date: &str, shift: ShiftKind, well: &str) {
    let mut new = draft(journal, well, "");
    new.shift_date = date.parse().unwrap();
    new.shift = shift;
    "Medical ICU".clone_into(&mut new.rotation);
    journal.save(&new).unwrap();
}

#[test]
fn an_empty_journal_has_a_calm_overview() {
    let overview = in_memory(MORNING).overview().unwrap();
    assert_eq!(overview.shift_in_words, "Night of Fri 20 Nov (to Sat)");
    assert_eq!(overview.rotation, "");
    assert_eq!(overview.days_since_last, None);
    assert_eq!(overview.week.len(), 7);
    assert_eq!(overview.look_back, None);
}

#[test]
fn a_week_counts_reflections_and_distinct_shifts_without_reviews() {
    let mut journal = in_memory(MORNING);
    on(&mut journal, "2026-11-16", ShiftKind::Day, "a");
    on(&mut journal, "2026-11-16", ShiftKind::Day, "b");
    on(&mut journal, "2026-11-16", ShiftKind::Night, "c");
    on(&mut journal, "2026-11-15", ShiftKind::Day, "last week");
    let mut review = journal.new_draft(&TemplateId::WEEK).unwrap();
    assert_eq!(review.shift, ShiftKind::Off);
    assert_eq!(review.shift_date, "2026-11-22".parse().unwrap());
    review.went_well = Prose::new("reviewed");
    journal.save(&review).unwrap();
    let overview = journal.overview().unwrap();
    assert_eq!(overview.reflections_this_week, 3);
    assert_eq!(overview.shifts_this_week, 2);
    let marks: Vec<u32> = overview.week.iter().map(|day| day.reflected_on).collect();
    assert_eq!(marks, [2, 0, 0, 0, 0, 0, 0]);
    assert_eq!(overview.days_since_last, Some(0));
}

#[test]
fn a_rotation_that_no_days_cover_is_not_proposed_but_among_the_choices() {
    let (_folder, path) = folder();
    let mut journal = open(&path, MORNING);
    on(&mut journal, "2026-11-20", ShiftKind::Call24, "a");
    let same_day = open(&path, "2026-11-21T20:00:00+01:00")
        .new_draft(&TemplateId::SHIFT)
        .unwrap();
    assert_eq!(same_day.shift, ShiftKind::Call24);
    assert_eq!(same_day.rotation, "");
    let mut next_week = open(&path, "2026-11-28T12:00:00+01:00");
    let proposed = next_week.new_draft(&TemplateId::SHIFT).unwrap();
    assert_eq!(proposed.shift, ShiftKind::Day);
    assert_eq!(proposed.rotation, "");
    let date = proposed.shift_date;
    let choices = next_week.propose_rotation(&TemplateId::SHIFT, date);
    assert_eq!(choices.unwrap().choices, ["Medical ICU"]);
}

#[test]
fn a_month_ago_comes_before_a_year_ago_and_needs_words_to_reread() {
    let mut journal = in_memory(MORNING);
    on(&mut journal, "2025-11-20", ShiftKind::Day, "a year");
    let mut only_next = draft(&mut journal, "", "If a, then b");
    only_next.shift_date = "2026-10-22".parse().unwrap();
    journal.save(&only_next).unwrap();
    let look_back = journal.overview().unwrap().look_back.unwrap();
    assert_eq!(look_back.when, "A year ago");
    on(&mut journal, "2026-10-20", ShiftKind::Day, "a month");
    let look_back = journal.overview().unwrap().look_back.unwrap();
    assert_eq!(look_back.when, "A month ago");
    assert_eq!(look_back.entry.reflection.went_well.as_str(), "a month");
}

#[test]
fn an_id_is_found_by_its_last_characters_and_several_are_told_apart() {
    let mut journal = in_memory(MORNING);
    for n in 0..50 {
        on(
            &mut journal,
            "2026-11-16",
            ShiftKind::Day,
            &format!("entry {n}"),
        );
    }
    let all = journal
        .list(&postcall::domain::query::Query::default(), None)
        .unwrap();
    for entry in &all {
        let id = entry.reflection.id;
        for suffix in [id.short(), id.to_string(), id.to_string().to_uppercase()] {
            assert_eq!(journal.resolve(&suffix.parse().unwrap()).unwrap(), id);
        }
    }
    let missing = journal
        .resolve(&"ffffffffffff".parse().unwrap())
        .unwrap_err();
    assert_eq!(missing.to_string(), "no reflection \"ffffffffffff\"");
}

#[test]
fn energy_counts_as_used_while_one_of_the_last_500_reflections_says_it() {
    let mut journal = in_memory(MORNING);
    let mut said = draft(&mut journal, "said", "");
    said.energy = Energy::new(3);
    said.shift_date = "2026-11-15".parse().unwrap();
    journal.save(&said).unwrap();
    let mut more = |count: usize| {
        for _ in 0..count {
            on(&mut journal, "2026-11-16", ShiftKind::Day, "not said");
        }
        journal.overview().unwrap().energy_is_used
    };
    assert!(more(0));
    assert!(more(499));
    assert!(!more(1));
}
