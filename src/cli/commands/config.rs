//! `postcall config`: where the configuration is, what is in force, what is wrong with it.

use crate::cli::args::{ConfigArgs, ConfigCommand};
use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::domain::prose::visible;

pub fn run(args: &ConfigArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    match args.command {
        ConfigCommand::Path => out.path(&setting.config_file),
        ConfigCommand::Print => {
            setting.complain(out);
            out.made(&visible(&crate::config::print(&setting.config)))
        }
        ConfigCommand::Check => check(setting, out),
    }
}

fn check(setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    for complaint in &setting.complaints {
        out.line(&[(Look::Plain, &complaint.to_string())])?;
    }
    let file = setting.config_file.display();
    match setting.complaints.len() {
        0 => {
            out.say(&format!("Nothing is wrong with {file}."));
            Ok(())
        }
        1 => Err(Failure::Failed(
            "1 thing is not understood; its default is used.".to_owned(),
        )),
        n => Err(Failure::Failed(format!(
            "{n} things are not understood; their defaults are used."
        ))),
    }
}
