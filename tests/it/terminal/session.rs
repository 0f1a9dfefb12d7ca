//! A person at a terminal: presses keys, waits for what the screen shows, and looks at what is left
//! of it afterwards. Nothing here sleeps: every wait is for an event, with a generous deadline.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::process::{Signal, kill_process};

use postcall::tui::keymap::Key;

pub use super::pty::End;
use super::pty::{Event, Pty};

/// The program under test.
pub const POSTCALL: &str = env!("CARGO_BIN_EXE_postcall");

const PATIENCE: Duration = Duration::from_secs(20);

/// A home folder with nothing in it, and a clock that stands still.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder for the test"),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn journal(&self) -> PathBuf {
        self.path("journal/postcall.db")
    }

    /// Puts these bytes where the journal should be.
    pub fn put_journal(&self, bytes: &[u8]) {
        std::fs::create_dir_all(self.path("journal")).expect("a folder");
        std::fs::write(self.journal(), bytes).expect("a file");
    }

    /// The program with these arguments, not yet started.
    pub fn postcall(&self, arguments: &[&str]) -> Program {
        let mut words = vec![OsString::from(POSTCALL)];
        words.extend(arguments.iter().map(OsString::from));
        self.program(words)
    }

    /// A shell command, in which `$0` is the program.
    pub fn shell(&self, command: &str) -> Program {
        let words = ["/bin/sh", "-c", command, POSTCALL];
        self.program(words.iter().map(OsString::from).collect())
    }

    fn program(&self, words: Vec<OsString>) -> Program {
        let folder = |name| self.path(name).into_os_string();
        let variables = [
            ("HOME", folder("")),
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_DATA_HOME", folder("data")),
            ("XDG_STATE_HOME", folder("state")),
            ("XDG_CACHE_HOME", folder("cache")),
            ("POSTCALL_JOURNAL", self.journal().into_os_string()),
            ("POSTCALL_NOW", OsString::from("2026-11-22T08:10:00-05:00")),
            ("TERM", OsString::from("xterm-256color")),
            ("LANG", OsString::from("C.UTF-8")),
            ("PATH", std::env::var_os("PATH").unwrap_or_default()),
        ];
        Program {
            words,
            variables: variables
                .map(|(name, value)| (name.to_owned(), value))
                .into(),
            folder: self.folder.path().to_owned(),
            columns: 80,
            rows: 24,
        }
    }

    /// What a command without a screen prints; it must succeed.
    pub fn says(&self, arguments: &[&str]) -> String {
        let output = self.postcall(arguments).run();
        assert!(
            output.status.success(),
            "postcall {arguments:?} ended with {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// The text of every saved reflection.
    pub fn saved(&self) -> String {
        self.says(&["list", "--json"])
    }
}

/// A program that is about to be started.
pub struct Program {
    words: Vec<OsString>,
    variables: BTreeMap<String, OsString>,
    folder: PathBuf,
    columns: u16,
    rows: u16,
}

impl Program {
    pub fn with(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.variables
            .insert(name.to_owned(), value.as_ref().to_owned());
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.variables.remove(name);
        self
    }

    pub fn on(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Starts it on a terminal.
    pub fn start(self) -> Session {
        let mut command = CommandBuilder::from_argv(self.words);
        command.env_clear();
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command.cwd(&self.folder);
        Session::new(Pty::start(command, self.columns, self.rows))
    }

    /// Runs it to its end without a terminal, nothing on its input.
    pub fn run(self) -> Output {
        let (program, arguments) = self.words.split_first().expect("a program");
        Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(&self.variables)
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .output()
            .expect("the program runs")
    }
}

/// What the screen itself does not keep: modes such as focus reports and synchronized output, and
/// commands that a journal never gives.
#[derive(Debug, Default)]
pub struct OtherModes {
    /// Numbers of the private modes that are set.
    pub set: std::collections::BTreeSet<u16>,
    /// What the terminal was told to do: ring, take a title, fill the clipboard.
    pub commands: Vec<String>,
}

impl OtherModes {
    fn told(&mut self, what: &str, how: impl std::fmt::Debug) {
        self.commands.push(format!("{what} {how:?}"));
    }
}

impl vt100::Callbacks for OtherModes {
    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.told("ring", ());
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.told("title", title);
    }

    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.told("clipboard", data);
    }

    fn unhandled_char(&mut self, _: &mut vt100::Screen, c: char) {
        self.told("character", c);
    }

    fn unhandled_control(&mut self, _: &mut vt100::Screen, byte: u8) {
        self.told("control", byte);
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, parameters: &[&[u8]]) {
        self.told("osc", parameters);
    }

    fn unhandled_csi(
        &mut self,
        _: &mut vt100::Screen,
        intermediate: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        end: char,
    ) {
        if intermediate != Some(b'?') {
            return;
        }
        for mode in parameters.iter().filter_map(|parameter| parameter.first()) {
            match end {
                'h' => _ = self.set.insert(*mode),
                'l' => _ = self.set.remove(mode),
                _ => {}
            }
        }
    }
}

/// A program on a terminal.
pub struct Session {
    pty: Pty<OtherModes>,
    /// How the line was set before the program touched it.
    line: String,
    closed: bool,
    stopped: bool,
    /// When it wrote last, and how much in all.
    wrote: Option<(Instant, usize)>,
}

impl Session {
    fn new(pty: Pty<OtherModes>) -> Self {
        Self {
            line: line_settings(&pty),
            pty,
            wrote: None,
            closed: false,
            stopped: false,
        }
    }

    /// Presses keys by the names of the key table; what stands in single quotes is typed. All of
    /// it is sent at once: `n 'Missed a PE' ctrl-s q`.
    ///
    /// A key right behind `esc` would be Alt and that key: wait for what `esc` does first.
    pub fn keys(&mut self, keys: &str) {
        let mut bytes = Vec::new();
        for (at, part) in keys.split('\'').enumerate() {
            if at % 2 == 1 {
                bytes.extend_from_slice(part.as_bytes());
            } else {
                for name in part.split_whitespace() {
                    bytes.extend(bytes_of(name));
                }
            }
        }
        self.pty.write(&bytes);
    }

    /// Pastes as a terminal does for a program that asked to be told about pastes.
    pub fn paste(&mut self, text: &str) {
        assert!(
            self.screen().bracketed_paste(),
            "the program asked for bracketed paste\n{self}"
        );
        self.pty
            .write(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let of = |n| NonZeroU16::new(n).expect("a size above zero");
        self.pty
            .terminal
            .screen_mut()
            .set_size(of(rows), of(columns));
        self.pty.master.resize(size).expect("the terminal's size");
    }

    /// Another program writes to the terminal.
    pub fn disturb(&mut self, bytes: &[u8]) {
        self.pty.paint(bytes);
    }

    /// A file that Linux keeps about the process.
    #[cfg(target_os = "linux")]
    pub fn told_by_the_system(&self, name: &str) -> std::io::Result<String> {
        let process = self.pty.pid.as_raw_nonzero();
        std::fs::read_to_string(format!("/proc/{process}/{name}"))
    }

    /// The same, opened to be read piece by piece.
    #[cfg(target_os = "linux")]
    pub fn opened_by_the_system(&self, name: &str) -> std::io::Result<std::fs::File> {
        let process = self.pty.pid.as_raw_nonzero();
        std::fs::File::open(format!("/proc/{process}/{name}"))
    }

    /// How often the program woke until now: switches of its threads that they made by waiting.
    #[cfg(target_os = "linux")]
    pub fn wakes(&self) -> u64 {
        let tasks = format!("/proc/{}/task", self.pty.pid.as_raw_nonzero());
        let threads = std::fs::read_dir(tasks).expect("its threads");
        threads
            .filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("status")).ok())
            .filter_map(|status| {
                let switches = status
                    .lines()
                    .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
                switches.and_then(|number| number.trim().parse::<u64>().ok())
            })
            .sum()
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pty.pid, signal).expect("the program is there");
    }

    /// The connection is lost: whoever holds the other end of the line lets it go.
    pub fn hang_up(&mut self) {
        self.pty.deaf.store(true, Ordering::SeqCst);
        // The program paints again, so that the reading thread comes back from waiting.
        self.keys("ctrl-l");
        let deadline = Instant::now() + PATIENCE;
        while !self.closed {
            assert!(self.step(deadline), "the line did not close\n{self}");
        }
        self.pty.keyboard = None;
        let size = PtySize::default();
        let other = native_pty_system().openpty(size).expect("a terminal");
        self.pty.master = other.master;
    }

    /// Waits until the screen shows this text on one line.
    pub fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} is shown"), |screen| {
            rows(screen).iter().any(|row| row.contains(text))
        });
    }

    /// Waits until no line of the screen shows this text.
    pub fn wait_gone(&mut self, text: &str) {
        self.wait_until(&format!("{text:?} is gone"), |screen| {
            rows(screen).iter().all(|row| !row.contains(text))
        });
    }

    pub fn wait_until(&mut self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds(self.screen()) {
            assert!(
                self.pty.ended.is_none() || !self.closed,
                "waited until {what}, but the program ended\n{self}"
            );
            assert!(self.step(deadline), "waited in vain until {what}\n{self}");
        }
    }

    /// Waits until the program paints something.
    pub fn wait_for_output(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.next(deadline) {
                Some(Event::Wrote(..)) => return,
                Some(_) => {}
                None => panic!("waited in vain for a frame\n{self}"),
            }
        }
    }

    /// Waits until the process is stopped, as a shell would see it.
    pub fn wait_stopped(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while !std::mem::take(&mut self.stopped) {
            assert!(self.step(deadline), "the process did not stop\n{self}");
        }
    }

    /// Waits until the program ended and everything it wrote was read.
    pub fn wait_exit(&mut self) -> End {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.pty.ended {
                Some(end) if self.closed => return end,
                _ => assert!(self.step(deadline), "the program did not end\n{self}"),
            }
        }
    }

    /// Leaves by the key for it, which goes well and gives the terminal back.
    #[track_caller]
    pub fn quit(&mut self) {
        self.keys("q");
        assert_eq!(self.wait_exit(), End::Code(0), "{self}");
        self.assert_restored();
    }

    /// Reads what comes for this long: the pace of someone typing.
    pub fn go_on_for(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while self.step(until) {}
    }

    fn step(&mut self, deadline: Instant) -> bool {
        self.next(deadline).is_some()
    }

    fn next(&mut self, deadline: Instant) -> Option<Event> {
        let event = self
            .pty
            .next(deadline.saturating_duration_since(Instant::now()))?;
        match event {
            Event::Closed => self.closed = true,
            Event::Stopped => self.stopped = true,
            Event::Wrote(at, count) => {
                let before = self.wrote.map_or(0, |(_, all)| all);
                self.wrote = Some((at, before + count));
            }
            Event::Ended(_) => {}
        }
        Some(event)
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.pty.terminal.screen()
    }

    /// What the terminal was told to do beside showing text, moving its cursor and changing modes.
    pub fn commands(&self) -> &[String] {
        &self.pty.terminal.callbacks().commands
    }

    /// The screen as text, one line a row.
    pub fn text(&self) -> String {
        rows(self.screen()).join("\n")
    }

    /// The terminal is, or in a moment will be, as the shell had it: main screen, cursor, modes and
    /// line settings.
    #[track_caller]
    pub fn assert_restored(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let wrong = self.not_restored();
            let may_change = !(self.closed && self.pty.ended.is_some());
            if wrong.is_empty() {
                return;
            }
            assert!(
                may_change && self.step(deadline),
                "{}\n{self}",
                wrong.join("\n")
            );
        }
    }

    /// What scrolled out of the main screen does not hold this text.
    #[track_caller]
    pub fn assert_no_scrollback(&mut self, text: &str) {
        self.pty.terminal.screen_mut().set_scrollback(usize::MAX);
        let scrolled = self.text();
        self.pty.terminal.screen_mut().set_scrollback(0);
        assert!(!scrolled.contains(text), "{scrolled}");
    }

    fn not_restored(&self) -> Vec<String> {
        let screen = self.screen();
        let mut wrong = Vec::new();
        if screen.alternate_screen() {
            wrong.push("the alternate screen is still shown".to_owned());
        }
        if screen.hide_cursor() {
            wrong.push("the cursor is hidden".to_owned());
        }
        if screen.bracketed_paste() {
            wrong.push("pastes are still bracketed".to_owned());
        }
        if screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None {
            wrong.push("the mouse is still reported".to_owned());
        }
        let others = &self.pty.terminal.callbacks().set;
        if !others.is_empty() {
            wrong.push(format!("private modes are still set: {others:?}"));
        }
        let line = line_settings(&self.pty);
        if line != self.line {
            wrong.push(format!("the line was\n{}\nand is\n{line}", self.line));
        }
        wrong
    }
}

impl std::fmt::Display for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let screen = self.screen();
        let (height, width) = screen.size();
        let edge = format!("+{}+", "-".repeat(usize::from(width.get())));
        let mut picture = format!("the screen, {width}x{height}:\n{edge}\n");
        for row in rows(screen) {
            let _ = writeln!(picture, "|{row}");
        }
        let (row, column) = screen.cursor_position();
        let wrote = self.wrote.map_or_else(
            || "wrote nothing".to_owned(),
            |(at, all)| {
                let after = at.duration_since(self.pty.started);
                format!("wrote {all} bytes, the last {after:.1?} after its start")
            },
        );
        write!(
            f,
            "{picture}{edge}\ncursor at row {row}, column {column}; {wrote}; ended: {:?}",
            self.pty.ended
        )
    }
}

fn rows(screen: &vt100::Screen) -> Vec<String> {
    let (_, width) = screen.size();
    screen
        .rows(0, width.get())
        .map(|row| row.trim_end().to_owned())
        .collect()
}

/// How the line is set (echo, line editing, signals by key), to compare.
fn line_settings(pty: &Pty<OtherModes>) -> String {
    format!("{:?}", pty.master.get_termios())
}

/// What a terminal sends for a key.
fn bytes_of(name: &str) -> Vec<u8> {
    name.parse::<Key>().expect("a key of the key table");
    if let Some(rest) = name.strip_prefix("alt-") {
        return [b"\x1b".to_vec(), bytes_of(rest)].concat();
    }
    if let Some(c) = name
        .strip_prefix("ctrl-")
        .and_then(|rest| rest.bytes().next())
    {
        return vec![c & 0x1f];
    }
    let sequence = match name {
        "enter" => "\r",
        "esc" => "\x1b",
        "tab" => "\t",
        "shift-tab" => "\x1b[Z",
        "backspace" => "\x7f",
        "delete" => "\x1b[3~",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "pageup" => "\x1b[5~",
        "pagedown" => "\x1b[6~",
        "space" => " ",
        "f1" => "\x1bOP",
        other => other,
    };
    sequence.as_bytes().to_vec()
}

/// The names of everything in a folder, hidden or not; none if it is not there.
pub fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
