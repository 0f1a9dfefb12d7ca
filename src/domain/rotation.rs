//! Rotations: the blocks a residency is made of.

use chrono::NaiveDate;

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
    /// The name as the writer says it: "Medical ICU".
    pub name: String,
    /// First day of the block.
    pub first: NaiveDate,
    /// Last day of the block; `None` while it runs.
    pub last: Option<NaiveDate>,
}

impl Rotation {
    /// Whether the block covers `date`.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.first <= date && self.last.is_none_or(|last| date <= last)
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
