//! From a behaviour to an if-then sentence.

use postcall::config::Config;
use postcall::domain::plan::Plan;

#[test]
fn a_behaviour_becomes_something_i_will_do() {
    let cases = [
        (
            "Opens with purpose and end time",
            "open with purpose and end time.",
        ),
        (
            "Closes with owners and dates",
            "close with owners and dates.",
        ),
        (
            "Does not wait for evaluation time",
            "not wait for evaluation time.",
        ),
        ("Can name own triggers", "name my own triggers."),
        ("Asks, tells, asks", "ask, tell, ask."),
        (
            "Pauses and takes two slow breaths",
            "pause and take two slow breaths.",
        ),
        (
            "Teaches a leadership behaviour on purpose",
            "teach a leadership behaviour on purpose.",
        ),
        (
            "Addresses lapses privately and early",
            "address lapses privately and early.",
        ),
        ("Tries again", "try again."),
        // Not a sentence about somebody: left to the writer.
        ("Focus on the team", "focus on the team."),
        ("SBAR at every handover.", "SBAR at every handover."),
        ("", "."),
    ];
    for (behaviour, doing) in cases {
        let plan = Plan::of(behaviour);
        assert_eq!(
            plan.sentence,
            format!("If , then I will {doing}"),
            "{behaviour}"
        );
        let (before, after) = plan.sentence.split_at(plan.at);
        assert_eq!((before, after.starts_with(", then")), ("If ", true));
    }
}

#[test]
fn no_shipped_behaviour_keeps_the_verb_of_somebody_else() {
    let catalog = Config::default().catalog;
    let all = catalog.frameworks.iter().flat_map(|f| &f.items);
    let plans: Vec<Plan> = all
        .flat_map(|item| &item.behaviours)
        .map(|behaviour| Plan::of(behaviour))
        .collect();
    assert!(plans.len() > 50);
    for plan in plans {
        let will = plan.sentence.split("I will ").nth(1).unwrap();
        let verb = will.split([' ', ',']).next().unwrap();
        assert!(
            !verb.ends_with('s') || verb.ends_with("ss"),
            "{}",
            plan.sentence
        );
    }
}
