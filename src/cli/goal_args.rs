//! The arguments of `postcall goal`.

use clap::{Args, Subcommand};

use crate::domain::goal::Ending;
use crate::domain::prose::Prose;

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
