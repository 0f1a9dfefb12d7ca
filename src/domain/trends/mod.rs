//! Trends: what a week, a rotation, eight weeks, a year or everything looks like from farther away.
//!
//! Figures are added up from days ([`day`]); words are compared with the time before by the method
//! in [`words`]. Nothing here is a score: counts, dots and medians with the number of entries they
//! stand on.

pub mod day;
pub mod method;
pub mod stem;
pub mod vocabulary;
pub mod words;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};

use super::calendar::{Week, academic_year, add_days, first_of_academic_year};
use super::catalog::Catalog;
use super::competency::CompetencyId;
use super::experiment::Outcome;
use super::figures::{Outcomes, Span, Spread, energy_query, named, query, settled_query};
use super::nearest;
use super::query::{NamedKind, Query};
use super::reflection::Signal;
use super::rotation::{Rotation, covering};
use super::rules::Rules;
use super::shift::ShiftKind;
use day::{Day, Days};
use words::Changes;

/// Weeks that `8 weeks` shows.
const WEEKS: i64 = 8;
/// The time before a range that its words are compared with is at least this long, in days: a week
/// by itself says little about what is usual.
const LEAST_BEFORE: i64 = 7 * WEEKS;
/// Months of a part of `all`.
const QUARTER: u32 = 3;

/// How far back is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Range {
    /// This week, by the configured first day.
    Week,
    /// The rotation that covers today, else the one that ended last: its first day to its last one,
    /// or to today while it runs on. Where none was ever entered, the one that the newest reflections
    /// name, on the days on which they do.
    Rotation,
    /// This week and the seven before it.
    EightWeeks,
    /// The academic year that today is in, all of it.
    Year,
    /// From the first day there is to the last one, today included.
    All,
}

impl Range {
    /// Every range, from near to far.
    pub const ALL: [Self; 5] = [
        Self::Week,
        Self::Rotation,
        Self::EightWeeks,
        Self::Year,
        Self::All,
    ];

    /// The stable word of the command line and of files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Rotation => "rotation",
            Self::EightWeeks => "8weeks",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// The words a person reads.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Week => "Week",
            Self::Rotation => "Rotation",
            Self::EightWeeks => "8 weeks",
            Self::Year => "Academic year",
            Self::All => "All",
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The word names no range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", nearest::explain("range", .given, Range::ALL.map(Range::id)))]
pub struct UnknownRange {
    /// What was given.
    pub given: String,
}

impl FromStr for Range {
    type Err = UnknownRange;

    fn from_str(text: &str) -> Result<Self, UnknownRange> {
        let wanted = text.trim().to_lowercase().replace([' ', '-', '_'], "");
        Self::ALL
            .into_iter()
            .find(|range| range.id() == wanted)
            .ok_or_else(|| UnknownRange {
                given: text.to_owned(),
            })
    }
}

/// What the dates of a range depend on.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The logical day it is.
    pub today: NaiveDate,
    /// The writer's choices.
    pub rules: &'a Rules,
    /// The days of the rotation that [`Range::Rotation`] means, if there is one.
    pub rotation: Option<Span>,
    /// The first and last day that the journal knows anything of.
    pub known: Option<Span>,
}

/// The days of a range; `None` where there is nothing it could mean: no rotation, an empty journal.
#[must_use]
pub fn span(range: Range, scene: Scene<'_>) -> Option<Span> {
    let Scene { today, rules, .. } = scene;
    let week = Week::of(today, rules.week_starts);
    match range {
        Range::Week => Some(Span::new(week.first, week.last())),
        Range::Rotation => scene.rotation,
        Range::EightWeeks => Some(Span::new(
            add_days(week.first, -7 * (WEEKS - 1)),
            week.last(),
        )),
        Range::Year => Some(year(today, rules)),
        Range::All => scene
            .known
            .map(|known| Span::new(known.first.min(today), known.last.max(today))),
    }
}

/// The rotation that [`Range::Rotation`] means, and its days: the one that covers today, else the one
/// that ended last; to today while it runs.
#[must_use]
pub fn rotation(all: &[Rotation], today: NaiveDate) -> Option<(String, Span)> {
    let begun = all.iter().filter(|rotation| rotation.first <= today);
    let ended = || begun.max_by_key(|rotation| (rotation.last, rotation.first, rotation.id));
    let rotation = covering(all, today).or_else(ended)?;
    let span = Span::new(rotation.first, rotation.last.unwrap_or(today));
    Some((rotation.name.clone(), span))
}

/// The academic year that `date` is in.
#[must_use]
pub fn year(date: NaiveDate, rules: &Rules) -> Span {
    let first = first_of_year(date, rules);
    let next = first.checked_add_months(Months::new(12)).unwrap_or(first);
    Span::new(first, add_days(next, -1))
}

/// The first day of the academic year that `date` is in.
#[must_use]
pub fn first_of_year(date: NaiveDate, rules: &Rules) -> NaiveDate {
    let starts = rules.academic_year_starts;
    first_of_academic_year(academic_year(date, starts), starts)
}

/// The time before a range that its words are compared with: as many days as it has up to today,
/// at least eight weeks, right before it. `None` for [`Range::All`], which has no time before it.
#[must_use]
pub fn before(range: Range, span: Span, today: NaiveDate) -> Option<Span> {
    if range == Range::All {
        return None;
    }
    let so_far = Span::new(span.first, span.last.min(today));
    let days = so_far.days().max(LEAST_BEFORE);
    Some(Span::ending(add_days(span.first, -1), days))
}

/// The parts of a span over which things are counted: weeks that begin on the configured day, and
/// for [`Range::All`] the quarters of academic years. The first and last part may be shorter.
#[must_use]
pub fn parts(range: Range, span: Span, rules: &Rules) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut first = span.first;
    while first <= span.last {
        let end = match range {
            Range::All => end_of_quarter(first, rules),
            Range::Week | Range::Rotation | Range::EightWeeks | Range::Year => {
                Week::of(first, rules.week_starts).last()
            }
        };
        let part = Span::new(first, end.min(span.last));
        first = add_days(part.last, 1);
        parts.push(part);
    }
    parts
}

fn end_of_quarter(date: NaiveDate, rules: &Rules) -> NaiveDate {
    let first = first_of_year(date, rules);
    let month = date.month0() + 12 - first.month0();
    let behind = month % QUARTER;
    let next = date
        .with_day(1)
        .and_then(|first| first.checked_add_months(Months::new(QUARTER - behind)));
    next.map_or(date, |next| add_days(next, -1))
}

/// Everything that the place Trends shows of one range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trends {
    /// The range.
    pub range: Range,
    /// The logical day it is.
    pub today: NaiveDate,
    /// The rotation meant by [`Range::Rotation`]; empty for the other ranges and if there is none.
    pub rotation: String,
    /// Its days; `None` where there is nothing the range could mean. Then everything below is empty.
    pub span: Option<Span>,
    /// Reflections about shifts.
    pub reflections: u32,
    /// Distinct (shift date, shift) reflected on or logged.
    pub shifts: u32,
    /// Every day of the span, in order.
    pub calendar: Vec<Day>,
    /// The weeks (for all: quarters) over which is counted.
    pub parts: Vec<Span>,
    /// Competencies over the parts, the thinnest first.
    pub coverage: Vec<Coverage>,
    /// Experiments settled in each part.
    pub settled: Vec<Outcomes>,
    /// Energy by kind of shift, in the order of [`ShiftKind::ALL`]; only kinds that were worked.
    pub energy: Vec<(ShiftKind, Spread)>,
    /// How many reflections named each stress signal, the most frequent first.
    pub signals: Vec<(Signal, u32)>,
    /// Words and tags that rise and fall.
    pub changes: Changes,
}

/// How often a competency was reflected on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The competency.
    pub competency: CompetencyId,
    /// Reflections on it in each part.
    pub parts: Vec<u32>,
}

impl Coverage {
    /// Reflections on it in the whole range.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.parts.iter().sum()
    }

    /// Lists the reflections on it on these days.
    #[must_use]
    pub fn query(&self, span: Span) -> Query {
        let test = named(NamedKind::Competency, self.competency.as_str());
        query([test, span.test()])
    }
}

impl Trends {
    /// Adds up the days of a range; `catalog` says which competencies there are besides those used.
    #[must_use]
    pub fn new(
        range: Range,
        span: Option<Span>,
        days: &Days,
        scene: Scene<'_>,
        catalog: &Catalog,
    ) -> Self {
        let parts = span.map_or_else(Vec::new, |span| parts(range, span, scene.rules));
        let calendar = span.map_or_else(Vec::new, |span| calendar(span, days));
        let count = |of: fn(&Day) -> u32| calendar.iter().map(of).sum();
        Self {
            range,
            today: scene.today,
            rotation: String::new(),
            reflections: count(Day::reflections),
            shifts: count(Day::worked),
            coverage: coverage(days, &parts, catalog),
            settled: settled(days, &parts),
            energy: energy_by_shift(&calendar),
            signals: signals(days),
            changes: Changes::default(),
            parts,
            calendar,
            span,
        }
    }

    /// Lists the reflections about shifts of this kind that said their energy.
    #[must_use]
    pub fn energy_query(&self, shift: ShiftKind) -> Option<Query> {
        self.span.map(|span| energy_query(shift, span))
    }

    /// Lists the reflections that name a signal.
    #[must_use]
    pub fn signal_query(&self, signal: &Signal) -> Option<Query> {
        let test = named(NamedKind::Signal, signal.as_str());
        self.span.map(|span| query([test, span.test()]))
    }

    /// Lists the reflections whose experiments were settled so in a part.
    #[must_use]
    pub fn settled_query(outcome: Outcome, part: Span) -> Query {
        settled_query(outcome, part)
    }
}

fn calendar(span: Span, days: &Days) -> Vec<Day> {
    let mut known = days.days.iter().peekable();
    let day = |date| match known.next_if(|day| day.date == date) {
        Some(day) => day.clone(),
        None => Day::empty(date),
    };
    span.dates().map(day).collect()
}

/// Those used and those of the active framework; the thinnest first, of equally thin ones in the
/// order of the framework, others by name.
fn coverage(days: &Days, parts: &[Span], catalog: &Catalog) -> Vec<Coverage> {
    if parts.is_empty() {
        return Vec::new();
    }
    let mut all: Vec<Coverage> = days
        .competencies
        .iter()
        .map(|competency| Coverage {
            competency: competency.clone(),
            parts: vec![0; parts.len()],
        })
        .collect();
    for (day, part) in with_part(days, parts) {
        for (place, times) in &day.competencies {
            if let Some(count) = all.get_mut(*place).and_then(|one| one.parts.get_mut(part)) {
                *count += times;
            }
        }
    }
    let framework = catalog.competencies();
    let place = |id: &CompetencyId| {
        let same = |other: &CompetencyId| other.as_str().eq_ignore_ascii_case(id.as_str());
        framework.iter().position(|one| same(&one.id))
    };
    let used: Vec<_> = all
        .iter()
        .filter_map(|one| place(&one.competency))
        .collect();
    for (at, competency) in framework.iter().enumerate() {
        if !used.contains(&at) {
            all.push(Coverage {
                competency: competency.id.clone(),
                parts: vec![0; parts.len()],
            });
        }
    }
    all.sort_by_cached_key(|one| {
        let place = place(&one.competency).unwrap_or(usize::MAX);
        (one.total(), place, one.competency.clone())
    });
    all
}

fn settled(days: &Days, parts: &[Span]) -> Vec<Outcomes> {
    let mut all = vec![Outcomes::default(); parts.len()];
    for (day, part) in with_part(days, parts) {
        if let Some(outcomes) = all.get_mut(part) {
            outcomes.merge(&day.settled);
        }
    }
    all
}

/// Each day with the place of the part it lies in.
fn with_part<'a>(days: &'a Days, parts: &'a [Span]) -> impl Iterator<Item = (&'a Day, usize)> {
    let place = |day: &Day| parts.partition_point(|part| part.last < day.date);
    days.days.iter().map(move |day| (day, place(day)))
}

/// Energy by kind of shift, in the order of [`ShiftKind::ALL`]; only kinds that were worked.
#[must_use]
pub fn energy_by_shift<'a>(days: impl IntoIterator<Item = &'a Day>) -> Vec<(ShiftKind, Spread)> {
    let mut all: Vec<(ShiftKind, Spread)> = Vec::new();
    for shift in days.into_iter().flat_map(|day| &day.shifts) {
        if let Some((_, spread)) = all.iter_mut().find(|(kind, _)| *kind == shift.shift) {
            spread.merge(&shift.energy);
        } else {
            all.push((shift.shift, shift.energy));
        }
    }
    all.sort_unstable_by_key(|(kind, _)| *kind);
    all
}

fn signals(days: &Days) -> Vec<(Signal, u32)> {
    let mut all: Vec<(Signal, u32)> = days.signals.iter().map(|name| (name.clone(), 0)).collect();
    for (place, times) in days.days.iter().flat_map(|day| &day.signals) {
        if let Some((_, count)) = all.get_mut(*place) {
            *count += times;
        }
    }
    all.retain(|(_, count)| *count > 0);
    all.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    all
}
