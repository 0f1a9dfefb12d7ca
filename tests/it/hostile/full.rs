//! A journal in which every text and every name is hostile.

use std::path::Path;

use chrono::Duration;
use postcall::config::Config;
use postcall::domain::competency::CompetencyId;
use postcall::domain::experiment::{Answer, Outcome};
use postcall::domain::goal::{Ending, GoalLines};
use postcall::domain::reflection::{Energy, Role, Signal};
use postcall::domain::rotation::Block;
use postcall::domain::template::TemplateId;
use postcall::journal::clock::Clock;
use postcall::journal::{Journal, Options, Place};

use super::{marked, marked_name};
use crate::tui::driver::MORNING;

/// Writes such a journal into this file, with a hostile configuration in this folder.
pub fn write(journal: &Path, choices: &Path, nasty: &str) {
    std::fs::create_dir_all(choices).unwrap();
    super::choices::write(choices, nasty);
    let chosen = Config::load(Some(&choices.join("config.toml"))).0;
    let options = Options {
        rules: chosen.rules,
        catalog: chosen.catalog,
        clock: Clock::Fixed(MORNING.parse().unwrap()),
        ..Options::default()
    };
    let mut open = Journal::open(&Place::File(journal.to_owned()), options).unwrap();
    fill(&mut open, nasty);
}

/// Fills it: reflections of eleven weeks with everything they may have, open and answered
/// experiments, goals, rotations, reviews, a draft, and one of each in the trash.
pub fn fill(journal: &mut Journal, nasty: &str) {
    let today = journal.today();
    let text = |mark: &str| marked(mark, nasty);
    for (name, first, last) in [
        ("Qpast", 80, Some(30)),
        ("Qgone", 90, Some(85)),
        ("Qnow", 29, None),
    ] {
        let block = Block {
            name: marked_name(name, nasty),
            first: today - Duration::days(first),
            last: last.map(|days| today - Duration::days(days)),
        };
        let (rotation, _) = journal.start_rotation(block).unwrap();
        if name == "Qgone" {
            journal.trash_rotation(rotation.id).unwrap();
        }
    }
    for (n, days_ago) in (0..78).rev().step_by(4).enumerate() {
        let known = n % 3 != 0;
        let template = if known {
            TemplateId::SHIFT
        } else {
            TemplateId::new(text("Qodd"))
        };
        let mut draft = journal.new_draft(&template).unwrap();
        draft.shift_date = today - Duration::days(days_ago);
        draft.date_touched = true;
        draft.went_well = format!("{} #qtag", text("Qwell")).into();
        draft.do_differently = format!("{} #interrupting", text("Qdifferently")).into();
        draft.try_next = text("Qnext").into();
        draft.note = text("Qnote").into();
        draft.rotation = marked_name(if days_ago > 29 { "Qpast" } else { "Qnow" }, nasty);
        draft.rotation_touched = true;
        draft.competencies = vec![
            CompetencyId::new("feedback"),
            CompetencyId::new(text("Qcompetency")),
        ];
        draft.signals = vec![Signal::new(&text("qsignal")).unwrap()];
        draft.energy = Energy::new(u8::try_from(n % 5 + 1).unwrap());
        draft.feedback_from = (n % 2 == 0).then_some(Role::Nurse);
        draft.shared = n % 5 == 0;
        let saved = journal.save(&draft).unwrap().entry;
        let experiment = saved.experiment.unwrap().id;
        if n % 4 == 1 {
            let helped = Answer::Outcome(Outcome::Helped);
            journal.answer(experiment, helped).unwrap();
            journal.note_outcome(experiment, &text("Qoutcome")).unwrap();
        }
        if n == 2 {
            journal.trash(saved.reflection.id).unwrap();
        }
    }
    let lines = || GoalLines {
        why: text("Qwhy").into(),
        strength: text("Qstrength").into(),
        gap: text("Qgap").into(),
        role_sought: text("Qsought").into(),
        obstacle: text("Qobstacle").into(),
    };
    for id in ["feedback", "team", "ethics", "composure"] {
        let (goal, _) = journal.add_goal(&CompetencyId::new(id), lines()).unwrap();
        match id {
            "team" => {
                let note = text("Qstatus").into();
                journal
                    .close_goal(goal.id, Ending::Met, Some(&note))
                    .unwrap();
            }
            "ethics" => _ = journal.trash_goal(goal.id).unwrap(),
            _ => {}
        }
    }
    let unknown = CompetencyId::new(text("Qcompetency"));
    journal.add_goal(&unknown, lines()).unwrap();
    for days_ago in [0, 7] {
        let mut draft = journal
            .week_draft(today - Duration::days(days_ago))
            .unwrap();
        draft.went_well = text("Qreview").into();
        draft.do_differently = text("Qreview").into();
        journal.save(&draft).unwrap();
    }
    let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
    draft.went_well = text("Qdraft").into();
    draft.rotation = marked_name("Qnow", nasty);
    journal.keep_draft(&draft).unwrap();
}
