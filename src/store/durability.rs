//! How a connection is set up, so that what was written is on the disk whatever happens next.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::cause::Cause;
use super::{engine, making, platform};

/// How long a write waits for another instance's.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// The write-ahead log is cut back to this many bytes.
const LOG_LIMIT: u32 = 4 * 1024 * 1024;
/// How often, and how far apart, it is looked whether another instance is done; [`PATIENCE`] in all.
pub(super) const WAITS: u32 = 500;
pub(super) const WAIT: Duration = Duration::from_millis(10);

/// Settings of a connection; those that safety rests on are read back.
pub(super) fn set_up(conn: &Connection) -> Result<(), Cause> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(64);
    // Otherwise partial indexes make the engine plan each statement anew whenever a value is bound.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(&format!(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
         PRAGMA journal_size_limit = {LOG_LIMIT};"
    ))?;
    for (setting, wanted) in [
        ("foreign_keys", 1),
        ("synchronous", 2),
        ("secure_delete", 1),
    ] {
        let found: i64 = conn.query_row(&format!("PRAGMA {setting}"), [], |row| row.get(0))?;
        if found != wanted {
            return Err(Cause::Setting {
                setting,
                found: found.to_string(),
            });
        }
    }
    Ok(())
}

/// Chooses how writes are made safe on this kind of disk; the warning the writer must see.
pub(super) fn journal_mode(conn: &Connection, path: &Path) -> Result<Option<String>, Cause> {
    let (wanted, warning) = wanted_mode(path);
    let found: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if found != wanted {
        // Not while another instance is putting a file in this one's place: its log would be taken
        // for the new file's.
        making::in_turn(path, || {
            if engine::has_moved(conn) {
                return Err(Cause::Replaced);
            }
            set_mode(conn, wanted)
        })?;
    }
    Ok(warning)
}

pub(super) fn wanted_mode(path: &Path) -> (&'static str, Option<String>) {
    match platform::disk(platform::folder_of(path)) {
        platform::Disk::Local => ("wal", None),
        platform::Disk::Shared => (
            "truncate",
            Some(
                "The journal is on a network or unknown kind of disk: open it on one machine at a time."
                    .to_owned(),
            ),
        ),
        platform::Disk::Synced(program) => (
            "truncate",
            Some(format!(
                "The journal is in a folder that {program} copies: open it on one machine at a time."
            )),
        ),
    }
}

pub(super) fn set_mode(conn: &Connection, wanted: &'static str) -> Result<(), Cause> {
    let set: String = conn.query_row(&format!("PRAGMA journal_mode = {wanted}"), [], |row| {
        row.get(0)
    })?;
    // Another instance that has the journal open keeps the mode as it was; both modes are safe on
    // a local disk, and on any other the warning stands.
    if matches!(set.as_str(), "wal" | "truncate") {
        Ok(())
    } else {
        Err(Cause::Setting {
            setting: "journal_mode",
            found: set,
        })
    }
}

/// Folds the log into the journal and empties it, waiting for others as long as a write does.
pub(super) fn empty_log(conn: &Connection) -> Result<(), Cause> {
    // The engine itself would wait for a reader and not for another that empties the log.
    with_patience(conn, try_to_empty_log)
}

/// Tries again while another program is in the way, as long as a write does: for what the engine
/// itself does not wait for.
pub(super) fn with_patience(
    conn: &Connection,
    attempt: impl Fn(&Connection) -> Result<(), Cause>,
) -> Result<(), Cause> {
    conn.busy_timeout(Duration::ZERO)?;
    let mut done = attempt(conn);
    for _ in 0..WAITS {
        if !matches!(done, Err(Cause::Busy)) {
            break;
        }
        std::thread::sleep(WAIT);
        done = attempt(conn);
    }
    conn.busy_timeout(PATIENCE)?;
    done
}

fn try_to_empty_log(conn: &Connection) -> Result<(), Cause> {
    let is_held: bool = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if is_held { Err(Cause::Busy) } else { Ok(()) }
}
