//! The trash, and taking one change of this session back.

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::experiments::{of_reflection, settle};
use super::goals::GoalUndo;
use super::reading::{not_found, sound};
use super::writing::{free_period, next, replace};
use super::{Journal, JournalError};
use crate::domain::calendar::short_date;
use crate::domain::detail::Detail;
use crate::domain::experiment::Experiment;
use crate::domain::id::{ExperimentId, ReflectionId, RotationId};
use crate::domain::reflection::{Entry, Reflection};
use crate::domain::rotation::{Block, Rotation};
use crate::domain::shift::{ShiftKind, describe};
use crate::store::{Gone, Kept, StoreError, Tables};

/// What emptying the trash did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Purged {
    /// Reflections deleted for good.
    pub count: usize,
    /// Goals deleted for good.
    pub goals: usize,
    /// Rotations deleted for good.
    pub rotations: usize,
    /// Whether the file could not be cleaned because another program is reading what was deleted.
    /// It is cleaned when that program is closed.
    pub is_held: bool,
    /// Files of earlier days that the words may still be in.
    pub left: Vec<PathBuf>,
}

impl Purged {
    /// How many things were deleted for good.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.count + self.goals + self.rotations
    }

    /// Where the words may still be, if anywhere.
    #[must_use]
    pub fn remains(&self) -> Option<String> {
        let mut sentences = Vec::new();
        if self.is_held {
            sentences.push(
                "Another program still reads the old pages: the words leave the file when it is closed."
                    .to_owned(),
            );
        }
        if !self.left.is_empty() {
            let left: Vec<String> = self.left.iter().map(|p| p.display().to_string()).collect();
            sentences.push(format!(
                "The words may still be in {}: remove what you do not need.",
                left.join(", ")
            ));
        }
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}

/// How to take one change back. Made by the journal, used once, lives as long as the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// A new reflection was saved: put it into the trash.
    Saved(ReflectionId),
    /// The same, and it reworded an open experiment: that one is open again.
    Reworded(ReflectionId, Box<Experiment>),
    /// A reflection was changed: put the former text back.
    Edited(Box<Entry>),
    /// A reflection was put into the trash: take it out.
    Trashed(ReflectionId),
    /// A reflection was taken out of the trash: put it back.
    Restored(ReflectionId),
    /// An experiment was answered: put the former answer back.
    Answered(Box<Experiment>),
    /// One detail was set: say again what it said.
    Detail(ReflectionId, Detail),
    /// The sharing mark was changed: set it to this.
    Shared(ReflectionId, bool),
    /// Something was done with a goal.
    Goal(GoalUndo),
    /// A rotation was begun: put it into the trash.
    RotationStarted(RotationId),
    /// A rotation was changed: put it back as it was, if it still is as the change left it.
    RotationChanged {
        /// As it was.
        former: Box<Rotation>,
        /// What the change made of it.
        left: Box<Block>,
    },
    /// A rotation was put into the trash: take it out.
    RotationTrashed(RotationId),
    /// A rotation was taken out of the trash: put it back.
    RotationRestored(RotationId),
    /// A shift was logged or taken out of the log: make it as it was.
    Logged {
        /// The date of the shift.
        date: NaiveDate,
        /// Its kind.
        shift: ShiftKind,
        /// Whether it was in the log.
        was_logged: bool,
    },
}

/// What taking a change back did, for saying so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// One sentence: "Took the reflection of Tue 11 Nov out of the trash."
    pub sentence: String,
    /// The reflection it was about, if it was about one.
    pub reflection: Option<ReflectionId>,
}

const TRASHING: &str = "moving the reflection to the trash";
const RESTORING: &str = "taking the reflection out of the trash";
const UNDOING: &str = "taking the change back";

impl Journal {
    /// Puts a reflection into the trash; its experiment goes along.
    ///
    /// # Errors
    /// [`JournalError::NotFound`], or if the journal cannot be written.
    pub fn trash(&mut self, id: ReflectionId) -> Result<Undo, JournalError> {
        self.move_to_trash(id)?;
        Ok(Undo::Trashed(id))
    }

    /// Takes a reflection out of the trash.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] if it is not there.
    pub fn restore(&mut self, id: ReflectionId) -> Result<Undo, JournalError> {
        self.take_out_of_trash(id)?;
        Ok(Undo::Restored(id))
    }

    /// Deletes everything in the trash for good. Backups are replaced by one new one, so that the
    /// text is not in them either.
    ///
    /// # Errors
    /// If the journal cannot be written; then nothing was deleted.
    pub fn empty_trash(&mut self) -> Result<Purged, JournalError> {
        let gone = self
            .store
            .write::<_, StoreError>("emptying the trash", |tables| tables.purge(None))?;
        if gone == Gone::default() {
            return Ok(Purged::default());
        }
        let is_held = self.store.empty_log().is_err();
        let mut left = Vec::new();
        if let Some(backups) = self.backups_here() {
            if backups.replace_all(self.now()).is_err() {
                left.extend(backups.list().into_iter().flatten().map(|old| old.path));
            }
            left.extend(backups.set_aside_earlier().into_iter().flatten());
        }
        Ok(Purged {
            count: gone.reflections,
            goals: gone.goals,
            rotations: gone.rotations,
            is_held,
            left,
        })
    }

    /// Takes one change back.
    ///
    /// # Errors
    /// [`JournalError::Conflict`] if another instance changed the reflection since;
    /// [`JournalError::NotFound`] if it is gone for good.
    pub fn undo(&mut self, undo: Undo) -> Result<Undone, JournalError> {
        let today = self.today();
        let day = |reflection: &Reflection| short_date(reflection.shift_date, today);
        let (sentence, reflection) = match undo {
            Undo::Saved(id) => {
                let entry = self.move_to_trash(id)?;
                let day = day(&entry.reflection);
                (
                    format!("The new reflection of {day} is in the trash."),
                    Some(id),
                )
            }
            Undo::Reworded(id, former) => {
                let (entry, is_open_again) = self.take_rewording_back(id, &former)?;
                let day = day(&entry.reflection);
                let too = if is_open_again {
                    "; the former plan is open again"
                } else {
                    ""
                };
                (
                    format!("The new reflection of {day} is in the trash{too}."),
                    Some(id),
                )
            }
            Undo::Edited(former) => {
                let entry = self.put_back(*former)?;
                let day = day(&entry.reflection);
                (
                    format!("Put the former text of {day} back."),
                    Some(entry.reflection.id),
                )
            }
            Undo::Trashed(id) => {
                let entry = self.take_out_of_trash(id)?;
                let day = day(&entry.reflection);
                (
                    format!("Took the reflection of {day} out of the trash."),
                    Some(id),
                )
            }
            Undo::Restored(id) => {
                let entry = self.move_to_trash(id)?;
                let day = day(&entry.reflection);
                (
                    format!("Put the reflection of {day} back into the trash."),
                    Some(id),
                )
            }
            Undo::Answered(former) => {
                let entry = self.put_answer_back(&former)?;
                let day = day(&entry.reflection);
                let state = former.outcome.name();
                (
                    format!("The experiment of {day} is {state} again."),
                    Some(former.reflection),
                )
            }
            Undo::Detail(id, former) => {
                let (entry, _) = self.set_detail(id, former.clone())?;
                let day = day(&entry.reflection);
                (former.said_again(&day, &self.catalog), Some(id))
            }
            Undo::Shared(id, shared) => {
                self.set_shared(id, shared)?;
                let sentence = if shared {
                    "Marked the reflection for sharing again."
                } else {
                    "Took the mark for sharing off again."
                };
                (sentence.to_owned(), Some(id))
            }
            Undo::Goal(undo) => (self.undo_goal(&undo)?, None),
            Undo::RotationStarted(id) | Undo::RotationRestored(id) => {
                let name = self.move_rotation(id, true)?.name;
                (format!("Put {name} into the trash."), None)
            }
            Undo::RotationTrashed(id) => {
                let name = self.move_rotation(id, false)?.name;
                (format!("Took {name} out of the trash."), None)
            }
            Undo::RotationChanged { former, left } => {
                let again = self.put_rotation_back(&former, &left)?;
                let days = again.days_in_words(today);
                (format!("{} is as it was: {days}.", again.name), None)
            }
            Undo::Logged {
                date,
                shift,
                was_logged,
            } => (self.undo_logging(date, shift, was_logged)?, None),
        };
        Ok(Undone {
            sentence,
            reflection,
        })
    }

    /// Logs a shift again, or takes it out of the log.
    fn undo_logging(
        &mut self,
        date: NaiveDate,
        shift: ShiftKind,
        was_logged: bool,
    ) -> Result<String, JournalError> {
        self.log_shift(date, shift, was_logged)?;
        let words = describe(shift, date, self.today());
        Ok(if was_logged {
            format!("Logged again: {words}.")
        } else {
            format!("No longer logged: {words}.")
        })
    }

    fn move_to_trash(&mut self, id: ReflectionId) -> Result<Entry, JournalError> {
        let now = self.now();
        let entry = self
            .store
            .write(TRASHING, |tables| trashed(tables, id, now))?;
        self.remember(&entry);
        Ok(entry)
    }

    /// Trashes the reflection that reworded an experiment, and opens that one again; says whether
    /// it did: it may be gone for good.
    fn take_rewording_back(
        &mut self,
        id: ReflectionId,
        former: &Experiment,
    ) -> Result<(Entry, bool), JournalError> {
        let now = self.now();
        let (entry, is_open) = self.store.write::<_, JournalError>(UNDOING, |tables| {
            let entry = trashed(tables, id, now)?;
            let Some(present) = tables.experiment(former.id)? else {
                return Ok((entry, false));
            };
            let Some(kept) = tables.reflection(present.experiment.reflection)? else {
                return Ok((entry, false));
            };
            let again = answered_as(former, present.experiment);
            if kept.trashed && kept.sound {
                // What is in the trash is in no index.
                tables.set_experiment(kept.seq, Some(&again))?;
            } else {
                settle(tables, &kept, &again)?;
            }
            Ok((entry, true))
        })?;
        self.remember(&entry);
        Ok((entry, is_open))
    }

    fn take_out_of_trash(&mut self, id: ReflectionId) -> Result<Entry, JournalError> {
        let entry = self
            .store
            .write::<_, JournalError>(RESTORING, |tables| Ok(out_of_trash(tables, id)?.entry))?;
        self.remember(&entry);
        Ok(entry)
    }

    /// Writes the former text as a new revision.
    fn put_back(&mut self, former: Entry) -> Result<Entry, JournalError> {
        let own = self.own_revisions.get(&former.reflection.id).copied();
        let entry = self.store.write(UNDOING, |tables| {
            let kept = sound(tables, former.reflection.id, UNDOING)?;
            let present = kept.entry.reflection.revision;
            if own != Some(present) {
                return Err(JournalError::Conflict {
                    theirs: Box::new(kept.entry),
                });
            }
            let mut entry = former;
            if let Some(period) = entry.reflection.period.take() {
                let template = &entry.reflection.template;
                entry.reflection.period =
                    free_period(tables, template, period, entry.reflection.id)?;
            }
            entry.reflection.revision = next(present);
            if let Some(experiment) = &mut entry.experiment {
                let present = kept.entry.experiment.as_ref();
                experiment.revision = next(present.map_or(experiment.revision, |e| e.revision));
                experiment.follows = free(tables, experiment.follows, experiment.id)?;
            }
            replace(tables, kept.seq, &entry)?;
            Ok(entry)
        })?;
        self.remember(&entry);
        Ok(entry)
    }

    /// Puts back what was answered before, and leaves the text as it is now.
    fn put_answer_back(&mut self, former: &Experiment) -> Result<Entry, JournalError> {
        self.store.write(UNDOING, |tables| {
            let (kept, present) = of_reflection(tables, former.id)?;
            let again = answered_as(former, present.experiment);
            settle(tables, &kept, &again)?;
            Ok(kept.entry)
        })
    }
}

/// The link to the experiment that this one rewords, if that is still there and has no other
/// follower: a link is never a reason not to put a text back.
fn free(
    tables: &Tables<'_>,
    follows: Option<ExperimentId>,
    own: ExperimentId,
) -> Result<Option<ExperimentId>, StoreError> {
    let Some(id) = follows else { return Ok(None) };
    let is_there = tables.experiment(id)?.is_some();
    let follower = tables.follower_of(id)?;
    let is_free = is_there && follower.is_none_or(|follower| follower == own);
    Ok(is_free.then_some(id))
}

/// The present experiment with the answer of before.
fn answered_as(former: &Experiment, present: Experiment) -> Experiment {
    Experiment {
        text: present.text,
        follows: present.follows,
        revision: next(present.revision),
        ..former.clone()
    }
}

/// Puts a reflection into the trash, if it is not there.
fn trashed(
    tables: &Tables<'_>,
    id: ReflectionId,
    now: DateTime<FixedOffset>,
) -> Result<Entry, JournalError> {
    let kept = known(tables, id)?;
    if !kept.trashed && kept.sound {
        tables.unindex(kept.seq)?;
        tables.set_trashed(kept.seq, Some(now))?;
    } else if !kept.trashed {
        tables.set_trashed(kept.seq, Some(now))?;
        tables.index_anew()?;
    }
    Ok(known(tables, id)?.entry)
}

/// Takes a reflection out of the trash.
pub(super) fn out_of_trash(tables: &Tables<'_>, id: ReflectionId) -> Result<Kept, JournalError> {
    let kept = known(tables, id)?;
    if !kept.trashed {
        return Err(not_found("reflection in the trash", id.short()));
    }
    tables.give_up_taken_period(&kept)?;
    tables.set_trashed(kept.seq, None)?;
    tables.index(kept.seq)?;
    known(tables, id)
}

/// The reflection of that id, whatever state its text is in: moving it harms nothing.
fn known(tables: &Tables<'_>, id: ReflectionId) -> Result<Kept, JournalError> {
    tables
        .reflection(id)?
        .ok_or_else(|| not_found("reflection", id.short()))
}
