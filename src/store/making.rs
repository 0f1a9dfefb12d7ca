//! Making a journal where there is none: whole, under another name, before it gets its own.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OpenFlags};

use super::cause::Cause;
use super::key::Passphrase;
use super::open::{self, beside};
use super::{durability, engine, ids, lock, platform, schema};

/// What is put behind the name of a journal while it is made; a `UUIDv7` follows.
pub(super) const NEW: &str = ".new-";
/// What is put behind the name of a journal for the file that instances wait on for their turn.
const TURN: &str = ".making";
/// What is put behind the name of a log without a journal; a `UUIDv7` follows.
pub(super) const LEFT: &str = ".left-";

/// Makes the journal, unless another instance was faster; what the writer must know of it.
pub(super) fn make_once(
    path: &Path,
    passphrase: Option<&Passphrase>,
    now: DateTime<FixedOffset>,
) -> Result<Option<String>, Cause> {
    in_turn(path, || match fs::symlink_metadata(path) {
        Ok(_) => Ok(None),
        Err(_) => make(path, passphrase, now),
    })
}

/// Puts a journal at this path while no other instance does.
///
/// Without this a log beside a journal that was not there a moment ago may be the living log of the
/// instance that made it meanwhile.
pub(super) fn in_turn<T>(path: &Path, put: impl FnOnce() -> Result<T, Cause>) -> Result<T, Cause> {
    let folder = platform::folder_of(path);
    platform::make_private_folder(folder).map_err(|reason| open::no_access(folder, reason))?;
    let turn = beside(path, TURN);
    let file =
        platform::open_private_file(&turn).map_err(|reason| open::not_made(folder, reason))?;
    wait_for(&file)?;
    let done = put();
    // Whoever waits on a file that was removed finds the journal. Without one they must go on
    // meeting at the same file, so it stays.
    if done.is_ok() || fs::symlink_metadata(path).is_ok() {
        let _ = fs::remove_file(&turn);
    }
    done
}

/// Whether no instance is about to put a journal at this path.
pub(super) fn is_nobodys_turn(path: &Path) -> bool {
    match File::open(beside(path, TURN)) {
        Ok(file) => file.try_lock().is_ok(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Takes the lock, for which others wait no longer than a journal takes to make.
fn wait_for(turn: &File) -> Result<(), Cause> {
    for _ in 0..durability::WAITS {
        match turn.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(durability::WAIT),
            // A system without such locks; the engine has its own.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                return Ok(());
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    Err(Cause::Busy)
}

/// Makes a whole journal under another name and then gives it its own, so that no other instance
/// and no power cut ever meets half a one.
fn make(
    path: &Path,
    passphrase: Option<&Passphrase>,
    now: DateTime<FixedOffset>,
) -> Result<Option<String>, Cause> {
    let set_aside = set_orphans_aside(path, now)?;
    let unfinished = beside(path, &format!("{NEW}{}", ids::fresh(now).simple()));
    let made = build(&unfinished, passphrase, now).and_then(|()| publish(&unfinished, path));
    let _ = fs::remove_file(&unfinished);
    made?;
    platform::sync_folder(platform::folder_of(path))?;
    Ok(set_aside)
}

/// A log whose journal was removed would be taken for the new one's and spoil it. It may hold the
/// last words of the old one, so it is kept under another name, which the writer is told.
pub(super) fn set_orphans_aside(
    path: &Path,
    now: DateTime<FixedOffset>,
) -> Result<Option<String>, Cause> {
    let mut kept = None;
    for suffix in ["-wal", "-journal"] {
        let orphan = beside(path, suffix);
        if fs::symlink_metadata(&orphan).is_ok() {
            let aside = beside(&orphan, &format!("{LEFT}{}", ids::fresh(now).simple()));
            fs::rename(&orphan, &aside).map_err(|reason| open::no_access(&orphan, reason))?;
            kept = Some(format!(
                "The last changes of a journal that is gone lay here; they are kept as {}.",
                aside.display()
            ));
        }
    }
    Ok(kept)
}

fn build(
    path: &Path,
    passphrase: Option<&Passphrase>,
    now: DateTime<FixedOffset>,
) -> Result<(), Cause> {
    platform::make_private_file(path)
        .map_err(|reason| open::not_made(platform::folder_of(path), reason))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    if let Some(passphrase) = passphrase {
        engine::give_key(&conn, &passphrase.key(engine::fresh_salt()))?;
    }
    durability::set_up(&conn)?;
    schema::migrate(&mut conn, now)?;
    if passphrase.is_some() && !lock::is_encrypted(&conn) {
        return Err(Cause::Setting {
            setting: "encryption",
            found: "off".to_owned(),
        });
    }
    // Chosen here, so that those who open it at once need not wait for each other to choose.
    durability::set_mode(&conn, durability::wanted_mode(path).0)?;
    conn.close().map_err(|(_, error)| Cause::from(error))
}

/// Gives the finished file its name, unless another instance was faster: then theirs stays.
fn publish(finished: &Path, path: &Path) -> Result<(), Cause> {
    match fs::hard_link(finished, path) {
        Ok(()) => Ok(()),
        Err(_) if path.exists() => Ok(()),
        // File systems without links.
        Err(_) => fs::rename(finished, path).map_err(|reason| open::no_access(path, reason)),
    }
}
