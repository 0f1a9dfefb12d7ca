//! Adding a reflection from options and from standard input.

use super::Home;

#[test]
fn headings_on_standard_input_start_fields() {
    let home = Home::new();
    let text =
        "\u{feff}Asked the nurse.\r\nDO DIFFERENTLY: less haste\r\nTry next: If, then #tag\r\n";
    let ran = home.run_with(&["add", "-", "--date", "yesterday"], text.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.trim().len(), 6, "{:?}", ran.out);
    let one = home.json(&["show", "last"]);
    assert_eq!(one["went_well"], "Asked the nurse.");
    assert_eq!(one["do_differently"], "less haste");
    assert_eq!(one["try_next"], "If, then #tag");
    assert_eq!(one["shift_date"], "2026-11-20");
    assert_eq!(one["tags"], serde_json::json!(["tag"]));
}

#[test]
fn what_show_prints_as_json_can_be_added_again() {
    let home = Home::new();
    home.add(&[
        "--well",
        "well",
        "--next",
        "If, then",
        "--due",
        "none",
        "--template",
        "case",
        "--tag",
        "one",
        "--competency",
        "feedback",
        "--energy",
        "4",
        "--shift",
        "call24",
    ]);
    let shown = home.run(&["show", "last", "--json"]);
    let ran = home.run_with(&["add", "-", "--json"], shown.out.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut first: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    let mut second: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_ne!(first["id"], second["id"]);
    for value in [&mut first, &mut second] {
        value["id"].take();
        value["experiment"]["id"].take();
        value["experiment"]["reflection"].take();
    }
    assert_eq!(first, second);
    assert!(first["experiment"]["due"].is_null());
}

#[test]
fn the_shift_decides_the_date_unless_one_is_given() {
    let home = Home::new();
    for (args, date) in [
        (&["--shift", "night"][..], "2026-11-20"),
        (&["--shift", "day"], "2026-11-21"),
        (&["--shift", "night", "--date", "-3"], "2026-11-18"),
    ] {
        home.add(&[&["--well", "x"], args].concat());
        assert_eq!(home.json(&["show", "last"])["shift_date"], date, "{args:?}");
    }
}

#[test]
fn what_is_wrong_is_said_with_what_is_allowed_and_nothing_is_added() {
    let home = Home::new();
    let said = home.transcript(
        &[
            &["add"],
            &["add", "--well", "   "],
            &["add", "secret"],
            &["add", "--well", "x", "--date", "2026-02-30"],
            &["add", "--well", "x", "--date", "yesteday"],
            &["add", "--well", "x", "--template", "cse"],
            &["add", "--well", "x", "--competency", "feedbak"],
            &["add", "--well", "x", "--signal", "jwa"],
            &["add", "--well", "x", "--tag", "a b"],
            &["add", "--next", "x", "--due", "soon"],
            &["add", "--well", "x", "--shift", "nihgt"],
            &["add", "--well", "x", "--energy", "6"],
        ],
        &[],
    );
    insta::assert_snapshot!(said, @r#"
    $ postcall add
    ! Nothing is written yet: any one field is enough. --well, --differently, --next and --note take text; `-` reads it from standard input.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --well
    ! Nothing is written yet: any one field is enough. --well, --differently, --next and --note take text; `-` reads it from standard input.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add secret
    ! The text goes after --well, --differently, --next or --note; `-` reads it from standard input.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --well x --date 2026-02-30
    ! There is no 2026-02-30 in the calendar.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --well x --date yesteday
    ! "yesteday" is not a date: give one like 2026-11-21, today, yesterday, monday or -3; did you mean yesterday?
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --well x --template cse
    ! There is no template "cse"; did you mean "case"? Allowed: shift, case, feedback-asked, feedback-given, conversation, call, steady, change, rotation-start, rotation-close, mentor, equity, ethics, week.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --well x --competency feedbak
    ! There is no competency "feedbak"; did you mean "feedback"? Allowed: meetings, feedback, team, communication, self-awareness, composure, expectations, priorities, improvement, influence, safety, equity, mentorship, ethics, sustain.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --well x --signal jwa
    ! There is no signal "jwa"; did you mean "jaw"? Allowed: jaw, fast speech, irritability, shallow breath, withdrawal.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --well x --tag a b
    ! "a b" is not a tag: letters, digits, - _ and : make one, with a letter.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --next x --due soon
    ! "soon" is not a due date: give days (7d), weeks (2w), months (1m), a date (2026-11-28) or none.
    ! Nothing was saved; the text is only where it came from.
    [2]
    $ postcall add --well x --shift nihgt
    ! error: invalid value 'nihgt' for '--shift <SHIFT>': no shift "nihgt"; did you mean "night"? Allowed: day, long, evening, night, call24, clinic, off
    !
    ! For more information, try '--help'.
    [2]
    $ postcall add --well x --energy 6
    ! error: invalid value '6' for '--energy <1-5>': give a whole number from 1 (empty) to 5 (full)
    !
    ! For more information, try '--help'.
    [2]
    "#);
    let list = home.json(&["list"]);
    assert_eq!(list.as_array().unwrap().len(), 0);
}

#[test]
fn input_that_cannot_be_kept_whole_is_refused_and_never_repeated() {
    let home = Home::new();
    let long = "secret ".repeat(10_000);
    let longer = "secret ".repeat(400_000);
    for (input, words) in [
        (&b"secret caf\xe9"[..], "byte 10"),
        (
            br#"{"went_well": "secret", "went_wel": ""}"#,
            "did you mean \"went_well\"?",
        ),
        (br#"{"went_well": "secret" "#, "not JSON"),
        (
            br#"{"went_well": "secret", "competencies": ["feedbak"]}"#,
            "\"feedback\"",
        ),
        (b"secret \0", "NUL"),
        (long.as_bytes(), "69 KiB"),
        (longer.as_bytes(), "longer than a reflection can be"),
        (b" \n ", "Nothing is written yet"),
    ] {
        let ran = home.run_with(&["add", "-"], input);
        assert_ne!(ran.code, 0, "{words}");
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
        assert!(ran.err.contains("Nothing was saved"), "{}", ran.err);
        assert!(
            !ran.err.contains("secret") && ran.out.is_empty(),
            "{}",
            ran.err
        );
    }
    assert_eq!(home.json(&["list"]).as_array().unwrap().len(), 0);
}

#[test]
fn a_field_given_twice_is_refused() {
    let home = Home::new();
    let ran = home.run_with(&["add", "-", "--well", "two"], b"one");
    assert_eq!(ran.code, 2, "{}", ran.err);
}

#[test]
fn a_reflection_is_given_the_rotation_that_covers_its_date_and_no_name_used_before() {
    let home = Home::new();
    home.run(&["rotation", "start", "Medical ICU", "--on", "2026-11-16"]);
    home.add(&[
        "--well",
        "x",
        "--rotation",
        "Clinic",
        "--date",
        "2026-11-12",
    ]);
    for (date, rotation) in [
        ("2016-01-01", ""),
        ("2026-11-13", ""),
        ("2026-11-17", "Medical ICU"),
    ] {
        home.add(&["--well", "y", "--date", date]);
        assert_eq!(
            home.json(&["show", "last"])["rotation"].as_str(),
            Some(rotation),
            "{date}"
        );
    }
}

#[test]
fn feedback_without_a_role_is_saved_and_one_line_says_how_to_add_it() {
    let home = Home::new();
    let asked = [
        "add",
        "--template",
        "feedback-asked",
        "--well",
        "Names the plan",
    ];
    let ran = home.run(&asked);
    assert!(ran.err.contains("--from nurse"), "{}", ran.err);
    let said = [&asked[..], &["--from", "peer"]].concat();
    let ran = home.run(&said);
    assert!(!ran.err.contains("--from"), "{}", ran.err);
    home.run(&["goal", "add", "feedback"]);
    let goals = home.json(&["goal", "list"]);
    let evidence = &goals[0]["evidence"];
    assert_eq!(evidence["feedback"]["not_said"], 1);
    assert_eq!(evidence["feedback"]["peer"], 1);
    assert_eq!(evidence["own"].as_array().unwrap().len(), 0);
}

#[test]
fn a_rotation_name_is_one_line_and_tags_are_at_most_fifty_wherever_they_come_from() {
    let home = Home::new();
    let long = "x".repeat(121);
    for rotation in ["Medical\nICU", "Medical\u{1b}[31m", long.as_str()] {
        let json = serde_json::json!({"went_well": "x", "rotation": rotation}).to_string();
        for ran in [
            home.run(&["add", "--well", "x", "--rotation", rotation]),
            home.run_with(&["add", "-"], json.as_bytes()),
        ] {
            assert_eq!(ran.code, 1, "{}", ran.err);
            assert!(ran.err.contains("The rotation's name"), "{}", ran.err);
        }
    }
    let tags: Vec<String> = (0..51).map(|n| format!("#tag{n}")).collect();
    let ran = home.run(&["add", "--well", &tags.join(" ")]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.starts_with("51 tags"), "{}", ran.err);
    home.add(&["--well", "x", "--rotation", " Medical ICU "]);
    assert_eq!(home.json(&["show", "last"])["rotation"], "Medical ICU");
}

#[test]
fn the_note_beside_an_outcome_is_checked_before_the_outcome_is_taken() {
    let home = Home::new();
    home.add(&["--next", "If, then"]);
    let long = "x".repeat(65_537);
    for note in [" \t", long.as_str()] {
        let ran = home.run(&["close", "last", "helped", "--note", note]);
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(ran.err.starts_with("The note"), "{}", ran.err);
    }
    assert_eq!(home.json(&["due"]).as_array().map(Vec::len), Some(1));
}

#[test]
fn what_would_be_kept_as_something_else_than_was_meant_is_refused() {
    let home = Home::new();
    for (args, words) in [
        (&["add", "--well", "--json"][..], "--well=--json"),
        (
            &["add", "--well", "x", "--note", "--due=7d"],
            "--note=--due=7d",
        ),
        (&["add", "--well", "x", "--due", "7d"], "--next"),
        (&["search", ""], "what to look for"),
        (&["search", " ", "\t"], "what to look for"),
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
    let ran = home.run_with(&["add", "-"], br#"[{"went_well": "secret"}]"#);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("one object, not a list"), "{}", ran.err);
    assert_eq!(home.json(&["list", ""]).as_array().map(Vec::len), Some(0));
    home.add(&["--well", "- a dash", "--note=--json"]);
    let one = home.json(&["show", "last"]);
    assert_eq!(
        (&one["went_well"], &one["note"]),
        (&"- a dash".into(), &"--json".into())
    );
    assert_eq!(home.json(&["list", ""]).as_array().map(Vec::len), Some(1));
}
