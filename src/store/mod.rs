//! The only SQL: the journal file, its schema, and one module for each family of tables.
//!
//! A [`Store`] hands out [`Tables`] inside one transaction: [`Store::read`] sees one state of the
//! journal, [`Store::write`] changes it wholly or not at all. No SQL type leaves this layer.

mod away;
mod backup;
mod cause;
mod checksum;
mod days;
mod drafts;
mod durability;
mod engine;
mod examine;
mod experiments;
mod figures;
mod goals;
pub mod ids;
mod key;
mod lock;
mod making;
mod months;
mod open;
mod platform;
mod reflections;
mod retention;
mod rotations;
mod row;
mod schema;
mod search;
mod seq;
mod session;
mod settings;
mod shift_log;
mod summaries;
mod unfinished;
mod vault;
mod vocabulary;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, SecondsFormat};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::domain::id::SessionId;

pub use backup::{Backup, Backups, Restored};
pub use cause::{Cause, StoreError};
pub use drafts::KeptDraft;
pub use examine::Examination;
pub use experiments::KeptExperiment;
pub use figures::LoopCounts;
pub use goals::KeptGoal;
pub use key::{NotAPassphrase, Passphrase};
pub use lock::is_plain;
pub use months::Counts;
pub use reflections::Gone;
pub use retention::Retention;
pub use rotations::KeptRotation;
pub use row::Kept;
pub use search::{Bound, Found, Order};
pub use seq::Seq;
pub use summaries::{LastWritten, ShiftOn};

pub use vault::{Change, Changed, OldBackups, PASSPHRASE_OFFER, change_passphrase};

use session::Session;

/// An open journal file, or one in memory.
pub struct Store {
    conn: Connection,
    session: Session,
    path: Option<PathBuf>,
    passphrase: Option<Passphrase>,
    warning: Option<String>,
    seen_version: i64,
    /// Whether it can only be read because the disk was full when it was opened.
    no_room: bool,
    now: Now,
}

/// Tells the time; the store itself does not.
pub type Now = Box<dyn Fn() -> DateTime<FixedOffset> + Send>;

/// Every table, inside one transaction.
pub struct Tables<'a> {
    conn: &'a Connection,
    session: SessionId,
    attempt: &'static str,
    now: &'a Now,
}

impl Store {
    /// Opens the journal at `path`, making it and its folder if nothing is there: encrypted, if
    /// there is a passphrase. One that is not encrypted is opened as it is.
    ///
    /// # Errors
    /// [`Cause::Locked`] without a passphrase where one is needed, [`Cause::WrongPassphrase`];
    /// [`Cause`] says what else is wrong. Whatever is there is left as it is.
    pub fn open(path: &Path, passphrase: Option<Passphrase>, now: Now) -> Result<Self, StoreError> {
        let session = SessionId::new(ids::fresh(now()));
        let attempt = "opening the journal";
        let path = open::whole(path).map_err(|cause| cause.during(attempt))?;
        let opened =
            open::file(&path, passphrase.as_ref(), now()).map_err(|cause| cause.during(attempt))?;
        let is_writable = !opened.conn.is_readonly(rusqlite::MAIN_DB).unwrap_or(true);
        if is_writable {
            vault::finish(&opened.conn, &path, passphrase.as_ref(), now())
                .map_err(|cause| cause.during(attempt))?;
        }
        let mut store = Self {
            conn: opened.conn,
            session: Session::new(session, Some(&path)),
            path: Some(path),
            passphrase,
            warning: opened.warning,
            seen_version: opened.data_version,
            no_room: opened.no_room,
            now,
        };
        if is_writable {
            // What cannot be removed now is at the next start.
            let _ = store.forget_screens_of_the_ended();
        }
        Ok(store)
    }

    /// A journal that is gone when it is closed.
    ///
    /// # Errors
    /// Only if the engine itself does not work.
    pub fn in_memory(now: Now) -> Result<Self, StoreError> {
        let conn =
            open::memory(now()).map_err(|cause| cause.during("making a journal in memory"))?;
        Ok(Self {
            conn,
            session: Session::new(SessionId::new(ids::fresh(now())), None),
            path: None,
            passphrase: None,
            warning: None,
            seen_version: 0,
            no_room: false,
            now,
        })
    }

    /// Where the journal is, links followed; `None` in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The backups of this journal; `None` in memory.
    #[must_use]
    pub fn backups(&self) -> Option<Backups> {
        let path = self.path.as_deref()?;
        Some(Backups::of(path).under(self.passphrase.clone()))
    }

    /// Closes the file and drops its key, until [`Self::unlock`]. This run goes on: its drafts are
    /// offered to nobody else meanwhile. In memory there is no file to close.
    ///
    /// # Errors
    /// Only if the engine itself does not work.
    pub fn lock(&mut self) -> Result<(), StoreError> {
        if self.path.is_none() {
            return Ok(());
        }
        let nothing = Connection::open_in_memory();
        let nothing = nothing.map_err(|error| Cause::from(error).during("locking the journal"))?;
        drop(std::mem::replace(&mut self.conn, nothing));
        self.passphrase = None;
        Ok(())
    }

    /// Opens the file again.
    ///
    /// # Errors
    /// As for [`Self::open`]; it stays closed then.
    pub fn unlock(&mut self, passphrase: Passphrase) -> Result<(), StoreError> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let attempt = "unlocking the journal";
        // Where it is gone, an empty one under whatever was typed is not what was asked for.
        if let Err(reason) = fs::metadata(path) {
            return Err(open::no_access(path, reason).during(attempt));
        }
        let opened = open::file(path, Some(&passphrase), (self.now)())
            .map_err(|cause| cause.during(attempt))?;
        self.conn = opened.conn;
        self.seen_version = opened.data_version;
        self.no_room = opened.no_room;
        self.passphrase = Some(passphrase);
        Ok(())
    }

    /// What opens the journal again; `None` if it is not encrypted.
    #[must_use]
    pub fn passphrase(&self) -> Option<Passphrase> {
        let is_encrypted = self.path.is_some() && lock::is_encrypted(&self.conn);
        self.passphrase.clone().filter(|_| is_encrypted)
    }

    /// One sentence about where the file lies, if the writer must know it.
    #[must_use]
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// Whether the journal can only be read: its file or folder is read-only.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.conn.is_readonly(rusqlite::MAIN_DB).unwrap_or(true)
    }

    /// Folds the log into the journal and empties it, so that nothing deleted is left in it.
    ///
    /// # Errors
    /// [`Cause::Busy`] if another program goes on reading what was deleted; the words are in the
    /// files until it stops.
    pub fn empty_log(&mut self) -> Result<(), StoreError> {
        durability::empty_log(&self.conn).map_err(|cause| cause.during("emptying the log"))
    }

    /// Makes the disk full after this: the file cannot grow.
    #[cfg(test)]
    pub(crate) fn fill_disk(&mut self) {
        self.conn
            .query_row("PRAGMA max_page_count = 1", [], |_| Ok(()))
            .unwrap();
    }

    /// Its pages as they would be without a passphrase.
    #[cfg(test)]
    pub(crate) fn plain_pages(&self) -> Vec<u8> {
        engine::plain_pages(&self.conn)
    }

    /// How the engine goes about each question asked so far: the statement and its plan.
    #[cfg(test)]
    pub(crate) fn plans(&self) -> Vec<(String, String)> {
        let plan = |sql: String| {
            let mut statement = self.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"));
            let steps = statement
                .as_mut()
                .unwrap()
                .raw_query()
                .mapped(|row| row.get(3));
            let steps: Vec<String> = steps.map(Result::unwrap).collect();
            (sql, steps.join("\n"))
        };
        let asked = engine::statements(&self.conn).into_iter();
        asked
            .filter(|sql| sql.starts_with("SELECT"))
            .map(plan)
            .collect()
    }

    /// This run of the program.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session.id
    }

    /// Reads one state of the journal.
    ///
    /// # Errors
    /// Those of `question`, or why the journal cannot be read.
    pub fn read<T, E: From<StoreError>>(
        &mut self,
        attempt: &'static str,
        question: impl FnOnce(&Tables<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transact(attempt, TransactionBehavior::Deferred, question)
    }

    /// Changes the journal in one transaction: when this returns `Ok`, the change is on the disk;
    /// on any error nothing was changed.
    ///
    /// # Errors
    /// Those of `change`, or why the journal cannot be written.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        attempt: &'static str,
        change: impl FnOnce(&Tables<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.no_room {
            return Err(Cause::DiskFull.during(attempt).into());
        }
        self.transact(attempt, TransactionBehavior::Immediate, change)
    }

    fn transact<T, E: From<StoreError>>(
        &mut self,
        attempt: &'static str,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Tables<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let failed = |error: rusqlite::Error| E::from(Cause::from(error).during(attempt));
        let transaction = Transaction::new(&mut self.conn, behavior).map_err(failed)?;
        // Asked under the writer's lock, which whoever replaces the journal holds until it is done.
        if matches!(behavior, TransactionBehavior::Immediate) && engine::has_moved(&transaction) {
            return Err(Cause::Replaced.during(attempt).into());
        }
        let done = work(&Tables {
            conn: &transaction,
            session: self.session.id,
            attempt,
            now: &self.now,
        })?;
        transaction.commit().map_err(failed)?;
        Ok(done)
    }

    /// Whether another connection changed the journal since this was last asked.
    ///
    /// # Errors
    /// If the file cannot be read any more.
    pub fn changed_elsewhere(&mut self) -> Result<bool, StoreError> {
        if engine::has_moved(&self.conn) {
            return Err(Cause::Replaced.during("looking for changes"));
        }
        let version =
            open::data_version(&self.conn).map_err(|cause| cause.during("looking for changes"))?;
        let changed = version != self.seen_version;
        self.seen_version = version;
        Ok(changed)
    }

    /// Marks this run as alive, so that no other instance offers its drafts. Cheap after the first.
    ///
    /// # Errors
    /// If the mark cannot be made beside the journal.
    pub fn show_alive(&mut self) -> Result<(), StoreError> {
        self.session
            .show_alive()
            .map_err(|cause| cause.during("keeping the draft"))
    }

    /// The sessions among these that have ended; this one is alive.
    #[must_use]
    pub fn ended(&self, sessions: &[SessionId]) -> Vec<SessionId> {
        sessions
            .iter()
            .copied()
            .filter(|session| *session != self.session.id && self.session.has_ended(*session))
            .collect()
    }
}

impl Tables<'_> {
    /// The moment of a change, as the journal notes it: UTC, sorting as text.
    fn stamp(&self) -> String {
        let now = (self.now)().to_utc();
        now.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// Names the attempt in an error of the engine.
    fn failed(&self, error: impl Into<Cause>) -> StoreError {
        error.into().during(self.attempt)
    }
}
