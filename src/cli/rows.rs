//! One line for a reflection, in every list.

use crate::domain::prose::excerpt;
use crate::domain::reflection::Entry;

use super::failure::Failure;
use super::output::{Look, Output};

/// Rows shown where nobody said how many.
pub const LIMIT: usize = 20;

/// Cells before the text: id, date and shift, each with two spaces after it.
const BEFORE_TEXT: usize = 6 + 2 + 10 + 2 + 7 + 2;

/// The id as it is shown, shift date, shift and the text on one line: the words given, else the first of the
/// reflection.
pub fn row(out: &mut Output, id: &str, entry: &Entry, words: Option<&str>) -> Result<(), Failure> {
    let r = &entry.reflection;
    let room = out.columns().saturating_sub(BEFORE_TEXT).max(20);
    let text = words.map_or_else(|| entry.first_words(room), |words| excerpt(words, room));
    out.line(&[
        (Look::Quiet, id),
        (
            Look::Plain,
            &format!("  {}  {:<7}  {text}", r.shift_date, r.shift.id()),
        ),
    ])
}
