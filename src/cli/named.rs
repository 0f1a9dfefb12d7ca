//! From what a person typed to the row that is meant.

use crate::domain::id::{ExperimentId, ReflectionId};
use crate::journal::Journal;

use super::args::Which;
use super::failure::Failure;

/// The reflection that is meant; it may be in the trash unless it is `last`.
pub fn reflection(journal: &mut Journal, which: &Which) -> Result<ReflectionId, Failure> {
    match which {
        Which::Id(suffix) => Ok(journal.resolve(suffix)?),
        Which::Last => journal
            .last()?
            .map(|entry| entry.reflection.id)
            .ok_or_else(|| Failure::Failed("There is no reflection yet.".to_owned())),
    }
}

/// The experiment that is meant, by its own id, its reflection's, or as the newest one.
pub fn experiment(journal: &mut Journal, which: &Which) -> Result<ExperimentId, Failure> {
    match which {
        Which::Id(suffix) => Ok(journal.resolve_experiment(suffix)?),
        Which::Last => journal
            .last_experiment()?
            .map(|experiment| experiment.id)
            .ok_or_else(|| Failure::Failed("There is no experiment yet.".to_owned())),
    }
}
