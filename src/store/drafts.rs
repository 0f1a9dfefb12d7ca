//! Drafts: what was typed and not saved yet, each under the session that keeps it.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{StoreError, Tables};
use crate::domain::competency::CompetencyId;
use crate::domain::draft::{Draft, Due, Editing};
use crate::domain::id::{DraftId, Revision, SessionId};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Period, Signal};
use crate::domain::tag::Tag;
use crate::domain::template::TemplateId;

/// A draft on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// What was typed.
    pub draft: Draft,
    /// The session that keeps it.
    pub session: SessionId,
    /// When it was last kept.
    pub kept_at: DateTime<FixedOffset>,
}

impl Tables<'_> {
    /// Keeps a draft under this session, over what was kept of it before.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn keep_draft(&self, draft: &Draft, now: DateTime<FixedOffset>) -> Result<(), StoreError> {
        let form = serde_json::to_string(&Form::of(draft))
            .map_err(|error| self.failed(std::io::Error::from(error)))?;
        self.change(
            "INSERT INTO draft (id, session, reflection, kept_at, form) \
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET \
             session = excluded.session, kept_at = excluded.kept_at, form = excluded.form",
            params![
                draft.id.uuid().as_bytes(),
                self.session.uuid().as_bytes(),
                draft.editing.map(|editing| editing.id.uuid().into_bytes()),
                now.to_rfc3339(),
                form,
            ],
        )?;
        Ok(())
    }

    /// Removes a draft; it is no error if there is none.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn remove_draft(&self, id: DraftId) -> Result<(), StoreError> {
        self.change("DELETE FROM draft WHERE id = ?1", [id.uuid().as_bytes()])?;
        Ok(())
    }

    /// Puts a draft under this session; whether there was one.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn adopt_draft(&self, id: DraftId) -> Result<bool, StoreError> {
        let adopted = self.change(
            "UPDATE draft SET session = ?2 WHERE id = ?1",
            [id.uuid().as_bytes(), self.session.uuid().as_bytes()],
        )?;
        Ok(adopted > 0)
    }

    /// Every draft, newest first; one that cannot be read any more is left out, not removed.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn drafts(&self) -> Result<Vec<KeptDraft>, StoreError> {
        let read = || -> rusqlite::Result<Vec<KeptDraft>> {
            let mut statement = self.conn.prepare_cached(
                "SELECT id, session, kept_at, form FROM draft ORDER BY kept_at DESC, id DESC",
            )?;
            let rows = statement.query_map([], |row| {
                let id = DraftId::new(Uuid::from_bytes(row.get(0)?));
                let session = SessionId::new(Uuid::from_bytes(row.get(1)?));
                let kept_at: String = row.get(2)?;
                let form: String = row.get(3)?;
                let draft = serde_json::from_str::<Form>(&form)
                    .ok()
                    .and_then(|form| form.draft(id));
                let kept_at = DateTime::parse_from_rfc3339(&kept_at).ok();
                Ok(draft.zip(kept_at).map(|(draft, kept_at)| KeptDraft {
                    draft,
                    session,
                    kept_at,
                }))
            })?;
            rows.filter_map(Result::transpose).collect()
        };
        let mut drafts = read().map_err(|error| self.failed(error))?;
        drafts.sort_by_key(|kept| std::cmp::Reverse(kept.kept_at));
        Ok(drafts)
    }
}

/// A draft as it is written down. Fields may be added, never renamed: a newer program must read
/// the drafts of an older one.
#[derive(Serialize, Deserialize)]
struct Form {
    editing: Option<(String, u32)>,
    started_at: String,
    template: String,
    template_tags: Vec<String>,
    went_well: String,
    do_differently: String,
    try_next: String,
    note: String,
    shift: String,
    shift_date: String,
    date_touched: bool,
    rotation: String,
    #[serde(default)]
    rotation_touched: bool,
    due: FormDue,
    competencies: Vec<String>,
    energy: Option<u8>,
    signals: Vec<String>,
    feedback_from: Option<String>,
    /// Not in the drafts of the first programs.
    #[serde(default)]
    period: Option<String>,
    shared: bool,
    follows: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FormDue {
    After(u16),
    On(String),
    Never,
}

impl Form {
    fn of(draft: &Draft) -> Self {
        Self {
            editing: draft.editing.map(|e| (e.id.to_string(), e.revision.0)),
            started_at: draft.started_at.to_rfc3339(),
            template: draft.template.to_string(),
            template_tags: strings(&draft.template_tags, Tag::as_str),
            went_well: draft.went_well.to_string(),
            do_differently: draft.do_differently.to_string(),
            try_next: draft.try_next.to_string(),
            note: draft.note.to_string(),
            shift: draft.shift.id().to_owned(),
            shift_date: draft.shift_date.to_string(),
            date_touched: draft.date_touched,
            rotation: draft.rotation.clone(),
            rotation_touched: draft.rotation_touched,
            due: match draft.due {
                Due::After(days) => FormDue::After(days),
                Due::On(date) => FormDue::On(date.to_string()),
                Due::Never => FormDue::Never,
            },
            competencies: strings(&draft.competencies, CompetencyId::as_str),
            energy: draft.energy.map(Energy::level),
            signals: strings(&draft.signals, Signal::as_str),
            feedback_from: draft.feedback_from.map(|role| role.id().to_owned()),
            period: draft
                .period
                .as_ref()
                .map(|period| period.as_str().to_owned()),
            shared: draft.shared,
            follows: draft.follows.map(|id| id.to_string()),
        }
    }

    fn draft(self, id: DraftId) -> Option<Draft> {
        let editing = match self.editing {
            Some((id, revision)) => Some(Editing {
                id: id.parse().ok()?,
                revision: Revision(revision),
            }),
            None => None,
        };
        Some(Draft {
            id,
            editing,
            started_at: DateTime::parse_from_rfc3339(&self.started_at).ok()?,
            template: TemplateId::new(self.template),
            template_tags: self
                .template_tags
                .iter()
                .filter_map(|t| Tag::new(t))
                .collect(),
            went_well: Prose::new(self.went_well),
            do_differently: Prose::new(self.do_differently),
            try_next: Prose::new(self.try_next),
            note: Prose::new(self.note),
            shift: self.shift.parse().ok()?,
            shift_date: self.shift_date.parse().ok()?,
            date_touched: self.date_touched,
            rotation: self.rotation,
            // An earlier program did not say so of a change to a reflection.
            rotation_touched: self.rotation_touched || editing.is_some(),
            due: match self.due {
                FormDue::After(days) => Due::After(days),
                FormDue::On(date) => Due::On(date.parse::<NaiveDate>().ok()?),
                FormDue::Never => Due::Never,
            },
            competencies: self
                .competencies
                .into_iter()
                .map(CompetencyId::new)
                .collect(),
            energy: self.energy.and_then(Energy::new),
            signals: self.signals.iter().filter_map(|s| Signal::new(s)).collect(),
            feedback_from: self.feedback_from.and_then(|role| role.parse().ok()),
            period: self.period.and_then(Period::new),
            shared: self.shared,
            follows: self.follows.and_then(|id| id.parse().ok()),
        })
    }
}

fn strings<T>(all: &[T], text: impl Fn(&T) -> &str) -> Vec<String> {
    all.iter().map(|one| text(one).to_owned()).collect()
}
