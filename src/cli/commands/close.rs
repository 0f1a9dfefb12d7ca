//! `postcall close`: what became of an experiment. Closing again replaces the answer.

use std::str::FromStr;

use clap::Args;

use crate::cli::args::Which;
use crate::cli::failure::{Failure, sentence};
use crate::cli::named;
use crate::cli::output::Output;
use crate::cli::setting::{Setting, back_up};
use crate::domain::experiment::{Answer, FollowUp, Outcome, check_note};
use crate::domain::nearest;
use crate::domain::prose::Prose;

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

pub fn run(args: &CloseArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    if let Some(note) = &args.note {
        // Before the answer: half of what was asked is not done.
        check_note(note).map_err(|error| Failure::Usage(sentence(&error.to_string())))?;
    }
    let mut journal = setting.open_present()?;
    let id = named::experiment(&mut journal, &args.which)?;
    let reflection = journal.experiment(id)?.reflection;
    if let (Which::Id(typed), true) = (&args.which, journal.is_trashed(reflection)?) {
        return Err(Failure::Failed(format!(
            "\"{}\" is in the trash. `postcall restore {}` brings it back; then it can be closed.",
            typed.digits(),
            named::shown(&mut journal, reflection)?
        )));
    }
    let shown = named::shown_experiment(&mut journal, id)?;
    let (mut experiment, _) = journal.answer(id, args.verdict.0)?;
    if let Some(note) = &args.note {
        (experiment, _) = journal.note_outcome(id, note)?;
    }
    let became = match experiment.follow_up {
        None => "",
        Some(FollowUp::Habit) => ", and it became a habit",
        Some(FollowUp::Faded) => ", and it faded",
    };
    out.say(&format!(
        "{shown} is closed: {}{became}.",
        experiment.outcome.name()
    ));
    back_up(&mut journal, out);
    Ok(())
}
