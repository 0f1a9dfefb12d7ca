//! The one place where the command line hands over to the screen.

use crate::journal::clock::Clock;
use crate::journal::{Made, Passphrase, Place};
use crate::tui::{self, Opening, RunError, Setup, Start};

use super::failure::{Failure, sentence};
use super::output::Output;
use super::setting::Setting;

/// Begins to open the journal for the screen.
pub fn begin(
    place: Place,
    passphrase: Option<Passphrase>,
    clock: Clock,
) -> Result<Opening, Failure> {
    Opening::begin(place, passphrase, clock)
        .map_err(|error| Failure::Failed(sentence(&error.to_string())))
}

/// Shows the journal that is being opened and returns when the writer leaves.
pub fn show(opening: Opening, setting: Setting, start: Start) -> Result<(), Failure> {
    let setup = Setup {
        called: setting.called(),
        options: setting.options,
        config: setting.config,
        complaints: setting.complaints,
        config_file: setting.config_file,
        start,
    };
    opening.show(setup).map_err(|error| {
        if let RunError::Journal(error) = error {
            return Failure::Journal(error);
        }
        Failure::Failed(sentence(&error.to_string()))
    })
}

/// Opens the journal on the terminal and returns when the writer leaves.
pub fn open(setting: Setting, start: Start) -> Result<(), Failure> {
    let place = Place::File(setting.journal.clone());
    let passphrase = match &setting.options.passphrase {
        Some(passphrase) => Some(passphrase.clone()),
        None => setting.passphrase()?,
    };
    let opening = begin(place, passphrase, setting.options.clock)?;
    show(opening, setting, start)
}

/// Opens a throw-away journal that holds these reflections.
pub fn open_demo(setting: Setting, demo: Made, out: &mut Output) -> Result<(), Failure> {
    let mut opening = begin(Place::Memory, None, setting.options.clock)?;
    opening.fill(demo);
    show(opening, setting, Start::Today)?;
    out.say("That was the demo; nothing of it was kept.");
    Ok(())
}

/// Whether there is a terminal to open it on.
pub fn check() -> Result<(), Failure> {
    tui::terminal::check().map_err(|error| Failure::Failed(sentence(&error.to_string())))
}
