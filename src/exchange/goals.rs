//! The stable JSON of goals and of what speaks for them, as `--json` prints it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::evidence::Evidence;
use crate::domain::experiment::Outcome;
use crate::domain::goal::Goal;
use crate::domain::reflection::{Entry, Giver, Role};

/// A goal on the wire.
#[derive(Serialize)]
pub struct GoalJson<'a> {
    id: String,
    competency: &'a str,
    why: &'a str,
    strength: &'a str,
    gap: &'a str,
    role_sought: &'a str,
    obstacle: &'a str,
    status: &'static str,
    status_note: &'a str,
    status_date: Option<String>,
    academic_year: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<EvidenceJson>,
}

/// Evidence on the wire: every outcome and role has its count, reflections are named by their ids.
#[derive(Serialize)]
struct EvidenceJson {
    reflections: u32,
    experiments: BTreeMap<&'static str, u32>,
    feedback: BTreeMap<&'static str, u32>,
    last_touched: Option<String>,
    last_feedback: Option<String>,
    weeks: Vec<u32>,
    own: Vec<String>,
    said: Vec<SaidJson>,
}

#[derive(Serialize)]
struct SaidJson {
    reflection: String,
    feedback_from: Option<&'static str>,
}

impl<'a> GoalJson<'a> {
    /// Of a goal, and of its evidence if that is wanted.
    #[must_use]
    pub fn of(goal: &'a Goal, evidence: Option<&Evidence>) -> Self {
        Self {
            id: goal.id.to_string(),
            competency: goal.competency.as_str(),
            why: &goal.lines.why,
            strength: &goal.lines.strength,
            gap: &goal.lines.gap,
            role_sought: &goal.lines.role_sought,
            obstacle: &goal.lines.obstacle,
            status: goal.status.id(),
            status_note: &goal.status_note,
            status_date: goal.status_date.map(|date| date.to_string()),
            academic_year: goal.academic_year,
            evidence: evidence.map(EvidenceJson::from),
        }
    }
}

impl From<&Evidence> for EvidenceJson {
    fn from(evidence: &Evidence) -> Self {
        let mut experiments: BTreeMap<_, _> = Outcome::ALL.map(|o| (o.id(), 0)).into();
        experiments.extend(evidence.experiments.iter().map(|(o, n)| (o.id(), *n)));
        let mut feedback: BTreeMap<_, _> = Giver::ALL.map(|giver| (giver.id(), 0)).into();
        feedback.extend(evidence.feedback.iter().map(|(role, n)| (role.id(), *n)));
        let id = |entry: &Entry| entry.reflection.id.to_string();
        let said = |entry: &Entry| SaidJson {
            reflection: id(entry),
            feedback_from: entry.reflection.feedback_from.map(Role::id),
        };
        Self {
            reflections: evidence.reflections,
            experiments,
            feedback,
            last_touched: evidence.last_touched.map(|date| date.to_string()),
            last_feedback: evidence.last_feedback.map(|date| date.to_string()),
            weeks: evidence.weeks.to_vec(),
            own: evidence.own.iter().map(id).collect(),
            said: evidence.said.iter().map(said).collect(),
        }
    }
}
