//! The real program on a real terminal: what it shows, what it keeps, and how it leaves the
//! terminal, whatever happens to it.

mod asking;
mod calm;
mod journals;
mod leaving;
mod lending;
#[cfg(target_os = "linux")]
mod memory;
mod own_editor;
mod pty;
pub mod session;
mod starting;
mod traces;
mod writing;

use session::{Home, Session};

/// The program with an empty journal, Today shown.
fn today(home: &Home) -> Session {
    let mut session = home.postcall(&[]).start();
    session.wait_for("Reflect on this shift");
    session
}

/// The program with an empty journal and a new reflection begun.
fn editor(home: &Home) -> Session {
    let mut session = today(home);
    session.keys("n");
    session.wait_for("Went well");
    session
}

/// The program started again, with the draft of an earlier run taken up.
fn offered_draft(home: &Home) -> Session {
    let mut session = home.postcall(&[]).start();
    session.wait_for("Continue the unfinished reflection");
    session.keys("n");
    session.wait_for("Went well");
    session
}
