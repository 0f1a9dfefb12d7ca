//! The words of the command line, and the help that comes with them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::commands::{
    add::AddArgs, backup::BackupArgs, check::CheckArgs, close::CloseArgs,
    competencies::CompetenciesArgs, completions::CompletionsArgs, config::ConfigArgs,
    demo::DemoArgs, due::DueArgs, goal::GoalArgs, list::ListArgs, new::NewArgs,
    passphrase::PassphraseArgs, restore::RestoreArgs, rotation::RotationArgs, search::SearchArgs,
    shift::ShiftArgs, show::ShowArgs, trash::TrashArgs, trends::TrendsArgs, week::WeekArgs,
};
use crate::domain::id::{IdSuffix, NotAnId};

/// The heading of [`Globals`] on every help page.
const EVERYWHERE: &str = "With every command";

/// The options that take text, which may begin with a hyphen.
const TEXTS: [&str; 9] = [
    "--well",
    "--differently",
    "--next",
    "--note",
    "--why",
    "--strength",
    "--gap",
    "--role",
    "--obstacle",
];

/// A reflection journal for medical residents. Without a command it opens the journal.
#[derive(Debug, Parser)]
#[command(
    name = "postcall",
    bin_name = "postcall",
    version,
    disable_help_subcommand = true,
    next_line_help = false
)]
#[command(after_help = "An id is shown by `postcall list`; `last` is the reflection written last.")]
pub struct CommandLine {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Globals {
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    #[arg(num_args = 0..=1, default_missing_value = "")]
    #[arg(help = "The journal file [env: POSTCALL_JOURNAL]")]
    pub journal: Option<OsString>,
    #[arg(long, global = true, value_name = "FILE", help_heading = EVERYWHERE)]
    #[arg(help = "The configuration file [env: POSTCALL_CONFIG]")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, value_name = "N", help_heading = EVERYWHERE)]
    #[arg(
        help = "An open file descriptor that the passphrase is read from [env, a file: \
                  POSTCALL_PASSPHRASE_FILE]"
    )]
    pub passphrase_fd: Option<u32>,
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(help_heading = EVERYWHERE)]
    #[arg(help = "Colour; NO_COLOR turns it off too")]
    pub color: Color,
}

// No documentation on the variants: it would unfold every help page.
/// When to use colour: `Auto` on a terminal, unless `NO_COLOR` is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a reflection: straight into the editor
    New(NewArgs),
    /// Add a reflection without the screen
    Add(Box<AddArgs>),
    /// Reflections, newest first
    List(ListArgs),
    /// Reflections, best match first
    Search(SearchArgs),
    /// One reflection, whole
    Show(ShowArgs),
    /// Change a reflection in the editor
    Edit(OneArgs),
    /// Move a reflection to the trash
    Delete(OneArgs),
    /// Take a reflection, a goal or a rotation out of the trash
    Restore(RestoreArgs),
    /// What is in the trash
    Trash(TrashArgs),
    /// Open experiments: what you are trying next
    Due(DueArgs),
    /// Say what became of an experiment
    Close(CloseArgs),
    /// Goals: the two or three things to get better at this year
    Goal(Box<GoalArgs>),
    /// Rotations: the blocks a residency is made of
    Rotation(RotationArgs),
    /// Log a shift as worked, without a reflection on it
    Shift(ShiftArgs),
    /// The review of a week
    Week(WeekArgs),
    /// What a week, a rotation, a year or everything adds up to
    Trends(TrendsArgs),
    /// The templates a reflection can have
    Templates(JsonArgs),
    /// The competencies a reflection can touch
    Competencies(CompetenciesArgs),
    /// Copies of the journal
    #[command(args_conflicts_with_subcommands = true)]
    Backup(BackupArgs),
    /// Encrypt the journal with a passphrase
    Passphrase(PassphraseArgs),
    /// The configuration
    Config(ConfigArgs),
    /// Where the journal is
    Path,
    /// A throw-away journal with sample data
    Demo(DemoArgs),
    /// Look for possible identifiers of patients
    Check(CheckArgs),
    /// Completions for a shell
    Completions(CompletionsArgs),
}

impl Command {
    /// Whether `-` says that the text is on standard input.
    pub fn reads_standard_input(&self) -> bool {
        if let Self::Add(add) = self {
            return add.input.as_deref() == Some("-");
        }
        matches!(self, Self::Check(check) if check.file.as_deref() == Some(Path::new("-")))
    }
}

#[derive(Debug, Args)]
pub struct OneArgs {
    /// Its id, or `last`
    #[arg(value_name = "ID")]
    pub which: Which,
}

#[derive(Debug, Args)]
pub struct JsonArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// A count of rows.
pub fn at_least_one(text: &str) -> Result<u32, &'static str> {
    let count = text.trim().parse().ok();
    count
        .filter(|count| *count > 0)
        .ok_or("give a whole number, 1 or more")
}

/// An option that takes text and the option that stands where the text should: `--well --json`.
/// `--well=--json` says that the text is meant, and so does white space in it.
pub fn option_for_text(args: &[OsString]) -> Option<(&str, &str)> {
    let before_dashes = args.iter().map(|arg| arg.to_str().unwrap_or_default());
    let args: Vec<&str> = before_dashes.take_while(|arg| *arg != "--").collect();
    let next = args.iter().skip(1);
    args.iter().zip(next).find_map(|(option, value)| {
        let takes_text = TEXTS.contains(option);
        let long = value.strip_prefix("--").is_some_and(|name| {
            name.starts_with(char::is_alphabetic) && !name.contains(char::is_whitespace)
        });
        (takes_text && (long || matches!(*value, "-t" | "-h"))).then_some((*option, *value))
    })
}

/// The journal file that another `--journal` names than a bare one, which overrides it
/// (`--journal FILE check --journal`).
pub fn journal_named_elsewhere(args: &[OsString]) -> Option<OsString> {
    let next = args.iter().skip(1).map(Some).chain([None]);
    let is_bare = |(arg, next): &(&OsString, Option<&OsString>)| {
        *arg == "--journal" && next.is_none_or(|next| next.as_encoded_bytes().starts_with(b"-"))
    };
    let others = args.iter().zip(next).filter(|both| !is_bare(both));
    let line = CommandLine::try_parse_from(others.map(|(arg, _)| arg)).ok()?;
    line.globals.journal.filter(|file| !file.is_empty())
}

/// A row as a person names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The newest one.
    Last,
    /// The one whose id ends like this.
    Id(IdSuffix),
}

impl FromStr for Which {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text == "last" {
            Ok(Self::Last)
        } else {
            text.parse().map(Self::Id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_has_no_contradictions() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn text_given_as_an_argument_stays_out_of_debug() {
        let words = [
            "postcall", "add", "--well", "secret", "--note", "secret", "secret",
        ];
        let line = CommandLine::try_parse_from(words).unwrap();
        assert!(!format!("{line:?}").contains("secret"));
    }
}
