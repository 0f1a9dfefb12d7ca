//! The few calls of the engine that `rusqlite` does not have: giving a connection its key, and
//! asking about the file below it. The only unsafe code of the store.

#![expect(
    unsafe_code,
    reason = "functions of the engine in C; each call says why it is sound"
)]

use std::ffi::{c_int, c_uchar, c_uint, c_void};

use rusqlite::{Connection, ffi};

use super::cause::Cause;
use super::key::{KEY, RawKey, SALT};

unsafe extern "C" {
    fn sqlite3_key(db: *mut ffi::sqlite3, key: *const c_void, length: c_int) -> c_int;
    fn postcall_derive(
        passphrase: *const c_uchar,
        length: usize,
        salt: *const c_uchar,
        rounds: c_uint,
        key: *mut c_uchar,
    );
    fn postcall_first_bytes(db: *mut ffi::sqlite3, bytes: *mut c_uchar, length: c_int) -> c_int;
    fn postcall_has_moved(db: *mut ffi::sqlite3) -> c_int;
}

/// Makes the key of a passphrase. Takes a quarter of a second: that is what it is for.
pub(super) fn derive(passphrase: &[u8], salt: &[u8; SALT], rounds: u32, key: &mut [u8; KEY]) {
    // SAFETY: the passphrase is read for its length, the salt and the key have the lengths that the
    // function reads and writes.
    unsafe {
        postcall_derive(
            passphrase.as_ptr(),
            passphrase.len(),
            salt.as_ptr(),
            rounds,
            key.as_mut_ptr(),
        );
    }
}

/// A salt that nobody had before.
pub(super) fn fresh_salt() -> [u8; SALT] {
    let mut salt = [0; SALT];
    // SAFETY: sixteen bytes are written, and there is room for sixteen.
    unsafe { ffi::sqlite3_randomness(16, salt.as_mut_ptr().cast()) };
    salt
}

/// Gives the connection the key of its file, before anything was read through it.
pub(super) fn give_key(conn: &Connection, key: &RawKey) -> Result<(), Cause> {
    // From here on the engine wipes what memory it gives back. Not for plain journals, whose words are
    // on the disk anyway: it makes a search among 100,000 reflections five times as long.
    conn.execute_batch(
        "PRAGMA memory_security = fill; PRAGMA cipher = 'sqlcipher'; PRAGMA legacy = 4;",
    )?;
    let cipher: String = conn.query_row("PRAGMA cipher", [], |row| row.get(0))?;
    if cipher != "sqlcipher" {
        return Err(Cause::Setting {
            setting: "cipher",
            found: cipher,
        });
    }
    let bytes = key.bytes();
    let length = c_int::try_from(bytes.len()).unwrap_or(0);
    // SAFETY: the connection is open and used by this thread alone; the key is copied.
    let code = unsafe { sqlite3_key(conn.handle(), bytes.as_ptr().cast(), length) };
    if code == ffi::SQLITE_OK {
        Ok(())
    } else {
        Err(Cause::Engine(code))
    }
}

/// The beginning of the file, as it is on the disk.
pub(super) fn first_bytes<const N: usize>(conn: &Connection) -> Result<[u8; N], Cause> {
    let mut bytes = [0; N];
    let length = c_int::try_from(N).unwrap_or(0);
    // SAFETY: the connection is open, and as many bytes are written as there is room for.
    let code = unsafe { postcall_first_bytes(conn.handle(), bytes.as_mut_ptr(), length) };
    if code == ffi::SQLITE_OK {
        Ok(bytes)
    } else {
        Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into())
    }
}

/// Whether the open file lost its name, or another has it now.
pub(super) fn has_moved(conn: &Connection) -> bool {
    // SAFETY: the connection is open and used by this thread alone.
    unsafe { postcall_has_moved(conn.handle()) != 0 }
}

/// The pages of an encrypted file as they are before they are encrypted, the free ones too.
#[cfg(test)]
pub(super) fn plain_pages(conn: &Connection) -> Vec<u8> {
    let mut length = 0;
    // SAFETY: the connection is open and used by this thread alone; what comes back is as long as is
    // said, and is given back to the engine once it is copied.
    unsafe {
        let pages = ffi::sqlite3_serialize(conn.handle(), c"main".as_ptr(), &raw mut length, 0);
        assert!(!pages.is_null());
        let copy = std::slice::from_raw_parts(pages, usize::try_from(length).unwrap()).to_vec();
        ffi::sqlite3_free(pages.cast());
        copy
    }
}

/// The statements that are prepared on this connection.
#[cfg(test)]
pub(super) fn statements(conn: &Connection) -> Vec<String> {
    let mut all = Vec::new();
    // SAFETY: the connection is open and used by this thread alone, so that no statement goes while
    // they are gone through; the text of a statement ends with a zero and is copied.
    unsafe {
        let mut statement = ffi::sqlite3_next_stmt(conn.handle(), std::ptr::null_mut());
        while !statement.is_null() {
            let sql = std::ffi::CStr::from_ptr(ffi::sqlite3_sql(statement));
            all.push(sql.to_string_lossy().into_owned());
            statement = ffi::sqlite3_next_stmt(conn.handle(), statement);
        }
    }
    all
}
