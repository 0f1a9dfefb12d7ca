//! Everything that the journal holds in the writer's words, and what in it may identify somebody.

use crate::cli::commands::list;
use crate::cli::failure::Failure;
use crate::domain::draft::Draft;
use crate::domain::goal::{Goal, GoalLine};
use crate::domain::guard::{Finding, findings};
use crate::domain::query::Query;
use crate::domain::reflection::{Entry, Field};
use crate::domain::rotation::Rotation;
use crate::journal::{InTrash, Journal};

/// What has findings, newest first: reflections and those in the trash, goals, rotations, then what
/// was not saved yet. A draft that another window has open is not there.
pub fn with_findings(journal: &mut Journal) -> Result<Vec<Part>, Failure> {
    let mut parts = Vec::new();
    list::newest(journal, &Query::default(), usize::MAX, |id, row| {
        parts.extend(of_reflection(id, &row.entry));
        Ok(())
    })?;
    let trashed = journal.trashed()?;
    let ids = journal.shown_ids(trashed.iter().map(|row| row.entry.reflection.id))?;
    for (id, row) in ids.iter().zip(&trashed) {
        parts.extend(of_reflection(id, &row.entry));
    }
    let mut goals: Vec<Goal> = journal.goals()?.into_iter().map(|row| row.goal).collect();
    let rotations = journal.rotations()?.into_iter();
    let mut rotations: Vec<Rotation> = rotations.map(|row| row.rotation).collect();
    for thing in journal.in_trash()? {
        match thing {
            InTrash::Goal(kept) => goals.push(kept.goal),
            InTrash::Rotation(kept) => rotations.push(kept.rotation),
            InTrash::Reflection(_) => {}
        }
    }
    parts.extend(of_goals(&goals));
    parts.extend(of_rotations(&rotations));
    for offered in journal.offered_drafts()? {
        parts.extend(of_draft(&offered.draft));
    }
    Ok(parts)
}

/// A piece of the journal with something in it.
pub struct Part {
    /// What a person calls it by.
    pub id: String,
    /// The field, for a person.
    pub label: &'static str,
    /// The field, for a program.
    pub key: &'static str,
    /// All that stands there.
    pub text: String,
    /// At least one.
    pub findings: Vec<Finding>,
}

impl Part {
    fn new(id: &str, label: &'static str, key: &'static str, text: &str) -> Option<Self> {
        let findings = findings(text);
        (!findings.is_empty()).then(|| Self {
            id: id.to_owned(),
            label,
            key,
            text: text.to_owned(),
            findings,
        })
    }
}

fn of_reflection(id: &str, entry: &Entry) -> Vec<Part> {
    let fields = Field::ALL
        .into_iter()
        .map(|field| (field.label(), field.id(), entry.text(field)));
    let note = entry.experiment.as_ref();
    let note = note.map(|e| {
        (
            "Note on the outcome",
            "outcome_note",
            e.outcome_note.as_str(),
        )
    });
    let parts = fields.chain(note);
    parts
        .filter_map(|(label, key, text)| Part::new(id, label, key, text))
        .collect()
}

fn of_goals(goals: &[Goal]) -> Vec<Part> {
    let mut parts = Vec::new();
    for goal in goals {
        let id = goal.id.short();
        let lines = GoalLine::ASKED
            .into_iter()
            .filter_map(|line| Some((line, goal.lines.line(line)?)));
        let lines = lines.chain([(GoalLine::Status, &goal.status_note)]);
        parts
            .extend(lines.filter_map(|(line, text)| Part::new(&id, line.label(), key(line), text)));
    }
    parts
}

/// The names of rotations, which the writer gave.
fn of_rotations(rotations: &[Rotation]) -> impl Iterator<Item = Part> {
    let part = |it: &Rotation| Part::new(&it.id.short(), "Rotation", "rotation", &it.name);
    rotations.iter().filter_map(part)
}

fn of_draft(draft: &Draft) -> impl Iterator<Item = Part> {
    let part = |field: Field| Part::new("draft", field.label(), field.id(), draft.text(field));
    Field::ALL.into_iter().filter_map(part)
}

/// The line's key in JSON.
const fn key(line: GoalLine) -> &'static str {
    match line {
        GoalLine::Why => "why",
        GoalLine::Strength => "strength",
        GoalLine::Gap => "gap",
        GoalLine::RoleSought => "role_sought",
        GoalLine::Obstacle => "obstacle",
        GoalLine::Status => "status_note",
    }
}
