//! Experiments: one row beside the reflection each grew out of.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::row;
use super::seq::Seq;
use super::{StoreError, Tables};
use crate::domain::experiment::{Experiment, FollowUp};
use crate::domain::id::{ExperimentId, IdSuffix, ReflectionId};
use crate::domain::prose::Prose;

/// An experiment and the shift date of its reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptExperiment {
    /// The experiment.
    pub experiment: Experiment,
    /// The shift date of its reflection.
    pub reflected_on: NaiveDate,
    /// Whether its checksum fits.
    pub sound: bool,
}

impl Tables<'_> {
    /// The largest experiment id there is, in the trash or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn largest_experiment_id(&self) -> Result<Option<Uuid>, StoreError> {
        self.id("SELECT max(id) FROM experiment")
    }

    /// The experiment of that id, in the trash or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn experiment(&self, id: ExperimentId) -> Result<Option<KeptExperiment>, StoreError> {
        let found = self.experiments("", "e.id = ?1", [id.uuid().as_bytes()])?;
        Ok(found.into_iter().next())
    }

    /// The newest experiment outside the trash.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn newest_experiment(&self) -> Result<Option<KeptExperiment>, StoreError> {
        let found = self.experiments("", "+e.trashed = 0 ORDER BY e.id DESC LIMIT 1", [])?;
        Ok(found.into_iter().next())
    }

    /// Open experiments with a due date, oldest due first; up to `until` if that is given.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn open_by_due(
        &self,
        until: Option<NaiveDate>,
        limit: Option<usize>,
    ) -> Result<Vec<KeptExperiment>, StoreError> {
        self.experiments(
            "INDEXED BY experiment_by_outcome",
            "e.trashed = 0 AND e.outcome = 'open' AND e.due > '' AND e.due <= ?1 \
             ORDER BY e.due, e.reflection LIMIT ?2",
            params![
                until.map_or_else(|| "9999".to_owned(), |date| date.to_string()),
                sql_limit(limit)
            ],
        )
    }

    /// Open experiments without a due date, newest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn open_without_due(
        &self,
        limit: Option<usize>,
    ) -> Result<Vec<KeptExperiment>, StoreError> {
        self.experiments(
            "INDEXED BY experiment_by_outcome",
            "e.trashed = 0 AND e.outcome = 'open' AND e.due IS NULL \
             ORDER BY e.reflection DESC LIMIT ?1",
            [sql_limit(limit)],
        )
    }

    /// Open experiments with a due date planned up to this place, oldest due first.
    pub(super) fn open_by_due_until(
        &self,
        last: Seq,
        limit: usize,
    ) -> Result<Vec<KeptExperiment>, StoreError> {
        self.experiments(
            "INDEXED BY experiment_by_outcome",
            "e.trashed = 0 AND e.outcome = 'open' AND e.due > '' AND e.reflection <= ?1 \
             ORDER BY e.due, e.reflection LIMIT ?2",
            params![last.0, sql_limit(Some(limit))],
        )
    }

    /// Open experiments without a due date planned up to this place, newest first.
    pub(super) fn open_without_due_until(
        &self,
        last: Seq,
        limit: usize,
    ) -> Result<Vec<KeptExperiment>, StoreError> {
        self.experiments(
            "INDEXED BY experiment_by_outcome",
            "e.trashed = 0 AND e.outcome = 'open' AND e.due IS NULL AND e.reflection <= ?1 \
             ORDER BY e.reflection DESC LIMIT ?2",
            params![last.0, sql_limit(Some(limit))],
        )
    }

    /// Experiments that helped on or before `until` and were not asked about again, oldest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn to_follow_up(
        &self,
        until: NaiveDate,
        limit: Option<usize>,
    ) -> Result<Vec<KeptExperiment>, StoreError> {
        self.experiments(
            "INDEXED BY experiment_to_follow_up",
            "e.trashed = 0 AND e.outcome = 'helped' AND e.follow_up IS NULL \
             AND e.outcome_date <= ?1 ORDER BY e.outcome_date, e.reflection LIMIT ?2",
            params![until.to_string(), sql_limit(limit)],
        )
    }

    /// Whether an experiment outside the trash rewords this one.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn follower_of(&self, id: ExperimentId) -> Result<Option<ExperimentId>, StoreError> {
        let bytes: Option<[u8; 16]> = self
            .conn
            .prepare_cached("SELECT id FROM experiment WHERE follows = ?1 AND trashed = 0")
            .and_then(|mut statement| {
                statement
                    .query_row([id.uuid().as_bytes()], |row| row.get(0))
                    .optional()
            })
            .map_err(|error| self.failed(error))?;
        Ok(bytes.map(|bytes| ExperimentId::new(Uuid::from_bytes(bytes))))
    }

    /// The experiments whose id, or whose reflection's, ends in these digits, newest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn experiments_ending_in(
        &self,
        suffix: &IdSuffix,
    ) -> Result<Vec<ExperimentId>, StoreError> {
        let mut ids = self.ids_ending_in(
            "SELECT id FROM experiment WHERE substr(id, -3) = ?1 ORDER BY id DESC",
            suffix,
        )?;
        for reflection in self.reflections_ending_in(suffix)? {
            let kept = self.reflection(reflection)?;
            let experiment = kept.and_then(|kept| kept.entry.experiment);
            ids.extend(experiment.map(|experiment| experiment.id.uuid()));
        }
        ids.sort_unstable_by(|a, b| b.cmp(a));
        ids.dedup();
        Ok(ids.into_iter().map(ExperimentId::new).collect())
    }

    /// Writes the experiment of the reflection at `seq`: adds it, replaces it, or removes it.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn set_experiment(
        &self,
        seq: Seq,
        experiment: Option<&Experiment>,
    ) -> Result<(), StoreError> {
        let Some(e) = experiment else {
            self.change(
                "INSERT OR REPLACE INTO deleted (id, kind, deleted_at) \
                 SELECT id, 'experiment', ?2 FROM experiment WHERE reflection = ?1",
                params![seq.0, self.stamp()],
            )?;
            self.change("DELETE FROM experiment WHERE reflection = ?1", [seq.0])?;
            return Ok(());
        };
        self.change(
            "INSERT INTO experiment (reflection, id, revision, due, outcome, outcome_date, \
             carried, follow_up, follow_up_date, follows, outcome_note, text, changed_at, \
             changed_by, trashed, checksum) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, \
             unhex((SELECT value FROM setting WHERE key = 'device'), '-'), \
             (SELECT trashed_at IS NOT NULL FROM reflection WHERE seq = ?1), 0) \
             ON CONFLICT (reflection) DO UPDATE SET id = excluded.id, \
             revision = excluded.revision, due = excluded.due, outcome = excluded.outcome, \
             outcome_date = excluded.outcome_date, carried = excluded.carried, \
             follow_up = excluded.follow_up, follow_up_date = excluded.follow_up_date, \
             follows = excluded.follows, outcome_note = excluded.outcome_note, \
             text = excluded.text, changed_at = excluded.changed_at, \
             changed_by = excluded.changed_by",
            params![
                seq.0,
                e.id.uuid().as_bytes(),
                e.revision.0,
                e.due.map(|date| date.to_string()),
                e.outcome.id(),
                e.outcome_date.map(|date| date.to_string()),
                e.carried,
                e.follow_up.map(FollowUp::id),
                e.follow_up_date.map(|date| date.to_string()),
                e.follows.map(|id| id.uuid().into_bytes()),
                e.outcome_note.as_str(),
                e.text.as_str(),
                self.stamp(),
            ],
        )?;
        // An undo brings back what was deleted.
        self.change(
            "DELETE FROM deleted WHERE id = ?1",
            [e.id.uuid().as_bytes()],
        )?;
        self.seal_experiment(seq)
    }

    /// Writes only what was answered, and the line beside it if there is a new one; leaves the text
    /// and the checksum as they are.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn set_answer(
        &self,
        seq: Seq,
        e: &Experiment,
        new_note: Option<&Prose>,
    ) -> Result<(), StoreError> {
        self.change(
            "UPDATE experiment SET revision = ?2, due = ?3, outcome = ?4, outcome_date = ?5, \
             carried = ?6, follow_up = ?7, follow_up_date = ?8, changed_at = ?9, \
             outcome_note = coalesce(?10, outcome_note), \
             changed_by = unhex((SELECT value FROM setting WHERE key = 'device'), '-') \
             WHERE reflection = ?1",
            params![
                seq.0,
                e.revision.0,
                e.due.map(|date| date.to_string()),
                e.outcome.id(),
                e.outcome_date.map(|date| date.to_string()),
                e.carried,
                e.follow_up.map(FollowUp::id),
                e.follow_up_date.map(|date| date.to_string()),
                self.stamp(),
                new_note.map(Prose::as_str),
            ],
        )?;
        Ok(())
    }

    /// Gives the row the checksum of what it holds now. Last in every change to it.
    fn seal_experiment(&self, seq: Seq) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {} FROM experiment AS e WHERE e.reflection = ?1",
            row::EXPERIMENT
        );
        let checksum = self.conn.prepare_cached(&sql).and_then(|mut statement| {
            statement.query_row([seq.0], |row| row::experiment_checksum(row, 0))
        });
        let checksum = checksum.map_err(|error| self.failed(error))?;
        self.change(
            "UPDATE experiment SET checksum = ?2 WHERE reflection = ?1",
            [seq.0, checksum],
        )?;
        Ok(())
    }

    /// `by` names the index to use where the planner, which knows no counts, would guess wrong.
    fn experiments(
        &self,
        by: &str,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<KeptExperiment>, StoreError> {
        let sql = format!(
            "SELECT r.id, r.seq, {} FROM experiment AS e {by} \
             CROSS JOIN reflection AS r ON r.seq = e.reflection WHERE {condition}",
            row::EXPERIMENT
        );
        let read = || -> rusqlite::Result<Vec<KeptExperiment>> {
            let mut statement = self.conn.prepare_cached(&sql)?;
            let rows = statement.query_map(values, kept_experiment)?;
            rows.filter_map(Result::transpose).collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

fn kept_experiment(row: &Row<'_>) -> rusqlite::Result<Option<KeptExperiment>> {
    let reflection = ReflectionId::new(Uuid::from_bytes(row.get(0)?));
    let seq = Seq(row.get(1)?);
    let experiment = row::experiment(row, 2, reflection)?;
    Ok(experiment.map(|(experiment, sound)| KeptExperiment {
        experiment,
        reflected_on: seq.shift_date().unwrap_or_default(),
        sound,
    }))
}

/// What `LIMIT` takes; negative for no limit.
pub(super) fn sql_limit(limit: Option<usize>) -> i64 {
    limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX))
}
