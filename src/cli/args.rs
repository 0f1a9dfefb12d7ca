//! The words of the command line, and the help that comes with them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::commands::{check::CheckArgs, passphrase::PassphraseArgs};
use super::goal_args::GoalArgs;
use crate::domain::experiment::{Answer, FollowUp, Outcome};
use crate::domain::id::{IdSuffix, NotAnId};
use crate::domain::nearest;
use crate::domain::prose::Prose;
use crate::domain::reflection::Role;
use crate::domain::shift::ShiftKind;
use crate::domain::trends::Range;

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

#[derive(Debug, Args)]
pub struct NewArgs {
    /// The template; `postcall templates` lists them
    #[arg(long, short, value_name = "TEMPLATE")]
    pub template: Option<String>,
}

#[derive(Debug, Args)]
#[command(override_usage = "postcall add [OPTIONS] [-]")]
#[command(after_help = "\
`-` reads the text from standard input, which keeps it out of the shell's history. Lines that begin
with `Went well:`, `Do differently:`, `Try next:` or `Note:` start a field; text before any of them
goes to \"Went well\". Or one JSON object, as `postcall show --json` writes it.")]
pub struct AddArgs {
    /// `-` reads the text from standard input
    #[arg(value_name = "-")]
    pub input: Option<Prose>,
    // Words without an option in front of them are refused with what to do about it.
    #[arg(hide = true)]
    pub stray: Vec<Prose>,
    /// What went well
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub well: Option<Prose>,
    /// What to do differently
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub differently: Option<Prose>,
    /// What to try next: if ..., then I will ...
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub next: Option<Prose>,
    /// One line more
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<Prose>,
    /// The template; `postcall templates` lists them
    #[arg(long, short, value_name = "TEMPLATE")]
    pub template: Option<String>,
    /// day, long, evening, night, call24, clinic or off
    #[arg(long, value_name = "SHIFT")]
    pub shift: Option<ShiftKind>,
    /// The date the shift began: 2026-11-21, yesterday, monday, -3
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub date: Option<String>,
    /// The rotation
    #[arg(long, value_name = "NAME")]
    pub rotation: Option<String>,
    /// A competency, at most three; `postcall competencies` lists them
    #[arg(long, value_name = "COMPETENCY")]
    pub competency: Vec<String>,
    /// A tag; those in the text count by themselves
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Whose feedback it is about, a role and never a name: nurse, peer, attending, student, patient
    /// or other
    #[arg(long, value_name = "ROLE")]
    pub from: Option<Role>,
    /// Energy after the shift, 1 (empty) to 5 (full)
    #[arg(long, value_name = "1-5", value_parser = energy)]
    pub energy: Option<u8>,
    /// A stress signal noticed
    #[arg(long, value_name = "SIGNAL")]
    pub signal: Vec<String>,
    /// When the experiment is due: 7d, 2w, 1m, a date or none
    #[arg(long, value_name = "WHEN")]
    pub due: Option<String>,
    /// Print the reflection as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    /// What to look for: words, tag:rounds, shift:night, since:2026-10, is:open ...
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// At most so many; 20 unless told, all with --json
    #[arg(short = 'n', value_name = "N", value_parser = at_least_one)]
    pub limit: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct SearchArgs {
    /// What to look for: words, tag:rounds, shift:night, since:2026-10, is:open ...
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// At most so many; 20 unless told, all with --json
    #[arg(short = 'n', value_name = "N", value_parser = at_least_one)]
    pub limit: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Its id, or `last`
    #[arg(value_name = "ID")]
    pub which: Which,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct OneArgs {
    /// Its id, or `last`
    #[arg(value_name = "ID")]
    pub which: Which,
}

#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Its id; `postcall trash` lists them
    #[arg(value_name = "ID")]
    pub id: IdSuffix,
}

#[derive(Debug, Args)]
pub struct TrashArgs {
    /// Delete everything in it for good
    #[arg(long)]
    pub empty: bool,
    /// Do not ask first
    #[arg(long, requires = "empty")]
    pub yes: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "empty")]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct DueArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// One line or nothing, and never an error: for a shell prompt
    #[arg(long, conflicts_with = "json")]
    pub short: bool,
}

#[derive(Debug, Args)]
pub struct CloseArgs {
    /// The id of the experiment or of its reflection, or `last` for the newest experiment
    #[arg(value_name = "ID")]
    pub which: Which,
    #[arg(value_name = "OUTCOME")]
    #[arg(help = "helped, mixed, no_help, not_tried, no_chance, dropped; later habit or faded")]
    pub verdict: Verdict,
    /// A line about it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<Prose>,
}

#[derive(Debug, Args)]
pub struct RotationArgs {
    #[command(subcommand)]
    pub command: RotationCommand,
}

#[derive(Debug, Subcommand)]
pub enum RotationCommand {
    /// Begin a rotation
    Start {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
        /// Its first day: 2026-11-21, yesterday, monday, -3; today unless told
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        on: Option<String>,
    },
    /// Say which day is the last of a rotation
    End {
        /// Its name, if several run
        #[arg(value_name = "NAME")]
        name: Option<String>,
        /// Its last day: 2026-11-21, yesterday, monday, -3; today unless told
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        on: Option<String>,
    },
    /// The rotations there are, begun last first
    List(JsonArgs),
    /// The review of a rotation
    Review(RotationReviewArgs),
}

#[derive(Debug, Args)]
pub struct RotationReviewArgs {
    /// Its name; of several the one begun last
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct WeekArgs {
    /// A day of the week, like 2026-11-21 or monday, or -1 for the week before this one
    #[arg(value_name = "DATE", allow_hyphen_values = true)]
    pub date: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
`year` is the academic year, `rotation` the one that covers today or ended last. Words that rise and
fall are compared with the time before by log-odds with an informative Dirichlet prior (Monroe,
Colaresi and Quinn 2008): each reflection counts once for a word, in whatever form.")]
pub struct TrendsArgs {
    /// week, rotation, 8weeks, year or all
    #[arg(long, value_name = "RANGE", default_value = "8weeks")]
    pub range: Range,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Without options it is the shift that a reflection written now would belong to. A shift with a
reflection counts anyway, and only once.")]
pub struct ShiftArgs {
    /// The date it began: 2026-11-21, yesterday, monday, -3
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// day, long, evening, night, call24 or clinic
    #[arg(long, value_name = "SHIFT")]
    pub kind: Option<ShiftKind>,
    /// Take it out of the log again
    #[arg(long)]
    pub remove: bool,
    /// Print the shift as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct JsonArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct CompetenciesArgs {
    /// Another framework than the one in use
    #[arg(long, value_name = "FRAMEWORK")]
    pub framework: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Where to; without it, into the backup folder beside the journal
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<BackupCommand>,
}

#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// The backups there are, newest first
    List(JsonArgs),
    /// Put a backup in the journal's place; the journal of now is kept beside it
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Do not ask first where the backup has no passphrase and the journal has one
        #[arg(long)]
        yes: bool,
    },
}

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

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Write a made-up journal into this new file instead
    #[arg(long, value_name = "FILE", requires = "entries")]
    pub write: Option<PathBuf>,
    /// How many reflections
    #[arg(long, value_name = "N", requires = "write")]
    pub entries: Option<u32>,
    /// The same seed makes the same journal
    #[arg(long, value_name = "S", default_value_t = 1, requires = "write")]
    pub seed: u64,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Which shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

fn energy(text: &str) -> Result<u8, &'static str> {
    let level = text.trim().parse().ok();
    level
        .filter(|level| (1..=5).contains(level))
        .ok_or("give a whole number from 1 (empty) to 5 (full)")
}

fn at_least_one(text: &str) -> Result<u32, &'static str> {
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

/// What became of an experiment, as the command line has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict(pub Answer);

impl Verdict {
    const ALL: [(&'static str, Answer); 8] = [
        (Outcome::Helped.id(), Answer::Outcome(Outcome::Helped)),
        (Outcome::Mixed.id(), Answer::Outcome(Outcome::Mixed)),
        (Outcome::NoHelp.id(), Answer::Outcome(Outcome::NoHelp)),
        (Outcome::NotTried.id(), Answer::Outcome(Outcome::NotTried)),
        (Outcome::NoChance.id(), Answer::Outcome(Outcome::NoChance)),
        (Outcome::Dropped.id(), Answer::Outcome(Outcome::Dropped)),
        (FollowUp::Habit.id(), Answer::FollowUp(FollowUp::Habit)),
        (FollowUp::Faded.id(), Answer::FollowUp(FollowUp::Faded)),
    ];
}

/// The word names no outcome.
#[derive(Debug, thiserror::Error)]
#[error("{}", nearest::explain("outcome", .0, Verdict::ALL.map(|(word, _)| word)))]
pub struct UnknownVerdict(String);

impl FromStr for Verdict {
    type Err = UnknownVerdict;

    fn from_str(text: &str) -> Result<Self, UnknownVerdict> {
        let wanted = text.trim().replace('-', "_").to_lowercase();
        let mut all = Self::ALL.into_iter();
        all.find(|(word, _)| *word == wanted)
            .map(|(_, answer)| Self(answer))
            .ok_or_else(|| UnknownVerdict(text.to_owned()))
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
