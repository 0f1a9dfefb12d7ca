//! Made-up reflections in bulk: demo journals and benchmarks.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::writing::{free_period, reflection};
use super::{Journal, JournalError};
use crate::domain::calendar::add_days;
use crate::domain::draft::Draft;
use crate::domain::experiment::{Experiment, FOLLOW_UP_DAYS, FollowUp, Outcome};
use crate::domain::goal::Goal;
use crate::domain::id::{DraftId, ExperimentId, ReflectionId, Revision};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Entry, Reflection};
use crate::domain::rotation::Block;
use crate::domain::rules::Rules;
use crate::domain::shift::{ShiftKind, logical_day};
use crate::exchange::sample;
use crate::store::{StoreError, Tables, ids};

/// A reflection that was never written by anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeEntry {
    /// Its text and facts. `id` and `editing` count for nothing here.
    pub draft: Draft,
    /// When it pretends to have been written.
    pub written_at: DateTime<FixedOffset>,
    /// What became of its experiment, if it has one.
    pub outcome: Outcome,
    /// The day of the outcome; the shift date if an outcome has none. Ignored while open.
    pub outcome_date: Option<NaiveDate>,
    /// A line about the outcome.
    pub outcome_note: String,
    /// How often it was asked again a week later.
    pub carried: u32,
    /// The answer to "Still doing it?"; kept only where it helped.
    pub follow_up: Option<FollowUp>,
    /// Tells entries of one corpus apart. Together with `written_at` it decides the ids, so that
    /// the same seed gives the same journal.
    pub number: u64,
}

impl MadeEntry {
    /// An entry of a sample as the journal takes it; the journal makes ids of its own.
    fn of(number: u64, entry: &Entry) -> Self {
        let written_at = entry.reflection.written_at;
        let experiment = entry.experiment.as_ref();
        Self {
            draft: Draft::of(entry, DraftId::new(entry.reflection.id.uuid()), written_at),
            written_at,
            outcome: experiment.map_or(Outcome::Open, |e| e.outcome),
            outcome_date: experiment.and_then(|e| e.outcome_date),
            outcome_note: experiment
                .map_or_else(String::new, |e| e.outcome_note.as_str().to_owned()),
            carried: experiment.map_or(0, |e| e.carried),
            follow_up: experiment.and_then(|e| e.follow_up),
            number,
        }
    }

    /// The entries of a sample, oldest first: a plan that words an earlier one anew follows it in
    /// the journal too.
    pub fn all(sample: impl IntoIterator<Item = Entry>) -> impl Iterator<Item = Self> {
        let mut made = HashMap::new();
        (0..).zip(sample).map(move |(number, entry)| {
            let mut one = Self::of(number, &entry);
            let follows = one.draft.follows;
            one.draft.follows = follows.and_then(|id| made.get(&id).copied());
            if let Some(experiment) = entry.experiment {
                made.insert(experiment.id, one.experiment());
            }
            one
        })
    }

    /// The identity that its experiment gets in the journal.
    fn experiment(&self) -> ExperimentId {
        ExperimentId::new(ids::made(self.written_at, self.number | OF_EXPERIMENT))
    }
}

/// A journal that was never written by anybody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// Its reflections.
    pub entries: Vec<MadeEntry>,
    /// Its goals.
    pub goals: Vec<Goal>,
    /// Its rotations.
    pub rotations: Vec<Block>,
    /// Shift dates of days that were worked and not written about.
    pub logged: Vec<NaiveDate>,
}

impl Made {
    /// The sample that the demo shows, as if it was collected at `now`.
    #[must_use]
    pub fn sample(now: DateTime<FixedOffset>, rules: &Rules) -> Self {
        let today = logical_day(now, rules.day_starts);
        Self {
            entries: MadeEntry::all(sample::entries(now, rules.day_starts)).collect(),
            goals: sample::goals(now, rules),
            rotations: sample::rotations(today),
            logged: sample::logged_days(today),
        }
    }
}

/// Reflections in one transaction.
const CHUNK: usize = 2000;
/// Keeps the numbers of experiments apart from those of reflections.
const OF_EXPERIMENT: u64 = 1 << 63;

impl Journal {
    /// Puts a made-up journal into this one.
    ///
    /// # Errors
    /// As for [`Self::insert_made`] and [`Self::insert_goals`].
    pub fn fill(&mut self, made: &Made) -> Result<(), JournalError> {
        self.insert_made(&made.entries)?;
        self.insert_goals(&made.goals)?;
        for block in &made.rotations {
            self.start_rotation(block.clone())?;
        }
        for date in &made.logged {
            self.log_shift(*date, ShiftKind::Day, true)?;
        }
        Ok(())
    }

    /// Adds made-up reflections, some thousand in a transaction; their ids in the same order.
    ///
    /// # Errors
    /// [`JournalError::Draft`] for the first that could not have been saved; those of earlier
    /// transactions stay.
    pub fn insert_made(&mut self, made: &[MadeEntry]) -> Result<Vec<ReflectionId>, JournalError> {
        let mut ids = Vec::with_capacity(made.len());
        for chunk in made.chunks(CHUNK) {
            self.store.write("writing made-up reflections", |tables| {
                for one in chunk {
                    one.draft.check().map_err(JournalError::Draft)?;
                    ids.push(insert(tables, one)?);
                }
                Ok::<_, JournalError>(())
            })?;
        }
        Ok(ids)
    }
}

fn insert(tables: &Tables<'_>, made: &MadeEntry) -> Result<ReflectionId, StoreError> {
    let id = ReflectionId::new(ids::made(made.written_at, made.number));
    let mut reflection = reflection(&made.draft, id, made.written_at, Revision::FIRST);
    if let Some(period) = reflection.period.take() {
        reflection.period = free_period(tables, &made.draft.template, period, id)?;
    }
    let seq = tables.add_reflection(&reflection)?;
    if !made.draft.try_next.is_empty() {
        tables.set_experiment(seq, Some(&experiment(made, &reflection)))?;
    }
    tables.index(seq)?;
    Ok(id)
}

fn experiment(made: &MadeEntry, reflection: &Reflection) -> Experiment {
    let closed_on = made
        .outcome_date
        .unwrap_or(reflection.shift_date)
        .max(reflection.shift_date);
    let follow_up = made.follow_up.filter(|_| made.outcome == Outcome::Helped);
    Experiment {
        id: made.experiment(),
        reflection: reflection.id,
        text: made.draft.try_next.clone(),
        due: made.draft.due.date(reflection.shift_date),
        outcome: made.outcome,
        outcome_date: (made.outcome != Outcome::Open).then_some(closed_on),
        outcome_note: Prose::new(made.outcome_note.clone()),
        carried: made.carried,
        follow_up,
        follow_up_date: follow_up.map(|_| add_days(closed_on, FOLLOW_UP_DAYS)),
        follows: made.draft.follows,
        revision: Revision::FIRST,
    }
}
