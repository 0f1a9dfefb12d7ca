//! Names: after a title, after "pt", after a relative, before an age; and clinicians' names.

use std::borrow::Cow;
use std::ops::Range;

use super::ages::years;
use super::lexicon::Sets;
use super::line::{Line, Shape};
use super::name::{Manner, is_unknown, name, proper_word, small_name};
use super::titles::{capitals, titled};
use super::{Finding, Kind, Severity};

pub const PATIENT: &str = "the patient";

/// Names that something stands beside.
pub fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    for i in 0..line.len() {
        if !line.is_letters(i) {
            continue;
        }
        found.extend(
            titled(line, i)
                .or_else(|| patient(line, i))
                .or_else(|| relative(line, i))
                .or_else(|| named(line, i)),
        );
        found.extend(clinician(line, i));
        found.extend(family_of(line, i));
        found.extend(aged(line, i));
        found.extend(introduced(line, i));
    }
}

pub fn high(line: &Line<'_>, tokens: Range<usize>, suggest: &'static str, from: usize) -> Finding {
    let start = line.range(from..tokens.end).start;
    Finding::new(line.range(tokens), Kind::Name, Severity::High, suggest).replacing_from(start)
}

/// "pt Leontyne", "Patient: Odalys Verran", "my patient Otto", "baby Lior".
fn patient(line: &Line<'_>, i: usize) -> Option<Finding> {
    let baby = line.any_word(i, &["baby", "neonate", "newborn"]);
    if !(line.is(i, Sets::PATIENT) || baby) || line.str(i) == "PT" {
        return None;
    }
    if line.glued(i + 1) && line.mark(i + 1, '-') {
        return None;
    }
    let mut next = i + 1;
    if line.any_word(next, &["boy", "girl", "of"]) && baby {
        next += 1;
    }
    // "pt's name is"
    if line.apostrophe(next) && line.word(next + 1, "s") && line.word(next + 2, "name") {
        next += 2;
    }
    if line.any_word(next, &["name", "named", "called"]) {
        next += 1;
        if line.any_word(next, &["is", "was"]) {
            next += 1;
        }
    }
    let title_case = line.shape(i) == Shape::Capital
        && line.shape(next) == Shape::Capital
        && line.is_english(next);
    if line.any_mark(next, &[':', ',', '=', '-', '(', '.']) {
        if line.mark(next, '.') && !line.any_word(i, &["pt"]) {
            return None;
        }
        next += 1;
    }
    if !line.spaced(next)
        && !line.mark(next.wrapping_sub(1), '(')
        && !line.mark(next.wrapping_sub(1), ':')
    {
        return None;
    }
    if title_case && !line.is(next, Sets::ALSO_A_NAME) {
        return None;
    }
    if line.is(next, Sets::TITLE | Sets::CLINICIAN) && line.shape(next) == Shape::Capital {
        return None;
    }
    let tokens = name(line, next, Manner::Cued)
        .or_else(|| dotted_initials(line, next))
        .or_else(|| shouted(line, next));
    let suggest = if baby { "the baby" } else { PATIENT };
    let owned = line.any_word(
        i.wrapping_sub(1),
        &["the", "my", "our", "this", "that", "a"],
    );
    let from = i - usize::from(owned);
    if let Some(tokens) = tokens {
        return Some(high(line, tokens, suggest, from));
    }
    small_behind(line, next, i).map(|tokens| medium(line, tokens, suggest, from))
}

/// A name in small letters where the cue is next to it, or a colon between. Behind "the patient" and
/// "their brother", which stand where a name was replaced, an unknown word is none.
fn small_behind(line: &Line<'_>, i: usize, cue: usize) -> Option<Range<usize>> {
    let before = i.wrapping_sub(1);
    // "a niece, parvaneh, who", "the dtr (amaranta)"
    let apposed = line.mark(before, ',') && line.mark(i + 1, ',') && line.word(i + 2, "who")
        || line.mark(before, '(') && line.mark(i + 1, ')');
    let told = line.is_letters(before) || line.mark(before, ':') || apposed;
    let replaced = line.any_word(cue.wrapping_sub(1), &["the", "their"]);
    (told && !replaced).then(|| small_name(line, i)).flatten()
}

fn medium(line: &Line<'_>, tokens: Range<usize>, suggest: &'static str, from: usize) -> Finding {
    let mut finding = high(line, tokens, suggest, from);
    finding.severity = Severity::Medium;
    finding
}

/// `J.D.`
fn dotted_initials(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let pair = line.shape(i) == Shape::Initial
        && line.mark(i + 1, '.')
        && line.glued(i + 1)
        && line.shape(i + 2) == Shape::Initial
        && line.mark(i + 3, '.');
    pair.then_some(i..i + 4)
}

/// A long word in capitals that no list knows, and those behind it: `pt VERRAN`, `OTTO VERRAN-HALE`.
fn shouted(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let fits = |i: usize, least: usize| {
        line.shape(i) == Shape::Capitals
            && line.str(i).chars().count() >= least
            && is_unknown(line, i)
            && !(line.glued(i + 1) && line.is_digits(i + 1))
    };
    let mut end = i + 1;
    loop {
        let hyphen = line.mark(end, '-')
            && line.glued(end)
            && line.glued(end + 1)
            && line.shape(end + 1) == Shape::Capitals;
        if hyphen {
            end += 2;
        } else if line.spaced(end) && fits(end, 3) {
            end += 1;
        } else {
            break;
        }
    }
    (fits(i, 5) || end > i + 1 && fits(i, 3)).then_some(i..end)
}

/// "his brother Casimir", "wife (Odalys)", "mother-in-law Benedikta", "NOK: Otto Hale".
fn relative(line: &Line<'_>, i: usize) -> Option<Finding> {
    let next_of_kin = line.word(i, "kin") && line.word(i.wrapping_sub(1), "of");
    let in_law = line.word(i, "law")
        && (line.mark(i.wrapping_sub(1), '-') || line.word(i.wrapping_sub(1), "in"));
    if !line.is(i, Sets::RELATIVE)
        || (line.word(i, "kin") && !next_of_kin)
        || (line.word(i, "law") && !in_law)
        || (line.word(i, "ex") && line.glued(i + 1))
    {
        return None;
    }
    let mut next = i + 1;
    if line.apostrophe(next) && line.word(next + 1, "s") && line.word(next + 2, "name") {
        next += 2;
    }
    if line.any_word(next, &["name", "named", "called"]) {
        // "her husband called Radiology" is no name; "called Otto" may be one either way.
        next += 1;
        if line.any_word(next, &["is", "was"]) {
            next += 1;
        }
    }
    // "the sister is Marigold, a nurse"
    let presented = line.any_word(next, &["is", "was"])
        && line.shape(next + 1) == Shape::Capital
        && !line.is(next + 1, Sets::WORLD)
        && (line.any_mark(next + 2, &[',', '.', ';', ')']) || next + 2 >= line.len());
    if line.any_word(next, &["is", "was"]) && (next_of_kin || line.word(i, "nok") || presented) {
        next += 1;
    }
    let marked = line.any_mark(next, &[',', ':', '(', '-', '\u{2013}', '\u{2014}', '=']);
    if marked {
        if line.mark(next, '-') && line.glued(next + 1) {
            return None;
        }
        next += 1;
    } else if !line.spaced(next) {
        return None;
    }
    if line.is(next, Sets::EPONYM) && line.apostrophe(next + 1) {
        return None;
    }
    let tokens = name(line, next, Manner::Cued)
        .or_else(|| shouted(line, next))
        .or_else(|| (!marked).then(|| flower(line, i, next))?);
    let small = || small_behind(line, next, i);
    let build = if tokens.is_some() { high } else { medium };
    let tokens = tokens.or_else(small)?;
    let mut from = i;
    if in_law {
        let hyphened = line.mark(i.wrapping_sub(1), '-');
        from = i.saturating_sub(if hyphened { 4 } else { 2 });
    } else if next_of_kin {
        from = i.wrapping_sub(2);
    }
    let owner = from.wrapping_sub(1);
    if line.any_word(owner, &["his", "her", "their", "my", "the", "pt", "a"]) {
        from = owner;
    }
    Some(build(line, tokens, their(line, i), from))
}

/// A plain English word with a capital that nothing but a name explains: "her aunt Hyacinth".
fn flower(line: &Line<'_>, relative: usize, i: usize) -> Option<Range<usize>> {
    let fits = line.shape(relative) == Shape::Lower
        && line.shape(i) == Shape::Capital
        && !line.is(i, Sets::NO_NAME | Sets::WARD_WORD)
        && line.shape(i + 1) != Shape::Capital;
    // "daughter hyacinth has a list"
    let small = line.shape(i) == Shape::Lower
        && line.is(i, Sets::ALSO_A_NAME)
        && !line.is(i, Sets::FUNCTION | Sets::MONTH | Sets::FEELS)
        && (line.is(i + 1, Sets::SPEAKS) || line.str(i + 1).ends_with("ed"));
    (fits || small).then_some(i..i + 1)
}

/// What to call a relative.
fn their(line: &Line<'_>, i: usize) -> &'static str {
    const THEIRS: [(&[&str], &str); 12] = [
        (
            &[
                "husband",
                "wife",
                "partner",
                "spouse",
                "boyfriend",
                "girlfriend",
            ],
            "their partner",
        ),
        (&["daughter"], "their daughter"),
        (&["son"], "their son"),
        (
            &["mother", "mum", "mom", "mummy", "mommy", "mam", "mama"],
            "their mother",
        ),
        (&["father", "dad", "daddy", "papa"], "their father"),
        (&["sister", "sis"], "their sister"),
        (&["brother"], "their brother"),
        (&["friend"], "their friend"),
        (&["neighbour", "neighbor"], "their neighbour"),
        (&["carer", "caregiver"], "their carer"),
        (&["child", "toddler"], "their child"),
        (&["twin"], "their twin"),
    ];
    let theirs = THEIRS.iter().find(|(words, _)| line.any_word(i, words));
    theirs.map_or("their relative", |(_, their)| their)
}

/// "a man named Odalys", "name: Verran, Otto", "goes by Otto".
fn named(line: &Line<'_>, i: usize) -> Option<Finding> {
    let mut next = i + 1;
    let cue = if line.word(i, "name") || line.word(i, "surname") {
        let owned = line.any_word(
            i.wrapping_sub(1),
            &[
                "his", "her", "their", "pt", "patient", "first", "last", "full", "whose",
            ],
        ) || line.word(i.wrapping_sub(1), "s")
            || line.word(i, "surname");
        let linked = line.any_mark(next, &[':', '='])
            || line.any_mark(next, &['-', '\u{2013}'])
                && !line.glued(next)
                && line.spaced(next + 1);
        if linked || owned && line.any_word(next, &["is", "was"]) {
            next += 1;
        }
        // A form that was filled in: "Name Rhys Pemberton".
        let headed = line.opens(i)
            && line.word(i, "name")
            && name(line, next, Manner::Cued).is_some_and(|name| name.len() > 1);
        owned || linked || headed
    } else if line.word(i, "named") {
        true
    } else if line.word(i, "goes") && line.word(next, "by") {
        next += 1;
        true
    } else if line.word(i, "called") {
        line.any_word(
            i.wrapping_sub(1),
            &[
                "man",
                "woman",
                "lady",
                "gentleman",
                "boy",
                "girl",
                "kid",
                "guy",
                "gent",
                "baby",
                "be",
                "is",
            ],
        )
    } else {
        line.any_word(i, &["gentleman", "gent", "lady"]) && line.mark(next, ',') && {
            next += 1;
            true
        }
    };
    if !cue {
        return None;
    }
    let mut tokens = name(line, next, Manner::Cued).or_else(|| shouted(line, next))?;
    if line.mark(tokens.end, ',')
        && line.any_word(i, &["name", "surname"])
        && let Some(given) = name(line, tokens.end + 1, Manner::Cued)
    {
        tokens.end = given.end;
    }
    let from = tokens.start;
    Some(high(line, tokens, PATIENT, from))
}

/// "Dr. Abara", "nurse Priya", "the intern Jonah".
fn clinician(line: &Line<'_>, i: usize) -> Option<Finding> {
    if !line.is(i, Sets::CLINICIAN) {
        return None;
    }
    let dotted = line.mark(i + 1, '.') && line.glued(i + 1);
    let next = if dotted { i + 2 } else { i + 1 };
    if !line.spaced(next) && !dotted {
        return None;
    }
    let title = line.any_word(i, &["dr", "drs", "prof", "professor", "doctor"]);
    let manner = if title { Manner::Titled } else { Manner::Cued };
    let tokens = name(line, next, manner)
        .or_else(|| title.then(|| capitals(line, next))?)
        .or_else(|| {
            (title && dotted || line.word(i, "dr")).then(|| small_surname(line, next))?
        })?;
    let suggest = if title {
        "the doctor"
    } else if line.any_word(i, &["nurse", "rn", "matron", "charge"]) {
        "the nurse"
    } else {
        "a colleague"
    };
    let start = line.range(i..tokens.end).start;
    let range = line.range(tokens);
    Some(Finding::new(range, Kind::ClinicianName, Severity::Low, suggest).replacing_from(start))
}

fn small_surname(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let fits = line.shape(i) == Shape::Lower
        && line.str(i).len() >= 4
        && !line.is_english(i)
        && !line.is(i, Sets::NO_NAME);
    fits.then_some(i..i + 1)
}

/// "Okonkwo's daughter", "the Verran family".
fn family_of(line: &Line<'_>, i: usize) -> Option<Finding> {
    if line.shape(i) == Shape::Lower && line.spaced(i) {
        return small_family(line, i);
    }
    let capital = matches!(line.shape(i), Shape::Capital | Shape::Initial);
    if !(capital || line.is(i, Sets::PARTICLE)) || line.glued(i) {
        return None;
    }
    let tokens = if line.word(i.wrapping_sub(1), "the") {
        let tokens = name(line, i, Manner::Bare)?;
        let kin = line.any_word(
            tokens.end,
            &[
                "family",
                "parents",
                "twins",
                "sisters",
                "brothers",
                "kids",
                "household",
            ],
        );
        kin.then_some(tokens)
    } else {
        let manner = if line.opens(i) {
            Manner::Bare
        } else {
            Manner::Cued
        };
        let mut tokens = name(line, i, manner)?;
        let at = tokens.end;
        let owner = if line.apostrophe(at) && line.glued(at) {
            if line.word(at + 1, "s") && line.glued(at + 1) {
                at + 2
            } else {
                at + 1
            }
        } else {
            return None;
        };
        tokens.end = at;
        let kin = line.is(owner, Sets::KINFOLK) && line.spaced(owner);
        (kin && !line.is(i, Sets::EPONYM)).then_some(tokens)
    }?;
    let from = tokens.start;
    let mut finding = high(line, tokens, PATIENT, from);
    if line.word(i.wrapping_sub(1), "the") {
        finding.suggest = Cow::Borrowed("patient's");
    }
    Some(finding)
}

/// "tamsyn's parents", "the featherstone family" in small letters.
fn small_family(line: &Line<'_>, i: usize) -> Option<Finding> {
    let the = line.word(i.wrapping_sub(1), "the");
    let many = ["family", "parents", "twins", "sisters", "brothers"];
    // First what is quickly told: nearly every word comes by here.
    let beside = |at| {
        if the {
            line.any_word(at, &many)
        } else {
            line.apostrophe(at)
        }
    };
    if !(beside(i + 1) || beside(i + 2)) {
        return None;
    }
    let tokens = small_name(line, i).filter(|_| line.str(i).len() >= 5)?;
    let at = tokens.end;
    let kin = if the {
        line.any_word(at, &many)
    } else {
        line.apostrophe(at)
            && line.glued(at)
            && line.word(at + 1, "s")
            && line.glued(at + 1)
            && line.is(at + 2, Sets::KINFOLK)
            && line.spaced(at + 2)
    };
    kin.then(|| medium(line, tokens, if the { "patient's" } else { PATIENT }, i))
}

/// "Odalys Verran, 66F", "Otto (71)", "VERRAN, Otto 66M".
fn aged(line: &Line<'_>, i: usize) -> Option<Finding> {
    if line.glued(i) && !line.any_mark(i.wrapping_sub(1), &['(', '"', '*', '>', '-', '/']) {
        return None;
    }
    let tokens = name(line, i, Manner::Bare)
        .map(|tokens| with_surname(line, tokens))
        .or_else(|| first_known(line, i))
        .or_else(|| first_alone(line, i))
        .or_else(|| reversed(line, i))
        .or_else(|| shouted(line, i))
        .or_else(|| opens_small(line, i))?;
    let small = line.shape(i) == Shape::Lower;
    let words = tokens
        .clone()
        .filter(|i| line.shape(*i) == Shape::Capital)
        .count();
    let mut at = tokens.end;
    let comma = line.any_mark(at, &[',', '(']);
    if comma {
        at += 1;
    }
    if line.any_word(at, &["a", "an", "the", "aged", "age"]) {
        at += 1;
    }
    // "Ikaika Palakiko, DOB 22/06/2009"
    let marked = line.any_word(at, &["dob", "mrn"])
        || line.word(at, "b") && line.mark(at + 1, '.') && line.is_digits(at + 2);
    if marked && (words > 1 || small || line.mark(tokens.end, ',')) {
        return Some(high(line, tokens.clone(), PATIENT, tokens.start));
    }
    let number = line
        .number(at)
        .filter(|_| line.digits(at) <= 3 && line.str(at).len() <= 3)?;
    if number > 119 {
        return None;
    }
    let after = at + 1;
    let closes = line.any_mark(after, &[',', ')', ';', ':'])
        || line.shape(after) == Shape::Nothing
        || line.mark(after, '.') && !line.glued(after + 1);
    let heads = line.opens(i) && line.mark(after, ',') && number >= 18;
    let plain = comma && (words > 1 || heads) && closes && number >= 1;
    let told = plain || comma && line.mark(after, ')');
    (years(line, at).is_some() || told && !small)
        .then(|| high(line, tokens.clone(), PATIENT, tokens.start))
}

/// "grzegorz 58m": a note that begins with a word in small letters that no list knows.
fn opens_small(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let opens = line.opens(i) || line.any_mark(i.wrapping_sub(1), &[',', ';']);
    let told = |at| line.is_digits(at) || line.any_word(at, &["dob", "mrn", "b"]);
    if !opens || !(i + 1..i + 6).any(told) {
        return None;
    }
    let word = line.shape(i) == Shape::Lower && line.word(i + 1, "dob");
    if word && line.is(i, Sets::ALSO_A_NAME) && !line.is(i, Sets::FUNCTION) {
        return Some(i..i + 1);
    }
    let mut tokens = small_name(line, i)?;
    // "tamsin pengelly 27f": before an age a surname may end as English words do.
    let surname = line.spaced(tokens.end)
        && line.shape(tokens.end) == Shape::Lower
        && is_unknown(line, tokens.end);
    tokens.end += usize::from(surname);
    tokens
        .clone()
        .any(|i| line.str(i).len() >= 5)
        .then_some(tokens)
}

/// "Odalys Nettles": a surname that is also a word, behind a name that is none.
fn with_surname(line: &Line<'_>, name: Range<usize>) -> Range<usize> {
    let at = name.end;
    let fits = line.spaced(at)
        && line.shape(at) == Shape::Capital
        && !line.is(at, Sets::NO_NAME | Sets::WARD_WORD);
    if fits { name.start..at + 1 } else { name }
}

/// "Grace Verran": a first name that is also a word, before a word that is none.
fn first_known(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let first = line.shape(i) == Shape::Capital && line.is(i, Sets::ALSO_A_NAME | Sets::EPONYM);
    let next = i + 1;
    let known = Sets::NO_NAME | Sets::CLINICAL;
    let second = line.spaced(next)
        && line.shape(next) == Shape::Capital
        && (is_unknown(line, next) || !line.is(next, known) && line.is(next, Sets::EPONYM));
    (first && second).then_some(())?;
    Some(i..proper_word(line, next, Manner::Titled)?)
}

/// "Grace": a first name that is also a word, and no month.
fn first_alone(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let first = line.shape(i) == Shape::Capital
        && line.is(i, Sets::ALSO_A_NAME)
        && !line.is(i, Sets::MONTH);
    first.then_some(i..i + 1)
}

/// "Priya, the daughter,", "Otto (husband)", "Grace, her sister.": who it is stands behind the name.
fn introduced(line: &Line<'_>, i: usize) -> Option<Finding> {
    if line.glued(i) {
        return None;
    }
    let tokens = name(line, i, Manner::Bare)
        .map(|tokens| with_surname(line, tokens))
        .or_else(|| first_alone(line, i))?;
    let bracket = line.mark(tokens.end, '(');
    let mut who = tokens.end + 1;
    let owned = line.any_word(who, &["the", "her", "his", "their"]);
    who += usize::from(owned);
    let opens = bracket || owned && line.mark(tokens.end, ',');
    let closes = if bracket {
        line.mark(who + 1, ')')
    } else {
        line.any_mark(who + 1, &[',', '.', ';']) || line.shape(who + 1) == Shape::Nothing
    };
    if !(opens && closes) {
        return None;
    }
    let from = tokens.start;
    if line.is(who, Sets::PATIENT) {
        return Some(high(line, tokens, PATIENT, from));
    }
    line.is(who, Sets::KINFOLK)
        .then(|| high(line, tokens, their(line, who), from))
}

/// "VERRAN, Otto"
fn reversed(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let surname = matches!(line.shape(i), Shape::Capitals | Shape::Capital)
        && line.str(i).chars().count() >= 3
        && is_unknown(line, i);
    if !surname || !line.mark(i + 1, ',') {
        return None;
    }
    let given = name(line, i + 2, Manner::Bare)?;
    Some(i..given.end)
}
