//! Elsewhere: `crossterm` waits for keys; there are no signals and there is no job control.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Request;

/// How long a wait for keys may not notice a waker.
const LATENCY: Duration = Duration::from_millis(100);

/// Why [`Watch::wait`] returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// There is something to read from the terminal.
    Input,
    /// A [`Waker`] was used.
    Waker,
}

/// Ends a wait from another thread.
#[derive(Debug)]
pub struct Waker(Arc<AtomicBool>);

impl Waker {
    /// Wakes the watch.
    pub fn wake(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Waits for the terminal.
#[derive(Debug)]
pub struct Watch(Arc<AtomicBool>);

impl Watch {
    /// A watch, and what wakes it.
    ///
    /// # Errors
    /// None here.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub fn new() -> io::Result<(Self, Waker)> {
        let woken = Arc::new(AtomicBool::new(false));
        Ok((Self(Arc::clone(&woken)), Waker(woken)))
    }

    /// Nothing is missed here.
    ///
    /// # Errors
    /// None here.
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
    pub const fn renew() -> io::Result<()> {
        Ok(())
    }

    /// Waits until there is something to read or a waker is used.
    ///
    /// # Errors
    /// The terminal cannot be waited for.
    pub fn wait(&self) -> io::Result<Woken> {
        loop {
            if self.0.swap(false, Ordering::SeqCst) {
                return Ok(Woken::Waker);
            }
            if crossterm::event::poll(LATENCY)? {
                return Ok(Woken::Input);
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
