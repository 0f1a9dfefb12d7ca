//! The words and tags of some reflections, and in how many of them each stands.
//!
//! Each reflection counts once for a word, however often it says it; forms of a word count together
//! ([`super::stem`]); words that say nothing are left out (`assets/words/stop.txt`).

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::stem::stem;
use crate::domain::tag::Tag;

/// Shorter words are mostly abbreviations that mean several things.
const MIN_CHARS: usize = 3;
/// Longer ones are no words.
const MAX_CHARS: usize = 40;

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/words/stop.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// A word or tag.
struct Term {
    /// What its forms have in common; `#tag` for a tag.
    key: String,
    /// The form that was written; the same as the key for a tag.
    form: String,
}

/// The words of a text as they are written, tags left out.
fn words_in(text: &str) -> impl Iterator<Item = &str> {
    let chunks = text.split(|c: char| !is_part(c));
    let chunks = chunks.filter(|chunk| chunk.len() >= MIN_CHARS && !chunk.contains('#'));
    chunks.flat_map(|chunk| chunk.split(['-', '_', ':']))
}

fn is_part(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric() || matches!(c, '#' | '-' | '_' | ':' | '\'')
    } else {
        is_letter(c) || c.is_numeric()
    }
}

/// Letters, the marks that belong to them, and apostrophes.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\'' | '’') || ('\u{300}'..='\u{36f}').contains(&c)
}

/// What a word as it is written counts as: nothing for stop words, numbers and what is too short.
fn term_of(word: &str) -> Option<Term> {
    let word = word.to_lowercase().replace('’', "'");
    let word = word.trim_matches('\'');
    if STOP_WORDS.contains(word) {
        return None;
    }
    let word = word.strip_suffix("'s").unwrap_or(word);
    let letters = word.chars().count();
    let fits = (MIN_CHARS..=MAX_CHARS).contains(&letters)
        && !word.contains(char::is_numeric)
        && !STOP_WORDS.contains(word);
    fits.then(|| Term {
        key: stem(word),
        form: word.to_owned(),
    })
}

/// Whether one of the texts has the word in one of its forms.
#[must_use]
pub fn has_form_of<'a>(word: &str, texts: impl IntoIterator<Item = &'a str>) -> bool {
    term_of(word).is_some_and(|wanted| {
        let terms = texts.into_iter().flat_map(words_in).filter_map(term_of);
        terms.into_iter().any(|term| term.key == wanted.key)
    })
}

/// What all forms of a word begin with, whichever they are: what they have in common without its
/// last letter, which is another one in some ("try", "tries"; "hope", "hoping"). `None` for what
/// counts as no word.
#[must_use]
pub fn start_of_forms(word: &str) -> Option<String> {
    let mut start = term_of(word)?.key;
    start.pop();
    Some(start)
}

/// FNV-1a. Words are short and many, and nobody gains by making one's own collide.
struct OfAWord(u64);

impl Default for OfAWord {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for OfAWord {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type ByWord<T> = HashMap<String, T, BuildHasherDefault<OfAWord>>;

/// In how many of some reflections each term stands.
#[derive(Default)]
pub struct Vocabulary {
    /// How many reflections were read.
    pub reflections: u32,
    terms: Vec<Counted>,
    /// Where in `terms` a key stands.
    keys: ByWord<usize>,
    /// Where in `terms` a word as it is written stands, if it counts at all. Long journals have few
    /// of these, so each is taken apart once.
    written: ByWord<Option<usize>>,
}

/// A term while it is counted.
struct Counted {
    seen: Seen,
    /// The number of the last reflection it was counted for; 0 before the first.
    last_read: u32,
}

/// What is known of a term.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// In how many reflections it stands.
    pub reflections: u32,
    /// The shortest form written; of equally short ones the first by the alphabet.
    pub form: String,
}

impl Vocabulary {
    /// Counts a reflection with these texts and tags.
    pub fn read<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>, tags: &[Tag]) {
        self.reflections += 1;
        // Inside the iterator, which is twice as fast as a loop around it.
        let words = texts.into_iter().flat_map(words_in);
        words
            .filter(|word| word.len() >= MIN_CHARS)
            .for_each(|word| {
                if let Some(place) = self.place_of_written(word) {
                    self.count(place);
                }
            });
        for tag in tags {
            let key = tag.to_string();
            let form = key.clone();
            let place = self.place_of(Term { key, form });
            self.count(place);
        }
    }

    /// Counts a term of the reflection that is read, once.
    fn count(&mut self, place: usize) {
        if let Some(term) = self.terms.get_mut(place)
            && term.last_read != self.reflections
        {
            term.last_read = self.reflections;
            term.seen.reflections += 1;
        }
    }

    /// Counts more reflections: those that another vocabulary was read from.
    pub fn merge(&mut self, mut other: Self) {
        self.reflections += other.reflections;
        for (key, place) in other.keys {
            if let Some(term) = other.terms.get_mut(place) {
                self.add(key, std::mem::take(&mut term.seen));
            }
        }
    }

    /// Counts what is known of a term from reflections other than those counted so far.
    pub fn add(&mut self, key: String, more: Seen) {
        let Some(term) = self.keys.get(&key).and_then(|at| self.terms.get_mut(*at)) else {
            self.keys.insert(key, self.terms.len());
            self.terms.push(Counted {
                seen: more,
                last_read: 0,
            });
            return;
        };
        term.seen.reflections += more.reflections;
        term.seen.note(&more.form);
    }

    fn place_of_written(&mut self, word: &str) -> Option<usize> {
        if let Some(known) = self.written.get(word) {
            return *known;
        }
        let place = term_of(word).map(|term| self.place_of(term));
        self.written.insert(word.to_owned(), place);
        place
    }

    fn place_of(&mut self, term: Term) -> usize {
        let place = *self.keys.entry(term.key).or_insert(self.terms.len());
        if let Some(known) = self.terms.get_mut(place) {
            known.seen.note(&term.form);
        } else {
            let seen = Seen {
                reflections: 0,
                form: term.form,
            };
            self.terms.push(Counted { seen, last_read: 0 });
        }
        place
    }

    /// Every term with its key, in no order.
    pub fn terms(&self) -> impl Iterator<Item = (&str, &Seen)> {
        let term = |place: &usize| self.terms.get(*place);
        self.keys
            .iter()
            .filter_map(move |(key, place)| Some((key.as_str(), &term(place)?.seen)))
    }

    /// What is known of a term.
    #[must_use]
    pub fn seen(&self, key: &str) -> Option<&Seen> {
        let term = self.terms.get(*self.keys.get(key)?)?;
        Some(&term.seen)
    }

    /// In how many reflections a term stands.
    #[must_use]
    pub fn of(&self, key: &str) -> u32 {
        self.seen(key).map_or(0, |seen| seen.reflections)
    }

    /// All counts together.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.terms.iter().map(|term| term.seen.reflections).sum()
    }
}

impl Seen {
    /// Notes a form; its reflections are not counted.
    pub fn note(&mut self, form: &str) {
        let length = |form: &str| form.chars().count();
        if form != self.form && (length(form), form) < (length(&self.form), &self.form) {
            form.clone_into(&mut self.form);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn forms(text: &str) -> Vec<String> {
        let terms = words_in(text).filter_map(term_of);
        let mut forms: Vec<String> = terms.map(|term| term.form).collect();
        forms.sort();
        forms
    }

    #[test]
    fn words_are_read_without_tags_numbers_and_words_that_say_nothing() {
        assert_eq!(
            forms("The nurse's plan: #first-day at 07:30, we didn't hand-over it (équipe) to her."),
            ["hand", "nurse", "plan", "équipe"]
        );
        assert_eq!(forms("x2 ICU’s #4 -- 'quoted'"), ["icu", "quoted"]);
        assert!(forms("").is_empty());
    }

    #[test]
    fn a_reflection_counts_once_for_a_word_in_whatever_form() {
        let mut vocabulary = Vocabulary::default();
        let tag = Tag::new("plan").unwrap();
        vocabulary.read(["Planned the plan;", "plans are planning."], &[]);
        vocabulary.read(["PLANS #plan"], &[tag]);
        assert_eq!(vocabulary.of("plan"), 2);
        assert_eq!(vocabulary.of("#plan"), 1);
        assert_eq!(vocabulary.reflections, 2);
    }

    #[test]
    fn all_forms_of_a_word_begin_alike() {
        let forms = [
            "try tries trying",
            "hope hoped hopes hoping",
            "plan plans planned planning",
            "notice notices noticed noticing",
            "pass passes passed passing",
            "nurse nurses nurse's",
        ];
        for forms in forms {
            let (first, _) = forms.split_once(' ').unwrap();
            let start = start_of_forms(first).unwrap();
            for form in forms.split(' ') {
                assert!(has_form_of(first, [form]), "{form}");
                assert!(form.starts_with(&start), "{form}");
            }
        }
        assert!(!has_form_of("plan", ["planet", "plant the"]));
        assert!(!has_form_of("the", ["the"]));
    }

    fn known(vocabulary: &Vocabulary) -> (u32, BTreeMap<&str, &Seen>) {
        (vocabulary.reflections, vocabulary.terms().collect())
    }

    proptest! {
        #[test]
        fn two_halves_put_together_are_what_is_read_at_once(
            texts in prop::collection::vec("((family|families|plan|plans|planned|round) ){0,4}", 0..12),
            half in 0..12_usize,
        ) {
            let read = |texts: &[String]| {
                let mut vocabulary = Vocabulary::default();
                for text in texts {
                    vocabulary.read([text.as_str()], &[]);
                }
                vocabulary
            };
            let (first, second) = texts.split_at(half.min(texts.len()));
            let mut together = read(first);
            together.merge(read(second));
            let at_once = read(&texts);
            prop_assert_eq!(known(&together), known(&at_once));
        }
    }
}
