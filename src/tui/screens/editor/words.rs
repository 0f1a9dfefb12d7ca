//! What the details of a reflection say, in words.

use chrono::{Datelike, NaiveDate};

use crate::domain::calendar::short_date;
use crate::domain::competency::MAX_PER_REFLECTION;
use crate::domain::draft::{Draft, DraftError, Due};
use crate::domain::prose::visible_line;
use crate::domain::reflection::{Role, Signal};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::Settings;

use super::picking::Picking;
use super::rotation::Rotations;
use super::rows::Row;

/// What a row says, or why it says nothing.
pub fn value(
    row: Row,
    draft: &Draft,
    today: NaiveDate,
    settings: &Settings,
) -> Result<String, &'static str> {
    match row {
        Row::Shift => Ok(draft.shift.name().to_owned()),
        Row::Date => {
            let day = short_date(draft.shift_date, today);
            Ok(if draft.shift.is_overnight() {
                format!("{day} (to {})", draft.shift_date.weekday().succ())
            } else {
                day
            })
        }
        Row::Due => {
            let date = draft.due.date(draft.shift_date).ok_or("no date")?;
            let day = short_date(date, today);
            Ok(match draft.due {
                Due::After(1) => format!("{day} (1 day)"),
                Due::After(days) => format!("{day} ({days} days)"),
                Due::On(_) | Due::Never => day,
            })
        }
        Row::Competencies => {
            let names = draft
                .competencies
                .iter()
                .map(|id| visible_line(settings.catalog.competency_name(id)));
            listed(names).ok_or("none")
        }
        Row::Energy => draft
            .energy
            .map(|energy| format!("{} of 5", energy.level()))
            .ok_or("not said"),
        Row::Signals => {
            let words = draft.signals.iter().map(|word| visible_line(word.as_str()));
            listed(words).ok_or("none")
        }
        Row::Rotation => {
            let name = visible_line(&draft.rotation);
            if name.is_empty() {
                Err("none")
            } else {
                Ok(name)
            }
        }
        Row::FeedbackFrom => draft
            .feedback_from
            .map(|role| role.id().to_owned())
            .ok_or("not said"),
    }
}

fn listed(words: impl Iterator<Item = String>) -> Option<String> {
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The details that were said, on one line.
pub fn summary(draft: &Draft, today: NaiveDate, settings: &Settings, tries: bool) -> String {
    let mut said = vec![crate::domain::shift::describe(
        draft.shift,
        draft.shift_date,
        today,
    )];
    if let (true, Some(due)) = (tries, draft.due.date(draft.shift_date)) {
        said.push(format!("due {}", short_date(due, today)));
    }
    for row in Row::of(draft) {
        let prefix = match row {
            // The header names the rotation.
            Row::Shift | Row::Date | Row::Due | Row::Rotation => continue,
            Row::Competencies | Row::Signals => "",
            Row::Energy => "energy ",
            Row::FeedbackFrom => "feedback from ",
        };
        if let Ok(words) = value(row, draft, today, settings) {
            said.push(format!("{prefix}{words}"));
        }
    }
    said.join(" · ")
}

/// The line under the row that has the focus.
pub enum Hint {
    /// What can be chosen, behind what is typed, and the place of what is pointed at.
    Choices {
        /// Typed to find one.
        typed: String,
        /// With their keys, if they have any.
        names: Vec<String>,
        /// Place in `names`.
        at: Option<usize>,
    },
    /// What can be taken with a digit, from 1.
    Offers(Vec<String>),
    /// How to change the row.
    Words(String),
}

/// What can be done in a row.
pub fn hint(
    row: Row,
    draft: &Draft,
    picking: &Picking,
    rotations: &Rotations,
    settings: &Settings,
) -> Hint {
    let rules = &settings.rules;
    let key = |action| settings.keymap.key_of(Context::Row, action);
    let digit = |digit| key(Action::Digit(digit));
    match row {
        Row::Shift => {
            let kinds = &rules.shift_kinds;
            let at = kinds.iter().position(|kind| *kind == draft.shift);
            choices(kinds.iter().map(|kind| kind.name()), at, settings)
        }
        Row::Date => Hint::Words(format!("{} today, {} yesterday", digit(0), digit(1))),
        Row::Due => Hint::Words(format!(
            "{}-{} days, {} no date",
            digit(0),
            digit(9),
            key(Action::Clear)
        )),
        Row::Competencies if draft.competencies.len() >= MAX_PER_REFLECTION => Hint::Words(
            format!("no more fit; {} drops the last", key(Action::Clear)),
        ),
        Row::Competencies if picking.is_searching() => {
            let (matching, at) = picking.matching();
            let names = matching
                .into_iter()
                .map(|id| visible_line(settings.catalog.competency_name(id)));
            Hint::Choices {
                typed: visible_line(picking.typed()),
                names: names.collect(),
                at,
            }
        }
        Row::Competencies => {
            let numbered = picking.suggested().iter().zip(1..);
            let free = numbered.filter(|(id, _)| !draft.competencies.contains(id));
            let names: Vec<String> = free
                .map(|(id, at)| {
                    let name = settings.catalog.competency_name(id);
                    format!("{} {}", digit(at), visible_line(name))
                })
                .collect();
            if names.is_empty() {
                Hint::Words(type_a_name(settings))
            } else {
                Hint::Offers(names)
            }
        }
        Row::Energy => {
            let at = draft.energy.map(|energy| usize::from(energy.level()) - 1);
            choices(["empty", "", "", "", "full"].into_iter(), at, settings)
        }
        Row::Signals => choices(
            rules.signals.iter().map(Signal::as_str),
            Some(picking.signal()),
            settings,
        ),
        Row::Rotation => {
            let names = rotations.choices(draft);
            if names.is_empty() {
                let lists = settings
                    .keymap
                    .key_of(Context::Screen, Action::ShowRotations);
                return Hint::Words(format!("none yet; {lists} begins one, outside the editor"));
            }
            let at = names.iter().position(|name| *name == draft.rotation);
            choices(names.into_iter(), at, settings)
        }
        Row::FeedbackFrom => {
            let at = Role::ALL
                .iter()
                .position(|role| Some(*role) == draft.feedback_from);
            choices(Role::ALL.into_iter().map(Role::id), at, settings)
        }
    }
}

/// How a competency is looked for.
pub fn type_a_name(settings: &Settings) -> String {
    let lists = settings.keymap.key_of(Context::Row, Action::Open);
    format!("type a name, {lists} lists them")
}

/// Choices behind the digit that chooses each.
fn choices<'a>(
    names: impl Iterator<Item = &'a str>,
    at: Option<usize>,
    settings: &Settings,
) -> Hint {
    let names = names.zip(1..).map(|(name, digit)| {
        let key = match digit {
            1..=9 => settings.keymap.key_of(Context::Row, Action::Digit(digit)),
            _ => String::new(),
        };
        format!("{key} {}", visible_line(name)).trim().to_owned()
    });
    Hint::Choices {
        typed: String::new(),
        names: names.collect(),
        at,
    }
}

/// The row that an error is about.
pub const fn row_of(error: &DraftError) -> Option<Row> {
    match error {
        DraftError::TooManyCompetencies(_) => Some(Row::Competencies),
        DraftError::Rotation(_) => Some(Row::Rotation),
        DraftError::DateOutOfRange => Some(Row::Date),
        DraftError::DueBeforeShift => Some(Row::Due),
        DraftError::Empty
        | DraftError::Blank(_)
        | DraftError::TooLong { .. }
        | DraftError::Nul(_)
        | DraftError::TooManyTags(_) => None,
    }
}
