//! Competencies and the frameworks that list them, used to tag reflections.

use std::fmt;

use super::cue::Cues;

/// At most this many competencies on one reflection.
pub const MAX_PER_REFLECTION: usize = 3;

/// Names a competency: an item of the default framework by its bare id (`feedback`), any other as
/// `framework:code` (`acgme:ICS2`). Open: an id that no file defines is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompetencyId(String);

impl CompetencyId {
    /// Wraps a name.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CompetencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One thing a leader can get better at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// Its stable name.
    pub id: CompetencyId,
    /// What people read.
    pub name: String,
    /// One sentence that says what it is; empty in frameworks that are names only.
    pub text: String,
    /// What it looks like when it is done.
    pub behaviours: Vec<String>,
    /// Words and phrases that suggest it when they are written.
    pub cues: Cues,
    /// Suggested counterparts in other frameworks, as `framework:code`.
    pub maps: Vec<String>,
    /// The item it belongs under, in frameworks with two levels.
    pub parent: Option<CompetencyId>,
}

/// A named list of competencies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// Its stable name.
    pub id: String,
    /// What people read.
    pub name: String,
    /// Where the names come from.
    pub source: String,
    /// What must be said wherever the names are printed; may be empty.
    pub notice: String,
    /// The competencies, in the framework's own order.
    pub items: Vec<Competency>,
}
