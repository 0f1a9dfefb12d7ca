//! The reviews and trends from the shell.

use super::Home;

fn keys(value: &serde_json::Value) -> String {
    let keys = value.as_object().unwrap().keys();
    keys.map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn a_week_of_work() -> Home {
    let home = Home::new();
    home.run(&["rotation", "start", "Medical ICU", "--on", "2026-11-02"]);
    home.run(&["goal", "add", "feedback"]);
    for (date, shift, energy) in [
        ("2026-11-16", "day", "2"),
        ("2026-11-16", "day", "3"),
        ("2026-11-18", "night", "4"),
    ] {
        home.add(&[
            "--well", "Asked the nurse first. Then waited for the answer.",
            "--differently", "Talked over her. That is #interrupting.",
            "--next", "If a plan is settled, then I ask her",
            "--date", date, "--shift", shift, "--energy", energy, "--competency", "feedback",
        ]);
    }
    home.run(&["close", "last", "helped"]);
    home.run(&["shift", "--on", "2026-11-19", "--kind", "evening"]);
    home
}

#[test]
fn a_week_reads_well_in_eighty_columns() {
    let home = a_week_of_work();
    let text = home.transcript(&[&["week"]], &[]);
    insta::assert_snapshot!(text);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let empty = home.transcript(&[&["week", "-3"]], &[]);
    assert!(empty.contains("Week 44"), "{empty}");
}

#[test]
fn trends_and_a_rotation_read_well_in_eighty_columns() {
    let home = a_week_of_work();
    let text = home.transcript(
        &[&["trends"], &["rotation", "review", "medical icu"]],
        &[],
    );
    insta::assert_snapshot!(text);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn figures_have_the_promised_keys() {
    let home = a_week_of_work();
    let week = home.json(&["week", "2026-11-18"]);
    assert_eq!(
        keys(&week),
        "comes_back energy experiments first_day goals last_day open reflections review rotation \
         shifts shifts_reflected_on templates week went_well"
    );
    assert_eq!(
        keys(&week["experiments"]),
        "dropped due helped mixed no_chance no_help not_tried of open tried"
    );
    assert_eq!((&week["reflections"], &week["shifts"]), (&3.into(), &3.into()));
    assert_eq!(week["comes_back"][0]["tag"], "interrupting");
    assert_eq!(week["energy"]["day"]["n"], 2);
    assert_eq!(week["energy"]["day"]["median"], serde_json::Value::Null);
    for range in ["week", "rotation", "8weeks", "year", "all"] {
        let trends = home.json(&["trends", "--range", range]);
        assert_eq!(
            keys(&trends),
            "calendar competencies energy experiments first_day last_day range reflections \
             rotation shifts signals words"
        );
        assert_eq!(trends["reflections"], 3, "{range}");
    }
    let review = home.json(&["rotation", "review", "Medical ICU"]);
    assert_eq!(
        keys(&review),
        "closing competencies energy experiments feedback first_day goals_untouched improvement \
         last_day opening previous reflections rotation shifts went_well"
    );
    let wrong = home.run(&["trends", "--range", "yaer"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("year"), "{}", wrong.stderr);
    assert_eq!(home.run(&["rotation", "review", "Surgery"]).code, 1);
}
