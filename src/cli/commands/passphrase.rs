//! `postcall passphrase`: sets, changes and removes it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::confirmed::confirmed;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::setting::Setting;
use crate::cli::unlock;
use crate::journal::{Journal, JournalError, OldBackups, Passphrase};
use crate::store::{Cause, StoreError};

#[derive(Debug, Args)]
#[command(after_help = "\
The passphrase is typed on the terminal, where it is not shown, or read from the file that
POSTCALL_PASSPHRASE_FILE names, or with --passphrase-fd. It cannot be recovered. The backups are
replaced by one new one, since those of before can be read as before.")]
pub struct PassphraseArgs {
    #[command(subcommand)]
    pub command: PassphraseCommand,
}

#[derive(Debug, Subcommand)]
pub enum PassphraseCommand {
    /// Encrypt the journal
    Set(KeepArgs),
    /// Encrypt it under another passphrase
    Change {
        /// A file that holds the new passphrase
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
        #[command(flatten)]
        keep: KeepArgs,
    },
    /// Keep the journal without a passphrase again
    Remove(KeepArgs),
}

#[derive(Debug, Clone, Copy, Args)]
pub struct KeepArgs {
    /// Leave the backups of before as they are
    #[arg(long)]
    pub keep_backups: bool,
}

/// Said before a new passphrase is typed.
const WARNING: &str = "The journal and its backups will be encrypted. The passphrase cannot be \
                       recovered: without it nobody can read them again, nor can postcall. Write \
                       it down and keep it somewhere safe.";

pub fn run(args: &PassphraseArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    match &args.command {
        PassphraseCommand::Set(keep) => set(*keep, setting, out),
        PassphraseCommand::Change {
            new_passphrase_file,
            keep,
        } => {
            let from = present(setting)?;
            let to = match new_passphrase_file {
                Some(file) => unlock::in_file(file)?,
                None => typed_twice(out)?,
            };
            change(Some(&from), Some(&to), *keep, setting, out)?;
            out.say("The journal has the new passphrase now.");
            Ok(())
        }
        PassphraseCommand::Remove(keep) => {
            let from = present(setting)?;
            change(Some(&from), None, *keep, setting, out)?;
            out.say("The journal has no passphrase any more: who can read the file can read it.");
            Ok(())
        }
    }
}

fn set(keep: KeepArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let is_there = setting.is_there()?;
    if is_there {
        match setting.open_with(None) {
            Ok(_) => {}
            Err(JournalError::Store(StoreError {
                cause: Cause::Locked { .. },
                ..
            })) => {
                return Err(Failure::Failed(
                    "The journal has a passphrase already; `postcall passphrase change` gives it \
                     another. Nothing was changed."
                        .to_owned(),
                ));
            }
            Err(error) => return Err(error.into()),
        }
    }
    if !is_there && !is_to_begin(setting, out)? {
        out.say("Nothing was begun.");
        return Ok(());
    }
    let to = match setting.source.read()? {
        Some(passphrase) => passphrase,
        None => typed_twice(out)?,
    };
    if is_there {
        change(None, Some(&to), keep, setting, out)?;
    } else {
        drop(setting.open_with(Some(to))?);
        setting.say_begun(out);
    }
    out.say("The journal is encrypted now.");
    Ok(())
}

/// Whether a journal is to be begun where there is none: the name may be mistyped, and the journal that
/// was meant stays without a passphrase.
fn is_to_begin(setting: &Setting, out: &mut Output) -> Result<bool, Failure> {
    let path = setting.journal.display();
    let question =
        format!("There is no journal yet at {path}. Begin one there, with a passphrase? [y/N]");
    let refusal = format!(
        "There is no journal yet at {path}, so nothing was encrypted. `postcall path` says where the \
         journal is, --journal FILE names another. A new one that is begun while \
         POSTCALL_PASSPHRASE_FILE names a passphrase has it from the start."
    );
    confirmed(&question, &refusal, out)
}

/// The passphrase the journal has, which opens it.
fn present(setting: &Setting) -> Result<Passphrase, Failure> {
    let journal = setting.open_present()?;
    journal.passphrase().ok_or_else(|| {
        Failure::Failed(
            "The journal has no passphrase; `postcall passphrase set` gives it one.".to_owned(),
        )
    })
}

fn typed_twice(out: &mut Output) -> Result<Passphrase, Failure> {
    out.say(WARNING);
    unlock::ask_for_new()
}

fn change(
    from: Option<&Passphrase>,
    to: Option<&Passphrase>,
    keep: KeepArgs,
    setting: &Setting,
    out: &mut Output,
) -> Result<(), Failure> {
    let backups = if keep.keep_backups {
        OldBackups::Keep
    } else {
        OldBackups::Replace
    };
    let clock = setting.options.clock;
    let changed = Journal::change_passphrase(&setting.journal, from, to, backups, clock)?;
    if !changed.as_before.is_empty() {
        out.say("These files still open as the journal did before:");
        for file in &changed.as_before {
            out.say(&format!("  {}", file.display()));
        }
    }
    if changed.other_names > 0 {
        let names = match changed.other_names {
            1 => "another name".to_owned(),
            many => format!("{many} other names"),
        };
        out.say(&format!(
            "The file of before had {names} (hard links). There it is still, and opens as it did \
             before: remove it if that is not wanted."
        ));
    }
    Ok(())
}
