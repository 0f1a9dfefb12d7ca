//! Backups, and looking the whole journal over.

use std::path::Path;

use chrono::{DateTime, FixedOffset};

use super::clock::Clock;
use super::{Journal, JournalError};
use crate::store::{Backup, Backups, Examination, Passphrase, Restored, StoreError};

/// A backup that can be made on any thread while the journal goes on being used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupTask {
    backups: Backups,
    now: DateTime<FixedOffset>,
}

impl BackupTask {
    /// Makes the backup and removes those that are too many.
    ///
    /// # Errors
    /// If it cannot be written, or does not pass its check; then nothing was removed.
    pub fn run(&self) -> Result<Backup, StoreError> {
        self.backups.make(self.now)
    }
}

impl Journal {
    /// The backup that is due: after the first change of a day, if none was made on that day.
    ///
    /// # Errors
    /// If the folder of backups is there and cannot be read.
    pub fn backup_task(&self) -> Result<Option<BackupTask>, JournalError> {
        let Some(backups) = self.backups_here() else {
            return Ok(None);
        };
        let now = self.now();
        let due = !self.store.is_read_only() && backups.is_due(now)?;
        Ok(due.then_some(BackupTask { backups, now }))
    }

    /// Makes a backup unless one was made today.
    ///
    /// # Errors
    /// If it cannot be written, or does not pass its check; the journal is untouched.
    pub fn backup_if_due(&mut self) -> Result<Option<Backup>, JournalError> {
        match self.backup_task()? {
            Some(task) => Ok(Some(task.run()?)),
            None => Ok(None),
        }
    }

    /// Makes a backup among the others now; `None` in memory.
    ///
    /// # Errors
    /// As for [`Self::backup_if_due`].
    pub fn back_up(&mut self) -> Result<Option<Backup>, JournalError> {
        let now = self.now();
        match self.backups_here() {
            Some(backups) => Ok(Some(backups.make(now)?)),
            None => Ok(None),
        }
    }

    /// Writes the journal to a new file of the caller's choice. In memory nothing is written.
    ///
    /// # Errors
    /// [`crate::store::Cause::Exists`] if there is a file already; as for [`Self::backup_if_due`].
    pub fn backup_to(&mut self, path: &Path) -> Result<(), JournalError> {
        let now = self.now();
        match self.backups_here() {
            Some(backups) => Ok(backups.write_to(path, now)?),
            None => Ok(()),
        }
    }

    /// The backups there are, newest first.
    ///
    /// # Errors
    /// If the folder is there and cannot be read.
    pub fn backups(&self) -> Result<Vec<Backup>, JournalError> {
        match self.backups_here() {
            Some(backups) => Ok(backups.list()?),
            None => Ok(Vec::new()),
        }
    }

    /// Puts a backup in the place of the journal at `journal`, which is kept beside it under
    /// another name. Needs no journal that opens. Checks the backup first.
    ///
    /// # Errors
    /// [`crate::store::Cause::BadBackup`], or [`crate::store::Cause::Busy`] while the journal is
    /// open elsewhere; the journal is as it was then.
    pub fn restore_backup(
        journal: &Path,
        backup: &Path,
        passphrase: Option<&Passphrase>,
        clock: Clock,
    ) -> Result<Restored, JournalError> {
        let backups = Backups::of(journal).under(passphrase.cloned());
        Ok(backups.restore(backup, passphrase, clock.now())?)
    }

    /// Reads everything and checks it. Takes time: not for the start.
    ///
    /// # Errors
    /// If the file cannot be read at all.
    pub fn examine(&mut self) -> Result<Examination, JournalError> {
        Ok(self.store.examine()?)
    }

    /// Makes the search index anew from the text.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn rebuild_search(&mut self) -> Result<(), JournalError> {
        Ok(self.store.rebuild_search()?)
    }

    pub(super) fn backups_here(&self) -> Option<Backups> {
        let backups = self.store.backups()?;
        Some(backups.keeping(self.backups))
    }
}
