//! What a configuration file changes, what it is told about mistakes, and that it prints itself.

use std::path::PathBuf;

use chrono::{NaiveTime, Weekday};

use super::*;
use crate::domain::reflection::Signal;
use crate::domain::shift::ShiftKind;

/// The configuration a text gives, and the complaints as lines without the file's name.
fn parse(text: &str) -> (Config, Vec<String>) {
    let (config, complaints) = Config::parse(text, Path::new("config.toml"));
    let said = complaints.iter().map(|complaint| {
        let line = complaint.to_string();
        line.trim_start_matches("config.toml, ").to_owned()
    });
    (config, said.collect())
}

const EVERYTHING: &str = r#"
template = "case"
day_starts = "00:30"
week_starts = "sunday"
academic_year_starts = "august"
due_days = 14
shifts = ["night", "day"]
signals = ["Jaw", "cold hands \"x\""]
framework = "canmeds"
theme = "light"
glyphs = "ascii"
mouse = true
reduced_motion = true
idle_lock_minutes = 10
[backups]
daily = 3
weekly = 0
monthly = 1
[[support]]
name = "Programme line"
reach = "555 0100"
[keys.editor]
save = ["ctrl+s", "f2"]
undo = []
[keys.journal]
"select-next" = "j"
"#;

#[test]
fn every_key_changes_what_it_says() {
    let (config, said) = parse(EVERYTHING);
    assert_eq!(said, Vec::<String>::new());
    let rules = &config.rules;
    assert_eq!(rules.default_template.as_str(), "case");
    assert_eq!(rules.day_starts, NaiveTime::from_hms_opt(0, 30, 0).unwrap());
    assert_eq!(rules.week_starts, Weekday::Sun);
    assert_eq!(rules.academic_year_starts, 8);
    assert_eq!(rules.due_days, 14);
    assert_eq!(rules.shift_kinds, [ShiftKind::Night, ShiftKind::Day]);
    let signals: Vec<&str> = rules.signals.iter().map(Signal::as_str).collect();
    assert_eq!(signals, ["jaw", "cold hands \"x\""]);
    assert_eq!(config.catalog.competencies()[0].id.as_str(), "canmeds:ME");
    assert_eq!(config.theme.name, "light");
    assert_eq!(config.glyphs, Glyphs::Ascii);
    assert!(config.mouse && config.reduced_motion);
    assert_eq!(config.idle_lock_minutes, 10);
    let kept = config.backups_kept;
    assert_eq!((kept.daily, kept.weekly, kept.monthly), (3, 0, 1));
    assert_eq!(config.support[0].reach, "555 0100");
    let keys: Vec<String> = config
        .keys
        .iter()
        .map(|key| format!("{} {} {:?}", key.context, key.action, key.keys))
        .collect();
    assert_eq!(
        keys,
        [
            "editor save [\"ctrl+s\", \"f2\"]",
            "editor undo []",
            "journal select-next [\"j\"]"
        ]
    );
    assert_eq!(config.keys[1].place.as_ref().unwrap().line, Some(24));
}

#[test]
fn what_is_printed_reads_back_as_the_same() {
    for text in ["", EVERYTHING] {
        let (config, _) = parse(text);
        let printed = print(&config);
        let (again, said) = parse(&printed);
        assert_eq!(said, Vec::<String>::new(), "{printed}");
        assert!(again == config, "{printed}");
        assert!(
            printed.lines().all(|line| line.chars().count() <= 100),
            "{printed}"
        );
    }
}

#[test]
fn a_wrong_line_is_named_and_only_its_key_has_the_default() {
    let (config, said) = parse(
        "tempalte = \"case\"\n\
         template = \"cse\"\n\
         day_starts = \"17:00\"\n\
         week_starts = 1\n\
         academic_year_starts = 13\n\
         due_days = -1\n\
         shifts = [\"nihgt\"]\n\
         signals = [\" \"]\n\
         framework = \"acmge\"\n\
         theme = \"drak\"\n\
         glyphs = \"ascci\"\n\
         mouse = \"no\"\n\
         idle_lock_minutes = 6\n\
         [backups]\n\
         dayly = 1\n\
         daily = 0\n\
         [keys]\n\
         quit = \"q\"\n\
         [keys.today]\n\
         quit = 3\n",
    );
    let expected = [
        "line 1: nothing is called \"tempalte\"; did you mean \"template\"?",
        "line 2: template: no template \"cse\"; did you mean \"case\"?",
        "line 3: day_starts: give a time from 00:00 to 11:59",
        "line 4: week_starts: give a text in quotes",
        "line 5: academic_year_starts: give a month, like \"july\"",
        "line 6: due_days: give a whole number from 0 to 366",
        "line 7: shifts: no shift \"nihgt\"; did you mean \"night\"?",
        "line 8: signals: a signal is empty",
        "line 9: framework: no framework \"acmge\"; did you mean \"acgme\"?",
        "line 10: theme: no theme \"drak\"; did you mean \"dark\"?",
        "line 11: glyphs: no glyphs \"ascci\"; did you mean \"ascii\"?",
        "line 12: mouse: give true or false",
        "line 15: nothing is called \"backups.dayly\"; did you mean \"daily\"?",
        "line 16: backups.daily: give a whole number from 1 to 366",
        "line 18: keys.quit: write it as a table, [keys.quit]",
        "line 20: keys.today.quit: give a key or a list of keys",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said}\n{expected}");
    }
    let idle_lock_minutes = 6;
    let expected = Config {
        idle_lock_minutes,
        ..Config::default()
    };
    assert!(config == expected);
}

#[test]
fn a_line_that_is_no_toml_leaves_the_others_in_force() {
    let (config, said) = parse("mouse = false\nweek_starts sunday\ndue_days = 3\n");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("line 2: not TOML: "), "{said:?}");
    assert!(!config.mouse);
    assert_eq!(config.rules.due_days, 3);
}

#[test]
fn no_file_gives_the_defaults_and_an_unreadable_one_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing: PathBuf = folder.path().join("config.toml");
    let (config, complaints) = Config::load(Some(&missing));
    assert!(complaints.is_empty() && config == Config::default());
    let (config, complaints) = Config::load(Some(folder.path()));
    assert!(complaints.len() == 1 && config == Config::default());
    assert_eq!(complaints[0].place.line, None);
    fs::write(&missing, "mouse = false\r\ntemplate = \"x\"\r\n").unwrap();
    let (config, complaints) = Config::load(Some(&missing));
    assert!(!config.mouse);
    assert_eq!(complaints[0].place.line, Some(2));
}
