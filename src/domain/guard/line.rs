//! One line of text as tokens: words, runs of digits, single marks.

use std::cell::OnceCell;
use std::ops::Range;

use super::lexicon::{self, Sets};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `Vexley`, `McBride`: a capital and at least one small letter.
    Capital,
    /// `MRN`: two capitals or more.
    Capitals,
    /// `J`.
    Initial,
    /// Begins with a small letter.
    Lower,
    /// Letters of a script without capitals.
    Uncased,
    /// Digits of ASCII.
    Digits,
    /// One character of any other kind.
    Mark(char),
    /// Beyond the line.
    Nothing,
}

/// A run of characters of one kind.
#[derive(Debug, Clone)]
pub struct Token<'a> {
    /// Bytes of the whole text.
    pub range: Range<usize>,
    /// What stands there: rules ask for it more often than for anything else.
    pub text: &'a str,
    pub shape: Shape,
    /// Whether white space, or the line's beginning, is before it.
    pub spaced: bool,
    /// Where its word, in lower case, is listed.
    pub sets: Sets,
    /// Whether its word is plain English, once somebody asked.
    english: OnceCell<bool>,
}

/// A line's tokens. Places beyond either end, also those that a wrapping subtraction gives, hold
/// nothing, so that a rule may look around without asking first.
#[derive(Debug)]
pub struct Line<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
}

impl<'a> Line<'a> {
    /// Reads the tokens of one line.
    pub fn read(text: &'a str, line: Range<usize>) -> Self {
        let mut tokens: Vec<Token<'a>> = Vec::new();
        let mut key = String::new();
        let mut spaced = true;
        let mut chars = text
            .get(line.clone())
            .unwrap_or_default()
            .char_indices()
            .peekable();
        while let Some((at, first)) = chars.next() {
            if first.is_whitespace() {
                spaced = true;
                continue;
            }
            let start = line.start + at;
            let mut end = start + first.len_utf8();
            let more: Option<fn(char) -> bool> = if first.is_ascii_digit() {
                Some(|c| c.is_ascii_digit())
            } else if first.is_alphabetic() {
                Some(is_letter)
            } else {
                None
            };
            while let Some((_, next)) = more.and_then(|more| chars.next_if(|(_, c)| more(*c))) {
                end += next.len_utf8();
            }
            let word = text.get(start..end).unwrap_or_default();
            let shape = shape(first, word);
            let mut sets = Sets::default();
            if !matches!(shape, Shape::Digits | Shape::Mark(_)) {
                lower(word, &mut key);
                sets = lexicon::sets(&key);
            }
            tokens.push(Token {
                range: start..end,
                text: word,
                shape,
                spaced,
                sets,
                english: OnceCell::new(),
            });
            spaced = false;
        }
        Self { text, tokens }
    }

    pub const fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn token(&self, i: usize) -> Option<&Token<'a>> {
        self.tokens.get(i)
    }

    pub fn shape(&self, i: usize) -> Shape {
        self.token(i).map_or(Shape::Nothing, |token| token.shape)
    }

    #[inline]
    pub fn str(&self, i: usize) -> &'a str {
        self.token(i).map_or("", |token| token.text)
    }

    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The bytes from the first to the last of these tokens.
    pub fn range(&self, tokens: Range<usize>) -> Range<usize> {
        let first = self.token(tokens.start);
        let last = self.token(tokens.end.wrapping_sub(1));
        match (first, last) {
            (Some(first), Some(last)) => first.range.start..last.range.end.max(first.range.start),
            _ => 0..0,
        }
    }

    /// Whether the token is listed in any of these sets.
    pub fn is(&self, i: usize, sets: Sets) -> bool {
        self.token(i).is_some_and(|token| token.sets.any(sets))
    }

    /// Whether the token is this word, in any case of ASCII. Inline, because nearly every token
    /// differs in length from the word asked for.
    #[inline]
    pub fn word(&self, i: usize, word: &str) -> bool {
        self.str(i).eq_ignore_ascii_case(word)
    }

    #[inline]
    pub fn any_word(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.word(i, word))
    }

    pub fn mark(&self, i: usize, mark: char) -> bool {
        self.shape(i) == Shape::Mark(mark)
    }

    #[inline]
    pub fn any_mark(&self, i: usize, marks: &[char]) -> bool {
        matches!(self.shape(i), Shape::Mark(mark) if marks.contains(&mark))
    }

    pub fn apostrophe(&self, i: usize) -> bool {
        self.any_mark(i, &['\'', '\u{2019}', '\u{2bc}'])
    }

    /// Whether the token follows the one before it without white space.
    pub fn glued(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| !token.spaced)
    }

    /// Whether the token is there and follows white space.
    pub fn spaced(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| token.spaced)
    }

    pub fn is_letters(&self, i: usize) -> bool {
        matches!(
            self.shape(i),
            Shape::Capital | Shape::Capitals | Shape::Initial | Shape::Lower | Shape::Uncased
        )
    }

    pub fn is_digits(&self, i: usize) -> bool {
        self.shape(i) == Shape::Digits
    }

    /// How many digits the token is, 0 if it is none.
    pub fn digits(&self, i: usize) -> usize {
        if self.is_digits(i) {
            self.str(i).len()
        } else {
            0
        }
    }

    /// The digits as a number, if there are at most nine.
    pub fn number(&self, i: usize) -> Option<u32> {
        let digits = self.digits(i);
        (1..=9)
            .contains(&digits)
            .then(|| self.str(i).parse().ok())?
    }

    /// Whether a sentence begins here, so that a capital says nothing.
    pub fn opens(&self, i: usize) -> bool {
        const BEFORE: [char; 15] = [
            '.', '!', '?', ':', ';', '"', '\u{201c}', '\u{2026}', '-', '*', '>', '#', '\u{2022}',
            '\u{2013}', '(',
        ];
        let before = i.wrapping_sub(1);
        self.shape(before) == Shape::Nothing
            || self.any_mark(before, &BEFORE)
            || self.mark(before, '\u{2014}')
    }

    /// Whether any token of this stretch is in these sets.
    pub fn within(&self, tokens: Range<usize>, sets: Sets) -> bool {
        tokens.into_iter().any(|i| self.is(i, sets))
    }

    /// The token's word in lower case.
    pub fn key(&self, i: usize) -> String {
        let mut key = String::new();
        lower(self.str(i), &mut key);
        key
    }

    /// Whether the word is plain English.
    pub fn is_english(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| {
            *token
                .english
                .get_or_init(|| lexicon::is_english(&self.key(i)))
        })
    }
}

/// Letters, and the marks that are put on letters one by one.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}

fn lower(word: &str, key: &mut String) {
    key.clear();
    if word.is_ascii() {
        key.push_str(word);
        key.make_ascii_lowercase();
    } else {
        key.extend(word.chars().flat_map(char::to_lowercase));
    }
}

fn shape(first: char, word: &str) -> Shape {
    if first.is_ascii_digit() {
        return Shape::Digits;
    }
    if !first.is_alphabetic() {
        return Shape::Mark(first);
    }
    if first.is_lowercase() {
        return Shape::Lower;
    }
    if !first.is_uppercase() {
        return Shape::Uncased;
    }
    let mut rest = word.chars().skip(1).filter(|c| c.is_alphabetic());
    if rest.any(|c| !c.is_uppercase()) {
        return Shape::Capital;
    }
    if word.chars().filter(|c| c.is_alphabetic()).count() > 1 {
        Shape::Capitals
    } else {
        Shape::Initial
    }
}
