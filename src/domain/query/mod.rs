//! The query language: one for the search line and for the commands.
//!
//! [`Query::parse`] reads it and `Display` writes it, so that a query shown is a query accepted.

mod error;
mod parse;
#[cfg(test)]
mod tests;
mod value;

use std::fmt;

use chrono::NaiveDate;

use super::catalog::Catalog;
use super::experiment::Outcome;
use super::highlight;
use super::reflection::{Energy, Field};
use super::shift::ShiftKind;
use super::tag::Tag;

pub use error::{Mistake, QueryError};
pub use parse::{MAX_CONDITIONS, has_open_quote};

/// What to look for: every condition must hold. An empty query matches everything.
///
/// [`Query::parse`] makes an empty query from blank text only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The conditions, in the order they were typed.
    pub all: Vec<Condition>,
}

/// One test, perhaps turned around by a leading `-`.
#[derive(Clone, PartialEq, Eq)]
pub struct Condition {
    /// Whether the test must not hold: everything matches that the test does not match, a
    /// reflection without energy or experiment included.
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
    /// A competency whose id begins like this, whatever the case.
    Competency(String),
    /// A tag that begins like this.
    Tag(Tag),
    /// A competency, tag or signal of exactly this name, whatever the case: what a figure counted.
    Named {
        /// What has the name.
        kind: NamedKind,
        /// The whole name; a tag's without its `#`, a signal's in lower case.
        name: String,
    },
    /// A tag that stands in this field, of exactly this name: what a review counted.
    Tagged {
        /// The field.
        field: Field,
        /// The tag.
        tag: Tag,
    },
    /// A word in any of its forms, as trends count them; in lower case.
    Word(String),
    /// The kind of shift.
    Shift(ShiftKind),
    /// A rotation whose name has this in it, whatever the case.
    Rotation(String),
    /// A template whose id begins like this, whatever the case.
    Template(String),
    /// Energy in this range; a reflection without energy never matches.
    Energy {
        /// Lowest level that matches.
        from: Energy,
        /// Highest level that matches.
        to: Energy,
    },
    /// A stress signal that begins like this; in lower case.
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
    /// Written about a shift: not a review, not a meeting.
    AboutAShift,
    /// Its experiment has this outcome; `Open` for an experiment not answered yet.
    Outcome(Outcome),
    /// Its experiment was tried, whether it helped or not.
    Tried,
    /// Its experiment is or was due on a day in this range, both ends included.
    Due {
        /// First day that matches; `None` for no limit.
        from: Option<NaiveDate>,
        /// Last day that matches; `None` for no limit.
        to: Option<NaiveDate>,
    },
    /// Its experiment was settled on a day in this range, both ends included.
    Answered {
        /// First day that matches; `None` for no limit.
        from: Option<NaiveDate>,
        /// Last day that matches; `None` for no limit.
        to: Option<NaiveDate>,
    },
}

/// Words to find in text. Case and accents do not matter.
///
/// The text is as it was typed. Words that [`Query::parse`] makes hold at least one letter or
/// digit, no `"` and no control character: in quotes they are one string of an FTS5 query. The
/// index cuts that string at punctuation as it cuts the text, so `post-op` means the words "post"
/// and "op" in a row.
#[derive(Clone, PartialEq, Eq)]
pub enum Words {
    /// These words in a row, the last of which may go on: FTS5 `"post-op"*`. Nearly always one
    /// word; more where punctuation is inside it or where a quote is still open.
    Prefix(String),
    /// Exactly these words in a row: FTS5 `"post-op"`.
    Phrase(String),
}

/// What a reflection can have of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedKind {
    /// A competency.
    Competency,
    /// A tag.
    Tag,
    /// A stress signal.
    Signal,
}

fn begins(id: &str, given: &str) -> bool {
    id.to_lowercase().starts_with(&given.trim().to_lowercase())
}

impl NamedKind {
    /// The search key.
    const fn key(self) -> &'static str {
        match self {
            Self::Competency => "comp",
            Self::Tag => "tag",
            Self::Signal => "signal",
        }
    }
}

impl Words {
    /// The words as typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Prefix(text) | Self::Phrase(text) => text,
        }
    }
}

impl Query {
    /// The same, with each competency that is given by its name instead of its id
    /// (`comp:"calm under pressure"`) as the one it means.
    #[must_use]
    pub fn knowing(mut self, catalog: &Catalog) -> Self {
        for condition in &mut self.all {
            let Test::Competency(given) = &condition.test else {
                continue;
            };
            if let [one] = catalog.competencies_meant(given).as_slice()
                && !begins(one.id.as_str(), given)
            {
                condition.test = Test::Named {
                    kind: NamedKind::Competency,
                    name: one.id.as_str().to_owned(),
                };
            }
        }
        self
    }

    /// Whether it has no condition, and so matches everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The words whose matches are shown in every field.
    #[must_use]
    pub fn text_terms(&self) -> Vec<Words> {
        self.terms(|field| field.is_none())
    }

    /// The words whose matches are shown in this field: those for all fields and those for it.
    #[must_use]
    pub fn text_terms_in(&self, shown: Field) -> Vec<Words> {
        self.terms(|field| field.is_none_or(|field| field == shown))
    }

    fn terms(&self, shown: impl Fn(Option<Field>) -> bool) -> Vec<Words> {
        let found = self.all.iter().filter(|condition| !condition.negated);
        found
            .filter_map(|condition| match &condition.test {
                Test::Text { field, words } if shown(*field) => Some(words.clone()),
                Test::Tagged { field, tag } if shown(Some(*field)) => {
                    Some(Words::Phrase(tag.as_str().to_owned()))
                }
                Test::Word(word) if shown(None) => Some(Words::Prefix(word.clone())),
                Test::Text { .. }
                | Test::Tagged { .. }
                | Test::Word(_)
                | Test::Competency(_)
                | Test::Tag(_)
                | Test::Named { .. }
                | Test::Shift(_)
                | Test::Rotation(_)
                | Test::Template(_)
                | Test::Energy { .. }
                | Test::Signal(_)
                | Test::Dates { .. }
                | Test::Shared
                | Test::AboutAShift
                | Test::Outcome(_)
                | Test::Tried
                | Test::Due { .. }
                | Test::Answered { .. } => None,
            })
            .collect()
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, condition) in self.all.iter().enumerate() {
            if n > 0 {
                f.write_str(" ")?;
            }
            condition.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        self.test.fmt(f)
    }
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { field: None, words } => write_words(f, words, parse::reads_as_bare),
            Self::Text {
                field: Some(field),
                words,
            } => {
                write!(f, "{}:", parse::field_key(*field))?;
                write_words(f, words, |_| true)
            }
            Self::Competency(id) => write_value(f, "comp", id),
            Self::Tag(tag) => tag.fmt(f),
            Self::Named { kind, name } => write_value(f, kind.key(), &format!("={name}")),
            Self::Tagged { field, tag } => write!(f, "{}:={tag}", parse::field_key(*field)),
            Self::Word(word) => write!(f, "word:{word}"),
            Self::Shift(kind) => write!(f, "shift:{kind}"),
            Self::Rotation(name) => write_value(f, "rot", name),
            Self::Template(id) => write_value(f, "template", id),
            Self::Energy { from, to } => match (from.level(), to.level()) {
                (from, to) if from == to => write!(f, "energy:{from}"),
                (1, to @ 1..=4) => write!(f, "energy:<={to}"),
                (from @ 2..=5, 5) => write!(f, "energy:>={from}"),
                (from, to) => write!(f, "energy:{from}-{to}"),
            },
            Self::Signal(word) => write_value(f, "signal", word),
            Self::Dates { from, to } => match (from, to) {
                (Some(from), Some(to)) if from == to => write!(f, "on:{from}"),
                (Some(from), Some(to)) => write!(f, "on:{from}..{to}"),
                (None, Some(to)) => write!(f, "until:{to}"),
                (from, None) => {
                    let from = from.unwrap_or(super::calendar::FIRST_DATE);
                    write!(f, "since:{from}")
                }
            },
            Self::Shared => f.write_str("is:shared"),
            Self::AboutAShift => f.write_str("is:shift"),
            Self::Outcome(Outcome::Open) => f.write_str("is:open"),
            Self::Outcome(outcome) => write!(f, "outcome:{outcome}"),
            Self::Tried => f.write_str("outcome:tried"),
            Self::Due { from, to } => write_days(f, "due", *from, *to),
            Self::Answered { from, to } => write_days(f, "answered", *from, *to),
        }
    }
}

/// Two ends, or one day.
fn write_days(
    f: &mut fmt::Formatter<'_>,
    key: &str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> fmt::Result {
    let from = from.unwrap_or(super::calendar::FIRST_DATE);
    let to = to.unwrap_or(super::calendar::LAST_DATE);
    if from == to {
        write!(f, "{key}:{from}")
    } else {
        write!(f, "{key}:{from}..{to}")
    }
}

/// A prefix that cannot stand bare is written as a quote that is still open: it is the last
/// condition of the query it was read from.
fn write_words(
    f: &mut fmt::Formatter<'_>,
    words: &Words,
    reads_as_bare: impl Fn(&str) -> bool,
) -> fmt::Result {
    match words {
        Words::Phrase(text) => write!(f, "\"{text}\""),
        Words::Prefix(text) if text.contains(' ') || !reads_as_bare(text) => write!(f, "\"{text}"),
        Words::Prefix(text) => f.write_str(text),
    }
}

fn write_value(f: &mut fmt::Formatter<'_>, key: &str, value: &str) -> fmt::Result {
    if value.contains(' ') {
        write!(f, "{key}:\"{value}\"")
    } else {
        write!(f, "{key}:{value}")
    }
}

/// Whether the search index would find a word in the text: a letter or a digit.
fn has_word(text: &str) -> bool {
    text.chars().any(highlight::opens_token)
}

// What somebody looks for may be as private as what they wrote: it stays out of `Debug`.

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({} conditions)", self.all.len())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(..)")
    }
}
