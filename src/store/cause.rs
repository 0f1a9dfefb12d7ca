//! What can go wrong with the journal file, kept apart from the words for it.

use std::io;
use std::path::PathBuf;

use rusqlite::{ErrorCode, ffi};

/// Something the store tried and could not do. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[error("{attempt} failed: {cause}")]
pub struct StoreError {
    /// What was being tried: "saving the reflection".
    pub attempt: &'static str,
    /// Why it failed.
    pub cause: Cause,
}

/// Why the store could not do something. Never holds text of the journal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// No room left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error("the file or its folder is read-only")]
    ReadOnly,
    /// Another program holds the journal.
    #[error("another program is using the journal")]
    Busy,
    /// A folder stands where the journal should be.
    #[error("{} is a folder, not a journal", .0.display())]
    Folder(PathBuf),
    /// The file is there and holds nothing: it was cut off, or is not a journal.
    #[error("{} is empty (0 bytes), so it is not a journal", .path.display())]
    Empty {
        /// The file.
        path: PathBuf,
        /// The newest backup beside it.
        newest_backup: Option<PathBuf>,
    },
    /// Not a database, or one whose first page is damaged.
    #[error("the file is damaged or not a journal")]
    Unreadable {
        /// The newest backup beside it.
        newest_backup: Option<PathBuf>,
    },
    /// The journal is encrypted, and no passphrase was given.
    #[error("it is locked with a passphrase")]
    Locked {
        /// The newest backup beside it.
        newest_backup: Option<PathBuf>,
    },
    /// The file begins like an encrypted one, and this passphrase does not open it.
    #[error("wrong passphrase, or the file is damaged")]
    WrongPassphrase {
        /// The newest backup beside it.
        newest_backup: Option<PathBuf>,
    },
    /// Another file has the journal's name now: it was restored or given another passphrase by
    /// another instance, or moved away.
    #[error("another program put another file in the journal's place")]
    Replaced,
    /// A database of another program.
    #[error("the file is a database of another program, not a postcall journal")]
    NotAJournal,
    /// Written by a newer postcall.
    #[error("the journal has schema {found}; this postcall reads up to {supported}")]
    Newer {
        /// Schema of the file.
        found: i64,
        /// Newest schema this program knows.
        supported: i64,
    },
    /// The engine found its own structures damaged.
    #[error("the journal file is damaged")]
    Corrupt {
        /// The newest backup beside it, where that was looked for.
        newest_backup: Option<PathBuf>,
    },
    /// A row's text is not the text that was saved.
    #[error("{what} {id} is damaged: its text is not as it was saved")]
    Damaged {
        /// "reflection" or "draft".
        what: &'static str,
        /// Its short id.
        id: String,
    },
    /// The file may not be opened, or its folder cannot be made.
    #[error("{} cannot be opened: {reason}", .path.display())]
    NoAccess {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The engine could not open a file it needs.
    #[error("the file, or one that belongs beside it, cannot be opened")]
    CannotOpen,
    /// There is a file already where one was to be written.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// The file that was to be restored is not a sound journal.
    #[error("{} is not a sound journal: {reason}", .path.display())]
    BadBackup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The engine does not keep a promise that safety rests on.
    #[error("the database engine would not set {setting} (it is {found})")]
    Setting {
        /// The name of the setting.
        setting: &'static str,
        /// Its value.
        found: String,
    },
    /// Reading or writing failed below the engine.
    #[error("the disk reported an error: {0}")]
    Io(io::Error),
    /// Anything else the engine reports, as its number: its messages can quote text.
    #[error("the database engine reported error {0}")]
    Engine(i32),
}

impl Cause {
    /// What the system says about the disk, told apart as far as a next step depends on it.
    pub(super) fn of_disk(error: io::Error) -> Self {
        let kind = error.kind();
        if matches!(
            kind,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        ) {
            Self::DiskFull
        } else {
            Self::Io(error)
        }
    }

    /// Of a file that begins like an encrypted one, or does not: what is no database there is one
    /// that another passphrase opens.
    pub(super) fn of_a_file(self, is_encrypted: bool) -> Self {
        if is_encrypted && matches!(self, Self::Unreadable { .. }) {
            Self::WrongPassphrase {
                newest_backup: None,
            }
        } else {
            self
        }
    }

    /// The error of this attempt.
    #[must_use]
    pub const fn during(self, attempt: &'static str) -> StoreError {
        StoreError {
            attempt,
            cause: self,
        }
    }
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Self {
        Self::of_disk(error)
    }
}

impl From<rusqlite::Error> for Cause {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what nobody can do anything about is told by its number"
    )]
    fn from(error: rusqlite::Error) -> Self {
        let Some(failure) = error.sqlite_error() else {
            // A value of another type than the schema promises.
            return Self::Corrupt {
                newest_backup: None,
            };
        };
        match failure.code {
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DatabaseCorrupt => Self::Corrupt {
                newest_backup: None,
            },
            ErrorCode::NotADatabase => Self::Unreadable {
                newest_backup: None,
            },
            ErrorCode::CannotOpen => Self::CannotOpen,
            ErrorCode::SystemIoFailure => of_system(failure.extended_code),
            _ => Self::Engine(failure.extended_code),
        }
    }
}

/// What the engine was doing when the system failed it. Not the system's last error: that may be
/// one of another call since.
fn of_system(code: i32) -> Cause {
    let doing = match code {
        // Growing the index of the log fails for want of room.
        ffi::SQLITE_IOERR_SHMSIZE => return Cause::DiskFull,
        ffi::SQLITE_IOERR_READ | ffi::SQLITE_IOERR_SHORT_READ => "reading failed",
        ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_TRUNCATE => "writing failed",
        ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC => "it did not keep what was written",
        ffi::SQLITE_IOERR_LOCK | ffi::SQLITE_IOERR_RDLOCK | ffi::SQLITE_IOERR_SHMLOCK => {
            "locking the file failed"
        }
        _ => return Cause::Engine(code),
    };
    Cause::Io(io::Error::other(doing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_disk_is_told_by_what_was_done_and_not_by_another_calls() {
        let of = |code| {
            let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            Cause::from(error).to_string()
        };
        // Leaves "no such file" behind as the system's last error.
        drop(std::fs::metadata("/there is/no such file"));
        assert_eq!(
            of(ffi::SQLITE_IOERR_WRITE),
            "the disk reported an error: writing failed"
        );
        assert_eq!(of(ffi::SQLITE_IOERR_SHMSIZE), "the disk is full");
        assert_eq!(
            of(ffi::SQLITE_IOERR_ACCESS),
            format!(
                "the database engine reported error {}",
                ffi::SQLITE_IOERR_ACCESS
            )
        );
    }
}
