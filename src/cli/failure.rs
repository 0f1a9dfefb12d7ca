//! Why a command was not carried out, as one sentence and an exit code.

use std::io;
use std::process::ExitCode;

/// A command that was not carried out. The words may hold what was typed: only
/// [`Output`](super::output::Output) prints them.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// It was tried and nothing changed: exit code 1.
    Failed(String),
    /// The arguments do not fit: exit code 2.
    Usage(String),
    /// Whoever reads the output has had enough (`postcall list | head`): no failure at all.
    ReaderGone,
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::ReaderGone => ExitCode::SUCCESS,
            Self::Failed(_) => ExitCode::FAILURE,
            Self::Usage(_) => ExitCode::from(2),
        }
    }

    /// What to say, if anything.
    pub const fn words(&self) -> Option<&str> {
        match self {
            Self::Failed(words) | Self::Usage(words) => Some(words.as_str()),
            Self::ReaderGone => None,
        }
    }
}

/// Writing the output failed; the same for every command.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Failed(format!("The output could not be written: {error}."))
        }
    }
}
