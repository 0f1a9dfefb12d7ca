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
    for args in [&["week"][..], &["trends"]] {
        let said = home.run(args);
        assert_eq!((said.code, said.out.as_str()), (0, ""), "{args:?}");
        assert!(
            said.err.contains("no journal yet"),
            "{args:?}: {}",
            said.err
        );
        assert_eq!(home.json(args)["reflections"], 0, "{args:?}");
    }
    assert_eq!(home.files(), Vec::<String>::new());
}

#[test]
fn a_new_journal_is_spoken_of_once_whichever_command_begins_it() {
    let commands = [
        &["add", "--well", "asked first"][..],
        &["goal", "add", "feedback", "--why", "late"],
        &["rotation", "start", "ICU"],
        &["shift"],
    ];
    for args in commands {
        let home = Home::new();
        let path = home.path("new").join("jurnal.sqlite");
        let path = path.to_str().unwrap();
        let args = [&["--journal", path], args].concat();
        let words = format!("A new journal was begun at {path}.");
        let begun = home.run(&args);
        assert_eq!(begun.code, 0, "{args:?}: {}", begun.err);
        assert!(begun.err.contains(&words), "{args:?}: {}", begun.err);
        let again = home.run(&["--journal", path, "add", "--well", "more"]);
        assert!(!again.err.contains("A new journal"), "{}", again.err);
    }
}

#[test]
fn a_competency_is_taken_by_its_name_or_what_only_it_begins_with() {
    let home = Home::new();
    for given in [
        "Giving and SEEKING feedback",
        " feedback",
        "giving a",
        "feedb",
    ] {
        let args = ["add", "--well", "x", "--competency", given, "--json"];
        let added = home.run(&args);
        let added: serde_json::Value = serde_json::from_str(&added.out).unwrap();
        assert_eq!(added["competencies"], serde_json::json!(["feedback"]));
    }
    let stdin = br#"{"went_well": "x", "competencies": ["Giving and seeking feedback"]}"#;
    assert_eq!(home.run_with(&["add", "-"], stdin).code, 0);
    for query in ["comp:feed", r#"comp:"giving and seeking""#, "comp:giving"] {
        let found = home.json(&["list", query]);
        assert_eq!(found.as_array().map(Vec::len), Some(5), "{query}");
    }
    let goal = home.run(&[
        "goal",
        "add",
        "Giving and seeking feedback",
        "--why",
        "late",
    ]);
    assert_eq!(goal.code, 0, "{}", goal.err);
    let named = home.run(&["goal", "edit", "giving", "--why", "vague"]);
    assert_eq!(named.code, 0, "{}", named.err);

    for (given, words) in [
        (
            "Giving and seaking feedback",
            "did you mean \"Giving and seeking feedback\"?",
        ),
        ("m", "may mean more than one competency: meetings, "),
    ] {
        let ran = home.run(&["add", "--well", "x", "--competency", given]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
    let near = home.run(&["list", "comp:feedbak"]);
    assert!(
        near.err.contains("Did you mean \"feedback\"?"),
        "{}",
        near.err
    );
}

#[test]
fn a_quote_that_is_not_closed_is_spoken_of() {
    let home = Home::new();
    home.add(&["--well", "asked the nurse first"]);
    for args in [
        &["list", "\"asked the"][..],
        &["search", "well:\"asked the"],
    ] {
        let open = home.run(args);
        assert_eq!((open.code, open.out.lines().count()), (0, 1), "{args:?}");
        assert!(
            open.err.contains("quote in the query is not closed"),
            "{}",
            open.err
        );
    }
    let closed = home.run(&["list", "\"asked the\""]);
    assert_eq!((closed.code, closed.err.as_str()), (0, ""));
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
    ! error: invalid value '0' for '-n <N>': give a whole number, 1 or more
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

#[test]
fn a_slip_is_answered_with_what_was_meant_or_what_is_allowed() {
    let home = Home::new();
    for (args, code, words) in [
        (
            &["add", "--well", "x", "--shift", "nite"][..],
            2,
            "did you mean \"night\"?",
        ),
        (
            &["add", "--well", "x", "--competency", "ICS2"],
            2,
            "did you mean \"acgme:ICS2\"?",
        ),
        (
            &["add", "--well", "x", "--energy", "three"],
            2,
            "a whole number from 1 (empty) to 5 (full)",
        ),
        (&["list", "-n", "x"], 2, "a whole number, 1 or more"),
        (
            &["list", "comp:zzz"],
            0,
            "No competency begins with \"zzz\".",
        ),
        (&["search", "template:zzz"], 0, "No template begins with"),
        (&["list", "signal:zzz"], 0, "No signal begins with"),
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, code, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
    std::fs::write(
        home.path("c.toml"),
        "week_starts = \"sundy\"\nacademic_year_starts = \"agust\"\n",
    )
    .unwrap();
    let file = home.path("c.toml").display().to_string();
    let checked = home.run(&["config", "check", "--config", &file]);
    for day in ["\"sunday\"", "\"august\""] {
        assert!(checked.out.contains(day), "{}", checked.out);
    }
    let help = home.run(&["add", "--help"]);
    assert!(!help.out.contains("[-]..."), "{}", help.out);
}

#[test]
fn a_reflection_in_the_trash_is_said_to_be_there() {
    let home = Home::new();
    let id = home.add(&["--next", "If, then"]);
    assert_eq!(home.run(&["delete", &id]).code, 0);
    for (args, code) in [
        (&["show", &id][..], 0),
        (&["delete", &id], 1),
        (&["close", &id, "helped"], 1),
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, code, "{args:?}: {}", ran.err);
        assert!(ran.err.contains("in the trash"), "{args:?}: {}", ran.err);
        assert!(code == 0 || ran.err.contains(&id), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_backup_that_cannot_be_made_and_a_file_that_is_no_journal_come_with_a_next_step() {
    let home = Home::new();
    home.add(&["--well", "x"]);
    let there = home.path("journal.sqlite").display().to_string();
    let nowhere = home.path("nofolder/x").display().to_string();
    for (file, words) in [(&there, "another file name"), (&nowhere, "Make it first")] {
        let ran = home.run(&["backup", file]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
    for content in [&b""[..], &[7; 5000]] {
        std::fs::write(home.path("other"), content).unwrap();
        let other = home.path("other").display().to_string();
        let ran = home.run(&["list", "--journal", &other]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(ran.err.contains("Move it away"), "{}", ran.err);
    }
    assert_eq!(home.run(&["backup"]).code, 0);
    let made_at = home.json(&["backup", "list"])[0]["made_at"].to_string();
    assert!(made_at.ends_with("+01:00\""), "{made_at}");
}

#[cfg(unix)]
#[test]
fn a_path_is_exact_for_a_script_that_opens_it_and_visible_in_a_sentence() {
    let home = Home::new();
    let path = home.path("my\u{1b}own.sqlite");
    let path = path.to_str().unwrap();
    let begun = home.run(&["--journal", path, "add", "--well", "x"]);
    assert!(!begun.err.contains('\u{1b}'), "{:?}", begun.err);
    let said = home.run(&["--journal", path, "path"]);
    assert_eq!(said.out, format!("{path}\n"));
    let made = home.run(&["--journal", path, "backup"]);
    assert!(
        std::path::Path::new(made.out.trim_end()).exists(),
        "{:?}",
        made.out
    );
}

/// A limit on the length of files stands for a disk without room: what is there can be read.
#[cfg(unix)]
#[test]
fn on_a_full_disk_the_journal_can_be_read_and_says_why_it_cannot_be_written() {
    let home = Home::new();
    home.add(&["--well", "kept before the disk was full"]);
    let full = |args: &[&str]| {
        let mut command = home.command(args);
        let program = command.get_program().to_owned();
        let mut shell = std::process::Command::new("/bin/sh");
        shell
            .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\""])
            .arg(program)
            .args(args)
            .env_clear()
            .envs(
                command
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .stdin(std::process::Stdio::null());
        command.env_clear();
        crate::cli::Ran::of(shell.output().unwrap())
    };
    let list = full(&["list"]);
    assert_eq!(list.code, 0, "{}", list.err);
    assert!(
        list.out.contains("kept before the disk was full"),
        "{}",
        list.out
    );
    let add = full(&["add", "--well", "no room for this"]);
    assert_eq!(add.code, 1, "{}", add.err);
    assert!(add.err.contains("the disk is full"), "{}", add.err);
    assert_eq!(home.json(&["list"]).as_array().unwrap().len(), 1);
}
