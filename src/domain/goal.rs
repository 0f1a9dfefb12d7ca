//! Competency goals: the two or three things to get better at in one academic year.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::calendar::{academic_year, first_of_academic_year};
use super::catalog::Catalog;
use super::competency::CompetencyId;
use super::id::{GoalId, Revision};
use super::nearest;
use super::prose::{MAX_FIELD_BYTES, Prose};

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

    /// The words a person reads.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Met => "met",
            Self::SetAside => "set aside",
        }
    }
}

/// How work on a goal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Met, in the writer's own judgement.
    Met,
    /// Set aside for now.
    SetAside,
}

impl Ending {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Met, Self::SetAside];

    /// Where the goal stands then.
    #[must_use]
    pub const fn status(self) -> GoalStatus {
        match self {
            Self::Met => GoalStatus::Met,
            Self::SetAside => GoalStatus::SetAside,
        }
    }
}

/// The word names no way for a goal to end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", nearest::explain("status", .given, Ending::ALL.map(|e| e.status().id())))]
pub struct UnknownEnding {
    /// What was given.
    pub given: String,
}

impl FromStr for Ending {
    type Err = UnknownEnding;

    fn from_str(text: &str) -> Result<Self, UnknownEnding> {
        let wanted = text.trim().replace(['-', ' '], "_");
        Self::ALL
            .into_iter()
            .find(|ending| ending.status().id().eq_ignore_ascii_case(&wanted))
            .ok_or_else(|| UnknownEnding {
                given: text.to_owned(),
            })
    }
}

/// One of the lines of a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoalLine {
    /// Why it matters to the writer.
    Why,
    /// A strength to build on.
    Strength,
    /// The gap to close.
    Gap,
    /// A role to seek that trains it.
    RoleSought,
    /// What in oneself gets in the way.
    Obstacle,
    /// What became of it, said when it is closed.
    Status,
}

impl GoalLine {
    /// The lines that are asked for when a goal is chosen, in the order they are shown.
    pub const ASKED: [Self; 5] = [
        Self::Why,
        Self::Strength,
        Self::Gap,
        Self::RoleSought,
        Self::Obstacle,
    ];

    /// The fixed label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Why => "Why",
            Self::Strength => "Strength",
            Self::Gap => "Gap",
            Self::RoleSought => "Role sought",
            Self::Obstacle => "Obstacle",
            Self::Status => "What became of it",
        }
    }

    /// The question beside the label.
    #[must_use]
    pub const fn prompt(self) -> &'static str {
        match self {
            Self::Why => "Why does it matter to me?",
            Self::Strength => "What can I build on?",
            Self::Gap => "What is missing?",
            Self::RoleSought => "Which role would train it?",
            Self::Obstacle => "What in me gets in the way?",
            Self::Status => "One line in my own words",
        }
    }
}

/// What the writer says about a goal. Every line may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoalLines {
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
}

impl GoalLines {
    /// The text of a line; `None` for [`GoalLine::Status`], which is not one of these.
    #[must_use]
    pub const fn line(&self, line: GoalLine) -> Option<&Prose> {
        match line {
            GoalLine::Why => Some(&self.why),
            GoalLine::Strength => Some(&self.strength),
            GoalLine::Gap => Some(&self.gap),
            GoalLine::RoleSought => Some(&self.role_sought),
            GoalLine::Obstacle => Some(&self.obstacle),
            GoalLine::Status => None,
        }
    }

    /// Checks every line.
    ///
    /// # Errors
    /// [`GoalError`] says which line does not fit, the first of them.
    pub fn check(&self) -> Result<(), GoalError> {
        for line in GoalLine::ASKED {
            if let Some(text) = self.line(line) {
                check_line(line, text)?;
            }
        }
        Ok(())
    }
}

/// Checks the text of one line; an empty one fits.
///
/// # Errors
/// [`GoalError`] says what does not fit.
pub fn check_line(line: GoalLine, text: &Prose) -> Result<(), GoalError> {
    if text.len() > MAX_FIELD_BYTES {
        let bytes = text.len();
        Err(GoalError::TooLong { line, bytes })
    } else if text.contains('\0') {
        Err(GoalError::Nul(line))
    } else if !text.is_empty() && text.is_blank() {
        Err(GoalError::Blank(line))
    } else {
        Ok(())
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
    /// What the writer says about it.
    pub lines: GoalLines,
    /// Where it stands.
    pub status: GoalStatus,
    /// What became of it, in the writer's words; stays when the goal is opened again.
    pub status_note: Prose,
    /// The logical day it was closed; present exactly when it is not active.
    pub status_date: Option<NaiveDate>,
    /// When it was chosen.
    pub created_at: DateTime<FixedOffset>,
    /// How often the row was changed.
    pub revision: Revision,
}

/// What cannot be done with a goal, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoalError {
    /// As many goals are active as there can be.
    #[error(
        "{MAX_ACTIVE} goals are active, which is as many as one year holds: {}. Close one as met, \
         or set one aside; what you wrote about it is kept",
        .active.join(", ")
    )]
    Full {
        /// The names of their competencies, in the order of the goals.
        active: Vec<String>,
    },
    /// There is an active goal for the competency.
    #[error("{name} is one of your active goals already; its lines can be changed")]
    Twice {
        /// The name of the competency.
        name: String,
        /// The goal.
        goal: GoalId,
    },
    /// Only a closed goal can be opened again.
    #[error("this goal is active already")]
    IsActive,
    /// Only an active goal goes on in a new year.
    #[error("only an active goal can go on in a new year; this one is {}", .0.name())]
    NotActive(GoalStatus),
    /// The goal is of the present academic year.
    #[error("this goal is of the present academic year already")]
    OfThisYear,
    /// The goal was changed since, so that the change before cannot be taken back.
    #[error("this goal was changed again since; it was left as it is")]
    Changed,
    /// No competency was named.
    #[error("a goal needs a competency")]
    NoCompetency,
    /// A line holds only white space.
    #[error("{} holds only spaces: write something or clear it", .0.label())]
    Blank(GoalLine),
    /// A line is longer than [`MAX_FIELD_BYTES`].
    #[error("{} is {} KiB long; a line holds {} KiB", .line.label(), .bytes.div_ceil(1024), MAX_FIELD_BYTES / 1024)]
    TooLong {
        /// Which one.
        line: GoalLine,
        /// Its length in bytes of UTF-8.
        bytes: usize,
    },
    /// A line holds a NUL character, which other SQLite tools would cut the text at.
    #[error("{} holds a NUL character, which cannot be kept: remove it", .0.label())]
    Nul(GoalLine),
}

impl GoalError {
    /// The line the error belongs to, for showing it there.
    #[must_use]
    pub const fn line(&self) -> Option<GoalLine> {
        match self {
            Self::Blank(line) | Self::TooLong { line, .. } | Self::Nul(line) => Some(*line),
            Self::Full { .. }
            | Self::Twice { .. }
            | Self::IsActive
            | Self::NotActive(_)
            | Self::OfThisYear
            | Self::Changed
            | Self::NoCompetency => None,
        }
    }
}

/// Whether one goal more can be active, for this competency.
///
/// # Errors
/// [`GoalError::Twice`] if one of the active goals is for it, else [`GoalError::Full`] if there are
/// [`MAX_ACTIVE`]; both name them as the catalog does.
pub fn room_for(
    competency: &CompetencyId,
    active: &[Goal],
    catalog: &Catalog,
) -> Result<(), GoalError> {
    let name = |id| catalog.competency_name(id).to_owned();
    if let Some(same) = active.iter().find(|goal| goal.is_for(competency)) {
        return Err(GoalError::Twice {
            name: name(&same.competency),
            goal: same.id,
        });
    }
    if active.len() >= MAX_ACTIVE {
        let active = active.iter().map(|goal| name(&goal.competency)).collect();
        return Err(GoalError::Full { active });
    }
    Ok(())
}

impl Goal {
    /// Whether it is for that competency; ids differ in more than their case.
    #[must_use]
    pub fn is_for(&self, competency: &CompetencyId) -> bool {
        let given = competency.as_str();
        self.competency.as_str().eq_ignore_ascii_case(given)
    }

    /// Whether it is being worked on.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        matches!(self.status, GoalStatus::Active)
    }

    /// Whether it is still active though its academic year is over.
    #[must_use]
    pub fn is_left_over(&self, today: NaiveDate, year_starts: u32) -> bool {
        self.is_active() && self.academic_year < academic_year(today, year_starts)
    }

    /// The days that its evidence is from, both included: from the first day of its academic year
    /// until today, or until the day it was closed.
    #[must_use]
    pub fn span(&self, today: NaiveDate, year_starts: u32) -> (NaiveDate, NaiveDate) {
        let first = first_of_academic_year(self.academic_year, year_starts);
        let last = self.status_date.unwrap_or(today);
        (first.min(last), last)
    }

    /// Closed on the logical day `today`. Closing again replaces; without a note the one that is
    /// there stays.
    ///
    /// # Errors
    /// If the note does not fit.
    pub fn closed(
        &self,
        ending: Ending,
        note: Option<&Prose>,
        today: NaiveDate,
    ) -> Result<Self, GoalError> {
        if let Some(note) = note {
            check_line(GoalLine::Status, note)?;
        }
        let same = self.status == ending.status();
        Ok(Self {
            status: ending.status(),
            status_note: note.unwrap_or(&self.status_note).clone(),
            status_date: self.status_date.filter(|_| same).or(Some(today)),
            ..self.clone()
        })
    }

    /// Active again, in the academic year that `today` is in. There must be [`room_for`] it.
    ///
    /// # Errors
    /// [`GoalError::IsActive`].
    pub fn reopened(&self, today: NaiveDate, year_starts: u32) -> Result<Self, GoalError> {
        if self.is_active() {
            return Err(GoalError::IsActive);
        }
        Ok(Self {
            status: GoalStatus::Active,
            status_date: None,
            academic_year: academic_year(today, year_starts),
            ..self.clone()
        })
    }

    /// Taken from an earlier academic year into the one that `today` is in.
    ///
    /// # Errors
    /// [`GoalError::NotActive`]; [`GoalError::OfThisYear`] if there is nothing to take over.
    pub fn continued(&self, today: NaiveDate, year_starts: u32) -> Result<Self, GoalError> {
        if !self.is_active() {
            return Err(GoalError::NotActive(self.status));
        }
        if !self.is_left_over(today, year_starts) {
            return Err(GoalError::OfThisYear);
        }
        Ok(Self {
            academic_year: academic_year(today, year_starts),
            ..self.clone()
        })
    }

    /// Whether both say the same, however often they were changed.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let revision = other.revision;
        Self {
            revision,
            ..self.clone()
        } == *other
    }
}

impl fmt::Display for GoalStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
