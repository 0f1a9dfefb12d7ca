//! A program on a terminal of its own: what it wrote and what became of it, as events in one
//! queue. The benchmarks use this file too.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

/// What the screen shows for a character that a terminal must not get as it is.
pub const STANDS_FOR_REPLACEMENT: &str = "\u{bf}";

/// Something the program did.
#[derive(Debug)]
pub enum Event {
    /// It wrote so many bytes; the screen has them. The instant is that of the read.
    Wrote(Instant, usize),
    /// Nobody holds the terminal any more.
    Closed,
    /// It was stopped.
    Stopped,
    /// It ended.
    Ended(End),
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

/// What the threads report; the bytes still have to go through the terminal.
enum Report {
    Wrote(Instant, Vec<u8>),
    Done(Event),
}

/// Modes that the screen itself does not keep: focus reports, synchronized output and others.
#[derive(Debug, Default)]
pub struct OtherModes {
    /// Numbers of the private modes that are set.
    pub set: std::collections::BTreeSet<u16>,
}

impl vt100::Callbacks for OtherModes {
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

/// A running program and its terminal. Dropping it kills the program.
pub struct Pty {
    /// The terminal's side of the line.
    pub master: Box<dyn MasterPty + Send>,
    /// The screen as the program painted it.
    pub terminal: vt100::Parser<OtherModes>,
    /// The program.
    pub pid: Pid,
    /// When it was started.
    pub started: Instant,
    /// How it ended, once it did.
    pub ended: Option<End>,
    keyboard: Option<Box<dyn Write + Send>>,
    reports: Receiver<Report>,
    deaf: Arc<AtomicBool>,
    unfinished: Vec<u8>,
}

impl Pty {
    /// Starts the program on a terminal of this size.
    pub fn start(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let reader = pair.master.try_clone_reader().expect("its output");
        let keyboard = pair.master.take_writer().expect("its input");
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program");
        drop(pair.slave);
        let pid = child
            .process_id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(Pid::from_raw)
            .expect("a process id");
        let (reporter, reports) = channel();
        let deaf = Arc::new(AtomicBool::new(false));
        let is_deaf = Arc::clone(&deaf);
        let of_reader = reporter.clone();
        std::thread::spawn(move || read(reader, &is_deaf, &of_reader));
        std::thread::spawn(move || watch(pid, &reporter));
        let size = |n| NonZeroU16::new(n).expect("a size above zero");
        Self {
            master: pair.master,
            terminal: vt100::Parser::new_with_callbacks(
                size(rows),
                size(columns),
                200,
                OtherModes::default(),
            ),
            pid,
            started,
            ended: None,
            keyboard: Some(keyboard),
            reports,
            deaf,
            unfinished: Vec::new(),
        }
    }

    /// What happens next, unless `patience` ends first.
    pub fn next(&mut self, patience: Duration) -> Option<Event> {
        match self.reports.recv_timeout(patience).ok()? {
            Report::Wrote(at, bytes) => {
                self.paint(&bytes);
                Some(Event::Wrote(at, bytes.len()))
            }
            Report::Done(event) => {
                if let Event::Ended(end) = event {
                    self.ended = Some(end);
                }
                Some(event)
            }
        }
    }

    /// Gives bytes to the terminal. It drops the replacement character, which real ones show one
    /// cell wide: another of that width stands for it.
    pub fn paint(&mut self, bytes: &[u8]) {
        let mut text = std::mem::take(&mut self.unfinished);
        text.extend_from_slice(bytes);
        let replacement = "\u{fffd}".as_bytes();
        let mut rest = text.as_slice();
        while let Some(at) = rest.windows(3).position(|part| part == replacement) {
            self.terminal.process(&rest[..at]);
            self.terminal.process(STANDS_FOR_REPLACEMENT.as_bytes());
            rest = &rest[at + 3..];
        }
        let begun = (1..3)
            .filter(|n| rest.ends_with(&replacement[..*n]))
            .max()
            .unwrap_or(0);
        let (whole, unfinished) = rest.split_at(rest.len() - begun);
        self.terminal.process(whole);
        self.unfinished = unfinished.to_vec();
    }

    /// Sends bytes as the keyboard would.
    pub fn write(&mut self, bytes: &[u8]) {
        if let Some(keyboard) = &mut self.keyboard {
            keyboard.write_all(bytes).expect("the terminal takes keys");
            keyboard.flush().expect("the terminal takes keys");
        }
    }

    /// Stops listening after the next output and lets the line go, as a lost connection does.
    pub fn hang_up(mut self) -> Self {
        self.deaf.store(true, Ordering::SeqCst);
        // The program paints again (Ctrl-l), so that the reader comes back from waiting.
        self.write(b"\x0c");
        while !matches!(
            self.next(Duration::from_secs(20)).expect("the line closes"),
            Event::Closed
        ) {}
        self.keyboard = None;
        let size = PtySize::default();
        let other = native_pty_system().openpty(size).expect("a terminal");
        drop(std::mem::replace(&mut self.master, other.master));
        self
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if self.ended.is_none() {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

fn read(mut output: Box<dyn Read + Send>, deaf: &AtomicBool, reports: &Sender<Report>) {
    let mut buffer = vec![0; 64 * 1024];
    // Linux answers with an error once the last holder of the terminal is gone.
    while let Ok(count @ 1..) = output.read(&mut buffer) {
        let at = Instant::now();
        let bytes = buffer[..count].to_vec();
        if reports.send(Report::Wrote(at, bytes)).is_err() || deaf.load(Ordering::SeqCst) {
            break;
        }
    }
    drop(output);
    let _ = reports.send(Report::Done(Event::Closed));
}

fn watch(pid: Pid, reports: &Sender<Report>) {
    loop {
        let events = WaitIdOptions::EXITED | WaitIdOptions::STOPPED;
        let status = match waitid(WaitId::Pid(pid), events) {
            Ok(Some(status)) => status,
            Err(rustix::io::Errno::INTR) => continue,
            Ok(None) | Err(_) => return,
        };
        let event = if let Some(code) = status.exit_status() {
            Event::Ended(End::Code(code))
        } else if let Some(signal) = status.terminating_signal() {
            Event::Ended(End::Signal(signal))
        } else {
            Event::Stopped
        };
        let over = matches!(event, Event::Ended(_));
        if reports.send(Report::Done(event)).is_err() || over {
            return;
        }
    }
}
