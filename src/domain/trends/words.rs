//! Words and tags that rise and fall: what is written about more, or less, than in the time before.
//!
//! Method: log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
//! "Fightin' Words", Political Analysis 16:372-403). Each reflection counts once for a word, however
//! often it says it; forms of a word count together ([`super::stem`]); words that say nothing are
//! left out (`assets/words/stop.txt`). Nothing is said below the minimum counts here.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::stem::stem;
use crate::domain::figures::{Span, named, query};
use crate::domain::prose::Prose;
use crate::domain::query::{NamedKind, Query, Test};
use crate::domain::tag::Tag;

/// Fewest reflections on either side of the comparison, as for a median
/// ([`crate::domain::figures::MIN_FOR_MEDIAN`]).
pub const MIN_REFLECTIONS: u32 = 10;
/// Fewest reflections with a word, both sides together: the usual least count for comparing shares.
pub const MIN_WITH_WORD: u32 = 5;
/// How far a word must be from "as before", in standard deviations: the usual two-sided 5 %.
const FAR: f64 = 1.96;
/// What the prior weighs, in words. The paper takes the size of a usual document or more; this is
/// about six five-minute entries, so that rare words stay near "as before".
const PRIOR: f64 = 500.0;
/// At most this many words each way.
pub const MOST_CHANGES: usize = 6;
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
    let is_part = |c: char| is_letter(c) || c.is_numeric() || matches!(c, '#' | '-' | '_' | ':');
    let chunks = text.split(move |c| !is_part(c));
    let chunks = chunks.filter(|chunk| !chunk.contains('#'));
    chunks.flat_map(|chunk| chunk.split(['-', '_', ':']))
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

/// Letters, the marks that belong to them, and apostrophes.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\'' | '’') || ('\u{300}'..='\u{36f}').contains(&c)
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

/// In how many of some reflections each term stands.
#[derive(Default)]
pub struct Vocabulary {
    /// How many reflections were read.
    pub reflections: u32,
    terms: Vec<Seen>,
    /// Where in `terms` a key stands.
    keys: HashMap<String, usize>,
    /// Where in `terms` a word as it is written stands, if it counts at all. Long journals have few
    /// of these, so each is taken apart once.
    written: HashMap<String, Option<usize>>,
}

#[derive(Clone)]
struct Seen {
    reflections: u32,
    /// The shortest form written; of equally short ones the first by the alphabet.
    form: String,
}

impl Vocabulary {
    /// Counts a reflection with these texts and tags.
    pub fn read<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>, tags: &[Tag]) {
        self.reflections += 1;
        let mut places = Vec::new();
        for word in texts.into_iter().flat_map(words_in) {
            places.extend(self.place_of_written(word));
        }
        for tag in tags {
            let key = tag.to_string();
            let form = key.clone();
            places.push(self.place_of(Term { key, form }));
        }
        places.sort_unstable();
        places.dedup();
        for place in places {
            if let Some(seen) = self.terms.get_mut(place) {
                seen.reflections += 1;
            }
        }
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
        if let Some(seen) = self.terms.get_mut(place) {
            seen.note(&term.form);
        } else {
            self.terms.push(Seen {
                reflections: 0,
                form: term.form,
            });
        }
        place
    }

    fn seen(&self, key: &str) -> Option<&Seen> {
        self.terms.get(*self.keys.get(key)?)
    }

    /// In how many reflections a term stands.
    #[must_use]
    pub fn of(&self, key: &str) -> u32 {
        self.seen(key).map_or(0, |seen| seen.reflections)
    }

    /// All counts together.
    fn total(&self) -> u32 {
        self.terms.iter().map(|seen| seen.reflections).sum()
    }
}

impl Seen {
    fn note(&mut self, form: &str) {
        if form == self.form {
            return;
        }
        let key = |form: &str| (form.chars().count(), form.to_owned());
        if key(form) < key(&self.form) {
            form.clone_into(&mut self.form);
        }
    }
}

/// What rises and falls, and what it was compared with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The time before; `None` where there is none.
    pub before: Option<Span>,
    /// Reflections read in the range.
    pub reflections: u32,
    /// Reflections read in the time before.
    pub reflections_before: u32,
    /// Written about more than before, the clearest first.
    pub rising: Vec<Change>,
    /// Written about less than before, the clearest first.
    pub falling: Vec<Change>,
}

impl Changes {
    /// Whether both sides hold enough to be compared at all.
    #[must_use]
    pub const fn is_comparable(&self) -> bool {
        self.before.is_some()
            && self.reflections >= MIN_REFLECTIONS
            && self.reflections_before >= MIN_REFLECTIONS
    }
}

/// A word or tag that is written about more, or less, than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The word in its shortest form, or the tag with its `#`.
    pub term: Prose,
    /// Reflections with it in the range.
    pub now: u32,
    /// Reflections with it in the time before.
    pub before: u32,
}

impl Change {
    /// Lists the reflections of these days with the tag, or with the word in any of its forms.
    #[must_use]
    pub fn query(&self, span: Span) -> Query {
        let test = Tag::new(&self.term)
            .filter(|_| self.term.starts_with('#'))
            .map_or_else(
                || Test::Word(self.term.as_str().to_owned()),
                |tag| named(NamedKind::Tag, tag.as_str()),
            );
        query([test, span.test()])
    }
}

/// Compares a range with the time before it.
#[must_use]
pub fn changes(now: &Vocabulary, before: &Vocabulary, span_before: Option<Span>) -> Changes {
    let mut changes = Changes {
        before: span_before,
        reflections: now.reflections,
        reflections_before: before.reflections,
        ..Changes::default()
    };
    if !changes.is_comparable() {
        return changes;
    }
    let totals = (f64::from(now.total()), f64::from(before.total()));
    let only_before = before.keys.keys().filter(|key| now.of(key) == 0);
    let mut far: Vec<(f64, Change)> = Vec::new();
    for key in now.keys.keys().chain(only_before) {
        let counts = (now.of(key), before.of(key));
        if counts.0 + counts.1 < MIN_WITH_WORD {
            continue;
        }
        let z = distance((f64::from(counts.0), f64::from(counts.1)), totals);
        if z.abs() < FAR {
            continue;
        }
        let (here, there) = (now.seen(key), before.seen(key));
        let Some(mut seen) = here.or(there).cloned() else {
            continue;
        };
        if let Some(other) = there {
            seen.note(&other.form);
        }
        let change = Change {
            term: Prose::new(seen.form),
            now: counts.0,
            before: counts.1,
        };
        far.push((z, change));
    }
    far.sort_by(|(z, change), (other_z, other)| {
        other_z
            .abs()
            .total_cmp(&z.abs())
            .then_with(|| change.term.as_str().cmp(&other.term))
    });
    for (z, change) in far {
        let side = if z > 0.0 {
            &mut changes.rising
        } else {
            &mut changes.falling
        };
        if side.len() < MOST_CHANGES {
            side.push(change);
        }
    }
    changes
}

/// How far a word is from "as before": the log-odds ratio of the two shares over its standard
/// deviation, with the share in both together as the prior. Positive where it rises.
fn distance(counts: (f64, f64), totals: (f64, f64)) -> f64 {
    let prior = PRIOR * (counts.0 + counts.1) / (totals.0 + totals.1);
    let odds = |count: f64, total: f64| {
        let with = count + prior;
        (with / (total + PRIOR - with)).ln()
    };
    let ratio = odds(counts.0, totals.0) - odds(counts.1, totals.1);
    let variance = 1.0 / (counts.0 + prior) + 1.0 / (counts.1 + prior);
    ratio / variance.sqrt()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What every entry has in it, whatever it is about.
    const USUAL: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda sigma";

    fn vocabulary(texts: &[(&str, usize)]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for (text, times) in texts {
            for _ in 0..*times {
                vocabulary.read([*text, USUAL], &[]);
            }
        }
        vocabulary
    }

    fn forms(text: &str) -> Vec<String> {
        let terms = words_in(text).filter_map(term_of);
        let forms: BTreeSet<String> = terms.map(|term| term.form).collect();
        forms.into_iter().collect()
    }

    fn words(changes: &[Change]) -> Vec<(&str, u32, u32)> {
        changes
            .iter()
            .map(|change| (change.term.as_str(), change.now, change.before))
            .collect()
    }

    fn days() -> Span {
        let day = |text: &str| text.parse().unwrap();
        Span::new(day("2026-11-09"), day("2026-11-15"))
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
    fn what_is_written_about_more_rises_and_what_is_written_about_less_falls() {
        let before = vocabulary(&[("meeting late again", 20), ("handover", 1), ("nurse", 20)]);
        let now = vocabulary(&[
            ("meetings", 1),
            ("handover", 9),
            ("handovers", 9),
            ("nurse", 20),
        ]);
        let found = changes(&now, &before, Some(days()));
        assert_eq!(words(&found.rising), [("handover", 18, 1)]);
        assert_eq!(words(&found.falling), [("late", 0, 20), ("meeting", 1, 20)]);
        assert_eq!(
            found.rising[0].query(days()).to_string(),
            "word:handover on:2026-11-09..2026-11-15"
        );
    }

    #[test]
    fn nothing_is_said_below_the_minimum_counts() {
        let few = vocabulary(&[("handover", 9)]);
        let many = vocabulary(&[("meeting", 30)]);
        for (now, before) in [(&few, &many), (&many, &few)] {
            let found = changes(now, before, Some(days()));
            assert!(!found.is_comparable() && found.rising.is_empty() && found.falling.is_empty());
        }
        let rare = vocabulary(&[("meeting", 30), ("handover", 4)]);
        assert!(changes(&rare, &many, Some(days())).rising.is_empty());
        assert!(!changes(&many, &many, None).is_comparable());
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

    #[test]
    fn the_query_of_a_word_finds_all_of_its_forms() {
        let before = vocabulary(&[("nothing else", 20)]);
        let now = vocabulary(&[("family", 10), ("families", 10)]);
        let found = changes(&now, &before, Some(days()));
        assert_eq!(found.rising[0].term.as_str(), "family");
        assert_eq!(
            found.rising[0].query(days()).to_string(),
            "word:family on:2026-11-09..2026-11-15"
        );
    }
}
