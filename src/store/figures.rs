//! Questions of the reviews and of trends, besides what single days hold ([`super::days`]).

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::{Row, params};
use uuid::Uuid;

use super::experiments::KeptExperiment;
use super::seq::Seq;
use super::summaries::ABOUT_A_SHIFT;
use super::{StoreError, Tables};
use crate::domain::experiment::Outcome;
use crate::domain::figures::{Outcomes, Span};
use crate::domain::id::ReflectionId;
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Period};
use crate::domain::shift::ShiftKind;
use crate::domain::template::TemplateId;
use crate::domain::week::Told;

/// At most this many open experiments are listed.
const MOST_OPEN: usize = 50;

/// Experiments of the days up to one, as the weekly review counts them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoopCounts {
    /// Due in the span, whatever became of them.
    pub due: u32,
    /// Settled in the span.
    pub settled: Outcomes,
    /// Still open, planned by its last day.
    pub open: u32,
    /// Still open and due by its last day.
    pub open_due: u32,
}

impl Tables<'_> {
    /// The first and last day that the journal knows anything of; `None` for an empty one.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn known_days(&self) -> Result<Option<Span>, StoreError> {
        let read = || -> rusqlite::Result<Option<Span>> {
            let end = |order: &str| -> rusqlite::Result<Option<NaiveDate>> {
                let mut statement = self.conn.prepare_cached(&format!(
                    "SELECT seq FROM reflection INDEXED BY reflection_facts \
                     WHERE trashed_at IS NULL ORDER BY seq {order} LIMIT 1"
                ))?;
                let mut rows = statement.query([])?;
                let seq = rows.next()?.map(|row| row.get(0)).transpose()?;
                Ok(seq.map(Seq).and_then(Seq::shift_date))
            };
            let logged = self
                .conn
                .prepare_cached("SELECT min(shift_date), max(shift_date) FROM shift_log")?
                .query_row([], |row| Ok([date(row, 0)?, date(row, 1)?]))?;
            let known = [end("ASC")?, end("DESC")?].into_iter().chain(logged);
            let known: Vec<NaiveDate> = known.flatten().collect();
            let ends = known.iter().min().zip(known.iter().max());
            Ok(ends.map(|(first, last)| Span::new(*first, *last)))
        };
        read().map_err(|error| self.failed(error))
    }

    /// Reflections about shifts of these days, newest first, at most `limit`.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn told(&self, span: Span, limit: Option<usize>) -> Result<Vec<Told>, StoreError> {
        let on_goals = self.on_goals(span)?;
        let read = || -> rusqlite::Result<Vec<Told>> {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT r.seq, r.id, r.shift, r.energy, r.template, r.rotation, r.went_well, \
                 r.do_differently, e.outcome \
                 FROM reflection AS r LEFT JOIN experiment AS e ON e.reflection = r.seq \
                 WHERE r.trashed_at IS NULL AND r.seq BETWEEN ?1 AND ?2 AND r.{ABOUT_A_SHIFT} \
                 ORDER BY r.seq DESC LIMIT ?3"
            ))?;
            let [first, last] = places(span);
            let limit = super::experiments::sql_limit(limit);
            let told = statement.query_map(params![first, last, limit], |row| {
                let seq = row.get(0)?;
                Ok(Told {
                    reflection: ReflectionId::new(Uuid::from_bytes(row.get(1)?)),
                    shift_date: Seq(seq).shift_date().unwrap_or_default(),
                    shift: shift(row, 2)?,
                    energy: energy(row, 3)?,
                    template: TemplateId::new(text(row, 4)?),
                    rotation: text(row, 5)?,
                    went_well: Prose::new(text(row, 6)?),
                    do_differently: Prose::new(text(row, 7)?),
                    outcome: row
                        .get_ref(8)?
                        .as_str_or_null()
                        .ok()
                        .flatten()
                        .map(|id| id.parse().unwrap_or(Outcome::Dropped)),
                    on_a_goal: on_goals.contains(&seq),
                })
            })?;
            told.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The places of these days that name the competency of an active goal.
    fn on_goals(&self, span: Span) -> Result<HashSet<i64>, StoreError> {
        let read = || -> rusqlite::Result<HashSet<i64>> {
            let [first, last] = places(span);
            self.conn
                .prepare_cached(
                    "SELECT c.reflection FROM goal AS g JOIN reflection_competency AS c \
                     ON c.competency = g.competency AND c.reflection BETWEEN ?1 AND ?2 \
                     WHERE g.slot IS NOT NULL",
                )?
                .query_map([first, last], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The experiments of a span: due and settled in it, and still open ones planned by its end.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn loop_counts(&self, span: Span) -> Result<LoopCounts, StoreError> {
        let read = || -> rusqlite::Result<LoopCounts> {
            let mut counts = LoopCounts::default();
            let [first, last] = texts(span);
            // One range of the index for each outcome, since the outcome comes first in it.
            for outcome in Outcome::ALL {
                let due: u32 = self
                    .conn
                    .prepare_cached(
                        "SELECT count(*) FROM experiment INDEXED BY experiment_by_outcome \
                         WHERE trashed = 0 AND outcome = ?1 AND due BETWEEN ?2 AND ?3",
                    )?
                    .query_row(params![outcome.id(), first, last], |row| row.get(0))?;
                counts.due += due;
            }
            let mut statement = self.conn.prepare_cached(
                "SELECT outcome FROM experiment \
                 WHERE trashed = 0 AND outcome_date BETWEEN ?1 AND ?2",
            )?;
            let mut rows = statement.query([&first, &last])?;
            while let Some(row) = rows.next()? {
                counts.settled.add(outcome(row, 0)?, 1);
            }
            (counts.open, counts.open_due) = self
                .conn
                .prepare_cached(
                    "SELECT count(*), count(*) FILTER (WHERE due <= ?2) \
                     FROM experiment INDEXED BY experiment_by_outcome \
                     WHERE trashed = 0 AND outcome = 'open' AND reflection <= ?1",
                )?
                .query_row(params![Seq::last_on(span.last).0, last], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
            Ok(counts)
        };
        read().map_err(|error| self.failed(error))
    }

    /// Open experiments planned by this day, oldest due first, those without a date last and the
    /// newest of them first; at most some dozen.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn open_planned_by(&self, day: NaiveDate) -> Result<Vec<KeptExperiment>, StoreError> {
        let last = Seq::last_on(day);
        let mut open = self.open_by_due_until(last, MOST_OPEN)?;
        if open.len() < MOST_OPEN {
            let left = MOST_OPEN - open.len();
            open.extend(self.open_without_due_until(last, left)?);
        }
        Ok(open)
    }

    /// Where the reflections of these days stand, newest first, with the rotation they name and
    /// their template.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn rotations_named(
        &self,
        span: Span,
    ) -> Result<Vec<(Seq, String, TemplateId)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(Seq, String, TemplateId)>> {
            self.conn
                .prepare_cached(
                    "SELECT seq, rotation, template FROM reflection INDEXED BY reflection_facts \
                     WHERE trashed_at IS NULL AND seq BETWEEN ?1 AND ?2 ORDER BY seq DESC",
                )?
                .query_map(places(span), |row| {
                    let template = TemplateId::new(text(row, 2)?);
                    Ok((Seq(row.get(0)?), text(row, 1)?, template))
                })?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The first and last shift date of the reflections that name this rotation, whatever the case;
    /// and the name as the newest of them writes it.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn days_named(&self, rotation: &str) -> Result<Option<(String, Span)>, StoreError> {
        let read = || -> rusqlite::Result<Option<(String, Span)>> {
            let mut statement = self.conn.prepare_cached(
                "SELECT rotation, min(seq), max(seq) FROM reflection \
                 WHERE trashed_at IS NULL AND rotation <> '' GROUP BY rotation",
            )?;
            let mut found: Option<(String, i64, i64)> = None;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let name = text(row, 0)?;
                if name.trim().to_lowercase() != rotation.trim().to_lowercase() {
                    continue;
                }
                let (first, last) = (row.get(1)?, row.get(2)?);
                found = Some(match found {
                    Some((other, first_of_it, last_of_it)) => {
                        let name = if last > last_of_it { name } else { other };
                        (name, first_of_it.min(first), last_of_it.max(last))
                    }
                    None => (name, first, last),
                });
            }
            Ok(found.and_then(|(name, first, last)| {
                let ends = Seq(first).shift_date().zip(Seq(last).shift_date())?;
                Some((name, Span::new(ends.0, ends.1)))
            }))
        };
        read().map_err(|error| self.failed(error))
    }

    /// The rotation that the newest reflections name, and the first and last shift date of those
    /// that name it without another one between.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn named_last(&self) -> Result<Option<(String, Span)>, StoreError> {
        let read = || -> rusqlite::Result<Option<(String, Span)>> {
            let mut statement = self.conn.prepare_cached(
                "SELECT seq, rotation FROM reflection INDEXED BY reflection_facts \
                 WHERE trashed_at IS NULL AND rotation <> '' ORDER BY seq DESC",
            )?;
            let mut rows = statement.query([])?;
            let mut found: Option<(String, Span)> = None;
            while let Some(row) = rows.next()? {
                let Some(date) = Seq(row.get(0)?).shift_date() else {
                    continue;
                };
                let name = text(row, 1)?;
                match &mut found {
                    None => found = Some((name, Span::new(date, date))),
                    Some((newest, span)) => {
                        if newest.trim().to_lowercase() != name.trim().to_lowercase() {
                            break;
                        }
                        span.first = date;
                    }
                }
            }
            Ok(found)
        };
        read().map_err(|error| self.failed(error))
    }

    /// The review of a period that was saved, outside the trash.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn of_period(
        &self,
        template: &TemplateId,
        period: &Period,
    ) -> Result<Option<ReflectionId>, StoreError> {
        let id: rusqlite::Result<Option<[u8; 16]>> = self
            .conn
            .prepare_cached(
                "SELECT id FROM reflection INDEXED BY reflection_of_period \
                 WHERE template = ?1 AND period = ?2 AND trashed_at IS NULL",
            )
            .and_then(|mut statement| {
                let mut rows = statement.query([template.as_str(), period.as_str()])?;
                rows.next()?.map(|row| row.get(0)).transpose()
            });
        let id = id.map_err(|error| self.failed(error))?;
        Ok(id.map(|bytes| ReflectionId::new(Uuid::from_bytes(bytes))))
    }
}

pub(super) fn places(span: Span) -> [i64; 2] {
    [Seq::first_on(span.first).0, Seq::last_on(span.last).0]
}

pub(super) fn texts(span: Span) -> [String; 2] {
    [span.first.to_string(), span.last.to_string()]
}

fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    Ok(String::from_utf8_lossy(row.get_ref(at)?.as_bytes()?).into_owned())
}

pub(super) fn date(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<NaiveDate>> {
    let text = row.get_ref(at)?.as_str_or_null().ok().flatten();
    Ok(text.and_then(|text| text.parse().ok()))
}

/// One that only a later program knows is a day shift, as when it is read.
pub(super) fn shift(row: &Row<'_>, at: usize) -> rusqlite::Result<ShiftKind> {
    let id = row.get_ref(at)?.as_str().unwrap_or_default();
    Ok(id.parse().unwrap_or(ShiftKind::Day))
}

/// One that only a later program knows is "dropped", as when it is read.
pub(super) fn outcome(row: &Row<'_>, at: usize) -> rusqlite::Result<Outcome> {
    let id = row.get_ref(at)?.as_str().unwrap_or_default();
    Ok(id.parse().unwrap_or(Outcome::Dropped))
}

pub(super) fn energy(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Energy>> {
    let level: Option<u8> = row.get(at)?;
    Ok(level.and_then(Energy::new))
}
