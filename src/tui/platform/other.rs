//! Elsewhere: `crossterm` reads what is typed; there are no signals and there is no job control.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::event::{self, Event};

use super::Request;

/// How long a wait for keys may not notice a waker.
const LATENCY: Duration = Duration::from_millis(100);

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
pub struct Waker(Arc<AtomicBool>);

impl Waker {
    /// Wakes the keyboard.
    pub fn wake(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// What the terminal sends.
pub struct Keyboard(Arc<AtomicBool>);

impl Keyboard {
    /// The terminal that is typed on, and what wakes whoever waits for it.
    ///
    /// # Errors
    /// None here.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub fn open() -> io::Result<(Self, Waker)> {
        let woken = Arc::new(AtomicBool::new(false));
        Ok((Self(Arc::clone(&woken)), Waker(woken)))
    }

    /// Waits for the next thing that happens.
    ///
    /// # Errors
    /// The terminal cannot be read.
    pub fn wait(&mut self) -> io::Result<Woken> {
        loop {
            if self.0.swap(false, Ordering::SeqCst) {
                return Ok(Woken::Waker);
            }
            if event::poll(LATENCY)? {
                return Ok(Woken::Event(event::read()?));
            }
        }
    }
}

/// There are no signals.
pub struct Signals;

impl Signals {
    /// Never calls `tell`.
    ///
    /// # Errors
    /// None here.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub fn catch(tell: impl Fn(Request) -> bool + Send + 'static) -> io::Result<Self> {
        drop(tell);
        Ok(Self)
    }

    /// Runs `task`.
    #[expect(clippy::unused_self, reason = "elsewhere it holds signals back")]
    pub fn lend<T>(&self, task: impl FnOnce() -> T) -> T {
        task()
    }
}

/// The terminal as it is written to.
pub type Output = io::Stdout;

/// Standard output.
///
/// # Errors
/// None here.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn output() -> io::Result<Output> {
    Ok(io::stdout())
}

/// There is no job control.
pub fn stop_process() {}

/// Whether a process of this id runs is not known here.
#[must_use]
pub fn is_running(process: u32) -> bool {
    let _ = process;
    false
}
