//! The stable JSON of what is in the trash and is no reflection: it says what it is.

use serde::Serialize;

use super::goals::GoalJson;
use crate::domain::goal::Goal;
use crate::domain::rotation::Rotation;

/// A goal or a rotation in the trash, on the wire. Reflections stand there as everywhere, without
/// a kind.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TrashedJson<'a> {
    /// A goal.
    Goal(Box<GoalJson<'a>>),
    /// A rotation.
    Rotation {
        /// Its id.
        id: String,
        /// Its name.
        name: &'a str,
        /// Its first day.
        first_day: String,
        /// Its last day; `null` if it had none yet.
        last_day: Option<String>,
    },
}

impl<'a> TrashedJson<'a> {
    /// Of a goal.
    #[must_use]
    pub fn goal(goal: &'a Goal) -> Self {
        Self::Goal(Box::new(GoalJson::of(goal, None)))
    }

    /// Of a rotation.
    #[must_use]
    pub fn rotation(rotation: &'a Rotation) -> Self {
        Self::Rotation {
            id: rotation.id.to_string(),
            name: &rotation.name,
            first_day: rotation.first.to_string(),
            last_day: rotation.last.map(|date| date.to_string()),
        }
    }
}
