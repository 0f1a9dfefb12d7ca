//! Competencies suggested from the words that residents write, by the cues that are shipped.

use postcall::config::Config;
use postcall::domain::competency::CompetencyId;
use postcall::domain::suggest::{MOST, suggestions};

use serde_json::Value;

/// What is suggested for texts, nothing being chosen and no goal set.
fn suggested(texts: &[&str]) -> Vec<CompetencyId> {
    let catalog = Config::default().catalog;
    suggestions(texts.iter().copied(), &catalog, &[], &[])
}

#[test]
fn sentences_of_tired_residents_suggest_what_they_are_about() {
    let cases = [
        (
            "We finished the huddle on time and every point had an owner.",
            "meetings",
        ),
        (
            "Asked the attending for feedback; she told me that I talk too fast.",
            "feedback",
        ),
        (
            "I gave him feedback in the hallway and he got defensive.",
            "feedback",
        ),
        (
            "Named the roles before the trauma call, the pharmacist caught the dose.",
            "team",
        ),
        (
            "My handoff was a mess, nobody read it back.",
            "communication",
        ),
        (
            "Told the family the bad news and did not leave any silence.",
            "communication",
        ),
        (
            "Noticed my jaw and my voice getting sharp again. I tend to do that.",
            "self-awareness",
        ),
        (
            "Panicked for a moment, then two slow breaths at the door.",
            "composure",
        ),
        (
            "The intern is late again and I still have not followed up as promised.",
            "expectations",
        ),
        (
            "Said no to a third project. My to-do list is urgent things only.",
            "priorities",
        ),
        (
            "Started an audit: counted the delays at discharge for a baseline.",
            "improvement",
        ),
        (
            "Could not convince the chief, no buy-in from the department head.",
            "influence",
        ),
        (
            "She was afraid to ask. I said I am not sure either, and we debriefed without blame.",
            "safety",
        ),
        (
            "Used the interpreter even though we were behind; the cousin is uninsured.",
            "equity",
        ),
        (
            "Met my mentor, then let the student present and coached her through it.",
            "mentorship",
        ),
        (
            "Goals of care with the surrogate. Was it honest, is it what he would have consented to?",
            "ethics",
        ),
        (
            "Exhausted, skipped lunch, cried in the car, slept two hours.",
            "sustain",
        ),
        ("EXHAUSTED. Sk\u{ed}pped l\u{fa}nch!", "sustain"),
    ];
    for (text, expected) in cases {
        let given = suggested(&[text]);
        let first = given.first().map(CompetencyId::as_str);
        assert_eq!(first, Some(expected), "{text}: {given:?}");
    }
}

#[test]
fn words_about_nothing_in_particular_suggest_nothing() {
    for text in [
        "",
        "ok",
        "It was fine, five minutes of quiet.",
        "12:40 \u{1f634}",
        "我们",
    ] {
        assert_eq!(suggested(&[text]), [], "{text}");
    }
}

#[test]
fn every_sample_reflection_is_given_something_that_its_writer_chose() {
    let sample = include_str!("../../../assets/demo/reflections.jsonl");
    for line in sample.lines() {
        let reflection: Value = serde_json::from_str(line).unwrap();
        let text = |place: &str| reflection.pointer(place).and_then(Value::as_str).unwrap();
        let texts = ["/went_well", "/do_differently", "/try_next/text"].map(text);
        let given = suggested(&texts);
        let chosen = reflection["competencies"].as_array().unwrap();
        assert!(given.len() <= MOST);
        assert!(
            chosen.iter().any(|id| given
                .iter()
                .any(|given| Some(given.as_str()) == id.as_str())),
            "{}: {given:?} for {chosen:?}",
            reflection["id"]
        );
    }
}
