//! From what a person typed to the row that is meant.

use std::fmt::Write as _;

use crate::domain::id::{ExperimentId, IdSuffix, ReflectionId};
use crate::journal::{Journal, JournalError};

use super::args::Which;
use super::failure::Failure;

/// Cells of text that tell one candidate from another.
const WORDS: usize = 50;

/// The reflection that is meant; it may be in the trash unless it is `last`.
pub fn reflection(journal: &mut Journal, which: &Which) -> Result<ReflectionId, Failure> {
    match which {
        Which::Id(suffix) => match journal.resolve(suffix) {
            Err(JournalError::Ambiguous { given, candidates }) => {
                Err(several(&given, &candidates, |id| {
                    let id = journal.resolve(&id)?;
                    let entry = journal.entry(id)?;
                    let words = entry.first_words(WORDS);
                    Ok(format!("{}  {words}", entry.reflection.shift_date))
                }))
            }
            found => Ok(found?),
        },
        Which::Last => journal
            .last()?
            .map(|entry| entry.reflection.id)
            .ok_or_else(|| Failure::Failed("There is no reflection yet.".to_owned())),
    }
}

/// The experiment that is meant, by its own id, its reflection's, or as the newest one.
pub fn experiment(journal: &mut Journal, which: &Which) -> Result<ExperimentId, Failure> {
    match which {
        Which::Id(suffix) => match journal.resolve_experiment(suffix) {
            Err(JournalError::Ambiguous { given, candidates }) => {
                Err(several(&given, &candidates, |id| {
                    let id = journal.resolve_experiment(&id)?;
                    let experiment = journal.experiment(id)?;
                    let date = journal.entry(experiment.reflection)?.reflection.shift_date;
                    Ok(format!("{date}  {}", experiment.text.excerpt(WORDS)))
                }))
            }
            found => Ok(found?),
        },
        Which::Last => journal
            .last_experiment()?
            .map(|experiment| experiment.id)
            .ok_or_else(|| Failure::Failed("There is no experiment yet.".to_owned())),
    }
}

/// What a person reads and types for a reflection: as many of its last digits as tell it from every
/// other.
pub fn shown(journal: &mut Journal, id: ReflectionId) -> Result<String, JournalError> {
    let shown = journal.shown_ids([id])?;
    Ok(shown.into_iter().next().unwrap_or_else(|| id.short()))
}

/// The same for an experiment.
pub fn shown_experiment(journal: &mut Journal, id: ExperimentId) -> Result<String, JournalError> {
    let shown = journal.shown_experiment_ids([id])?;
    Ok(shown.into_iter().next().unwrap_or_else(|| id.short()))
}

/// Each candidate on a line of its own: what to type, and what a person knows it by.
fn several(
    given: &str,
    candidates: &[String],
    mut about: impl FnMut(IdSuffix) -> Result<String, JournalError>,
) -> Failure {
    let mut words = format!("\"{given}\" fits {} of them:", candidates.len());
    for candidate in candidates {
        let suffix = candidate.parse().ok();
        // A damaged one is still a candidate.
        let known_by = suffix.and_then(|suffix| about(suffix).ok());
        let known_by = known_by.unwrap_or_default();
        let _ = write!(words, "\n  {candidate}  {known_by}");
    }
    Failure::Failed(words)
}
