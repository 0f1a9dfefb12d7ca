//! The thread that reads the terminal. It can be paused, so that an external editor or the shell
//! gets every key.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};

use crossterm::event::Event;
use ratatui::layout::Size;

use crate::tui::message::Message;
use crate::tui::platform::{Keyboard, Waker, Woken};

use super::queue::Events;

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
    pub fn start(events: Events) -> io::Result<Self> {
        let (mut keyboard, waker) = Keyboard::open()?;
        let (pauses, asked) = channel::<(Sender<()>, Receiver<()>)>();
        std::thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || {
                let read = catch_unwind(AssertUnwindSafe(|| read(&mut keyboard, &asked, &events)));
                if !matches!(read, Ok(Ok(()))) {
                    // Nothing can be read any more: the writer is gone, or the reading failed.
                    let _ = events.send(Message::EndRequested);
                }
            })?;
        Ok(Self { waker, pauses })
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

/// Sends on what comes, until nobody is left to read for.
fn read(
    keyboard: &mut Keyboard,
    pauses: &Receiver<(Sender<()>, Receiver<()>)>,
    events: &Events,
) -> io::Result<()> {
    loop {
        match keyboard.wait()? {
            Woken::Event(event) => {
                if events.send(message(event)).is_err() {
                    return Ok(());
                }
            }
            Woken::Waker => {
                while let Ok((stopped, resumed)) = pauses.try_recv() {
                    let _ = stopped.send(());
                    let _ = resumed.recv();
                }
            }
        }
    }
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
