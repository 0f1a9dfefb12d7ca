//! What is wrong with a query, where, and what would be right.

use std::fmt;
use std::ops::Range;

use crate::domain::prose::Prose;

/// One thing in a query that cannot be understood.
///
/// `Display` is one sentence; it holds what was typed, raw.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", sentence(self))]
pub struct QueryError {
    /// Where it stands, in bytes of the text that was parsed.
    pub span: Range<usize>,
    /// Where it begins, in characters from 1.
    pub column: usize,
    /// What was given.
    pub given: Prose,
    /// What is wrong with it.
    pub mistake: Mistake,
    /// What would be right, as a person reads it.
    pub allowed: String,
    /// The allowed word that is closest to what was given.
    pub nearest: Option<String>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// A word before a colon that is none of the language's.
    UnknownKey,
    /// Nothing behind a `-`, a `#` or a colon.
    Nothing,
    /// A word that is none of those the key allows; names what it should be.
    Unknown(&'static str),
    /// Punctuation alone, which no text search can find.
    NoWord,
    /// Dates that no journal holds: outside 1900 to 2200 or in no calendar.
    NoSuchDate,
    /// More conditions than [`super::MAX_CONDITIONS`].
    TooMany,
}

fn sentence(error: &QueryError) -> impl fmt::Display {
    let given = error.given.as_str();
    let wrong = match error.mistake {
        Mistake::UnknownKey => format!("no search key \"{given}\""),
        Mistake::Nothing => format!("nothing comes after \"{given}\""),
        Mistake::Unknown(what) => format!("\"{given}\" is not {what}"),
        Mistake::NoWord => format!("\"{given}\" has no letter or digit to look for"),
        Mistake::NoSuchDate => format!("there is no \"{given}\" between 1900 and 2200"),
        Mistake::TooMany => "too many words".to_owned(),
    };
    let (allowed, column) = (&error.allowed, error.column);
    match &error.nearest {
        Some(word) => {
            format!("column {column}: {wrong}, did you mean \"{word}\"? (allowed: {allowed})")
        }
        None => format!("column {column}: {wrong}; allowed: {allowed}"),
    }
}
