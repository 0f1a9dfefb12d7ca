//! `postcall trash`: what is in it, and emptying it for good.

use clap::Args;

use crate::cli::confirmed::confirmed;
use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::cli::{named, rows};
use crate::domain::calendar::counted;
use crate::domain::id::IdSuffix;
use crate::exchange::json::ReflectionJson;
use crate::exchange::trash::TrashedJson;
use crate::journal::{InTrash, Journal};

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

/// Cells of the column that says what it is; as wide as the date and the shift of a reflection.
const KIND: usize = 21;

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
    let things = journal.in_trash()?;
    if args.json {
        let mut array = out.array();
        for thing in &things {
            match thing {
                InTrash::Reflection(row) => array.item(&ReflectionJson::from(&row.entry))?,
                InTrash::Goal(kept) => array.item(&TrashedJson::goal(&kept.goal))?,
                InTrash::Rotation(kept) => array.item(&TrashedJson::rotation(&kept.rotation))?,
            }
        }
        array.end()?;
        return rows::all_sound(things.iter().filter(|thing| thing.is_damaged()).count());
    }
    for thing in &things {
        one(out, thing, &things, &mut journal)?;
    }
    if things.is_empty() {
        out.say("The trash is empty.");
    }
    Ok(())
}

fn one(
    out: &mut Output,
    thing: &InTrash,
    all: &[InTrash],
    journal: &mut Journal,
) -> Result<(), Failure> {
    let (kind, words) = match thing {
        InTrash::Reflection(row) => {
            let id = named::shown(journal, row.entry.reflection.id)?;
            return rows::row(out, &id, &row.entry, None, row.damaged);
        }
        InTrash::Goal(kept) => {
            let name = journal.catalog().competency_name(&kept.goal.competency);
            ("goal", name.to_owned())
        }
        InTrash::Rotation(kept) => {
            let days = kept.rotation.days_in_words(journal.today());
            ("rotation", format!("{}, {days}", kept.rotation.name))
        }
    };
    let uuids: Vec<_> = all.iter().map(|thing| thing.id().uuid()).collect();
    let id = IdSuffix::telling(thing.id().uuid(), &uuids);
    let sign = rows::sign(thing.is_damaged());
    out.line(&[
        (Look::Quiet, &id),
        (Look::Plain, &format!("  {kind:<KIND$}{sign}{words}")),
    ])?;
    Ok(())
}

fn empty(sure: bool, journal: &mut Journal, out: &mut Output) -> Result<(), Failure> {
    let things = journal.in_trash()?;
    if things.is_empty() {
        out.say("The trash is empty.");
        return Ok(());
    }
    if !sure {
        let of = |kind: fn(&InTrash) -> bool| things.iter().filter(|thing| kind(thing)).count();
        let counts = amount([
            of(|thing| matches!(thing, InTrash::Reflection(_))),
            of(|thing| matches!(thing, InTrash::Goal(_))),
            of(|thing| matches!(thing, InTrash::Rotation(_))),
        ]);
        let question =
            format!("Delete {counts} for good, from the backups too? This cannot be undone. [y/N]");
        let refusal = "Emptying the trash cannot be undone, and there is no terminal to ask on. \
                       Nothing was deleted. `postcall trash --empty --yes` goes ahead.";
        if !confirmed(&question, refusal, out)? {
            out.say("Nothing was deleted.");
            return Ok(());
        }
    }
    let purged = journal.empty_trash()?;
    let deleted = amount([purged.count, purged.goals, purged.rotations]);
    out.say(&format!("Deleted {deleted} for good."));
    if let Some(remains) = purged.remains() {
        out.say(&remains);
    }
    Ok(())
}

/// "3 reflections, 1 goal and 2 rotations"; a kind of which there is none is left out.
fn amount(counts: [usize; 3]) -> String {
    let parts = counts.into_iter().zip(["reflection", "goal", "rotation"]);
    let mut parts: Vec<String> = parts
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| counted(u32::try_from(count).unwrap_or(u32::MAX), what))
        .collect();
    match parts.pop() {
        None => counted(0, "reflection"),
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} and {last}", parts.join(", ")),
    }
}
