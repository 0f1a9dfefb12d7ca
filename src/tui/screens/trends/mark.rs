//! A mark of a figure: what it stands for in words, and which reflections are behind it.

use chrono::NaiveDate;

use crate::domain::calendar::{counted, day_and_month};
use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::Outcome;
use crate::domain::figures::{Span, Spread, query};
use crate::domain::prose::visible_line;
use crate::domain::query::{Query, Test};
use crate::domain::reflection::{Energy, Signal};
use crate::domain::shift::ShiftKind;
use crate::domain::trends::Trends;
use crate::domain::trends::day::Day;
use crate::domain::trends::words::Change;

/// Which way a word goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Written about more than before.
    More,
    /// Written about less.
    Less,
}

/// What can be selected and opened. It names what it stands for and not its place, so that it is
/// found again among other figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A day of the calendar.
    Day(NaiveDate),
    /// A month of it.
    Month(Span),
    /// A competency on some days.
    Competency(CompetencyId, Span),
    /// Experiments settled so on some days.
    Settled(Outcome, Span),
    /// The energy of a kind of shift.
    Energy(ShiftKind),
    /// A stress signal.
    Signal(Signal),
    /// A word or tag.
    Word(Way, Change),
}

impl Mark {
    /// Lists the reflections behind it; `None` if there are none.
    #[must_use]
    pub fn query(&self, trends: &Trends) -> Option<Query> {
        match self {
            Self::Day(date) => day(trends, *date)
                .filter(|day| day.reflections() > 0)
                .map(Day::query),
            Self::Month(span) => {
                (reflections(trends, *span) > 0).then(|| query([span.test(), Test::AboutAShift]))
            }
            Self::Competency(id, span) => {
                let one = trends.coverage.iter().find(|one| one.competency == *id)?;
                (competency(trends, id, *span) > 0).then(|| one.query(*span))
            }
            Self::Settled(outcome, span) => (settled(trends, *outcome, *span) > 0)
                .then(|| Trends::settled_query(*outcome, *span)),
            Self::Energy(shift) => (spread(trends, *shift).n() > 0)
                .then(|| trends.energy_query(*shift))
                .flatten(),
            Self::Signal(signal) => trends.signal_query(signal),
            Self::Word(way, change) => {
                // What is written about less is mostly in the time before.
                let (span, n) = match way {
                    Way::More => (trends.span, change.now),
                    Way::Less => (trends.changes.before, change.before),
                };
                span.filter(|_| n > 0).map(|span| change.query(span))
            }
        }
    }

    /// What Enter shows of it, behind the key.
    #[must_use]
    pub const fn opens(&self) -> &'static str {
        match self {
            Self::Word(Way::Less, _) => "lists those before",
            Self::Day(_)
            | Self::Month(_)
            | Self::Competency(..)
            | Self::Settled(..)
            | Self::Energy(_)
            | Self::Signal(_)
            | Self::Word(Way::More, _) => "lists them",
        }
    }

    /// What it stands for, with its numbers.
    #[must_use]
    pub fn in_words(&self, trends: &Trends, catalog: &Catalog) -> String {
        let today = trends.today;
        match self {
            Self::Day(date) => {
                let name = format!("{} {}", date.format("%a"), day_and_month(*date, today));
                let shifts = day(trends, *date).map(shifts).unwrap_or_default();
                if shifts.is_empty() {
                    format!("{name}: nothing written")
                } else {
                    format!("{name}: {shifts}")
                }
            }
            Self::Month(span) => {
                let n = counted(reflections(trends, *span), "reflection");
                let worked = counted(worked(trends, *span), "shift");
                format!("{}: {n}, {worked}", span.first.format("%b %Y"))
            }
            Self::Competency(id, span) => {
                let n = counted(competency(trends, id, *span), "reflection");
                let name = visible_line(catalog.competency_name(id));
                format!("{name}, {}: {n}", days(*span, today))
            }
            Self::Settled(outcome, span) => {
                let n = counted(settled(trends, *outcome, *span), "experiment");
                format!("{}, {}: {n}", outcome.name(), days(*span, today))
            }
            Self::Energy(shift) => {
                let levels = (1..).zip(by_level(&spread(trends, *shift)));
                let said: Vec<String> = levels
                    .filter(|(_, times)| *times > 0)
                    .map(|(level, times): (u8, u32)| format!("{level} said {times}x"))
                    .collect();
                if said.is_empty() {
                    return format!("{}: no energy said", shift.name());
                }
                format!("{}, energy {}", shift.name(), said.join(", "))
            }
            Self::Signal(signal) => {
                let found = trends.signals.iter().find(|(one, _)| one == signal);
                let n = counted(found.map_or(0, |(_, n)| *n), "reflection");
                format!("{}: {n}", visible_line(signal.as_str()))
            }
            Self::Word(Way::More, change) => {
                let now = counted(change.now, "reflection");
                format!(
                    "{}: {now}, {} before",
                    change.term.excerpt(40),
                    change.before
                )
            }
            Self::Word(Way::Less, change) => {
                let before = counted(change.before, "reflection");
                format!(
                    "{}: {before} before, {} now",
                    change.term.excerpt(40),
                    change.now
                )
            }
        }
    }
}

/// How often each level from 1 to 5 was said.
#[must_use]
pub fn by_level(spread: &Spread) -> [u32; 5] {
    [1, 2, 3, 4, 5].map(|level| Energy::new(level).map_or(0, |level| spread.of(level)))
}

/// "2 Nov to 8 Nov", or one day.
#[must_use]
pub fn days(span: Span, today: NaiveDate) -> String {
    let last = day_and_month(span.last, today);
    if span.first == span.last {
        return last;
    }
    format!("{} to {last}", day_and_month(span.first, today))
}

/// What is known of a day of the range.
#[must_use]
pub fn day(trends: &Trends, date: NaiveDate) -> Option<&Day> {
    let at = trends.calendar.partition_point(|day| day.date < date);
    trends.calendar.get(at).filter(|day| day.date == date)
}

/// "night, 1 reflection, energy 2; day, logged".
fn shifts(day: &Day) -> String {
    let shifts = day.shifts.iter().map(|shift| {
        let name = shift.shift.name();
        if shift.reflections == 0 {
            return format!("{name}, logged");
        }
        let levels: Vec<String> = shift.energy.levels().map(|l| l.to_string()).collect();
        let n = counted(shift.reflections, "reflection");
        if levels.is_empty() {
            format!("{name}, {n}")
        } else {
            format!("{name}, {n}, energy {}", levels.join(" and "))
        }
    });
    shifts.collect::<Vec<_>>().join("; ")
}

/// The days of the range that lie in a span.
pub fn within(trends: &Trends, span: Span) -> &[Day] {
    let first = trends.calendar.partition_point(|day| day.date < span.first);
    let last = trends.calendar.partition_point(|day| day.date <= span.last);
    trends.calendar.get(first..last).unwrap_or_default()
}

/// Reflections about shifts on these days.
#[must_use]
pub fn reflections(trends: &Trends, span: Span) -> u32 {
    within(trends, span).iter().map(Day::reflections).sum()
}

/// Shifts worked on these days.
#[must_use]
pub fn worked(trends: &Trends, span: Span) -> u32 {
    within(trends, span).iter().map(Day::worked).sum()
}

fn competency(trends: &Trends, id: &CompetencyId, span: Span) -> u32 {
    let one = trends.coverage.iter().find(|one| one.competency == *id);
    let parts = one.map_or(&[][..], |one| &one.parts);
    let parts = trends.parts.iter().zip(parts);
    let inside = parts.filter(|(part, _)| span.contains(part.first));
    inside.map(|(_, count)| count).sum()
}

fn settled(trends: &Trends, outcome: Outcome, span: Span) -> u32 {
    let parts = trends.parts.iter().zip(&trends.settled);
    let inside = parts.filter(|(part, _)| span.contains(part.first));
    inside.map(|(_, outcomes)| outcomes.of(outcome)).sum()
}

fn spread(trends: &Trends, shift: ShiftKind) -> Spread {
    let found = trends.energy.iter().find(|(kind, _)| *kind == shift);
    found.map_or_else(Spread::default, |(_, spread)| *spread)
}
