//! The one place where the command line hands over to the screen.

use crate::journal::{MadeEntry, Place};
use crate::tui::{self, RunError, Setup, Start};

use super::failure::{Failure, sentence};
use super::output::Output;
use super::setting::Setting;

/// Opens the journal on the terminal and returns when the writer leaves.
pub fn open(setting: Setting, start: Start) -> Result<(), Failure> {
    let place = Place::File(setting.journal.clone());
    run(setting, place, start, Vec::new())
}

/// Opens a throw-away journal that holds these reflections.
pub fn open_demo(setting: Setting, demo: Vec<MadeEntry>, out: &mut Output) -> Result<(), Failure> {
    run(setting, Place::Memory, Start::Today, demo)?;
    out.say("That was the demo; nothing of it was kept.");
    Ok(())
}

/// Whether there is a terminal to open it on.
pub fn check() -> Result<(), Failure> {
    tui::terminal::check().map_err(|error| Failure::Failed(sentence(&error.to_string())))
}

fn run(setting: Setting, place: Place, start: Start, demo: Vec<MadeEntry>) -> Result<(), Failure> {
    let setup = Setup {
        place,
        options: setting.options,
        config: setting.config,
        complaints: setting.complaints,
        start,
        demo,
    };
    tui::run(setup).map_err(|error| {
        if let RunError::Journal(error) = error {
            return Failure::Journal(error);
        }
        Failure::Failed(sentence(&error.to_string()))
    })
}
