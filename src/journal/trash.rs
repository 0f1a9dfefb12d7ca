//! The trash as one list: reflections, goals and rotations that can still be taken back.

use uuid::Uuid;

use super::reading::{not_found, row};
use super::{Journal, JournalError, Row};
use crate::domain::id::{GoalId, IdSuffix, ReflectionId, RotationId};
use crate::store::{KeptGoal, KeptRotation, StoreError, Tables};

/// Something in the trash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InTrash {
    /// A reflection; its experiment went along.
    Reflection(Box<Row>),
    /// A goal; the reflections on it stayed.
    Goal(Box<KeptGoal>),
    /// A rotation; what was written in it stayed.
    Rotation(Box<KeptRotation>),
}

/// Which thing in the trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrashId {
    /// A reflection.
    Reflection(ReflectionId),
    /// A goal.
    Goal(GoalId),
    /// A rotation.
    Rotation(RotationId),
}

impl InTrash {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> TrashId {
        match self {
            Self::Reflection(row) => TrashId::Reflection(row.entry.reflection.id),
            Self::Goal(kept) => TrashId::Goal(kept.goal.id),
            Self::Rotation(kept) => TrashId::Rotation(kept.rotation.id),
        }
    }

    /// Whether it is not as it was saved.
    #[must_use]
    pub const fn is_damaged(&self) -> bool {
        match self {
            Self::Reflection(row) => row.damaged,
            Self::Goal(kept) => !kept.sound,
            Self::Rotation(kept) => !kept.sound,
        }
    }
}

impl TrashId {
    /// The bare UUID: no two things have the same, whatever their kind.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Reflection(id) => id.uuid(),
            Self::Goal(id) => id.uuid(),
            Self::Rotation(id) => id.uuid(),
        }
    }
}

const READING: &str = "reading the trash";

impl Journal {
    /// Everything in the trash: reflections, newest shift first, then goals, newest first, then
    /// rotations, begun last first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn in_trash(&mut self) -> Result<Vec<InTrash>, JournalError> {
        self.store.read(READING, |tables| Ok(everything(tables)?))
    }

    /// The reflections in the trash, newest shift first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn trashed(&mut self) -> Result<Vec<Row>, JournalError> {
        self.store.read(READING, |tables| {
            let all = tables.in_trash()?;
            Ok(all.into_iter().map(row).collect())
        })
    }

    /// What a person named in order to take it out of the trash. A reflection outside it is found
    /// only where nothing in it fits, so that it can be said that it is not there.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] and [`JournalError::Ambiguous`].
    pub fn resolve_in_trash(&mut self, suffix: &IdSuffix) -> Result<TrashId, JournalError> {
        self.store.read(READING, |tables| {
            let all: Vec<TrashId> = everything(tables)?.iter().map(InTrash::id).collect();
            let uuids: Vec<Uuid> = all.iter().map(|id| id.uuid()).collect();
            let mut fitting = all.into_iter().filter(|id| suffix.fits(id.uuid()));
            match (fitting.next(), fitting.next()) {
                (Some(one), None) => Ok(one),
                (Some(one), Some(other)) => {
                    let several = [one, other].into_iter().chain(fitting);
                    Err(JournalError::Ambiguous {
                        given: suffix.digits().to_owned(),
                        candidates: several
                            .map(|id| IdSuffix::telling(id.uuid(), &uuids))
                            .collect(),
                    })
                }
                (None, _) => {
                    let outside = tables.reflections_ending_in(suffix)?.into_iter().next();
                    outside.map(TrashId::Reflection).ok_or_else(|| {
                        not_found("reflection, goal or rotation", suffix.digits().to_owned())
                    })
                }
            }
        })
    }
}

fn everything(tables: &Tables<'_>) -> Result<Vec<InTrash>, StoreError> {
    let reflections = tables.in_trash()?.into_iter().map(row).map(Box::new);
    let goals = tables.goals_in_trash()?.into_iter().map(Box::new);
    let rotations = tables.rotations_in_trash()?.into_iter().map(Box::new);
    Ok(reflections
        .map(InTrash::Reflection)
        .chain(goals.map(InTrash::Goal))
        .chain(rotations.map(InTrash::Rotation))
        .collect())
}
