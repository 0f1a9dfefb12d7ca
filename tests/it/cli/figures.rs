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
            "--well",
            "Asked the nurse first. Then waited for the answer.",
            "--differently",
            "Talked over her. That is #interrupting.",
            "--next",
            "If a plan is settled, then I ask her",
            "--date",
            date,
            "--shift",
            shift,
            "--energy",
            energy,
            "--competency",
            "feedback",
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
    insta::assert_snapshot!(text, @r#"
    $ postcall week
    Week 47 - 16 Nov to 22 Nov - Medical ICU
    3 reflections, on 2 of 3 shifts
      Loops         0 due   1 helped   2 open   tried 1 of 1
      in 2 days           If a plan is settled, then I ask her
      in 2 days           If a plan is settled, then I ask her
      Goals                       this week  8 weeks   said by others
      Giving and seeking feedback 3          ·······▆  none, ask someone?
      Went well     Wed 18 Nov  "Asked the nurse first."
                    Mon 16 Nov  "Asked the nurse first."
      Comes back    #interrupting 3x in 30 days
                      Wed 18 Nov  "That is #interrupting."
      Energy        Day           2 3 of 5 (n 2)
                    Night         4 of 5 (n 1)
      Templates     3 After a shift
    "#);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let others = home.transcript(&[&["week", "-3"], &["week", "2026-11-24"]], &[]);
    insta::assert_snapshot!(others, @r"
    $ postcall week -3
    Week 44 - 26 Oct to 1 Nov
      Nothing was written about this week. That is all right.
    $ postcall week 2026-11-24
    Week 48 - 23 Nov to 29 Nov - Medical ICU
      This week has not begun yet.
    ");
}

#[test]
fn trends_and_a_rotation_read_well_in_eighty_columns() {
    let home = a_week_of_work();
    let year = home.transcript(&[&["trends", "--range", "year"]], &[]);
    // What is still to come has no bar, and so does not look like weeks without anything.
    assert!(
        year.contains("a bar is a week, the last this week"),
        "{year}"
    );
    assert!(
        year.contains("Shifts        ····················▆\n"),
        "{year}"
    );
    assert!(
        year.lines().all(|line| line.chars().count() <= 80),
        "{year}"
    );
    let text = home.transcript(&[&["trends"], &["rotation", "review", "medical icu"]], &[]);
    insta::assert_snapshot!(text, @r#"
    $ postcall trends
    8 weeks - 28 Sep to 22 Nov
    3 reflections over 3 shifts; a bar is a week
      Shifts        ·······▆
      Competencies, thin ones first
      Running effective meetings         0  ········
      Leading multidisciplinary teams    0  ········
      Clear communication                0  ········
      Self-awareness                     0  ········
      Calm under pressure                0  ········
      Expectations and accountability    0  ········
      Priorities and delegation          0  ········
      Improving the system               0  ········
      Influence without a title          0  ········
      Psychological safety               0  ········
      Equity and inclusion               0  ········
      Mentoring and being mentored       0  ········
      Ethical leadership                 0  ········
      Sustaining yourself                0  ········
      Giving and seeking feedback        3  ·······▆
      Experiments   1 helped
      Settled       ·······▂
      Energy        Day           2 3 of 5 (n 2)
                    Night         4 of 5 (n 1)
      Words         too few reflections to compare with 3 Aug to 27 Sep: it takes 10
                    on either side
    $ postcall rotation review medical icu
    Medical ICU - 2 Nov to 21 Nov
    3 reflections over 3 shifts
      At the start  Mon 16 Nov
                    Asked the nurse first. Then waited for the answer.
                    Talked over her. That is #interrupting.
                    If a plan is settled, then I ask her
      Experiments   2 open, 1 helped
      Most about    Giving and seeking feedback (3)
      Wins          Wed 18 Nov  "Asked the nurse first."
                    Mon 16 Nov  "Asked the nurse first."
      Energy        2 3 4 of 5 (n 3)
    "#);
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

#[test]
fn ten_years_fit_eighty_columns_and_a_number_stays_with_its_word() {
    let home = Home::new();
    let file = home.path("years.db").to_str().unwrap().to_owned();
    home.run(&["demo", "--write", &file, "--entries", "700", "--seed", "3"]);
    for command in [
        &["week"][..],
        &["week", "-4"],
        &["trends", "--range", "year"],
        &["trends", "--range", "all"],
    ] {
        let ran = home.run(&[command, &["--journal", &file]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        for line in ran.out.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        assert!(!ran.out.contains('\u{a0}'), "{}", ran.out);
    }
    let all = home
        .run(&["trends", "--range", "all", "--journal", &file])
        .out;
    assert!(all.contains("(n 172; 1 to 5: 20 36 53 45 18)"), "{all}");
    assert!(
        all.contains("36 no chance,\n                36 dropped"),
        "{all}"
    );
}

#[test]
fn in_ascii_nothing_else_is_printed() {
    let home = a_week_of_work();
    home.add(&[
        "--well",
        "A sentence that is far too long for one line of eighty columns, and so is cut somewhere.",
        "--competency",
        "feedback",
        "--date",
        "2026-11-20",
    ]);
    let config = home.path("plain.toml");
    std::fs::write(&config, "glyphs = \"ascii\"\n").unwrap();
    let config = config.to_str().unwrap();
    for command in [
        &["week"][..],
        &["trends"],
        &["trends", "--range", "year"],
        &["rotation", "review", "medical icu"],
    ] {
        let ran = home.run(&[command, &["--config", config]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.is_ascii(), "{}", ran.out);
    }
    let week = home.run(&["week", "--config", config]).out;
    assert!(week.contains("for one line of~"), "{week}");
}

#[test]
fn a_rotation_that_was_never_entered_is_on_the_days_that_name_it() {
    let home = Home::new();
    let add = |date: &str, rotation: &str| {
        home.add(&["--well", "x", "--date", date, "--rotation", rotation]);
    };
    add("2026-09-02", "Wards");
    add("2026-09-21", "Medical ICU");
    add("2026-10-12", "Night float");
    add("2026-11-02", "medical ICU");
    add("2026-11-10", "Medical ICU");
    let trends = home.json(&["trends", "--range", "rotation"]);
    assert_eq!(trends["rotation"], "Medical ICU");
    assert_eq!(
        (&trends["first_day"], &trends["last_day"]),
        (&"2026-11-02".into(), &"2026-11-10".into())
    );
    assert_eq!(trends["reflections"], 2);
    home.run(&["rotation", "start", "Clinic", "--on", "2026-11-16"]);
    let trends = home.json(&["trends", "--range", "rotation"]);
    assert_eq!(trends["rotation"], "Clinic");
}

#[test]
fn a_rotation_that_is_not_there_leads_to_those_that_are() {
    let home = a_week_of_work();
    let text = home.transcript(&[&["rotation", "review", "medical icy"]], &[]);
    insta::assert_snapshot!(text, @r#"
    $ postcall rotation review medical icy
    ! There is no rotation "medical icy". `postcall rotation list` shows their names.
    [1]
    "#);
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
    assert_eq!(
        (&week["reflections"], &week["shifts"]),
        (&3.into(), &3.into())
    );
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
    assert!(wrong.err.contains("year"), "{}", wrong.err);
    assert_eq!(home.run(&["rotation", "review", "Surgery"]).code, 1);
}

#[test]
fn a_week_with_the_close_of_a_rotation_alone_is_no_week_without_words() {
    let home = Home::new();
    home.add(&[
        "--template",
        "rotation-close",
        "--well",
        "Thanked the team.",
    ]);
    let week = home.run(&["week"]).out;
    assert!(
        week.contains("No shift was reflected on. Written: "),
        "{week}"
    );
    assert!(!week.contains("Nothing was written"), "{week}");
}
