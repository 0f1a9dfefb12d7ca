//! Journals to measure with: always the same for a size, made once and kept in the build folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::floor;
use crate::window::environment;

/// The moment at which the journals are made and looked at.
pub const NOW: &str = "2026-11-22T08:10:00-05:00";

const POSTCALL: &str = env!("CARGO_BIN_EXE_postcall");

/// Files of one size, each for one program to work on.
pub struct Corpus {
    /// How many reflections.
    pub entries: usize,
    /// Home of the program; the journal is `journal.db` in it.
    pub ours: PathBuf,
    /// Home of the floor; the same journal.
    pub floor: PathBuf,
    /// The text of the journal in a plain table.
    pub plain: PathBuf,
}

/// Makes the files of this size, from those kept of an earlier run unless `fresh`.
pub fn prepare(entries: usize, fresh: bool) -> Result<Corpus, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{entries}"));
    let said = |what: &Path| {
        let what = what.display().to_string();
        move |error: std::io::Error| format!("{what}: {error}")
    };
    if fresh && folder.exists() {
        fs::remove_dir_all(&folder).map_err(said(&folder))?;
    }
    fs::create_dir_all(&folder).map_err(said(&folder))?;
    let made = folder.join("made.db");
    if !made.exists() {
        write(&folder, &made, entries)?;
    }
    let plain_made = folder.join("plain.db");
    if !plain_made.exists() {
        let unfinished = folder.join("plain.unfinished");
        let _ = fs::remove_file(&unfinished);
        floor::make_plain(&made, &unfinished).map_err(|error| error.to_string())?;
        fs::rename(&unfinished, &plain_made).map_err(said(&plain_made))?;
    }
    // What an earlier run wrote into its copies must not count.
    let work = folder.join("work");
    if work.exists() {
        fs::remove_dir_all(&work).map_err(said(&work))?;
    }
    let corpus = Corpus {
        entries,
        ours: work.join("ours"),
        floor: work.join("floor"),
        plain: work.join("plain.db"),
    };
    for home in [&corpus.ours, &corpus.floor] {
        fs::create_dir_all(home).map_err(said(home))?;
        fs::copy(&made, home.join("journal.db")).map_err(said(&made))?;
    }
    fs::copy(&plain_made, &corpus.plain).map_err(said(&plain_made))?;
    Ok(corpus)
}

fn write(home: &Path, file: &Path, entries: usize) -> Result<(), String> {
    let unfinished = home.join("made.unfinished");
    let _ = fs::remove_file(&unfinished);
    let status = Command::new(POSTCALL)
        .args(["demo", "--seed", "1", "--entries", &entries.to_string()])
        .arg("--write")
        .arg(&unfinished)
        .env_clear()
        .envs(environment(home))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("{POSTCALL}: {error}"))?;
    if !status.success() {
        return Err(format!("`postcall demo --write` ended with {status}"));
    }
    fs::rename(&unfinished, file).map_err(|error| format!("{}: {error}", file.display()))
}
