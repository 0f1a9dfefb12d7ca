//! The passphrase of a journal: set, changed, taken away.

use std::path::Path;

use super::clock::Clock;
use super::{Journal, JournalError};
use crate::store::{self, Change, Changed, OldBackups, Passphrase};

impl Journal {
    /// Gives the journal file at `path` another passphrase, or none. Needs the journal closed.
    ///
    /// # Errors
    /// [`crate::store::Cause::Locked`] and [`crate::store::Cause::WrongPassphrase`] if `from` does
    /// not open it, [`crate::store::Cause::Busy`] while another program has it open; the journal is
    /// as it was then.
    pub fn change_passphrase(
        path: &Path,
        from: Option<&Passphrase>,
        to: Option<&Passphrase>,
        backups: OldBackups,
        clock: Clock,
    ) -> Result<Changed, JournalError> {
        let change = Change { from, to, backups };
        Ok(store::change_passphrase(path, change, clock.now())?)
    }
}
