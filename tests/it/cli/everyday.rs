//! Writing, finding, answering, throwing away: the commands as they are used.

use postcall::domain::template::TemplateId;
use postcall::journal::{Journal, Options, Place};

use super::Home;

fn two_reflections(home: &Home) -> [String; 2] {
    [
        home.add(&[
            "--well",
            "Asked the nurse first and the plan changed",
            "--next",
            "If a plan is about to be settled, then I ask the nurse",
            "--date",
            "2026-11-18",
            "--shift",
            "day",
        ]),
        home.add(&[
            "--differently",
            "Ran the family meeting without saying who decides #family",
            "--energy",
            "2",
            "--signal",
            "jaw",
            "--competency",
            "meetings",
            "--rotation",
            "Medical ICU",
        ]),
    ]
}

#[test]
fn reflections_are_listed_found_and_shown() {
    let home = Home::new();
    let [one, two] = two_reflections(&home);
    let said = home.transcript(
        &[
            &["list"],
            &["list", "shift:day"],
            &["search", "family", "meeting"],
            &["list", "nothing", "like", "it"],
            &["show", "last"],
        ],
        &[&one, &two],
    );
    insta::assert_snapshot!(said, @"
    $ postcall list
    ID-TWO  2026-11-21  day      Ran the family meeting without saying who decides…
    ID-ONE  2026-11-18  day      Asked the nurse first and the plan changed
    $ postcall list shift:day
    ID-TWO  2026-11-21  day      Ran the family meeting without saying who decides…
    ID-ONE  2026-11-18  day      Asked the nurse first and the plan changed
    $ postcall search family meeting
    ID-TWO  2026-11-21  day      Ran the family meeting without saying who decides…
    $ postcall list nothing like it
    ! No reflections match.
    $ postcall show last
    Day shift, Sat 21 Nov - Medical ICU - After a shift
    ID-TWO  written 2026-11-21 08:10 +01:00

    Do differently
      Ran the family meeting without saying who decides #family

    Competencies: Running effective meetings
    Tags: #family
    Energy: 2 of 5
    Signals: jaw
    ");
}

#[test]
fn an_experiment_is_due_and_closing_it_again_replaces_the_answer() {
    let home = Home::new();
    let [one, _] = two_reflections(&home);
    let due = home.json(&["due"]);
    let experiment = due[0]["id"].as_str().unwrap();
    let (_, short) = experiment.split_at(experiment.len() - 6);
    let said = home.transcript(
        &[
            &["due"],
            &["due", "--short"],
            &["close", &one, "mixed"],
            &["close", "last", "helped", "--note", "Twice this week"],
            &["close", "last", "habit"],
            &["due"],
        ],
        &[&one, short],
    );
    insta::assert_snapshot!(said, @"
    $ postcall due
    ID-TWO  in 4 days             If a plan is about to be settled, then I ask the…
    $ postcall due --short
    $ postcall close ID-ONE mixed
    ! ID-TWO is closed: mixed.
    $ postcall close last helped --note Twice this week
    ! ID-TWO is closed: helped.
    $ postcall close last habit
    ! ID-TWO is closed: helped, and it became a habit.
    $ postcall due
    ! No open experiments.
    ");
    let shown = home.json(&["show", &one]);
    assert_eq!(shown["experiment"]["outcome"], "helped");
    assert_eq!(shown["experiment"]["outcome_note"], "Twice this week");
    assert_eq!(shown["experiment"]["follow_up"], "habit");
}

#[test]
fn a_due_experiment_is_one_line_for_a_shell_prompt() {
    let home = Home::new();
    home.add(&[
        "--next",
        "If it is late, then I stop",
        "--date",
        "2026-11-10",
    ]);
    let said = home.transcript(&[&["due", "--short"]], &[]);
    insta::assert_snapshot!(said, @"
    $ postcall due --short
    Due: If it is late, then I stop
    ");
}

#[test]
fn what_was_deleted_is_in_the_trash_until_it_is_emptied() {
    let home = Home::new();
    let [one, two] = two_reflections(&home);
    let said = home.transcript(
        &[
            &["delete", &one],
            &["list"],
            &["due"],
            &["trash"],
            &["restore", &one],
            &["due", "--json"],
            &["delete", &two],
            &["trash", "--empty"],
            &["trash", "--empty", "--yes"],
            &["trash"],
            &["show", &two],
        ],
        &[&one, &two],
    );
    let said = said
        .lines()
        .filter(|line| !line.starts_with("{\"id\""))
        .collect::<Vec<_>>();
    insta::assert_snapshot!(said.join("\n"), @r#"
    $ postcall delete ID-ONE
    ! ID-ONE is in the trash: Day shift, Wed 18 Nov. `postcall restore ID-ONE` brings it back.
    $ postcall list
    ID-TWO  2026-11-21  day      Ran the family meeting without saying who decides…
    $ postcall due
    ! No open experiments.
    $ postcall trash
    ID-ONE  2026-11-18  day      Asked the nurse first and the plan changed
    $ postcall restore ID-ONE
    ! ID-ONE is back in the journal: Day shift, Wed 18 Nov.
    $ postcall due --json
    [
    ]
    $ postcall delete ID-TWO
    ! ID-TWO is in the trash: Day shift, Sat 21 Nov. `postcall restore ID-TWO` brings it back.
    $ postcall trash --empty
    ! Emptying the trash cannot be undone, and there is no terminal to ask on. Nothing was deleted. `postcall trash --empty --yes` goes ahead.
    [2]
    $ postcall trash --empty --yes
    ! Deleted 1 reflection for good.
    $ postcall trash
    ! The trash is empty.
    $ postcall show ID-TWO
    ! There is no reflection "ID-TWO". `postcall list` and `postcall trash` show the ids.
    [1]
    "#);
}

#[test]
fn templates_and_competencies_are_listed() {
    let home = Home::new();
    let said = home.transcript(&[&["templates"], &["competencies"]], &[]);
    insta::assert_snapshot!(said, @"
    $ postcall templates
    shift           After a shift
    case            Complex case or conflict
    feedback-asked  Feedback I asked for
    feedback-given  Feedback I gave
    conversation    A hard conversation
    call            Urgent call or handover
    steady          Stress signal
    change          Small test of change
    rotation-start  Rotation start
    rotation-close  Rotation close
    mentor          Mentor meeting
    equity          Fairness and inclusion
    ethics          Ethical tension
    week            Week in review
    $ postcall competencies
    meetings        Running effective meetings
                    suggested mapping: acgme:ICS2, canmeds:LD3, hlm:engaging-the-team
    feedback        Giving and seeking feedback
                    suggested mapping: acgme:PBLI2, canmeds:LD3, hlm:holding-to-account
    team            Leading multidisciplinary teams
                    suggested mapping: acgme:ICS2, canmeds:LD3, leads:EO4
    communication   Clear communication
                    suggested mapping: acgme:ICS1, acgme:ICS2, acgme:ICS3
    self-awareness  Self-awareness
                    suggested mapping: acgme:PBLI2, leads:LS1, mlcf:1.1
    composure       Calm under pressure
                    suggested mapping: acgme:PROF1, leads:LS2, mlcf:1.2
    expectations    Expectations and accountability
                    suggested mapping: acgme:PROF3, hlm:holding-to-account
    priorities      Priorities and delegation
                    suggested mapping: acgme:PROF3, canmeds:LD4
    improvement     Improving the system
                    suggested mapping: acgme:SBP1, canmeds:LD1, mlcf:4.3
    influence       Influence without a title
                    suggested mapping: acgme:SBP3, canmeds:LD3, leads:DC4
    safety          Psychological safety
                    suggested mapping: acgme:SBP1, canmeds:LD1, hlm:leading-with-care
    equity          Equity and inclusion
                    suggested mapping: acgme:SBP2, canmeds:HA
    mentorship      Mentoring and being mentored
                    suggested mapping: acgme:PBLI2, hlm:developing-capability, leads:EO1
    ethics          Ethical leadership
                    suggested mapping: acgme:PROF2, canmeds:PR, mlcf:1.4
    sustain         Sustaining yourself
                    suggested mapping: acgme:PROF4, canmeds:PR, leads:LS2
    ");
    let templates = home.json(&["templates"]);
    assert_eq!(templates.as_array().unwrap().len(), 14);
    assert_eq!(home.json(&["competencies"])[0]["framework"], "postcall");
}

#[test]
fn json_has_the_promised_keys() {
    let home = Home::new();
    let [one, _] = two_reflections(&home);
    let keys = |value: &serde_json::Value| -> String {
        let keys = value.as_object().unwrap().keys();
        keys.map(String::as_str).collect::<Vec<_>>().join(" ")
    };
    let reflection = "competencies do_differently energy feedback_from id note period rotation \
                      shared shift shift_date signals tags template try_next went_well written_at";
    let list = home.json(&["list"]);
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(keys(&list[0]), reflection);
    assert_eq!(list[0]["energy"], 2);
    assert_eq!(list[0]["tags"], serde_json::json!(["family"]));
    assert_eq!(list[0]["written_at"], "2026-11-21T08:10:00+01:00");
    assert_eq!(keys(&home.json(&["search", "nurse"])[0]), reflection);
    assert!(list[1]["id"].as_str().unwrap().ends_with(&one));
    assert_eq!(
        keys(&home.json(&["due"])[0]),
        "carried due follow_up follows id outcome outcome_date outcome_note reflection text"
    );
    let added = home.json(&[
        "add",
        "--next",
        "If, then",
        "--due",
        "2w",
        "--date",
        "yesterday",
    ]);
    assert_eq!(added["experiment"]["due"], "2026-12-04");
    assert_eq!(added["experiment"]["reflection"], added["id"]);
    assert_eq!(added["experiment"]["outcome"], "open");
    assert_eq!(added["try_next"], "If, then");
}

#[test]
fn a_list_is_cut_at_twenty_unless_told_and_never_as_json() {
    let home = Home::new();
    for n in 0..21 {
        home.add(&["--well", &format!("number {n}")]);
    }
    let list = home.run(&["list"]);
    assert_eq!(list.out.lines().count(), 20);
    assert_eq!(list.err, "The newest 20; -n N shows more.\n");
    assert_eq!(home.run(&["list", "-n", "3"]).out.lines().count(), 3);
    assert_eq!(home.run(&["search", "number"]).out.lines().count(), 20);
    assert_eq!(home.json(&["list"]).as_array().unwrap().len(), 21);
    assert_eq!(
        home.json(&["search", "number", "-n", "5"])
            .as_array()
            .unwrap()
            .len(),
        5
    );
}

#[test]
fn the_configuration_is_found_printed_and_checked() {
    let home = Home::new();
    std::fs::write(home.path("c.toml"), "week_start = \"sunday\"\n").unwrap();
    let file = home.path("c.toml").display().to_string();
    let said = home.transcript(
        &[
            &["path"],
            &["config", "path", "--config", &file],
            &["config", "check"],
        ],
        &[],
    );
    insta::assert_snapshot!(said, @"
    $ postcall path
    ~/journal.sqlite
    $ postcall config path --config ~/c.toml
    ~/c.toml
    $ postcall config check
    ! Nothing is wrong with ~/.config/postcall/config.toml.
    ");
    let printed = home.run(&["config", "print"]);
    assert_eq!((printed.code, printed.err.as_str()), (0, ""));
    std::fs::write(home.path("d.toml"), &printed.out).unwrap();
    let file = home.path("d.toml").display().to_string();
    let checked = home.run(&["config", "check", "--config", &file]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    std::fs::write(
        home.path("k.toml"),
        "[keys.journal]\ndelete = [\"z\"]\nedit = [\"z\", \"k\"]\n",
    )
    .unwrap();
    let file = home.path("k.toml").display().to_string();
    let printed = home.run(&["config", "print", "--config", &file]);
    assert!(printed.err.contains("counts"), "{}", printed.err);
    std::fs::write(home.path("d.toml"), &printed.out).unwrap();
    let file = home.path("d.toml").display().to_string();
    let checked = home.run(&["config", "check", "--config", &file]);
    assert_eq!(checked.code, 0, "{}", checked.out);
    let missing = home.path("missing.toml").display().to_string();
    let checked = home.run(&["config", "check", "--config", &missing]);
    assert_eq!(checked.code, 1, "{}", checked.out);
    let ran = home.run(&["list", "--config", &missing]);
    assert!(
        ran.code == 0 && ran.err.contains("no such file"),
        "{}",
        ran.err
    );
    std::fs::write(home.path("e.toml"), "[no_such_table]\nx = 1\n").unwrap();
    let file = home.path("e.toml").display().to_string();
    let checked = home.run(&["config", "check", "--config", &file]);
    assert_eq!(checked.code, 1, "{}", checked.out);
    assert!(checked.out.contains("line "), "{}", checked.out);
    let listed = home.run(&["templates", "--config", &file]);
    assert_eq!(
        (listed.code, listed.err.lines().count()),
        (0, 1),
        "{}",
        listed.err
    );
}

#[test]
fn completions_and_help_go_to_standard_output() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = home.run(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("competencies"), "{shell}");
    }
    let help = home.run(&["--help"]);
    assert!(help.out.contains("Usage: postcall"), "{}", help.out);
    let version = home.run(&["--version"]);
    assert_eq!(
        version.out,
        format!("postcall {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn feedback_is_from_a_role_and_a_name_is_no_role() {
    let home = Home::new();
    let ran = home.run(&[
        "add",
        "--template",
        "feedback-asked",
        "--well",
        "Asked",
        "--from",
        "Nurse",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(home.json(&["show", "last"])["feedback_from"], "nurse");
    let ran = home.run(&["add", "--well", "Asked", "--from", "nurs"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("nurse"), "{}", ran.err);
}
#[test]
fn a_plan_that_was_worded_anew_names_what_it_follows_and_what_follows_it() {
    let home = Home::new();
    let first = home.add(&["--well", "One", "--next", "If a, then b"]);
    let place = Place::File(home.path("journal.sqlite"));
    let mut journal = Journal::open(&place, Options::default()).unwrap();
    let former = journal.last_experiment().unwrap().unwrap();
    let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
    draft.try_next = "If a, then c".into();
    draft.follows = Some(former.id);
    let next = journal.save(&draft).unwrap().entry.experiment.unwrap();
    drop(journal);
    let shown = home.run(&["show", &first]);
    let said = format!("  followed by {}  If a, then c\n", next.id.short());
    assert!(shown.out.contains(&said), "{}", shown.out);
    let shown = home.run(&["show", "last"]);
    let said = format!("  follows {}  If a, then b\n", former.id.short());
    assert!(shown.out.contains(&said), "{}", shown.out);
    let json = home.json(&["show", "last"]);
    assert_eq!(json["experiment"]["follows"], former.id.to_string());
}
