//! The rotation review: ten lines about a block that ends, each by a stated rule.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::calendar::add_days;
use super::competency::CompetencyId;
use super::experiment::Outcome;
use super::figures::{Outcomes, Quote, Span, Spread, named, query};
use super::id::ExperimentId;
use super::prose::Prose;
use super::query::{NamedKind, Query, Test};
use super::reflection::{Entry, Giver};
use super::rotation::{Block, Rotation, covering};
use super::shift::ShiftKind;
use super::template::TemplateId;
use super::week::{Told, went_well};

/// How many competencies of a rotation are named.
pub const MOST_COMPETENCIES: usize = 2;
/// How many things that went well are quoted.
pub const MOST_WINS: usize = 3;
/// Days after the last one on which the closing entry may still be dated.
pub const LATE_DAYS: i64 = 7;

/// Everything the rotation review shows; the trash is left out. See [`Stretch`] for what belongs to
/// a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationReview {
    /// The rotation.
    pub rotation: Block,
    /// Its days; while it runs, to today.
    pub span: Span,
    /// The logical day it is.
    pub today: NaiveDate,
    /// Reflections about shifts.
    pub reflections: u32,
    /// Distinct (shift date, shift) reflected on or logged.
    pub shifts: u32,
    /// What was expected: the entry of template `rotation-start`, else the first reflection.
    pub opening: Option<Entry>,
    /// What stands at its end: the newest entry of template `rotation-close`.
    pub closing: Option<Entry>,
    /// Experiments planned in it, by what became of them; open ones included.
    pub experiments: Outcomes,
    /// The competencies reflected on most, at most [`MOST_COMPETENCIES`]; of equally many the first
    /// by name.
    pub competencies: Vec<(CompetencyId, u32)>,
    /// Competencies of active goals that none of its reflections names.
    pub goals_untouched: Vec<CompetencyId>,
    /// Feedback from others, by role in the order of [`Giver::ALL`].
    pub feedback: Vec<(Giver, u32)>,
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

/// A rotation and what tells which reflections are in it: those that name it and are dated in its
/// days, and of those that name none the ones whose date it covers. The closing entry may be dated a
/// few days later.
#[derive(Debug, Clone, Copy)]
pub struct Stretch<'a> {
    /// Its name and days.
    pub block: &'a Block,
    /// Every rotation that was entered.
    pub all: &'a [Rotation],
    /// The logical day it is.
    pub today: NaiveDate,
}

impl Stretch<'_> {
    /// Its days; while it runs, to today.
    #[must_use]
    pub fn span(self) -> Span {
        Span::new(self.block.first, self.block.last.unwrap_or(self.today))
    }

    /// Every day on which something of it may be dated.
    #[must_use]
    pub fn reach(self) -> Span {
        let span = self.span();
        Span::new(span.first, add_days(span.last, LATE_DAYS))
    }

    /// Whether a reflection of this date, rotation and template is in it.
    #[must_use]
    pub fn holds(self, date: NaiveDate, rotation: &str, template: &TemplateId) -> bool {
        let days = if *template == TemplateId::ROTATION_CLOSE {
            self.reach()
        } else {
            self.span()
        };
        if rotation.is_empty() {
            return self.covers(date);
        }
        let same = rotation.trim().to_lowercase() == self.block.name.to_lowercase();
        same && days.contains(date)
    }

    /// Whether a shift of this date that names no rotation belongs to it.
    #[must_use]
    pub fn covers(self, date: NaiveDate) -> bool {
        covering(self.all, date).is_some_and(|rotation| rotation.block() == *self.block)
    }
}

/// What the review is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The entries in it, newest first.
    pub entries: &'a [Entry],
    /// The shifts in it that were logged.
    pub logged: &'a [(NaiveDate, ShiftKind)],
    /// The competencies of the active goals.
    pub goals: &'a [CompetencyId],
    /// Those of their experiments that another wording follows.
    pub reworded: &'a [ExperimentId],
}

impl RotationReview {
    /// Puts the review together.
    #[must_use]
    pub fn new(stretch: Stretch<'_>, material: Material<'_>) -> Self {
        let Material {
            entries,
            logged,
            goals,
            reworded,
        } = material;
        let told = told(entries, goals);
        let shifts: BTreeSet<_> = told
            .iter()
            .map(|one| (one.shift_date, one.shift))
            .chain(logged.iter().copied())
            .collect();
        let mut competencies = competencies(entries);
        let is_used = |goal: &&CompetencyId| competencies.iter().any(|(id, _)| same(id, goal));
        let untouched = goals.iter().filter(|goal| !is_used(goal)).cloned();
        let goals_untouched = untouched.collect();
        competencies.truncate(MOST_COMPETENCIES);
        let newest = |id: &TemplateId| {
            entries
                .iter()
                .find(|entry| entry.reflection.template == *id)
        };
        let closing = newest(&TemplateId::ROTATION_CLOSE);
        let opening = newest(&TemplateId::ROTATION_START).or_else(|| entries.last());
        let improvement = closing
            .and_then(next_step)
            .or_else(|| newest(&TemplateId::CHANGE).and_then(next_step));
        Self {
            rotation: stretch.block.clone(),
            span: stretch.span(),
            today: stretch.today,
            reflections: count(told.iter()),
            shifts: count(shifts.iter()),
            opening: opening.cloned(),
            closing: closing.cloned(),
            experiments: experiments(entries, reworded),
            competencies,
            goals_untouched,
            feedback: feedback(entries),
            wins: went_well(&told, MOST_WINS),
            improvement,
            energy: energy(entries),
            previous: None,
        }
    }

    /// Lists its reflections.
    #[must_use]
    pub fn query(&self) -> Query {
        query(self.own())
    }

    /// Lists its reflections on a competency.
    #[must_use]
    pub fn competency_query(&self, competency: &CompetencyId) -> Query {
        let test = named(NamedKind::Competency, competency.as_str());
        query(self.own().into_iter().chain([test]))
    }

    /// Lists its reflections whose experiments have this outcome now.
    #[must_use]
    pub fn outcome_query(&self, outcome: Outcome) -> Query {
        query(self.own().into_iter().chain([Test::Outcome(outcome)]))
    }

    fn own(&self) -> [Test; 2] {
        [Test::Rotation(self.rotation.name.clone()), self.span.test()]
    }
}

/// Energy after the shifts that these are about.
#[must_use]
pub fn energy(entries: &[Entry]) -> Spread {
    let mut spread = Spread::default();
    for entry in about_shifts(entries) {
        if let Some(energy) = entry.reflection.energy {
            spread.add(energy, 1);
        }
    }
    spread
}

fn about_shifts(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    let is_such = |entry: &&Entry| entry.reflection.template.is_about_a_shift();
    entries.iter().filter(is_such)
}

fn told(entries: &[Entry], goals: &[CompetencyId]) -> Vec<Told> {
    let told = about_shifts(entries).map(|entry| {
        let named = &entry.reflection.competencies;
        let on_a_goal = named
            .iter()
            .any(|id| goals.iter().any(|goal| same(id, goal)));
        Told::of(entry, on_a_goal)
    });
    told.collect()
}

/// The most frequent first, of equally frequent ones by name.
fn competencies(entries: &[Entry]) -> Vec<(CompetencyId, u32)> {
    let mut counts: BTreeMap<String, (CompetencyId, u32)> = BTreeMap::new();
    for id in entries
        .iter()
        .flat_map(|entry| &entry.reflection.competencies)
    {
        let (_, times) = counts
            .entry(id.as_str().to_lowercase())
            .or_insert_with(|| (id.clone(), 0));
        *times += 1;
    }
    let mut all: Vec<_> = counts.into_values().collect();
    all.sort_by_key(|(_, times)| Reverse(*times));
    all
}

/// By outcome. What was dropped for another wording is counted with that one.
fn experiments(entries: &[Entry], reworded: &[ExperimentId]) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for experiment in entries.iter().filter_map(|entry| entry.experiment.as_ref()) {
        let lives_on = experiment.outcome == Outcome::Dropped && reworded.contains(&experiment.id);
        if !lives_on {
            outcomes.add(experiment.outcome, 1);
        }
    }
    outcomes
}

fn feedback(entries: &[Entry]) -> Vec<(Giver, u32)> {
    let times = |giver| {
        let from = |entry: &&Entry| entry.reflection.giver() == Some(giver);
        count(entries.iter().filter(from))
    };
    let all = Giver::ALL.into_iter().map(|giver| (giver, times(giver)));
    all.filter(|(_, times)| *times > 0).collect()
}

fn next_step(entry: &Entry) -> Option<Quote> {
    let experiment = entry.experiment.as_ref()?;
    Some(Quote {
        reflection: entry.reflection.id,
        shift_date: entry.reflection.shift_date,
        text: Prose::new(experiment.text.as_str()),
    })
}

fn same(one: &CompetencyId, other: &CompetencyId) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}
