//! `postcall config`: where the configuration is, what is in force, what is wrong with it.

use clap::{Args, Subcommand};

use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::config::{self, Config};
use crate::tui::keymap::Keymap;

#[derive(Debug, Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    pub command: ConfigCommand,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub enum ConfigCommand {
    /// Where the configuration file is
    Path,
    /// The configuration in force, with comments
    Print,
    /// What is wrong with the file, if anything
    Check,
}

pub fn run(args: &ConfigArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    match args.command {
        ConfigCommand::Path => out.path(&setting.config_file),
        ConfigCommand::Print => print(setting, out),
        ConfigCommand::Check => check(setting, out),
    }
}

/// The whole key table, not only the keys that the file changes.
fn print(setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    setting.complain(out);
    let (keymap, complaints) = Keymap::with(&setting.config.keys);
    for complaint in complaints {
        out.say(&complaint.to_string());
    }
    // A table of the file must not be opened twice.
    let mut keys = keymap.bindings();
    keys.sort_by(|a, b| a.context.cmp(&b.context));
    let whole = Config {
        keys,
        ..setting.config.clone()
    };
    out.made(&config::print(&whole))
}

fn check(setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let (_, about_keys) = Keymap::with(&setting.config.keys);
    let complaints = setting.complaints.iter().chain(&about_keys);
    let mut count = 0;
    for complaint in complaints {
        count += 1;
        out.line(&[(Look::Plain, &complaint.to_string())])?;
    }
    let file = setting.config_file.display();
    match count {
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
