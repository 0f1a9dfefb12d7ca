//! Made-up journals for benchmarks.

use super::Home;

#[test]
fn the_same_seed_and_clock_write_the_same_reflections() {
    let home = Home::new();
    let write = |name: &str, seed: &str| {
        let file = home.path(name).display().to_string();
        let ran = home.run(&["demo", "--write", &file, "--entries", "300", "--seed", seed]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        home.run(&["list", "--json", "--journal", &file]).out
    };
    let one = write("one.sqlite", "7");
    assert_eq!(one.lines().count(), 302);
    assert!(one == write("two.sqlite", "7"));
    assert!(one != write("three.sqlite", "8"));
    assert!(!home.path("journal.sqlite").exists());
}

#[test]
fn searches_of_one_letter_and_every_outcome_find_something() {
    let home = Home::new();
    let file = home.path("made.sqlite").display().to_string();
    home.run(&["demo", "--write", &file, "--entries", "500"]);
    for query in [
        "a",
        "th",
        "rou",
        "plan",
        "the nurse",
        "is:open",
        "outcome:helped",
        "outcome:mixed",
        "outcome:no_help",
        "outcome:not_tried",
        "outcome:no_chance",
        "outcome:dropped",
        "comp:feedback",
        "energy:1",
        "signal:jaw",
        "shift:call24",
        "rot:icu",
        "is:shared",
    ] {
        let found = home.run(&["list", "-n", "1", query, "--journal", &file]);
        assert_eq!(found.out.lines().count(), 1, "{query}: {}", found.err);
    }
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let home = Home::new();
    std::fs::write(home.path("mine"), "mine").unwrap();
    let file = home.path("mine").display().to_string();
    let ran = home.run(&["demo", "--write", &file, "--entries", "3"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}
