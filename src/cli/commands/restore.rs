//! `postcall restore`: a reflection, a goal or a rotation comes out of the trash.

use clap::Args;

use crate::cli::failure::{Failure, sentence};
use crate::cli::named;
use crate::cli::output::Output;
use crate::cli::setting::{Setting, back_up};
use crate::domain::id::{GoalId, IdSuffix, ReflectionId, RotationId};
use crate::domain::shift;
use crate::journal::{Journal, TrashId};

#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Its id; `postcall trash` lists them
    #[arg(value_name = "ID")]
    pub id: IdSuffix,
}

pub fn run(args: &RestoreArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let said = match named::in_trash(&mut journal, &args.id)? {
        TrashId::Reflection(id) => reflection(&mut journal, id),
        TrashId::Goal(id) => goal(&mut journal, id),
        TrashId::Rotation(id) => rotation(&mut journal, id),
    }?;
    out.say(&said);
    back_up(&mut journal, out);
    Ok(())
}

fn reflection(journal: &mut Journal, id: ReflectionId) -> Result<String, Failure> {
    let shown = named::shown(journal, id)?;
    journal.restore(id)?;
    let r = journal.entry(id)?.reflection;
    let shift = shift::describe(r.shift, r.shift_date, journal.today());
    Ok(format!("{shown} is back in the journal: {shift}."))
}

/// Says so where there was no room for it among the active ones.
fn goal(journal: &mut Journal, id: GoalId) -> Result<String, Failure> {
    let restored = journal.restore_goal(id)?;
    let name = journal.catalog().competency_name(&restored.goal.competency);
    Ok(match restored.set_aside {
        None => format!("{name} is back among your goals."),
        Some(reason) => format!(
            "{name} is back among your goals, as set aside. {}",
            sentence(&reason.to_string())
        ),
    })
}

fn rotation(journal: &mut Journal, id: RotationId) -> Result<String, Failure> {
    journal.restore_rotation(id)?;
    let rows = journal.rotations()?;
    let row = rows.iter().find(|row| row.rotation.id == id);
    let name = row.map_or_else(|| id.short(), |row| row.rotation.name.clone());
    Ok(format!("{name} is back among your rotations."))
}
