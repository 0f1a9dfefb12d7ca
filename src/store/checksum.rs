//! Row checksums: plain SQLite does not notice a bit that flipped in a text; these do.
//!
//! They are over the values as they are stored and not over what the program makes of them, so that
//! a word that only a later program knows is no damage. Counters, the trash, and links that the
//! engine itself clears are left out: they change where the writer said nothing new.

use rusqlite::Row;
use rusqlite::types::ValueRef;
use xxhash_rust::xxh3::Xxh3;

/// xxh3-64 over values, each preceded by its type and length so that nothing can move between them.
pub(super) struct Checksum(Xxh3);

impl Checksum {
    /// Over these columns of a row.
    pub(super) fn of(
        row: &Row<'_>,
        columns: impl IntoIterator<Item = usize>,
    ) -> rusqlite::Result<Self> {
        let mut checksum = Self(Xxh3::new());
        for column in columns {
            match row.get_ref(column)? {
                ValueRef::Null => checksum.part(0, &[]),
                ValueRef::Integer(number) => checksum.part(1, &number.to_le_bytes()),
                ValueRef::Real(number) => checksum.part(2, &number.to_le_bytes()),
                ValueRef::Text(bytes) => checksum.part(3, bytes),
                ValueRef::Blob(bytes) => checksum.part(4, bytes),
            }
        }
        Ok(checksum)
    }

    /// And over these words, in this order.
    pub(super) fn words(&mut self, words: &[String]) {
        self.part(5, &(words.len() as u64).to_le_bytes());
        for word in words {
            self.part(3, word.as_bytes());
        }
    }

    fn part(&mut self, kind: u8, bytes: &[u8]) {
        self.0.update(&[kind]);
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// As it is stored.
    pub(super) fn value(&self) -> i64 {
        self.0.digest().cast_signed()
    }
}
