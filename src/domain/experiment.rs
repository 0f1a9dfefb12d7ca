//! Experiments: "try next" as a tracked intention with one outcome.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use chrono::NaiveDate;

use super::calendar::{day_and_month, due_in_words};
use super::id::{ExperimentId, ReflectionId, Revision};
use super::nearest;
use super::prose::{MAX_FIELD_BYTES, Prose};

/// Days from the shift date to the due date, where nothing else is said.
pub const DEFAULT_DUE_DAYS: u16 = 7;
/// Days by which carrying moves the due date.
pub const CARRY_DAYS: i64 = 7;
/// Days after `helped` until the one question "Still doing it?".
pub const FOLLOW_UP_DAYS: i64 = 30;

/// What became of an experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Not answered yet.
    Open,
    /// It helped.
    Helped,
    /// It helped in part.
    Mixed,
    /// It did not help.
    NoHelp,
    /// The cue came, the plan was not tried.
    NotTried,
    /// The cue never came: not a failure, and not counted as one.
    NoChance,
    /// Given up or replaced before it was answered.
    Dropped,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Helped,
        Self::Mixed,
        Self::NoHelp,
        Self::NotTried,
        Self::NoChance,
        Self::Dropped,
    ];

    /// The outcomes that answer an experiment, in the order of their digit keys from `1`.
    pub const ANSWERS: [Self; 5] = [
        Self::Helped,
        Self::Mixed,
        Self::NoHelp,
        Self::NotTried,
        Self::NoChance,
    ];

    /// The outcomes of experiments that were tried.
    pub const TRIED: [Self; 3] = [Self::Helped, Self::Mixed, Self::NoHelp];

    /// The stable word used in files, queries and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Helped => "helped",
            Self::Mixed => "mixed",
            Self::NoHelp => "no_help",
            Self::NotTried => "not_tried",
            Self::NoChance => "no_chance",
            Self::Dropped => "dropped",
        }
    }

    /// The words a person reads.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Helped => "helped",
            Self::Mixed => "mixed",
            Self::NoHelp => "no help",
            Self::NotTried => "not tried",
            Self::NoChance => "no chance",
            Self::Dropped => "dropped",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The word names no outcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", nearest::explain("outcome", .given, Outcome::ALL.map(Outcome::id)))]
pub struct UnknownOutcome {
    /// What was given.
    pub given: String,
}

impl FromStr for Outcome {
    type Err = UnknownOutcome;

    fn from_str(text: &str) -> Result<Self, UnknownOutcome> {
        let wanted = text.trim().replace('-', "_");
        Self::ALL
            .into_iter()
            .find(|outcome| outcome.id().eq_ignore_ascii_case(&wanted))
            .ok_or_else(|| UnknownOutcome {
                given: text.to_owned(),
            })
    }
}

/// The answer to "Still doing it?", asked once 30 days after `helped`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FollowUp {
    /// Still done: it became a habit.
    Habit,
    /// No longer done.
    Faded,
}

impl FollowUp {
    /// Both answers.
    pub const ALL: [Self; 2] = [Self::Habit, Self::Faded];

    /// The stable word used in files and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Habit => "habit",
            Self::Faded => "faded",
        }
    }
}

/// An if-then plan that grew out of a reflection's "try next".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experiment {
    /// Identity.
    pub id: ExperimentId,
    /// The reflection it was written in.
    pub reflection: ReflectionId,
    /// The plan, as written.
    pub text: Prose,
    /// The logical day it is due from; `None` if the writer wanted no date.
    pub due: Option<NaiveDate>,
    /// What became of it.
    pub outcome: Outcome,
    /// The day of the outcome; present exactly when the outcome is not `Open`.
    pub outcome_date: Option<NaiveDate>,
    /// A line about the outcome; may be empty.
    pub outcome_note: Prose,
    /// How often the due date was moved on by carrying it.
    pub carried: u32,
    /// The later answer to "Still doing it?".
    pub follow_up: Option<FollowUp>,
    /// The day of that answer; present exactly when there is one.
    pub follow_up_date: Option<NaiveDate>,
    /// The experiment this one rewords.
    pub follows: Option<ExperimentId>,
    /// How often the row was changed.
    pub revision: Revision,
}

/// What a person says about an experiment: one key of the answer strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It is settled with this outcome. `Open` opens it again.
    Outcome(Outcome),
    /// Ask again [`CARRY_DAYS`] later.
    Carry,
    /// The answer to "Still doing it?".
    FollowUp(FollowUp),
}

/// The answer does not fit the experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Only an open experiment can be carried.
    #[error("only an open experiment can be carried; this one is {}", .0.name())]
    NotOpen(Outcome),
    /// Only an experiment that helped can become a habit or fade.
    #[error("only an experiment that helped can be a habit or fade; this one is {}", .0.name())]
    NotHelped(Outcome),
    /// The line beside the outcome holds only white space.
    #[error("the note holds only spaces: write something or leave it out")]
    BlankNote,
    /// The line beside the outcome is longer than any field.
    #[error("the note is {} KiB long; it holds {} KiB", .0.div_ceil(1024), MAX_FIELD_BYTES / 1024)]
    LongNote(usize),
    /// The line beside the outcome holds a NUL character.
    #[error("the note holds a NUL character, which cannot be kept: remove it")]
    NulInNote,
}

/// Checks the line beside an outcome; an empty one takes the line away.
///
/// # Errors
/// [`AnswerError`] says what does not fit.
pub fn check_note(note: &str) -> Result<(), AnswerError> {
    if note.len() > MAX_FIELD_BYTES {
        Err(AnswerError::LongNote(note.len()))
    } else if note.contains('\0') {
        Err(AnswerError::NulInNote)
    } else if !note.is_empty() && note.trim().is_empty() {
        Err(AnswerError::BlankNote)
    } else {
        Ok(())
    }
}

impl Experiment {
    /// The experiment after an answer on the logical day `today`.
    ///
    /// Answering again replaces the outcome. Carrying counts from the later of the due date and
    /// today, so that it is never due again at once. The outcome's date is never before
    /// `reflected_on`, the shift date of its reflection (clocks are set back, entries are written
    /// ahead).
    ///
    /// # Errors
    /// [`AnswerError`] if the answer does not fit the present outcome.
    pub fn answered(
        &self,
        answer: Answer,
        today: NaiveDate,
        reflected_on: NaiveDate,
    ) -> Result<Self, AnswerError> {
        let mut next = self.clone();
        match answer {
            Answer::Outcome(Outcome::Open) => {
                next.outcome = Outcome::Open;
                next.outcome_date = None;
                next.follow_up = None;
                next.follow_up_date = None;
            }
            Answer::Outcome(outcome) => {
                if outcome != self.outcome {
                    next.follow_up = None;
                    next.follow_up_date = None;
                    next.outcome_date = Some(today.max(reflected_on));
                }
                next.outcome = outcome;
            }
            Answer::Carry => {
                if self.outcome != Outcome::Open {
                    return Err(AnswerError::NotOpen(self.outcome));
                }
                let from = self.due.map_or(today, |due| due.max(today));
                next.due = Some(super::calendar::add_days(from, CARRY_DAYS));
                next.carried = self.carried.saturating_add(1);
            }
            Answer::FollowUp(follow_up) => {
                if self.outcome != Outcome::Helped {
                    return Err(AnswerError::NotHelped(self.outcome));
                }
                next.follow_up = Some(follow_up);
                next.follow_up_date = Some(today.max(reflected_on));
            }
        }
        Ok(next)
    }

    /// Where it stands, in words: "open, due today", "helped on 12 Nov, became a habit, carried
    /// once". The line beside the outcome is not in it.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> String {
        self.stands(self.outcome.name(), today)
    }

    /// The same of one that another wording follows: what was dropped for that is "reworded".
    #[must_use]
    pub fn standing_followed(&self, today: NaiveDate) -> String {
        match self.outcome {
            Outcome::Dropped => self.stands("reworded", today),
            Outcome::Open
            | Outcome::Helped
            | Outcome::Mixed
            | Outcome::NoHelp
            | Outcome::NotTried
            | Outcome::NoChance => self.standing(today),
        }
    }

    fn stands(&self, outcome: &str, today: NaiveDate) -> String {
        let mut said = match self.outcome_date {
            None => format!("{outcome}, {}", due_in_words(self.due, today)),
            Some(date) => format!("{outcome} on {}", day_and_month(date, today)),
        };
        match self.follow_up {
            Some(FollowUp::Habit) => said.push_str(", became a habit"),
            Some(FollowUp::Faded) => said.push_str(", faded"),
            None => {}
        }
        match self.carried {
            0 => {}
            1 => said.push_str(", carried once"),
            n => _ = write!(said, ", carried {n} times"),
        }
        said
    }

    /// Whether the writer is asked about it on the logical day `today`.
    #[must_use]
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.outcome == Outcome::Open && self.due.is_some_and(|due| due <= today)
    }

    /// Whether "Still doing it?" is asked on the logical day `today`.
    #[must_use]
    pub fn is_follow_up_due(&self, today: NaiveDate) -> bool {
        self.outcome == Outcome::Helped
            && self.follow_up.is_none()
            && self
                .outcome_date
                .is_some_and(|date| super::calendar::add_days(date, FOLLOW_UP_DAYS) <= today)
    }
}
