//! `postcall restore`: a reflection comes out of the trash.

use crate::cli::args::{RestoreArgs, Which};
use crate::cli::failure::Failure;
use crate::cli::named;
use crate::cli::output::Output;
use crate::cli::setting::{Setting, back_up};
use crate::domain::shift;

pub fn run(args: &RestoreArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let id = named::reflection(&mut journal, &Which::Id(args.id.clone()))?;
    let shown = named::shown(&mut journal, id)?;
    journal.restore(id)?;
    let r = journal.entry(id)?.reflection;
    let shift = shift::describe(r.shift, r.shift_date, journal.today());
    out.say(&format!("{shown} is back in the journal: {shift}."));
    back_up(&mut journal, out);
    Ok(())
}
