//! The use cases of the journal: the one door for the screen and the command line.
//!
//! A [`Journal`] owns the store and the clock. Every method that writes is one transaction; when
//! it returns, the change is on the disk.

mod backups;
mod chain;
pub mod clock;
mod drafts;
mod error;
mod experiments;
mod goals;
mod made;
mod overview;
mod privacy;
mod reading;
mod reviews;
mod rotation_rows;
mod rotations;
mod shift_log;
mod texts;
mod trash;
mod undo;
mod unfinished;
mod week;
mod writing;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::catalog::Catalog;
use crate::domain::id::{ReflectionId, Revision};
use crate::domain::rules::Rules;
use crate::domain::shift::logical_day;
use crate::store::Store;
pub use crate::store::{
    Backup, Examination, KeptGoal, KeptRotation, NotAPassphrase, OldBackups, Passphrase, Restored,
    Retention,
};

pub use backups::BackupTask;
pub use chain::Link;
use clock::Clock;
pub use drafts::OfferedDraft;
pub use error::JournalError;
pub use experiments::Asked;
pub use goals::{GoalRow, GoalUndo, RestoredGoal};
pub use made::{Made, MadeEntry};
pub use overview::{DayMark, LookBack, Overview};
pub use reading::{Hit, Page, Position, Row, Span};
pub use rotations::{Proposal, RotationRow};
pub use shift_log::LoggedShift;
pub use trash::{InTrash, TrashId};
pub use undo::{Purged, Undo, Undone};
pub use week::{WeekPage, Written};
pub use writing::Saved;

/// Where a journal is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In this file, made on first use together with its folder.
    File(PathBuf),
    /// In memory: tests and the demo. Nothing outlives the process.
    Memory,
}

/// How a journal is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The writer's choices.
    pub rules: Rules,
    /// What can be chosen by name.
    pub catalog: Arc<Catalog>,
    /// Where the time comes from.
    pub clock: Clock,
    /// How many backups are kept.
    pub backups: Retention,
    /// What opens the journal, if it is locked; a journal that is made has it.
    pub passphrase: Option<Passphrase>,
}

/// An open journal.
pub struct Journal {
    store: Store,
    clock: Clock,
    rules: Rules,
    catalog: Arc<Catalog>,
    backups: Retention,
    /// The revisions that this session wrote last: an undo is refused where another instance wrote
    /// since.
    own_revisions: HashMap<ReflectionId, Revision>,
}

impl Journal {
    /// Opens the journal, making it and its folder on first use.
    ///
    /// # Errors
    /// [`JournalError::Store`] says what is wrong with the file or its folder.
    pub fn open(place: &Place, options: Options) -> Result<Self, JournalError> {
        let clock = options.clock;
        let now = Box::new(move || clock.now());
        let store = match place {
            Place::File(path) => Store::open(path, options.passphrase, now)?,
            Place::Memory => Store::in_memory(now)?,
        };
        Ok(Self {
            store,
            clock: options.clock,
            rules: options.rules,
            catalog: options.catalog,
            backups: options.backups,
            own_revisions: HashMap::new(),
        })
    }

    /// Takes the writer's choices, where they were not known when the journal was opened. Its clock
    /// and its passphrase stay.
    pub fn choose(&mut self, options: Options) {
        self.rules = options.rules;
        self.catalog = options.catalog;
        self.backups = options.backups;
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> DateTime<FixedOffset> {
        self.clock.now()
    }

    /// The logical day it is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        logical_day(self.now(), self.rules.day_starts)
    }

    /// The writer's choices.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What can be chosen by name.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Where the journal is; `None` in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.store.path()
    }

    /// What opens the journal again; `None` if it is not locked.
    #[must_use]
    pub fn passphrase(&self) -> Option<Passphrase> {
        self.store.passphrase()
    }

    /// Whether another process changed the journal since this was last asked.
    ///
    /// # Errors
    /// If the file cannot be read any more.
    pub fn changed_elsewhere(&mut self) -> Result<bool, JournalError> {
        Ok(self.store.changed_elsewhere()?)
    }

    /// One sentence the writer must know about where the file lies (a network disk, a synced
    /// folder), if any.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        self.store.warning().map(str::to_owned)
    }
}
