//! What a query finds, against a plain reading of the same entries.

use std::cmp::Reverse;

use proptest::prelude::*;

use postcall::domain::competency::CompetencyId;
use postcall::domain::draft::Draft;
use postcall::domain::experiment::{Answer, Outcome};
use postcall::domain::prose::Prose;
use postcall::domain::query::{Condition, Query, Test, Words};
use postcall::domain::reflection::{Energy, Entry, Field};
use postcall::domain::shift::ShiftKind;
use postcall::domain::tag::Tag;
use postcall::journal::{Journal, Undo};

use super::{MORNING, draft, found, in_memory, words, write};

fn one(test: Test) -> Query {
    Query {
        all: vec![Condition {
            negated: false,
            test,
        }],
    }
}

fn not(test: Test) -> Query {
    Query {
        all: vec![Condition {
            negated: true,
            test,
        }],
    }
}

fn text(field: Option<Field>, words: Words) -> Test {
    Test::Text { field, words }
}

fn prefix(word: &str) -> Test {
    text(None, Words::Prefix(word.to_owned()))
}

#[test]
fn case_accents_and_hash_signs_do_not_matter() {
    let mut journal = in_memory(MORNING);
    write(&mut journal, "Équipe at the #Rounds", "");
    for query in ["equipe", "ÉQUIPE", "round", "#rounds", "rou équ"] {
        assert_eq!(found(&mut journal, &words(query)).len(), 1, "{query}");
    }
    let phrase = |words: &str| one(text(None, Words::Phrase(words.to_owned())));
    assert_eq!(found(&mut journal, &phrase("at the rounds")).len(), 1);
    assert_eq!(found(&mut journal, &phrase("the at")).len(), 0);
    assert_eq!(found(&mut journal, &phrase("roun")).len(), 0);
}

#[test]
fn nothing_that_is_typed_breaks_the_search_or_matches_everything() {
    let mut journal = in_memory(MORNING);
    write(&mut journal, "plain words", "");
    for query in [
        "\"",
        "\"\"",
        "*",
        "(",
        ")",
        "a AND",
        "NOT",
        "NEAR(a b)",
        "went_well:",
        "^",
        "+",
        "-",
        "a\0b",
        "'; DROP TABLE reflection; --",
        "👩",
        "%",
        "_",
        "\u{202e}",
    ] {
        for test in [
            prefix(query),
            text(None, Words::Phrase(query.to_owned())),
            text(Some(Field::Note), Words::Prefix(query.to_owned())),
            Test::Rotation(query.to_owned()),
            Test::Competency(query.to_owned()),
            Test::Template(query.to_owned()),
            Test::Signal(query.to_owned()),
        ] {
            assert_eq!(found(&mut journal, &one(test)), [""; 0], "{query}");
        }
    }
}

#[test]
fn a_word_can_be_looked_for_in_one_field() {
    let mut journal = in_memory(MORNING);
    let mut entry = draft(&mut journal, "apple", "banana");
    entry.do_differently = Prose::new("cherry");
    entry.note = Prose::new("date");
    journal.save(&entry).unwrap();
    for (field, word) in Field::ALL
        .into_iter()
        .zip(["apple", "cherry", "banana", "date"])
    {
        for other in Field::ALL {
            let test = text(Some(other), Words::Prefix(word.to_owned()));
            let hits = found(&mut journal, &one(test)).len();
            assert_eq!(hits, usize::from(field == other), "{word} in {other:?}");
        }
    }
}

#[test]
fn every_filter_finds_its_own_and_its_negation_the_rest() {
    let mut journal = in_memory(MORNING);
    let mut full = draft(&mut journal, "with everything #rounds", "If a, then b");
    full.shift = ShiftKind::Clinic;
    full.rotation = "Medical ICU".to_owned();
    full.competencies = vec![
        CompetencyId::new("feedback"),
        CompetencyId::new("acgme:ICS2"),
    ];
    full.energy = Energy::new(2);
    full.signals = postcall::domain::reflection::Signal::new("Jaw")
        .into_iter()
        .collect();
    full.note = Prose::new("planned");
    full.shared = true;
    full.shift_date = "2026-10-05".parse().unwrap();
    full.date_touched = true;
    full.template = postcall::domain::template::TemplateId::new("change");
    let full = journal.save(&full).unwrap();
    let experiment = full.entry.experiment.unwrap().id;
    journal
        .answer(experiment, Answer::Outcome(Outcome::Helped))
        .unwrap();
    let mut bare = draft(&mut journal, "with nothing", "");
    bare.shift = ShiftKind::Night;
    bare.rotation.clear();
    journal.save(&bare).unwrap();

    let level = |n| Energy::new(n).unwrap();
    let tests = [
        Test::Competency("feed".to_owned()),
        Test::Competency("ACGME:".to_owned()),
        Test::Tag(Tag::new("round").unwrap()),
        Test::Shift(ShiftKind::Clinic),
        Test::Rotation("icu".to_owned()),
        Test::Template("cha".to_owned()),
        Test::Energy {
            from: level(1),
            to: level(2),
        },
        Test::Signal("JA".to_owned()),
        Test::Dates {
            from: Some("2026-10-01".parse().unwrap()),
            to: Some("2026-10-05".parse().unwrap()),
        },
        Test::Shared,
        Test::Outcome(Outcome::Helped),
        Test::Answered {
            from: Some("2026-11-21".parse().unwrap()),
            to: None,
        },
        prefix("rounds"),
        Test::Tagged {
            field: Field::WentWell,
            tag: Tag::new("rounds").unwrap(),
        },
        Test::Word("plans".to_owned()),
    ];
    for (n, test) in tests.into_iter().enumerate() {
        let its_own = found(&mut journal, &one(test.clone()));
        assert_eq!(its_own, ["with everything #rounds"], "test {n}");
        assert_eq!(
            found(&mut journal, &not(test.clone())),
            ["with nothing"],
            "not test {n}"
        );
        let mut with_words = words("with");
        with_words.all.extend(one(test.clone()).all);
        assert_eq!(
            found(&mut journal, &with_words),
            ["with everything #rounds"],
            "and {n}"
        );
        let mut without = words("with");
        without.all.extend(not(test).all);
        assert_eq!(
            found(&mut journal, &without),
            ["with nothing"],
            "and not {n}"
        );
    }
}

#[test]
fn the_best_match_comes_first_with_the_words_around_it() {
    let mut journal = in_memory(MORNING);
    write(&mut journal, "feedback feedback feedback", "");
    let filler = "word ".repeat(200);
    write(
        &mut journal,
        &format!("{filler} then feedback came {filler}"),
        "",
    );
    let hits = journal.best(&words("feedback"), Some(5)).unwrap();
    assert_eq!(hits.len(), 2);
    assert_eq!(
        hits[0].entry.reflection.went_well.as_str(),
        "feedback feedback feedback"
    );
    let snippet = &hits[1].snippet;
    assert!(snippet.contains("then feedback came"), "{snippet}");
    assert!(snippet.split_whitespace().count() <= 22, "{snippet}");
}

const VOCABULARY: [&str; 8] = [
    "nurse", "nursing", "plan", "huddle", "équipe", "#rounds", "late", "Rounds",
];

#[derive(Debug, Clone)]
enum Step {
    Add(Vec<usize>, Vec<usize>, u8),
    Edit(usize, Vec<usize>, Vec<usize>, u8),
    Trash(usize),
    Restore(usize),
    UndoLast,
}

fn step() -> impl Strategy<Value = Step> {
    let text = || prop::collection::vec(0..VOCABULARY.len(), 1..4);
    let maybe = || prop::collection::vec(0..VOCABULARY.len(), 0..3);
    prop_oneof![
        3 => (text(), maybe(), 0..5_u8).prop_map(|(a, b, day)| Step::Add(a, b, day)),
        3 => (any::<prop::sample::Index>(), text(), maybe(), 0..5_u8)
            .prop_map(|(at, a, b, day)| Step::Edit(at.index(64), a, b, day)),
        2 => (0..64_usize).prop_map(Step::Trash),
        2 => (0..64_usize).prop_map(Step::Restore),
        1 => Just(Step::UndoLast),
    ]
}

fn spoken(words: &[usize]) -> String {
    let words: Vec<&str> = words.iter().map(|at| VOCABULARY[*at]).collect();
    words.join(" ")
}

fn fill(draft: &mut Draft, well: &[usize], next: &[usize], day: u8) {
    draft.went_well = Prose::new(spoken(well));
    draft.try_next = Prose::new(spoken(next));
    draft.date_touched = true;
    draft.shift_date = format!("2026-11-1{day}").parse().unwrap();
}

fn take(journal: &mut Journal, step: &Step, all: &mut Vec<Entry>, undo: &mut Option<Undo>) {
    let pick = |at: usize, all: &[Entry]| all.get(at % all.len().max(1)).cloned();
    match step {
        Step::Add(well, next, day) => {
            let mut new = draft(journal, "", "");
            fill(&mut new, well, next, *day);
            let saved = journal.save(&new).unwrap();
            all.push(saved.entry);
            *undo = Some(saved.undo);
        }
        Step::Edit(at, well, next, day) => {
            if let Some(entry) = pick(*at, all) {
                let mut change = journal.edit_draft(entry.reflection.id).unwrap();
                fill(&mut change, well, next, *day);
                *undo = Some(journal.save(&change).unwrap().undo);
            }
        }
        Step::Trash(at) => {
            if let Some(entry) = pick(*at, all) {
                *undo = Some(journal.trash(entry.reflection.id).unwrap());
            }
        }
        Step::Restore(at) => {
            if let Some(entry) = pick(*at, all)
                && let Ok(restored) = journal.restore(entry.reflection.id)
            {
                *undo = Some(restored);
            }
        }
        Step::UndoLast => {
            if let Some(undo) = undo.take() {
                // Restoring what was restored meanwhile is refused, and that is all.
                let _ = journal.undo(undo);
            }
        }
    }
}

/// Whether a word of the entry begins like this: the search, done by hand.
fn naive(entry: &Entry, start: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace('é', "e").replace('#', "");
    Field::ALL.into_iter().any(|field| {
        plain(entry.text(field))
            .split_whitespace()
            .any(|word| word.starts_with(&plain(start)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_changes_the_search_finds_what_a_reader_would(
        steps in prop::collection::vec(step(), 1..25)
    ) {
        let mut journal = in_memory(MORNING);
        let mut all = Vec::new();
        let mut undo = None;
        for step in &steps {
            take(&mut journal, step, &mut all, &mut undo);
        }
        let listed = journal.list(&Query::default(), None).unwrap();
        for start in ["n", "nurs", "nursi", "pl", "equ", "rounds", "r", "late", "zzz"] {
            let read: Vec<_> = listed.iter().filter(|entry| naive(entry, start)).collect();
            let hits = journal.list(&words(start), None).unwrap();
            prop_assert_eq!(hits.iter().collect::<Vec<_>>(), read, "{}", start);
        }
        prop_assert!(listed.is_sorted_by_key(|entry| Reverse(entry.reflection.shift_date)));
        let examined = journal.examine().unwrap();
        prop_assert!(examined.is_sound(), "{:?}", examined);
    }
}
