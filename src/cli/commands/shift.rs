//! `postcall shift`: a shift that was worked, without a reflection on it.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::setting::{Setting, back_up};
use crate::domain::shift::{ShiftKind, default_date, describe};
use crate::exchange::worked::ShiftJson;

#[derive(Debug, Args)]
#[command(after_help = "\
Without options it is the shift that a reflection written now would belong to. A shift with a
reflection counts anyway, and only once.")]
pub struct ShiftArgs {
    /// The date it began: 2026-11-21, yesterday, monday, -3
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// day, long, evening, night, call24 or clinic
    #[arg(long, value_name = "SHIFT")]
    pub kind: Option<ShiftKind>,
    /// Take it out of the log again
    #[arg(long)]
    pub remove: bool,
    /// Print the shift as JSON
    #[arg(long)]
    pub json: bool,
}

pub fn run(args: &ShiftArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let on = match &args.on {
        Some(given) => Some(setting.day(Some(given))?),
        None => None,
    };
    let mut journal = setting.open_or_begin(out)?;
    let (date, shift) = match (on, args.kind) {
        (Some(date), Some(kind)) => (date, kind),
        (Some(date), None) => (date, journal.shift_now()?.1),
        (None, Some(kind)) => {
            let day_starts = journal.rules().day_starts;
            (default_date(journal.now(), kind, day_starts), kind)
        }
        (None, None) => journal.shift_now()?,
    };
    let logged = journal.log_shift(date, shift, !args.remove)?;
    let words = describe(shift, date, journal.today());
    out.say(&match (logged.is_logged, logged.was_logged) {
        (true, false) => format!("Logged: {words}."),
        (true, true) => format!("Logged already: {words}."),
        (false, true) => format!("No longer logged: {words}."),
        (false, false) => format!("Not in the log: {words}."),
    });
    if args.json {
        out.afterwards(|out| {
            out.json(&ShiftJson::of(
                date,
                shift,
                logged.is_logged,
                logged.is_reflected_on,
            ))
        });
    }
    back_up(&mut journal, out);
    Ok(())
}
