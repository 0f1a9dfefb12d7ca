//! Lines that are being filled in: a note on an outcome, a goal, a rotation. What was typed and not
//! saved is kept, as a draft is.

use chrono::NaiveDate;

use super::competency::CompetencyId;
use super::goal::Ending;
use super::id::{ExperimentId, GoalId, RotationId};
use super::prose::Prose;
use super::texts::texts;

/// What lines are about. Two forms about the same are the same form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// What is said beside the outcome of an experiment.
    Outcome(ExperimentId),
    /// A shift that was worked; days are read as seen from this one.
    Shift(NaiveDate),
    /// What the writer says about a new goal.
    NewGoal(CompetencyId),
    /// What the writer says about a goal.
    Goal(GoalId),
    /// What became of a goal.
    GoalEnding(GoalId, Ending),
    /// A rotation that begins; days are read as seen from this one.
    NewRotation(NaiveDate),
    /// The name and the days of a rotation.
    Rotation(RotationId),
}

/// Lines about something, as far as they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// What they are about.
    pub subject: Subject,
    /// All of them, from the first.
    pub lines: Vec<Prose>,
}

texts!(Unfinished { lines } beside { subject });

impl Subject {
    /// What it is, for a sentence.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Outcome(_) => "a note on an experiment",
            Self::Shift(_) => "a shift",
            Self::NewGoal(_) | Self::Goal(_) => "a goal",
            Self::GoalEnding(..) => "a note on a goal",
            Self::NewRotation(_) | Self::Rotation(_) => "a rotation",
        }
    }
}
