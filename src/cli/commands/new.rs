//! `postcall new`: straight into the editor with a new reflection.

use crate::cli::args::NewArgs;
use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::cli::setting::Setting;
use crate::tui::Start;

pub fn run(args: &NewArgs, setting: Setting) -> Result<(), Failure> {
    let template = match &args.template {
        Some(given) => setting.template(given)?,
        None => setting.options.rules.default_template.clone(),
    };
    screen::open(setting, Start::New(template))
}
