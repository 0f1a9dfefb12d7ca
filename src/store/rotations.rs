//! Rotations and shifts logged without a reflection.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;

use super::{StoreError, Tables};

impl Tables<'_> {
    /// The rotation whose dates cover that day; the one begun last if several do.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn rotation_covering(&self, date: NaiveDate) -> Result<Option<String>, StoreError> {
        self.conn
            .prepare_cached(
                "SELECT name FROM rotation \
                 WHERE trashed_at IS NULL AND first_date <= ?1 AND (last_date IS NULL OR last_date >= ?1) \
                 ORDER BY first_date DESC LIMIT 1",
            )
            .and_then(|mut statement| {
                statement
                    .query_row([date.to_string()], |row| row.get(0))
                    .optional()
            })
            .map_err(|error| self.failed(error))
    }
}
