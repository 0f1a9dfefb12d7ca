//! The passphrase of a journal: set, changed, taken away.

use std::path::Path;

use super::clock::Clock;
use super::{Journal, JournalError};
use crate::domain::prose::Prose;
use crate::store::{self, Change, Changed, OldBackups, PASSPHRASE_OFFER, Passphrase, Tables};

impl Journal {
    /// Whether the journal is a plain file of ours.
    pub(super) fn may_be_given_a_passphrase(&self) -> bool {
        self.lies_open() && !self.store.is_read_only()
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

    /// Whether anybody who has the file can read it.
    #[must_use]
    pub fn lies_open(&self) -> bool {
        self.path().is_some() && self.passphrase().is_none()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::template::TemplateId;
    use crate::domain::trends::Range;
    use crate::journal::{Options, Place};

    fn holds(pages: &[u8], word: &str) -> bool {
        pages
            .windows(word.len())
            .any(|part| part == word.as_bytes())
    }

    #[test]
    fn emptying_the_trash_leaves_no_trace_in_the_decrypted_pages_not_even_in_free_ones() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("journal.db"));
        let options = Options {
            passphrase: Some(Passphrase::new(b"four words".to_vec()).unwrap()),
            ..Options::default()
        };
        let mut journal = Journal::open(&place, options).unwrap();
        let words = ["xylophone", "zeppelin", "quixotic", "marzipan"];
        let mut ids = Vec::new();
        for round in 0..40 {
            let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
            // Some fill pages of their own.
            let often = 1 + 200 * (round % 3);
            draft.went_well = format!("{} ", words[0]).repeat(often).into();
            draft.do_differently = format!("{} #{}", words[1], words[3]).into();
            draft.try_next = format!("If {}, then b", words[2]).into();
            journal.keep_draft(&draft).unwrap();
            ids.push(journal.save(&draft).unwrap().entry.reflection.id);
        }
        journal.trends(Range::All).unwrap();
        let before = journal.store.plain_pages();
        for word in words {
            assert!(holds(&before, word), "{word} was never there");
        }
        for id in ids {
            journal.trash(id).unwrap();
        }
        assert_eq!(journal.empty_trash().unwrap().count, 40);
        let after = journal.store.plain_pages();
        // The index keeps words by what they begin with.
        for piece in [
            "xylop", "phone", "zeppe", "pelin", "quixo", "xotic", "marzi", "zipan",
        ] {
            assert!(!holds(&after, piece), "{piece} is still there");
        }
    }

    #[test]
    fn a_screen_put_away_by_a_run_that_ended_is_gone_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("journal.db"));
        let open = || Journal::open(&place, Options::default()).unwrap();
        let screens = |journal: &mut Journal| {
            let pages = journal.store.plain_pages();
            holds(&pages, "screen-")
        };
        let mut one = open();
        one.put_screen_away(&Prose::new("half a line")).unwrap();
        let mut other = open();
        assert!(screens(&mut other), "another run is still alive");
        assert_eq!(
            one.take_screen_back().as_deref(),
            Some("half a line"),
            "its own"
        );
        assert_eq!(one.take_screen_back(), None);
        one.put_screen_away(&Prose::new("half a line")).unwrap();
        drop((one, other));
        assert!(!screens(&mut open()));
    }
}
