//! Goals from the shell.

use postcall::domain::competency::CompetencyId;
use postcall::domain::goal::Goal;
use postcall::domain::id::GoalId;
use postcall::journal::{Journal, Options, Place};

use super::Home;

/// The short id of the goal for that competency.
fn id(home: &Home, competency: &str) -> String {
    let goals = home.json(&["goal", "list", "--all"]);
    let goals = goals.as_array().unwrap();
    let goal = goals.iter().find(|goal| goal["competency"] == competency);
    let id = goal.unwrap()["id"].as_str().unwrap();
    id.chars().skip(id.len() - 6).collect()
}

#[test]
fn a_goal_is_chosen_looked_at_changed_and_closed() {
    let home = Home::new();
    let nothing = home.transcript(&[&["goal", "list"]], &[]);
    assert!(nothing.contains("There is no journal yet"), "{nothing}");
    home.run(&[
        "goal",
        "add",
        "feedback",
        "--why",
        "I give it late and vague, and then it comes out as \"you always\", which helps nobody.",
        "--obstacle",
        "I wait for a better moment.",
    ]);
    for (date, text) in [
        ("2026-11-19", "Said what I saw before I said what I thought"),
        ("2026-10-02", "Asked when suits"),
    ] {
        let next = "If I have feedback, then I ask when suits";
        let args = ["--well", text, "--next", next, "--date", date];
        home.add(&[&args[..], &["--competency", "feedback"]].concat());
    }
    home.run(&["close", "last", "mixed"]);
    let asked = r#"{"went_well": "She said I ask too late", "shift_date": "2026-11-03",
        "competencies": ["feedback"], "feedback_from": "nurse"}"#;
    assert_eq!(home.run_with(&["add", "-"], asked.as_bytes()).code, 0);
    let short = id(&home, "feedback");
    let said = home.transcript(
        &[
            &["goal", "list"],
            &[
                "goal",
                "edit",
                "feedback",
                "--gap",
                "Situation, behaviour, impact",
                "--obstacle",
                "",
            ],
            &["goal", "edit", &short],
            &[
                "goal",
                "close",
                &short,
                "met",
                "--note",
                "Ran the session twice",
            ],
            &["goal", "list"],
            &["goal", "list", "--all"],
        ],
        &[&short],
    );
    insta::assert_snapshot!(said, @r#"
    $ postcall goal list
    Giving and seeking feedback                                               ID-ONE
      Why           I give it late and vague, and then it comes out as "you always",
                    which helps nobody.
      Obstacle      I wait for a better moment.
      Reflections   3   ▂····▂·▂   3 in 8 weeks   last Thu
      Tried         1 open, 1 mixed
      Feedback      1 nurse
      What I say    Thu 19 Nov  Said what I saw before I said what I thought
                    Fri 2 Oct  Asked when suits
      Others said   nurse, Tue 3 Nov  She said I ask too late
    $ postcall goal edit feedback --gap Situation, behaviour, impact --obstacle
    ! Changed what you say about Giving and seeking feedback.
    $ postcall goal edit ID-ONE
    ! Say what changes: --why, --strength, --gap, --role or --obstacle with a text. Nothing was changed.
    [2]
    $ postcall goal close ID-ONE met --note Ran the session twice
    ! Giving and seeking feedback is met, in your own judgement.
    $ postcall goal list
    ! No goal is active. `postcall goal add` with a competency chooses one.
    $ postcall goal list --all
    Giving and seeking feedback                                               ID-ONE
      Status        met, 21 Nov: Ran the session twice
      Why           I give it late and vague, and then it comes out as "you always",
                    which helps nobody.
      Gap           Situation, behaviour, impact
      Reflections   3   ▂····▂·▂   3 in 8 weeks   last Thu
      Tried         1 open, 1 mixed
      Feedback      1 nurse
      What I say    Thu 19 Nov  Said what I saw before I said what I thought
                    Fri 2 Oct  Asked when suits
      Others said   nurse, Tue 3 Nov  She said I ask too late
    "#);
}

#[test]
fn the_fourth_goal_and_wrong_names_are_refused_in_words() {
    let home = Home::new();
    let said = home.transcript(
        &[
            &["goal", "add", "feedbak"],
            &["goal", "close", "feedback", "met"],
            &["goal", "add", "feedback"],
            &["goal", "add", "feedback"],
            &["goal", "add", "acgme:ICS2"],
            &["goal", "add", "team"],
            &["goal", "add", "safety"],
            &["goal", "close", "tema", "met"],
            &["goal", "close", "team", "done"],
            &["goal", "add", "ethics", "--why", "--json"],
            &["goal", "edit", "team", "--why", "  "],
        ],
        &[],
    );
    insta::assert_snapshot!(said, @r#"
    $ postcall goal add feedbak
    ! There is no competency "feedbak"; did you mean "feedback"? Allowed: meetings, feedback, team, communication, self-awareness, composure, expectations, priorities, improvement, influence, safety, equity, mentorship, ethics, sustain.
    [2]
    $ postcall goal close feedback met
    ! There is no journal yet at ~/journal.sqlite. `postcall new` or `postcall add` begins one.
    [1]
    $ postcall goal add feedback
    ! A new journal was begun at ~/journal.sqlite.
    ! Giving and seeking feedback is a goal of this academic year.
    $ postcall goal add feedback
    ! Giving and seeking feedback is one of your active goals already; its lines can be changed.
    [1]
    $ postcall goal add acgme:ICS2
    ! Interprofessional and Team Communication is a goal of this academic year.
    $ postcall goal add team
    ! Leading multidisciplinary teams is a goal of this academic year.
    $ postcall goal add safety
    ! 3 goals are active, which is as many as one year holds: Giving and seeking feedback, Interprofessional and Team Communication, Leading multidisciplinary teams. Close one as met, or set one aside; what you wrote about it is kept.
    [1]
    $ postcall goal close tema met
    ! There is no goal "tema"; did you mean "team"? Allowed: feedback, acgme:ICS2, team.
    [2]
    $ postcall goal close team done
    ! error: invalid value 'done' for '<STATUS>': no status "done"; allowed: met, set_aside
    !
    ! For more information, try '--help'.
    [2]
    $ postcall goal add ethics --why --json
    ! --why takes text, and --json looks like an option. If it is the text: --why=--json
    ! Nothing was saved.
    [2]
    $ postcall goal edit team --why
    ! Why holds only spaces: write something or clear it.
    [1]
    "#);
}

#[test]
fn json_has_the_promised_keys_and_a_count_for_every_outcome_and_role() {
    let home = Home::new();
    home.add(&[
        "--well",
        "x",
        "--next",
        "If a, then b",
        "--competency",
        "team",
    ]);
    let ran = home.run(&["goal", "add", "team", "--role", "Lead codes", "--json"]);
    let goal: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let mut promised = vec![
        "academic_year",
        "competency",
        "gap",
        "id",
        "obstacle",
        "role_sought",
        "status",
        "status_date",
        "status_note",
        "strength",
        "why",
    ];
    let sorted = |mut keys: Vec<String>| {
        keys.sort_unstable();
        keys
    };
    assert_eq!(sorted(keys(&goal)), promised);
    assert_eq!(goal["role_sought"], "Lead codes");
    assert_eq!(goal["status"], "active");
    assert_eq!(goal["academic_year"], 2026);

    let listed = &home.json(&["goal", "list"])[0];
    promised.insert(2, "evidence");
    assert_eq!(sorted(keys(listed)), promised);
    let evidence = &listed["evidence"];
    assert_eq!(evidence["reflections"], 1);
    assert_eq!(evidence["experiments"]["open"], 1);
    assert_eq!(evidence["experiments"]["no_chance"], 0);
    assert_eq!(evidence["feedback"]["nurse"], 0);
    assert_eq!(evidence["weeks"].as_array().unwrap().len(), 8);
    assert_eq!(evidence["own"].as_array().unwrap().len(), 1);
    assert_eq!(evidence["last_touched"], "2026-11-20");
    assert!(evidence["last_feedback"].is_null());

    let closed = home.run(&["goal", "close", "team", "set-aside", "--json"]);
    let closed: serde_json::Value = serde_json::from_str(&closed.out).unwrap();
    assert_eq!(closed["status"], "set_aside");
    assert_eq!(closed["status_date"], "2026-11-21");
    assert_eq!(home.json(&["goal", "list"]).as_array().unwrap().len(), 0);
}

#[test]
fn a_terminal_without_such_characters_gets_plain_bars() {
    let home = Home::new();
    home.add(&["--well", "x", "--competency", "team"]);
    home.run(&["goal", "add", "team"]);
    let config = home.path("config.toml");
    std::fs::write(&config, "glyphs = \"ascii\"\n").unwrap();
    let config = config.display().to_string();
    let listed = home.run(&["goal", "list", "--config", &config]);
    assert!(listed.out.is_ascii(), "{}", listed.out);
    assert!(listed.out.contains("......._"), "{}", listed.out);
}

#[test]
fn what_is_in_the_trash_says_what_it_is_comes_back_by_its_id_and_is_counted() {
    let home = Home::new();
    let reflection = home.add(&["--well", "Asked when suits"]);
    home.run(&["goal", "add", "feedback"]);
    let goal = id(&home, "feedback");
    home.run(&["rotation", "start", "Medical ICU"]);
    let place = Place::File(home.path("journal.sqlite"));
    let mut journal = Journal::open(&place, Options::default()).unwrap();
    let rotation = journal.rotations().unwrap().remove(0).rotation.id;
    journal.trash_rotation(rotation).unwrap();
    drop(journal);
    let rotation = rotation.short();
    let said = home.transcript(
        &[
            &["delete", &reflection],
            &["goal", "delete", "feedback"],
            &["trash"],
            &["restore", &goal],
            &["restore", &rotation],
            &["restore", &rotation],
            &["trash"],
        ],
        &[&reflection, &goal, &rotation],
    );
    insta::assert_snapshot!(said, @r#"
    $ postcall delete ID-ONE
    ! ID-ONE is in the trash: Night of Fri 20 Nov (to Sat). `postcall restore ID-ONE` brings it back.
    $ postcall goal delete feedback
    ! Giving and seeking feedback is in the trash, the reflections on it stay. `postcall restore ID-TWO` brings it back.
    $ postcall trash
    ID-ONE  2026-11-20  night    Asked when suits
    ID-TWO  goal                 Giving and seeking feedback
    ID-TRE  rotation             Medical ICU, since 21 Nov
    $ postcall restore ID-TWO
    ! Giving and seeking feedback is back among your goals.
    $ postcall restore ID-TRE
    ! Medical ICU is back among your rotations.
    $ postcall restore ID-TRE
    ! There is no reflection, goal or rotation "ID-TRE". `postcall list` and `postcall trash` show the ids.
    [1]
    $ postcall trash
    ID-ONE  2026-11-20  night    Asked when suits
    "#);
    let put_back = home.run(&["trash", "--empty", "--yes"]).err;
    assert_eq!(put_back, "Deleted 1 reflection for good.\n");
}

#[test]
fn a_goal_that_has_no_room_any_more_comes_back_as_set_aside_and_says_why() {
    let home = Home::new();
    home.run(&["goal", "add", "feedback"]);
    let goal = id(&home, "feedback");
    home.run(&["goal", "delete", "feedback"]);
    let trash = home.json(&["trash"]);
    assert_eq!(trash[0]["kind"], "goal");
    assert_eq!(trash[0]["competency"], "feedback");
    for other in ["composure", "team", "safety"] {
        home.run(&["goal", "add", other]);
    }
    let said = home.run(&["restore", &goal]).err;
    assert!(
        said.starts_with("Giving and seeking feedback is back among your goals, as set aside."),
        "{said}"
    );
    let refused = home.run(&["goal", "reopen", "feedback"]);
    assert_ne!(refused.code, 0);
    home.run(&["goal", "close", "team", "met"]);
    let again = home.json(&["goal", "reopen", "feedback"]);
    assert_eq!(again["status"], "active");
    let here = home.run(&["goal", "continue", "feedback"]);
    assert!(here.err.contains("present academic year"), "{}", here.err);
    assert_ne!(here.code, 0);
}

#[test]
fn a_goal_of_last_year_goes_on_in_this_one() {
    let home = Home::new();
    let last_year = home
        .command(&["goal", "add", "feedback"])
        .env("POSTCALL_NOW", "2026-03-02T08:10:00+01:00")
        .output()
        .unwrap();
    assert!(last_year.status.success());
    let goal = home.json(&["goal", "continue", "feedback"]);
    assert_eq!(goal["academic_year"], 2026);
}

#[test]
fn digits_that_two_goals_end_in_name_both() {
    let home = Home::new();
    home.run(&["goal", "add", "feedback"]);
    let place = Place::File(home.path("journal.sqlite"));
    let mut journal = Journal::open(&place, Options::default()).unwrap();
    let goal = journal.goals().unwrap().remove(0).goal;
    let alike = |competency: &str, id: &str| Goal {
        id: GoalId::new(id.parse().unwrap()),
        competency: CompetencyId::new(competency),
        ..goal.clone()
    };
    let added = [
        alike("team", "019a0000-0000-7000-8000-000001abcdef"),
        alike("safety", "019a0000-0000-7000-8000-000002abcdef"),
    ];
    journal.insert_goals(&added).unwrap();
    drop(journal);
    let said = home.transcript(
        &[
            &["goal", "close", "abcdef", "met"],
            &["goal", "close", "2abcdef", "met"],
        ],
        &[],
    );
    insta::assert_snapshot!(said, @r#"
    $ postcall goal close abcdef met
    ! "abcdef" fits 2 of them:
    !   1abcdef  goal  Leading multidisciplinary teams, active
    !   2abcdef  goal  Psychological safety, active
    [1]
    $ postcall goal close 2abcdef met
    ! Psychological safety is met, in your own judgement.
    "#);
}
