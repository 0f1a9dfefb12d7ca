//! Unix: signals, job control.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::process::{
    Pid, Signal, getpgrp, getpid, getppid, getsid, kill_current_process_group, kill_process,
    test_kill_process,
};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::flag;
use signal_hook::low_level::pipe;

use super::Request;

/// The signals that ask for something. The terminal sends some of them for a key, to every program
/// in front; they are caught here but meant for the program that the terminal is lent to.
const CAUGHT: [(i32, Request, bool); 6] = [
    (SIGHUP, Request::End, false),
    (SIGTERM, Request::End, false),
    (SIGINT, Request::End, true),
    (SIGQUIT, Request::End, true),
    (SIGTSTP, Request::Suspend, true),
    (SIGWINCH, Request::Resize, false),
];

struct Caught {
    raised: Arc<AtomicBool>,
    request: Request,
    sent_by_key: bool,
}

/// The signals, caught from now on.
pub struct Signals {
    caught: Arc<[Caught]>,
    lent: Arc<AtomicBool>,
    /// Whether a stop by key stops this process at once, as if it were not caught.
    stops_along: Arc<AtomicBool>,
}

impl Signals {
    /// Calls `tell` on a thread of its own for each signal that asks for something.
    ///
    /// # Errors
    /// The handlers cannot be set.
    pub fn catch(tell: impl Fn(Request) -> bool + Send + 'static) -> io::Result<Self> {
        let (mut woken, waker) = UnixStream::pair()?;
        let mut caught = Vec::new();
        for (signal, request, sent_by_key) in CAUGHT {
            let raised = Arc::new(AtomicBool::new(false));
            // In this order: whoever is woken finds the flag.
            flag::register(signal, Arc::clone(&raised))?;
            pipe::register(signal, waker.try_clone()?)?;
            caught.push(Caught {
                raised,
                request,
                sent_by_key,
            });
        }
        let stops_along = Arc::new(AtomicBool::new(false));
        flag::register_conditional_default(SIGTSTP, Arc::clone(&stops_along))?;
        let signals = Self {
            caught: caught.into(),
            lent: Arc::new(AtomicBool::new(false)),
            stops_along,
        };
        let (caught, lent) = (Arc::clone(&signals.caught), Arc::clone(&signals.lent));
        std::thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                let mut bytes = [0; 16];
                loop {
                    match woken.read(&mut bytes) {
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Ok(1..) => {
                            if !report(&caught, &lent, &tell) {
                                return;
                            }
                        }
                        Ok(0) | Err(_) => return,
                    }
                }
            })?;
        Ok(signals)
    }

    /// While `task` runs, keys that interrupt or stop are meant for the program it runs: an
    /// interruption is not ours, and this process stops together with that program.
    pub fn lend<T>(&self, task: impl FnOnce() -> T) -> T {
        self.lent.store(true, Ordering::SeqCst);
        self.stops_along
            .store(somebody_continues(), Ordering::SeqCst);
        let result = task();
        self.stops_along.store(false, Ordering::SeqCst);
        // A handler ran before the end of the program that it was meant for could be seen.
        for caught in self.caught.iter().filter(|caught| caught.sent_by_key) {
            caught.raised.store(false, Ordering::SeqCst);
        }
        self.lent.store(false, Ordering::SeqCst);
        result
    }
}

fn report(caught: &[Caught], lent: &AtomicBool, tell: &impl Fn(Request) -> bool) -> bool {
    caught.iter().all(|caught| {
        let ours = !(caught.sent_by_key && lent.load(Ordering::SeqCst));
        !(ours && caught.raised.swap(false, Ordering::SeqCst)) || tell(caught.request)
    })
}

/// Whether a shell that controls jobs can continue this process: not if it leads its session, as a
/// program does that a terminal window or a remote login runs directly, nor if the shell is gone.
fn somebody_continues() -> bool {
    let session = getsid(None);
    session.is_ok_and(|leader| leader != getpgrp())
        && getppid().is_some_and(|parent| getsid(Some(parent)) == session)
}

/// The terminal as it is written to: nothing stands between.
pub type Output = File;

/// Standard output, past the buffer of the standard library.
///
/// # Errors
/// The process has no file descriptor left.
pub fn output() -> io::Result<Output> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// Stops this process until it is continued: its whole group by the shell, or, where no shell
/// controls it, this process alone by whoever started it or by Enter.
pub fn stop_process() {
    if somebody_continues() {
        // SIGTSTP would come back to our own handler.
        let _ = kill_current_process_group(Signal::STOP);
        return;
    }
    // A stopped process cannot read a key, so a child does.
    let child = Command::new("/bin/sh")
        .args(["-c", CONTINUE_ON_ENTER, &std::process::id().to_string()])
        .spawn();
    // Without it nobody could come back: then there is no pause.
    if let Ok(mut child) = child {
        let _ = kill_process(getpid(), Signal::STOP);
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// `$0` is the process. It is continued again and again, in case Enter came before the stop.
const CONTINUE_ON_ENTER: &str = "trap '' INT QUIT TSTP
echo 'postcall is suspended. Press Enter to come back.'
read -r _
while kill -CONT \"$0\"; do sleep 1; done";

/// Whether a process of this id runs; another than the one meant may have got it since.
#[must_use]
pub fn is_running(process: u32) -> bool {
    let id = i32::try_from(process).ok().and_then(Pid::from_raw);
    id.is_some_and(|id| test_kill_process(id) != Err(rustix::io::Errno::SRCH))
}
