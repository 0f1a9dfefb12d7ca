//! Backups beside the journal: made whole and checked before they get their name, thinned out with
//! age, and put back without losing what they replace.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::cause::{Cause, StoreError};
use super::key::Passphrase;
use super::open::{self, beside};
use super::retention::{Retention, too_many};
use super::{engine, ids, lock, making, platform};

/// How a backup says when it was made, local time.
const STAMP: &str = "%Y%m%d-%H%M%S";
/// What the name of a copy begins with before it is checked; a `UUIDv7` follows.
const UNFINISHED: &str = ".unfinished-";

/// The same of a copy under another passphrase, which is written only while no other instance may put
/// a journal there.
const CHANGING: &str = ".changing-";

/// What stands between the name and the time of a journal that a backup replaced.
const REPLACED: &str = "-replaced-";

const BACKING_UP: &str = "making a backup";
const RESTORING: &str = "restoring the backup";

/// A backup on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made, local time.
    pub made_at: NaiveDateTime,
    /// Bytes.
    pub size: u64,
}

/// What restoring did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the journal that was replaced is kept; `None` if there was none.
    pub replaced: Option<PathBuf>,
}

/// The backups of one journal. Needs no open journal, so a backup can be made on any thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    journal: PathBuf,
    passphrase: Option<Passphrase>,
    kept: Retention,
}

impl Backups {
    /// The backups of the journal at `journal`: of the file itself where that is a link.
    #[must_use]
    pub fn of(journal: &Path) -> Self {
        Self {
            journal: open::whole(journal).unwrap_or_else(|_| journal.to_owned()),
            passphrase: None,
            kept: Retention::default(),
        }
    }

    /// The same, of a journal with this passphrase: a backup has that of the journal it is of.
    #[must_use]
    pub fn under(self, passphrase: Option<Passphrase>) -> Self {
        Self { passphrase, ..self }
    }

    /// The same, of which so many are kept.
    #[must_use]
    pub fn keeping(self, kept: Retention) -> Self {
        Self { kept, ..self }
    }

    /// The folder they are in.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        platform::folder_of(&self.journal).join("backups")
    }

    /// The backups there are, newest first.
    ///
    /// # Errors
    /// If the folder is there and cannot be read.
    pub fn list(&self) -> Result<Vec<Backup>, StoreError> {
        self.found()
            .map_err(|cause| cause.during("looking for backups"))
    }

    /// The newest backup, if there is one and the folder can be read.
    pub(super) fn newest(&self) -> Option<PathBuf> {
        let newest = self.found().ok()?.into_iter().next()?;
        Some(newest.path)
    }

    /// Whether no backup was made on the day of `now` yet.
    ///
    /// # Errors
    /// If the folder is there and cannot be read.
    pub fn is_due(&self, now: DateTime<FixedOffset>) -> Result<bool, StoreError> {
        let today = now.date_naive();
        let all = self.list()?;
        Ok(all.iter().all(|backup| backup.made_at.date() != today))
    }

    /// Makes a backup in the folder and removes those that are too many.
    ///
    /// # Errors
    /// If it cannot be written, or does not pass its check; then nothing was removed.
    pub fn make(&self, now: DateTime<FixedOffset>) -> Result<Backup, StoreError> {
        self.made(now).map_err(|cause| cause.during(BACKING_UP))
    }

    /// Writes the journal to a file of the caller's choice, which must not be there yet.
    ///
    /// # Errors
    /// [`Cause::Exists`], or if it cannot be written or does not pass its check.
    pub fn write_to(&self, path: &Path, now: DateTime<FixedOffset>) -> Result<(), StoreError> {
        let write = || {
            if fs::symlink_metadata(path).is_ok() {
                return Err(Cause::Exists(path.to_owned()));
            }
            let copy = self.copy(platform::folder_of(path), now)?;
            copy.publish(path)
        };
        write().map_err(|cause| cause.during(BACKING_UP))
    }

    /// Replaces every backup by one new one: nothing that was deleted for good is left in one.
    ///
    /// # Errors
    /// If the new one cannot be made; then the old ones stay.
    pub fn replace_all(&self, now: DateTime<FixedOffset>) -> Result<(), StoreError> {
        let replace = || {
            self.remove_leftovers(now, Leftovers::All);
            let old = self.found()?;
            if old.is_empty() {
                return Ok(());
            }
            self.made(now)?;
            old.iter().try_for_each(|backup| remove(&backup.path))
        };
        replace().map_err(|cause: Cause| cause.during("replacing the backups"))
    }

    /// Puts a backup in the place of the journal, which is kept under another name. The backup is
    /// copied and the copy checked before anything is replaced. The journal has the backup's
    /// passphrase then, which need not be its present one.
    ///
    /// # Errors
    /// [`Cause::Locked`] and [`Cause::WrongPassphrase`] are about the backup;
    /// [`Cause::BadBackup`] if it is not a sound journal, [`Cause::Busy`] if the journal is open
    /// elsewhere; the journal is as it was then.
    pub fn restore(
        &self,
        backup: &Path,
        passphrase: Option<&Passphrase>,
        now: DateTime<FixedOffset>,
    ) -> Result<Restored, StoreError> {
        self.restored(backup, passphrase, now)
            .map_err(|cause| cause.during(RESTORING))
    }

    /// Makes a backup in the folder and removes none.
    pub(super) fn add(&self, now: DateTime<FixedOffset>) -> Result<Backup, StoreError> {
        self.added(now).map_err(|cause| cause.during(BACKING_UP))
    }

    fn copy(&self, folder: &Path, now: DateTime<FixedOffset>) -> Result<Unfinished, Cause> {
        Unfinished::copy_of(&self.journal, self.passphrase.as_ref(), folder, now)
    }

    fn made(&self, now: DateTime<FixedOffset>) -> Result<Backup, Cause> {
        let made = self.added(now)?;
        let all = self.found()?;
        for old in too_many(&all, self.kept) {
            // After a clock was set back the one just made is not the newest.
            if old.path != made.path {
                remove(&old.path)?;
            }
        }
        Ok(made)
    }

    fn added(&self, now: DateTime<FixedOffset>) -> Result<Backup, Cause> {
        let folder = self.folder();
        platform::make_private_folder(&folder)
            .map_err(|reason| open::no_access(&folder, reason))?;
        let _ = platform::make_private(&folder, &fs::metadata(&folder)?);
        self.remove_leftovers(now, Leftovers::Old);
        let copy = self.copy(&folder, now)?;
        // Not before one that is there: the clock may have been set back.
        let newest = self.found()?.first().map(|backup| backup.made_at);
        let mut made_at = now.naive_local();
        if let Some(newest) = newest
            && newest.date() == made_at.date()
        {
            made_at = made_at.max(newest);
        }
        let mut path = self.path_at(made_at);
        while path.exists() {
            made_at += TimeDelta::seconds(1);
            path = self.path_at(made_at);
        }
        copy.publish(&path)?;
        let size = fs::metadata(&path)?.len();
        Ok(Backup {
            path,
            made_at,
            size,
        })
    }

    fn restored(
        &self,
        backup: &Path,
        passphrase: Option<&Passphrase>,
        now: DateTime<FixedOffset>,
    ) -> Result<Restored, Cause> {
        let bad = |reason: String| Cause::BadBackup {
            path: backup.to_owned(),
            reason,
        };
        if !backup.is_file() {
            return Err(bad("there is no such file".to_owned()));
        }
        // A link that leads nowhere would be replaced, not followed.
        open::whole(&self.journal)?;
        let folder = platform::folder_of(&self.journal);
        platform::make_private_folder(folder).map_err(|reason| open::no_access(folder, reason))?;
        let copy = Unfinished::copy_of(backup, passphrase, folder, now).map_err(|cause| {
            if matches!(
                cause,
                Cause::DiskFull
                    | Cause::ReadOnly
                    | Cause::Busy
                    | Cause::NoAccess { .. }
                    | Cause::CannotOpen
                    | Cause::Locked { .. }
                    | Cause::WrongPassphrase { .. }
                    | Cause::Io(_)
            ) {
                cause
            } else {
                bad(cause.to_string())
            }
        })?;
        making::in_turn(&self.journal, || {
            let replaced = if self.journal.exists() {
                Some(self.set_aside(now)?)
            } else {
                making::set_orphans_aside(&self.journal, now)?;
                None
            };
            fs::rename(&copy.path, &self.journal)?;
            platform::sync_folder(folder)?;
            Ok(Restored { replaced })
        })
    }

    /// Gives the journal a second name under which it stays, and takes its log away, which would
    /// spoil the file that comes in its place.
    fn set_aside(&self, now: DateTime<FixedOffset>) -> Result<PathBuf, Cause> {
        // Alone with a journal that can be read, its log is folded into it.
        // The log of one with a passphrase that was not given goes with it as it is.
        let conn = Connection::open_with_flags(
            &self.journal,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        );
        if let Ok(conn) = conn
            && lock::unlock(&conn, self.passphrase.as_ref()).is_ok()
        {
            let mode = conn.query_row("PRAGMA journal_mode = DELETE", [], |row| {
                row.get::<_, String>(0)
            });
            if matches!(mode.map_err(Cause::from), Err(Cause::Busy)) {
                return Err(Cause::Busy);
            }
        }
        let mut at = now.naive_local();
        let mut aside = self.aside(at);
        while let Err(error) = self.keep_as(&aside) {
            if error.kind() != io::ErrorKind::AlreadyExists {
                return Err(error.into());
            }
            at += TimeDelta::seconds(1);
            aside = self.aside(at);
        }
        for suffix in ["-wal", "-shm", "-journal"] {
            let side = beside(&self.journal, suffix);
            if side.exists() {
                fs::rename(&side, beside(&aside, suffix))?;
            }
        }
        Ok(aside)
    }

    /// Gives the journal a second name that nothing has yet, by a copy where there are no links.
    fn keep_as(&self, aside: &Path) -> io::Result<()> {
        match fs::hard_link(&self.journal, aside) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                let mut copy = platform::make_private_file(aside)?;
                io::copy(&mut File::open(&self.journal)?, &mut copy)?;
                copy.sync_all()
            }
            done => done,
        }
    }

    /// Removes what a crash left of copies and of journals in the making. Failing to is no harm.
    pub(super) fn remove_leftovers(&self, now: DateTime<FixedOffset>, which: Leftovers) {
        let hour_ago = u64::try_from((now - TimeDelta::hours(1)).timestamp()).unwrap_or(0);
        let new = format!("{}{}", self.name(), making::NEW);
        for folder in [platform::folder_of(&self.journal), &self.folder()] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = entry.file_name();
                let changing = name.to_str().is_some_and(|name| name.starts_with(CHANGING));
                let begun = name.to_str().and_then(|name| {
                    let mark = [UNFINISHED, CHANGING, &new]
                        .into_iter()
                        .find(|m| name.starts_with(*m))?;
                    begun(name, mark)
                });
                // It may hold every word without a passphrase, so it does not wait for an hour.
                let is_dead = || changing && making::is_nobodys_turn(&self.journal);
                let goes = |begun| which == Leftovers::All || begun < hour_ago || is_dead();
                if begun.is_some_and(goes) {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    /// Journals that were replaced by a backup, and logs without a journal, which are kept beside
    /// this one: what is deleted from the journal may still be in them.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn set_aside_earlier(&self) -> Result<Vec<PathBuf>, StoreError> {
        let folder = platform::folder_of(&self.journal);
        let name = self.name();
        let replaced = format!("{}{REPLACED}", self.stem());
        let logs = ["-wal", "-journal"].map(|suffix| format!("{name}{suffix}{}", making::LEFT));
        let look = || {
            let mut found = Vec::new();
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let name = entry.file_name();
                let name = name.to_string_lossy();
                if name.starts_with(&replaced) || logs.iter().any(|log| name.starts_with(log)) {
                    found.push(entry.path());
                }
            }
            found.sort();
            Ok(found)
        };
        look().map_err(|cause: Cause| cause.during("looking for what was set aside"))
    }

    fn name(&self) -> Cow<'_, str> {
        self.journal
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
    }

    fn aside(&self, at: NaiveDateTime) -> PathBuf {
        let name = format!(
            "{}{REPLACED}{}{}",
            self.stem(),
            at.format(STAMP),
            self.ending()
        );
        platform::folder_of(&self.journal).join(name)
    }

    fn path_at(&self, at: NaiveDateTime) -> PathBuf {
        let name = format!("{}-{}{}", self.stem(), at.format(STAMP), self.ending());
        self.folder().join(name)
    }

    /// What the backups' names begin with: the journal's name up to its ending. They end as it does,
    /// so that no two journals in one folder share their backups.
    fn stem(&self) -> String {
        let stem = self.journal.file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }

    /// `.db` of `journal.db`; nothing of `journal`.
    fn ending(&self) -> String {
        let ending = self.journal.extension();
        ending.map_or_else(String::new, |ending| {
            format!(".{}", ending.to_string_lossy())
        })
    }

    fn found(&self) -> Result<Vec<Backup>, Cause> {
        let folder = self.folder();
        let names = match fs::read_dir(&folder) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(reason) => return Err(open::no_access(&folder, reason)),
        };
        let (stem, ending) = (self.stem(), self.ending());
        let mut all = Vec::new();
        for entry in names {
            let entry = entry?;
            let name = entry.file_name();
            let made_at = name
                .to_str()
                .and_then(|name| name.strip_prefix(&stem))
                .and_then(|rest| rest.strip_prefix('-'))
                .and_then(|rest| rest.strip_suffix(&ending))
                .and_then(|stamp| NaiveDateTime::parse_from_str(stamp, STAMP).ok());
            if let Some(made_at) = made_at {
                all.push(Backup {
                    path: entry.path(),
                    made_at,
                    size: entry.metadata()?.len(),
                });
            }
        }
        all.sort_by_key(|backup| std::cmp::Reverse(backup.made_at));
        Ok(all)
    }
}

/// A checked copy of a journal that has no name of its own yet; removed unless it gets one.
pub(super) struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// Copies the journal, under its own passphrase.
    fn copy_of(
        journal: &Path,
        passphrase: Option<&Passphrase>,
        folder: &Path,
        now: DateTime<FixedOffset>,
    ) -> Result<Self, Cause> {
        let copy = Self::begun(folder, UNFINISHED, now)?;
        let conn = open::to_copy(journal, passphrase)?;
        // SQLite writes into an empty file of this name, and so keeps its mode.
        // Its path goes as the bytes it is: it need not be UTF-8.
        let path = ToSqlOutput::Borrowed(ValueRef::Text(copy.path.as_os_str().as_encoded_bytes()));
        conn.execute("VACUUM INTO ?1", [path])?;
        drop(open::check(&copy.path, passphrase)?);
        // A copy of what another instance has just replaced must not outlive it.
        if engine::has_moved(&conn) {
            return Err(Cause::Replaced);
        }
        platform::sync_file(&copy.path)?;
        Ok(copy)
    }

    /// An empty file to copy the journal into under another passphrase, while it is this instance's
    /// turn.
    pub(super) fn changing(folder: &Path, now: DateTime<FixedOffset>) -> Result<Self, Cause> {
        Self::begun(folder, CHANGING, now)
    }

    fn begun(folder: &Path, mark: &str, now: DateTime<FixedOffset>) -> Result<Self, Cause> {
        let name = format!("{mark}{}", ids::fresh(now).simple());
        let path = folder.join(name);
        platform::make_private_file(&path).map_err(|reason| open::not_made(folder, reason))?;
        Ok(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name, in the place of what has it.
    pub(super) fn publish(self, path: &Path) -> Result<(), Cause> {
        fs::rename(&self.path, path)?;
        platform::sync_folder(platform::folder_of(path))?;
        Ok(())
    }

    /// Gives it the name of a file that is in use and locked by `lock`.
    pub(super) fn publish_over(self, path: &Path, lock: Connection) -> Result<(), Cause> {
        platform::replace_locked(&self.path, path, lock).map_err(|error| {
            let busy = error.kind() == io::ErrorKind::ResourceBusy;
            if busy { Cause::Busy } else { error.into() }
        })?;
        platform::sync_folder(platform::folder_of(path))?;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Which files that a crash cut short are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leftovers {
    /// Those begun more than an hour ago: nobody is at work on them.
    Old,
    /// All.
    All,
}

/// When a copy of that name was begun, in seconds since 1970, by the `UUIDv7` after the mark. The
/// engine's own files beside the copy count as well.
fn begun(name: &str, mark: &str) -> Option<u64> {
    let (_, id) = name.split_once(mark)?;
    let id = ["-journal", "-wal", "-shm"]
        .iter()
        .find_map(|side| id.strip_suffix(side))
        .unwrap_or(id);
    let (seconds, _) = Uuid::parse_str(id).ok()?.get_timestamp()?.to_unix();
    Some(seconds)
}

/// Removes a file that another instance may have removed already.
fn remove(path: &Path) -> Result<(), Cause> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
