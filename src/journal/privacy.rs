//! The passphrase of a journal: set, changed, taken away.

use std::path::Path;

use super::clock::Clock;
use super::{Journal, JournalError};
use crate::domain::prose::Prose;
use crate::store::{self, Change, Changed, OldBackups, PASSPHRASE_OFFER, Passphrase, Tables};

impl Journal {
    /// Whether the journal is a plain file of ours.
    pub(super) fn may_be_given_a_passphrase(&self) -> bool {
        self.path().is_some() && self.passphrase().is_none() && !self.store.is_read_only()
    }

    /// Offers no passphrase from now on.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn decline_passphrase(&mut self) -> Result<(), JournalError> {
        self.store.write("noting the answer", |tables| {
            Ok(tables.set_setting(PASSPHRASE_OFFER, "declined")?)
        })
    }

    /// Keeps what was taken off the screen until [`Self::take_screen_back`], for this run alone.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn put_screen_away(&mut self, words: &Prose) -> Result<(), JournalError> {
        self.store.show_alive()?;
        self.store.write("putting the screen away", |tables| {
            Ok(tables.put_screen_away(words)?)
        })
    }

    /// What this run put away, which is not kept any longer; `None` if there is nothing, or if it
    /// cannot be read.
    pub fn take_screen_back(&mut self) -> Option<Prose> {
        let attempt = "bringing the screen back";
        let read = |tables: &Tables<'_>| Ok::<_, JournalError>(tables.screen_put_away()?);
        let words = self.store.read(attempt, read).ok()??;
        let forget = |tables: &Tables<'_>| Ok::<_, JournalError>(tables.forget_screen()?);
        // If it stays, the next start removes it.
        let _ = self.store.write(attempt, forget);
        Some(words)
    }

    /// Closes the file and drops its key, until [`Self::unlock`]. Nothing else may be asked of it
    /// meanwhile.
    ///
    /// # Errors
    /// Only if the engine itself does not work.
    pub fn lock(&mut self) -> Result<(), JournalError> {
        Ok(self.store.lock()?)
    }

    /// Opens the file again; what can be taken back still can.
    ///
    /// # Errors
    /// [`crate::store::Cause::WrongPassphrase`], or why else the file cannot be opened; it stays
    /// closed then.
    pub fn unlock(&mut self, passphrase: Passphrase) -> Result<(), JournalError> {
        Ok(self.store.unlock(passphrase)?)
    }

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
