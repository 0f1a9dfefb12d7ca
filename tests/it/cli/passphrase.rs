//! The passphrase from the command line: set, changed, removed, asked for, never shown.

use std::fs;
#[cfg(unix)]
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
#[cfg(unix)]
use std::process::Stdio;

use super::{Home, Ran};

/// A file with a passphrase, as an editor leaves it.
fn file(home: &Home, name: &str, passphrase: &str) -> PathBuf {
    let path = home.path(name);
    fs::write(&path, format!("{passphrase}\n")).unwrap();
    path
}

fn with(home: &Home, file: &PathBuf, args: &[&str]) -> Ran {
    let mut command = home.command(args);
    command.env("POSTCALL_PASSPHRASE_FILE", file);
    Ran::of(command.output().unwrap())
}

fn is_plain(home: &Home) -> bool {
    fs::read(home.path("journal.sqlite"))
        .unwrap()
        .starts_with(b"SQLite format 3\0")
}

#[test]
fn it_is_set_changed_and_removed_and_every_row_stays() {
    let home = Home::new();
    home.add(&["--well", "asked the nurse first"]);
    let (old, new) = (file(&home, "old", "four words"), file(&home, "new", "five"));
    let set = with(&home, &old, &["passphrase", "set"]);
    assert_eq!(
        (set.code, set.err.trim()),
        (0, "The journal is encrypted now.")
    );
    assert!(!is_plain(&home));
    let listed = with(&home, &old, &["list"]);
    assert!(
        listed.out.contains("asked the nurse first"),
        "{}",
        listed.err
    );

    let args = ["passphrase", "change", "--new-passphrase-file"];
    let args = [&args[..], &[new.to_str().unwrap()]].concat();
    assert_eq!(with(&home, &old, &args).code, 0);
    assert_eq!(with(&home, &old, &["list"]).code, 3);
    assert_eq!(with(&home, &new, &["list"]).out, listed.out);

    assert_eq!(with(&home, &old, &["passphrase", "remove"]).code, 3);
    assert_eq!(with(&home, &new, &["passphrase", "remove"]).code, 0);
    assert!(is_plain(&home));
    assert_eq!(home.run(&["list"]).out, listed.out);
}

#[test]
fn a_locked_journal_ends_a_command_with_one_line_and_code_three() {
    let home = Home::new();
    home.add(&["--next", "If a, then b", "--due", "0d"]);
    let right = file(&home, "right", "four words");
    let wrong = file(&home, "wrong", "other words");
    assert_eq!(with(&home, &right, &["passphrase", "set"]).code, 0);
    for args in [
        &["list"][..],
        &["show", "last", "--json"],
        &["due"],
        &["backup"],
        &["passphrase", "change"],
        &["add", "--well", "something"],
    ] {
        let locked = home.run(args);
        assert_eq!((locked.code, locked.out.as_str()), (3, ""), "{args:?}");
        assert!(
            locked.err.contains("is locked with a passphrase"),
            "{}",
            locked.err
        );
        let refused = with(&home, &wrong, args);
        assert_eq!((refused.code, refused.out.as_str()), (3, ""), "{args:?}");
        assert!(
            refused
                .err
                .starts_with("Wrong passphrase, or the file is damaged: "),
            "{}",
            refused.err
        );
    }
    assert_eq!(home.run(&["list"]).err.lines().count(), 1);
    // What cannot be looked through is not read, whatever the reason.
    let unread = home.run(&["check", "--journal"]);
    assert_eq!((unread.code, unread.out.as_str()), (2, ""));
    assert!(unread.err.contains("is locked with"), "{}", unread.err);
    // In a shell prompt.
    let short = home.run(&["due", "--short"]);
    assert_eq!((short.code, short.out + &short.err), (0, String::new()));
    assert!(
        with(&home, &right, &["due", "--short"])
            .out
            .starts_with("Due: ")
    );
}

#[test]
fn what_cannot_be_a_passphrase_is_refused_before_anything_happens() {
    let home = Home::new();
    home.add(&["--well", "kept"]);
    let before = fs::read(home.path("journal.sqlite")).unwrap();
    for (what, why) in [("", "is empty"), ("x'00ff'", "raw key")] {
        let file = file(&home, "refused", what);
        let ran = with(&home, &file, &["passphrase", "set"]);
        assert_eq!(ran.code, 3);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    let nowhere = home.path("nowhere");
    assert_eq!(with(&home, &nowhere, &["passphrase", "set"]).code, 3);
    let nobody = home.run(&["passphrase", "set"]);
    assert_eq!(nobody.code, 2, "{}", nobody.err);
    assert_eq!(fs::read(home.path("journal.sqlite")).unwrap(), before);
    for args in [["passphrase", "change"], ["passphrase", "remove"]] {
        let none = home.run(&args);
        assert_eq!(none.code, 1, "{}", none.err);
        assert!(none.err.contains("has no passphrase"), "{}", none.err);
    }
}

#[test]
fn a_second_set_says_that_there_is_one() {
    let home = Home::new();
    let mine = file(&home, "mine", "four words");
    assert_eq!(with(&home, &mine, &["add", "--well", "x"]).code, 0);
    assert!(
        !is_plain(&home),
        "a journal that was not there yet is made encrypted"
    );
    let again = with(&home, &mine, &["passphrase", "set"]);
    assert_eq!(again.code, 1);
    assert!(
        again.err.contains("has a passphrase already"),
        "{}",
        again.err
    );
}

#[test]
fn backups_of_before_are_replaced_unless_they_are_to_be_kept() {
    let home = Home::new();
    home.add(&["--well", "kept"]);
    let mine = file(&home, "mine", "four words");
    let kept = with(&home, &mine, &["passphrase", "set", "--keep-backups"]);
    assert_eq!(kept.code, 0);
    assert!(
        kept.err.contains("still open as the journal did before"),
        "{}",
        kept.err
    );
    assert!(
        kept.err.contains("backups/journal-20261121-081000.sqlite"),
        "{}",
        kept.err
    );
    assert_eq!(with(&home, &mine, &["passphrase", "remove"]).code, 0);
    assert_eq!(with(&home, &mine, &["passphrase", "set"]).code, 0);
    let backups = home.json(&["backup", "list"]);
    assert_eq!(backups.as_array().unwrap().len(), 1);
    let backup = backups[0]["path"].as_str().unwrap();
    assert!(!fs::read(backup).unwrap().starts_with(b"SQLite"));
}

#[cfg(unix)]
#[test]
fn an_open_file_descriptor_gives_it_too() {
    let home = Home::new();
    home.add(&["--well", "kept"]);
    let mine = file(&home, "mine", "four words");
    assert_eq!(with(&home, &mine, &["passphrase", "set"]).code, 0);
    let mut command = home.command(&["list", "--passphrase-fd", "0"]);
    command.stdin(fs::File::open(&mine).unwrap());
    let listed = Ran::of(command.output().unwrap());
    assert!(listed.out.contains("kept"), "{}", listed.err);
}

/// Runs a command whose standard input this program holds, read up to its passphrase.
#[cfg(unix)]
fn with_stdin(home: &Home, stdin: impl Into<Stdio>, args: &[&str]) -> Ran {
    let mut command = home.command(args);
    command.stdin(stdin);
    Ran::of(command.output().unwrap())
}

#[cfg(unix)]
#[test]
fn a_descriptor_is_read_from_where_it_stands_to_the_end_of_the_line_whatever_it_is() {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;

    let home = Home::new();
    home.add(&["--well", "kept"]);
    let mine = file(&home, "mine", "four words");
    assert_eq!(with(&home, &mine, &["passphrase", "set"]).code, 0);
    let list = ["list", "--passphrase-fd", "0"];

    let lines = file(&home, "lines", "not this one\nfour words\r\nnor this one");
    let mut advanced = fs::File::open(lines).unwrap();
    advanced.seek(SeekFrom::Start(13)).unwrap();
    let shared = advanced.try_clone().unwrap();
    let listed = with_stdin(&home, shared, &list);
    assert!(listed.out.contains("kept"), "{}", listed.err);
    let mut rest = String::new();
    advanced.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "nor this one\n");

    let (near, mut far) = UnixStream::pair().unwrap();
    far.write_all(b"four words\n").unwrap();
    let listed = with_stdin(&home, OwnedFd::from(near), &list);
    assert!(listed.out.contains("kept"), "{}", listed.err);

    let closed = home.run(&["list", "--passphrase-fd", "77"]);
    assert_eq!(closed.code, 3);
    assert!(
        closed
            .err
            .starts_with("No passphrase could be read from file descriptor 77: "),
        "{}",
        closed.err
    );
}

#[test]
fn standard_input_is_not_both_the_passphrase_and_the_text() {
    let home = Home::new();
    home.add(&["--well", "kept"]);
    let mine = file(&home, "mine", "four words");
    assert_eq!(with(&home, &mine, &["passphrase", "set"]).code, 0);
    for args in [
        &["add", "-", "--passphrase-fd", "0"][..],
        &["--passphrase-fd", "0", "add", "-"],
        &["--passphrase-fd=0", "check", "-"],
    ] {
        let ran = home.run_with(args, b"four words\nasked the nurse first\n");
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains("cannot be both"), "{}", ran.err);
    }
    assert_eq!(with(&home, &mine, &["list"]).out.lines().count(), 1);
}

#[test]
fn a_passphrase_that_nothing_needs_may_be_anywhere() {
    let home = Home::new();
    let nowhere = home.path("nowhere");
    let unread = with(&home, &nowhere, &["add", "--well", "asked first"]);
    assert_eq!((unread.code, unread.out.as_str()), (3, ""));
    assert!(
        !home.path("journal.sqlite").exists(),
        "no journal is begun that would have no passphrase"
    );
    home.add(&["--well", "asked first"]);
    for args in [&["list"][..], &["add", "--well", "again"], &["backup"]] {
        let ran = with(&home, &nowhere, args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    }
    assert_eq!(with(&home, &nowhere, &["passphrase", "set"]).code, 3);
}

#[test]
fn a_backup_without_a_passphrase_takes_the_place_of_a_journal_with_one_only_when_that_is_meant() {
    let home = Home::new();
    home.add(&["--well", "asked the nurse first"]);
    let plain = home.path("plain.sqlite");
    let plain = plain.to_str().unwrap();
    assert_eq!(home.run(&["backup", plain]).code, 0);
    let mine = file(&home, "mine", "four words");
    assert_eq!(with(&home, &mine, &["passphrase", "set"]).code, 0);

    let refused = with(&home, &mine, &["backup", "restore", plain]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("has no passphrase"), "{}", refused.err);
    assert!(!is_plain(&home));

    let restored = with(&home, &mine, &["backup", "restore", plain, "--yes"]);
    assert_eq!(restored.code, 0, "{}", restored.err);
    assert!(
        restored.err.contains("It has no passphrase now"),
        "{}",
        restored.err
    );
    assert!(is_plain(&home));
    // Nothing to ask about between two plain ones.
    assert_eq!(home.run(&["backup", "restore", plain]).code, 0);
}

#[test]
fn a_name_with_no_journal_is_given_no_passphrase_where_nobody_can_be_asked() {
    let home = Home::new();
    home.add(&["--well", "kept"]);
    let mine = file(&home, "mine", "four words");
    let slip = home.path("jurnal.sqlite");
    let args = ["--journal", slip.to_str().unwrap(), "passphrase", "set"];
    let ran = with(&home, &mine, &args);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    let words = format!("There is no journal yet at {}, so nothing", slip.display());
    assert!(ran.err.starts_with(&words), "{}", ran.err);
    assert!(!slip.exists() && is_plain(&home));
}

#[test]
fn a_backup_under_an_older_passphrase_is_named_as_what_needs_it() {
    let home = Home::new();
    home.add(&["--well", "asked the nurse first"]);
    let (old, new) = (file(&home, "old", "four words"), file(&home, "new", "five"));
    assert_eq!(with(&home, &old, &["passphrase", "set"]).code, 0);
    let backup = home.path("older.sqlite");
    let backup = backup.to_str().unwrap();
    assert_eq!(with(&home, &old, &["backup", backup]).code, 0);
    let change = ["passphrase", "change", "--new-passphrase-file"];
    let change = [&change[..], &[new.to_str().unwrap()]].concat();
    assert_eq!(with(&home, &old, &change).code, 0);

    let restore = ["backup", "restore", backup];
    for refused in [home.run(&restore), with(&home, &new, &restore)] {
        assert_eq!(refused.code, 3, "{}", refused.err);
        assert!(refused.err.contains("older.sqlite"), "{}", refused.err);
        let hint = "opens with the passphrase it was made with. Nothing was changed.";
        assert!(refused.err.contains(hint), "{}", refused.err);
    }
    assert_eq!(with(&home, &new, &["list"]).code, 0);
    let restored = with(&home, &old, &restore);
    assert!(
        restored
            .err
            .contains("passphrase that the backup was made with"),
        "{}",
        restored.err
    );
    assert_eq!(with(&home, &old, &["list"]).code, 0);
}

#[cfg(unix)]
#[test]
fn another_name_of_the_file_of_before_is_spoken_of() {
    let home = Home::new();
    home.add(&["--well", "kept"]);
    let other = home.path("other-name.sqlite");
    fs::hard_link(home.path("journal.sqlite"), &other).unwrap();
    let mine = file(&home, "mine", "four words");
    let set = with(&home, &mine, &["passphrase", "set"]);
    assert_eq!(set.code, 0, "{}", set.err);
    assert!(
        set.err.contains("had another name (hard links)"),
        "{}",
        set.err
    );
    assert!(fs::read(&other).unwrap().starts_with(b"SQLite format 3\0"));
    let removed = with(&home, &mine, &["passphrase", "remove"]);
    assert!(!removed.err.contains("another name"), "{}", removed.err);
}

#[test]
fn a_damaged_journal_stays_as_it_is_and_the_newest_backup_is_the_next_step() {
    let home = Home::new();
    let long = "what was written ".repeat(1_500);
    home.add(&["--well", &format!("{long}zzmarker {long}")]);
    let journal = home.path("journal.sqlite");
    let mut bytes = fs::read(&journal).unwrap();
    let marker = b"written zzmarker what";
    let at = bytes.windows(marker.len()).position(|w| w == marker);
    // What a start does not read: where the long text goes on.
    let page = at.unwrap() / 4096 * 4096;
    bytes[page..page + 4].fill(0);
    fs::write(&journal, &bytes).unwrap();
    let mine = file(&home, "mine", "four words");
    let ran = with(&home, &mine, &["passphrase", "set"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err
            .starts_with("Changing the passphrase failed: the journal file is damaged"),
        "{}",
        ran.err
    );
    let backup = home.path("backups").join("journal-20261121-081000.sqlite");
    let words = format!("The newest backup is {}", backup.display());
    assert!(ran.err.contains(&words), "{}", ran.err);
    assert!(is_plain(&home));
    let left = home.files();
    assert!(
        left.iter()
            .all(|name| !name.contains(".making") && !name.contains(".changing")),
        "{left:?}"
    );
}
