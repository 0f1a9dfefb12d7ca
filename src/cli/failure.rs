//! Why a command was not carried out, as one sentence and an exit code.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::journal::JournalError;
use crate::store::{Cause, StoreError};

/// A command that was not carried out. The words may hold what was typed: only
/// [`Output`](super::output::Output) prints them.
#[derive(Debug)]
pub enum Failure {
    /// It was tried and nothing changed: exit code 1.
    Failed(String),
    /// The arguments do not fit: exit code 2.
    Usage(String),
    /// `check` could not read what it was to look through: exit code 2.
    Unread(String),
    /// `check` found something, and has said so: exit code 1.
    Identifiers,
    /// The journal said no: exit code 1.
    Journal(JournalError),
    /// It needs a passphrase, or another one: exit code 3.
    Locked(String),
    /// Whoever reads the output has had enough (`postcall list | head`): no failure at all.
    ReaderGone,
}

impl Failure {
    /// Turns an error of the journal at this place into words.
    pub fn at(self, journal: &Path) -> Self {
        match self {
            Self::Journal(error) => match locked(&error, journal) {
                Some(words) => Self::Locked(words),
                None => Self::Failed(explain(&error, journal)),
            },
            Self::Failed(_)
            | Self::Usage(_)
            | Self::Unread(_)
            | Self::Identifiers
            | Self::Locked(_)
            | Self::ReaderGone => self,
        }
    }

    /// Says first what became of the words a person handed in.
    pub fn before(self, journal: &Path, sentence: &str) -> Self {
        match self.at(journal) {
            Self::Failed(words) => Self::Failed(format!("{words}\n{sentence}")),
            Self::Usage(words) => Self::Usage(format!("{words}\n{sentence}")),
            Self::Locked(words) => Self::Locked(format!("{words}\n{sentence}")),
            other @ (Self::Unread(_) | Self::Identifiers | Self::Journal(_) | Self::ReaderGone) => {
                other
            }
        }
    }

    /// The exit code.
    pub fn code(&self) -> ExitCode {
        match self {
            Self::ReaderGone => ExitCode::SUCCESS,
            Self::Failed(_) | Self::Identifiers | Self::Journal(_) => ExitCode::FAILURE,
            Self::Usage(_) | Self::Unread(_) => ExitCode::from(2),
            Self::Locked(_) => ExitCode::from(3),
        }
    }

    /// What to say, if anything.
    pub const fn words(&self) -> Option<&str> {
        match self {
            Self::Failed(words)
            | Self::Usage(words)
            | Self::Unread(words)
            | Self::Locked(words) => Some(words.as_str()),
            Self::Identifiers | Self::Journal(_) | Self::ReaderGone => None,
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

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

/// What to say where the passphrase is missing or another; `None` if that is not the matter.
fn locked(error: &JournalError, journal: &Path) -> Option<String> {
    let JournalError::Store(StoreError { cause, .. }) = error else {
        return None;
    };
    let journal = journal.display();
    if matches!(cause, Cause::Locked { .. }) {
        return Some(format!(
            "{journal} is locked with a passphrase: type it on a terminal, or name a file that \
             holds it in POSTCALL_PASSPHRASE_FILE."
        ));
    }
    let Cause::WrongPassphrase { newest_backup } = cause else {
        return None;
    };
    let backup = newest_backup.as_ref().map_or_else(String::new, |backup| {
        format!(" The newest backup is {}.", backup.display())
    });
    Some(format!(
        "Wrong passphrase, or the file is damaged: {journal}.{backup}"
    ))
}

/// What was tried, why it failed, that the journal is as it was, and the next step.
fn explain(error: &JournalError, journal: &Path) -> String {
    match error {
        JournalError::Store(StoreError { attempt, cause }) => format!(
            "{}\nNothing was changed. The journal: {}.{}",
            sentence(&format!("{attempt} failed: {cause}")),
            journal.display(),
            next_step(cause),
        ),
        JournalError::NotFound {
            what: "rotation", ..
        } => format!("There is {error}. `postcall rotation list` shows their names."),
        JournalError::NotFound { .. } => {
            format!("There is {error}. `postcall list` and `postcall trash` show the ids.")
        }
        JournalError::Ambiguous { .. }
        | JournalError::Draft(_)
        | JournalError::Answer(_)
        | JournalError::Goal(_)
        | JournalError::Rotation(_)
        | JournalError::Shift(_)
        | JournalError::Conflict { .. }
        | JournalError::InTrash { .. } => sentence(&error.to_string()),
    }
}

/// What is left where there is no backup.
const MOVE_AWAY: &str = "\nMove it away, or name another file with --journal.";

/// What can be done about it, on a line of its own; nothing where nothing helps for certain.
fn next_step(cause: &Cause) -> String {
    match cause {
        Cause::DiskFull => "\nMake some room on that disk and try again.".to_owned(),
        Cause::ReadOnly | Cause::NoAccess { .. } | Cause::CannotOpen => {
            "\nMake the file and its folder writable, or name another file with --journal."
                .to_owned()
        }
        Cause::Busy => "\nClose the other program, or try again in a moment.".to_owned(),
        Cause::Folder(_) | Cause::NotAJournal => "\nName another file with --journal.".to_owned(),
        Cause::Exists(_) => "\nGive the backup another file name.".to_owned(),
        Cause::Newer { .. } => "\nInstall the newest postcall.".to_owned(),
        Cause::Replaced => "\nStart postcall again.".to_owned(),
        Cause::Empty { newest_backup, .. }
        | Cause::Unreadable { newest_backup }
        | Cause::Corrupt { newest_backup } => {
            newest_backup.as_ref().map_or_else(|| MOVE_AWAY.to_owned(), |backup| {
                let backup = backup.display();
                format!(
                    "\nThe newest backup is {backup}; `postcall backup restore FILE` brings it back."
                )
            })
        }
        Cause::Damaged { .. } => "\n`postcall backup list` shows the backups.".to_owned(),
        Cause::Locked { .. }
        | Cause::WrongPassphrase { .. }
        | Cause::BadBackup { .. }
        | Cause::Setting { .. }
        | Cause::Io(_)
        | Cause::Engine(_) => String::new(),
    }
}

/// With a capital letter at the start, unless the program itself is named there, and a mark at
/// the end.
pub fn sentence(words: &str) -> String {
    let mut rest = words.chars();
    let mut sentence: String = if words.starts_with("postcall") {
        rest.collect()
    } else {
        let first = rest.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(rest).collect()
    };
    if !sentence.ends_with(['.', '?']) {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_sentence_begins_large_and_ends_once() {
        assert_eq!(sentence("the disk is full"), "The disk is full.");
        assert_eq!(sentence("did you mean day?"), "Did you mean day?");
        assert_eq!(sentence("\"x\" is none"), "\"x\" is none.");
        assert_eq!(sentence("postcall stopped"), "postcall stopped.");
    }
}
