//! What is wrong with a file the writer made: one line each, and the program starts anyway.

use std::fmt;
use std::path::{Path, PathBuf};

/// Where in a file something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; `None` for the file as a whole.
    pub line: Option<usize>,
}

/// One thing in a configuration file that was not understood. What it would have set has its
/// default.
///
/// `Display` is one line; it may hold what the file holds, raw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Where it stands.
    pub place: Place,
    /// What is wrong and what is allowed.
    pub sentence: String,
}

impl Complaint {
    /// Something wrong at this place.
    #[must_use]
    pub fn at(place: Place, sentence: impl Into<String>) -> Self {
        Self {
            place,
            sentence: sentence.into(),
        }
    }

    /// Something wrong with a whole file.
    #[must_use]
    pub fn about(file: &Path, sentence: impl Into<String>) -> Self {
        let file = file.to_owned();
        Self::at(Place { file, line: None }, sentence)
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place.file.display())?;
        if let Some(line) = self.place.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.sentence)
    }
}
