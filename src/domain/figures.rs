//! What reviews and trends count with, and how many entries a figure needs before it says more than
//! its own numbers.
//!
//! Small numbers stay numbers: no percentages below ten, no averages, no scores.

use chrono::NaiveDate;

use super::calendar;
use super::experiment::Outcome;
use super::prose::Prose;
use super::query::{Condition, NamedKind, Query, Test};
use super::reflection::Energy;
use super::shift::ShiftKind;

/// Fewest points that a median stands on. Anhøj and Olesen (2014) find the median of a run chart
/// useful from about ten points on; fewer are shown one by one.
pub const MIN_FOR_MEDIAN: u32 = 10;
/// Fewest whole of which a part is said in percent.
pub const MIN_FOR_PERCENT: u32 = 10;
/// Days of the review's month: feedback from others and what comes back are counted over these.
pub const MONTH_DAYS: i64 = 30;

/// Days from a first to a last one, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First day.
    pub first: NaiveDate,
    /// Last day, never before the first.
    pub last: NaiveDate,
}

impl Span {
    /// The days from one to the other; the first alone if the last comes before it.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate) -> Self {
        Self {
            first,
            last: last.max(first),
        }
    }

    /// So many days of which `last` is the last one; at least that one.
    #[must_use]
    pub fn ending(last: NaiveDate, days: i64) -> Self {
        Self {
            first: calendar::add_days(last, 1 - days.max(1)),
            last,
        }
    }

    /// How many days it holds.
    #[must_use]
    pub fn days(self) -> i64 {
        self.last.signed_duration_since(self.first).num_days() + 1
    }

    /// Whether it holds `date`.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// Its days, in order.
    pub fn dates(self) -> impl Iterator<Item = NaiveDate> {
        self.first
            .iter_days()
            .take_while(move |day| *day <= self.last)
    }

    /// The test that a shift date lies in it.
    #[must_use]
    pub const fn test(self) -> Test {
        Test::Dates {
            from: Some(self.first),
            to: Some(self.last),
        }
    }
}

/// Experiments counted by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Outcomes([u32; Outcome::ALL.len()]);

impl Outcomes {
    /// How many have this outcome.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> u32 {
        self.0.get(outcome as usize).copied().unwrap_or(0)
    }

    /// Counts so many more.
    pub fn add(&mut self, outcome: Outcome, times: u32) {
        if let Some(count) = self.0.get_mut(outcome as usize) {
            *count += times;
        }
    }

    /// Counts all of another count too.
    pub fn merge(&mut self, other: &Self) {
        for outcome in Outcome::ALL {
            self.add(outcome, other.of(outcome));
        }
    }

    /// All of them together.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Those that were tried: helped, mixed and no help.
    #[must_use]
    pub fn tried(&self) -> u32 {
        let tried = Outcome::TRIED.map(|outcome| self.of(outcome));
        tried.into_iter().sum()
    }
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Share {
    /// The part.
    pub part: u32,
    /// The whole; never less than the part.
    pub whole: u32,
}

impl Share {
    /// "3 of 4", in percent beside it where the whole is large enough for one.
    #[must_use]
    pub fn in_words(self) -> String {
        let Self { part, whole } = self;
        if whole < MIN_FOR_PERCENT {
            return format!("{part} of {whole}");
        }
        let percent = (u64::from(part) * 200 + u64::from(whole)) / (u64::from(whole) * 2);
        format!("{part} of {whole} ({percent} %)")
    }
}

/// Levels of energy counted: how often each of 1 to 5 was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Spread([u32; 5]);

impl Spread {
    /// How often this level was said.
    #[must_use]
    pub fn of(&self, energy: Energy) -> u32 {
        let at = usize::from(energy.level()).saturating_sub(1);
        self.0.get(at).copied().unwrap_or(0)
    }

    /// Counts a level so many times more.
    pub fn add(&mut self, energy: Energy, times: u32) {
        let at = usize::from(energy.level()).saturating_sub(1);
        if let Some(count) = self.0.get_mut(at) {
            *count += times;
        }
    }

    /// Counts all of another spread too.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
    }

    /// How many entries said a level.
    #[must_use]
    pub fn n(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Every level that was said, lowest first, each as often as it was said.
    pub fn levels(&self) -> impl Iterator<Item = u8> {
        let counts = self.0;
        (1_u8..)
            .zip(counts)
            .flat_map(|(level, times)| (0..times).map(move |_| level))
    }

    /// Twice the median, so that it is whole: 7 for a median of 3.5. `None` below
    /// [`MIN_FOR_MEDIAN`] entries.
    #[must_use]
    pub fn twice_median(&self) -> Option<u32> {
        let n = self.n();
        if n < MIN_FOR_MEDIAN {
            return None;
        }
        Some(u32::from(self.level_at((n - 1) / 2)) + u32::from(self.level_at(n / 2)))
    }

    /// The median in words, "3" or "3.5"; `None` below [`MIN_FOR_MEDIAN`] entries.
    #[must_use]
    pub fn median_in_words(&self) -> Option<String> {
        let twice = self.twice_median()?;
        Some(format!(
            "{}{}",
            twice / 2,
            if twice % 2 == 1 { ".5" } else { "" }
        ))
    }

    /// The level at this place of all, from 0, lowest first.
    fn level_at(&self, place: u32) -> u8 {
        let mut below = 0;
        for (level, times) in (1_u8..).zip(self.0) {
            below += times;
            if place < below {
                return level;
            }
        }
        5
    }
}

/// Something the writer said, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The reflection it stands in.
    pub reflection: super::id::ReflectionId,
    /// Its shift date.
    pub shift_date: NaiveDate,
    /// One sentence, whole. [`Prose::excerpt`] makes it fit a line.
    pub text: Prose,
}

/// A query in which all of these tests hold.
#[must_use]
pub fn query(tests: impl IntoIterator<Item = Test>) -> Query {
    let all = tests.into_iter().map(|test| Condition {
        negated: false,
        test,
    });
    Query { all: all.collect() }
}

/// The test for what was counted under this name, and under no other that begins like it.
#[must_use]
pub fn named(kind: NamedKind, name: &str) -> Test {
    Test::Named {
        kind,
        name: name.to_owned(),
    }
}

/// Lists the reflections about shifts of this kind that said their energy.
#[must_use]
pub fn energy_query(shift: ShiftKind, span: Span) -> Query {
    let any = Energy::new(1)
        .zip(Energy::new(5))
        .map(|(from, to)| Test::Energy { from, to });
    let tests = [Test::AboutAShift, Test::Shift(shift), span.test()];
    query(tests.into_iter().chain(any))
}

/// Lists the reflections whose experiments were settled so on these days.
#[must_use]
pub fn settled_query(outcome: Outcome, span: Span) -> Query {
    query([Test::Outcome(outcome), answered(span)])
}

/// Lists the reflections whose experiments were tried and settled on these days.
#[must_use]
pub fn tried_query(span: Span) -> Query {
    query([Test::Tried, answered(span)])
}

const fn answered(span: Span) -> Test {
    Test::Answered {
        from: Some(span.first),
        to: Some(span.last),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spread(levels: &[u8]) -> Spread {
        let mut spread = Spread::default();
        for level in levels {
            spread.add(Energy::new(*level).unwrap(), 1);
        }
        spread
    }

    proptest! {
        #[test]
        fn a_median_is_the_middle_of_the_levels_and_stands_on_ten(
            levels in prop::collection::vec(1..=5_u8, 0..40)
        ) {
            let mut sorted = levels.clone();
            sorted.sort_unstable();
            let spread = spread(&levels);
            prop_assert_eq!(spread.levels().collect::<Vec<_>>(), sorted.clone());
            let n = sorted.len();
            let middle = (n >= 10)
                .then(|| u32::from(sorted[(n - 1) / 2]) + u32::from(sorted[n / 2]));
            prop_assert_eq!(spread.twice_median(), middle);
        }
    }

    #[test]
    fn a_part_is_said_in_percent_of_ten_or_more_only() {
        let words = |part, whole| Share { part, whole }.in_words();
        assert_eq!(words(3, 4), "3 of 4");
        assert_eq!(words(0, 0), "0 of 0");
        assert_eq!(words(9, 9), "9 of 9");
        assert_eq!(words(2, 3 * 5), "2 of 15 (13 %)");
        assert_eq!(words(5, 8 * 5), "5 of 40 (13 %)");
    }

    #[test]
    fn a_median_between_two_levels_is_said_as_it_is() {
        let levels = [2, 2, 3, 3, 3, 4, 4, 4, 5, 5];
        assert_eq!(spread(&levels).median_in_words().as_deref(), Some("3.5"));
        assert_eq!(spread(&levels[1..]).median_in_words(), None);
    }
}
