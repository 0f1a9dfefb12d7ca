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
pub fn row(
    out: &mut Output,
    id: &str,
    entry: &Entry,
    words: Option<&str>,
    damaged: bool,
) -> Result<(), Failure> {
    let r = &entry.reflection;
    let sign = sign(damaged);
    let room = out
        .columns()
        .saturating_sub(BEFORE_TEXT + sign.len())
        .max(20);
    let text = words.map_or_else(|| entry.first_words(room), |words| excerpt(words, room));
    out.line(&[
        (Look::Quiet, id),
        (
            Look::Plain,
            &format!("  {}  {:<7}  {sign}{text}", r.shift_date, r.shift.id()),
        ),
    ])
}

/// What stands before a text that is not as it was saved.
pub const fn sign(damaged: bool) -> &'static str {
    if damaged { "(damaged) " } else { "" }
}

/// JSON has no place for the sign: if any of what was written is damaged, that is said at the end.
pub fn all_sound(damaged: usize) -> Result<(), Failure> {
    match damaged {
        0 => Ok(()),
        _ => Err(Failure::Failed(format!(
            "{damaged} of these did not come back from the disk as saved; the list without --json \
             marks them. `postcall backup list` shows the backups that may still hold them."
        ))),
    }
}
