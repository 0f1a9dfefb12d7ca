//! A reflection being written: everything typed so far, checked only when it is saved.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::competency::{CompetencyId, MAX_PER_REFLECTION};
use super::id::{DraftId, ExperimentId, ReflectionId, Revision};
use super::prose::{MAX_FIELD_BYTES, Prose};
use super::reflection::{Energy, Entry, Field, Period, Role, Signal};
use super::shift::ShiftKind;
use super::tag::{MAX_PER_REFLECTION as MAX_TAGS, Tag, tags_in};
use super::template::TemplateId;
use super::{calendar, experiment, rotation};

/// When an experiment is due, as the form has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// So many days after the shift date; moves along when the shift date is changed.
    After(u16),
    /// On this date.
    On(NaiveDate),
    /// No date.
    Never,
}

impl Due {
    /// The date it means for a reflection of this shift date.
    #[must_use]
    pub fn date(self, shift_date: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::After(days) => Some(calendar::add_days(shift_date, i64::from(days))),
            Self::On(date) => Some(date),
            Self::Never => None,
        }
    }
}

impl Default for Due {
    fn default() -> Self {
        Self::After(experiment::DEFAULT_DUE_DAYS)
    }
}

/// The saved reflection that a draft changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Editing {
    /// Which one.
    pub id: ReflectionId,
    /// The revision the draft started from.
    pub revision: Revision,
}

/// A reflection being written or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Identity of the draft itself.
    pub id: DraftId,
    /// The reflection it changes; `None` for a new one.
    pub editing: Option<Editing>,
    /// When writing began.
    pub started_at: DateTime<FixedOffset>,
    /// Which prompts are shown.
    pub template: TemplateId,
    /// The tags that the template gives; kept apart from those in the text.
    pub template_tags: Vec<Tag>,
    /// Text of "Went well".
    pub went_well: Prose,
    /// Text of "Do differently".
    pub do_differently: Prose,
    /// Text of "Try next".
    pub try_next: Prose,
    /// Text of the note line.
    pub note: Prose,
    /// The kind of shift.
    pub shift: ShiftKind,
    /// The date the shift began.
    pub shift_date: NaiveDate,
    /// Whether the writer chose the date; if not, changing the shift computes it anew.
    pub date_touched: bool,
    /// The rotation; empty if none.
    pub rotation: String,
    /// Whether the writer chose the rotation; if not, it is proposed anew for another date.
    pub rotation_touched: bool,
    /// When the experiment is due.
    pub due: Due,
    /// Competencies chosen.
    pub competencies: Vec<CompetencyId>,
    /// Energy, where it was said.
    pub energy: Option<Energy>,
    /// Stress signals chosen.
    pub signals: Vec<Signal>,
    /// Whose feedback it is about.
    pub feedback_from: Option<Role>,
    /// What it is the review of.
    pub period: Option<Period>,
    /// Whether it may appear in full in an export.
    pub shared: bool,
    /// The experiment that this "try next" rewords.
    pub follows: Option<ExperimentId>,
}

/// Something in the form that cannot be saved as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Nothing was written in any field.
    #[error("nothing is written yet: any one field is enough")]
    Empty,
    /// A field holds only white space.
    #[error("{} holds only spaces: write something or clear it", .0.label())]
    Blank(Field),
    /// A field is longer than [`MAX_FIELD_BYTES`].
    #[error("{} is {} KiB long; a field holds {} KiB", .field.label(), .bytes.div_ceil(1024), MAX_FIELD_BYTES / 1024)]
    TooLong {
        /// Which one.
        field: Field,
        /// Its length in bytes of UTF-8.
        bytes: usize,
    },
    /// A field holds a NUL character, which other SQLite tools would cut the text at.
    #[error("{} holds a NUL character, which cannot be kept: remove it", .0.label())]
    Nul(Field),
    /// More competencies than one reflection takes.
    #[error("{0} competencies: a reflection has at most {MAX_PER_REFLECTION}")]
    TooManyCompetencies(usize),
    /// More tags than one reflection takes, those in the text included.
    #[error("{0} tags: a reflection has at most {MAX_TAGS}")]
    TooManyTags(usize),
    /// The rotation's name does not fit.
    #[error(transparent)]
    Rotation(#[from] rotation::NameError),
    /// The shift date is in no calendar year that a journal holds.
    #[error("the shift date is outside the years 1900 to 2200")]
    DateOutOfRange,
    /// The experiment is due before the shift it grew out of.
    #[error("the due date is before the shift")]
    DueBeforeShift,
}

impl DraftError {
    /// The field the error belongs to, for showing it there.
    #[must_use]
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Blank(field) | Self::TooLong { field, .. } | Self::Nul(field) => Some(*field),
            Self::DueBeforeShift => Some(Field::TryNext),
            Self::Empty
            | Self::TooManyCompetencies(_)
            | Self::TooManyTags(_)
            | Self::Rotation(_)
            | Self::DateOutOfRange => None,
        }
    }
}

impl Draft {
    /// A draft that changes a saved reflection.
    #[must_use]
    pub fn of(entry: &Entry, id: DraftId, now: DateTime<FixedOffset>) -> Self {
        let r = &entry.reflection;
        let experiment = entry.experiment.as_ref();
        let texts = Field::ALL.map(|field| entry.text(field));
        let in_text: Vec<Tag> = texts.iter().flat_map(|text| tags_in(text)).collect();
        Self {
            id,
            editing: Some(Editing {
                id: r.id,
                revision: r.revision,
            }),
            started_at: now,
            template: r.template.clone(),
            template_tags: r
                .tags
                .iter()
                .filter(|tag| !in_text.contains(tag))
                .cloned()
                .collect(),
            went_well: r.went_well.clone(),
            do_differently: r.do_differently.clone(),
            try_next: experiment.map(|e| e.text.clone()).unwrap_or_default(),
            note: r.note.clone(),
            shift: r.shift,
            shift_date: r.shift_date,
            date_touched: true,
            rotation: r.rotation.clone(),
            rotation_touched: true,
            due: experiment.map_or_else(Due::default, |e| e.due.map_or(Due::Never, Due::On)),
            competencies: r.competencies.clone(),
            energy: r.energy,
            signals: r.signals.clone(),
            feedback_from: r.feedback_from,
            period: r.period.clone(),
            shared: r.shared,
            follows: experiment.and_then(|e| e.follows),
        }
    }

    /// The text of a field.
    #[must_use]
    pub const fn text(&self, field: Field) -> &Prose {
        match field {
            Field::WentWell => &self.went_well,
            Field::DoDifferently => &self.do_differently,
            Field::TryNext => &self.try_next,
            Field::Note => &self.note,
        }
    }

    /// The text of a field, to change it.
    pub const fn text_mut(&mut self, field: Field) -> &mut Prose {
        match field {
            Field::WentWell => &mut self.went_well,
            Field::DoDifferently => &mut self.do_differently,
            Field::TryNext => &mut self.try_next,
            Field::Note => &mut self.note,
        }
    }

    /// Whether no field holds a single character: such a form is never kept or saved.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        Field::ALL
            .into_iter()
            .all(|field| self.text(field).is_empty())
    }

    /// Whether saving it would change nothing in the reflection it was made of.
    #[must_use]
    pub fn is_unchanged(&self, entry: &Entry) -> bool {
        *self == Self::of(entry, self.id, self.started_at)
    }

    /// The tags a reflection of this draft has: the template's, then those in the text.
    #[must_use]
    pub fn tags(&self) -> Vec<Tag> {
        let mut tags = self.template_tags.clone();
        for tag in Field::ALL
            .into_iter()
            .flat_map(|field| tags_in(self.text(field)))
        {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }

    /// Checks everything that must hold before it can be saved.
    ///
    /// # Errors
    /// Every [`DraftError`] there is, in the order of the form.
    pub fn check(&self) -> Result<(), Vec<DraftError>> {
        let mut errors = Vec::new();
        if self.is_untouched() {
            errors.push(DraftError::Empty);
        }
        for field in Field::ALL {
            let text = self.text(field);
            if text.len() > MAX_FIELD_BYTES {
                errors.push(DraftError::TooLong {
                    field,
                    bytes: text.len(),
                });
            } else if text.contains('\0') {
                errors.push(DraftError::Nul(field));
            } else if !text.is_empty() && text.is_blank() {
                errors.push(DraftError::Blank(field));
            }
        }
        if self.competencies.len() > MAX_PER_REFLECTION {
            errors.push(DraftError::TooManyCompetencies(self.competencies.len()));
        }
        let tags = self.tags().len();
        if tags > MAX_TAGS {
            errors.push(DraftError::TooManyTags(tags));
        }
        // A change may keep the name that the reflection has.
        if self.editing.is_none()
            && let Err(error) = rotation::name(&self.rotation)
        {
            errors.push(error.into());
        }
        if !(calendar::FIRST_DATE..=calendar::LAST_DATE).contains(&self.shift_date) {
            errors.push(DraftError::DateOutOfRange);
        }
        let due = self.due.date(self.shift_date);
        if !self.try_next.is_empty() && due.is_some_and(|due| due < self.shift_date) {
            errors.push(DraftError::DueBeforeShift);
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}
