//! Where somebody lives, lies or was treated.

use std::ops::Range;

use super::lexicon::Sets;
use super::line::{Line, Shape};
use super::name::{is_unknown, small_name};
use super::{Finding, Kind, Severity};

const ADDRESS: &str = "[address]";

pub fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    let mut addresses: Vec<(Range<usize>, Severity)> = Vec::new();
    for i in 0..line.len() {
        let exact = house(line, i)
            .or_else(|| street_in_one_word(line, i))
            .or_else(|| street_before_name(line, i))
            .map(|tokens| with_flat(line, tokens))
            .or_else(|| box_of_post(line, i))
            .or_else(|| postcode(line, i))
            .or_else(|| canadian_postcode(line, i))
            .or_else(|| zip(line, i));
        let address = exact
            .map(|tokens| (tokens, Severity::High))
            .or_else(|| home(line, i).map(|tokens| (tokens, Severity::Medium)));
        if let Some((tokens, severity)) = address {
            match addresses.last_mut() {
                Some((last, grave)) if joins(line, last.end, tokens.start) => {
                    last.end = tokens.end.max(last.end);
                    *grave = severity.max(*grave);
                }
                _ => addresses.push((tokens, severity)),
            }
        }
        if let Some(tokens) = bed(line, i) {
            let range = line.range(tokens);
            found.push(Finding::new(
                range,
                Kind::Location,
                Severity::Low,
                "one of my patients",
            ));
        }
        if let Some(tokens) = facility(line, i) {
            let range = line.range(tokens);
            found.push(Finding::new(
                range,
                Kind::Facility,
                Severity::Low,
                "our hospital",
            ));
        }
    }
    for (tokens, severity) in addresses {
        found.push(Finding::new(
            line.range(tokens),
            Kind::Address,
            severity,
            ADDRESS,
        ));
    }
}

/// Whether an address goes on from one of its parts to the next, if need be over a town.
fn joins(line: &Line<'_>, end: usize, start: usize) -> bool {
    let town = |i| line.shape(i) == Shape::Capital || line.any_mark(i, &[',', '-']);
    start <= end || start - end <= 4 && line.mark(end, ',') && (end..start).all(town)
}

/// Whether the word is a kind of street, spelt as one.
fn is_street(line: &Line<'_>, i: usize) -> bool {
    line.is(i, Sets::STREET)
        && (line.shape(i) == Shape::Capital
            || line.shape(i) == Shape::Lower && line.is(i, Sets::SURE_STREET))
}

/// "27 oakhanger rd": a kind of street that has other meanings, behind a word that no list knows.
fn hurried_street(line: &Line<'_>, i: usize) -> bool {
    let kind = [
        "rd", "ave", "ln", "close", "cres", "way", "court", "drive", "walk", "grove", "gardens",
        "hill", "row",
    ];
    line.shape(i) == Shape::Lower
        && line.any_word(i, &kind)
        && line.shape(i - 1) == Shape::Lower
        && line.str(i - 1).len() >= 4
        && is_unknown(line, i - 1)
}

/// "31 Nettlefold Street", "flat 2, 31b nettlefold road", "12 N 5th Ave".
fn house(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if !(1..=5).contains(&line.digits(i))
        || line.glued(i) && !line.any_mark(i.wrapping_sub(1), &['(', ':', ',', '#'])
    {
        return None;
    }
    let mut at = i + 1;
    if line.glued(at) {
        let letter = line.is_letters(at) && line.str(at).len() == 1;
        let range = line.mark(at, '-') && line.is_digits(at + 1);
        if letter {
            at += 1;
        } else if range {
            at += 2;
        } else if !line.mark(at, ',') {
            return None;
        }
    }
    if line.mark(at, ',') {
        at += 1;
    }
    let first = at;
    let mut unknown = false;
    while at < first + 6 {
        if at > first && (is_street(line, at) || hurried_street(line, at)) && !line.glued(at) {
            let small = line.shape(at) == Shape::Lower;
            let told = line.any_word(
                i.wrapping_sub(1),
                &["at", "of", "to", "from", "in", "address"],
            ) || line.any_word(i.wrapping_sub(2), &["lives", "lived", "flat", "apt"]);
            // "5 Chest Drive" is on a ward, not on a map.
            let ward_words = Sets::CLINICAL | Sets::MEASURE | Sets::CALENDAR;
            let street = if small {
                (unknown || told) && !line.within(first..at, Sets::FUNCTION)
            } else {
                unknown || !line.within(first..at, ward_words)
            };
            return street.then_some(i..at + 1);
        }
        let capital = matches!(line.shape(at), Shape::Capital | Shape::Initial);
        let numbered = line.is_digits(at)
            && line.glued(at + 1)
            && line.any_word(at + 1, &["st", "nd", "rd", "th"]);
        if numbered {
            at += 2;
            continue;
        }
        let small = line.shape(at) == Shape::Lower
            && !line.is(
                at,
                Sets::FUNCTION | Sets::UNIT | Sets::ROLE | Sets::CLINICAL,
            )
            && at < first + 2;
        if line.mark(at, '.') && line.shape(at.wrapping_sub(1)) != Shape::Lower
            || line.apostrophe(at) && line.glued(at)
            || line.mark(at, '-') && line.glued(at)
            || line.word(at, "s") && line.apostrophe(at.wrapping_sub(1))
        {
            at += 1;
            continue;
        }
        if !(capital || small) {
            return None;
        }
        unknown |= is_unknown(line, at) && line.str(at).len() > 2;
        at += 1;
    }
    None
}

/// A street with the flat before or behind it: "Flat 3, 88 Harrowgate Road", "8 Station Lane, apt 6".
fn with_flat(line: &Line<'_>, street: Range<usize>) -> Range<usize> {
    let flat = |at: usize| {
        line.any_word(at, &["flat", "apt", "apartment", "unit", "suite"])
            && (1..=4).contains(&line.digits(at + 1))
    };
    let Range { mut start, mut end } = street;
    let comma = usize::from(line.mark(start.wrapping_sub(1), ','));
    if let Some(before) = (start - comma).checked_sub(2).filter(|at| flat(*at)) {
        start = before;
    }
    let behind = end + usize::from(line.mark(end, ','));
    if flat(behind) {
        end = behind + 2;
    }
    start..end
}

/// "3 Ahornweg", "Lindenstraße 12a".
fn street_in_one_word(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    const KINDS: [&str; 8] = [
        "straße", "strasse", "weg", "gasse", "allee", "platz", "straat", "laan",
    ];
    let street = |at: usize| {
        let key = line.key(at);
        line.shape(at) == Shape::Capital
            && KINDS
                .iter()
                .any(|kind| key.len() > kind.len() + 2 && key.ends_with(kind))
    };
    let number = |at: usize| (1..=4).contains(&line.digits(at));
    if number(i) && !line.glued(i) && line.spaced(i + 1) && street(i + 1) {
        return Some(i..i + 2);
    }
    (street(i) && number(i + 1) && line.spaced(i + 1)).then(|| {
        let lettered = line.glued(i + 2) && line.is_letters(i + 2) && line.str(i + 2).len() == 1;
        i..i + 2 + usize::from(lettered)
    })
}

/// "5 Rue des Lilas", "Calle Mayor 12".
fn street_before_name(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    const KINDS: [&str; 9] = [
        "rue", "calle", "avenida", "rua", "chemin", "impasse", "carrer", "allée", "corso",
    ];
    let number = |at: usize| (1..=4).contains(&line.digits(at)) && !line.glued(at);
    let first = if number(i) { i + 1 } else { i };
    if line.mark(first, ',') || line.shape(first) != Shape::Capital || !line.any_word(first, &KINDS)
    {
        return None;
    }
    let mut at = first + 1;
    while line.is(at, Sets::PARTICLE) && line.shape(at) == Shape::Lower && at < first + 4 {
        at += 1;
    }
    let named = at;
    while at < named + 5
        && (line.shape(at) == Shape::Capital
            || at > named && line.mark(at, '-') && line.glued(at) && line.glued(at + 1))
    {
        at += 1;
    }
    let counted = number(at) || line.mark(at, ',') && number(at + 1);
    if at == named || !(first > i || counted) {
        return None;
    }
    let end = if first > i {
        at
    } else if line.mark(at, ',') {
        at + 2
    } else {
        at + 1
    };
    Some(i..end)
}

/// `K1A 0B1`: no D, F, I, O, Q or U, and no W or Z at the head.
fn canadian_postcode(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let letter = |at: usize| {
        line.shape(at) == Shape::Initial && !line.any_word(at, &["d", "f", "i", "o", "q", "u"])
    };
    let digit = |at: usize| line.digits(at) == 1;
    let fits = letter(i)
        && !line.glued(i)
        && !line.any_word(i, &["w", "z"])
        && digit(i + 1)
        && letter(i + 2)
        && digit(i + 3)
        && letter(i + 4)
        && digit(i + 5)
        && [1, 2, 4, 5].iter().all(|n| line.glued(i + n))
        && line.spaced(i + 3)
        && !(line.glued(i + 6) && (line.is_letters(i + 6) || line.mark(i + 6, '/')));
    fits.then_some(i..i + 6)
}

/// "PO Box 114", "P.O. Box 114".
fn box_of_post(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let at = if line.word(i, "po") {
        i + 1
    } else if line.word(i, "p")
        && line.mark(i + 1, '.')
        && line.word(i + 2, "o")
        && line.mark(i + 3, '.')
    {
        i + 4
    } else {
        return None;
    };
    (line.word(at, "box") && line.is_digits(at + 1)).then_some(i..at + 2)
}

/// `LS6 3QT`, `SW1A 2AA`.
fn postcode(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if !line.is(i, Sets::POSTCODE) || !line.glued(i + 1) {
        return None;
    }
    let told = line.any_word(i.wrapping_sub(1), &["postcode", "code", "pcode"])
        || line.any_word(i.wrapping_sub(2), &["postcode", "pcode"]);
    let sent = line.shape(i) == Shape::Lower
        && line.any_word(i.wrapping_sub(1), &["to", "from", "at"])
        && !line.any_word(i + 3, &["st", "nd", "rd", "th"]);
    let told = told || sent;
    let capitals = matches!(line.shape(i), Shape::Capitals | Shape::Initial);
    if !(capitals || told)
        || line.str(i).len() > 2
        || line.glued(i) && line.glued(i.wrapping_sub(1))
    {
        return None;
    }
    let inward = |at: usize, digit: &str, letters: &str| {
        digit.len() == 1
            && letters.len() == 2
            && letters
                .chars()
                .all(|c| c.is_ascii_alphabetic() && !"CIKMOVcikmov".contains(c))
            && (told || letters.chars().all(|c| c.is_ascii_uppercase()))
            && !(line.glued(at) && (line.is_letters(at) || line.is_digits(at)))
    };
    let mut at = i + 1;
    let number = line.str(at);
    if !matches!(line.digits(at), 1..=3) {
        return None;
    }
    // "LS63QT": the inward digit is part of the same run.
    if told && !line.spaced(at + 1) && line.digits(at) >= 2 {
        let digit = number.get(number.len() - 1..).unwrap_or_default();
        return inward(at + 2, digit, line.str(at + 1)).then_some(i..at + 2);
    }
    if line.digits(at) > 2 {
        return None;
    }
    at += 1;
    if line.glued(at) && line.shape(at) == Shape::Initial {
        at += 1;
    }
    let spaced = line.spaced(at);
    (spaced
        && line.glued(at + 1)
        && inward(at + 2, line.str(at), line.str(at + 1))
        && line.digits(at) == 1)
        .then_some(i..at + 2)
}

/// "ZIP 98101", "Dayton, OH 45402", "Salt Lake City UT 84101-1234".
fn zip(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let number = |at: usize| {
        let plain = line.digits(at) == 5 && !line.is(at + 1, Sets::UNIT);
        let long = line.mark(at + 1, '-') && line.glued(at + 1) && line.digits(at + 2) == 4;
        plain.then_some(if long { at + 3 } else { at + 1 })
    };
    if line.any_word(i, &["zip", "zipcode"]) {
        let mut at = i + 1;
        while line.any_mark(at, &[':', '.']) || line.any_word(at, &["code", "is"]) {
            at += 1;
        }
        return number(at).map(|end| at..end);
    }
    let state = |at: usize| line.is(at, Sets::STATE) && line.shape(at) == Shape::Capitals;
    if line.shape(i) != Shape::Capital {
        return None;
    }
    let mut at = i + 1;
    while line.shape(at) == Shape::Capital && line.spaced(at) && at < i + 3 {
        at += 1;
    }
    if line.mark(at, ',') {
        at += 1;
    }
    if !state(at) {
        return None;
    }
    let end = number(at + 1)?;
    Some(i..end)
}

/// "lives at Harrow Court", "lives in Thornaby", "home on Nettlefold Road".
fn home(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let lives = line.any_word(
        i,
        &[
            "lives", "lived", "living", "live", "resides", "residing", "stays",
        ],
    );
    let home = line.any_word(i, &["home", "house", "flat", "address", "apartment"]);
    if !(lives || home) {
        return None;
    }
    let mut at = i + 1;
    if line.any_word(
        at,
        &["alone", "nearby", "out", "over", "still", "now", "is"],
    ) {
        at += 1;
    }
    if line.mark(at, ':') && home {
        at += 1;
    } else if !line.any_word(at, &["at", "in", "on", "near", "off"]) {
        return None;
    } else {
        at += 1;
    }
    let first = at;
    let mut end = at;
    while line.shape(end) == Shape::Capital && end < first + 4 && (end == first || line.spaced(end))
    {
        if line.is(end, Sets::CALENDAR) {
            return None;
        }
        end += 1;
    }
    let street = end > first + 1 && is_street(line, end - 1);
    let known = line.is(first, Sets::NO_NAME) || line.is_english(first);
    // "lives in kirkwall"
    if lives
        && line.word(first.wrapping_sub(1), "in")
        && line.str(first).len() > 4
        && let Some(town) = small_name(line, first)
    {
        return Some(town);
    }
    let city = lives && end > first && !known;
    (street || city).then_some(first..end)
}

/// "bed 9", "rm 12B", "side room 4", "bay C".
fn bed(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if !line.is(i, Sets::PLACE_CUE)
        || line.glued(i) && line.any_mark(i.wrapping_sub(1), &['-', '/'])
    {
        return None;
    }
    let mut at = i + 1;
    if line.any_word(at, &["no", "number"]) || line.mark(at, '#') {
        at += 1;
    }
    let number = (1..=4).contains(&line.digits(at));
    let letter = line.shape(at) == Shape::Initial
        && line.any_word(i, &["bay", "bed", "room"])
        && !line.word(at, "i");
    if number && !line.is(at + 1, Sets::UNIT) && !line.any_mark(at + 1, &['%', '/']) {
        let lettered = line.glued(at + 1) && line.is_letters(at + 1) && line.str(at + 1).len() == 1;
        return Some(i..if lettered { at + 2 } else { at + 1 });
    }
    letter.then_some(i..at + 1)
}

/// "Northgate Hospital", "St Brannoc's Infirmary", "Larkmoor Medical Center".
fn facility(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    if line.shape(i) != Shape::Capital
        || line.shape(i.wrapping_sub(1)) == Shape::Capital
        || line.is(i, Sets::FUNCTION)
    {
        return None;
    }
    let mut at = i;
    while at < i + 6 {
        let kind = line.shape(at) == Shape::Capital
            && (line.is(at, Sets::FACILITY)
                || line.word(at, "medical") && line.any_word(at + 1, &["center", "centre"])
                || line.word(at, "general") && !line.is(at + 1, Sets::SERVICE)
                || line.any_word(at, &["nursing", "care"]) && line.any_word(at + 1, &["home"])
                || line.word(at, "health") && line.any_word(at + 1, &["center", "centre"]));
        if kind {
            let two = line.any_word(at, &["medical", "nursing", "care", "health"])
                || line.word(at + 1, "hospital") && line.shape(at + 1) == Shape::Capital;
            let on_the_ward = line.within(i..at, Sets::SERVICE | Sets::ROLE);
            let named = at > i && (!on_the_ward || (i..at).any(|n| is_unknown(line, n)));
            return named.then_some(i..if two { at + 2 } else { at + 1 });
        }
        let goes_on = line.shape(at) == Shape::Capital
            || line.any_mark(at, &['.', '\'', '\u{2019}', '-']) && line.glued(at)
            || line.word(at, "s") && line.glued(at);
        if !goes_on {
            return None;
        }
        at += 1;
    }
    None
}
