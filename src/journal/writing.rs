//! Saving reflections: a draft becomes rows, in one transaction.

use chrono::{DateTime, FixedOffset, NaiveDate, Timelike, Weekday};

use super::reading::sound;
use super::undo::out_of_trash;
use super::{Journal, JournalError, Undo};
use crate::domain::calendar::Week;
use crate::domain::competency::MAX_PER_REFLECTION;
use crate::domain::detail::Detail;
use crate::domain::draft::{Draft, DraftError, Editing};
use crate::domain::experiment::{Answer, Experiment, Outcome};
use crate::domain::id::{ExperimentId, ReflectionId, Revision};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Entry, Period, Reflection};
use crate::domain::template::TemplateId;
use crate::store::{Kept, KeptExperiment, Seq, StoreError, Tables, ids};

/// What saving a draft did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The reflection as it is now.
    pub entry: Entry,
    /// Takes it back.
    pub undo: Undo,
}

/// Days that a reflection stays in the trash.
const TRASH_DAYS: i64 = 30;
const SAVING: &str = "saving the reflection";

impl Journal {
    /// Checks a draft and writes the reflection, its tags and its experiment, and removes the
    /// draft: one transaction.
    ///
    /// A draft of a reflection that was deleted for good meanwhile is saved as a new one.
    ///
    /// # Errors
    /// [`JournalError::Draft`] lists what does not fit; [`JournalError::Conflict`] carries the
    /// other text, and this one is kept as a draft; so it is with [`JournalError::InTrash`].
    pub fn save(&mut self, draft: &Draft) -> Result<Saved, JournalError> {
        self.save_unless(draft, unchanged)
    }

    /// The same for a draft whose reflection somebody put into the trash meanwhile: it comes out of
    /// there, with the text of the draft.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub fn save_out_of_trash(&mut self, draft: &Draft) -> Result<Saved, JournalError> {
        self.save_unless(draft, |tables, editing| match unchanged(tables, editing) {
            Err(JournalError::InTrash { theirs }) => {
                Ok(Some(out_of_trash(tables, theirs.reflection.id)?))
            }
            found => found,
        })
    }

    /// Saves a draft, unless `former` refuses what its reflection is now.
    fn save_unless(
        &mut self,
        draft: &Draft,
        former: impl FnOnce(&Tables<'_>, Editing) -> Result<Option<Kept>, JournalError>,
    ) -> Result<Saved, JournalError> {
        draft.check().map_err(JournalError::Draft)?;
        let moment = Moment {
            now: self.now(),
            today: self.today(),
            week_starts: self.rules.week_starts,
        };
        let saved = self.store.write(SAVING, |tables| {
            let former = match draft.editing {
                Some(editing) => former(tables, editing)?,
                None => None,
            };
            let saved = match former {
                Some(former) => change(tables, draft, former, moment)?,
                None => add(tables, draft, moment)?,
            };
            tables.remove_draft(draft.id)?;
            purge_once_a_day(tables, moment)?;
            Ok(saved)
        });
        if let Err(JournalError::Conflict { .. } | JournalError::InTrash { .. }) = saved {
            self.keep_draft(draft)?;
        }
        let saved = saved?;
        self.remember(&saved.entry);
        Ok(saved)
    }

    /// Sets the sharing mark.
    ///
    /// # Errors
    /// [`JournalError::NotFound`], or if the journal cannot be written.
    pub fn set_shared(&mut self, id: ReflectionId, shared: bool) -> Result<Undo, JournalError> {
        let (former, _) = self.set(id, |reflection| {
            std::mem::replace(&mut reflection.shared, shared)
        })?;
        Ok(Undo::Shared(id, former))
    }

    /// Sets one detail of a saved reflection (a key after saving).
    ///
    /// # Errors
    /// [`JournalError::Draft`] if it is too many competencies; [`JournalError::NotFound`].
    pub fn set_detail(
        &mut self,
        id: ReflectionId,
        detail: Detail,
    ) -> Result<(Entry, Undo), JournalError> {
        let detail = match detail {
            Detail::Competencies(ids) => {
                let ids = each_once(&ids);
                if ids.len() > MAX_PER_REFLECTION {
                    let error = DraftError::TooManyCompetencies(ids.len());
                    return Err(JournalError::Draft(vec![error]));
                }
                Detail::Competencies(ids)
            }
            Detail::Energy(_) | Detail::FeedbackFrom(_) => detail,
        };
        let (former, entry) = self.set(id, |reflection| detail.set_in(reflection))?;
        Ok((entry, Undo::Detail(id, former)))
    }

    /// Changes facts of a reflection that are neither text nor place; what `set` says it was before,
    /// and what it is now.
    fn set<T>(
        &mut self,
        id: ReflectionId,
        set: impl FnOnce(&mut Reflection) -> T,
    ) -> Result<(T, Entry), JournalError> {
        let (former, entry) = self.store.write::<_, JournalError>(SAVING, |tables| {
            let kept = sound(tables, id, SAVING)?;
            let mut entry = kept.entry;
            entry.reflection.revision = next(entry.reflection.revision);
            let former = set(&mut entry.reflection);
            tables.replace_reflection(kept.seq, &entry.reflection)?;
            Ok((former, entry))
        })?;
        self.remember(&entry);
        Ok((former, entry))
    }

    pub(super) fn remember(&mut self, entry: &Entry) {
        let reflection = &entry.reflection;
        self.own_revisions
            .insert(reflection.id, reflection.revision);
    }
}

/// When a change is made: read once, so that all of its rows agree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: DateTime<FixedOffset>,
    pub(super) today: NaiveDate,
    week_starts: Weekday,
}

pub(super) const fn next(revision: Revision) -> Revision {
    Revision(revision.0.saturating_add(1))
}

/// The reflection that a draft changes, if nobody changed it since; `None` if it is gone for good.
fn unchanged(tables: &Tables<'_>, editing: Editing) -> Result<Option<Kept>, JournalError> {
    match tables.reflection(editing.id)? {
        // Deleting is a revision of its own, so its text is the one that the draft began with.
        Some(kept) if kept.trashed && kept.entry.reflection.revision == next(editing.revision) => {
            Err(JournalError::InTrash {
                theirs: Box::new(kept.entry),
            })
        }
        Some(kept) if kept.entry.reflection.revision != editing.revision => {
            Err(JournalError::Conflict {
                theirs: Box::new(kept.entry),
            })
        }
        found => Ok(found),
    }
}

fn add(tables: &Tables<'_>, draft: &Draft, moment: Moment) -> Result<Saved, JournalError> {
    let id = ids::fresh_after(moment.now, tables.largest_reflection_id()?);
    let id = ReflectionId::new(id);
    // Whole seconds are what a person and the order of the journal need.
    let written_at = moment.now.with_nanosecond(0).unwrap_or(moment.now);
    let mut reflection = reflection(draft, id, written_at, Revision::FIRST);
    reflection.period = period(tables, draft, id, moment)?;
    let seq = tables.add_reflection(&reflection)?;
    let (experiment, reworded) = match draft.try_next.as_str() {
        "" => (None, None),
        _ => planned(tables, draft, id, moment)?,
    };
    if experiment.is_some() {
        tables.set_experiment(seq, experiment.as_ref())?;
    }
    tables.index(seq)?;
    Ok(Saved {
        entry: Entry {
            reflection,
            experiment,
        },
        undo: match reworded {
            Some(former) => Undo::Reworded(id, Box::new(former)),
            None => Undo::Saved(id),
        },
    })
}

fn change(
    tables: &Tables<'_>,
    draft: &Draft,
    former: Kept,
    moment: Moment,
) -> Result<Saved, JournalError> {
    let r = &former.entry.reflection;
    let mut reflection = reflection(draft, r.id, r.written_at, next(r.revision));
    reflection.period = period(tables, draft, r.id, moment)?;
    let experiment = match (&former.entry.experiment, draft.try_next.as_str()) {
        (_, "") => None,
        (None, _) => planned(tables, draft, r.id, moment)?.0,
        (Some(present), _) => Some(Experiment {
            text: draft.try_next.clone(),
            due: draft.due.date(draft.shift_date),
            revision: next(present.revision),
            ..present.clone()
        }),
    };
    let entry = Entry {
        reflection,
        experiment,
    };
    replace(tables, former.seq, &entry)?;
    Ok(Saved {
        entry,
        undo: Undo::Edited(Box::new(former.entry)),
    })
}

/// What a draft is the review of; of the template `week`, where nothing else is said, the week of its
/// shift date.
///
/// Given up where another reflection reviews the same: that is never a reason not to save.
fn period(
    tables: &Tables<'_>,
    draft: &Draft,
    id: ReflectionId,
    moment: Moment,
) -> Result<Option<Period>, StoreError> {
    let by_date = || Period::of_week(Week::of(draft.shift_date, moment.week_starts));
    let said = draft.period.clone();
    let wanted = said.or_else(|| (draft.template == TemplateId::WEEK).then(by_date));
    match wanted {
        Some(period) => free_period(tables, &draft.template, period, id),
        None => Ok(None),
    }
}

/// The period, unless another reflection of the template reviews it.
pub(super) fn free_period(
    tables: &Tables<'_>,
    template: &TemplateId,
    period: Period,
    id: ReflectionId,
) -> Result<Option<Period>, StoreError> {
    let present = tables.of_period(template, &period)?;
    Ok(present.is_none_or(|other| other == id).then_some(period))
}

/// Writes a whole entry over the one at `seq`, search index included.
pub(super) fn replace(tables: &Tables<'_>, seq: Seq, entry: &Entry) -> Result<(), StoreError> {
    tables.unindex(seq)?;
    let seq = tables.replace_reflection(seq, &entry.reflection)?;
    tables.set_experiment(seq, entry.experiment.as_ref())?;
    tables.index(seq)
}

/// The experiment that a draft plans. If it rewords an open one, that one is dropped and comes
/// back as it was, for the undo.
///
/// What another instance reworded meanwhile is reworded from there, so that one plan is not open
/// twice. The link is given up where the reworded one is gone: a link is never a reason not to save.
fn planned(
    tables: &Tables<'_>,
    draft: &Draft,
    reflection: ReflectionId,
    moment: Moment,
) -> Result<(Option<Experiment>, Option<Experiment>), JournalError> {
    let (follows, reworded) = match draft.follows {
        Some(reworded) => reword(tables, reworded, moment)?,
        None => (None, None),
    };
    let id = ids::fresh_after(moment.now, tables.largest_experiment_id()?);
    let experiment = Experiment {
        id: ExperimentId::new(id),
        reflection,
        text: draft.try_next.clone(),
        due: draft.due.date(draft.shift_date),
        outcome: Outcome::Open,
        outcome_date: None,
        outcome_note: Prose::default(),
        carried: 0,
        follow_up: None,
        follow_up_date: None,
        follows,
        revision: Revision::FIRST,
    };
    Ok((Some(experiment), reworded))
}

/// The link to the newest wording of the reworded experiment, and what that was if it had to be
/// dropped.
fn reword(
    tables: &Tables<'_>,
    id: ExperimentId,
    moment: Moment,
) -> Result<(Option<ExperimentId>, Option<Experiment>), JournalError> {
    let Some(found) = newest_wording(tables, id)?.filter(|found| found.sound) else {
        return Ok((None, None));
    };
    let id = found.experiment.id;
    let former = found.experiment;
    if former.outcome != Outcome::Open {
        return Ok((Some(id), None));
    }
    let dropped = former.answered(
        Answer::Outcome(Outcome::Dropped),
        moment.today,
        found.reflected_on,
    )?;
    let dropped = Experiment {
        revision: next(former.revision),
        ..dropped
    };
    if let Some(kept) = tables.reflection(former.reflection)? {
        tables.set_experiment(kept.seq, Some(&dropped))?;
    }
    Ok((Some(id), Some(former)))
}

/// The last of the experiments that reword this one, or it itself; `None` if it is gone, or if a file
/// that was changed by hand has no last one.
fn newest_wording(
    tables: &Tables<'_>,
    id: ExperimentId,
) -> Result<Option<KeptExperiment>, StoreError> {
    let mut wordings = vec![id];
    let mut last = id;
    while let Some(next) = tables.follower_of(last)? {
        if wordings.contains(&next) {
            return Ok(None);
        }
        wordings.push(next);
        last = next;
    }
    tables.experiment(last)
}

/// What a draft says, as a reflection.
pub(super) fn reflection(
    draft: &Draft,
    id: ReflectionId,
    written_at: DateTime<FixedOffset>,
    revision: Revision,
) -> Reflection {
    Reflection {
        id,
        written_at,
        shift_date: draft.shift_date,
        shift: draft.shift,
        rotation: draft.rotation.trim().to_owned(),
        template: draft.template.clone(),
        went_well: draft.went_well.clone(),
        do_differently: draft.do_differently.clone(),
        note: draft.note.clone(),
        competencies: each_once(&draft.competencies),
        tags: draft.tags(),
        energy: draft.energy,
        signals: each_once(&draft.signals),
        feedback_from: draft.feedback_from,
        period: draft.period.clone(),
        shared: draft.shared,
        revision,
    }
}

fn each_once<T: Clone + PartialEq>(all: &[T]) -> Vec<T> {
    let mut once = Vec::with_capacity(all.len());
    for one in all {
        if !once.contains(one) {
            once.push(one.clone());
        }
    }
    once
}

/// Empties the trash of what has been there for thirty days, with the first save of a day.
fn purge_once_a_day(tables: &Tables<'_>, moment: Moment) -> Result<(), StoreError> {
    let today = moment.today.to_string();
    if tables.setting("purged_on")?.as_deref() == Some(today.as_str()) {
        return Ok(());
    }
    tables.purge(Some(moment.now - chrono::TimeDelta::days(TRASH_DAYS)))?;
    tables.set_setting("purged_on", &today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::Query;
    use crate::journal::{Options, Place};
    use crate::store::Cause;

    #[test]
    fn a_full_disk_refuses_the_save_and_keeps_the_draft_and_all_that_was_acknowledged() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("journal.db"));
        let mut journal = Journal::open(&place, Options::default()).unwrap();
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        draft.went_well = Prose::new("acknowledged");
        journal.save(&draft).unwrap();
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        draft.went_well = Prose::new("word ".repeat(10_000));
        journal.keep_draft(&draft).unwrap();

        journal.store.fill_disk();
        let refused = journal.save(&draft);
        assert!(
            matches!(
                &refused,
                Err(JournalError::Store(error)) if matches!(error.cause, Cause::DiskFull)
            ),
            "{refused:?}"
        );
        drop(journal);

        let mut journal = Journal::open(&place, Options::default()).unwrap();
        let list = journal.list(&Query::default(), None).unwrap();
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].reflection.went_well.as_str(), "acknowledged");
        assert_eq!(journal.offered_drafts().unwrap()[0].draft, draft);
        assert!(journal.examine().unwrap().is_sound());
    }
}
