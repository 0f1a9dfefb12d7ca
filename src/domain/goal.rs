//! Competency goals: the two or three things to get better at in one academic year.

use super::competency::CompetencyId;
use super::id::GoalId;
use super::prose::Prose;

/// At most this many goals are active at a time.
pub const MAX_ACTIVE: usize = 3;

/// Where a goal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoalStatus {
    /// Being worked on.
    Active,
    /// Met, in the writer's own judgement.
    Met,
    /// Set aside for now.
    SetAside,
}

impl GoalStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Active, Self::Met, Self::SetAside];

    /// The stable word used in files and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Met => "met",
            Self::SetAside => "set_aside",
        }
    }
}

/// A goal for one competency. All lines but the competency may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Identity.
    pub id: GoalId,
    /// What to get better at.
    pub competency: CompetencyId,
    /// Calendar year in which the academic year began.
    pub academic_year: i32,
    /// Why it matters to the writer.
    pub why: Prose,
    /// A strength to build on.
    pub strength: Prose,
    /// The gap to close.
    pub gap: Prose,
    /// A role to seek that trains it.
    pub role_sought: Prose,
    /// What in oneself gets in the way.
    pub obstacle: Prose,
    /// Where it stands.
    pub status: GoalStatus,
}
