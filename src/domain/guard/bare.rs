//! Names without a cue: capitalised words that nobody uses on a ward, where a person would stand.

use std::ops::Range;

use super::lexicon::Sets;
use super::line::{Line, Shape};
use super::name::{Manner, name};
use super::people::PATIENT;
use super::small;
use super::{Finding, Kind, Severity};

pub fn find(line: &Line<'_>, found: &[Finding]) -> Vec<Finding> {
    let mut more: Vec<Finding> = Vec::new();
    let mut i = 0;
    while i < line.len() {
        let first = i;
        i += 1;
        let behind_a_name = || {
            let before = line.range(first.wrapping_sub(2)..first.wrapping_sub(1));
            let mut names = found.iter().chain(&more).filter(|f| f.kind == Kind::Name);
            names.any(|f| f.range.end == before.end)
        };
        let unmarked = small::find(line, first, behind_a_name)
            .or_else(|| small::with_initial(line, first))
            .filter(|new| !found.iter().any(|old| overlap(old, &new.range)));
        more.extend(unmarked);
        if line.shape(first) != Shape::Capital || line.glued(first) {
            continue;
        }
        let known = || met_by_first_name(line, first).then_some(first..first + 1);
        let Some(tokens) = name(line, first, Manner::Bare).or_else(known) else {
            continue;
        };
        let range = line.range(tokens.clone());
        let taken = found.iter().any(|old| overlap(old, &range));
        i = tokens.end;
        // "Imogen and Thea"
        let before = line.range(first.wrapping_sub(2)..first.wrapping_sub(1));
        // "MRN 5518204, Caoimhe, wrong side"
        let behind_a_number = line.mark(first.wrapping_sub(1), ',')
            && line.mark(tokens.end, ',')
            && found
                .iter()
                .any(|f| f.kind != Kind::Name && f.range.end == before.end);
        let in_pair = line.any_word(first.wrapping_sub(1), &["and", "&"])
            && found
                .iter()
                .chain(&more)
                .any(|f| f.kind == Kind::Name && f.range.end == before.end);
        if taken || !(in_pair || behind_a_number || stands_for_a_person(line, tokens.clone())) {
            continue;
        }
        more.push(Finding::new(range, Kind::Name, Severity::Medium, PATIENT));
    }
    more
}

fn overlap(finding: &Finding, range: &Range<usize>) -> bool {
    finding.range.start < range.end && range.start < finding.range.end
}

/// "saw Hyacinth again": a first name that is also a word, behind what is done to persons alone.
fn met_by_first_name(line: &Line<'_>, i: usize) -> bool {
    let before = i.wrapping_sub(1);
    let met = line.any_word(
        before,
        &[
            "told",
            "asked",
            "hugged",
            "met",
            "thanked",
            "saw",
            "seen",
            "visited",
            "helped",
            "rang",
            "phoned",
            "reassured",
            "comforted",
            "consented",
            "clerked",
            "discharged",
            "apologised",
        ],
    );
    met && line.shape(before) == Shape::Lower
        && line.is(i, Sets::ALSO_A_NAME)
        && !line.is(i, Sets::MONTH)
        && line.shape(i + 1) != Shape::Capital
        && !line.is(i + 1, Sets::AFTER_A_THING)
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
        // "the scan was Odalys's, not the other man's"
        let belongs = line.any_word(before, &["was", "is", "were", "not"])
            && (line.shape(owned) == Shape::Nothing || line.any_mark(owned, &[',', '.', ';', ')']));
        return belongs || line.is(owned, Sets::OWNED | Sets::KINFOLK) && line.spaced(owned);
    }
    let felt = line.any_word(after, &["was", "is", "were", "looked", "seemed", "felt"])
        && (line.is(after + 1, Sets::FEELS) || line.is(after + 2, Sets::FEELS));
    let kept_company =
        line.word(after, "and") && line.any_word(after + 1, &["his", "her", "their", "i"]);
    // "Odalys still asking"
    let still = line.any_word(after, &["still", "always", "never"])
        && (line.is(after + 1, Sets::FEELS | Sets::SPEAKS | Sets::STRONGLY)
            || line.any_word(
                after + 1,
                &["asking", "wanting", "refusing", "saying", "calling"],
            ));
    if line.is(after, Sets::STRONGLY) || felt || kept_company || still {
        return true;
    }
    let full = line.shape(name.start + 1) == Shape::Capital && name.len() == 2;
    if full && line.is(after, Sets::SPEAKS) {
        return true;
    }
    // "Kwabena in bed 6"
    let lies =
        line.word(after, "in") && line.is(after + 1, Sets::PLACE_CUE) && line.is_digits(after + 2);
    // "Tuyết kept apologising"
    let foreign = !line.slice(line.range(name.clone())).is_ascii() && line.is(after, Sets::SPEAKS);
    if lies || foreign {
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
    let handed_over = line.word(before, "over")
        && line.any_word(before.wrapping_sub(1), &["handed", "handing", "hand"]);
    if line.is(before, Sets::MEETS) || towards || handed_over {
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
