//! From what a person typed to the row that is meant.

use std::fmt::Write as _;

use uuid::Uuid;

use crate::domain::goal::Goal;
use crate::domain::id::{ExperimentId, IdSuffix, ReflectionId};
use crate::domain::nearest;
use crate::journal::{InTrash, Journal, JournalError, TrashId};

use super::args::Which;
use super::failure::{Failure, sentence};

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

/// What is meant in the trash, of whatever kind.
pub fn in_trash(journal: &mut Journal, suffix: &IdSuffix) -> Result<TrashId, Failure> {
    match journal.resolve_in_trash(suffix) {
        Err(JournalError::Ambiguous { given, candidates }) => {
            let things = journal.in_trash()?;
            Err(several(&given, &candidates, |id| {
                let thing = things.iter().find(|thing| id.fits(thing.id().uuid()));
                Ok(match thing {
                    Some(InTrash::Reflection(row)) => {
                        let words = row.entry.first_words(WORDS);
                        format!("{}  {words}", row.entry.reflection.shift_date)
                    }
                    Some(InTrash::Goal(kept)) => about_goal(journal, &kept.goal),
                    Some(InTrash::Rotation(kept)) => {
                        format!("rotation  {}", kept.rotation.name)
                    }
                    None => String::new(),
                })
            }))
        }
        found => Ok(found?),
    }
}

fn about_goal(journal: &Journal, goal: &Goal) -> String {
    let name = journal.catalog().competency_name(&goal.competency);
    format!("goal  {name}, {}", goal.status.name())
}

/// The goal that is meant, by the end of its id or by its competency; the active one, else the
/// newest, where a competency had several.
pub fn goal(journal: &mut Journal, given: &str) -> Result<Goal, Failure> {
    let mut rows = journal.goals()?;
    let wanted = given.trim().to_lowercase();
    let called = |goal: &Goal| goal.competency.as_str().to_lowercase() == wanted;
    let digits = given.parse::<IdSuffix>().ok();
    let ends = |goal: &Goal| {
        digits
            .as_ref()
            .is_some_and(|digits| digits.fits(goal.id.uuid()))
    };
    if let Some(at) = rows.iter().position(|row| called(&row.goal)) {
        return Ok(rows.swap_remove(at).goal);
    }
    let meant = journal.catalog().competencies_meant(given);
    let meant = |goal: &Goal| meant.iter().any(|item| item.id == goal.competency);
    let known: Vec<&Goal> = rows
        .iter()
        .map(|row| &row.goal)
        .filter(|goal| meant(goal))
        .collect();
    if let [first, others @ ..] = known.as_slice()
        && others
            .iter()
            .all(|goal| goal.competency == first.competency)
        && !rows.iter().any(|row| ends(&row.goal))
    {
        return Ok((*first).clone());
    }
    let fitting: Vec<&Goal> = rows
        .iter()
        .map(|row| &row.goal)
        .filter(|g| ends(g))
        .collect();
    match fitting.as_slice() {
        [] => {}
        [one] => return Ok((*one).clone()),
        alike => {
            let uuids: Vec<Uuid> = alike.iter().map(|goal| goal.id.uuid()).collect();
            let candidates = uuids.iter().map(|id| IdSuffix::telling(*id, &uuids));
            let candidates: Vec<String> = candidates.collect();
            return Err(several(given.trim(), &candidates, |id| {
                let goal = alike.iter().find(|goal| id.fits(goal.id.uuid()));
                Ok(goal.map_or_else(String::new, |goal| about_goal(journal, goal)))
            }));
        }
    }
    if rows.is_empty() {
        return Err(Failure::Failed(
            "There is no goal yet. `postcall goal add` with a competency chooses one.".to_owned(),
        ));
    }
    let mut ids: Vec<&str> = rows
        .iter()
        .map(|row| row.goal.competency.as_str())
        .collect();
    ids.dedup();
    Err(Failure::Usage(sentence(&format!(
        "there is {}",
        nearest::explain("goal", given, ids)
    ))))
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
