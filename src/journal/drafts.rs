//! Drafts: proposed, kept while typing, offered again after a crash.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::reading::sound;
use super::rotations::rotation_on;
use super::{Journal, JournalError};
use crate::domain::calendar::Week;
use crate::domain::competency::MAX_PER_REFLECTION;
use crate::domain::draft::{Draft, Due};
use crate::domain::id::{DraftId, ReflectionId, SessionId};
use crate::domain::prose::Prose;
use crate::domain::reflection::Period;
use crate::domain::shift::{self, LastEntry, ShiftKind};
use crate::domain::template::TemplateId;
use crate::store::{StoreError, Tables, ids};

/// A draft that a session left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedDraft {
    /// What was typed.
    pub draft: Draft,
    /// When it was last kept.
    pub kept_at: DateTime<FixedOffset>,
}

/// Days from the last day of a week to that of the next one.
const WEEK_DAYS: u16 = 7;
const PROPOSING: &str = "preparing the form";
const KEEPING: &str = "keeping the draft";

impl Journal {
    /// A draft for a new reflection: shift, date, rotation and due date proposed, template
    /// applied. Nothing is kept yet.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn new_draft(&mut self, template: &TemplateId) -> Result<Draft, JournalError> {
        let now = self.now();
        let about_a_shift = template.is_about_a_shift();
        let is_week = *template == TemplateId::WEEK;
        let template = self.catalog.template(template);
        let rules = &self.rules;
        let (shift, shift_date, rotation) =
            self.store.read::<_, StoreError>(PROPOSING, |tables| {
                let shift = if about_a_shift {
                    shift::suggest(now, last_entry(tables)?)
                } else {
                    ShiftKind::Off
                };
                let date = shift::default_date(now, shift, rules.day_starts);
                let date = if is_week {
                    Week::of(date, rules.week_starts).last()
                } else {
                    date
                };
                Ok((
                    shift,
                    date,
                    rotation_on(tables, &template.id, date)?.unwrap_or_default(),
                ))
            })?;
        let mut competencies = template.competencies;
        competencies.truncate(MAX_PER_REFLECTION);
        Ok(Draft {
            id: DraftId::new(ids::fresh(now)),
            editing: None,
            started_at: now,
            template: template.id,
            template_tags: template.tags,
            went_well: Prose::default(),
            do_differently: Prose::default(),
            try_next: Prose::default(),
            note: Prose::default(),
            shift,
            shift_date,
            date_touched: is_week,
            rotation,
            // What is tried because of a week is the next week's.
            due: Due::After(if is_week { WEEK_DAYS } else { rules.due_days }),
            rotation_touched: false,
            competencies,
            energy: None,
            signals: Vec::new(),
            feedback_from: None,
            period: is_week.then(|| Period::of_week(Week::of(shift_date, rules.week_starts))),
            shared: false,
            follows: None,
        })
    }

    /// A draft that changes a saved reflection. Nothing is kept yet.
    ///
    /// # Errors
    /// [`JournalError::NotFound`]; a damaged reflection is not offered for editing.
    pub fn edit_draft(&mut self, id: ReflectionId) -> Result<Draft, JournalError> {
        let now = self.now();
        self.store.read(PROPOSING, |tables| {
            let kept = sound(tables, id, PROPOSING)?;
            Ok(Draft::of(&kept.entry, DraftId::new(ids::fresh(now)), now))
        })
    }

    /// The rotation proposed for a reflection of that template and shift date; empty if there is
    /// none to propose.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn proposed_rotation(
        &mut self,
        template: &TemplateId,
        shift_date: NaiveDate,
    ) -> Result<String, JournalError> {
        self.store.read(PROPOSING, |tables| {
            Ok(rotation_on(tables, template, shift_date)?.unwrap_or_default())
        })
    }

    /// Keeps a draft on the disk under this session. One that holds nothing to keep is forgotten
    /// instead: an untouched new one, and one that changes nothing in its reflection.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<(), JournalError> {
        let nothing = match draft.editing {
            None => draft.is_untouched(),
            // A reflection that cannot be read is no reason not to keep the text.
            Some(editing) => self
                .entry(editing.id)
                .is_ok_and(|entry| draft.is_unchanged(&entry)),
        };
        if nothing {
            return self.forget_draft(draft.id);
        }
        let now = self.now();
        self.store.show_alive()?;
        self.store
            .write(KEEPING, |tables| Ok(tables.keep_draft(draft, now)?))
    }

    /// Removes a kept draft.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn forget_draft(&mut self, id: DraftId) -> Result<(), JournalError> {
        self.store
            .write("removing the draft", |tables| Ok(tables.remove_draft(id)?))
    }

    /// Drafts of sessions that are not alive any more, and of this one; newest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn offered_drafts(&mut self) -> Result<Vec<OfferedDraft>, JournalError> {
        let (kept, sessions) =
            self.store
                .read::<_, StoreError>("reading the drafts", |tables| {
                    let kept = tables.drafts()?;
                    let mut sessions: Vec<SessionId> =
                        kept.iter().map(|kept| kept.session).collect();
                    sessions.sort_unstable();
                    sessions.dedup();
                    Ok((kept, sessions))
                })?;
        let own = self.store.session();
        let ended = self.store.ended(&sessions);
        let offered = kept
            .into_iter()
            .filter(|kept| kept.session == own || ended.contains(&kept.session))
            .map(|kept| OfferedDraft {
                draft: kept.draft,
                kept_at: kept.kept_at,
            });
        Ok(offered.collect())
    }

    /// Makes a draft of a dead session this session's own, so that no other instance offers it.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] if it was saved or removed meanwhile.
    pub fn adopt_draft(&mut self, id: DraftId) -> Result<(), JournalError> {
        self.store.show_alive()?;
        self.store.write(KEEPING, |tables| {
            if tables.adopt_draft(id)? {
                Ok(())
            } else {
                Err(super::reading::not_found("draft", id.short()))
            }
        })
    }
}

/// The last reflection about a shift, as far as proposing the next one goes.
pub(super) fn last_entry(tables: &Tables<'_>) -> Result<Option<LastEntry>, StoreError> {
    let last = tables.last_shifts()?;
    let about_a_shift = last
        .into_iter()
        .find(|last| last.template.is_about_a_shift());
    Ok(about_a_shift.map(|last| LastEntry {
        shift: last.shift,
        written_at: last.written_at,
    }))
}
