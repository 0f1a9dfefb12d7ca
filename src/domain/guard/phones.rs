//! Telephone numbers of the United States, the United Kingdom and with a country's code; pagers.

use std::ops::Range;

use super::lexicon::Sets;
use super::line::Line;
use super::records::is_count;
use super::{Finding, Kind, Severity};

const PHONE: &str = "[phone]";

pub fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    let mut i = 0;
    while i < line.len() {
        let tokens = international(line, i)
            .or_else(|| american(line, i))
            .or_else(|| british(line, i))
            .or_else(|| after_call(line, i));
        if let Some(tokens) = tokens {
            i = tokens.end;
            found.push(Finding::new(
                line.range(tokens),
                Kind::Phone,
                Severity::High,
                PHONE,
            ));
            continue;
        }
        if let Some(tokens) = pager(line, i) {
            found.push(Finding::new(
                line.range(tokens),
                Kind::Phone,
                Severity::Low,
                "[extension]",
            ));
        }
        i += 1;
    }
}

/// Whether ten digits 3-3-4 are likelier a telephone than anything else.
pub fn is_likely(line: &Line<'_>, tokens: Range<usize>) -> bool {
    let first = line.str(tokens.start).bytes().next();
    let hyphened = line.mark(tokens.start + 1, '-') || line.mark(tokens.start + 1, '.');
    first == Some(b'0') || hyphened
}

fn begins(line: &Line<'_>, i: usize) -> bool {
    !line.glued(i)
        || line.any_mark(
            i.wrapping_sub(1),
            &[
                '(', ':', '=', ',', '"', '#', ';', '[', '\u{2014}', '\u{2013}',
            ],
        )
}

fn ends(line: &Line<'_>, i: usize) -> bool {
    !line.glued(i)
        || line.any_mark(
            i,
            &[
                ')', ',', ';', ':', '?', '!', '"', ']', '\u{2014}', '\'', '\u{2026}',
            ],
        )
        || line.mark(i, '.') && !(line.glued(i + 1) && line.is_digits(i + 1))
        || line.word(i, "x")
}

/// Groups of digits joined by single spaces, hyphens, dots or slashes, from this token on: how many
/// digits in each, and the token behind the last.
fn groups(line: &Line<'_>, i: usize, most: usize) -> (Vec<usize>, usize) {
    let mut sizes = Vec::new();
    let mut at = i;
    let mut end = i;
    let mut total = 0;
    while line.is_digits(at) && total + line.digits(at) <= most {
        total += line.digits(at);
        sizes.push(line.digits(at));
        end = at + 1;
        at = end;
        if line.any_mark(at, &['-', '.', '\u{2010}', '\u{2011}', ')']) && line.is_digits(at + 1) {
            at += 1;
        } else if line.mark(at, '.') && line.spaced(at + 1) {
            break;
        }
    }
    (sizes, end)
}

/// `+44 7700 900288`, `0044 ...`
fn international(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let first = if line.mark(i, '+') && line.glued(i + 1) {
        i + 1
    } else if line.is_digits(i) && line.str(i).starts_with("00") && line.digits(i) <= 5 {
        i
    } else {
        return None;
    };
    if !begins(line, i) {
        return None;
    }
    let mut at = first;
    let mut total = 0;
    let mut end = i;
    while total < 15 && line.is_digits(at) {
        total += line.digits(at);
        end = at + 1;
        at = end;
        // "+44 (0)20 ..."
        while line.any_mark(at, &['(', ')', '-', '.'])
            && (line.is_digits(at + 1) || line.mark(at + 1, '('))
        {
            at += 1;
        }
    }
    let enough = if first == i { 11..=17 } else { 9..=15 };
    (enough.contains(&total) && ends(line, end) && end > i + 1).then_some(i..end)
}

/// `(555) 010-2345`, `555-010-2345`, `1-555...`, ten digits.
fn american(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if !begins(line, i) {
        return None;
    }
    let mut at = i;
    if line.str(at) == "1" && line.any_mark(at + 1, &['-', '.']) {
        at += 2;
    } else if line.str(at) == "1" && (line.digits(at + 1) == 3 || line.mark(at + 1, '(')) {
        at += 1;
    }
    if line.mark(at, '(') && line.digits(at + 1) == 3 && line.mark(at + 2, ')') {
        let mut next = at + 3;
        if line.any_mark(next, &['-', '.']) {
            next += 1;
        }
        let local = line.digits(next) == 3
            && (line.any_mark(next + 1, &['-', '.']) && line.digits(next + 2) == 4);
        if local {
            return Some(i..next + 3);
        }
        let spaced = line.digits(next) == 3 && line.digits(next + 1) == 4;
        return (spaced || line.digits(next) == 7)
            .then_some(i..if spaced { next + 2 } else { next + 1 });
    }
    let called = line.within(i.saturating_sub(4)..i, Sets::CALL);
    if line.digits(at) == 10 && ends(line, at + 1) {
        let area = line
            .str(at)
            .bytes()
            .next()
            .is_some_and(|b| (b'2'..=b'9').contains(&b));
        return (called || area && !is_count(line, at) && !checked(line, at)).then_some(i..at + 1);
    }
    let (sizes, end) = groups(line, at, 10);
    let marks = line.any_mark(at + 1, &['-', '.']);
    let form = sizes == [3, 3, 4] || sizes == [3, 7];
    let area = !line.str(at).starts_with('0') || called;
    let spaced_out = !marks && !called && !line.any_mark(end.wrapping_sub(2), &['-', '.']);
    (form && area && ends(line, end) && !(spaced_out && (is_count(line, at) || checked(line, at))))
        .then_some(i..end)
}

/// Whether the word NHS is near, or the first digit is one that no area code has.
fn checked(line: &Line<'_>, i: usize) -> bool {
    (1..=4).any(|n| line.word(i.wrapping_sub(n), "nhs"))
}

/// `07700 900288`, `020 7946 0958`, `(0131) 496 0123`.
fn british(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let open = line.mark(i, '(');
    let first = if open { i + 1 } else { i };
    if !begins(line, i) || !line.str(first).starts_with('0') || line.str(first).starts_with("00") {
        return None;
    }
    if open && !line.mark(first + 1, ')') {
        return None;
    }
    let (sizes, end) = groups(line, first, 11);
    let total: usize = sizes.iter().sum();
    let called = line.within(i.saturating_sub(4)..i, Sets::CALL);
    let shaped = match sizes.as_slice() {
        [_] => total == 11 || (total == 10 && called),
        [2, 2, 2, 2, 2] => true,
        [area, rest @ ..] => (3..=5).contains(area) && rest.iter().all(|n| *n >= 3),
        [] => false,
    };
    // Times of the day, one after the other: "0800 1200 1600".
    let times = sizes.iter().all(|n| *n == 4);
    (shaped && !times && (10..=11).contains(&total) && ends(line, end) && !is_count(line, first))
        .then_some(i..end)
}

/// Seven or eight digits where somebody is called: "cell 555-0142", "tel 496 0123".
fn after_call(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if !line.is_digits(i) || !begins(line, i) {
        return None;
    }
    let near = i.saturating_sub(5)..i;
    if !line.within(near.clone(), Sets::CALL) || line.within(near, Sets::PAGER) {
        return None;
    }
    let (sizes, end) = groups(line, i, 11);
    let total: usize = sizes.iter().sum();
    let form = matches!(
        sizes.as_slice(),
        [3 | 4 | 6, 4] | [7 | 8] | [3, 5] | [5, 6] | [4, 3, 4] | [2, 4, 4]
    ) || (9..=11).contains(&total) && sizes.len() <= 5;
    let times = sizes == [4, 4]
        && line.mark(i + 1, '-')
        && line.number(i).is_some_and(|time| time <= 2400)
        && line.number(i + 2).is_some_and(|time| time <= 2400);
    let record = (1..=3).any(|n| {
        line.any_word(
            i.wrapping_sub(n),
            &["mrn", "chart", "nhs", "ssn", "hosp", "bed", "no"],
        )
    }) && !line.any_word(
        i.wrapping_sub(2),
        &[
            "phone",
            "tel",
            "telephone",
            "mobile",
            "contact",
            "fax",
            "home",
            "cell",
        ],
    );
    let unit = line.is(end, Sets::UNIT) || line.any_mark(end, &['/', '%']);
    (form && !times && !unit && !record && ends(line, end)).then_some(i..end)
}

/// "bleep 4417", "ext 55123", "pager 5521".
fn pager(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if !(3..=6).contains(&line.digits(i)) || line.glued(i + 1) && line.glued(i + 2) {
        return None;
    }
    let mut cue = i.wrapping_sub(1);
    if line.any_mark(cue, &[':', '.', '#']) || line.any_word(cue, &["no", "number", "on", "is"]) {
        cue = cue.wrapping_sub(1);
    }
    line.is(cue, Sets::PAGER).then_some(i..i + 1)
}
