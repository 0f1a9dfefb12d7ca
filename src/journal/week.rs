//! The weekly review in one go: the figures of the week, and what was written about it.

use chrono::NaiveDate;

use super::{Journal, JournalError};
use crate::domain::draft::Draft;
use crate::domain::id::ReflectionId;
use crate::domain::reflection::{Entry, Period};
use crate::domain::template::TemplateId;
use crate::domain::week::WeekReview;

/// Everything the Review screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekPage {
    /// The figures.
    pub review: WeekReview,
    /// What was written about the week; `None` if nothing was, or if it is damaged.
    pub written: Option<Written>,
}

/// What was written about a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It was saved.
    Saved(Box<Entry>),
    /// It was begun, or changed, and not saved.
    Begun(Box<Draft>),
}

impl Journal {
    /// The review of the week that `date` is in, with what was written about it.
    ///
    /// # Errors
    /// If the journal cannot be read; not if what was written is damaged.
    pub fn week_page(&mut self, date: NaiveDate) -> Result<WeekPage, JournalError> {
        let review = self.week(date)?;
        let written = match self.begun_review(&Period::of_week(review.week), review.saved)? {
            Some(draft) => Some(Written::Begun(Box::new(draft))),
            None => review
                .saved
                .and_then(|id| self.entry(id).ok())
                .map(|entry| Written::Saved(Box::new(entry))),
        };
        Ok(WeekPage { review, written })
    }

    /// The unsaved draft that reviews this week, or that changes its `saved` review.
    pub(super) fn begun_review(
        &mut self,
        period: &Period,
        saved: Option<ReflectionId>,
    ) -> Result<Option<Draft>, JournalError> {
        let is_of_week = |draft: &Draft| match draft.editing {
            Some(editing) => Some(editing.id) == saved,
            None => draft.template == TemplateId::WEEK && draft.period.as_ref() == Some(period),
        };
        let mut drafts = self.offered_drafts()?.into_iter().map(|kept| kept.draft);
        Ok(drafts.find(is_of_week))
    }
}
