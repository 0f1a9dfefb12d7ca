//! Experiments: what is asked, and what was answered.

use chrono::NaiveDate;

use super::reading::not_found;
use super::{Journal, JournalError, Undo};
use crate::domain::calendar::add_days;
use crate::domain::experiment::{Answer, Experiment, FOLLOW_UP_DAYS, check_note};
use crate::domain::id::{ExperimentId, Revision};
use crate::domain::prose::Prose;
use crate::store::{Cause, Kept, KeptExperiment, StoreError, Tables};

/// An experiment that is asked about, with what the writer needs to remember it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The experiment.
    pub experiment: Experiment,
    /// The shift date of its reflection.
    pub reflected_on: NaiveDate,
    /// Whether the question is "Still doing it?" and not "did you?".
    pub follow_up: bool,
    /// Whether its text is not as it was saved.
    pub damaged: bool,
}

const READING: &str = "reading the experiments";
const ANSWERING: &str = "answering the experiment";

impl Journal {
    /// The newest experiment, open or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn last_experiment(&mut self) -> Result<Option<Experiment>, JournalError> {
        self.store.read(READING, |tables| {
            let newest = tables.newest_experiment()?;
            Ok(newest.map(|kept| kept.experiment))
        })
    }

    /// One experiment.
    ///
    /// # Errors
    /// [`JournalError::NotFound`]; [`Cause::Damaged`] if its text is not as it was saved.
    pub fn experiment(&mut self, id: ExperimentId) -> Result<Experiment, JournalError> {
        self.store.read(READING, |tables| {
            let kept = tables
                .experiment(id)?
                .ok_or_else(|| not_found("experiment", id.short()))?;
            if kept.sound {
                Ok(kept.experiment)
            } else {
                Err(damaged(id, READING).into())
            }
        })
    }

    /// Open experiments, oldest due first, those without a date last; then the questions "Still
    /// doing it?" that are due.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn open_experiments(&mut self) -> Result<Vec<Asked>, JournalError> {
        let today = self.today();
        self.store
            .read(READING, |tables| Ok(open(tables, today, None)?))
    }

    /// What the editor asks first: due experiments and due follow-ups, oldest due first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn due(&mut self) -> Result<Vec<Asked>, JournalError> {
        let today = self.today();
        self.store
            .read(READING, |tables| Ok(due(tables, today, None)?))
    }

    /// Answers an experiment.
    ///
    /// # Errors
    /// [`JournalError::Answer`] if the answer does not fit; [`JournalError::NotFound`] also for an
    /// experiment in the trash.
    pub fn answer(
        &mut self,
        id: ExperimentId,
        answer: Answer,
    ) -> Result<(Experiment, Undo), JournalError> {
        let today = self.today();
        self.change_experiment(id, |experiment, reflected_on| {
            Ok(experiment.answered(answer, today, reflected_on)?)
        })
    }

    /// Puts a line beside an outcome.
    ///
    /// # Errors
    /// [`JournalError::Answer`] if the line does not fit; [`JournalError::NotFound`] also for an experiment in the trash.
    pub fn note_outcome(
        &mut self,
        id: ExperimentId,
        note: &str,
    ) -> Result<(Experiment, Undo), JournalError> {
        check_note(note)?;
        self.change_experiment(id, |experiment, _| {
            Ok(Experiment {
                outcome_note: Prose::new(note),
                ..experiment.clone()
            })
        })
    }

    fn change_experiment(
        &mut self,
        id: ExperimentId,
        change: impl FnOnce(&Experiment, NaiveDate) -> Result<Experiment, JournalError>,
    ) -> Result<(Experiment, Undo), JournalError> {
        self.store.write(ANSWERING, |tables| {
            let (kept, found) = of_reflection(tables, id)?;
            let former = found.experiment;
            let changed = change(&former, kept.entry.reflection.shift_date)?;
            let changed = Experiment {
                revision: Revision(former.revision.0.saturating_add(1)),
                ..changed
            };
            settle(tables, &kept, &changed)?;
            Ok((changed, Undo::Answered(Box::new(former))))
        })
    }
}

/// An experiment outside the trash and the reflection it is part of.
pub(super) fn of_reflection(
    tables: &Tables<'_>,
    id: ExperimentId,
) -> Result<(Kept, KeptExperiment), JournalError> {
    let missing = || not_found("experiment", id.short());
    let found = tables.experiment(id)?.ok_or_else(missing)?;
    let kept = tables
        .reflection(found.experiment.reflection)?
        .filter(|kept| !kept.trashed)
        .ok_or_else(missing)?;
    Ok((kept, found))
}

/// Writes what was answered. A damaged row keeps the checksum that tells of its damage, and what is
/// left of its text.
pub(super) fn settle(
    tables: &Tables<'_>,
    kept: &Kept,
    experiment: &Experiment,
) -> Result<(), StoreError> {
    if !kept.sound {
        let note = &experiment.outcome_note;
        let former = kept.entry.experiment.as_ref();
        let new_note = former.is_none_or(|former| former.outcome_note != *note);
        tables.set_answer(kept.seq, experiment, new_note.then_some(note))?;
        return if new_note {
            tables.index_anew()
        } else {
            Ok(())
        };
    }
    tables.unindex(kept.seq)?;
    tables.set_experiment(kept.seq, Some(experiment))?;
    tables.index(kept.seq)
}

/// Open experiments and due follow-ups, in the order they are shown.
pub(super) fn open(
    tables: &Tables<'_>,
    today: NaiveDate,
    limit: Option<usize>,
) -> Result<Vec<Asked>, StoreError> {
    let dated = tables.open_by_due(None, limit)?;
    let undated = tables.open_without_due(limit)?;
    let mut all: Vec<Asked> = dated.into_iter().chain(undated).map(did_you).collect();
    all.extend(follow_ups(tables, today, limit)?);
    Ok(all)
}

/// What is due today, oldest first.
pub(super) fn due(
    tables: &Tables<'_>,
    today: NaiveDate,
    limit: Option<usize>,
) -> Result<Vec<Asked>, StoreError> {
    let open = tables.open_by_due(Some(today), limit)?;
    let mut all: Vec<Asked> = open.into_iter().map(did_you).collect();
    all.extend(follow_ups(tables, today, limit)?);
    all.sort_by_key(asked_since);
    Ok(all)
}

/// The day from which an experiment is asked about.
pub(super) fn asked_since(asked: &Asked) -> Option<NaiveDate> {
    if asked.follow_up {
        asked
            .experiment
            .outcome_date
            .map(|date| add_days(date, FOLLOW_UP_DAYS))
    } else {
        asked.experiment.due
    }
}

fn follow_ups(
    tables: &Tables<'_>,
    today: NaiveDate,
    limit: Option<usize>,
) -> Result<Vec<Asked>, StoreError> {
    let helped = tables.to_follow_up(add_days(today, -FOLLOW_UP_DAYS), limit)?;
    let asked = |kept: KeptExperiment| Asked {
        follow_up: true,
        ..did_you(kept)
    };
    Ok(helped.into_iter().map(asked).collect())
}

fn did_you(kept: KeptExperiment) -> Asked {
    Asked {
        damaged: !kept.sound,
        experiment: kept.experiment,
        reflected_on: kept.reflected_on,
        follow_up: false,
    }
}

fn damaged(id: ExperimentId, attempt: &'static str) -> StoreError {
    Cause::Damaged {
        what: "experiment",
        id: id.short(),
    }
    .during(attempt)
}
