//! The query language: one for the search line and for the commands.

use chrono::NaiveDate;

use super::experiment::Outcome;
use super::reflection::{Energy, Field};
use super::shift::ShiftKind;
use super::tag::Tag;

/// What to look for: every condition must hold. An empty query matches everything.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The conditions, in the order they were typed.
    pub all: Vec<Condition>,
}

/// One test, perhaps turned around by a leading `-`.
#[derive(Clone, PartialEq, Eq)]
pub struct Condition {
    /// Whether the test must not hold.
    pub negated: bool,
    /// The test.
    pub test: Test,
}

/// A test on one reflection.
#[derive(Clone, PartialEq, Eq)]
pub enum Test {
    /// Words in the text, or in one field of it.
    Text {
        /// The one field to look in; `None` for all of them and the tags.
        field: Option<Field>,
        /// What to find.
        words: Words,
    },
    /// A competency whose id begins like this.
    Competency(String),
    /// A tag that begins like this.
    Tag(Tag),
    /// The kind of shift.
    Shift(ShiftKind),
    /// A rotation whose name has this in it, whatever the case.
    Rotation(String),
    /// A template whose id begins like this.
    Template(String),
    /// Energy in this range; a reflection without energy never matches.
    Energy {
        /// Lowest level that matches.
        from: Energy,
        /// Highest level that matches.
        to: Energy,
    },
    /// A stress signal that begins like this.
    Signal(String),
    /// A shift date in this range, both ends included.
    Dates {
        /// First date that matches; `None` for no limit.
        from: Option<NaiveDate>,
        /// Last date that matches; `None` for no limit.
        to: Option<NaiveDate>,
    },
    /// Marked for sharing.
    Shared,
    /// Its experiment has this outcome; `Open` for an experiment not answered yet.
    Outcome(Outcome),
}

/// Words to find in text. Case and accents do not matter.
#[derive(Clone, PartialEq, Eq)]
pub enum Words {
    /// A word that begins like this.
    Prefix(String),
    /// Exactly these words in a row.
    Phrase(String),
}
