//! Unix: what is typed, read without polling. Nothing that was read stays behind.

use std::fs::File;
use std::io::{self, IsTerminal, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use crossterm::event::Event;
use rustix::io::Errno;

use super::keys::Keys;
use super::ready::ready;

/// As much as the system keeps of what was typed ahead.
const READ_BYTES: usize = 4096;

/// Why [`Keyboard::wait`] returned.
#[derive(Debug)]
pub enum Woken {
    /// Something came from the terminal.
    Event(Event),
    /// A [`Waker`] was used.
    Waker,
}

/// Ends a wait from another thread.
#[derive(Debug)]
pub struct Waker(PipeWriter);

impl Waker {
    /// Wakes the keyboard.
    pub fn wake(&self) {
        // A full pipe means that the keyboard is about to wake anyway.
        let _ = (&self.0).write(&[0]);
    }
}

/// What the terminal sends.
pub struct Keyboard {
    terminal: OwnedFd,
    woken: PipeReader,
    /// Whether a waker was used that was not told of yet.
    is_woken: bool,
    keys: Keys,
    read: Box<[u8; READ_BYTES]>,
}

impl Keyboard {
    /// The terminal that is typed on, and what wakes whoever waits for it.
    ///
    /// # Errors
    /// There is no terminal, or the system has no pipe left.
    pub fn open() -> io::Result<(Self, Waker)> {
        let stdin = io::stdin();
        let terminal = if stdin.is_terminal() {
            stdin.as_fd().try_clone_to_owned()?
        } else {
            File::open("/dev/tty")?.into()
        };
        let (woken, waker) = io::pipe()?;
        let keyboard = Self {
            terminal,
            woken,
            is_woken: false,
            keys: Keys::default(),
            read: Box::new([0; READ_BYTES]),
        };
        Ok((keyboard, Waker(waker)))
    }

    /// Waits for the next thing that happens. When a waker was used, nothing is under way: what was
    /// not whole was made the best of.
    ///
    /// # Errors
    /// The terminal is gone or cannot be read, or nobody can wake this any more.
    pub fn wait(&mut self) -> io::Result<Woken> {
        loop {
            if let Some(event) = self.keys.next() {
                return Ok(Woken::Event(event));
            }
            let patience = self.keys.patience();
            if self.is_woken {
                if patience.is_none() {
                    self.is_woken = false;
                    return Ok(Woken::Waker);
                }
            } else if self.waits(patience)? {
                continue;
            }
            // The rest did not come, or somebody else will read it.
            if let Some(event) = self.keys.give_up() {
                return Ok(Woken::Event(event));
            }
        }
    }

    /// Waits at most so long for something to read or a waker; says whether that came in time.
    fn waits(&mut self, patience: Option<Duration>) -> io::Result<bool> {
        let fds = [self.woken.as_fd(), self.terminal.as_fd()];
        let [waker, terminal] = match ready(fds, patience) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(true),
            result => result?,
        };
        if waker.gone {
            // Nobody is left to read for.
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        if waker.readable {
            self.is_woken = true;
            let _ = (&self.woken).read(&mut [0; 16]);
            return Ok(true);
        }
        if terminal.gone {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        if terminal.readable {
            self.read()?;
        }
        Ok(terminal.readable)
    }

    fn read(&mut self) -> io::Result<()> {
        let read = match rustix::io::read(&self.terminal, self.read.as_mut_slice()) {
            Err(Errno::INTR | Errno::AGAIN) => return Ok(()),
            Ok(0) => return Err(io::ErrorKind::BrokenPipe.into()),
            read => read?,
        };
        if let Some(read) = self.read.get_mut(..read) {
            self.keys.feed(read);
            read.fill(0);
        }
        Ok(())
    }
}
