//! Which runs of the program are alive: each holds a lock on a file of its own beside the journal.
//!
//! The system gives the lock back however a program ends, so a file that can be locked, or that is
//! not there, belongs to a run that has ended.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use super::cause::Cause;
use super::open::beside;
use super::platform;
use crate::domain::id::SessionId;

/// This run.
pub(super) struct Session {
    pub(super) id: SessionId,
    /// `None` in memory: no other run can see that journal.
    journal: Option<PathBuf>,
    held: Option<File>,
}

impl Session {
    pub(super) fn new(id: SessionId, journal: Option<&Path>) -> Self {
        Self {
            id,
            journal: journal.map(Path::to_owned),
            held: None,
        }
    }

    pub(super) fn show_alive(&mut self) -> Result<(), Cause> {
        if self.held.is_some() {
            return Ok(());
        }
        if let Some(path) = self.file_of(self.id) {
            let file = platform::open_private_file(&path)?;
            file.lock()?;
            self.held = Some(file);
        }
        Ok(())
    }

    /// Whether that run has ended; a file it left behind is removed.
    pub(super) fn has_ended(&self, session: SessionId) -> bool {
        let Some(path) = self.file_of(session) else {
            return true;
        };
        let Ok(file) = File::options().read(true).write(true).open(&path) else {
            return true;
        };
        match file.try_lock() {
            Ok(()) => {
                let _ = fs::remove_file(&path);
                true
            }
            Err(TryLockError::WouldBlock) => false,
            // A disk that knows no locks: rather offer a draft twice than never.
            Err(TryLockError::Error(_)) => true,
        }
    }

    fn file_of(&self, session: SessionId) -> Option<PathBuf> {
        let suffix = format!(".session-{}", session.uuid().simple());
        self.journal.as_deref().map(|path| beside(path, &suffix))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.held.is_some()
            && let Some(path) = self.file_of(self.id)
        {
            let _ = fs::remove_file(path);
        }
    }
}
