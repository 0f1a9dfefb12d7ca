//! Names in small letters: words that no list knows, where only a person can stand.

use std::ops::Range;

use super::lexicon::Sets;
use super::line::{Line, Shape};
use super::name::{is_unknown, small_name};
use super::people::PATIENT;
use super::{Finding, Kind, Severity};

/// Fewest letters of a name that nothing but its place tells.
const LETTERS: usize = 5;

/// The name that begins at this token. `behind_a_name` says whether the token before the one before
/// it ends a name. What stands around a word is looked at first: whether a word is known takes
/// longest.
pub fn find(line: &Line<'_>, first: usize, behind_a_name: impl Fn() -> bool) -> Option<Finding> {
    if line.shape(first) != Shape::Lower || !line.spaced(first) {
        return None;
    }
    let paired = || line.any_word(first.wrapping_sub(1), &["and", "n", "&"]) && behind_a_name();
    let told = || told_to(line, first) || paired();
    let alone = first + 1;
    let tokens = if told() || owns(line, alone) || opens(line, first) {
        let long = line.str(first).chars().count() >= LETTERS;
        if line.mark(alone, '-') {
            hyphened(line, first)?
        } else {
            small_name(line, first).filter(|_| long)?
        }
    } else {
        return None;
    };
    if !(told() || owns(line, tokens.end) || acts(line, tokens.clone())) {
        return None;
    }
    let range = line.range(tokens);
    Some(Finding::new(range, Kind::Name, Severity::Medium, PATIENT))
}

/// "soo-jin", also where one half means something else.
fn hyphened(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let second = i + 2;
    let letters = line.str(i).len() + line.str(second).len();
    let fits = line.glued(i + 1)
        && line.glued(second)
        && line.shape(second) == Shape::Lower
        && line.str(i).len() >= 3
        && line.str(second).len() >= 2
        && (5..=14).contains(&letters)
        && !line.mark(second + 1, '-')
        && (is_unknown(line, i) || is_unknown(line, second))
        && !line.is_english(i)
        && !line.is_english(second);
    fits.then_some(i..second + 1)
}

/// "caoilfhionn's drain"
fn owns(line: &Line<'_>, end: usize) -> bool {
    line.apostrophe(end)
        && line.glued(end)
        && line.word(end + 1, "s")
        && line.glued(end + 1)
        && line.spaced(end + 2)
        && line.is_letters(end + 2)
        && (!line.is(end + 2, Sets::AFTER_A_THING)
            || line.any_word(
                end + 2,
                &["drain", "tube", "line", "dose", "operation", "cast"],
            ))
        && !line.any_word(
            end.wrapping_sub(2),
            &["his", "her", "their", "my", "the", "a", "our"],
        )
}

/// Behind what is said or done to persons alone.
fn told_to(line: &Line<'_>, i: usize) -> bool {
    const DONE: [&str; 24] = [
        "told",
        "hugged",
        "thanked",
        "comforted",
        "consoled",
        "promised",
        "reassured",
        "poor",
        "consented",
        "asked",
        "let",
        "owe",
        "owed",
        "taught",
        "reminded",
        "met",
        "visited",
        "heard",
        "apologised",
        "hurt",
        "upset",
        "missed",
        "warned",
        "trusted",
    ];
    let before = i.wrapping_sub(1);
    let with = line.word(before, "with")
        || line.mark(before, '/') && line.word(before.wrapping_sub(1), "w");
    let verb = before.wrapping_sub(if line.mark(before, '/') { 2 } else { 1 });
    let company = || {
        let spent = [
            "sat", "sit", "sitting", "spent", "stayed", "break", "cried", "alone", "evening",
            "chat", "chatted", "talk", "talked", "talking", "laughed", "minutes", "hour", "time",
        ];
        (0..6).any(|n| line.any_word(verb.wrapping_sub(n), &spent))
    };
    let towards = || (1..=4).any(|n| line.is(before.wrapping_sub(n), Sets::TOWARDS));
    let gave = line.word(before, "gave")
        && line.any_word(
            i + 1,
            &["bad", "good", "the", "my", "some", "time", "space"],
        );
    line.any_word(before, &DONE)
        || gave
        || with && company()
        || line.any_word(before, &["to", "about"]) && towards()
        || line.word(before, "on") && line.word(verb, "cpr")
        || line.word(before, "for") && line.any_word(verb, &["consent", "sorry", "sad", "scared"])
}

/// Whether a sentence or a part of one begins here.
fn opens(line: &Line<'_>, i: usize) -> bool {
    const JOINTS: [&str; 22] = [
        "when", "that", "because", "cos", "bc", "if", "after", "once", "sure", "til", "till",
        "until", "while", "why", "how", "before", "could", "would", "did", "should", "but",
        "since",
    ];
    let before = i.wrapping_sub(1);
    line.shape(before) == Shape::Nothing
        || line.any_word(before, &JOINTS)
        || line.any_mark(before, &[',', ';'])
}

/// "jacinto asked if", "when dimakatso crashed", "could teodoro have gone": somebody of whom
/// something is told.
fn acts(line: &Line<'_>, name: Range<usize>) -> bool {
    const DID: [&str; 30] = [
        "understood",
        "knew",
        "fell",
        "slept",
        "ate",
        "felt",
        "left",
        "lost",
        "sat",
        "stood",
        "ran",
        "rang",
        "broke",
        "spoke",
        "wrote",
        "woke",
        "kept",
        "got",
        "made",
        "bled",
        "began",
        "swore",
        "drank",
        "heard",
        "thought",
        "brought",
        "fought",
        "taught",
        "went",
        "came",
    ];
    const AUXILIARIES: [&str; 26] = [
        "was", "is", "were", "has", "had", "have", "would", "could", "will", "did", "does",
        "didnt", "wasnt", "isnt", "cant", "couldnt", "hasnt", "hadnt", "wouldnt", "never", "still",
        "always", "finally", "just", "may", "might",
    ];
    let after = name.end;
    let helped = line.any_word(after, &AUXILIARIES)
        || line.word(after, "and") && line.any_word(after + 1, &["his", "her", "their"]);
    let does = || {
        line.is(after, Sets::STRONGLY)
            || line.any_word(after, &DID)
            || line.shape(after) == Shape::Lower
                && line.str(after).len() > 4
                && line.str(after).ends_with("ed")
                && line.is_english(after)
    };
    opens(line, name.start) && line.spaced(after) && (helped || does())
}

/// "discussed J. Abernethy", "m. fitzurse", "a.k. thillainathan": not a species, an author or a
/// clinician.
pub fn with_initial(line: &Line<'_>, i: usize) -> Option<Finding> {
    const SPECIES: [&str; 12] = [
        "ureus",
        "gatus",
        "um",
        "ae",
        "ii",
        "ens",
        "nosa",
        "ans",
        "alis",
        "coli",
        "auris",
        "difficile",
    ];
    let before = i.wrapping_sub(1);
    let initial = |i: usize| {
        let small = line.shape(i) == Shape::Lower && line.str(i).len() == 1;
        (small || line.shape(i) == Shape::Initial) && line.mark(i + 1, '.') && line.glued(i + 1)
    };
    let second = initial(i) && initial(i + 2) && line.glued(i + 2);
    let surname = if second { i + 4 } else { i + 2 };
    let shape = line.shape(surname);
    let form = initial(i)
        && (line.spaced(i) || line.any_mark(before, &['(', '"', '/']))
        && line.str(surname).len() >= 4
        && if line.shape(i) == Shape::Lower {
            shape == Shape::Lower && small_name(line, surname).is_some()
        } else {
            shape == Shape::Capital && (is_unknown(line, surname) || line.is(surname, Sets::EPONYM))
        };
    let person = form
        && !SPECIES.iter().any(|end| line.key(surname).ends_with(end))
        && !line.is(before, Sets::CLINICIAN)
        && !line.any_word(before, &["by", "st"])
        && !line.any_word(surname + 1, &["et", "s"])
        && !line.is(
            surname + 1,
            Sets::AFTER_A_THING | Sets::STREET | Sets::FACILITY,
        )
        && !line.is_digits(surname + 1);
    let range = line.range(i..surname + 1);
    person.then(|| Finding::new(range, Kind::Name, Severity::Medium, PATIENT))
}
