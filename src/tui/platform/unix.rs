//! Unix: waiting for keys without polling, signals, job control.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::Request;

/// Why [`Watch::wait`] returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// There is something to read from the terminal.
    Input,
    /// A [`Waker`] was used.
    Waker,
    /// The terminal is gone.
    Gone,
}

/// Ends a wait from another thread.
#[derive(Debug)]
pub struct Waker(std::fs::File);

impl Waker {
    /// Wakes the watch.
    pub fn wake(&self) {
        // A full pipe means that the watch is about to wake anyway.
        let _ = (&self.0).write(&[0]);
    }
}

/// Waits for the terminal without using the processor.
#[derive(Debug)]
pub struct Watch {
    woken: std::fs::File,
}

impl Watch {
    /// A watch, and what wakes it.
    ///
    /// # Errors
    /// The system has no pipe left.
    pub fn new() -> io::Result<(Self, Waker)> {
        let (read, write): (OwnedFd, OwnedFd) =
            rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC)?;
        Ok((Self { woken: read.into() }, Waker(write.into())))
    }

    /// Waits until there is something to read or a waker is used.
    ///
    /// # Errors
    /// The terminal cannot be waited for.
    pub fn wait(&self) -> io::Result<Woken> {
        let stdin = io::stdin();
        loop {
            let mut fds = [
                PollFd::new(&self.woken, PollFlags::IN),
                PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::IN),
            ];
            match poll(&mut fds, None) {
                Err(rustix::io::Errno::INTR) => continue,
                result => result?,
            };
            let [waker, terminal] = fds.map(|fd| fd.revents());
            if waker.contains(PollFlags::HUP) {
                // Nobody is left to read for.
                return Ok(Woken::Gone);
            }
            if waker.contains(PollFlags::IN) {
                let mut used = [0; 16];
                let _ = (&self.woken).read(&mut used);
                return Ok(Woken::Waker);
            }
            // A terminal that is gone is readable too, without end.
            if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                return Ok(Woken::Gone);
            }
            if terminal.contains(PollFlags::IN) {
                return Ok(Woken::Input);
            }
        }
    }
}

/// Calls `tell` on a thread of its own for each signal that asks for something.
///
/// # Errors
/// The handlers cannot be set.
pub fn on_signals(tell: impl Fn(Request) -> bool + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH])?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                let request = match signal {
                    SIGWINCH => Request::Resize,
                    SIGTSTP => Request::Suspend,
                    _ => Request::End,
                };
                if !tell(request) {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Stops this process and its group until the shell continues them.
pub fn stop_process() {
    use rustix::process::{Signal, kill_current_process_group};
    // SIGTSTP would come back to our own handler.
    let _ = kill_current_process_group(Signal::STOP);
}
