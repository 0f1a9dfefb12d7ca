//! One line from a file descriptor that whoever started this program left open.
#![expect(
    unsafe_code,
    reason = "a number from the command line is no descriptor that the compiler knows of"
)]

use std::io;
use std::os::fd::{BorrowedFd, RawFd};

use rustix::io::{read, retry_on_intr};

/// The bytes from where the descriptor stands to the end of the line, which is not among them, or
/// to its end; at most so many. What is behind the line is left for others to read.
pub(super) fn line(descriptor: u32, most: usize) -> io::Result<Vec<u8>> {
    let bad = || io::Error::from(rustix::io::Errno::BADF);
    let raw = RawFd::try_from(descriptor).map_err(|_| bad())?;
    // SAFETY: it is no negative number. Nothing here closes it, and where it is not open the system
    // says so.
    let descriptor = unsafe { BorrowedFd::borrow_raw(raw) };
    // In one piece: what grows leaves itself behind.
    let mut line = Vec::with_capacity(most);
    let mut byte = [0];
    while line.len() < most && retry_on_intr(|| read(descriptor, &mut byte))? == 1 {
        if byte == *b"\n" {
            break;
        }
        line.extend_from_slice(&byte);
    }
    byte.fill(0);
    Ok(line)
}
