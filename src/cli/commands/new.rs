//! `postcall new`: straight into the editor with a new reflection.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::screen;
use crate::cli::setting::Setting;
use crate::tui::Start;

#[derive(Debug, Args)]
pub struct NewArgs {
    /// The template; `postcall templates` lists them
    #[arg(long, short, value_name = "TEMPLATE")]
    pub template: Option<String>,
}

pub fn run(args: &NewArgs, setting: Setting) -> Result<(), Failure> {
    let template = match &args.template {
        Some(given) => setting.template(given)?,
        None => setting.options.rules.default_template.clone(),
    };
    screen::open(setting, Start::New(template))
}
