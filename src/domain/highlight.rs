//! Where the words of a query are in a text, so that the screen can mark them.
//!
//! Text is cut and folded as the search index does it (FTS5 `unicode61 remove_diacritics 2`):
//! runs of letters and digits, in lower case, Latin letters without their accents. What is marked
//! is what was found, without a second question to the index.

use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_segmentation::GraphemeCursor;

use super::query::Words;

/// The places in `text` that any of the terms match: byte ranges on grapheme boundaries, in order,
/// none touching another.
///
/// Of a word that goes on after a [`Words::Prefix`], only the beginning is marked.
#[must_use]
pub fn matches(text: &str, terms: &[Words]) -> Vec<Range<usize>> {
    let terms: Vec<(Tokens, bool)> = terms
        .iter()
        .map(|words| {
            (
                Tokens::of(words.as_str()),
                matches!(words, Words::Prefix(_)),
            )
        })
        .filter(|(tokens, _)| !tokens.all.is_empty())
        .collect();
    if terms.is_empty() {
        return Vec::new();
    }
    let tokens = Tokens::of(text);
    let mut found = Vec::new();
    for at in 0..tokens.all.len() {
        for (term, goes_on) in &terms {
            if let Some(range) = tokens.match_at(at, term, *goes_on, text) {
                found.push(whole_graphemes(text, &range));
            }
        }
    }
    merged(found)
}

/// The words of a text, cut and folded as the search index has them.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    let tokens = Tokens::of(text);
    let words = tokens.all.iter().map(|token| tokens.word(token).to_owned());
    words.collect()
}

/// Whether a word of the index can begin with this character.
///
/// Never true where the index sees no word. The index knows an older Unicode and takes everything
/// that came later, most of it emoji, as letters; such a symbol is no word here.
pub(super) fn opens_token(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Alphabetic by Unicode today; to the index, circled letters are symbols and some
    // vowels and signs of India and Yunnan are marks.
    let unlike_index = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}' | '\u{19b0}'..='\u{19c0}' | '\u{19c8}' | '\u{19c9}' | '\u{1cf2}' | '\u{1cf3}');
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}');
    private || (c.is_alphanumeric() && !unlike_index && !is_combining_mark(c))
}

/// Whether a word of the index can go on with this character.
pub(super) fn continues_token(c: char) -> bool {
    opens_token(c) || is_accent(c)
}

/// The combining marks that the index takes into a word, where it drops them.
const fn is_accent(c: char) -> bool {
    const FROM_U0300: u32 = 0x0802_9fdf;
    const FROM_U0320: u32 = 0x0003_61f8;
    match c {
        '\u{300}'..='\u{31f}' => FROM_U0300 >> (c as u32 - 0x300) & 1 == 1,
        '\u{320}'..='\u{331}' => FROM_U0320 >> (c as u32 - 0x320) & 1 == 1,
        _ => false,
    }
}

/// Adds the character in lower case, without its accents if that leaves a Latin letter.
fn fold_into(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    if is_accent(c) {
        return;
    }
    let lower = match c {
        'µ' => 'μ',
        'ς' => 'σ',
        'ſ' | 'ẛ' => 's',
        'ϐ' => 'β',
        'ϑ' => 'θ',
        'ϕ' => 'φ',
        'ϖ' => 'π',
        'ϰ' => 'κ',
        'ϱ' => 'ρ',
        'ϵ' => 'ε',
        '\u{1fbe}' => 'ι',
        // Of the one letter that has two in lower case (İ) the first is the letter.
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    let mut base = None;
    decompose_canonical(lower, |part| base = base.or(Some(part)));
    let base = base.filter(char::is_ascii_alphabetic);
    folded.push(base.unwrap_or(lower));
}

/// The words of a text as the index has them.
struct Tokens {
    /// All folded words, one after another.
    folded: String,
    all: Vec<Token>,
}

struct Token {
    /// Where it is in the text.
    place: Range<usize>,
    /// Where it is in [`Tokens::folded`].
    word: Range<usize>,
}

impl Tokens {
    fn of(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut all: Vec<Token> = Vec::with_capacity(text.len() / 6);
        let mut inside = false;
        for (at, c) in text.char_indices() {
            inside = if inside {
                continues_token(c)
            } else {
                opens_token(c)
            };
            if !inside {
                continue;
            }
            let starts = all.last().is_none_or(|token| token.place.end != at);
            if starts {
                all.push(Token {
                    place: at..at,
                    word: folded.len()..folded.len(),
                });
            }
            fold_into(&mut folded, c);
            if let Some(token) = all.last_mut() {
                token.place.end = at + c.len_utf8();
                token.word.end = folded.len();
            }
        }
        Self { folded, all }
    }

    fn word(&self, token: &Token) -> &str {
        self.folded.get(token.word.clone()).unwrap_or_default()
    }

    /// What `term` matches if its first word is the one at `at`.
    fn match_at(&self, at: usize, term: &Self, goes_on: bool, text: &str) -> Option<Range<usize>> {
        let here = self.all.get(at..at + term.all.len())?;
        let (last, before) = here.split_last()?;
        let (last_wanted, before_wanted) = term.all.split_last()?;
        let same = before
            .iter()
            .zip(before_wanted)
            .all(|(token, wanted)| self.word(token) == term.word(wanted));
        let (word, wanted) = (self.word(last), term.word(last_wanted));
        let fits = if goes_on {
            word.starts_with(wanted)
        } else {
            word == wanted
        };
        let start = before.first().unwrap_or(last).place.start;
        (same && fits).then(|| start..end_of_prefix(text, &last.place, wanted.len()))
    }
}

/// Where in the text the first `folded_len` bytes of a folded word end.
fn end_of_prefix(text: &str, place: &Range<usize>, folded_len: usize) -> usize {
    let mut folded = String::new();
    let word = text.get(place.clone()).unwrap_or_default();
    for (at, c) in word.char_indices() {
        if folded.len() >= folded_len {
            return place.start + at;
        }
        fold_into(&mut folded, c);
    }
    place.end
}

fn whole_graphemes(text: &str, range: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| {
        let mut cursor = GraphemeCursor::new(at, text.len(), true);
        let inside = !cursor.is_boundary(text, 0).unwrap_or(true);
        inside.then_some(cursor)
    };
    let start = boundary(range.start)
        .and_then(|mut cursor| cursor.prev_boundary(text, 0).ok().flatten())
        .unwrap_or(range.start);
    let end = boundary(range.end)
        .and_then(|mut cursor| cursor.next_boundary(text, 0).ok().flatten())
        .unwrap_or(range.end);
    start..end
}

fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, terms: &[Words]) -> String {
        let mut out = String::new();
        let mut at = 0;
        for range in matches(text, terms) {
            out.push_str(text.get(at..range.start).unwrap());
            out.push('[');
            out.push_str(text.get(range.clone()).unwrap());
            out.push(']');
            at = range.end;
        }
        out + text.get(at..).unwrap()
    }

    fn prefix(text: &str) -> Words {
        Words::Prefix(text.to_owned())
    }

    fn phrase(text: &str) -> Words {
        Words::Phrase(text.to_owned())
    }

    #[test]
    fn what_the_index_finds_is_marked() {
        let cases = [
            (
                "Made room, roomy",
                vec![prefix("ROOM")],
                "Made [room], [room]y",
            ),
            (
                "Made room, roomy",
                vec![phrase("room")],
                "Made [room], roomy",
            ),
            (
                "I don't. Don, to do",
                vec![prefix("don't")],
                "I [don't]. [Don, t]o do",
            ),
            (
                "post op, post-operative",
                vec![prefix("post-op")],
                "[post op], [post-op]erative",
            ),
            (
                "Café cafe\u{301}s CAFE",
                vec![prefix("cafe")],
                "[Café] [cafe\u{301}]s [CAFE]",
            ),
            ("cafe", vec![prefix("CAFÉ")], "[cafe]"),
            ("#rounds", vec![prefix("rounds")], "#[rounds]"),
            (
                "room for",
                vec![prefix("for"), phrase("room for")],
                "[room for]",
            ),
            ("a b a b", vec![phrase("b a")], "a [b a] b"),
            (
                "שלום 👩‍👩‍👧 nurse",
                vec![prefix("nur"), prefix("של")],
                "[של]ום 👩‍👩‍👧 [nur]se",
            ),
            ("text", vec![prefix("..."), phrase("")], "text"),
            ("", vec![prefix("a")], ""),
        ];
        for (text, terms, expected) in cases {
            assert_eq!(marked(text, &terms), expected);
        }
    }

    proptest! {
        #[test]
        fn marks_are_in_order_apart_and_never_inside_a_grapheme(
            text in "[a-cAé\u{301}\u{200d} .👩🇩\\PC]{0,30}",
            words in prop::collection::vec("[a-cé\u{301} 👩]{1,4}", 0..4),
        ) {
            use unicode_segmentation::UnicodeSegmentation;
            let edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let terms: Vec<Words> = words.iter().map(|word| prefix(word)).collect();
            let mut before = None;
            for range in matches(&text, &terms) {
                prop_assert!(edges.contains(&range.start) && edges.contains(&range.end));
                prop_assert!(range.start < range.end && before.is_none_or(|end| end < range.start));
                before = Some(range.end);
            }
        }
    }
}
