//! Writing a reflection: what is typed, pasted or brought from an editor arrives, and is kept.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::pty::STANDS_FOR_REPLACEMENT;
use super::session::{End, Home};
use super::{editor, offered_draft, today};

#[test]
fn a_save_just_asked_for_survives_quitting_at_once() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("'Called the ICU early' ctrl-s q");
    assert_eq!(session.wait_exit(), End::Code(0), "{session}");
    session.assert_restored();
    assert!(home.saved().contains("Called the ICU early"));
}

#[test]
fn a_whole_reflection_needs_two_keys_beside_its_text() {
    let home = Home::new();
    let mut session = today(&home);
    // The text is sent with the key that opens the editor: what is typed early must not be lost.
    session.keys("n 'Asked the nurse first' ctrl-s");
    session.wait_for("Saved.");
    assert!(home.saved().contains("Asked the nurse first"));
}

#[test]
fn a_draft_is_kept_on_leaving_and_offered_again() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("'Half a thought' esc");
    session.wait_for("Continue the unfinished reflection");
    session.quit();
    let mut session = offered_draft(&home);
    session.wait_for("Half a thought");
    assert_eq!(home.saved().trim(), "[]", "a draft is no reflection");
}

#[test]
fn a_key_after_a_change_of_size_does_not_wait_for_the_next_key() {
    let home = Home::new();
    let mut session = today(&home);
    session.keys("2");
    session.wait_for("[2 Journal]");
    for round in 0..10 {
        session.resize(90 + round, 30);
        // At first the key comes when the size is known, then together with it.
        if round < 5 {
            session.go_on_for(Duration::from_millis(60));
        }
        session.keys("1");
        session.wait_for("[1 Today]");
        session.resize(80, 24);
        session.keys("2");
        session.wait_for("[2 Journal]");
    }
}

#[test]
fn a_key_that_a_slow_line_parts_is_one_key() {
    // Within the time that Esc waits to be more; on a machine that was too busy, once more.
    let in_time = (0..10).any(|_| {
        let home = Home::new();
        let mut session = editor(&home);
        session.keys("'ab'");
        session.wait_for("ab");
        let sent = Instant::now();
        session.keys("'\x1b'");
        session.go_on_for(Duration::from_millis(10));
        session.keys("'['");
        let in_time = sent.elapsed() < Duration::from_millis(25);
        session.go_on_for(Duration::from_millis(100));
        session.keys("'1;2D'");
        session.keys("'c'");
        if in_time {
            session.wait_for("acb");
        }
        in_time
    });
    assert!(in_time, "this machine is too busy");
}

#[test]
fn an_untouched_form_leaves_nothing_behind() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("esc");
    session.wait_for("Reflect on this shift");
    session.quit();
    today(&home);
    assert_eq!(home.saved().trim(), "[]");
}

#[test]
fn killing_the_program_while_someone_types_costs_two_seconds_at_most() {
    let home = Home::new();
    // The real clock: the longest time that a draft waits is measured by it.
    let mut session = home.postcall(&["new"]).without("POSTCALL_NOW").start();
    session.wait_for("Went well");
    let begun = Instant::now();
    let mut typed: Vec<(Instant, String)> = Vec::new();
    while begun.elapsed() < Duration::from_millis(3_500) {
        let word = format!("w{:03}", typed.len());
        session.keys(&format!("'{word} '"));
        typed.push((Instant::now(), word));
        session.go_on_for(Duration::from_millis(50));
    }
    let killed = Instant::now();
    session.signal(Signal::KILL);
    assert_eq!(
        session.wait_exit(),
        End::Signal(Signal::KILL.as_raw()),
        "{session}"
    );
    let mut session = home.postcall(&[]).without("POSTCALL_NOW").start();
    session.wait_for("Continue the unfinished reflection");
    session.keys("n");
    session.wait_for("w000");
    let text = session.text();
    let old_enough = typed
        .iter()
        .filter(|(at, _)| killed.duration_since(*at) >= Duration::from_secs(2));
    for (_, word) in old_enough {
        assert!(text.contains(word), "{word} is lost\n{session}");
    }
}

#[test]
fn killing_the_program_in_a_pause_costs_nothing() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("'Every word of it'");
    session.wait_for("Every word of it");
    session.go_on_for(Duration::from_secs(1));
    session.signal(Signal::KILL);
    session.wait_exit();
    offered_draft(&home).wait_for("Every word of it");
}

#[test]
fn two_instances_keep_both_reflections() {
    let home = Home::new();
    let mut one = editor(&home);
    let mut other = editor(&home);
    one.keys("'Written in the first'");
    other.keys("'Written in the second'");
    one.wait_for("Written in the first");
    other.wait_for("Written in the second");
    one.keys("ctrl-s");
    other.keys("ctrl-s");
    one.wait_for("Saved.");
    other.wait_for("Saved.");
    let saved = home.saved();
    for text in ["Written in the first", "Written in the second"] {
        assert!(saved.contains(text), "{saved}");
    }
}

#[test]
fn a_running_instance_does_not_lose_its_draft_to_another() {
    let home = Home::new();
    let mut one = editor(&home);
    one.keys("'Still being written'");
    one.wait_for("Still being written");
    one.go_on_for(Duration::from_secs(1));
    let mut other = home.postcall(&[]).start();
    other.wait_for("This week");
    assert!(
        !other.text().contains("Continue the unfinished"),
        "the draft belongs to a living session\n{other}"
    );
}

#[test]
fn a_paste_outside_a_field_does_nothing_but_say_so() {
    let home = Home::new();
    let mut session = today(&home);
    session.paste("nqd\rqq");
    session.wait_for("othing was pasted");
    assert!(
        session.text().contains("Reflect on this shift"),
        "{session}"
    );
    session.keys("n");
    session.wait_for("Went well");
    assert!(!session.text().contains("nqd"), "{session}");
}

#[test]
fn a_paste_into_a_field_keeps_its_lines_and_never_reaches_the_terminal_raw() {
    let home = Home::new();
    let mut session = editor(&home);
    // Sent without brackets these bytes would clear the screen, ring, and end the alternate screen.
    session.paste("first line\r\nsecond\x07 line\r\n\x1b[?1049l\x1b[2Jthird line");
    session.wait_for("first line");
    session.wait_for(&format!("second{STANDS_FOR_REPLACEMENT} line"));
    session.wait_for("third line");
    assert!(session.screen().alternate_screen(), "{session}");
    session.keys("ctrl-s");
    session.wait_for("Saved.");
    let saved = home.saved();
    assert!(saved.contains(r"first line\nsecond"), "{saved}");
    assert!(!saved.contains(r"\r"), "lines end as they do here: {saved}");
}

#[test]
fn a_paste_larger_than_a_field_is_refused_whole() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("'Before.'");
    session.wait_for("Before.");
    session.paste(&"x".repeat(64 * 1024));
    session.wait_until("the paste is refused in words", |screen| {
        let text = screen.contents();
        text.contains("64") && text.contains("KiB") || text.contains("oo long")
    });
    session.keys("ctrl-s");
    session.wait_for("Saved.");
    let saved = home.saved();
    assert!(
        saved.contains("Before.") && !saved.contains("xxx"),
        "{saved}"
    );
}

#[test]
fn only_white_space_is_not_saved() {
    let home = Home::new();
    let mut session = editor(&home);
    session.keys("space space ctrl-s");
    session.wait_for("Not saved");
    assert_eq!(home.saved().trim(), "[]");
}
