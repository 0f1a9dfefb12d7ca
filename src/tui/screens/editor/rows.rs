//! The details of a reflection, one row each: what the arrows, a digit and clearing do to them.

use chrono::NaiveDate;

use crate::domain::calendar::{FIRST_DATE, LAST_DATE, add_days};
use crate::domain::draft::{Draft, Due};
use crate::domain::reflection::{Energy, Role};
use crate::domain::rules::Rules;
use crate::domain::shift::{ShiftKind, default_date};

/// A detail of a reflection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The kind of shift.
    Shift,
    /// The date the shift began.
    Date,
    /// The rotation.
    Rotation,
    /// When the experiment is due.
    Due,
    /// Up to three competencies.
    Competencies,
    /// Energy.
    Energy,
    /// Stress signals.
    Signals,
    /// Whose feedback it is about; only where a template asks for it.
    FeedbackFrom,
}

/// The tag of the template that asks for the role of the giver.
const FEEDBACK: &str = "feedback-received";

impl Row {
    /// The rows that a draft shows, from top to bottom: what its template asks for comes first.
    #[must_use]
    pub fn of(draft: &Draft) -> Vec<Self> {
        let asks = |tag: &crate::domain::tag::Tag| tag.as_str() == FEEDBACK;
        let mut rows = Vec::new();
        if draft.feedback_from.is_some() || draft.template_tags.iter().any(asks) {
            rows.push(Self::FeedbackFrom);
        }
        rows.extend([
            Self::Shift,
            Self::Date,
            Self::Rotation,
            Self::Due,
            Self::Competencies,
            Self::Energy,
            Self::Signals,
        ]);
        rows
    }

    /// The word in front of it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Shift => "Shift",
            Self::Date => "Date",
            Self::Due => "Due",
            Self::Competencies => "Competencies",
            Self::Energy => "Energy",
            Self::Signals => "Signals",
            Self::Rotation => "Rotation",
            Self::FeedbackFrom => "Feedback from",
        }
    }
}

/// A direction in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// To the left: earlier, less.
    Less,
    /// To the right: later, more.
    More,
}

impl Turn {
    /// The place one further in a circle of `length` places; `None` if there are none.
    #[must_use]
    pub fn around(self, at: usize, length: usize) -> Option<usize> {
        match self {
            Self::Less => (at + length.checked_sub(1)?).checked_rem(length),
            Self::More => (at + 1).checked_rem(length),
        }
    }

    const fn days(self) -> i64 {
        match self {
            Self::Less => -1,
            Self::More => 1,
        }
    }
}

/// Turns a row that has one value; the others are turned by whoever shows their choices.
pub fn turn(row: Row, turn: Turn, draft: &mut Draft, rules: &Rules) {
    match row {
        Row::Shift => {
            let kinds = &rules.shift_kinds;
            let next = match kinds.iter().position(|kind| *kind == draft.shift) {
                Some(at) => turn.around(at, kinds.len()),
                None => Some(0),
            };
            if let Some(kind) = next.and_then(|at| kinds.get(at)) {
                set_shift(draft, *kind, rules);
            }
        }
        Row::Date => set_date(draft, add_days(draft.shift_date, turn.days())),
        Row::Due => draft.due = turned_due(draft, turn, rules),
        Row::Energy => {
            let level = draft.energy.map_or(3, |energy| match turn {
                Turn::Less => energy.level().saturating_sub(1).max(1),
                Turn::More => (energy.level() + 1).min(5),
            });
            draft.energy = Energy::new(level);
        }
        Row::FeedbackFrom => {
            // One place more than there are roles: nobody.
            let nobody = Role::ALL.len();
            let said = Role::ALL
                .iter()
                .position(|role| Some(*role) == draft.feedback_from);
            let next = turn.around(said.unwrap_or(nobody), nobody + 1);
            draft.feedback_from = next.and_then(|at| Role::ALL.get(at).copied());
        }
        Row::Competencies | Row::Signals | Row::Rotation => {}
    }
}

fn turned_due(draft: &Draft, turn: Turn, rules: &Rules) -> Due {
    match (draft.due, turn) {
        (Due::Never, Turn::More) => Due::After(rules.due_days),
        (Due::Never, Turn::Less) => Due::Never,
        (Due::After(days), Turn::More) => Due::After(days.saturating_add(1).min(3650)),
        (Due::After(days), Turn::Less) => days.checked_sub(1).map_or(Due::Never, Due::After),
        (Due::On(date), _) => {
            let date = add_days(date, turn.days());
            if date < draft.shift_date {
                Due::Never
            } else {
                Due::On(date)
            }
        }
    }
}

/// Takes a digit key in a row.
pub fn digit(row: Row, digit: u8, draft: &mut Draft, today: NaiveDate, rules: &Rules) {
    let place = usize::from(digit).checked_sub(1);
    match row {
        Row::Shift => {
            if let Some(kind) = place.and_then(|at| rules.shift_kinds.get(at)) {
                set_shift(draft, *kind, rules);
            }
        }
        Row::Date => set_date(draft, add_days(today, -i64::from(digit))),
        Row::Due => draft.due = Due::After(u16::from(digit)),
        Row::Energy => {
            if let Some(energy) = Energy::new(digit) {
                draft.energy = Some(energy);
            }
        }
        Row::Signals => {
            if let Some(at) = place {
                toggle_signal(draft, at, rules);
            }
        }
        Row::FeedbackFrom => {
            if let Some(role) = place.and_then(|at| Role::ALL.get(at)) {
                draft.feedback_from = Some(*role);
            }
        }
        Row::Competencies | Row::Rotation => {}
    }
}

/// Takes back what was said in a row.
pub fn clear(row: Row, draft: &mut Draft, rules: &Rules) {
    match row {
        // A shift there always is; the date of a new entry goes back to what the shift suggests.
        Row::Shift => {}
        Row::Date => {
            if draft.editing.is_none() {
                draft.date_touched = false;
                set_shift(draft, draft.shift, rules);
            }
        }
        Row::Due => draft.due = Due::Never,
        Row::Competencies => {
            draft.competencies.pop();
        }
        Row::Energy => draft.energy = None,
        Row::Signals => draft.signals.clear(),
        Row::Rotation => {
            draft.rotation.clear();
            draft.rotation_touched = true;
        }
        Row::FeedbackFrom => draft.feedback_from = None,
    }
}

/// Marks or unmarks the signal at this place of the writer's list.
pub fn toggle_signal(draft: &mut Draft, at: usize, rules: &Rules) {
    let Some(signal) = rules.signals.get(at) else {
        return;
    };
    if draft.signals.contains(signal) {
        draft.signals.retain(|marked| marked != signal);
    } else {
        draft.signals.push(signal.clone());
    }
}

fn set_shift(draft: &mut Draft, kind: ShiftKind, rules: &Rules) {
    draft.shift = kind;
    if !draft.date_touched {
        draft.shift_date = default_date(draft.started_at, kind, rules.day_starts);
    }
}

fn set_date(draft: &mut Draft, date: NaiveDate) {
    draft.shift_date = date.clamp(FIRST_DATE, LAST_DATE);
    draft.date_touched = true;
}
