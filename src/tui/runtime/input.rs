//! The thread that reads the terminal. It can be paused, so that an external editor or the shell
//! gets every key.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crossterm::event::{self, Event};
use ratatui::layout::Size;

use crate::tui::message::Message;
use crate::tui::platform::{Waker, Watch, Woken};

/// The reading thread, as the loop sees it.
#[derive(Debug)]
pub struct Input {
    waker: Waker,
    /// Each pause hands over a channel: the thread sends once when it has stopped reading, and
    /// goes on when the other end is gone.
    pauses: Sender<(Sender<()>, Receiver<()>)>,
}

/// While this lives, nothing reads the terminal.
pub struct Paused {
    _resume: Sender<()>,
}

impl Input {
    /// Starts reading.
    ///
    /// # Errors
    /// The system has no pipe or thread left.
    pub fn start(events: Sender<Message>) -> io::Result<Self> {
        let (watch, waker) = Watch::new()?;
        let (pauses, asked) = channel::<(Sender<()>, Receiver<()>)>();
        std::thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || {
                let read = catch_unwind(AssertUnwindSafe(|| read(&watch, &asked, &events)));
                if !matches!(read, Ok(Ok(()))) {
                    // Nothing can be read any more: the writer is gone, or the reading failed.
                    let _ = events.send(Message::EndRequested);
                }
            })?;
        Ok(Self { waker, pauses })
    }

    /// Reads what there is beside keys: the news of another size. `crossterm` gives up a key that
    /// arrives together with it (it returns the size and forgets that the terminal is ready, which
    /// it is told only once), so the size is taken at once and not with the next key.
    pub fn take_size(&self) {
        self.waker.wake();
    }

    /// Stops reading until the returned value is dropped.
    pub fn pause(&self) -> Paused {
        let (stopped, has_stopped) = channel();
        let (resume, resumed) = channel();
        if self.pauses.send((stopped, resumed)).is_ok() {
            self.waker.wake();
            let _ = has_stopped.recv();
        }
        Paused { _resume: resume }
    }
}

fn read(
    watch: &Watch,
    pauses: &Receiver<(Sender<()>, Receiver<()>)>,
    events: &Sender<Message>,
) -> io::Result<()> {
    loop {
        match watch.wait()? {
            Woken::Waker => {
                while let Ok((stopped, resumed)) = pauses.try_recv() {
                    let _ = stopped.send(());
                    let _ = resumed.recv();
                }
                if !read_all(events)? {
                    return Ok(());
                }
            }
            Woken::Input => {
                if !read_all(events)? {
                    return Ok(());
                }
                Watch::renew()?;
            }
            #[cfg(unix)]
            Woken::Gone => return Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

/// Sends on what there is to read; says whether anybody is left to read for.
fn read_all(events: &Sender<Message>) -> io::Result<bool> {
    while event::poll(Duration::ZERO)? {
        if events.send(message(event::read()?)).is_err() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn message(event: Event) -> Message {
    match event {
        Event::Key(key) => Message::KeyPressed(key),
        Event::Paste(text) => Message::Pasted(text.into()),
        Event::Mouse(mouse) => Message::MouseUsed(mouse),
        Event::Resize(columns, rows) => Message::Resized(Size::new(columns, rows)),
        Event::FocusGained => Message::FocusGained,
        Event::FocusLost => Message::FocusLost,
    }
}
