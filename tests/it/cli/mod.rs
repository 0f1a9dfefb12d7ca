//! The command line as a person or a script meets it: whole commands on the real binary.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where a step of it fails"
)]

mod accidents;
mod add;
mod check;
mod demo;
mod everyday;
mod figures;
mod goals;
mod passphrase;
mod rotations;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A home folder of its own and a clock that stands at 08:10 after a night.
pub struct Home {
    folder: tempfile::TempDir,
}

/// What a command did.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_postcall"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("POSTCALL_JOURNAL", self.path("journal.sqlite"))
            .env("POSTCALL_NOW", "2026-11-21T08:10:00+01:00")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().unwrap())
    }

    pub fn run_with(&self, args: &[&str], stdin: &[u8]) -> Ran {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        // A program that refuses its input need not read it to the end.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        Ran::of(child.wait_with_output().unwrap())
    }

    /// Adds a reflection and returns its short id.
    pub fn add(&self, args: &[&str]) -> String {
        let ran = self.run(&[&["add"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out.trim().to_owned()
    }

    /// What `--json` prints, parsed.
    pub fn json(&self, args: &[&str]) -> serde_json::Value {
        let ran = self.run(&[args, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}:\n{}", ran.out))
    }

    /// Every file and folder below the home folder.
    pub fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                found.push(path.display().to_string());
                if path.is_dir() {
                    folders.push(path);
                }
            }
        }
        found
    }

    /// Commands and what they said, as a person would see it: words on standard error begin with
    /// `!`, an exit code other than 0 stands in brackets. The home folder and the ids that the
    /// commands made are given names.
    pub fn transcript(&self, lines: &[&[&str]], ids: &[&str]) -> String {
        let mut text = String::new();
        for args in lines {
            let ran = self.run(args);
            let typed = format!("$ postcall {}", args.join(" "));
            writeln!(text, "{}", typed.trim_end()).unwrap();
            text.push_str(&ran.out);
            for line in ran.err.lines() {
                writeln!(text, "{}", format!("! {line}").trim_end()).unwrap();
            }
            if ran.code != 0 {
                writeln!(text, "[{}]", ran.code).unwrap();
            }
        }
        for (id, name) in ids.iter().zip(["ID-ONE", "ID-TWO", "ID-TRE"]) {
            text = text.replace(id, name);
        }
        text.replace(&self.folder.path().display().to_string(), "~")
    }
}

impl Ran {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
