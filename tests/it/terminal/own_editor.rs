//! The text of a field in the user's own editor: it comes back, or it stays where it can be found.

use std::fs;
use std::path::PathBuf;

use rustix::process::Signal;

use super::session::{Home, Session, names_in};

/// The program with a text typed and handed to a script.
fn handed_to(home: &Home, script: &str) -> Session {
    let file = home.path("editor.sh");
    fs::write(&file, script).expect("a script");
    let mut session = home
        .postcall(&["new"])
        .with("EDITOR", format!("/bin/sh {}", file.display()))
        .on(160, 24)
        .start();
    session.wait_for("Went well");
    session.keys("'As it was.' ctrl-o");
    session
}

fn files(home: &Home) -> Vec<PathBuf> {
    let folder = home.path("journal/editing");
    let paths = names_in(&folder).into_iter().map(|name| folder.join(name));
    paths.collect()
}

#[test]
fn a_field_goes_to_the_own_editor_and_back_and_no_copy_stays() {
    let home = Home::new();
    let (script, seen) = (home.path("editor.sh"), home.path("seen"));
    let commands = format!(
        "ls -l \"$1\" | cut -c1-10 > {seen}\ncat \"$1\" >> {seen}\nprintf ' And more.\\n' >> \"$1\"\n",
        seen = seen.display()
    );
    fs::write(&script, commands).expect("a script");
    let mut session = home
        .postcall(&["new"])
        .with("EDITOR", format!("/bin/sh {}", script.display()))
        .start();
    session.wait_for("Went well");
    session.keys("'A first line.' ctrl-o");
    session.wait_for("A first line. And more.");
    session.keys("ctrl-s");
    session.wait_for("Saved.");
    let seen = fs::read_to_string(seen).expect("the editor ran");
    assert_eq!(seen, "-rw-------\nA first line.");
    assert_eq!(
        names_in(&home.path("journal/editing")),
        Vec::<String>::new(),
        "the file is gone"
    );
    assert!(home.saved().contains("A first line. And more."));
    session.quit();
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let home = Home::new();
    for editor in ["false", "/nowhere/at/all"] {
        let mut session = home.postcall(&["new"]).with("EDITOR", editor).start();
        session.wait_for("Went well");
        session.keys("'As it was.' ctrl-o");
        session.wait_until("the failure is said", |screen| {
            let text = screen.contents();
            text.contains("ended with an error") || text.contains("could not be started")
        });
        session.wait_for("As it was.");
        session.signal(Signal::TERM);
        session.wait_exit();
        session.assert_restored();
    }
}

#[test]
fn a_text_that_an_editor_wrote_before_it_failed_is_named() {
    let home = Home::new();
    let mut session = handed_to(&home, "printf ' And new.' >> \"$1\"; exit 3");
    session.wait_for("ended with an error. What it wrote is in");
    session.wait_for("As it was.");
    let left = files(&home);
    let [file] = left.as_slice() else {
        panic!("not one file: {left:?}\n{session}")
    };
    let text = fs::read_to_string(file).expect("the file");
    assert_eq!(text, "As it was. And new.");
    // It stays when later texts are taken, and the next start tells of it.
    session.keys("ctrl-s");
    session.wait_for("Saved.");
    session.quit();
    assert_eq!(files(&home), left);
    let mut session = home.postcall(&[]).on(160, 24).start();
    session.wait_for("Text of an external editor was left in");
}

#[test]
fn a_text_that_is_too_long_for_a_field_stays_in_its_file() {
    let home = Home::new();
    let script = "head -c 70000 /dev/zero | tr '\\0' x > \"$1\"";
    let mut session = handed_to(&home, script);
    session.wait_for("is longer than the 64 KiB of a field. It is in");
    session.wait_for("As it was.");
    session.keys("'!'");
    session.wait_for("As it was.!");
    let sizes = files(&home).into_iter().map(|file| {
        let metadata = fs::metadata(file).expect("the file");
        metadata.len()
    });
    assert_eq!(sizes.collect::<Vec<_>>(), [70_000], "{session}");
}

#[test]
fn a_file_that_another_instance_edits_now_was_not_left() {
    let home = Home::new();
    let mut one = handed_to(&home, "echo 'Add a line:'; read -r line");
    one.wait_for("Add a line:");
    let mut other = home.postcall(&[]).on(160, 24).start();
    other.wait_for("This week");
    assert!(!other.text().contains("was left in"), "{other}");
    one.keys("enter");
    one.wait_for("As it was.");
    one.keys("ctrl-s");
    one.wait_for("Saved.");
    assert_eq!(files(&home), Vec::<PathBuf>::new());
}

#[test]
fn using_the_own_editor_again_at_once_leaves_no_file() {
    let home = Home::new();
    let mut session = handed_to(&home, "printf '+' >> \"$1\"");
    session.keys("ctrl-o ctrl-o");
    session.wait_for("As it was.+++");
    session.keys("ctrl-s");
    session.wait_for("Saved.");
    assert_eq!(files(&home), Vec::<PathBuf>::new());
}
