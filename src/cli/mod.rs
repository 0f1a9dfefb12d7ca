//! The command line: reads the arguments, opens what a command needs, and turns whatever went
//! wrong into a sentence and an exit code.

mod args;
mod commands;
mod confirmed;
#[cfg(unix)]
mod descriptor;
mod failure;
mod figures;
mod named;
#[cfg(unix)]
mod no_dump;
mod output;
mod rows;
mod screen;
mod setting;
mod unlock;
mod wiping;

use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::journal::Place;
use crate::tui::Start;
use args::{Command, CommandLine};
use commands::{
    add, backup, check, close, competencies, completions, config, delete, demo, due, edit, goal,
    list, new, passphrase, path, restore, rotation, search, shift, show, templates, trash, trends,
    week,
};
use failure::Failure;
use output::Output;
use setting::{Places, Setting};
pub use wiping::Wiping;

/// Runs the program on the real command line.
#[must_use]
pub fn main() -> ExitCode {
    #[cfg(unix)]
    no_dump::ask();
    // Taking the description of every command apart again would take longer than reading the
    // configuration, and the process ends with what is done here.
    let mut described = ManuallyDrop::new(CommandLine::command());
    let line = described
        .try_get_matches_from_mut(std::env::args_os())
        .and_then(|matches| {
            CommandLine::from_arg_matches(&matches).map_err(|error| error.format(&mut described))
        });
    let mut line = match line {
        Ok(line) => line,
        Err(error) => return answer(&error),
    };
    let in_journal = line.globals.journal.is_some();
    if let Err(words) = fit_together(&mut line) {
        output::say(&words);
        return ExitCode::from(2);
    }
    // A shell prompt must not break, whatever is wrong with the journal.
    let forgiving = matches!(&line.command, Some(Command::Due(due)) if due.short);
    let mut out = Output::new(line.globals.color);
    let done = Places::find(&line.globals).and_then(|places| {
        let journal = places.journal.clone();
        run(line.command, in_journal, places, &mut out).map_err(|failure| failure.at(&journal))
    });
    match done.and(out.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if forgiving => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(words) = failure.words() {
                output::say(words);
            }
            failure.code()
        }
    }
}

/// Looks at what the options mean together; what is wrong with them, in words.
fn fit_together(line: &mut CommandLine) -> Result<(), String> {
    let args = || std::env::args_os().collect::<Vec<_>>();
    if matches!(
        &line.command,
        Some(Command::Add(_) | Command::Close(_) | Command::Goal(_))
    ) && let Some((option, value)) = args::option_for_text(&args())
    {
        return Err(format!(
            "{option} takes text, and {value} looks like an option. If it is the text: \
             {option}={value}\nNothing was saved."
        ));
    }
    if line.globals.passphrase_fd == Some(0)
        && line
            .command
            .as_ref()
            .is_some_and(Command::reads_standard_input)
    {
        return Err(
            "Standard input cannot be both the passphrase (--passphrase-fd 0) and the text (-). \
             Give the passphrase another descriptor, or name a file that holds it in \
             POSTCALL_PASSPHRASE_FILE.\nNothing was read and nothing was saved."
                .to_owned(),
        );
    }
    let journal = &mut line.globals.journal;
    if journal.as_ref().is_some_and(|file| file.is_empty()) {
        // `check --journal` means the journal in use.
        if !matches!(&line.command, Some(Command::Check(_))) {
            return Err("--journal needs a FILE: the journal file to work with.".to_owned());
        }
        *journal = args::journal_named_elsewhere(&args());
    }
    Ok(())
}

/// Help and version to standard output; what does not fit to standard error.
fn answer(error: &clap::Error) -> ExitCode {
    let words = error.render().to_string();
    let words = words.trim_end();
    if error.use_stderr() {
        output::say(words);
        return ExitCode::from(2);
    }
    let mut out = Output::new(args::Color::Never);
    match out.made(&format!("{words}\n")).and_then(|()| out.finish()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.code(),
    }
}

fn run(
    command: Option<Command>,
    in_journal: bool,
    places: Places,
    out: &mut Output,
) -> Result<(), Failure> {
    let Some(command) = command else {
        // The journal opens while the configuration is read.
        let place = Place::File(places.journal.clone());
        let opening = screen::begin(place, places.passphrase()?, places.clock)?;
        return screen::show(opening, Setting::read(places), Start::Today);
    };
    let setting = Setting::read(places);
    if speaks_of_the_configuration(&command) {
        setting.complain(out);
    }
    match command {
        Command::New(args) => new::run(&args, setting),
        Command::Add(args) => add::run(*args, &setting, out),
        Command::List(args) => list::run(&args, &setting, out),
        Command::Search(args) => search::run(&args, &setting, out),
        Command::Show(args) => show::run(&args, &setting, out),
        Command::Edit(args) => edit::run(&args, setting),
        Command::Delete(args) => delete::run(&args, &setting, out),
        Command::Restore(args) => restore::run(&args, &setting, out),
        Command::Trash(args) => trash::run(&args, &setting, out),
        Command::Due(args) => due::run(&args, &setting, out),
        Command::Close(args) => close::run(&args, &setting, out),
        Command::Goal(args) => goal::run(*args, &setting, out),
        Command::Rotation(args) => rotation::run(&args, &setting, out),
        Command::Shift(args) => shift::run(&args, &setting, out),
        Command::Week(args) => week::run(&args, &setting, out),
        Command::Trends(args) => trends::run(&args, &setting, out),
        Command::Templates(args) => templates::run(&args, &setting, out),
        Command::Competencies(args) => competencies::run(&args, &setting, out),
        Command::Backup(args) => backup::run(&args, &setting, out),
        Command::Passphrase(args) => passphrase::run(&args, &setting, out),
        Command::Config(args) => config::run(&args, &setting, out),
        Command::Path => path::run(&setting, out),
        Command::Demo(args) => demo::run(args, setting, out),
        Command::Check(args) => check::run(&args, in_journal, &setting, out),
        Command::Completions(args) => completions::run(&args, out),
    }
}

/// The screen and `config check` show what is wrong with the configuration in their own way;
/// where the output goes to a shell, nobody asked.
fn speaks_of_the_configuration(command: &Command) -> bool {
    match command {
        Command::New(_)
        | Command::Edit(_)
        | Command::Config(_)
        | Command::Check(_)
        | Command::Completions(_) => false,
        Command::Due(args) => !args.short,
        Command::Demo(args) => args.write.is_some(),
        Command::Add(_)
        | Command::List(_)
        | Command::Search(_)
        | Command::Show(_)
        | Command::Delete(_)
        | Command::Restore(_)
        | Command::Trash(_)
        | Command::Close(_)
        | Command::Goal(_)
        | Command::Rotation(_)
        | Command::Shift(_)
        | Command::Week(_)
        | Command::Trends(_)
        | Command::Templates(_)
        | Command::Competencies(_)
        | Command::Backup(_)
        | Command::Passphrase(_)
        | Command::Path => true,
    }
}
