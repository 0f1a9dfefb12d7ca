//! `postcall due`: the open experiments, and the questions "Still doing it?".

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::rows;
use crate::cli::setting::Setting;
use crate::domain::calendar::due_in_words;
use crate::domain::prose::excerpt;
use crate::exchange::json::ExperimentJson;
use crate::journal::Asked;

#[derive(Debug, Args)]
pub struct DueArgs {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// One line or nothing, and never an error: for a shell prompt
    #[arg(long, conflicts_with = "json")]
    pub short: bool,
}

/// Cells of the column that says when.
const WHEN: usize = 20;

pub fn run(args: &DueArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    if args.short {
        return short(setting, out);
    }
    let Some(mut journal) = setting.open_if_there(out)? else {
        return if args.json {
            Ok(out.array().end()?)
        } else {
            Ok(())
        };
    };
    let asked = journal.open_experiments()?;
    if args.json {
        let mut array = out.array();
        for asked in asked.iter().filter(|asked| !asked.follow_up) {
            array.item(&ExperimentJson::from(&asked.experiment))?;
        }
        array.end()?;
        let written = asked.iter().filter(|asked| !asked.follow_up);
        return rows::all_sound(written.filter(|asked| asked.damaged).count());
    }
    let ids = journal.shown_experiment_ids(asked.iter().map(|asked| asked.experiment.id))?;
    for (id, asked) in ids.iter().zip(&asked) {
        let when = if asked.follow_up {
            "still doing it?".to_owned()
        } else {
            due_in_words(asked.experiment.due, journal.today())
        };
        let sign = rows::sign(asked.damaged);
        let before = 6 + 2 + WHEN + 2 + sign.len();
        let room = out.columns().saturating_sub(before).max(20);
        let text = asked.experiment.text.excerpt(room);
        out.line(&[
            (Look::Quiet, id),
            (Look::Plain, &format!("  {when:<WHEN$}  {sign}{text}")),
        ])?;
    }
    if asked.is_empty() {
        out.say("No open experiments.");
    }
    Ok(())
}

/// One line if something is due, else nothing: it stands in a shell prompt.
fn short(setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    if !setting.is_there()? {
        return Ok(());
    }
    let due: Vec<Asked> = setting.open_unasked()?.due()?;
    let Some(first) = due.first() else {
        return Ok(());
    };
    let mut line = first.experiment.text.clone();
    if let more @ 1.. = due.len() - 1 {
        line = format!("{} (and {more} more)", excerpt(&line, 56)).into();
    }
    out.line(&[(
        Look::Plain,
        &format!("Due: {}{}", rows::sign(first.damaged), line.excerpt(74)),
    )])
}
