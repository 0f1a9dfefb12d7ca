//! Shifts that were worked, without a reflection on them.

use chrono::NaiveDate;

use super::drafts::last_entry;
use super::{Journal, JournalError, Undo};
use crate::domain::shift::{self, ShiftKind};
use crate::store::{StoreError, Tables};

/// A shift as the log has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedShift {
    /// The date it began.
    pub date: NaiveDate,
    /// Its kind.
    pub shift: ShiftKind,
    /// Whether it is in the log now.
    pub is_logged: bool,
    /// Whether it was before.
    pub was_logged: bool,
    /// Whether a reflection is about it, so that it counts without the log.
    pub is_reflected_on: bool,
}

const LOGGING: &str = "logging the shift";

impl LoggedShift {
    /// How the change is taken back; `None` if nothing changed.
    #[must_use]
    pub fn undo(&self) -> Option<Undo> {
        (self.is_logged != self.was_logged).then_some(Undo::Logged {
            date: self.date,
            shift: self.shift,
            was_logged: self.was_logged,
        })
    }
}

impl Journal {
    /// The shift that an entry made now would belong to.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn shift_now(&mut self) -> Result<(NaiveDate, ShiftKind), JournalError> {
        let (now, rules) = (self.now(), &self.rules);
        self.store.read::<_, JournalError>(LOGGING, |tables| {
            let shift = shift::suggest(now, last_entry(tables)?);
            Ok((shift::default_date(now, shift, rules.day_starts), shift))
        })
    }

    /// Logs the shift that an entry made now would belong to, or takes it out of the log again. One
    /// that was reflected on counts already and is not logged.
    ///
    /// # Errors
    /// [`JournalError::Shift`] if it is no shift; or if the journal cannot be written.
    pub fn toggle_shift_now(&mut self) -> Result<LoggedShift, JournalError> {
        let (date, shift) = self.shift_now()?;
        self.log(date, shift, |present| {
            !(present.was_logged || present.is_reflected_on)
        })
    }

    /// Puts a shift into the log, or takes it out. Either is no change where it is so already.
    ///
    /// # Errors
    /// [`JournalError::Shift`] for a day off or a day to come; or if the journal cannot be written.
    pub fn log_shift(
        &mut self,
        date: NaiveDate,
        shift: ShiftKind,
        worked: bool,
    ) -> Result<LoggedShift, JournalError> {
        self.log(date, shift, |_| worked)
    }

    fn log(
        &mut self,
        date: NaiveDate,
        shift: ShiftKind,
        wanted: impl FnOnce(LoggedShift) -> bool,
    ) -> Result<LoggedShift, JournalError> {
        let today = self.today();
        self.store.write(LOGGING, |tables| {
            let present = present(tables, date, shift)?;
            let is_logged = wanted(present);
            if is_logged && !present.was_logged {
                shift::check_logged(shift, date, today)?;
            }
            tables.set_logged(date, shift, is_logged)?;
            Ok(LoggedShift {
                is_logged,
                ..present
            })
        })
    }
}

fn present(
    tables: &Tables<'_>,
    date: NaiveDate,
    shift: ShiftKind,
) -> Result<LoggedShift, StoreError> {
    let was_logged = tables.is_logged(date, shift)?;
    Ok(LoggedShift {
        date,
        shift,
        is_logged: was_logged,
        was_logged,
        is_reflected_on: tables.is_reflected_on(date, shift)?,
    })
}
