//! What every day of a span holds, counted from the rows.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::figures::{date, energy, outcome, places, shift, texts};
use super::seq::Seq;
use super::summaries::ABOUT_A_SHIFT;
use super::{StoreError, Tables};
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::Outcome;
use crate::domain::figures::Span;
use crate::domain::reflection::Signal;
use crate::domain::trends::day::{Day, Days};

impl Tables<'_> {
    /// What each day of a span holds.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn days(&self, span: Span) -> Result<Days, StoreError> {
        let mut days = Gathered::of(span);
        self.reflected(&mut days)
            .and_then(|()| self.happened(&mut days))
            .map_err(|error| self.failed(error))?;
        Ok(days.done())
    }

    /// What the reflections of these days say of them: all but what [`Self::happened`] counts.
    pub(super) fn days_reflected(&self, span: Span) -> Result<Days, StoreError> {
        let mut days = Gathered::of(span);
        let reflected = self.reflected(&mut days);
        reflected.map_err(|error| self.failed(error))?;
        Ok(days.done())
    }

    fn reflected(&self, days: &mut Gathered) -> rusqlite::Result<()> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT seq, shift, energy FROM reflection INDEXED BY reflection_facts \
             WHERE trashed_at IS NULL AND seq BETWEEN ?1 AND ?2 AND {ABOUT_A_SHIFT}"
        ))?;
        let mut rows = statement.query(places(days.span))?;
        while let Some(row) = rows.next()? {
            let shift = shift(row, 1)?;
            let energy = energy(row, 2)?;
            if let Some(day) = days.at(Seq(row.get(0)?)) {
                day.reflected(shift, energy);
            }
        }
        let trashed = self.trashed_of(days.span)?;
        for (table, is_signal) in [("competency", false), ("signal", true)] {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT reflection, {table} FROM reflection_{table} \
                 INDEXED BY {table}_of_reflection WHERE reflection BETWEEN ?1 AND ?2"
            ))?;
            let mut rows = statement.query(places(days.span))?;
            while let Some(row) = rows.next()? {
                let seq = row.get(0)?;
                if !trashed.contains(&seq) {
                    let name = row.get_ref(1)?.as_str().unwrap_or_default();
                    days.name(Seq(seq), name, is_signal);
                }
            }
        }
        Ok(())
    }

    /// The reflections of these days that are in the trash.
    fn trashed_of(&self, span: Span) -> rusqlite::Result<HashSet<i64>> {
        self.conn
            .prepare_cached(
                "SELECT seq FROM reflection INDEXED BY reflection_in_trash \
                 WHERE trashed_at IS NOT NULL AND seq BETWEEN ?1 AND ?2",
            )?
            .query_map(places(span), |row| row.get(0))?
            .collect()
    }

    /// What happened on these days and is not said by their reflections: shifts that were logged,
    /// and experiments settled.
    pub(super) fn happened(&self, days: &mut Gathered) -> rusqlite::Result<()> {
        let mut statement = self.conn.prepare_cached(
            "SELECT shift_date, shift FROM shift_log WHERE shift_date BETWEEN ?1 AND ?2",
        )?;
        let mut rows = statement.query(texts(days.span))?;
        while let Some(row) = rows.next()? {
            let shift = shift(row, 1)?;
            if let Some(day) = date(row, 0)?.and_then(|date| days.on(date)) {
                day.work(shift);
            }
        }
        // One range of the index for each day and outcome, in its order.
        let mut statement = self.conn.prepare_cached(
            "SELECT outcome_date, outcome, count(*) FROM experiment \
             WHERE trashed = 0 AND outcome_date BETWEEN ?1 AND ?2 \
             GROUP BY outcome_date, outcome",
        )?;
        let mut rows = statement.query(texts(days.span))?;
        while let Some(row) = rows.next()? {
            let outcome: Outcome = outcome(row, 1)?;
            let times = row.get(2)?;
            if let Some(day) = date(row, 0)?.and_then(|date| days.on(date)) {
                day.settled.add(outcome, times);
            }
        }
        Ok(())
    }
}

/// Days while they are counted.
pub(super) struct Gathered {
    span: Span,
    days: Vec<Day>,
    competencies: Names,
    signals: Names,
}

/// Names in the order in which they were met; the case does not tell them apart.
#[derive(Default)]
struct Names {
    all: Vec<String>,
    places: HashMap<String, usize>,
}

impl Names {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let same = |other: &String| other.eq_ignore_ascii_case(name);
        let place = self.all.iter().position(same).unwrap_or_else(|| {
            self.all.push(name.to_owned());
            self.all.len() - 1
        });
        self.places.insert(name.to_owned(), place);
        place
    }
}

impl Gathered {
    /// The days of a span, with nothing in them.
    pub(super) fn of(span: Span) -> Self {
        Self {
            span,
            days: span.dates().map(Day::empty).collect(),
            competencies: Names::default(),
            signals: Names::default(),
        }
    }

    fn on(&mut self, date: NaiveDate) -> Option<&mut Day> {
        let place = date.signed_duration_since(self.span.first).num_days();
        self.days.get_mut(usize::try_from(place).ok()?)
    }

    fn at(&mut self, seq: Seq) -> Option<&mut Day> {
        self.on(seq.shift_date()?)
    }

    fn name(&mut self, seq: Seq, name: &str, is_signal: bool) {
        let names = if is_signal {
            &mut self.signals
        } else {
            &mut self.competencies
        };
        let place = names.place(name);
        if let Some(day) = self.at(seq) {
            let counts = if is_signal {
                &mut day.signals
            } else {
                &mut day.competencies
            };
            count(counts, place, 1);
        }
    }

    /// Takes over days of which nothing was counted yet. Names keep the order in which they were
    /// met if the days do.
    pub(super) fn take(&mut self, days: Days) {
        let competencies: Vec<usize> = days
            .competencies
            .iter()
            .map(|id| self.competencies.place(id.as_str()))
            .collect();
        let signals: Vec<usize> = days
            .signals
            .iter()
            .map(|signal| self.signals.place(signal.as_str()))
            .collect();
        let renamed = |counts: &[(usize, u32)], places: &[usize]| {
            let mut renamed = Vec::with_capacity(counts.len());
            for (place, times) in counts {
                if let Some(place) = places.get(*place) {
                    count(&mut renamed, *place, *times);
                }
            }
            renamed
        };
        for mut day in days.days {
            day.competencies = renamed(&day.competencies, &competencies);
            day.signals = renamed(&day.signals, &signals);
            if let Some(place) = self.on(day.date) {
                *place = day;
            }
        }
    }

    pub(super) fn done(self) -> Days {
        let signals = self.signals.all.iter().filter_map(|name| Signal::new(name));
        Days {
            days: self
                .days
                .into_iter()
                .filter(|day| !day.is_empty())
                .collect(),
            competencies: self
                .competencies
                .all
                .into_iter()
                .map(CompetencyId::new)
                .collect(),
            signals: signals.collect(),
        }
    }
}

fn count(counts: &mut Vec<(usize, u32)>, place: usize, times: u32) {
    if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == place) {
        *count += times;
    } else {
        counts.push((place, times));
    }
}
