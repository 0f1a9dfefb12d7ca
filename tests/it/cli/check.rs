//! `postcall check`: what it prints, and what a script may rely on.

use super::Home;

#[test]
fn a_text_is_answered_by_line_and_column_with_what_to_write_instead() {
    let home = Home::new();
    let file = home.path("notes.txt");
    std::fs::write(&file, "Ärger heute.\nMrs Vexley sat in bed 9\x1b[2J\n").unwrap();
    let ran = home.run(&["check", file.to_str().unwrap()]);
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.out,
        "2:5  high    possible name \"Vexley\"; instead: The patient\n\
         2:19  low     possible bed or room \"bed 9\"; instead: one of my patients\n"
    );
    assert_eq!(ran.err, "2 possible identifiers.\n");
}

#[test]
fn nothing_grave_is_exit_0_and_standard_input_is_read_where_no_file_is_named() {
    let home = Home::new();
    for args in [&["check"][..], &["check", "-"]] {
        let ran = home.run_with(args, b"BP 120/80, asked the nurse first\n");
        assert_eq!((ran.code, ran.out.as_str()), (0, ""));
        assert_eq!(ran.err, "No obvious identifiers found.\n");
    }
    let ran = home.run_with(&["check"], b"bed 9 needed me\n");
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("low"));
}

#[test]
fn what_cannot_be_read_is_exit_2() {
    let home = Home::new();
    let ran = home.run(&["check", "/no/such/file"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("/no/such/file was not read: "),
        "{}",
        ran.err
    );
    let ran = home.run_with(&["check"], b"Mrs Vexley \xff\n");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert_eq!(
        ran.err,
        "Standard input was not read: it is no text in UTF-8.\n"
    );
}

#[test]
fn json_lists_the_findings_with_their_words() {
    let home = Home::new();
    let ran = home.run_with(&["check", "--json"], "é Mrs Vexley\u{7f}".as_bytes());
    assert_eq!(ran.code, 1);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        found,
        serde_json::json!([{
            "line": 1, "column": 7, "kind": "name", "severity": "high", "text": "Vexley",
            "suggest": "the patient"
        }])
    );
}

#[test]
fn lines_of_json_are_answered_one_by_one_in_characters() {
    let home = Home::new();
    let asked = "{\"id\": 7, \"text\": \"\u{1f642} é Mrs Vexley, 91\"}\r\n\
                 {\"text\": \"BP 120/80\", \"id\": {\"a\": [1, null]}, \"more\": true}\n\
                 {\"id\": \"x\", \"text\": \"one\\nDOB 17/02/1939\"}";
    let ran = home.run_with(&["check", "--jsonl"], asked.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let answers: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let span = |start, end, kind| serde_json::json!({"start": start, "end": end, "kind": kind, "severity": "high"});
    assert_eq!(
        answers,
        [
            serde_json::json!({"id": 7, "spans": [span(8, 14, "name"), span(16, 18, "age_over_89")]}),
            serde_json::json!({"id": {"a": [1, null]}, "spans": []}),
            serde_json::json!({"id": "x", "spans": [span(8, 18, "dob")]}),
        ]
    );
    let clean = home.run_with(
        &["check", "--jsonl", "-"],
        b"{\"id\": null, \"text\": \"\"}\n",
    );
    assert_eq!(
        (clean.code, clean.out.as_str()),
        (0, "{\"id\":null,\"spans\":[]}\n")
    );
}

#[test]
fn an_id_comes_back_as_it_was_written_and_a_mark_before_the_first_line_is_no_text() {
    let home = Home::new();
    for id in [
        "12345678901234567890123",
        "1.0",
        "-0",
        "1e3",
        "\"\\u001b[2J\"",
        "[1,\"x\"]",
        "null",
    ] {
        let asked = format!("\u{feff}{{\"id\": {id}, \"text\": \"\"}}\r\n\r\n");
        let ran = home.run_with(&["check", "--jsonl"], asked.as_bytes());
        assert_eq!(
            (ran.code, ran.out, ran.err.as_str()),
            (0, format!("{{\"id\":{id},\"spans\":[]}}\n"), "")
        );
    }
    let unnamed = home.run_with(&["check", "--jsonl"], b"{\"text\": \"fine\"}");
    assert_eq!(unnamed.out, "{\"id\":null,\"spans\":[]}\n");
    let ran = home.run_with(&["check"], "\u{feff}Mrs Vexley\r\nMrs Vexley".as_bytes());
    let places: Vec<&str> = ran
        .out
        .lines()
        .map(|row| row.split("  ").next().unwrap())
        .collect();
    assert_eq!(places, ["1:5", "2:5"]);
}

#[test]
fn a_broken_line_of_json_is_named_by_its_number() {
    let home = Home::new();
    for broken in [
        "{\"id\": 1}",
        "{\"id\": 1, \"text\": 5}",
        "Mrs Vexley",
        "[]",
    ] {
        let asked = format!("{{\"id\": 0, \"text\": \"Mrs Vexley\"}}\n{broken}\n");
        let ran = home.run_with(&["check", "--jsonl"], asked.as_bytes());
        assert_eq!((ran.code, ran.out.lines().count()), (2, 1), "{broken}");
        assert!(
            ran.err.starts_with("Line 2 is not a JSON object"),
            "{}",
            ran.err
        );
        assert!(!ran.err.contains("Vexley"), "{}", ran.err);
    }
}

#[test]
fn the_journal_is_looked_through_newest_first_in_all_its_fields() {
    let home = Home::new();
    let none = home.run(&["check", "--journal"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(
        none.err.starts_with("There is no journal yet at "),
        "{}",
        none.err
    );
    assert!(!none.err.contains("No obvious"), "{}", none.err);
    let old = home.add(&[
        "--well",
        "calm",
        "--next",
        "ask pt Leontyne",
        "--date",
        "2026-11-18",
    ]);
    let closed = home.run(&["close", &old, "helped", "--note", "MRN 30441987"]);
    assert_eq!(closed.code, 0, "{}", closed.err);
    let new = home.add(&[
        "--differently",
        "one\nsit with Mrs Vexley",
        "--date",
        "2026-11-20",
    ]);
    let goal = home.run(&["goal", "add", "feedback", "--why", "Mr Hale said so"]);
    assert_eq!(goal.code, 0, "{}", goal.err);

    let ran = home.run(&["check", "--journal"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let rows: Vec<&str> = ran.out.lines().collect();
    assert_eq!(rows.len(), 4, "{}", ran.out);
    assert_eq!(
        rows[0],
        format!(
            "{new}  Do differently, 2:14  high    possible name \"Vexley\"; instead: the patient"
        )
    );
    assert!(
        rows[1].starts_with(&format!("{old}  Try next, 1:8  high")),
        "{}",
        rows[1]
    );
    assert!(
        rows[2].starts_with(&format!("{old}  Note on the outcome, 1:5  high")),
        "{}",
        rows[2]
    );
    assert!(rows[3].contains("  Why, 1:4  high"), "{}", rows[3]);

    let begun = home.run(&["rotation", "start", "With Mr Quillon"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    home.run(&["delete", &new]);
    let ran = home.run(&["check", "--json", "--journal"]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let fields: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        [
            "try_next",
            "outcome_note",
            "do_differently",
            "why",
            "rotation"
        ]
    );
}

#[test]
fn only_check_takes_the_journal_without_its_file() {
    let home = Home::new();
    let ran = home.run(&["list", "--journal"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("--journal needs a FILE"), "{}", ran.err);
}

#[test]
fn the_journal_that_is_named_is_looked_through_wherever_its_name_stands() {
    let home = Home::new();
    home.add(&["--well", "calm"]);
    let other = home.path("other.sqlite");
    let other = other.to_str().unwrap();
    let added = home.run(&["--journal", other, "add", "--well", "Mrs Vexley"]);
    assert_eq!(added.code, 0, "{}", added.err);
    let equals = format!("--journal={other}");
    for args in [
        &["--journal", other, "check", "--journal"][..],
        &["--journal", other, "check", "--journal", "--json"],
        &[&equals, "check", "--json", "--journal"],
        &["check", "--journal", other],
        &["--journal", other, "check"],
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.err);
        assert!(ran.out.contains("Vexley"), "{args:?}: {}", ran.out);
    }
    let own = home.run(&["check", "--journal"]);
    assert_eq!((own.code, own.out.as_str()), (0, ""));

    let nowhere = home.path("nowhere.sqlite");
    let nowhere = nowhere.to_str().unwrap();
    for args in [
        &["check", "--journal", nowhere][..],
        &["--journal", nowhere, "check", "--journal", "--json"],
    ] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        let words = format!("There is no journal yet at {nowhere}.");
        assert!(ran.err.starts_with(&words), "{}", ran.err);
        assert!(!ran.err.contains("No obvious"), "{}", ran.err);
    }
}
