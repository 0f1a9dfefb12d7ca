//! Every way out of the program, and the way back from a pause.

use rustix::process::Signal;

use super::session::{End, Home};
use super::{editor, offered_draft, today};

#[test]
fn suspending_gives_the_terminal_back_and_continuing_takes_it_again() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("'Typed before the pause'");
    session.wait_for("Typed before the pause");
    session.keys("ctrl-z");
    session.wait_stopped();
    session.assert_restored();
    session.signal(Signal::CONT);
    session.wait_for("Typed before the pause");
    assert!(session.screen().alternate_screen(), "{session}");
    session.keys("' and after it' ctrl-s q");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    session.assert_restored();
    assert!(home.saved().contains("Typed before the pause and after it"));
}

#[test]
fn being_asked_to_stop_by_signal_is_a_suspension_too() {
    let home = Home::new();
    let mut session = today(&home);
    session.signal(Signal::TSTP);
    session.wait_stopped();
    session.assert_restored();
    session.signal(Signal::CONT);
    session.wait_for("Reflect on this shift");
    session.quit();
}

#[test]
fn a_text_is_kept_while_the_program_is_suspended() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("'Paused and then lost' ctrl-z");
    session.wait_stopped();
    session.signal(Signal::KILL);
    session.wait_exit();
    offered_draft(&home).wait_for("Paused and then lost");
}

#[test]
fn being_told_to_end_keeps_the_draft_and_restores_the_terminal() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let home = Home::new();
        let mut session = editor(&home);
        session.keys("'Cut off in the middle'");
        session.wait_for("Cut off in the middle");
        session.signal(signal);
        let end = session.wait_exit();
        assert!(
            matches!(end, End::Code(_)),
            "{signal:?}: {end:?}\n{session}"
        );
        session.assert_restored();
        offered_draft(&home).wait_for("Cut off in the middle");
    }
}

#[test]
fn a_lost_connection_keeps_the_draft() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("'On a shaky line'");
    session.wait_for("On a shaky line");
    session.hang_up();
    let end = session.wait_exit();
    assert!(matches!(end, End::Code(_)), "{end:?}");
    offered_draft(&home).wait_for("On a shaky line");
}

#[test]
fn painting_again_repairs_a_disturbed_screen() {
    let home = Home::new();
    let mut session = today(&home);
    // Another program wrote over the screen.
    session.disturb(b"\x1b[2J\x1b[Hbroadcast message");
    session.wait_gone("Reflect on this shift");
    session.keys("ctrl-l");
    session.wait_for("Reflect on this shift");
    session.wait_gone("broadcast message");
}
