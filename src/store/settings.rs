//! Small facts about the journal itself, by name.

use rusqlite::OptionalExtension;

use super::{StoreError, Tables};

impl Tables<'_> {
    /// What is noted under this name.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.conn
            .prepare_cached("SELECT value FROM setting WHERE key = ?1")
            .and_then(|mut statement| statement.query_row([key], |row| row.get(0)).optional())
            .map_err(|error| self.failed(error))
    }

    /// Notes something under this name, over what was there.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.change(
            "INSERT INTO setting (key, value) VALUES (?1, ?2) \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )?;
        Ok(())
    }
}
