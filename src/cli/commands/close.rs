//! `postcall close`: what became of an experiment. Closing again replaces the answer.

use crate::cli::args::{CloseArgs, Which};
use crate::cli::failure::{Failure, sentence};
use crate::cli::named;
use crate::cli::output::Output;
use crate::cli::setting::{Setting, back_up};
use crate::domain::experiment::{FollowUp, check_note};

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
