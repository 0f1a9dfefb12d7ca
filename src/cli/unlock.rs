//! Where the passphrase comes from: a file, a file descriptor, or the terminal; never an argument.

use std::env;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::journal::{JournalError, NotAPassphrase, Passphrase};
use crate::store::{Cause, StoreError};
use crate::tui::unseen::Unseen;

use super::args::Globals;
#[cfg(unix)]
use super::descriptor;
use super::failure::{Failure, sentence};

/// How often one may be wrong.
const TRIES: u32 = 3;
/// More than any passphrase has, a line end included.
const MOST_BYTES: usize = 2048;

/// Where the passphrase was said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Nowhere: it is asked for.
    Terminal,
    /// In this file.
    File(PathBuf),
    /// In this open file descriptor.
    Descriptor(u32),
}

impl Source {
    /// From the option, then the environment.
    pub fn find(globals: &Globals) -> Self {
        let file = env::var_os("POSTCALL_PASSPHRASE_FILE").filter(|file| !file.is_empty());
        match (globals.passphrase_fd, file) {
            (Some(descriptor), _) => Self::Descriptor(descriptor),
            (None, Some(file)) => Self::File(file.into()),
            (None, None) => Self::Terminal,
        }
    }

    /// The passphrase that was given; `None` if it is to be asked for.
    pub fn read(&self) -> Result<Option<Passphrase>, Failure> {
        match self {
            Self::Terminal => Ok(None),
            Self::File(file) => in_file(file).map(Some),
            Self::Descriptor(n) => in_descriptor(*n).map(Some),
        }
    }
}

/// The passphrase in a file, without the one line end that editors put there.
pub fn in_file(path: &Path) -> Result<Passphrase, Failure> {
    // Read into one piece: what grows leaves itself behind.
    let mut bytes = Vec::with_capacity(4096);
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    if bytes.ends_with(b"\n") {
        bytes.pop();
    }
    made_of(read.map(|_| bytes), &path.display().to_string())
}

/// The passphrase in the next line of an open descriptor. The descriptor itself is read, which opened
/// by its number would stand at its beginning again; a socket has no such name at all.
#[cfg(unix)]
fn in_descriptor(n: u32) -> Result<Passphrase, Failure> {
    made_of(
        descriptor::line(n, MOST_BYTES),
        &format!("file descriptor {n}"),
    )
}

#[cfg(not(unix))]
fn in_descriptor(n: u32) -> Result<Passphrase, Failure> {
    made_of(
        Err(io::ErrorKind::Unsupported.into()),
        &format!("file descriptor {n}"),
    )
}

fn made_of(read: io::Result<Vec<u8>>, place: &str) -> Result<Passphrase, Failure> {
    let failed =
        |why: String| Failure::Locked(format!("No passphrase could be read from {place}: {why}."));
    let mut bytes = read.map_err(|error| failed(error.to_string()))?;
    if bytes.ends_with(b"\r") {
        bytes.pop();
    }
    Passphrase::new(bytes).map_err(|why| failed(why.to_string()))
}

/// Opens what may be locked; where no passphrase was given and one is needed, the person at the
/// terminal is asked, three times at most.
pub fn asking<T>(
    given: Option<Passphrase>,
    open: impl FnMut(Option<Passphrase>) -> Result<T, JournalError>,
) -> Result<T, Failure> {
    asking_with("Passphrase:", given, open)
}

/// The same with a question of its own.
pub fn asking_with<T>(
    question: &str,
    given: Option<Passphrase>,
    mut open: impl FnMut(Option<Passphrase>) -> Result<T, JournalError>,
) -> Result<T, Failure> {
    let mut outcome = open(given);
    if !matches!(cause(&outcome), Some(Cause::Locked { .. })) {
        return Ok(outcome?);
    }
    let Some(mut terminal) = terminal() else {
        return Ok(outcome?);
    };
    for tries in 1..=TRIES {
        match ask(&mut terminal, question)? {
            Ok(passphrase) => outcome = open(Some(passphrase)),
            Err(why) => terminal.say(&sentence(&why.to_string())),
        }
        let is_wrong = matches!(
            cause(&outcome),
            Some(Cause::WrongPassphrase { .. } | Cause::Locked { .. })
        );
        if !is_wrong || tries == TRIES {
            break;
        }
        terminal.say("That is not the passphrase.");
        // Time is all that a wrong one costs.
        std::thread::sleep(Duration::from_secs(tries.into()));
    }
    Ok(outcome?)
}

fn cause<T>(outcome: &Result<T, JournalError>) -> Option<&Cause> {
    match outcome {
        Err(JournalError::Store(StoreError { cause, .. })) => Some(cause),
        Ok(_) | Err(_) => None,
    }
}

/// A new passphrase, typed twice.
pub fn ask_for_new() -> Result<Passphrase, Failure> {
    let Some(mut terminal) = terminal() else {
        return Err(Failure::Usage(
            "There is no terminal to type a passphrase on, and no file was named that holds it. \
             Nothing was changed."
                .to_owned(),
        ));
    };
    for _ in 0..TRIES {
        match ask(&mut terminal, "New passphrase:")? {
            Ok(first) => {
                if ask(&mut terminal, "The same again:")?.is_ok_and(|second| second == first) {
                    return Ok(first);
                }
                terminal.say("Those were two different passphrases.");
            }
            Err(why) => terminal.say(&sentence(&why.to_string())),
        }
    }
    Err(given_up())
}

/// The terminal, whatever standard input and output are; where standard error is none, a question
/// would be seen by nobody.
fn terminal() -> Option<Unseen> {
    if !io::stderr().is_terminal() {
        return None;
    }
    Unseen::begin().ok()
}

fn ask(
    terminal: &mut Unseen,
    question: &str,
) -> Result<Result<Passphrase, NotAPassphrase>, Failure> {
    match terminal.ask(question)? {
        Some(typed) => Ok(Passphrase::new(typed)),
        None => Err(given_up()),
    }
}

fn given_up() -> Failure {
    Failure::Locked("Nothing was changed.".to_owned())
}
