//! One plan through all its wordings: the experiments that follow each other.

use chrono::NaiveDate;

use super::reading::not_found;
use super::{Asked, Journal, JournalError};
use crate::domain::experiment::Experiment;
use crate::domain::id::ExperimentId;
use crate::store::{KeptExperiment, StoreError, Tables};

/// One wording of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The experiment.
    pub experiment: Experiment,
    /// The shift date of its reflection.
    pub reflected_on: NaiveDate,
    /// Whether its reflection is in the trash.
    pub trashed: bool,
    /// Whether its text is not as it was saved.
    pub damaged: bool,
}

impl Link {
    /// The question about it on the logical day `today`.
    #[must_use]
    pub fn asked(&self, today: NaiveDate) -> Asked {
        Asked {
            follow_up: self.experiment.is_follow_up_due(today),
            experiment: self.experiment.clone(),
            reflected_on: self.reflected_on,
            damaged: self.damaged,
        }
    }
}

impl Journal {
    /// Every wording of the plan that this experiment is one of, the first one first.
    ///
    /// # Errors
    /// [`JournalError::NotFound`], or if the journal cannot be read.
    pub fn chain(&mut self, id: ExperimentId) -> Result<Vec<Link>, JournalError> {
        self.store.read("reading the experiments", |tables| {
            let asked = tables.experiment(id)?;
            let asked = asked.ok_or_else(|| not_found("experiment", id.short()))?;
            let mut chain = vec![link(tables, asked)?];
            while let Some(former) = before(tables, &chain)? {
                chain.insert(0, link(tables, former)?);
            }
            while let Some(next) = after(tables, &chain)? {
                chain.push(link(tables, next)?);
            }
            Ok(chain)
        })
    }
}

/// What the first of the chain rewords. A file that was changed by hand may hold a loop: nothing
/// comes twice.
fn before(tables: &Tables<'_>, chain: &[Link]) -> Result<Option<KeptExperiment>, StoreError> {
    match chain.first().and_then(|first| first.experiment.follows) {
        Some(id) if !holds(chain, id) => tables.experiment(id),
        Some(_) | None => Ok(None),
    }
}

/// What rewords the last of the chain.
fn after(tables: &Tables<'_>, chain: &[Link]) -> Result<Option<KeptExperiment>, StoreError> {
    let Some(last) = chain.last() else {
        return Ok(None);
    };
    match tables.follower_of(last.experiment.id)? {
        Some(id) if !holds(chain, id) => tables.experiment(id),
        Some(_) | None => Ok(None),
    }
}

fn holds(chain: &[Link], id: ExperimentId) -> bool {
    chain.iter().any(|link| link.experiment.id == id)
}

fn link(tables: &Tables<'_>, kept: KeptExperiment) -> Result<Link, StoreError> {
    let reflection = tables.reflection(kept.experiment.reflection)?;
    Ok(Link {
        trashed: reflection.is_some_and(|reflection| reflection.trashed),
        reflected_on: kept.reflected_on,
        damaged: !kept.sound,
        experiment: kept.experiment,
    })
}
