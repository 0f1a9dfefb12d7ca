//! The terminal in other hands for a while: the shell's, or those of the user's own editor.

use rustix::process::Signal;

use super::session::{Home, Session};
use super::today;

/// The program as a job of a shell that controls jobs; once it is stopped, Enter continues it.
const JOB: &str = "set -m; \"$0\" new; echo \"stopped with $?\"; read -r _; fg >/dev/null";

/// The same, continued by a line in the pipe `go`: where two programs wait for the terminal's next
/// line, one that is stopped meanwhile may still get it before it stops.
const JOB_CONTINUED_BY_PIPE: &str = "set -m; mkfifo go; \"$0\" new; echo \"stopped with $?\"; \
                                     read -r _ <go; fg >/dev/null";

/// An editor that adds the line it reads, without taking the terminal over.
fn line_editor(home: &Home) -> String {
    let script = home.path("editor.sh");
    let commands = "echo 'Add a line:'; read -r line; printf ' %s' \"$line\" >> \"$1\"\n";
    std::fs::write(&script, commands).expect("a script");
    format!("/bin/sh {}", script.display())
}

/// The program without a shell, a text begun and handed to the editor.
fn handed_over(home: &Home) -> Session {
    let editor = line_editor(home);
    let mut session = home.postcall(&["new"]).with("EDITOR", editor).start();
    session.wait_for("Went well");
    session.keys("'Begun here' ctrl-o");
    session.wait_for("Add a line:");
    session
}

#[track_caller]
fn save_and_quit(mut session: Session) {
    session.keys("ctrl-s");
    session.wait_for("Saved.");
    session.quit();
}

#[test]
fn a_job_is_stopped_and_comes_back_in_the_size_that_the_terminal_has_then() {
    let home = Home::new();
    let mut session = home.shell(JOB).start();
    session.wait_for("Went well");
    session.keys("'Before the pause' ctrl-z");
    session.wait_for("stopped with 1");
    session.assert_restored();
    session.resize(120, 40);
    session.keys("enter");
    session.wait_for("Before the pause");
    session.wait_until("the last row is used", |screen| {
        screen
            .rows(0, 120)
            .nth(39)
            .is_some_and(|row| !row.trim().is_empty())
    });
    save_and_quit(session);
}

#[test]
fn stopping_the_own_editor_stops_the_program_with_it() {
    let home = Home::new();
    let job = home.shell(JOB_CONTINUED_BY_PIPE);
    let mut session = job.with("EDITOR", line_editor(&home)).start();
    session.wait_for("Went well");
    session.keys("'Begun here' ctrl-o");
    session.wait_for("Add a line:");
    session.keys("ctrl-z");
    session.wait_for("stopped with 1");
    std::fs::write(home.path("go"), "\n").expect("the shell waits for it");
    session.keys("'and ended there' enter");
    session.wait_for("Begun here and ended there");
    save_and_quit(session);
}

#[test]
fn interrupting_the_own_editor_ends_only_the_editor() {
    // Several times: the end of the editor and the interruption arrive at once.
    for _ in 0..5 {
        let home = Home::new();
        let mut session = handed_over(&home);
        session.keys("ctrl-c");
        session.wait_for("ended with an error");
        session.wait_for("Begun here");
        save_and_quit(session);
    }
}

#[test]
fn without_a_shell_enter_brings_the_program_back() {
    let home = Home::new();
    let mut session = today(&home);
    session.keys("ctrl-z");
    session.wait_stopped();
    session.wait_for("Press Enter to come back");
    session.assert_restored();
    session.keys("ctrl-c enter");
    session.wait_for("Reflect on this shift");
    session.quit();
}

#[test]
fn without_a_shell_an_editor_that_asks_for_a_stop_goes_on() {
    let home = Home::new();
    let mut session = handed_over(&home);
    session.keys("ctrl-z");
    session.signal(Signal::TSTP);
    session.keys("'and ended there' enter");
    session.wait_for("Begun here and ended there");
    save_and_quit(session);
}
