//! A program in a terminal window, with a stop watch: from a key to the last byte of what it
//! changed on the screen.

use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use crate::pty::{Event, Pty};

/// Columns and rows: wide enough for a list beside the text.
pub const SIZE: (u16, u16) = (120, 40);
/// A frame is whole when nothing follows for this long; it does not count.
pub const QUIET: Duration = Duration::from_millis(40);
/// The same where an answer may come a while after the first repaint.
pub const LONG_QUIET: Duration = Duration::from_millis(120);
const PATIENCE: Duration = Duration::from_secs(60);

/// What something on the screen cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Until the last byte.
    pub time: Duration,
    /// Bytes written.
    pub bytes: usize,
}

/// A program in a terminal window.
pub struct Window {
    pty: Pty,
}

impl Window {
    /// Starts the program in `home` and waits for the whole frame that shows `ready`.
    pub fn open(words: &[&str], home: &Path, ready: &str) -> Result<(Self, Cost), String> {
        let mut command = CommandBuilder::new(words.first().ok_or("no program")?);
        command.args(words.iter().skip(1));
        command.env_clear();
        for (name, value) in environment(home) {
            command.env(name, value);
        }
        command.cwd(home);
        let mut window = Self {
            pty: Pty::start(command, SIZE.0, SIZE.1),
        };
        let started = window.pty.started;
        let cost = window.until_quiet(started, Some(ready), QUIET)?;
        Ok((window, cost))
    }

    /// Sends keys and waits until what they change is on the screen.
    pub fn press(&mut self, keys: &str, quiet: Duration) -> Result<Cost, String> {
        let pressed = Instant::now();
        self.pty.write(keys.as_bytes());
        self.until_quiet(pressed, None, quiet)
    }

    /// The same, until the screen shows the text.
    pub fn press_until(&mut self, keys: &str, text: &str) -> Result<Cost, String> {
        let pressed = Instant::now();
        self.pty.write(keys.as_bytes());
        self.until_quiet(pressed, Some(text), QUIET)
    }

    fn until_quiet(
        &mut self,
        since: Instant,
        text: Option<&str>,
        quiet: Duration,
    ) -> Result<Cost, String> {
        let deadline = Instant::now() + PATIENCE;
        let (mut bytes, mut last) = (0, None);
        loop {
            let shown = text.is_none_or(|text| self.shows(text));
            let patience = match last {
                Some(_) if shown => quiet,
                _ => deadline.saturating_duration_since(Instant::now()),
            };
            match (self.pty.next(patience), last) {
                (Some(Event::Wrote(at, count)), _) => {
                    bytes += count;
                    last = Some(at);
                }
                (None, Some(last)) if shown => {
                    return Ok(Cost {
                        time: last.duration_since(since),
                        bytes,
                    });
                }
                (Some(Event::Stopped), _) => {}
                (None | Some(Event::Closed | Event::Ended(_)), _) => {
                    let wanted = text.unwrap_or("a frame");
                    return Err(format!("waited in vain for {wanted:?}:\n{}", self.text()));
                }
            }
        }
    }

    /// Reads whatever comes for this long.
    pub fn rest(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while self
            .pty
            .next(until.saturating_duration_since(Instant::now()))
            .is_some()
        {}
    }

    /// Whether a line of the screen has this text.
    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    fn text(&self) -> String {
        let rows: Vec<String> = self.pty.terminal.screen().rows(0, SIZE.0).collect();
        rows.join("\n")
    }

    /// Peak resident memory, in bytes.
    pub fn peak_memory(&self) -> Result<usize, String> {
        let status = read(&format!("{}/status", self.process()))?;
        field(&status, "VmHWM:")
            .map(|kib| kib * 1024)
            .ok_or_else(|| "no VmHWM in the process's status".to_owned())
    }

    /// How often its threads were given a processor so far.
    pub fn switches(&self) -> Result<usize, String> {
        let tasks = format!("{}/task", self.process());
        let mut sum = 0;
        for task in std::fs::read_dir(&tasks).map_err(|error| format!("{tasks}: {error}"))? {
            let task = task.map_err(|error| format!("{tasks}: {error}"))?;
            let status = read(&format!("{}/status", task.path().display()))?;
            for kind in ["voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"] {
                sum += field(&status, kind).ok_or_else(|| format!("no {kind}"))?;
            }
        }
        Ok(sum)
    }

    fn process(&self) -> String {
        format!("/proc/{}", self.pty.pid.as_raw_nonzero())
    }

    /// Leaves with these keys.
    pub fn close(mut self, keys: &str) -> Result<(), String> {
        self.pty.write(keys.as_bytes());
        let deadline = Instant::now() + PATIENCE;
        while self.pty.ended.is_none() {
            let left = deadline.saturating_duration_since(Instant::now());
            if self.pty.next(left).is_none() {
                return Err(format!("it did not end:\n{}", self.text()));
            }
        }
        Ok(())
    }
}

/// A home of its own and a clock that stands still, for a program on a terminal or without.
pub fn environment(home: &Path) -> Vec<(&'static str, String)> {
    let folder = home.display().to_string();
    let mut variables = vec![
        ("POSTCALL_NOW", crate::corpus::NOW.to_owned()),
        ("POSTCALL_JOURNAL", format!("{folder}/journal.db")),
        ("TERM", "xterm-256color".to_owned()),
        ("LANG", "C.UTF-8".to_owned()),
    ];
    for name in [
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
    ] {
        variables.push((name, folder.clone()));
    }
    variables
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
}

fn field(status: &str, name: &str) -> Option<usize> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
