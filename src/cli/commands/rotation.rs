//! `postcall rotation`: the blocks a residency is made of.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::cli::args::JsonArgs;
use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::rows;
use crate::cli::setting::{Setting, back_up};
use crate::domain::calendar::{counted, short_date};
use crate::domain::rotation::{Block, Rotation};
use crate::exchange::worked::RotationJson;
use crate::journal::RotationRow;

use super::rotation_review::{self, RotationReviewArgs};

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

/// Cells of the column that holds the days.
const DAYS: usize = 30;
/// Cells of the column that holds the name, where names are short.
const NAME: usize = 24;

pub fn run(args: &RotationArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    match &args.command {
        RotationCommand::Start { name, on } => {
            let first = setting.day(on.as_deref())?;
            start(name, first, setting, out)
        }
        RotationCommand::End { name, on } => {
            let last = setting.day(on.as_deref())?;
            end(name.as_deref(), last, setting, out)
        }
        RotationCommand::List(args) => list(args, setting, out),
        RotationCommand::Review(args) => rotation_review::run(args, setting, out),
    }
}

fn start(name: &str, first: NaiveDate, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_or_begin(out)?;
    let block = Block {
        name: name.to_owned(),
        first,
        last: None,
    };
    let (rotation, _) = journal.start_rotation(block)?;
    let today = journal.today();
    let begins = if rotation.first > today {
        "begins"
    } else {
        "began"
    };
    let name = &rotation.name;
    out.say(&format!("{name} {begins} on {}.", short_date(first, today)));
    for other in still_running(&rotation, &journal.rotations()?) {
        let since = other.days_in_words(today);
        out.say(&format!(
            "{} runs too, {since}; `postcall rotation end \"{}\"` ends it.",
            other.name, other.name
        ));
    }
    back_up(&mut journal, out);
    Ok(())
}

/// What was begun before this rotation and has no last day.
fn still_running<'a>(begun: &Rotation, all: &'a [RotationRow]) -> Vec<&'a Rotation> {
    let all = all.iter().map(|row| &row.rotation);
    all.filter(|other| other.id != begun.id && other.last.is_none() && other.first <= begun.first)
        .collect()
}

fn end(
    name: Option<&str>,
    last: NaiveDate,
    setting: &Setting,
    out: &mut Output,
) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let (rotation, _) = journal.end_rotation(name, last)?;
    let today = journal.today();
    let ends = if last < today { "ended" } else { "ends" };
    let date = short_date(last, today);
    out.say(&format!("{} {ends} on {date}.", rotation.name));
    back_up(&mut journal, out);
    Ok(())
}

fn list(args: &JsonArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let rotations = match setting.open_if_there(out)? {
        Some(mut journal) => journal.rotations()?,
        None if args.json => return Ok(out.array().end()?),
        None => return Ok(()),
    };
    if args.json {
        let mut array = out.array();
        for row in &rotations {
            array.item(&RotationJson::of(
                &row.rotation,
                row.is_present,
                row.reflections,
                row.shifts,
            ))?;
        }
        array.end()?;
        return rows::all_sound(rotations.iter().filter(|row| row.damaged).count());
    }
    for row in &rotations {
        let days = row.rotation.days_in_words(setting.today());
        let now = if row.is_present { ", now" } else { "" };
        let days = format!("{days}{now}");
        let name = format!("{}{}", rows::sign(row.damaged), row.rotation.name);
        let held = format!(
            "{} over {}",
            counted(row.reflections, "reflection"),
            counted(row.shifts, "shift")
        );
        out.line(&[
            (Look::Strong, &format!("{name:<NAME$}")),
            (Look::Plain, &format!("  {days:<DAYS$}  {held}")),
        ])?;
    }
    if rotations.is_empty() {
        out.say("No rotations yet. `postcall rotation start NAME` begins one.");
    }
    Ok(())
}
