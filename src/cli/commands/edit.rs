//! `postcall edit`: the editor with a saved reflection.

use crate::cli::args::OneArgs;
use crate::cli::failure::Failure;
use crate::cli::setting::Setting;
use crate::cli::{named, screen};
use crate::tui::Start;

pub fn run(args: &OneArgs, mut setting: Setting) -> Result<(), Failure> {
    screen::check()?;
    // Closed again before the screen opens it for itself.
    let mut journal = setting.open_present()?;
    let id = named::reflection(&mut journal, &args.which)?;
    setting.options.passphrase = journal.passphrase();
    drop(journal);
    screen::open(setting, Start::Edit(id))
}
