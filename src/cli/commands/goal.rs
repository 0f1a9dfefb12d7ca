//! `postcall goal`: the two or three things to get better at this year, and what speaks for them.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::cli::failure::Failure;
use crate::cli::figures::{COLUMN, FULL_BAR, bars};
use crate::cli::output::{Look, Output};
use crate::cli::setting::{Setting, back_up};
use crate::cli::{named, rows};
use crate::domain::calendar::{day_and_month, past_day, short_date};
use crate::domain::evidence::{Evidence, WEEKS, feedback_question};
use crate::domain::goal::{Ending, Goal, GoalLine, GoalLines};
use crate::domain::id::IdSuffix;
use crate::domain::prose::Prose;
use crate::domain::reflection::Entry;
use crate::domain::sparkline::{Bars, sparkline};
use crate::exchange::goals::GoalJson;
use crate::journal::{GoalRow, Journal};

#[derive(Debug, Args)]
pub struct GoalArgs {
    #[command(subcommand)]
    pub command: GoalCommand,
}

#[derive(Debug, Subcommand)]
pub enum GoalCommand {
    /// Choose a competency to get better at; at most three are active
    Add(GoalAddArgs),
    /// The active goals and what speaks for them
    List(GoalListArgs),
    /// Change what you say about a goal
    Edit(GoalEditArgs),
    /// Say that a goal is met, or set it aside
    Close(GoalCloseArgs),
    /// Make a closed goal active again
    Reopen(GoalOneArgs),
    /// Take an active goal of an earlier academic year into this one
    Continue(GoalOneArgs),
    /// Move a goal to the trash; the reflections stay
    Delete(GoalOneArgs),
}

#[derive(Debug, Args)]
pub struct GoalAddArgs {
    /// The competency; `postcall competencies` lists them
    #[arg(value_name = "COMPETENCY")]
    pub competency: String,
    #[command(flatten)]
    pub lines: GoalLinesArgs,
    /// Print the goal as JSON
    #[arg(long)]
    pub json: bool,
}

/// What can be said about a goal; an empty text clears the line.
#[derive(Debug, Args)]
pub struct GoalLinesArgs {
    /// Why it matters to you
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub why: Option<Prose>,
    /// What you can build on
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub strength: Option<Prose>,
    /// What is missing
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub gap: Option<Prose>,
    /// The role that would train it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub role: Option<Prose>,
    /// What in you gets in the way
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub obstacle: Option<Prose>,
}

#[derive(Debug, Args)]
pub struct GoalListArgs {
    /// Those that are met or set aside too
    #[arg(long)]
    pub all: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct GoalEditArgs {
    /// Its id or its competency
    #[arg(value_name = "GOAL")]
    pub goal: String,
    #[command(flatten)]
    pub lines: GoalLinesArgs,
    /// Print the goal as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct GoalOneArgs {
    /// Its id or its competency
    #[arg(value_name = "GOAL")]
    pub goal: String,
    /// Print the goal as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct GoalCloseArgs {
    /// Its id or its competency
    #[arg(value_name = "GOAL")]
    pub goal: String,
    #[arg(value_name = "STATUS", help = "met or set_aside")]
    pub ending: Ending,
    /// A line about it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<Prose>,
    /// Print the goal as JSON
    #[arg(long)]
    pub json: bool,
}

const ID: usize = 8;

pub fn run(args: GoalArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    match args.command {
        GoalCommand::Add(args) => add(args, setting, out),
        GoalCommand::List(args) => list(&args, setting, out),
        GoalCommand::Edit(args) => edit(args, setting, out),
        GoalCommand::Close(args) => close(&args, setting, out),
        GoalCommand::Reopen(args) => reopen(&args, setting, out),
        GoalCommand::Continue(args) => go_on(&args, setting, out),
        GoalCommand::Delete(args) => delete(&args, setting, out),
    }
}

fn add(args: GoalAddArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let competency = setting.competency(&args.competency)?;
    let mut journal = setting.open_or_begin(out)?;
    let lines = said(args.lines, GoalLines::default());
    let (goal, _) = journal.add_goal(&competency, lines)?;
    let name = journal.catalog().competency_name(&goal.competency);
    out.say(&format!("{name} is a goal of this academic year."));
    kept(&goal, args.json, &mut journal, out);
    Ok(())
}

fn edit(args: GoalEditArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let goal = named::goal(&mut journal, &args.goal)?;
    let lines = said(args.lines, goal.lines.clone());
    if lines == goal.lines {
        return Err(Failure::Usage(
            "Say what changes: --why, --strength, --gap, --role or --obstacle with a text. \
             Nothing was changed."
                .to_owned(),
        ));
    }
    let (goal, _) = journal.edit_goal(goal.id, lines)?;
    let name = journal.catalog().competency_name(&goal.competency);
    out.say(&format!("Changed what you say about {name}."));
    kept(&goal, args.json, &mut journal, out);
    Ok(())
}

fn close(args: &GoalCloseArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let goal = named::goal(&mut journal, &args.goal)?;
    let (goal, _) = journal.close_goal(goal.id, args.ending, args.note.as_ref())?;
    let name = journal.catalog().competency_name(&goal.competency);
    out.say(&match args.ending {
        Ending::Met => format!("{name} is met, in your own judgement."),
        Ending::SetAside => format!("{name} is set aside. What you wrote about it is kept."),
    });
    kept(&goal, args.json, &mut journal, out);
    Ok(())
}

fn reopen(args: &GoalOneArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let goal = named::goal(&mut journal, &args.goal)?;
    let (goal, _) = journal.reopen_goal(goal.id)?;
    let name = journal.catalog().competency_name(&goal.competency);
    out.say(&format!("{name} is active again, in this academic year."));
    kept(&goal, args.json, &mut journal, out);
    Ok(())
}

fn go_on(args: &GoalOneArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let goal = named::goal(&mut journal, &args.goal)?;
    let (goal, _) = journal.continue_goal(goal.id)?;
    let name = journal.catalog().competency_name(&goal.competency);
    out.say(&format!("{name} goes on in this academic year."));
    kept(&goal, args.json, &mut journal, out);
    Ok(())
}

fn delete(args: &GoalOneArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let goal = named::goal(&mut journal, &args.goal)?;
    let (goal, _) = journal.trash_goal(goal.id)?;
    let things = journal.in_trash()?;
    let uuids: Vec<_> = things.iter().map(|thing| thing.id().uuid()).collect();
    let id = IdSuffix::telling(goal.id.uuid(), &uuids);
    let name = journal.catalog().competency_name(&goal.competency);
    out.say(&format!(
        "{name} is in the trash, the reflections on it stay. `postcall restore {id}` brings it back."
    ));
    kept(&goal, args.json, &mut journal, out);
    Ok(())
}

/// The lines with what was given put in.
fn said(given: GoalLinesArgs, lines: GoalLines) -> GoalLines {
    GoalLines {
        why: given.why.unwrap_or(lines.why),
        strength: given.strength.unwrap_or(lines.strength),
        gap: given.gap.unwrap_or(lines.gap),
        role_sought: given.role.unwrap_or(lines.role_sought),
        obstacle: given.obstacle.unwrap_or(lines.obstacle),
    }
}

/// The change stands, whatever becomes of the output and the backup.
fn kept(goal: &Goal, json: bool, journal: &mut Journal, out: &mut Output) {
    if json {
        out.afterwards(|out| out.json(&GoalJson::of(goal, None)));
    }
    back_up(journal, out);
}

fn list(args: &GoalListArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let Some(mut journal) = setting.open_if_there(out)? else {
        return if args.json {
            Ok(out.array().end()?)
        } else {
            Ok(())
        };
    };
    let rows = if args.all {
        journal.goals()?
    } else {
        journal.active_goals()?
    };
    if args.json {
        let mut array = out.array();
        for row in &rows {
            array.item(&GoalJson::of(&row.goal, Some(&row.evidence)))?;
        }
        array.end()?;
        return rows::all_sound(rows.iter().filter(|row| row.damaged).count());
    }
    // One height for all, so that they can be compared.
    let most = rows.iter().flat_map(|row| row.evidence.weeks).max();
    let most = most.unwrap_or(0).max(FULL_BAR);
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            out.line(&[])?;
        }
        one(out, row, most, &journal, setting)?;
    }
    if rows.is_empty() {
        out.say("No goal is active. `postcall goal add` with a competency chooses one.");
    }
    Ok(())
}

fn one(
    out: &mut Output,
    row: &GoalRow,
    most: u32,
    journal: &Journal,
    setting: &Setting,
) -> Result<(), Failure> {
    let (goal, evidence, today) = (&row.goal, &row.evidence, journal.today());
    let name = journal.catalog().competency_name(&goal.competency);
    let name = format!("{}{name}", rows::sign(row.damaged));
    let width = out.columns().saturating_sub(ID);
    out.line(&[
        (Look::Strong, &format!("{name:<width$}")),
        (Look::Quiet, &format!("  {}", goal.id.short())),
    ])?;
    if let Some(standing) = standing(row, today) {
        out.labelled("Status", COLUMN, &standing)?;
    }
    for line in GoalLine::ASKED {
        if let Some(text) = goal.lines.line(line).filter(|text| !text.is_empty()) {
            out.labelled(line.label(), COLUMN, text)?;
        }
    }
    let bars = bars(setting.config.glyphs);
    out.labelled("Reflections", COLUMN, &counts(evidence, most, bars, today))?;
    if !evidence.experiments.is_empty() {
        let parts = evidence.experiments.iter();
        let parts = parts.map(|(outcome, n)| format!("{n} {}", outcome.name()));
        out.labelled("Tried", COLUMN, &parts.collect::<Vec<_>>().join(", "))?;
    }
    if !evidence.feedback.is_empty() {
        let parts = evidence.feedback.iter();
        let parts = parts.map(|(giver, n)| format!("{n} {}", giver.name()));
        out.labelled("Feedback", COLUMN, &parts.collect::<Vec<_>>().join(", "))?;
    }
    quotes(out, "What I say", &evidence.own, today)?;
    quotes(out, "Others said", &evidence.said, today)?;
    if let (true, Some(question)) = (
        evidence.asks_for_feedback(goal, today),
        feedback_question(journal.catalog(), today),
    ) {
        out.labelled("Ask somebody", COLUMN, &question)?;
    }
    Ok(())
}

/// Where it stands, unless it simply is a goal of this year.
fn standing(row: &GoalRow, today: NaiveDate) -> Option<String> {
    let goal = &row.goal;
    let Some(date) = goal.status_date else {
        let year = goal.academic_year;
        return row
            .is_left_over
            .then(|| format!("active since the academic year that began in {year}"));
    };
    let mut words = format!("{}, {}", goal.status.name(), day_and_month(date, today));
    if !goal.status_note.is_empty() {
        words.push_str(": ");
        words.push_str(&goal.status_note);
    }
    Some(words)
}

/// "12   .▁..▃   4 in 8 weeks   last Thu", and who else said something.
fn counts(evidence: &Evidence, most: u32, bars: Bars, today: NaiveDate) -> String {
    let mut parts = vec![
        evidence.reflections.to_string(),
        sparkline(&evidence.weeks, most, bars),
        format!("{} in {WEEKS} weeks", evidence.in_weeks(WEEKS)),
    ];
    parts.extend(evidence.last_touched.map(|last| past_day(last, today)));
    parts.join("   ")
}

/// The first words of reflections, each on a line of its own.
fn quotes(
    out: &mut Output,
    label: &str,
    entries: &[Entry],
    today: NaiveDate,
) -> Result<(), Failure> {
    let room = out.columns().saturating_sub(COLUMN);
    let quotes = entries.iter().map(|entry| {
        let r = &entry.reflection;
        let role = r.giver().map(|giver| format!("{}, ", giver.name()));
        let before = format!(
            "{}{}  ",
            role.unwrap_or_default(),
            short_date(r.shift_date, today)
        );
        let words = entry.first_words(room.saturating_sub(before.len()));
        format!("{before}{words}")
    });
    let quotes: Vec<String> = quotes.collect();
    if quotes.is_empty() {
        return Ok(());
    }
    out.labelled(label, COLUMN, &quotes.join("\n"))
}
