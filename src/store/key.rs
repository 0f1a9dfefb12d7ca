//! The passphrase of a journal and the key that is made of it. Both are wiped when they are
//! dropped, and neither can be printed.

use std::fmt;
use std::hint::black_box;
use std::sync::{Arc, Mutex, PoisonError};

use super::engine;

/// Bytes of a salt: the first of an encrypted file.
pub(super) const SALT: usize = 16;
/// Bytes of a key.
pub(super) const KEY: usize = 32;
/// How the engine is told that what follows is key and salt and no passphrase.
const RAW: &[u8; 4] = b"raw:";
/// Rounds of `SQLCipher` 4. The tests of this crate's inside make many keys, and no secret of them.
const ROUNDS: u32 = if cfg!(test) { 1_000 } else { 256_000 };
/// A passphrase is no longer than this.
const MOST_BYTES: usize = 1024;

/// A passphrase: bytes as they were typed, in no other form, so that other programs make the same
/// key of it. Clones share it, and the last one wipes it.
#[derive(Clone)]
pub struct Passphrase(Arc<Kept>);

struct Kept {
    words: Words,
    /// A key takes long to make; every connection of the process to one file has the same.
    made: Mutex<Vec<RawKey>>,
}

/// Bytes that are wiped.
struct Words(Vec<u8>);

/// Key and salt, as the engine takes them.
#[derive(Clone)]
pub(super) struct RawKey([u8; RAW.len() + KEY + SALT]);

/// Why something cannot be a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAPassphrase {
    /// Nothing at all.
    #[error("the passphrase is empty")]
    Empty,
    /// More than anybody types.
    #[error("the passphrase is longer than {MOST_BYTES} bytes")]
    TooLong,
    /// A byte that no other program takes.
    #[error("the passphrase holds a zero byte")]
    ZeroByte,
    /// Other programs take it for a key, and could not open the journal.
    #[error("the passphrase looks like a raw key (x'...' or raw:...)")]
    RawKey,
}

impl Passphrase {
    /// Takes these bytes, and wipes them if they cannot be a passphrase.
    ///
    /// # Errors
    /// [`NotAPassphrase`].
    pub fn new(bytes: Vec<u8>) -> Result<Self, NotAPassphrase> {
        let words = Words(bytes);
        let bytes = &words.0;
        let is_hex = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_hexdigit);
        let quoted = bytes
            .strip_prefix(b"x'")
            .or_else(|| bytes.strip_prefix(b"X'"))
            .and_then(|rest| rest.strip_suffix(b"'"));
        let looks_raw = bytes.starts_with(RAW) || quoted.is_some_and(is_hex);
        if bytes.is_empty() {
            Err(NotAPassphrase::Empty)
        } else if bytes.len() > MOST_BYTES {
            Err(NotAPassphrase::TooLong)
        } else if bytes.contains(&0) {
            Err(NotAPassphrase::ZeroByte)
        } else if looks_raw {
            Err(NotAPassphrase::RawKey)
        } else {
            Ok(Self(Arc::new(Kept {
                words,
                made: Mutex::default(),
            })))
        }
    }

    /// The key of a file with this salt; made once.
    pub(super) fn key(&self, salt: [u8; SALT]) -> RawKey {
        let mut made = self.0.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = made.iter().find(|key| key.bytes().ends_with(&salt)) {
            return key.clone();
        }
        let key = RawKey::derive(&self.0.words.0, &salt);
        // Keys move when a list grows, and leave themselves behind.
        let mut grown = Vec::with_capacity(made.len() + 1);
        grown.extend_from_slice(&made);
        grown.push(key.clone());
        *made = grown;
        key
    }
}

impl RawKey {
    fn derive(passphrase: &[u8], salt: &[u8; SALT]) -> Self {
        let mut secret = [0; KEY];
        engine::derive(passphrase, salt, ROUNDS, &mut secret);
        let mut key = Self([0; RAW.len() + KEY + SALT]);
        let parts = RAW.iter().chain(&secret).chain(salt);
        key.0
            .iter_mut()
            .zip(parts)
            .for_each(|(to, from)| *to = *from);
        wipe(&mut secret);
        key
    }

    pub(super) const fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As the settings of a URI that names an encrypted file.
    pub(super) fn as_settings(&self) -> Wiped {
        const CIPHER: &str = "cipher=sqlcipher&legacy=4&reserve=80&hexkey=";
        let mut text = String::with_capacity(CIPHER.len() + 2 * self.0.len());
        text.push_str(CIPHER);
        for byte in self.0 {
            text.extend(char::from_digit(u32::from(byte >> 4), 16));
            text.extend(char::from_digit(u32::from(byte & 15), 16));
        }
        Wiped(text)
    }
}

/// Text that is wiped.
pub(super) struct Wiped(String);

impl From<String> for Wiped {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Wiped {
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        wipe(&mut std::mem::take(&mut self.0).into_bytes());
    }
}

/// Writes zeros, and keeps the compiler from leaving that out.
fn wipe(bytes: &mut [u8]) {
    bytes.fill(0);
    black_box(bytes);
}

impl Drop for Words {
    fn drop(&mut self) {
        // What was typed and taken back stands behind the end.
        self.0.resize(self.0.capacity(), 0);
        wipe(&mut self.0);
    }
}

impl Drop for RawKey {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        self.0.words.0 == other.0.words.0
    }
}

impl Eq for Passphrase {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_any_bytes_that_other_programs_take_for_one() {
        let taken = |text: &str| Passphrase::new(text.as_bytes().to_vec()).err();
        assert_eq!(taken("four words of mine"), None);
        assert_eq!(taken("  "), None);
        assert_eq!(taken("x'"), None);
        assert_eq!(taken("x'my own'"), None);
        assert_eq!(taken(""), Some(NotAPassphrase::Empty));
        assert_eq!(taken("a\0b"), Some(NotAPassphrase::ZeroByte));
        assert_eq!(taken("x'00ff'"), Some(NotAPassphrase::RawKey));
        assert_eq!(taken("raw:secret"), Some(NotAPassphrase::RawKey));
        assert_eq!(taken(&"a".repeat(1025)), Some(NotAPassphrase::TooLong));
    }

    #[test]
    fn a_passphrase_cannot_be_printed() {
        let passphrase = Passphrase::new(b"correct horse".to_vec()).unwrap();
        passphrase.key([7; SALT]);
        assert_eq!(format!("{passphrase:?}"), "Passphrase");
    }

    #[test]
    fn the_key_is_the_one_that_the_standard_makes() {
        // hashlib.pbkdf2_hmac("sha512", b"password", b"0123456789abcdef", 256000, 32)
        let expected = "3f8e5712601034da490fdd919ee953c91ac99838b29ccbaec977edffc66376c5";
        let mut key = [0; KEY];
        engine::derive(b"password", b"0123456789abcdef", 256_000, &mut key);
        let expected = expected.as_bytes().chunks(2).map(|digits| {
            let digits = std::str::from_utf8(digits).unwrap();
            u8::from_str_radix(digits, 16).unwrap()
        });
        assert!(key.into_iter().eq(expected));
    }

    #[test]
    fn each_salt_has_a_key_of_its_own_and_the_same_one_again() {
        let passphrase = Passphrase::new(b"correct horse".to_vec()).unwrap();
        let first = passphrase.key([1; SALT]);
        let second = passphrase.key([2; SALT]);
        assert_ne!(first.bytes(), second.bytes());
        assert_eq!(first.bytes(), passphrase.key([1; SALT]).bytes());
    }
}
