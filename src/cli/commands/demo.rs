//! `postcall demo`: a throw-away journal to look around in, or a made-up one for benchmarks.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::screen;
use crate::cli::setting::Setting;
use crate::exchange::synthetic::Synthetic;
use crate::journal::{Journal, Made, MadeEntry, Place};

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Write a made-up journal into this new file instead
    #[arg(long, value_name = "FILE", requires = "entries")]
    pub write: Option<PathBuf>,
    /// How many reflections
    #[arg(long, value_name = "N", requires = "write")]
    pub entries: Option<u32>,
    /// The same seed makes the same journal
    #[arg(long, value_name = "S", default_value_t = 1, requires = "write")]
    pub seed: u64,
}

/// Reflections written in one transaction.
const BATCH: usize = 1000;

pub fn run(args: DemoArgs, setting: Setting, out: &mut Output) -> Result<(), Failure> {
    if let (Some(file), Some(entries)) = (args.write, args.entries) {
        return write(&file, entries, args.seed, &setting, out);
    }
    let demo = Made::sample(setting.options.clock.now(), &setting.options.rules);
    screen::open_demo(setting, demo, out)
}

/// A run that fails leaves no half-written journal behind.
fn write(
    file: &Path,
    entries: u32,
    seed: u64,
    setting: &Setting,
    out: &mut Output,
) -> Result<(), Failure> {
    if fs::symlink_metadata(file).is_ok() {
        return Err(Failure::Failed(format!(
            "{} is there already; it was not touched. Name a new file.",
            file.display()
        )));
    }
    let place = Place::File(file.to_owned());
    let filled = Journal::open(&place, setting.options.clone())
        .map_err(Failure::from)
        .and_then(|journal| fill(journal, entries, seed, setting));
    if let Err(failure) = filled {
        remove(file);
        return Err(failure.at(file));
    }
    out.say(&format!(
        "Wrote {entries} made-up reflections to {}.",
        file.display()
    ));
    Ok(())
}

fn fill(mut journal: Journal, entries: u32, seed: u64, setting: &Setting) -> Result<(), Failure> {
    let options = &setting.options;
    let now = options.clock.now();
    let synthetic = Synthetic::new(
        u64::from(entries),
        seed,
        now,
        &options.rules,
        &options.catalog,
    )
    .map_err(|error| Failure::Failed(format!("{error}.")))?;
    journal.fill(&Made {
        entries: Vec::new(),
        goals: synthetic.goals(),
        rotations: synthetic.rotations(),
        logged: synthetic.logged_days(),
    })?;
    let mut entries = MadeEntry::all(synthetic);
    loop {
        let batch: Vec<MadeEntry> = entries.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        journal.insert_made(&batch)?;
    }
}

fn remove(file: &Path) {
    let beside = ["", "-wal", "-shm", "-journal"].map(|suffix| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    });
    for file in beside {
        let _ = fs::remove_file(file);
    }
}
