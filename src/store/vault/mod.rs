//! Giving a journal a passphrase, another one, or none.
//!
//! Never in place, where a power cut would leave a file that no key opens: the whole journal is
//! copied under its new key, the copy is compared with the journal, table by table, and then takes
//! its name. At every instant there is one whole journal, the old or the new.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use xxhash_rust::xxh3::Xxh3;

use super::backup::{Backups, Unfinished};
use super::cause::{Cause, StoreError};
use super::key::{Passphrase, SALT, Wiped};
use super::retention::Retention;
use super::{durability, engine, lock, making, open, platform, schema};

/// What the copy notes until the backups of before are replaced, so that a crash in between does
/// not leave them.
const UNDONE: &str = "backups_to_replace";

/// Where it is noted that the writer has decided about a passphrase.
pub const PASSPHRASE_OFFER: &str = "passphrase_offer";

/// A change of passphrase.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// What opens the journal now; `None` if it is not encrypted.
    pub from: Option<&'a Passphrase>,
    /// What opens it afterwards; `None` to decrypt it.
    pub to: Option<&'a Passphrase>,
    /// What becomes of the backups there are.
    pub backups: OldBackups,
}

/// What becomes of the backups made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldBackups {
    /// One new one takes their place.
    Replace,
    /// They stay under the passphrase they have.
    Keep,
}

/// What a change of passphrase left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Files that still open as the journal did before.
    pub as_before: Vec<PathBuf>,
    /// How many names the file of before has besides: hard links, under which it still opens as it did.
    pub other_names: u64,
}

/// Gives the journal at `path` another passphrase, or takes it away. When this returns `Ok` the
/// journal has it.
///
/// # Errors
/// [`Cause::Locked`], [`Cause::WrongPassphrase`] if `from` does not open it, [`Cause::Busy`] while
/// another program has it open; the journal is as it was then.
pub fn change_passphrase(
    path: &Path,
    change: Change<'_>,
    now: DateTime<FixedOffset>,
) -> Result<Changed, StoreError> {
    changed(path, change, now).map_err(|cause| cause.during("changing the passphrase"))
}

fn changed(path: &Path, change: Change<'_>, now: DateTime<FixedOffset>) -> Result<Changed, Cause> {
    let path = open::whole(path)?;
    let key = change.to.map(|to| (to, engine::fresh_salt()));
    // Made before anybody has to wait.
    if let Some((to, salt)) = &key {
        to.key(*salt);
    }
    // The schema is brought up to date, and the log of before folded in.
    drop(open::file(&path, change.from, now)?);
    let backups = Backups::of(&path).under(change.to.cloned());
    let other_names = making::in_turn(&path, || {
        let old = alone(&path, change.from)?;
        let folder = platform::folder_of(&path);
        let copy = Unfinished::changing(folder, now)?;
        let noted =
            change.backups == OldBackups::Replace && !backups.list().unwrap_or_default().is_empty();
        copy_under(&old, copy.path(), key)?;
        let new = open::check(copy.path(), change.to)?;
        if change.to.is_some() != lock::is_encrypted(&new) {
            return Err(Cause::Setting {
                setting: "encryption",
                found: if change.to.is_some() { "off" } else { "on" }.to_owned(),
            });
        }
        if Contents::of(&old)? != Contents::of(&new)? {
            return Err(Cause::Corrupt {
                newest_backup: None,
            });
        }
        new.execute(
            "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, 'answered')",
            [PASSPHRASE_OFFER],
        )?;
        if change.to.is_none() {
            // What a locked screen showed was put there because it would be encrypted.
            new.execute("DELETE FROM setting WHERE key GLOB 'screen-*'", [])?;
        }
        if noted {
            new.execute(
                "INSERT OR REPLACE INTO setting (key, value) VALUES (?1, 'yes')",
                [UNDONE],
            )?;
        }
        new.close().map_err(|(_, error)| Cause::from(error))?;
        platform::sync_file(copy.path())?;
        let other_names = platform::other_names(&fs::metadata(&path)?);
        // The lock of the old file keeps others from it until it has no name.
        copy.publish_over(&path, old)?;
        Ok(other_names)
    })
    .map_err(|cause| open::with_backup(cause, &path))?;
    let opened = open::file(&path, change.to, now)?;
    let replaced = finish(&opened.conn, &path, change.to, now);
    let mut as_before = backups.set_aside_earlier().unwrap_or_default();
    if change.backups == OldBackups::Keep || replaced.is_err() {
        let kept = backups.list().unwrap_or_default();
        as_before.extend(kept.into_iter().map(|backup| backup.path));
    }
    Ok(Changed {
        as_before,
        other_names,
    })
}

/// Replaces the backups of before a change of passphrase, if that is still to be done.
pub(super) fn finish(
    conn: &Connection,
    path: &Path,
    passphrase: Option<&Passphrase>,
    now: DateTime<FixedOffset>,
) -> Result<(), Cause> {
    let sql = "SELECT value FROM setting WHERE key = ?1";
    let undone: Option<String> = conn.query_row(sql, [UNDONE], |row| row.get(0)).optional()?;
    if undone.is_none() {
        return Ok(());
    }
    Backups::of(path)
        .under(passphrase.cloned())
        .keeping(Retention::default())
        .replace_all(now)
        .map_err(|error| error.cause)?;
    conn.execute("DELETE FROM setting WHERE key = ?1", [UNDONE])?;
    Ok(())
}

/// A connection that keeps everybody else from the journal, which has no log any more.
fn alone(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connection, Cause> {
    // As a URI, so that the name of the copy may be one.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let conn = Connection::open_with_flags(open::uri(path, ""), flags)?;
    open::admit(&conn, passphrase)?;
    durability::with_patience(&conn, |conn| {
        let mode: String = conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
        if mode == "delete" {
            Ok(())
        } else {
            Err(Cause::Busy)
        }
    })?;
    // The lock of this transaction is kept until the connection is closed.
    conn.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
    conn.execute_batch("BEGIN EXCLUSIVE; COMMIT;")?;
    if engine::has_moved(&conn) {
        return Err(Cause::Replaced);
    }
    Ok(conn)
}

/// Writes everything into the empty file at `path`, encrypted under the key if there is one.
fn copy_under(
    old: &Connection,
    path: &Path,
    key: Option<(&Passphrase, [u8; SALT])>,
) -> Result<(), Cause> {
    let settings = match key {
        Some((to, salt)) => to.key(salt).as_settings(),
        None => Wiped::from("key=&reserve=0".to_owned()),
    };
    let target = Wiped::from(open::uri(path, settings.text()));
    old.execute("VACUUM INTO ?1", [target.text()])?;
    Ok(())
}

/// What a journal holds, as far as two of them can be compared: its marks, its schema, and each
/// table as a number of rows and a digest of them.
#[derive(PartialEq, Eq)]
struct Contents {
    marks: (i64, i64),
    schema: Digest,
    tables: Vec<(String, Digest)>,
}

#[derive(PartialEq, Eq)]
struct Digest {
    rows: u64,
    hash: u128,
}

impl Contents {
    fn of(conn: &Connection) -> Result<Self, Cause> {
        let schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
        // Tables without pages of their own are kept in others.
        let names =
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name";
        let names: Vec<String> = conn
            .prepare(names)?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut tables = Vec::with_capacity(names.len());
        for name in names {
            let rows = format!("SELECT * FROM \"{}\"", name.replace('"', "\"\""));
            tables.push((name, Digest::of(conn, &rows)?));
        }
        Ok(Self {
            marks: schema::marks(conn)?,
            schema: Digest::of(conn, schema)?,
            tables,
        })
    }
}

impl Digest {
    /// Of the answers to a question, in their order.
    fn of(conn: &Connection, question: &str) -> Result<Self, Cause> {
        let mut statement = conn.prepare(question)?;
        let columns = statement.column_count();
        let mut answers = statement.query([])?;
        let mut hasher = Xxh3::new();
        let mut rows = 0;
        while let Some(row) = answers.next()? {
            rows += 1;
            for column in 0..columns {
                // The kind and the length stand first: no two rows give the same bytes.
                match row.get_ref(column)? {
                    ValueRef::Null => hasher.update(&[0]),
                    ValueRef::Integer(value) => {
                        hasher.update(&[1]);
                        hasher.update(&value.to_le_bytes());
                    }
                    ValueRef::Real(value) => {
                        hasher.update(&[2]);
                        hasher.update(&value.to_le_bytes());
                    }
                    ValueRef::Text(bytes) => {
                        hasher.update(&[3]);
                        hasher.update(&bytes.len().to_le_bytes());
                        hasher.update(bytes);
                    }
                    ValueRef::Blob(bytes) => {
                        hasher.update(&[4]);
                        hasher.update(&bytes.len().to_le_bytes());
                        hasher.update(bytes);
                    }
                }
            }
        }
        Ok(Self {
            rows,
            hash: hasher.digest128(),
        })
    }
}

#[cfg(test)]
mod tests;
