//! What can go wrong with a use case, in words for the person who asked.

use crate::domain::draft::DraftError;
use crate::domain::experiment::AnswerError;
use crate::domain::goal::GoalError;
use crate::domain::reflection::Entry;
use crate::domain::rotation::RotationError;
use crate::domain::shift::LogError;
use crate::store::{Cause, StoreError};

/// A use case that was not carried out; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file, its folder or the engine.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The draft cannot be saved as it is; all reasons, in the order of the form.
    #[error("{}", sentence(.0))]
    Draft(Vec<DraftError>),
    /// The answer does not fit the experiment.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// The goal cannot be kept, closed or changed like this.
    #[error(transparent)]
    Goal(#[from] GoalError),
    /// The rotation cannot be kept, ended or changed like this.
    #[error(transparent)]
    Rotation(#[from] RotationError),
    /// The shift cannot be logged.
    #[error(transparent)]
    Shift(#[from] LogError),
    /// Another instance changed the reflection since the draft began; both texts are there.
    #[error(
        "this reflection was changed elsewhere since you opened it; your text is kept as a draft"
    )]
    Conflict {
        /// The reflection as it is now.
        theirs: Box<Entry>,
    },
    /// Another instance put the reflection into the trash; both texts are there.
    #[error(
        "this reflection was put into the trash elsewhere since you opened it; your text is kept as a draft"
    )]
    InTrash {
        /// The reflection as it is in the trash.
        theirs: Box<Entry>,
    },
    /// No row has that id.
    #[error("no {what} \"{given}\"")]
    NotFound {
        /// "reflection", "experiment", "goal".
        what: &'static str,
        /// What was given.
        given: String,
    },
    /// Several rows end in these digits.
    #[error("\"{given}\" fits {} of them: {}", .candidates.len(), .candidates.join(", "))]
    Ambiguous {
        /// What was given.
        given: String,
        /// Longer suffixes that tell them apart, newest first.
        candidates: Vec<String>,
    },
}

impl JournalError {
    /// Whether the journal needs a passphrase that it was not given.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError {
                cause: Cause::Locked { .. },
                ..
            })
        )
    }

    /// Whether the journal was given another passphrase than its own.
    #[must_use]
    pub const fn is_wrong_passphrase(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError {
                cause: Cause::WrongPassphrase { .. },
                ..
            })
        )
    }
}

fn sentence(errors: &[DraftError]) -> String {
    errors
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}
