//! Made-up journals for benchmarks.

use postcall::domain::goal::GoalStatus;
use postcall::domain::query::Query;
use postcall::journal::clock::Clock;
use postcall::journal::{Journal, Options, Place};

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

#[test]
fn goals_rotations_wordings_and_logged_days_are_around_the_reflections() {
    let home = Home::new();
    let file = home.path("made.sqlite");
    let name = file.display().to_string();
    let ran = home.run(&["demo", "--write", &name, "--entries", "400"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let options = Options {
        clock: Clock::Fixed("2026-11-21T08:10:00+01:00".parse().unwrap()),
        ..Options::default()
    };
    let mut journal = Journal::open(&Place::File(file), options).unwrap();
    assert!(journal.examine().unwrap().is_sound());

    let goals = journal.goals().unwrap();
    let of = |status| goals.iter().filter(|row| row.goal.status == status).count();
    assert_eq!(of(GoalStatus::Active), 3);
    assert_eq!(of(GoalStatus::Met) + of(GoalStatus::SetAside), 6);

    let rotations = journal.rotations().unwrap();
    assert!(rotations.len() > 120, "{}", rotations.len());
    assert!(rotations[0].is_present && rotations[0].rotation.last.is_none());
    for pair in rotations.windows(2) {
        let length = pair[0].rotation.first - pair[1].rotation.first;
        assert_eq!(length.num_days(), 28);
    }
    // Each reflection names the rotation of its date; those about no shift are not counted.
    let reflections: u32 = rotations.iter().map(|row| row.reflections).sum();
    assert!((300..=400).contains(&reflections), "{reflections}");
    let shifts: u32 = rotations.iter().map(|row| row.shifts).sum();
    assert!(shifts > reflections + 100, "{shifts}");

    let entries = journal.list(&Query::default(), None).unwrap();
    let plans: Vec<_> = entries
        .iter()
        .filter_map(|e| e.experiment.as_ref())
        .collect();
    let ids: Vec<_> = plans.iter().map(|plan| plan.id).collect();
    let followers: Vec<_> = plans.iter().filter_map(|plan| plan.follows).collect();
    assert!(followers.len() > 20, "{}", followers.len());
    assert!(followers.iter().all(|follows| ids.contains(follows)));
    assert!(plans.iter().any(|plan| plan.carried == 2));
}
