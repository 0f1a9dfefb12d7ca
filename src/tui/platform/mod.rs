//! What the terminal needs of the operating system, behind one face.

#[cfg(unix)]
mod keyboard;
#[cfg(unix)]
mod keys;
#[cfg(unix)]
mod ready;
#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub use keyboard::{Keyboard, Waker, Woken};
#[cfg(unix)]
pub use unix::{Output, Signals, is_running, output, stop_process};

#[cfg(not(unix))]
mod other;
#[cfg(not(unix))]
pub use other::{Keyboard, Output, Signals, Waker, Woken, is_running, output, stop_process};

/// What a signal asks for.
#[cfg_attr(not(unix), expect(dead_code, reason = "there are no signals to ask"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Keep everything and end.
    End,
    /// Suspend.
    Suspend,
    /// The terminal has another size.
    Resize,
}
