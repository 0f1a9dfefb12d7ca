//! Templates: the same three fields with other prompts.

use std::borrow::Cow;
use std::fmt;

use super::competency::CompetencyId;
use super::reflection::Field;
use super::tag::Tag;

/// Names a template. Open: an id that no file defines is kept and shown with the field names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemplateId(Cow<'static, str>);

impl TemplateId {
    /// The five-minute entry.
    pub const SHIFT: Self = Self(Cow::Borrowed("shift"));
    /// The weekly review, kept as a reflection.
    pub const WEEK: Self = Self(Cow::Borrowed("week"));
    /// What others said when they were asked.
    pub const FEEDBACK_ASKED: Self = Self(Cow::Borrowed("feedback-asked"));

    /// What to make of a rotation that begins.
    pub const ROTATION_START: Self = Self(Cow::Borrowed("rotation-start"));
    /// What a rotation taught.
    pub const ROTATION_CLOSE: Self = Self(Cow::Borrowed("rotation-close"));
    /// A small test of change.
    pub const CHANGE: Self = Self(Cow::Borrowed("change"));

    /// Wraps a name.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(Cow::Owned(id.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether reflections of this template are about a shift: reviews and meetings count in no
    /// figure about reflections, shifts or energy.
    #[must_use]
    pub fn is_about_a_shift(&self) -> bool {
        !matches!(
            self.as_str(),
            "week" | "rotation-start" | "rotation-close" | "mentor"
        )
    }
}

impl fmt::Display for TemplateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The prompts and defaults of one kind of reflection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its stable name.
    pub id: TemplateId,
    /// What the chooser shows.
    pub title: String,
    /// Prompt beside "Went well".
    pub went_well: String,
    /// Prompt beside "Do differently".
    pub do_differently: String,
    /// Prompt beside "Try next": the beginning of an if-then sentence.
    pub try_next: String,
    /// Prompt of the note line; `None` shows no note line.
    pub note: Option<String>,
    /// Up to five dim lines to think along.
    pub hints: Vec<String>,
    /// Tags a reflection of this template has.
    pub tags: Vec<Tag>,
    /// Competencies a reflection of this template starts with.
    pub competencies: Vec<CompetencyId>,
}

impl Template {
    /// The prompt beside a field; empty where the template has none.
    #[must_use]
    pub fn prompt(&self, field: Field) -> &str {
        match field {
            Field::WentWell => &self.went_well,
            Field::DoDifferently => &self.do_differently,
            Field::TryNext => &self.try_next,
            Field::Note => self.note.as_deref().unwrap_or_default(),
        }
    }

    /// What stands in for a template that no file defines: the field names and no prompts.
    #[must_use]
    pub fn unknown(id: TemplateId) -> Self {
        Self {
            title: id.as_str().to_owned(),
            id,
            went_well: String::new(),
            do_differently: String::new(),
            try_next: String::new(),
            note: Some(String::new()),
            hints: Vec::new(),
            tags: Vec::new(),
            competencies: Vec::new(),
        }
    }
}
