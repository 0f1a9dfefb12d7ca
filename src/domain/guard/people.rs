//! Names: after a title, after "pt", after a relative, before an age; and those without a cue.

use std::ops::Range;

use super::lexicon::Sets;
use super::line::{Line, Shape};
use super::name::{Manner, is_unknown, name, proper_word};
use super::{Finding, Kind, Severity};

const PATIENT: &str = "the patient";

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
    }
}

fn high(line: &Line<'_>, tokens: Range<usize>, suggest: &'static str, from: usize) -> Finding {
    let start = line.range(from..tokens.end).start;
    Finding::new(line.range(tokens), Kind::Name, Severity::High, suggest).replacing_from(start)
}

/// "Mrs Vexley", "mr. hollingberry", "MR SMITH", "Mr and Mrs Hale".
fn titled(line: &Line<'_>, i: usize) -> Option<Finding> {
    let faith = line.is(i, Sets::FAITH) && line.shape(i) == Shape::Capital;
    if !(line.is(i, Sets::TITLE) || faith)
        || line.glued(i) && line.any_mark(i.wrapping_sub(1), &['/', '-'])
    {
        return None;
    }
    let dotted = line.mark(i + 1, '.') && line.glued(i + 1);
    let next = if dotted { i + 2 } else { i + 1 };
    if !line.spaced(next) && !dotted {
        return None;
    }
    let miss = line.word(i, "miss");
    let tokens = match line.shape(i) {
        Shape::Capital => {
            let opens_with_a_verb = miss && line.is(next, Sets::NO_NAME);
            let senior = line.any_word(i, &["sr", "mx", "don", "ms"])
                && !dotted
                && (line.is(next, Sets::NO_NAME)
                    || line.word(next, "word")
                    || !line.word(i, "ms") && line.is_english(next));
            if opens_with_a_verb || senior {
                return None;
            }
            name(line, next, Manner::Titled)
                .or_else(|| lone_initial(line, next))
                .or_else(|| capitals(line, next))
                .or_else(|| {
                    (dotted || line.word(i, "mrs") || line.word(i, "mr"))
                        .then(|| small(line, i, next))?
                })
        }
        Shape::Capitals => capitals(line, next).or_else(|| {
            let sure = line.any_word(i, &["mrs", "mme"]) || dotted;
            let manner = if sure { Manner::Titled } else { Manner::Bare };
            name(line, next, manner)
        }),
        Shape::Lower => {
            let verb = miss && !told_before(line, i);
            let number = line.is_digits(i.wrapping_sub(1));
            if verb || number {
                return None;
            }
            let manner = if line.any_word(i, &["mr", "mrs", "miss"]) {
                Manner::Titled
            } else {
                Manner::Cued
            };
            let sure = line.any_word(i, &["mr", "mrs", "ms", "miss", "mx"]);
            sure.then(|| name(line, next, manner))
                .flatten()
                .or_else(|| small(line, i, next))
        }
        Shape::Initial | Shape::Uncased | Shape::Digits | Shape::Mark(_) | Shape::Nothing => None,
    }?;
    Some(high(line, tokens, PATIENT, i))
}

/// "Mr K.": not the letters that stand for nobody.
fn lone_initial(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let nobody = line.any_word(i, &["a", "b", "i", "x", "y", "z"]);
    (line.shape(i) == Shape::Initial && !nobody && !line.apostrophe(i + 1)).then_some(i..i + 1)
}

/// A name in capitals after a title.
fn capitals(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let fits = |i: usize| {
        let o_brien = line.shape(i) == Shape::Initial
            && line.apostrophe(i + 1)
            && line.shape(i + 2) == Shape::Capitals;
        let word = line.shape(i) == Shape::Capitals
            && line.str(i).chars().count() >= 3
            && (!line.is(i, Sets::NO_NAME | Sets::MAGNETIC) || line.is(i, Sets::ALSO_A_NAME))
            && !(line.is_english(i)
                && !line.any_word(i.wrapping_sub(1), &["mrs"])
                && !line.is(i, Sets::ALSO_A_NAME))
            && !(line.glued(i + 1) && line.is_digits(i + 1));
        if o_brien {
            Some(i + 3)
        } else if word {
            let hyphened = line.mark(i + 1, '-')
                && line.glued(i + 1)
                && line.glued(i + 2)
                && line.shape(i + 2) == Shape::Capitals;
            Some(if hyphened { i + 3 } else { i + 1 })
        } else {
            None
        }
    };
    let mut end = fits(i)?;
    if line.spaced(end)
        && line.str(end).len() >= 3
        && !line.is_english(end)
        && let Some(further) = fits(end)
    {
        end = further;
    }
    Some(i..end)
}

/// A name in small letters after `mr`, `mrs`, `ms`.
fn small(line: &Line<'_>, title: usize, i: usize) -> Option<Range<usize>> {
    let letters = line.str(i).chars().count();
    let particles = |i: usize| {
        let mut i = i;
        while line.is(i, Sets::PARTICLE) && line.shape(i) == Shape::Lower && line.spaced(i + 1) {
            i += 1;
        }
        i
    };
    let o_brien = letters == 1
        && line.apostrophe(i + 1)
        && line.glued(i + 1)
        && line.glued(i + 2)
        && line.str(i + 2).len() > 2;
    if o_brien {
        return Some(i..i + 3);
    }
    let at = particles(i);
    if at > i && line.shape(at) == Shape::Lower && line.str(at).len() >= 3 && !line.is_english(at) {
        return Some(i..at + 1);
    }
    let unknown = !line.is_english(i) && !line.is(i, Sets::NO_NAME | Sets::MAGNETIC);
    let fits = if line.word(title, "mrs") {
        letters >= 3 && !line.is(i, Sets::FUNCTION | Sets::MAGNETIC) && !is_verb(line, i)
    } else if line.word(title, "mr") {
        // The first word of many that follow "MR" the image is English, and so are many names.
        let named = line.is(i, Sets::ALSO_A_NAME) || is_verb(line, i + 1) || line.apostrophe(i + 1);
        let none = Sets::FUNCTION | Sets::MAGNETIC | Sets::CLINICAL | Sets::SERVICE;
        letters >= 3
            && !line.is(i, none)
            && (!is_verb(line, i) || line.is(i, Sets::ALSO_A_NAME))
            && (unknown || named || line.mark(title + 1, '.'))
    } else {
        letters >= 4 && unknown
    };
    if line.shape(i) != Shape::Lower || !fits || line.glued(i + 1) && line.is_digits(i + 1) {
        return None;
    }
    let mut end = i + 1;
    while line.mark(end, '-') && line.glued(end) && line.glued(end + 1) && line.is_letters(end + 1)
    {
        end += 2;
    }
    Some(i..end)
}

fn is_verb(line: &Line<'_>, i: usize) -> bool {
    line.is(i, Sets::SPEAKS | Sets::STRONGLY)
}

/// Whether the small "miss" before a name follows something done to somebody.
fn told_before(line: &Line<'_>, i: usize) -> bool {
    let before = i.wrapping_sub(1);
    let one = [
        "told", "asked", "with", "for", "saw", "met", "and", "from", "by", "about", "called",
    ];
    let named = line.shape(i + 1) == Shape::Lower
        && line.str(i + 1).len() >= 4
        && !line.is_english(i + 1)
        && !line.is(i + 1, Sets::NO_NAME | Sets::EPONYM);
    line.any_word(before, &one)
        || (named && !line.any_word(before, &["i", "you", "we", "to", "not", "never"]))
        || (named && is_verb(line, i + 2))
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
        .or_else(|| shouted(line, next))?;
    Some(high(
        line,
        tokens,
        if baby { "the baby" } else { PATIENT },
        i,
    ))
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

/// A long word in capitals that no list knows: `pt VERRAN`.
fn shouted(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let fits = line.shape(i) == Shape::Capitals
        && line.str(i).chars().count() >= 5
        && is_unknown(line, i)
        && !(line.glued(i + 1) && line.is_digits(i + 1));
    fits.then_some(i..i + 1)
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
        .or_else(|| (!marked).then(|| flower(line, i, next))?)?;
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
    Some(high(line, tokens, their(line, i), from))
}

/// A plain English word with a capital that nothing but a name explains: "her aunt Hyacinth".
fn flower(line: &Line<'_>, relative: usize, i: usize) -> Option<Range<usize>> {
    let fits = line.shape(relative) == Shape::Lower
        && line.shape(i) == Shape::Capital
        && !line.is(i, Sets::NO_NAME | Sets::WARD_WORD)
        && line.shape(i + 1) != Shape::Capital;
    fits.then_some(i..i + 1)
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
        let linked = line.any_mark(next, &[':', '=']);
        if linked || owned && line.any_word(next, &["is", "was"]) {
            next += 1;
        }
        owned || linked
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
        finding.suggest = "patient's";
    }
    Some(finding)
}

/// "Odalys Verran, 66F", "Otto (71)", "VERRAN, Otto 66M".
fn aged(line: &Line<'_>, i: usize) -> Option<Finding> {
    if line.glued(i) && !line.any_mark(i.wrapping_sub(1), &['(', '"', '*', '>', '-', '/']) {
        return None;
    }
    let tokens = name(line, i, Manner::Bare)
        .or_else(|| first_known(line, i))
        .or_else(|| reversed(line, i))?;
    let words = tokens
        .clone()
        .filter(|i| line.shape(*i) == Shape::Capital)
        .count();
    let mut at = tokens.end;
    let comma = line.any_mark(at, &[',', '(']);
    if comma {
        at += 1;
    }
    if line.any_word(at, &["a", "an", "aged", "age"]) {
        at += 1;
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
    let plain = comma && words > 1 && closes && number >= 1;
    (years(line, at).is_some() || plain || (comma && line.mark(after, ')')))
        .then(|| high(line, tokens.clone(), PATIENT, tokens.start))
}

/// "Grace Verran": a first name that is also a word, before a word that is none.
fn first_known(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let first = line.shape(i) == Shape::Capital && line.is(i, Sets::ALSO_A_NAME);
    let next = i + 1;
    let known = Sets::NO_NAME | Sets::CLINICAL;
    let second = line.spaced(next)
        && line.shape(next) == Shape::Capital
        && (is_unknown(line, next) || !line.is(next, known) && line.is(next, Sets::EPONYM));
    (first && second).then_some(())?;
    Some(i..proper_word(line, next, Manner::Titled)?)
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
        if line.word(unit, "y") && !hyphen {
            return sex(at).or(Some(at)).filter(|_| line.glued(unit));
        }
        return None;
    }
    if hyphen { None } else { sex(at) }
}

/// Capitalised words that nobody uses on a ward, where a person would stand.
pub fn find_bare(line: &Line<'_>, found: &[Finding]) -> Vec<Finding> {
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
