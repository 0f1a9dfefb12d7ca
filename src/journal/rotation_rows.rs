//! The list of the rotations, and how much was reflected on and worked in each.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::RotationRow;
use super::rotations::of_sound;
use crate::domain::rotation::{Rotation, covering};
use crate::domain::shift::ShiftKind;
use crate::store::{KeptRotation, StoreError, Tables};

/// Every rotation outside the trash, begun last first.
pub(super) fn rows(tables: &Tables<'_>, today: NaiveDate) -> Result<Vec<RotationRow>, StoreError> {
    let kept = tables.rotations()?;
    let from = kept.iter().map(|kept| kept.rotation.first).min();
    let last = |kept: &KeptRotation| kept.rotation.last.unwrap_or(today);
    let to = kept.iter().map(last).max();
    let (Some(from), Some(to)) = (from, to) else {
        return Ok(Vec::new());
    };
    let mut counts = Counts::of(&kept);
    tables.each_shift_in(from, to, |date, shift, rotation| {
        counts.reflected(date, shift, rotation);
    })?;
    for (date, shift) in tables.logged_shifts(from, to)? {
        counts.logged(date, shift);
    }
    let present = counts.on(today);
    let counts = counts.held;
    let rows = kept.into_iter().zip(counts).enumerate();
    Ok(rows
        .map(|(at, (kept, held))| RotationRow {
            is_present: present == Some(at),
            reflections: held.reflections,
            shifts: u32::try_from(held.shifts.len()).unwrap_or(u32::MAX),
            damaged: !kept.sound,
            rotation: kept.rotation,
        })
        .collect())
}

/// What one rotation holds.
#[derive(Debug, Clone, Default)]
struct Held {
    reflections: u32,
    shifts: HashSet<(NaiveDate, ShiftKind)>,
}

/// What the rotations hold, counted shift by shift. A rotation goes by its place in the list.
#[derive(Debug)]
struct Counts<'a> {
    kept: &'a [KeptRotation],
    sound: Vec<Rotation>,
    /// In small letters.
    called: HashMap<String, Vec<usize>>,
    /// The date asked about last and its rotation: shifts of one date follow one another.
    asked: Option<(NaiveDate, Option<usize>)>,
    held: Vec<Held>,
}

impl<'a> Counts<'a> {
    fn of(kept: &'a [KeptRotation]) -> Self {
        let mut called: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, kept) in kept.iter().enumerate() {
            let name = kept.rotation.name.to_lowercase();
            called.entry(name).or_default().push(at);
        }
        Self {
            sound: of_sound(kept),
            called,
            asked: None,
            held: vec![Held::default(); kept.len()],
            kept,
        }
    }

    /// The rotation that covers that date.
    fn on(&mut self, date: NaiveDate) -> Option<usize> {
        if let Some((_, found)) = self.asked.filter(|(asked, _)| *asked == date) {
            return found;
        }
        let id = covering(&self.sound, date).map(|rotation| rotation.id);
        let found = id.and_then(|id| self.kept.iter().position(|kept| kept.rotation.id == id));
        self.asked = Some((date, found));
        found
    }

    fn reflected(&mut self, date: NaiveDate, shift: ShiftKind, rotation: &str) {
        if rotation.is_empty() {
            if let Some(held) = self.on(date).and_then(|at| self.held.get_mut(at)) {
                held.reflect(date, shift);
            }
            return;
        }
        let named = self.called.get(&rotation.trim().to_lowercase());
        for at in named.into_iter().flatten().copied() {
            let covers = |kept: &KeptRotation| kept.rotation.covers(date);
            if self.kept.get(at).is_some_and(covers)
                && let Some(held) = self.held.get_mut(at)
            {
                held.reflect(date, shift);
            }
        }
    }

    fn logged(&mut self, date: NaiveDate, shift: ShiftKind) {
        if let Some(held) = self.on(date).and_then(|at| self.held.get_mut(at)) {
            held.shifts.insert((date, shift));
        }
    }
}

impl Held {
    fn reflect(&mut self, date: NaiveDate, shift: ShiftKind) {
        self.reflections = self.reflections.saturating_add(1);
        self.shifts.insert((date, shift));
    }
}
