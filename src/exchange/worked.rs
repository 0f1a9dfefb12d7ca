//! The stable JSON of rotations and of shifts in the log, as `--json` prints it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::rotation::Rotation;
use crate::domain::shift::ShiftKind;

/// A rotation on the wire.
#[derive(Serialize)]
pub struct RotationJson {
    id: String,
    name: String,
    first_day: String,
    last_day: Option<String>,
    present: bool,
    reflections: u32,
    shifts: u32,
}

/// A shift on the wire, and whether it counts.
#[derive(Serialize)]
pub struct ShiftJson {
    shift_date: String,
    shift: &'static str,
    logged: bool,
    reflected_on: bool,
}

impl RotationJson {
    /// Of a rotation, and what was counted in it.
    #[must_use]
    pub fn of(rotation: &Rotation, present: bool, reflections: u32, shifts: u32) -> Self {
        Self {
            id: rotation.id.to_string(),
            name: rotation.name.clone(),
            first_day: rotation.first.to_string(),
            last_day: rotation.last.map(|date| date.to_string()),
            present,
            reflections,
            shifts,
        }
    }
}

impl ShiftJson {
    /// Of a shift.
    #[must_use]
    pub fn of(date: NaiveDate, shift: ShiftKind, logged: bool, reflected_on: bool) -> Self {
        Self {
            shift_date: date.to_string(),
            shift: shift.id(),
            logged,
            reflected_on,
        }
    }
}
