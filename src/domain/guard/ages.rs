//! Ages of 90 and more, in digits and in words.

use std::ops::Range;

use super::lexicon::Sets;
use super::line::Line;
use super::{Finding, Kind, Severity};

const OLDER: &str = "90 or older";

pub fn find(line: &Line<'_>, found: &[Finding]) -> Vec<Finding> {
    let tokens = (0..line.len()).filter_map(|i| {
        let behind_a_name = || {
            found.iter().any(|f| {
                f.kind == Kind::Name
                    && line.range(i.wrapping_sub(2)..i.wrapping_sub(1)).end == f.range.end
            })
        };
        in_digits(line, i)
            .or_else(|| {
                let somebody = || is_somebody(line, i.wrapping_sub(2)) || behind_a_name();
                (is_great(line, i) && apposed(line, i) && somebody()).then_some(i..i + 1)
            })
            .or_else(|| in_words(line, i))
    });
    tokens
        .map(|tokens| Finding::new(line.range(tokens), Kind::AgeOver89, Severity::High, OLDER))
        .collect()
}

fn is_great(line: &Line<'_>, i: usize) -> bool {
    line.number(i)
        .is_some_and(|number| (90..=119).contains(&number))
        && line.digits(i) <= 3
}

/// `, 91,` or `(91)` behind a name.
fn apposed(line: &Line<'_>, i: usize) -> bool {
    let opens = line.any_mark(i.wrapping_sub(1), &[',', '(']);
    let closes = line.any_mark(i + 1, &[',', ')', ';', ':'])
        || i + 1 >= line.len()
        || line.mark(i + 1, '.') && !line.glued(i + 2);
    opens && closes
}

/// Whether the word is a person of whom an age may be told.
fn is_somebody(line: &Line<'_>, i: usize) -> bool {
    line.any_word(
        i,
        &[
            "he",
            "she",
            "they",
            "hes",
            "shes",
            "man",
            "woman",
            "gentleman",
            "lady",
        ],
    ) || line.is(i, Sets::RELATIVE | Sets::PATIENT)
}

/// "he is 93, she's 91 and", "a lady of 96 with": a person, the number and nothing measured.
fn is_told(line: &Line<'_>, i: usize) -> bool {
    let before = i.wrapping_sub(1);
    let person = if line.word(before, "s") && line.apostrophe(before.wrapping_sub(1)) {
        i.wrapping_sub(3)
    } else if line.any_word(before, &["is", "was", "re", "s", "of"]) {
        i.wrapping_sub(2)
    } else if line.any_word(before, &["hes", "shes"]) {
        before
    } else {
        return false;
    };
    // "a lady of 101 years"
    let end = i + 1 + usize::from(line.any_word(i + 1, &["years", "yrs"]));
    let closes = end >= line.len()
        || line.any_mark(end, &[',', ';', ')', '!', '?'])
        || line.mark(end, '.') && !line.glued(end + 1)
        || line.any_word(
            end,
            &[
                "and", "but", "now", "today", "tomorrow", "next", "with", "who", "from",
            ],
        );
    closes
        && is_somebody(line, person)
        && !line.within(0..line.len(), Sets::TEMPERATURE)
        && !line.any_word(end + 1, &["on", "percent"])
}

fn in_digits(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let before = i.wrapping_sub(1);
    if !is_great(line, i)
        || (line.glued(i) && !line.any_mark(before, &['(', ',', '"', '/', '~', '-', '\u{2014}']))
    {
        return None;
    }
    // "90 or older", "90+"
    if line.any_word(i + 1, &["or", "plus"]) || line.mark(i + 1, '+') {
        return None;
    }
    if let Some(end) = years(line, i) {
        let one_letter = line.any_word(i + 1, &["f", "m"]);
        let warm = one_letter
            && (line.within(i.saturating_sub(6)..i + 5, Sets::TEMPERATURE)
                || line.is(before, Sets::MEASURE)
                || line.word(before, "t")
                || line.mark(before, '.')
                || line.str(i + 1) == "f" && line.spaced(i + 1) && line.number(i) > Some(98));
        let thing = line.is(end, Sets::NOT_LIVED) && !line.any_word(end, &["ward", "church"])
            || line.is(end, Sets::NOT_LIVED);
        return (!warm && !thing).then_some(i..end);
    }
    let unit = line.is(i + 1, Sets::UNIT | Sets::NOT_LIVED)
        || line.any_mark(i + 1, &['%', '/', '\u{b0}'])
        || (line.any_mark(i + 1, &['.', '-', ',']) && line.glued(i + 1) && line.glued(i + 2));
    let aged = line.any_word(before, &["aged", "turned", "turning", "turns", "age"])
        || (line.any_mark(before, &[':', '='])
            && line.any_word(before.wrapping_sub(1), &["age", "aged"]))
        || (line.any_word(before, &["is", "was", "of", "at"])
            && line.any_word(before.wrapping_sub(1), &["age", "aged"]))
        || (line.word(before, "age") && line.word(before.wrapping_sub(1), "at"));
    // "her sister 98 yrs"
    let counted = line.any_word(i + 1, &["yrs", "years", "yr"])
        && is_somebody(line, before)
        && !line.is(i + 2, Sets::NOT_LIVED);
    if counted {
        return Some(i..i + 2);
    }
    if !unit && aged || is_told(line, i) {
        return Some(i..i + 1);
    }
    let birthday = line.any_word(i + 1, &["th", "st", "nd", "rd"])
        && line.glued(i + 1)
        && line.any_word(i + 2, &["birthday", "bday"]);
    birthday.then_some(i..i + 2)
}

/// "ninety-six", with what shows that it is an age.
fn in_words(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    const ONES: [&str; 9] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    if !line.word(i, "ninety") {
        return None;
    }
    let mut end = i + 1;
    let hyphen = line.mark(end, '-') && line.glued(end);
    let ones = if hyphen { end + 1 } else { end };
    let exact = line.any_word(ones, &ONES);
    if exact {
        end = ones + 1;
    }
    let brief = line.any_word(end, &["yo", "yrold"]).then_some(end + 1);
    let unit = brief.or_else(|| {
        let at = if line.mark(end, '-') { end + 1 } else { end };
        let after = at + 1;
        let after = if line.mark(after, '-') {
            after + 1
        } else {
            after
        };
        (line.any_word(at, &["year", "years", "yr"]) && line.any_word(after, &["old", "of"])).then(
            || {
                if line.word(after, "of") {
                    after + 2
                } else {
                    after + 1
                }
            },
        )
    });
    if let Some(end) = unit {
        return Some(i..end);
    }
    let before = i.wrapping_sub(1);
    let told = line.any_word(
        before,
        &[
            "turned", "aged", "turning", "is", "was", "age", "at", "s", "re", "m", "nearly",
            "almost", "hes", "shes",
        ],
    ) || line.word(before, "of") && is_somebody(line, before.wrapping_sub(1))
        || line.mark(before, ',')
        || i == 0 && (line.mark(end, ',') || line.word(end, "with") || line.word(end, "and"));
    let counted = line.is(end, Sets::UNIT) || line.mark(end, '-') || line.is_digits(end);
    (exact && told && !counted).then_some(i..end)
}

/// Behind an age in years (`yo`, `F`, `-year-old`): the token after its unit.
pub fn years(line: &Line<'_>, number: usize) -> Option<usize> {
    let mut at = number + 1;
    let hyphen = line.mark(at, '-') && line.glued(at);
    if hyphen {
        at += 1;
    }
    let sex = |at: usize| {
        let one = matches!(line.str(at), "M" | "F" | "m" | "f");
        (one || line.any_word(at, &["male", "female", "man", "woman", "lady", "gentleman"]))
            .then_some(at + 1)
    };
    let with_sex = |at: usize| {
        let sexed = line.glued(at) && matches!(line.str(at), "M" | "F" | "m" | "f");
        if sexed { at + 1 } else { at }
    };
    if line.any_word(at, &["yo", "yom", "yof", "yrold", "yro"]) {
        return Some(with_sex(at + 1));
    }
    if line.any_word(at, &["y", "yr", "yrs", "year", "years"]) {
        let unit = at;
        at += 1;
        if line.mark(at, '/') && line.word(at + 1, "o") {
            return Some(with_sex(at + 2));
        }
        if line.word(unit, "y") && line.mark(at, '.') && line.word(at + 1, "o") {
            return Some(if line.mark(at + 2, '.') && line.glued(at + 2) {
                at + 3
            } else {
                at + 2
            });
        }
        let joined = line.any_mark(at, &['-', '.']) && line.glued(at) && line.glued(at + 1);
        if joined || line.mark(at, '.') && line.any_word(at + 1, &["old", "o"]) {
            at += 1;
        }
        if line.any_word(at, &["old", "olds", "o"]) {
            return Some(at + 1);
        }
        if line.word(at, "of") && line.word(at + 1, "age") {
            return Some(at + 2);
        }
        if line.any_word(unit, &["y", "yr", "yrs"]) && !hyphen {
            let glued = line.word(unit, "y") && line.glued(unit);
            return sex(at).or(glued.then_some(at));
        }
        return None;
    }
    if hyphen { None } else { sex(at) }
}
