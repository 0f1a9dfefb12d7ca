//! Two slow breaths by the program's own clock.

use super::session::Home;
use super::today;

#[test]
fn breaths_go_on_by_themselves_and_any_key_ends_them_and_does_nothing_else() {
    let home = Home::new();
    let mut session = today(&home);
    session.keys("b");
    session.wait_for("Breathe in");
    session.wait_for("Breathe out");
    session.keys("q");
    session.wait_for("Reflect on this shift");
    session.quit();
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_waits_for_a_key_does_not_wake_once_the_breaths_are_closed() {
    use std::time::Duration;
    let home = Home::new();
    let mut session = today(&home);
    session.keys("b");
    session.wait_for("Breathe in");
    let a_while = Duration::from_millis(1_200);
    let before = session.wakes();
    session.go_on_for(a_while);
    assert!(session.wakes() - before >= 4, "it moves while it is open");
    session.keys("esc");
    session.wait_for("Reflect on this shift");
    session.go_on_for(Duration::from_millis(300));
    let before = session.wakes();
    session.go_on_for(a_while);
    let woke = session.wakes() - before;
    assert!(woke <= 1, "it woke {woke} times");
}
