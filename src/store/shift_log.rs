//! Shifts that were worked and not written about.

use chrono::NaiveDate;
use rusqlite::OptionalExtension;

use super::seq::Seq;
use super::summaries::ABOUT_A_SHIFT;
use super::{StoreError, Tables};
use crate::domain::shift::ShiftKind;

impl Tables<'_> {
    /// Whether a shift is in the log.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn is_logged(&self, date: NaiveDate, shift: ShiftKind) -> Result<bool, StoreError> {
        self.conn
            .prepare_cached("SELECT 1 FROM shift_log WHERE shift_date = ?1 AND shift = ?2")
            .and_then(|mut statement| statement.exists([&date.to_string(), shift.id()]))
            .map_err(|error| self.failed(error))
    }

    /// Puts a shift into the log, or takes it out.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn set_logged(
        &self,
        date: NaiveDate,
        shift: ShiftKind,
        logged: bool,
    ) -> Result<(), StoreError> {
        let sql = if logged {
            "INSERT OR IGNORE INTO shift_log (shift_date, shift) VALUES (?1, ?2)"
        } else {
            "DELETE FROM shift_log WHERE shift_date = ?1 AND shift = ?2"
        };
        self.change(sql, [&date.to_string(), shift.id()])?;
        Ok(())
    }

    /// The logged shifts of these days, earliest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn logged_shifts(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<(NaiveDate, ShiftKind)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut statement = self.conn.prepare_cached(
                "SELECT shift_date, shift FROM shift_log WHERE shift_date BETWEEN ?1 AND ?2 \
                 ORDER BY shift_date",
            )?;
            let rows = statement.query_map([from.to_string(), to.to_string()], |row| {
                let date: String = row.get(0)?;
                let shift: String = row.get(1)?;
                Ok(date.parse().ok().zip(shift.parse().ok()))
            })?;
            rows.filter_map(Result::transpose).collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Whether a reflection is about this shift.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn is_reflected_on(&self, date: NaiveDate, shift: ShiftKind) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT 1 FROM reflection INDEXED BY reflection_facts \
             WHERE trashed_at IS NULL AND seq BETWEEN ?1 AND ?2 AND shift = ?3 AND {ABOUT_A_SHIFT} \
             LIMIT 1"
        );
        let values = (
            Seq::first_on(date).0,
            Seq::last_on(date).0,
            shift.id().to_owned(),
        );
        self.conn
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row(values, |_| Ok(())).optional())
            .map(|found| found.is_some())
            .map_err(|error| self.failed(error))
    }
}
