//! Rotations: the blocks a residency is made of.

use std::cmp::Reverse;

use chrono::NaiveDate;

use super::calendar::{FIRST_DATE, LAST_DATE, day_and_month, whole_date};
use super::id::{Revision, RotationId};

/// Most characters of a rotation's name.
pub const MAX_NAME_CHARS: usize = 120;

/// Why a text cannot be the name of a rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// More than [`MAX_NAME_CHARS`].
    #[error("the rotation's name is {0} characters long; it holds {MAX_NAME_CHARS}")]
    TooLong(usize),
    /// A line break, a tab or another control character.
    #[error("the rotation's name must be one line without tabs or control characters")]
    NotOneLine,
}

/// The name as it is kept: without the white space around it. Empty for no rotation.
///
/// # Errors
/// [`NameError`] says what does not fit.
pub fn name(given: &str) -> Result<&str, NameError> {
    let name = given.trim();
    let length = name.chars().count();
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if name.contains(breaks) {
        Err(NameError::NotOneLine)
    } else if length > MAX_NAME_CHARS {
        Err(NameError::TooLong(length))
    } else {
        Ok(name)
    }
}

/// One block on one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// Which one.
    pub id: RotationId,
    /// The name as the writer says it: "Medical ICU".
    pub name: String,
    /// First day of the block.
    pub first: NaiveDate,
    /// Last day of the block; `None` while it runs.
    pub last: Option<NaiveDate>,
    /// How often it was changed.
    pub revision: Revision,
}

/// What a rotation is made of, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day, if that is known.
    pub last: Option<NaiveDate>,
}

/// Why a rotation cannot be kept, ended or changed like this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    /// The name does not fit.
    #[error(transparent)]
    Name(#[from] NameError),
    /// There is no name.
    #[error("a rotation needs a name")]
    NoName,
    /// The last day is before the first.
    #[error("{name} would end on {}, before its first day, {}", whole_date(*.last), whole_date(*.first))]
    EndsBeforeItStarts {
        /// Which one.
        name: String,
        /// Its first day.
        first: NaiveDate,
        /// The last day that was given.
        last: NaiveDate,
    },
    /// A day is in no calendar year that a journal holds.
    #[error("{0} is outside the years 1900 to 2200")]
    OutOfRange(NaiveDate),
    /// One of that name runs already.
    #[error("{name} runs already, since {}", whole_date(*.first))]
    RunsAlready {
        /// Which one.
        name: String,
        /// Its first day.
        first: NaiveDate,
    },
    /// None runs, so that none can end.
    #[error("no rotation runs now")]
    NoneRuns,
    /// None of that name runs.
    #[error("no rotation called {given} runs now{}", running(.run))]
    NoneOfThatName {
        /// What was given.
        given: String,
        /// What runs.
        run: Vec<String>,
    },
    /// Several run, and nobody said which one is meant.
    #[error("{} rotations run: {}; say which one ends", .run.len(), .run.join(", "))]
    SeveralRun {
        /// Their names, begun last first.
        run: Vec<String>,
    },
    /// It was changed since by another instance.
    #[error("{name} was changed elsewhere since; it stays as it is")]
    ChangedElsewhere {
        /// Which one.
        name: String,
    },
}

fn running(run: &[String]) -> String {
    if run.is_empty() {
        String::new()
    } else {
        format!("; running: {}", run.join(", "))
    }
}

impl Block {
    /// The block as it is kept: its name trimmed.
    ///
    /// # Errors
    /// The first [`RotationError`] there is.
    pub fn checked(self) -> Result<Self, RotationError> {
        let name = name(&self.name)?.to_owned();
        if name.is_empty() {
            return Err(RotationError::NoName);
        }
        let days = [Some(self.first), self.last];
        let outside = |day: &NaiveDate| !(FIRST_DATE..=LAST_DATE).contains(day);
        if let Some(day) = days.into_iter().flatten().find(outside) {
            return Err(RotationError::OutOfRange(day));
        }
        match self.last {
            Some(last) if last < self.first => Err(RotationError::EndsBeforeItStarts {
                name,
                first: self.first,
                last,
            }),
            _ => Ok(Self { name, ..self }),
        }
    }
}

impl Rotation {
    /// What it is made of.
    #[must_use]
    pub fn block(&self) -> Block {
        Block {
            name: self.name.clone(),
            first: self.first,
            last: self.last,
        }
    }

    /// Whether the block covers `date`.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.first <= date && self.last.is_none_or(|last| date <= last)
    }

    /// Whether it is the one of that name; capitals make no difference.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.trim().to_lowercase()
    }

    /// Its days in words: "2 Nov to 29 Nov", "since 2 Nov".
    #[must_use]
    pub fn days_in_words(&self, today: NaiveDate) -> String {
        let day = |date| day_and_month(date, today);
        match self.last {
            Some(last) => format!("{} to {}", day(self.first), day(last)),
            None if self.first > today => format!("from {}", day(self.first)),
            None => format!("since {}", day(self.first)),
        }
    }
}

/// The rotation that a shift of this date belongs to: of those that cover it the one begun last,
/// and of several begun on one day the one entered last.
#[must_use]
pub fn covering(rotations: &[Rotation], date: NaiveDate) -> Option<&Rotation> {
    let covers = rotations.iter().filter(|rotation| rotation.covers(date));
    covers.max_by_key(|rotation| (rotation.first, rotation.id))
}

/// The rotation that ends when the writer says that one does: the only one without a last day, or
/// the one of that name.
///
/// # Errors
/// [`RotationError`] says that none or several are meant.
pub fn ending<'a>(
    rotations: &'a [Rotation],
    name: Option<&str>,
) -> Result<&'a Rotation, RotationError> {
    let mut open: Vec<&Rotation> = rotations.iter().filter(|r| r.last.is_none()).collect();
    open.sort_by_key(|rotation| Reverse((rotation.first, rotation.id)));
    let names = || open.iter().map(|rotation| rotation.name.clone()).collect();
    match (name, open.as_slice()) {
        (Some(given), open) => {
            let of_that_name = open.iter().find(|rotation| rotation.is_called(given));
            of_that_name
                .copied()
                .ok_or_else(|| RotationError::NoneOfThatName {
                    given: given.trim().to_owned(),
                    run: names(),
                })
        }
        (None, []) => Err(RotationError::NoneRuns),
        (None, [only]) => Ok(only),
        (None, _) => Err(RotationError::SeveralRun { run: names() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_at_most_120_characters() {
        assert_eq!(name(" Medical ICU\n"), Ok("Medical ICU"));
        assert_eq!(name(" "), Ok(""));
        assert_eq!(name("Medical\nICU"), Err(NameError::NotOneLine));
        assert_eq!(name("Medical\u{1b}[2J"), Err(NameError::NotOneLine));
        assert_eq!(name(&"é".repeat(120)).map(str::len), Ok(240));
        assert_eq!(name(&"é".repeat(121)), Err(NameError::TooLong(121)));
    }
}
