//! What every single day holds: the grain that weeks, rotations and years are added up from.

use chrono::NaiveDate;

use crate::domain::competency::CompetencyId;
use crate::domain::experiment::Outcome;
use crate::domain::figures::{Outcomes, Span, Spread, query, settled_query};
use crate::domain::query::{Query, Test};
use crate::domain::reflection::{Energy, Signal};
use crate::domain::shift::ShiftKind;

/// The days of a span on which anything happened, in order. Competencies and signals are named once
/// and counted by their place among the names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Days {
    /// The days; those without anything may be left out.
    pub days: Vec<Day>,
    /// The names that [`Day::competencies`] counts.
    pub competencies: Vec<CompetencyId>,
    /// The names that [`Day::signals`] counts.
    pub signals: Vec<Signal>,
}

/// One day, by shift date; experiments by the day they were settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The date.
    pub date: NaiveDate,
    /// Each kind of shift reflected on or logged, in the order of [`ShiftKind::ALL`].
    pub shifts: Vec<ShiftOfDay>,
    /// How many reflections name a competency, by its place.
    pub competencies: Vec<(usize, u32)>,
    /// How many reflections name a signal, by its place.
    pub signals: Vec<(usize, u32)>,
    /// Experiments settled on this day; never any open.
    pub settled: Outcomes,
}

/// A kind of shift on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftOfDay {
    /// The kind.
    pub shift: ShiftKind,
    /// Reflections about it; none where it was only logged.
    pub reflections: u32,
    /// The energy they said.
    pub energy: Spread,
}

impl Day {
    /// A day on which nothing happened.
    #[must_use]
    pub fn empty(date: NaiveDate) -> Self {
        Self {
            date,
            shifts: Vec::new(),
            competencies: Vec::new(),
            signals: Vec::new(),
            settled: Outcomes::default(),
        }
    }

    /// Whether nothing happened on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shifts.is_empty()
            && self.competencies.is_empty()
            && self.signals.is_empty()
            && self.settled.total() == 0
    }

    /// Counts a reflection about a shift.
    pub fn reflected(&mut self, shift: ShiftKind, energy: Option<Energy>) {
        self.change(shift, |shift| {
            shift.reflections += 1;
            if let Some(energy) = energy {
                shift.energy.add(energy, 1);
            }
        });
    }

    /// Notes that a shift was worked, reflected on or not.
    pub fn work(&mut self, shift: ShiftKind) {
        self.change(shift, |_| ());
    }

    fn change(&mut self, shift: ShiftKind, change: impl FnOnce(&mut ShiftOfDay)) {
        if let Some(known) = self.shifts.iter_mut().find(|known| known.shift == shift) {
            return change(known);
        }
        let mut new = ShiftOfDay {
            shift,
            reflections: 0,
            energy: Spread::default(),
        };
        change(&mut new);
        let place = self.shifts.partition_point(|other| other.shift < shift);
        self.shifts.insert(place, new);
    }

    /// Reflections about shifts.
    #[must_use]
    pub fn reflections(&self) -> u32 {
        self.shifts.iter().map(|shift| shift.reflections).sum()
    }

    /// How many of its shifts were reflected on.
    #[must_use]
    pub fn reflected_on(&self) -> u32 {
        let reflected_on = self.shifts.iter().filter(|shift| shift.reflections > 0);
        u32::try_from(reflected_on.count()).unwrap_or(u32::MAX)
    }

    /// How many shifts were worked, as far as the journal knows.
    #[must_use]
    pub fn worked(&self) -> u32 {
        u32::try_from(self.shifts.len()).unwrap_or(u32::MAX)
    }

    /// The energy said on this day.
    #[must_use]
    pub fn energy(&self) -> Spread {
        let mut all = Spread::default();
        for shift in &self.shifts {
            all.merge(&shift.energy);
        }
        all
    }

    /// Lists the reflections about its shifts.
    #[must_use]
    pub fn query(&self) -> Query {
        query([Span::new(self.date, self.date).test(), Test::AboutAShift])
    }

    /// Lists the reflections whose experiments were settled so on this day.
    #[must_use]
    pub fn settled_query(&self, outcome: Outcome) -> Query {
        settled_query(outcome, Span::new(self.date, self.date))
    }
}
