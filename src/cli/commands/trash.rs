//! `postcall trash`: what is in it, and emptying it for good.

use std::io::{self, IsTerminal};

use crate::cli::args::TrashArgs;
use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::rows;
use crate::cli::setting::Setting;
use crate::exchange::json::ReflectionJson;
use crate::journal::Journal;

pub fn run(args: &TrashArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let journal = setting.open_if_there(out)?;
    let Some(mut journal) = journal else {
        return if args.json {
            Ok(out.array().end()?)
        } else {
            Ok(())
        };
    };
    if args.empty {
        return empty(args.yes, &mut journal, out);
    }
    let trashed = journal.trashed()?;
    if args.json {
        let mut array = out.array();
        for row in &trashed {
            array.item(&ReflectionJson::from(&row.entry))?;
        }
        array.end()?;
        return rows::all_sound(trashed.iter().filter(|row| row.damaged).count());
    }
    let ids = journal.shown_ids(trashed.iter().map(|row| row.entry.reflection.id))?;
    for (id, row) in ids.iter().zip(&trashed) {
        rows::row(out, id, &row.entry, None, row.damaged)?;
    }
    let goals = journal.trashed_goals()?;
    for goal in &goals {
        let name = journal.catalog().competency_name(&goal.competency);
        out.line(&[(Look::Quiet, "goal  "), (Look::Plain, name)])?;
    }
    if trashed.is_empty() && goals.is_empty() {
        out.say("The trash is empty.");
    }
    Ok(())
}

fn empty(sure: bool, journal: &mut Journal, out: &mut Output) -> Result<(), Failure> {
    let (count, goals) = (journal.trashed()?.len(), journal.trashed_goals()?.len());
    if count + goals == 0 {
        out.say("The trash is empty.");
        return Ok(());
    }
    if !sure {
        let question = format!(
            "Delete {} for good, from the backups too? This cannot be undone. [y/N]",
            counted(count, goals)
        );
        if !confirmed(&question, out)? {
            out.say("Nothing was deleted.");
            return Ok(());
        }
    }
    let purged = journal.empty_trash()?;
    let deleted = counted(purged.count, purged.goals);
    out.say(&format!("Deleted {deleted} for good."));
    if let Some(remains) = purged.remains() {
        out.say(&remains);
    }
    Ok(())
}

/// "3 reflections and 1 goal".
fn counted(reflections: usize, goals: usize) -> String {
    let of = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    match (reflections, goals) {
        (_, 0) => of(reflections, "reflection"),
        (0, _) => of(goals, "goal"),
        (_, _) => format!(
            "{} and {}",
            of(reflections, "reflection"),
            of(goals, "goal")
        ),
    }
}

fn confirmed(question: &str, out: &mut Output) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "Emptying the trash cannot be undone, and there is no terminal to ask on. \
             Nothing was deleted. `postcall trash --empty --yes` goes ahead."
                .to_owned(),
        ));
    }
    out.say(question);
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
