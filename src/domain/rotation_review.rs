//! The rotation review: ten lines about a block that ends, each by a stated rule.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::competency::CompetencyId;
use super::experiment::Outcome;
use super::figures::{Outcomes, Quote, Span, Spread};
use super::id::ReflectionId;
use super::prose::Prose;
use super::query::{Condition, Query, Test};
use super::reflection::Role;
use super::week::Told;

/// How many competencies of a rotation are named.
pub const MOST_COMPETENCIES: usize = 2;
/// How many things that went well are quoted.
pub const MOST_WINS: usize = 3;
/// Days after its last one on which a reflection that names the rotation still belongs to it: its
/// closing entry is often written a few days late.
pub const LATE_DAYS: i64 = 7;

/// Everything the rotation review shows. A reflection belongs to the rotation if it names it and its
/// shift date lies in [`span`](Self::span); the trash is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationReview {
    /// The rotation.
    pub rotation: Block,
    /// The days that count: from its first one to a week after its last, or to today while it runs.
    pub span: Span,
    /// The logical day it is.
    pub today: NaiveDate,
    /// Reflections about shifts.
    pub reflections: u32,
    /// Distinct (shift date, shift) reflected on.
    pub shifts: u32,
    /// What was expected: the entry of template `rotation-start`, else the first reflection.
    pub opening: Option<Said>,
    /// What stands at its end: the newest entry of template `rotation-close`.
    pub closing: Option<Said>,
    /// Experiments planned in it, by what became of them; open ones included.
    pub experiments: Outcomes,
    /// The competencies reflected on most, at most [`MOST_COMPETENCIES`]; of equally many the first
    /// by name.
    pub competencies: Vec<(CompetencyId, u32)>,
    /// Competencies of active goals that no reflection of it names.
    pub goals_untouched: Vec<CompetencyId>,
    /// Feedback from others, by role in the order of [`Role::ALL`].
    pub feedback: Vec<(Role, u32)>,
    /// Wins to credit: what went well, chosen as in the weekly review, at most [`MOST_WINS`].
    pub wins: Vec<Quote>,
    /// The improvement that moves forward: "try next" of the closing entry, else of the newest entry
    /// of template `change`.
    pub improvement: Option<Quote>,
    /// Energy after its shifts.
    pub energy: Spread,
    /// The rotation before it and its energy: the one with the latest first day before this one's.
    pub previous: Option<(Block, Spread)>,
}

/// A rotation as the review knows it: entered by the writer, or only named by reflections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// Its first day; of one that is only named, the first shift date with that name.
    pub first: NaiveDate,
    /// Its last day, or the last shift date with that name; `None` while it runs.
    pub last: Option<NaiveDate>,
}

/// One entry, as the review sets two of them side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Which one.
    pub reflection: ReflectionId,
    /// Its shift date.
    pub shift_date: NaiveDate,
    /// What went well, or what the template asks for in its place; may be empty, as all of these.
    pub went_well: Prose,
    /// What to do differently.
    pub do_differently: Prose,
    /// What to try next.
    pub try_next: Prose,
    /// The note line.
    pub note: Prose,
}

impl RotationReview {
    /// Lists all its reflections.
    #[must_use]
    pub fn query(&self) -> Query {
        self.with([])
    }

    /// Lists its reflections on a competency.
    #[must_use]
    pub fn competency_query(&self, competency: &CompetencyId) -> Query {
        self.with([Test::Competency(competency.as_str().to_owned())])
    }

    /// Lists its reflections whose experiments have this outcome now.
    #[must_use]
    pub fn outcome_query(&self, outcome: Outcome) -> Query {
        self.with([Test::Outcome(outcome)])
    }

    fn with(&self, tests: impl IntoIterator<Item = Test>) -> Query {
        let own = [Test::Rotation(self.rotation.name.clone()), self.span.test()];
        let all = own.into_iter().chain(tests).map(|test| Condition {
            negated: false,
            test,
        });
        Query { all: all.collect() }
    }
}

/// The days of which reflections that name the rotation belong to it.
#[must_use]
pub fn span(rotation: &Block, today: NaiveDate) -> Span {
    let last = rotation
        .last
        .map_or(today, |last| super::calendar::add_days(last, LATE_DAYS));
    Span::new(rotation.first, last)
}

/// Energy after these shifts.
#[must_use]
pub fn energy(told: &[Told]) -> Spread {
    let mut spread = Spread::default();
    for energy in told.iter().filter_map(|one| one.energy) {
        spread.add(energy, 1);
    }
    spread
}

/// Distinct (shift date, shift) of these.
#[must_use]
pub fn shifts(told: &[Told]) -> u32 {
    let all: BTreeSet<_> = told.iter().map(|one| (one.shift_date, one.shift)).collect();
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}

/// What an entry moves forward: its "try next", if it has one.
#[must_use]
pub fn next_step(said: &Said) -> Option<Quote> {
    (!said.try_next.is_blank()).then(|| Quote {
        reflection: said.reflection,
        shift_date: said.shift_date,
        text: said.try_next.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_counts_to_a_week_after_its_last_day_or_to_today() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut rotation = Block {
            name: "Medical ICU".to_owned(),
            first: day("2026-10-26"),
            last: Some(day("2026-11-22")),
        };
        let until = |rotation: &Block| span(rotation, day("2026-11-10")).last;
        assert_eq!(until(&rotation), day("2026-11-29"));
        rotation.last = None;
        assert_eq!(until(&rotation), day("2026-11-10"));
    }
}
