//! Telling an encrypted journal from a plain one by how the file begins, and unlocking it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use rusqlite::Connection;

use super::cause::Cause;
use super::engine;
use super::key::{Passphrase, SALT};

/// How a file begins that is not encrypted.
const PLAIN: &[u8] = b"SQLite format 3\0";
/// Bytes of the first page of an encrypted journal.
const FIRST_PAGE: usize = 4096;

/// Gives the connection its key where the file is encrypted; says whether it is.
pub(super) fn unlock(conn: &Connection, passphrase: Option<&Passphrase>) -> Result<bool, Cause> {
    let page: [u8; FIRST_PAGE] = engine::first_bytes(conn)?;
    if !looks_encrypted(&page) {
        return Ok(false);
    }
    let Some(passphrase) = passphrase else {
        return Err(Cause::Locked {
            newest_backup: None,
        });
    };
    let mut salt = [0; SALT];
    salt.copy_from_slice(page.first_chunk::<SALT>().unwrap_or(&[0; SALT]));
    engine::give_key(conn, &passphrase.key(salt))?;
    Ok(true)
}

/// Whether the file of an open journal is encrypted.
pub(super) fn is_encrypted(conn: &Connection) -> bool {
    engine::first_bytes::<SALT>(conn).is_ok_and(|start| !start.starts_with(PLAIN))
}

/// Whether the file at this path begins like a journal that anybody can read. Not of a journal that
/// this process has open: closing it here would give up the engine's locks.
#[must_use]
pub fn is_plain(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| {
        let most = u64::try_from(PLAIN.len()).unwrap_or(0);
        file.take(most).read_to_end(&mut start)
    });
    read.is_ok() && start == PLAIN
}

/// Whether a file begins like one that is encrypted: like noise, with no pattern at all.
///
/// Noise of this length holds nearly every byte there is (fewer than 240 of them once in 10^40
/// files); text, zeros and other programs' files hold far fewer.
fn looks_encrypted(page: &[u8; FIRST_PAGE]) -> bool {
    if page.starts_with(PLAIN) {
        return false;
    }
    let mut seen = [false; 256];
    for byte in page {
        if let Some(seen) = seen.get_mut(usize::from(*byte)) {
            *seen = true;
        }
    }
    seen.iter().filter(|seen| **seen).count() >= 240
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_noise_passes_for_an_encrypted_file() {
        let page = |byte: fn(usize) -> usize| -> [u8; FIRST_PAGE] {
            std::array::from_fn(|at| byte(at).to_le_bytes()[0])
        };
        assert!(!looks_encrypted(&page(|_| 0)));
        assert!(!looks_encrypted(&page(|at| 32 + at % 90)));
        assert!(looks_encrypted(&page(|at| (at * at * 40_503) >> 7)));
        let mut plain = page(|at| (at * at * 40_503) >> 7);
        plain[..PLAIN.len()].copy_from_slice(PLAIN);
        assert!(!looks_encrypted(&plain));
    }
}
