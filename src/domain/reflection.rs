//! Reflections: what a resident writes after a shift.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::calendar::Week;
use super::competency::CompetencyId;
use super::experiment::Experiment;
use super::id::{ReflectionId, Revision};
use super::prose::Prose;
use super::shift::ShiftKind;
use super::tag::Tag;
use super::template::TemplateId;

/// A text field of a reflection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What went well.
    WentWell,
    /// What to do differently.
    DoDifferently,
    /// What to try next; kept as an experiment.
    TryNext,
    /// One optional line more, where the template asks for it.
    Note,
}

impl Field {
    /// Every field, in the order they are shown.
    pub const ALL: [Self; 4] = [
        Self::WentWell,
        Self::DoDifferently,
        Self::TryNext,
        Self::Note,
    ];

    /// The fixed label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::WentWell => "Went well",
            Self::DoDifferently => "Do differently",
            Self::TryNext => "Try next",
            Self::Note => "Note",
        }
    }

    /// The stable word used in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::WentWell => "went_well",
            Self::DoDifferently => "do_differently",
            Self::TryNext => "try_next",
            Self::Note => "note",
        }
    }
}

/// How much energy was left, 1 (empty) to 5 (full). Own words, not a validated scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Energy(u8);

impl Energy {
    /// The level, if it is 1 to 5.
    #[must_use]
    pub const fn new(level: u8) -> Option<Self> {
        match level {
            1..=5 => Some(Self(level)),
            _ => None,
        }
    }

    /// 1 to 5.
    #[must_use]
    pub const fn level(self) -> u8 {
        self.0
    }
}

/// A stress signal noticed: a word of the writer's own short list ("jaw").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signal(String);

impl Signal {
    /// The list until the writer changes it.
    pub const DEFAULTS: [&'static str; 5] = [
        "jaw",
        "fast speech",
        "irritability",
        "shallow breath",
        "withdrawal",
    ];

    /// The word, trimmed and in lower case; `None` if nothing is left.
    #[must_use]
    pub fn new(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        (!word.is_empty()).then_some(Self(word))
    }

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The role of a person who gave feedback. A role, never a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A nurse.
    Nurse,
    /// A co-resident.
    Peer,
    /// An attending or supervisor.
    Attending,
    /// A student.
    Student,
    /// A patient or a relative.
    Patient,
    /// Anybody else.
    Other,
}

impl Role {
    /// Every role, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Nurse,
        Self::Peer,
        Self::Attending,
        Self::Student,
        Self::Patient,
        Self::Other,
    ];

    /// The stable word used in files and tags.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nurse => "nurse",
            Self::Peer => "peer",
            Self::Attending => "attending",
            Self::Student => "student",
            Self::Patient => "patient",
            Self::Other => "other",
        }
    }
}

impl Reflection {
    /// Whose feedback it is about; `None` if it is the writer's own view.
    #[must_use]
    pub fn giver(&self) -> Option<Giver> {
        Giver::of(&self.template, self.feedback_from)
    }
}

/// Who gave the feedback that a reflection is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giver {
    /// Somebody in this role.
    Role(Role),
    /// Somebody else than the writer; in what role was not said.
    NotSaid,
}

impl Giver {
    /// Every giver: the roles in the order they are offered, then those without one.
    pub const ALL: [Self; 7] = [
        Self::Role(Role::Nurse),
        Self::Role(Role::Peer),
        Self::Role(Role::Attending),
        Self::Role(Role::Student),
        Self::Role(Role::Patient),
        Self::Role(Role::Other),
        Self::NotSaid,
    ];

    /// Of a reflection of this template that says this role; `None` if it is the writer's own view.
    #[must_use]
    pub fn of(template: &TemplateId, said: Option<Role>) -> Option<Self> {
        match said {
            Some(role) => Some(Self::Role(role)),
            None => (*template == TemplateId::FEEDBACK_ASKED).then_some(Self::NotSaid),
        }
    }

    /// The word for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Role(role) => role.id(),
            Self::NotSaid => "role not said",
        }
    }

    /// The stable word used in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Role(role) => role.id(),
            Self::NotSaid => "not_said",
        }
    }
}

/// The word names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", super::nearest::explain("role", .given, Role::ALL.map(Role::id)))]
pub struct UnknownRole {
    /// What was given.
    pub given: String,
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.id().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| UnknownRole {
                given: text.to_owned(),
            })
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// What a review is of: a week by its first day. Open: one that this program does not know is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(String);

impl Period {
    /// The week.
    #[must_use]
    pub fn of_week(week: Week) -> Self {
        Self(week.first.to_string())
    }

    /// Wraps what a file says; `None` if it says nothing.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        (!text.is_empty()).then_some(Self(text))
    }

    /// As it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A saved reflection without its "try next", which lives in its [`Experiment`] alone.
///
/// Reflections are ordered by (`shift_date`, `written_at` in UTC, `id`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reflection {
    /// Identity.
    pub id: ReflectionId,
    /// When it was first saved, with the local offset of that moment.
    pub written_at: DateTime<FixedOffset>,
    /// The date the shift began.
    pub shift_date: NaiveDate,
    /// The kind of shift.
    pub shift: ShiftKind,
    /// The rotation it was written on; empty if none was known.
    pub rotation: String,
    /// Which prompts were shown.
    pub template: TemplateId,
    /// What went well; may be empty.
    pub went_well: Prose,
    /// What to do differently; may be empty.
    pub do_differently: Prose,
    /// The note line; may be empty.
    pub note: Prose,
    /// At most [`super::competency::MAX_PER_REFLECTION`], each once.
    pub competencies: Vec<CompetencyId>,
    /// The tags in the text and those of the template, each once, in order of appearance.
    pub tags: Vec<Tag>,
    /// Energy after the shift, where it was said.
    pub energy: Option<Energy>,
    /// Stress signals noticed, each once.
    pub signals: Vec<Signal>,
    /// Whose feedback it is about.
    pub feedback_from: Option<Role>,
    /// What it is the review of. At most one reflection outside the trash has the same template and
    /// period.
    pub period: Option<Period>,
    /// Whether it may appear in full in an export.
    pub shared: bool,
    /// How often the row was changed.
    pub revision: Revision,
}

/// A reflection together with the experiment that grew out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The reflection.
    pub reflection: Reflection,
    /// Its "try next", if it has one.
    pub experiment: Option<Experiment>,
}

impl Entry {
    /// The text of a field; empty where nothing was written.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::WentWell => &self.reflection.went_well,
            Field::DoDifferently => &self.reflection.do_differently,
            Field::TryNext => self.experiment.as_ref().map_or("", |e| e.text.as_str()),
            Field::Note => &self.reflection.note,
        }
    }

    /// The first words of the first field that has any: what a list shows instead of a title.
    #[must_use]
    pub fn first_words(&self, cells: usize) -> String {
        let first = Field::ALL.into_iter().map(|field| self.text(field));
        let first = first
            .into_iter()
            .find(|text| !text.trim().is_empty())
            .unwrap_or_default();
        super::prose::excerpt(first, cells)
    }
}
