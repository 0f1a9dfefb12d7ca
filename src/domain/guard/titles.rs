//! Names after a title, in any case a tired person types them.

use std::ops::Range;

use super::Finding;
use super::lexicon::Sets;
use super::line::{Line, Shape};
use super::name::{Manner, name};
use super::people::{PATIENT, high};

/// "Mrs Vexley", "mr. hollingberry", "MR SMITH", "Mr and Mrs Hale".
pub fn titled(line: &Line<'_>, i: usize) -> Option<Finding> {
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
            let senior = line.any_word(i, &["sr", "mx", "don", "ms", "master"])
                && !dotted
                && (line.is(next, Sets::NO_NAME)
                    || line.word(next, "word")
                    || !line.word(i, "ms") && line.is_english(next) && !hyphened(line, next));
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
            if verb || number || line.word(i, "master") {
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

/// "Rivers-Okoye"
fn hyphened(line: &Line<'_>, i: usize) -> bool {
    line.mark(i + 1, '-') && line.glued(i + 2) && line.shape(i + 2) == Shape::Capital
}

/// "Mr K.": not the letters that stand for nobody.
fn lone_initial(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
    let nobody = line.any_word(i, &["a", "b", "i", "x", "y", "z"]);
    (line.shape(i) == Shape::Initial && !nobody && !line.apostrophe(i + 1)).then_some(i..i + 1)
}

/// A name in capitals after a title.
pub fn capitals(line: &Line<'_>, i: usize) -> Option<Range<usize>> {
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
        while line.is(i, Sets::PARTICLE) && line.shape(i) == Shape::Lower {
            if line.spaced(i + 1) {
                i += 1;
            } else if line.mark(i + 1, '-') && line.glued(i + 2) {
                i += 2;
            } else {
                break;
            }
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
    // "li", "wu": two letters are a name where they can be said and mean nothing else.
    let brief = line.is(i, Sets::BRIEF_SURNAME)
        || letters == 2
            && unknown
            && !line.is(i, Sets::UNIT | Sets::MEASURE | Sets::PARTICLE)
            && line.str(i).contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let fits = if line.word(title, "mrs") {
        letters >= 2 && !line.is(i, Sets::FUNCTION | Sets::MAGNETIC) && !is_verb(line, i)
    } else if line.word(title, "mr") {
        // The first word of many that follow "MR" the image is English, and so are many names.
        let named = line.is(i, Sets::ALSO_A_NAME) || is_verb(line, i + 1) || line.apostrophe(i + 1);
        let none = Sets::FUNCTION | Sets::MAGNETIC | Sets::CLINICAL | Sets::SERVICE;
        (letters >= 3 || brief)
            && (!line.is(i, none) || line.is(i, Sets::BRIEF_SURNAME))
            && (!is_verb(line, i) || line.is(i, Sets::ALSO_A_NAME))
            && !pictures(line.str(i))
            && (brief || unknown || named || line.mark(title + 1, '.'))
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

/// What the parts of the body that are imaged begin with: "mr cholangio", "mr neuro".
fn pictures(word: &str) -> bool {
    const BEGINNINGS: [&str; 18] = [
        "lumbo", "sacro", "thoraco", "cholang", "angio", "entero", "urogra", "veno", "arthro",
        "spectro", "elasto", "neuro", "cardi", "hepat", "pancrea", "prostat", "pelvi", "fistul",
    ];
    BEGINNINGS
        .iter()
        .any(|beginning| word.starts_with(beginning))
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
