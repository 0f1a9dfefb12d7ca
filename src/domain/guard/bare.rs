//! Names without a cue: capitalised words that nobody uses on a ward, where a person would stand.

use std::ops::Range;

use super::lexicon::Sets;
use super::line::{Line, Shape};
use super::name::{Manner, name};
use super::people::PATIENT;
use super::{Finding, Kind, Severity};

pub fn find(line: &Line<'_>, found: &[Finding]) -> Vec<Finding> {
    let mut more: Vec<Finding> = Vec::new();
    let mut i = 0;
    while i < line.len() {
        let first = i;
        i += 1;
        if line.shape(first) != Shape::Capital || line.glued(first) {
            continue;
        }
        let Some(tokens) = name(line, first, Manner::Bare) else {
            continue;
        };
        let range = line.range(tokens.clone());
        let shares = |f: &Finding| f.range.start < range.end && range.start < f.range.end;
        let taken = found.iter().any(shares);
        // "Imogen and Thea"
        let before = line.range(first.wrapping_sub(2)..first.wrapping_sub(1));
        let in_pair = line.any_word(first.wrapping_sub(1), &["and", "&"])
            && found
                .iter()
                .chain(&more)
                .any(|f| f.kind == Kind::Name && f.range.end == before.end);
        if taken || !(in_pair || stands_for_a_person(line, tokens.clone())) {
            continue;
        }
        i = tokens.end;
        more.push(Finding::new(range, Kind::Name, Severity::Medium, PATIENT));
    }
    more
}

fn stands_for_a_person(line: &Line<'_>, name: Range<usize>) -> bool {
    let (before, after) = (name.start.wrapping_sub(1), name.end);
    if line.is(before, Sets::CLINICIAN)
        || line.mark(after, '-') && line.glued(after)
        || line.is(after, Sets::FACILITY | Sets::STREET) && line.shape(after) == Shape::Capital
        || line.shape(after) == Shape::Capital
    {
        return false;
    }
    let possessive = line.apostrophe(after) && line.glued(after);
    if possessive {
        let owned = if line.word(after + 1, "s") {
            after + 2
        } else {
            after + 1
        };
        return line.is(owned, Sets::OWNED | Sets::KINFOLK) && line.spaced(owned);
    }
    let felt = line.any_word(after, &["was", "is", "were", "looked", "seemed", "felt"])
        && (line.is(after + 1, Sets::FEELS) || line.is(after + 2, Sets::FEELS));
    let kept_company =
        line.word(after, "and") && line.any_word(after + 1, &["his", "her", "their", "i"]);
    if line.is(after, Sets::STRONGLY) || felt || kept_company {
        return true;
    }
    if line.opens(name.start) {
        return false;
    }
    // "realised that Ifeoma had not eaten"
    if line.word(before, "that") && line.is(after, Sets::SPEAKS) {
        return true;
    }
    let towards = line.any_word(before, &["to", "about", "at", "by", "from", "after", "of"])
        && (1..=4).any(|n| line.is(before.wrapping_sub(n), Sets::TOWARDS));
    if line.is(before, Sets::MEETS) || towards {
        return !line.is(after, Sets::AFTER_A_THING);
    }
    let behind_an_age =
        line.shape(before) == Shape::Initial && line.is_digits(before.wrapping_sub(1));
    let thing = line.is(
        before,
        Sets::BEFORE_A_THING | Sets::DRUG | Sets::EPONYM | Sets::CLINICAL,
    ) || line.is(after, Sets::AFTER_A_THING)
        || line.is_digits(after);
    let letters = line.slice(line.range(name.clone())).chars().count();
    let told = line.shape(before) == Shape::Lower && line.spaced(name.start);
    behind_an_age || (told && !thing && letters >= 4) || line.is(after, Sets::SPEAKS) && !thing
}
