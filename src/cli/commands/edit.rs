//! `postcall edit`: the editor with a saved reflection.

use crate::cli::args::OneArgs;
use crate::cli::failure::Failure;
use crate::cli::named;
use crate::cli::screen;
use crate::cli::setting::Setting;
use crate::tui::Start;

pub fn run(args: &OneArgs, setting: Setting) -> Result<(), Failure> {
    screen::check()?;
    // Closed again before the screen opens it for itself.
    let id = named::reflection(&mut setting.open_present()?, &args.which)?;
    screen::open(setting, Start::Edit(id))
}
