//! What the terminal needs of the operating system, behind one face.

#[cfg(unix)]
mod ready;
#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub use unix::{Output, Signals, Waker, Watch, Woken, is_running, output, stop_process};

#[cfg(not(unix))]
mod other;
#[cfg(not(unix))]
pub use other::{Output, Signals, Waker, Watch, Woken, is_running, output, stop_process};

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
