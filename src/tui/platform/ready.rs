//! Waiting until something can be read: `poll(2)`, and where that knows no terminals `select(2)`.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

/// How something that may be read from stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready {
    /// There is something to read, or its end.
    pub readable: bool,
    /// Nobody is at the other end any more. A terminal that is gone stays readable without end.
    pub gone: bool,
}

/// Waits until one of them is ready, at most so long; says how each stands.
///
/// # Errors
/// The system cannot wait, or a signal came first.
#[cfg(not(target_os = "macos"))]
pub fn ready<const N: usize>(
    fds: [BorrowedFd<'_>; N],
    timeout: Option<Duration>,
) -> io::Result<[Ready; N]> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let mut fds = fds.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
    let timeout = timeout.map(Timespec::try_from).transpose();
    let timeout = timeout.map_err(|_| io::ErrorKind::InvalidInput)?;
    poll(&mut fds, timeout.as_ref())?;
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    Ok(fds.map(|fd| Ready {
        readable: fd.revents().contains(PollFlags::IN),
        gone: fd.revents().intersects(gone),
    }))
}

/// The same by `select(2)`: the `poll(2)` of macOS does not support devices, as its manual says.
///
/// # Errors
/// The system cannot wait, or a signal came first.
#[cfg(target_os = "macos")]
pub fn ready<const N: usize>(
    fds: [BorrowedFd<'_>; N],
    timeout: Option<Duration>,
) -> io::Result<[Ready; N]> {
    use filedescriptor::{Error, POLLERR, POLLHUP, POLLIN, poll, pollfd};
    use std::os::fd::AsRawFd;
    let mut fds = fds.map(|fd| pollfd {
        fd: fd.as_raw_fd(),
        events: POLLIN,
        revents: 0,
    });
    poll(&mut fds, timeout).map_err(|error| {
        if let Error::Poll(error) | Error::Io(error) = error {
            return error;
        }
        io::Error::other(error)
    })?;
    Ok(fds.map(|fd| Ready {
        readable: fd.revents & POLLIN != 0,
        gone: fd.revents & (POLLHUP | POLLERR) != 0,
    }))
}
