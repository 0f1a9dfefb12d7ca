//! `postcall backup`: copies of the journal, made, listed and put back.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::cli::args::JsonArgs;
use crate::cli::confirmed::confirmed;
use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::cli::unlock;
use crate::exchange::json::BackupJson;
use crate::journal::{Journal, JournalError};
use crate::store::{Backup, Backups, is_plain};

#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Where to; without it, into the backup folder beside the journal
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<BackupCommand>,
}

#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// The backups there are, newest first
    List(JsonArgs),
    /// Put a backup in the journal's place; the journal of now is kept beside it
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Do not ask first where the backup has no passphrase and the journal has one
        #[arg(long)]
        yes: bool,
    },
}

pub fn run(args: &BackupArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    match (&args.command, &args.file) {
        (Some(BackupCommand::List(args)), _) => list(args.json, setting, out),
        (Some(BackupCommand::Restore { file, yes }), _) => restore(file, *yes, setting, out),
        (None, Some(file)) => {
            let mut journal = setting.open_present()?;
            has_folder(file)?;
            journal.backup_to(file)?;
            made(file, out);
            Ok(())
        }
        (None, None) => {
            if let Some(backup) = setting.open_present()?.back_up()? {
                made(&backup.path, out);
            }
            Ok(())
        }
    }
}

fn has_folder(file: &Path) -> Result<(), Failure> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => Err(Failure::Failed(format!(
            "The backup was not made: there is no folder {}. Make it first, or name another file.",
            folder.display()
        ))),
        Some(_) | None => Ok(()),
    }
}

fn made(backup: &Path, out: &mut Output) {
    out.say("Backed up to:");
    out.afterwards(|out| out.path(backup));
}

/// Needs no journal that opens: a list of backups is wanted most when it does not.
fn list(json: bool, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let backups = Backups::of(&setting.journal);
    let all: Vec<Backup> = backups.list().map_err(JournalError::from)?;
    if json {
        let mut array = out.array();
        for backup in &all {
            array.item(&BackupJson::new(
                &backup.path,
                setting.options.clock.local(backup.made_at),
                backup.size,
            ))?;
        }
        return Ok(array.end()?);
    }
    for backup in &all {
        let made_at = backup.made_at.format("%Y-%m-%d %H:%M");
        let size = backup.size.div_ceil(1024);
        out.line(&[
            (Look::Plain, &format!("{made_at}  {size:>8} KiB  ")),
            (Look::Quiet, &backup.path.to_string_lossy()),
        ])?;
    }
    if all.is_empty() {
        out.say(&format!(
            "There is no backup yet in {}.",
            backups.folder().display()
        ));
    }
    Ok(())
}

fn restore(file: &Path, sure: bool, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let loses_passphrase =
        is_plain(file) && setting.journal.is_file() && !is_plain(&setting.journal);
    if loses_passphrase && !sure {
        let question = "This backup has no passphrase: whoever has the journal file could read it \
                        then. Restore it? [y/N]";
        let refusal = "This backup has no passphrase and the journal has one, and there is no \
                       terminal to ask on. Nothing was restored. `postcall backup restore FILE \
                       --yes` goes ahead.";
        if !confirmed(question, refusal, out)? {
            out.say("Nothing was restored.");
            return Ok(());
        }
    }
    // A plain one needs none, whatever is wrong with where one would be.
    let given = if is_plain(file) {
        None
    } else {
        setting.source.read()?
    };
    // The journal's own passphrase may be a newer one.
    let question = "The passphrase that the backup was made with:";
    let restored = unlock::asking_with(question, given, |passphrase| {
        let clock = setting.options.clock;
        Journal::restore_backup(&setting.journal, file, passphrase.as_ref(), clock)
    })
    .map_err(|failure| {
        let Failure::Journal(error) = &failure else {
            return failure;
        };
        if !error.is_locked() && !error.is_wrong_passphrase() {
            return failure;
        }
        let hint = "A backup opens with the passphrase it was made with. Nothing was changed.";
        failure.before(file, hint)
    })?;
    out.say(&format!("{} is the journal now.", file.display()));
    if let Some(replaced) = restored.replaced {
        out.say(&format!(
            "The journal of before is kept as {}.",
            replaced.display()
        ));
    }
    if !is_plain(&setting.journal) {
        out.say("It opens with the passphrase that the backup was made with.");
    }
    if loses_passphrase {
        out.say("It has no passphrase now; `postcall passphrase set` gives it one.");
    }
    Ok(())
}
