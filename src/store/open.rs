//! Opening a journal file: what may be opened, how it is set up, how it is made.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OpenFlags};

use super::backup::{Backups, Leftovers};
use super::cause::{Cause, StoreError};
use super::key::Passphrase;
use super::{durability, engine, lock, making, platform, schema};

/// How often a journal that another instance replaced is opened anew.
const REPLACEMENTS: u32 = 3;
/// Bytes of the smallest page there can be in a database file.
const SMALLEST_PAGE: u64 = 512;
pub(super) struct Opened {
    pub(super) conn: Connection,
    pub(super) warning: Option<String>,
    pub(super) data_version: i64,
    /// Whether it can only be read because the disk was full.
    pub(super) no_room: bool,
}

/// Opens the journal at `path`, making it if nothing is there: encrypted where there is a
/// passphrase.
pub(super) fn file(
    path: &Path,
    passphrase: Option<&Passphrase>,
    now: DateTime<FixedOffset>,
) -> Result<Opened, Cause> {
    // Another instance gives the journal another passphrase right now: what was opened is its old
    // file, and the new one stands in its place.
    let mut opened = once(path, passphrase, now);
    for _ in 0..REPLACEMENTS {
        if !matches!(opened, Err(Cause::Replaced)) {
            break;
        }
        opened = once(path, passphrase, now);
    }
    opened
}

fn once(
    path: &Path,
    passphrase: Option<&Passphrase>,
    now: DateTime<FixedOffset>,
) -> Result<Opened, Cause> {
    let mut set_aside = None;
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            set_aside = making::make_once(path, passphrase, now)?;
            fs::metadata(path).map_err(|reason| no_access(path, reason))?
        }
        Err(reason) => return Err(no_access(path, reason)),
    };
    if metadata.is_dir() {
        return Err(Cause::Folder(path.to_owned()));
    }
    if metadata.len() == 0 {
        return Err(Cause::Empty {
            path: path.to_owned(),
            newest_backup: newest_backup(path),
        });
    }
    // The engine takes what is shorter than its smallest page for a new, empty database.
    if metadata.len() < SMALLEST_PAGE {
        return Err(Cause::Unreadable {
            newest_backup: newest_backup(path),
        });
    }
    Backups::of(path).remove_leftovers(now, Leftovers::Old);
    close_to_others(path, &metadata);
    let Connected {
        mut conn,
        only_read,
        schema,
    } = connect(path, passphrase).map_err(|cause| with_backup(cause, path))?;
    if let Some(warning) = only_read {
        return Ok(Opened {
            data_version: data_version(&conn)?,
            conn,
            warning: Some(warning.to_owned()),
            no_room: warning == NO_ROOM,
        });
    }
    if schema < schema::NEWEST {
        upgrade(&mut conn, path, passphrase, now)?;
    }
    let disk = durability::journal_mode(&conn, path).map_err(|cause| with_backup(cause, path))?;
    let warnings: Vec<String> = set_aside.into_iter().chain(disk).collect();
    Ok(Opened {
        data_version: data_version(&conn)?,
        conn,
        warning: (!warnings.is_empty()).then(|| warnings.join(" ")),
        no_room: false,
    })
}

/// The file that stands at this path: where a link leads, so that what lies beside the journal lies
/// beside the file itself.
pub(super) fn whole(path: &Path) -> Result<PathBuf, Cause> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    if !is_link {
        return Ok(path.to_owned());
    }
    fs::canonicalize(path).map_err(|reason| {
        let reason = if reason.kind() == io::ErrorKind::NotFound {
            io::Error::new(reason.kind(), "it is a link, and nothing is where it leads")
        } else {
            reason
        };
        no_access(path, reason)
    })
}

/// Makes a journal of ours that can be written readable to us alone, before the engine gives its
/// mode to the files it makes beside it. Failing to is no reason to stop.
///
/// Files left beside it from a time when it could only be read would keep it so.
fn close_to_others(path: &Path, metadata: &Metadata) {
    if !platform::is_ours_to_write(metadata) {
        return;
    }
    let _ = platform::make_private(path, metadata);
    for suffix in ["-wal", "-shm", "-journal"] {
        let _ = platform::make_ours_to_write(&beside(path, suffix));
    }
}

/// A journal in memory.
pub(super) fn memory(now: DateTime<FixedOffset>) -> Result<Connection, Cause> {
    let mut conn = Connection::open_in_memory()?;
    durability::set_up(&conn)?;
    schema::migrate(&mut conn, now)?;
    Ok(conn)
}

/// A connection for copying a journal from, whether this program can write it or not.
pub(super) fn to_copy(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connection, Cause> {
    Ok(connect(path, passphrase)?.conn)
}

/// Checks a copy that no other program knows of yet, and hands out the connection to it.
pub(super) fn check(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connection, Cause> {
    let Connected { conn, .. } = connect(path, passphrase)?;
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(conn)
    } else {
        Err(Cause::Corrupt {
            newest_backup: None,
        })
    }
}

/// Changes whenever another connection writes.
pub(super) fn data_version(conn: &Connection) -> Result<i64, Cause> {
    let mut statement = conn.prepare_cached("PRAGMA data_version")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// A connection to a journal that this program can read.
struct Connected {
    conn: Connection,
    /// Why it can only be read, for a person; `None` if it can be written too.
    only_read: Option<&'static str>,
    schema: i64,
}

const BY_A_NEWER: &str =
    "A newer postcall wrote this journal: until this one is updated, it can only be read here.";
const CLOSED: &str = "The journal can only be read here: its file or folder is read-only.";
const NO_ROOM: &str =
    "The disk is full: the journal can only be read until there is room and it is opened again.";

fn connect(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connected, Cause> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let first = Connection::open_with_flags(path, flags)
        .map_err(Cause::from)
        .and_then(|conn| admit(&conn, passphrase).map(|schema| (conn, schema)));
    match first {
        Ok((_, schema)) if schema > schema::NEWEST => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let conn = Connection::open_with_flags(path, flags)?;
            Ok(Connected {
                schema: admit(&conn, passphrase)?,
                conn,
                only_read: Some(BY_A_NEWER),
            })
        }
        Ok((conn, schema)) => Ok(Connected {
            only_read: conn.is_readonly(rusqlite::MAIN_DB)?.then_some(CLOSED),
            conn,
            schema,
        }),
        // In a read-only folder the log that SQLite wants beside the file cannot be made. As nothing
        // can change the file there, it may be read as it is, provided that no log waits. The same
        // on a full disk, while nobody else has the journal open.
        Err(cause @ (Cause::ReadOnly | Cause::CannotOpen | Cause::DiskFull))
            if !(log_waits(path) || matches!(cause, Cause::DiskFull) && is_open(path)) =>
        {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_NO_MUTEX
                | OpenFlags::SQLITE_OPEN_URI;
            // A promise that nobody writes.
            let conn = Connection::open_with_flags(uri(path, "immutable=1"), flags)
                .map_err(|_| no_access(path, io::ErrorKind::PermissionDenied.into()))?;
            Ok(Connected {
                schema: admit(&conn, passphrase)?,
                conn,
                only_read: Some(if matches!(cause, Cause::DiskFull) {
                    NO_ROOM
                } else {
                    CLOSED
                }),
            })
        }
        Err(Cause::CannotOpen) => Err(no_access(path, io::ErrorKind::PermissionDenied.into())),
        Err(cause) => Err(cause),
    }
}

fn log_waits(path: &Path) -> bool {
    fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// Whether another process has it open, or ended without closing it: the index of its log is whole.
fn is_open(path: &Path) -> bool {
    fs::metadata(beside(path, "-shm")).is_ok_and(|index| index.len() >= LOG_INDEX)
}

/// Bytes of the index of a log that is in use, as the engine makes it.
const LOG_INDEX: u64 = 32 * 1024;

/// The path as a URI with these settings, which may be none.
pub(super) fn uri(path: &Path, settings: &str) -> String {
    // Settings may be secret, and a string that grows leaves itself behind.
    let length = path.as_os_str().len();
    let mut uri = String::with_capacity(6 + 3 * length + settings.len());
    uri.push_str("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b'.' | b'-' | b'_' | b':' => uri.push(char::from(*byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(*byte)),
            _ => {
                uri.push('%');
                uri.extend(char::from_digit(u32::from(byte >> 4), 16));
                uri.extend(char::from_digit(u32::from(byte & 15), 16));
            }
        }
    }
    uri.push('?');
    uri.push_str(settings);
    uri
}

/// Sets the connection up and admits only a journal of a schema that is known, or of a newer one
/// that says that it can be read all the same: which one.
pub(super) fn admit(conn: &Connection, passphrase: Option<&Passphrase>) -> Result<i64, Cause> {
    // Before anything is read.
    let is_encrypted = lock::unlock(conn, passphrase)?;
    let marks = durability::set_up(conn)
        .and_then(|()| schema::marks(conn))
        .map_err(|cause| cause.of_a_file(is_encrypted))?;
    schema::known(conn, marks)
}

/// Brings a journal of an older schema to the present one, after a backup of it as it was.
fn upgrade(
    conn: &mut Connection,
    path: &Path,
    passphrase: Option<&Passphrase>,
    now: DateTime<FixedOffset>,
) -> Result<(), Cause> {
    making::in_turn(path, || {
        if engine::has_moved(conn) {
            return Err(Cause::Replaced);
        }
        // Another instance was faster.
        if schema::marks(conn)?.1 >= schema::NEWEST {
            return Ok(());
        }
        // Nothing is thinned out: how much the writer keeps is not known before the journal is open.
        Backups::of(path)
            .under(passphrase.cloned())
            .add(now)
            .map_err(|error: StoreError| error.cause)?;
        schema::migrate(conn, now)
    })
}

pub(super) fn no_access(path: &Path, reason: io::Error) -> Cause {
    Cause::NoAccess {
        path: path.to_owned(),
        reason,
    }
}

/// Why a file could not be made in the folder.
pub(super) fn not_made(folder: &Path, reason: io::Error) -> Cause {
    let cause = Cause::of_disk(reason);
    if let Cause::Io(reason) = cause {
        no_access(folder, reason)
    } else {
        cause
    }
}

/// The same, naming the newest backup where that is the next step.
pub(super) fn with_backup(mut cause: Cause, path: &Path) -> Cause {
    if let Cause::Unreadable {
        newest_backup: named,
    }
    | Cause::Locked {
        newest_backup: named,
    }
    | Cause::WrongPassphrase {
        newest_backup: named,
    }
    | Cause::Corrupt {
        newest_backup: named,
    } = &mut cause
    {
        *named = newest_backup(path);
    }
    cause
}

fn newest_backup(path: &Path) -> Option<PathBuf> {
    Backups::of(path).newest()
}

/// The file of this name with something put behind it.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_on_a_local_disk_has_the_settings_that_safety_rests_on() {
        let folder = tempfile::tempdir().unwrap();
        let now = DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap();
        let opened = file(&folder.path().join("journal.db"), None, now).unwrap();
        let expected = [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("secure_delete", "1"),
            ("trusted_schema", "0"),
            ("cell_size_check", "1"),
            ("temp_store", "2"),
            ("busy_timeout", "5000"),
            ("application_id", "1885561196"),
            ("user_version", "3"),
        ];
        for (setting, expected) in expected {
            let sql = format!("SELECT CAST({setting} AS TEXT) FROM pragma_{setting}");
            let column = if setting == "busy_timeout" {
                "timeout"
            } else {
                setting
            };
            let sql = sql.replacen(setting, column, 1);
            let found: String = opened.conn.query_row(&sql, [], |row| row.get(0)).unwrap();
            assert_eq!(found, expected, "{setting}");
        }
    }

    #[test]
    fn whoever_saw_no_journal_a_moment_ago_leaves_the_living_log_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.db");
        let now = DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap();
        let opened = file(&path, None, now).unwrap();
        opened
            .conn
            .execute("INSERT INTO setting (key, value) VALUES ('a', 'b')", [])
            .unwrap();
        let log = fs::read(beside(&path, "-wal")).unwrap();
        assert!(!log.is_empty());
        assert_eq!(making::make_once(&path, None, now).unwrap(), None);
        assert_eq!(fs::read(beside(&path, "-wal")).unwrap(), log);
        assert!(!beside(&path, ".making").exists());
    }

    #[test]
    fn a_journal_in_a_synchronised_folder_keeps_no_log_and_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Dropbox/journal.db");
        let now = DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap();
        let opened = file(&path, None, now).unwrap();
        let warning = opened.warning.unwrap();
        assert!(warning.contains("Dropbox"), "{warning}");
        let mode: String = opened
            .conn
            .query_row("PRAGMA journal_mode", [], |row| row.get(0))
            .unwrap();
        assert_eq!(mode, "truncate");
        assert!(!beside(&path, "-wal").exists());
    }
}
