//! What goes wrong around the program: no journal, no terminal, a reader that leaves, bad files.

use std::io::{BufRead, BufReader};

use super::Home;

#[test]
fn reading_commands_make_no_file_and_say_that_there_is_no_journal_yet() {
    let home = Home::new();
    for args in [
        &["list"][..],
        &["search", "x"],
        &["trash"],
        &["due"],
        &["due", "--short"],
        &["backup", "list"],
        &["path"],
        &["config", "print"],
        &["templates"],
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    }
    for args in [
        &["list"][..],
        &["search", "x"],
        &["trash"],
        &["due"],
        &["backup", "list"],
    ] {
        assert_eq!(home.json(args), serde_json::json!([]), "{args:?}");
    }
    for args in [
        &["show", "last"][..],
        &["delete", "abcdef"],
        &["restore", "abcdef"],
        &["close", "last", "helped"],
        &["backup"],
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.err);
        assert!(ran.err.contains("no journal yet"), "{args:?}: {}", ran.err);
    }
    assert_eq!(home.files(), Vec::<String>::new());
}

#[test]
fn ids_that_do_not_exist_or_are_no_ids_are_told_apart() {
    let home = Home::new();
    home.add(&["--well", "x"]);
    let said = home.transcript(
        &[
            &["show", "000000"],
            &["show", "abc"],
            &["close", "last", "helped"],
            &["close", "last", "hepled"],
            &["list", "energy:9"],
            &["list", "-n", "0"],
            &["lst"],
        ],
        &[],
    );
    insta::assert_snapshot!(said, @r#"
    $ postcall show 000000
    ! There is no reflection "000000". `postcall list` and `postcall trash` show the ids.
    [1]
    $ postcall show abc
    ! error: invalid value 'abc' for '<ID>': "abc" is not an id: give at least its last 6 characters, as shown by `list`
    !
    ! For more information, try '--help'.
    [2]
    $ postcall close last helped
    ! There is no experiment yet.
    [1]
    $ postcall close last hepled
    ! error: invalid value 'hepled' for '<OUTCOME>': no outcome "hepled"; did you mean "helped"? Allowed: helped, mixed, no_help, not_tried, no_chance, dropped, habit, faded
    !
    ! For more information, try '--help'.
    [2]
    $ postcall list energy:9
    ! The query, column 8: "9" is not an energy level; allowed: 1 to 5, like 2, <=2, >3 or 1-3.
    [2]
    $ postcall list -n 0
    ! error: invalid value '0' for '-n <N>': 0 is not in 1..=4294967295
    !
    ! For more information, try '--help'.
    [2]
    $ postcall lst
    ! error: unrecognized subcommand 'lst'
    !
    !   tip: a similar subcommand exists: 'list'
    !
    ! Usage: postcall [OPTIONS] [COMMAND]
    !
    ! For more information, try '--help'.
    [2]
    "#);
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let home = Home::new();
    let file = home.path("many.sqlite").display().to_string();
    let made = home.run(&["demo", "--write", &file, "--entries", "2000"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let mut child = home
        .command(&["list", "--json", "--journal", &file])
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_reflection_is_saved_even_if_its_id_cannot_be_printed() {
    let home = Home::new();
    let full = || {
        std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    let add = home
        .command(&["add", "--well", "x"])
        .stdout(full())
        .output()
        .unwrap();
    assert_eq!(add.status.code(), Some(0));
    let list = home.command(&["list"]).stdout(full()).output().unwrap();
    assert_eq!(list.status.code(), Some(1));
    assert_eq!(home.json(&["list"]).as_array().unwrap().len(), 1);
}

#[test]
fn the_screen_asks_for_a_terminal_in_one_line() {
    let home = Home::new();
    let id = home.add(&["--well", "x"]);
    for args in [&[][..], &["new"], &["edit", &id], &["demo"]] {
        let ran = home.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
    }
}

#[test]
fn files_that_are_no_journals_are_named_and_left_as_they_are() {
    let home = Home::new();
    std::fs::write(home.path("empty"), "").unwrap();
    std::fs::write(home.path("garbage"), "garbage ".repeat(1000)).unwrap();
    std::fs::create_dir(home.path("folder")).unwrap();
    for name in ["empty", "garbage", "folder"] {
        let file = home.path(name).display().to_string();
        let before = std::fs::read(&file).ok();
        for args in [&["list"][..], &["add", "--well", "secret"]] {
            let ran = home.run(&[args, &["--journal", &file]].concat());
            assert_eq!(ran.code, 1, "{name} {args:?}: {}", ran.err);
            assert!(ran.err.contains(&file), "{name} {args:?}: {}", ran.err);
            assert!(!ran.err.contains("secret"), "{}", ran.err);
        }
        let short = home.run(&["due", "--short", "--journal", &file]);
        assert_eq!(
            (short.code, short.out + &short.err),
            (0, String::new()),
            "{name}"
        );
        assert_eq!(std::fs::read(&file).ok(), before, "{name}");
    }
}

#[test]
fn a_clock_that_cannot_be_read_is_refused_except_in_a_prompt() {
    let home = Home::new();
    let ran = |args: &[&str]| {
        let output = home.command(args).env("POSTCALL_NOW", "noon").output();
        super::Ran::of(output.unwrap())
    };
    let list = ran(&["list"]);
    assert_eq!(list.code, 2);
    assert!(list.err.contains("noon"), "{}", list.err);
    let short = ran(&["due", "--short"]);
    assert_eq!((short.code, short.err.as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_keeps_nothing_and_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let folder = home.path("locked");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(folder.join("probe"), "").is_ok() {
        // Permissions do not bind this user (root).
        return;
    }
    let file = folder.join("journal.sqlite").display().to_string();
    let ran = home.run_with(&["add", "-", "--journal", &file], b"secret");
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("Nothing was saved"), "{}", ran.err);
    assert!(!ran.err.contains("secret"), "{}", ran.err);
}

#[test]
fn a_backup_is_made_listed_and_put_back() {
    let home = Home::new();
    home.add(&["--well", "before"]);
    let copy = home.path("copy.sqlite").display().to_string();
    let made = home.run(&["backup", &copy]);
    assert_eq!(
        (made.code, made.out.trim()),
        (0, copy.as_str()),
        "{}",
        made.err
    );
    assert_eq!(
        home.run(&["backup", &copy]).code,
        1,
        "a file is never written over"
    );
    home.add(&["--well", "after"]);
    let restored = home.run(&["backup", "restore", &copy]);
    assert_eq!(restored.code, 0, "{}", restored.err);
    let list = home.json(&["list"]);
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["went_well"], "before");
    let backups = home.json(&["backup", "list"]);
    let daily = backups[0]["path"].as_str().unwrap();
    assert!(std::path::Path::new(daily).exists(), "{daily}");
    let nothing = home.run(&["backup", "restore", "no-such-file"]);
    assert_eq!(nothing.code, 1, "{}", nothing.err);
    assert_eq!(home.json(&["list"]), list);
}
