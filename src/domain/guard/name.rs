//! What a personal name looks like, once something says that there may be one.

use std::ops::Range;

use super::lexicon::{Sets, is_english};
use super::line::{Line, Shape};

/// How much is known before a word is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// After a title: nearly any capitalised word is a name.
    Titled,
    /// After "pt" or a relative: capitalised, and no word that belongs on a ward.
    Cued,
    /// Without a cue: a capitalised word that nobody else uses.
    Bare,
}

/// Most words of one name.
const WORDS: usize = 5;

/// The tokens of the name that begins at this token, if one does.
///
/// Initials, particles ("de la", "van", "O'"), hyphens and apostrophes belong to it; the `'s` of
/// a possessive does not.
pub fn name(line: &Line<'_>, first: usize, manner: Manner) -> Option<Range<usize>> {
    let mut end = first;
    let mut at = first;
    let mut proper = 0;
    let mut initials = 0;
    for _ in 0..WORDS {
        let joined =
            initial_dot(line, at.wrapping_sub(1)) || line.any_mark(at.wrapping_sub(1), &['.', '-']);
        if at > first && !(line.spaced(at) || joined) {
            break;
        }
        let may = if proper == 0 {
            manner
        } else {
            following(manner)
        };
        if let Some(after) = particle(line, at, may) {
            at = after;
        } else if let Some(after) = initial(line, at) {
            initials += 1;
            at = after;
            end = at;
        } else if let Some(after) = proper_word(line, at, may) {
            proper += 1;
            at = after;
            end = at;
        } else {
            break;
        }
        if line.shape(at) == Shape::Nothing {
            break;
        }
    }
    (proper > 0 || initials > 1).then_some(first..end)
}

/// Behind a name its next word is taken for one only where nothing else is known of it.
const fn following(manner: Manner) -> Manner {
    match manner {
        Manner::Titled | Manner::Cued => Manner::Cued,
        Manner::Bare => Manner::Bare,
    }
}

/// `de`, `van der`, `al-`, `O'`, `St.`, with the name they belong to behind them.
fn particle(line: &Line<'_>, i: usize, manner: Manner) -> Option<usize> {
    if line.shape(i) == Shape::Initial && line.apostrophe(i + 1) && line.glued(i + 1) {
        return None;
    }
    if !line.is(i, Sets::PARTICLE) {
        return None;
    }
    let mut next = i + 1;
    if line.any_mark(next, &['.', '-']) && line.glued(next) {
        next += 1;
    }
    if line.is(next, Sets::PARTICLE) && line.shape(next) == Shape::Lower {
        next += 1;
    }
    (line.shape(next) == Shape::Capital && proper_word(line, next, manner).is_some())
        .then_some(next)
}

/// `J` or `J.` before another part of the name.
fn initial(line: &Line<'_>, i: usize) -> Option<usize> {
    if line.shape(i) != Shape::Initial || (line.apostrophe(i + 1) && line.glued(i + 1)) {
        return None;
    }
    let dotted = line.mark(i + 1, '.') && line.glued(i + 1);
    let next = if dotted { i + 2 } else { i + 1 };
    let follows = matches!(line.shape(next), Shape::Capital | Shape::Initial)
        && (line.spaced(next) || dotted);
    (dotted || follows).then_some(next)
}

fn initial_dot(line: &Line<'_>, i: usize) -> bool {
    line.mark(i, '.') && line.shape(i.wrapping_sub(1)) == Shape::Initial
}

/// One word of a name with what is joined to it; the token behind it.
pub fn proper_word(line: &Line<'_>, i: usize, manner: Manner) -> Option<usize> {
    let end = joined(line, i);
    let joined = end - i;
    let shape = line.shape(i);
    let prefix = matches!(shape, Shape::Initial | Shape::Lower)
        && line.str(i).chars().count() == 1
        && joined > 2
        && line.apostrophe(i + 1)
        && line.shape(i + 2) == Shape::Capital;
    if prefix {
        return Some(end);
    }
    if !matches!(shape, Shape::Capital | Shape::Uncased) || line.digits(end) > 0 && line.glued(end)
    {
        return None;
    }
    let letters = line.str(i).chars().count();
    let fits = match manner {
        Manner::Titled => {
            (!line.is(i, Sets::FUNCTION | Sets::CALENDAR)
                || line.is(i, Sets::ALSO_A_NAME)
                || line.word(i, "march"))
                && shape != Shape::Nothing
        }
        Manner::Cued => {
            (line.is(i, Sets::ALSO_A_NAME) && !is_auxiliary(line, i))
                || (!line.is(i, Sets::NO_NAME | Sets::WARD_WORD) && !line.is_english(i))
        }
        Manner::Bare => {
            (letters >= 3 || letters == 2 && joined > 2)
                && shape == Shape::Capital
                && !is_plural_of_capitals(line.str(i))
                && is_unknown(line, i)
                && !contracted(line, i)
        }
    };
    fits.then_some(end)
}

/// A name in small letters: words that no list knows and that do not end as English words do.
pub fn small_name(line: &Line<'_>, first: usize) -> Option<Range<usize>> {
    let fits = |i: usize| {
        let key = line.str(i);
        line.shape(i) == Shape::Lower
            && key.chars().count() >= 4
            && is_unknown(line, i)
            && !ENGLISH_ENDINGS.iter().any(|ending| key.ends_with(ending))
            && !contracted(line, i)
            && !is_mistyped(key)
            && (!line.glued(i + 1)
                || line.apostrophe(i + 1)
                || line.any_mark(i + 1, &[',', '.', ';', ':', ')', '?', '!']) && !line.glued(i + 2))
    };
    let surname = || line.spaced(first + 1) && fits(first + 1);
    fits(first).then(|| first..first + 1 + usize::from(surname()))
}

/// Whether the word is English once a lost vowel, a lost end or twin letter, two swapped letters or
/// a lost space is put right: "agitatd", "homeles", "fumin", "delrious", "nursinghome".
fn is_mistyped(word: &str) -> bool {
    let places = || word.char_indices().map(|(at, _)| at);
    let parts = |at: usize| word.split_at_checked(at);
    let put = |at: usize, letter: char| {
        parts(at).is_some_and(|(head, tail)| is_english(&format!("{head}{letter}{tail}")))
    };
    let swapped = |at: usize| {
        let (head, tail) = parts(at)?;
        let mut tail = tail.chars();
        let (one, two) = (tail.next()?, tail.next()?);
        Some(one != two && is_english(&format!("{head}{two}{one}{}", tail.as_str())))
    };
    let split = |at: usize| {
        parts(at).is_some_and(|(head, tail)| {
            head.len() > 2 && tail.len() > 2 && is_english(head) && is_english(tail)
        })
    };
    places().any(|at| {
        let twin = word.get(at..).and_then(|tail| tail.chars().next());
        twin.is_some_and(|twin| put(at, twin))
            || at > 0
                && ['a', 'e', 'i', 'o', 'u']
                    .iter()
                    .any(|vowel| put(at, *vowel))
            || swapped(at).unwrap_or_default()
            || split(at)
    }) || ['e', 'g', 'y'].iter().any(|end| put(word.len(), *end))
}

/// What a word in small letters ends in that is no name.
const ENGLISH_ENDINGS: [&str; 27] = [
    "ed", "ing", "ous", "ive", "ic", "ics", "ly", "ful", "able", "ible", "less", "ity", "ment",
    "ness", "ism", "ised", "ized", "ory", "oid", "ial", "nal", "ral", "cal", "eal", "dal", "tal",
    "cts",
];

/// "Will need", "May be": a verb before the verb it helps, not somebody who did something.
fn is_auxiliary(line: &Line<'_>, i: usize) -> bool {
    let helped = [
        "be", "need", "have", "not", "also", "never", "still", "get", "go", "come", "take",
    ];
    line.is(i, Sets::FUNCTION)
        && line.shape(i + 1) == Shape::Lower
        && (line.any_word(i + 1, &helped) || !line.is(i + 1, Sets::SPEAKS | Sets::FUNCTION))
}

/// Whether no list knows the word and it does not end like a disease, a drug or a procedure.
pub fn is_unknown(line: &Line<'_>, i: usize) -> bool {
    let known = Sets::NO_NAME
        | Sets::EPONYM
        | Sets::RELATIVE
        | Sets::PATIENT
        | Sets::WARD_WORD
        | Sets::MONTH
        | Sets::MEASURE;
    !line.is(i, known) && !line.is_english(i) && !ends_clinically(&line.key(i))
}

/// `ECGs`
fn is_plural_of_capitals(word: &str) -> bool {
    let stem = word.strip_suffix('s');
    stem.is_some_and(|stem| !stem.contains(char::is_lowercase))
}

/// `Don't`, `I'll`: an apostrophe behind which there is more than a possessive.
fn contracted(line: &Line<'_>, i: usize) -> bool {
    line.apostrophe(i + 1)
        && line.glued(i + 1)
        && line.glued(i + 2)
        && line.any_word(i + 2, &["t", "ll", "ve", "re", "d", "m"])
}

/// The token behind a word and the hyphens, apostrophes and words glued to it.
fn joined(line: &Line<'_>, i: usize) -> usize {
    let mut end = i + 1;
    loop {
        let hyphen = line.any_mark(end, &['-', '\u{2010}', '\u{2011}']);
        let apostrophe = line.apostrophe(end);
        let next = end + 1;
        if !(hyphen || apostrophe) || !line.glued(end) || !line.glued(next) {
            return end;
        }
        let capital = matches!(line.shape(next), Shape::Capital);
        let small = matches!(line.shape(next), Shape::Lower)
            && line.str(next).len() > if hyphen { 1 } else { 2 };
        // "Ji-woo"
        let second = hyphen
            && end == i + 1
            && small
            && line.shape(i) == Shape::Capital
            && !line.is_english(i)
            && line
                .token(i)
                .is_some_and(|token| token.sets == Sets::default())
            && line.str(next).len() < 5
            && !line.is(next, Sets::NO_NAME);
        if capital || second || (apostrophe && small && !line.any_word(next, &["ll", "ve", "re"])) {
            end = next + 1;
        } else {
            return end;
        }
    }
}

/// What the words for diseases, drugs and procedures end in.
const ENDINGS: [&str; 76] = [
    "centesis",
    "genesis",
    "itis",
    "osis",
    "asis",
    "emia",
    "aemia",
    "uria",
    "pathy",
    "oma",
    "omas",
    "algia",
    "ectomy",
    "ostomy",
    "otomy",
    "plasty",
    "scopy",
    "gram",
    "graphy",
    "pnea",
    "pnoea",
    "tion",
    "sion",
    "ology",
    "ologist",
    "trophy",
    "plegia",
    "paresis",
    "penia",
    "philia",
    "phobia",
    "pril",
    "olol",
    "statin",
    "mab",
    "nib",
    "cillin",
    "mycin",
    "micin",
    "cycline",
    "azole",
    "sartan",
    "parin",
    "xaban",
    "gliptin",
    "gliflozin",
    "tide",
    "azepam",
    "zolam",
    "dipine",
    "setron",
    "caine",
    "triptan",
    "prazole",
    "floxacin",
    "ciclovir",
    "cyclovir",
    "oxetine",
    "barbital",
    "thiazide",
    "semide",
    "terol",
    "sone",
    "solone",
    "cept",
    "stim",
    "gesic",
    "dronate",
    "fibrate",
    "dopa",
    "codone",
    "morphone",
    "morphine",
    "cardia",
    "thorax",
    "rrhoea",
];

fn ends_clinically(word: &str) -> bool {
    ENDINGS
        .iter()
        .any(|ending| word.len() > ending.len() + 1 && word.ends_with(ending))
}
