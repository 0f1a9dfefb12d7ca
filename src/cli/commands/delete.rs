//! `postcall delete`: a reflection goes to the trash.

use crate::cli::args::OneArgs;
use crate::cli::failure::Failure;
use crate::cli::named;
use crate::cli::output::Output;
use crate::cli::setting::{Setting, back_up};
use crate::domain::shift;

pub fn run(args: &OneArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let id = named::reflection(&mut journal, &args.which)?;
    let short = named::shown(&mut journal, id)?;
    if journal.is_trashed(id)? {
        return Err(Failure::Failed(format!(
            "{short} is in the trash already. `postcall restore {short}` brings it back."
        )));
    }
    // A damaged one is not described, and goes to the trash all the same.
    let entry = journal.entry(id);
    journal.trash(id)?;
    let shift = entry.map_or_else(
        |_| String::new(),
        |entry| {
            let r = entry.reflection;
            let shift = shift::describe(r.shift, r.shift_date, journal.today());
            format!(": {shift}")
        },
    );
    out.say(&format!(
        "{short} is in the trash{shift}. `postcall restore {short}` brings it back."
    ));
    back_up(&mut journal, out);
    Ok(())
}
