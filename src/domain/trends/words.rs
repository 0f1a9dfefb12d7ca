//! Words and tags that rise and fall: what is written about more, or less, than in the time before.
//!
//! Method: log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
//! "Fightin' Words", Political Analysis 16:372-403), over the [`vocabulary`](super::vocabulary) of
//! both. Nothing is said below the minimum counts here.

use super::vocabulary::Vocabulary;
use crate::domain::figures::{Span, named, query};
use crate::domain::prose::Prose;
use crate::domain::query::{NamedKind, Query, Test};
use crate::domain::tag::Tag;
use crate::domain::texts::texts;

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

texts!(Changes { rising, falling } beside { before, reflections, reflections_before });

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

texts!(Change { term } beside { now, before });

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
    let only_before = before.terms().filter(|(key, _)| now.of(key) == 0);
    let mut far: Vec<(f64, Change)> = Vec::new();
    for (key, _) in now.terms().chain(only_before) {
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
