//! From rows to reflections and experiments, and whether they are as they were saved.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate};
use rusqlite::Row;
use rusqlite::types::ValueRef;
use uuid::Uuid;

use super::checksum;
use super::seq::Seq;
use crate::domain::experiment::{Experiment, FollowUp, Outcome};
use crate::domain::id::{ExperimentId, ReflectionId, Revision};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Entry, Reflection, Role};
use crate::domain::shift::ShiftKind;
use crate::domain::template::TemplateId;

/// A reflection as the journal holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its place in the order.
    pub seq: Seq,
    /// The reflection and its experiment.
    pub entry: Entry,
    /// Whether it is in the trash.
    pub trashed: bool,
    /// Whether its checksum fits. If not, the entry holds what can still be read of it.
    pub sound: bool,
}

/// The columns of reflection `r`, as [`reflection`] expects them.
pub(super) const REFLECTION: &str = "r.seq, r.id, r.revision, r.written_at, r.shift_date, r.shift, \
     r.rotation, r.template, r.energy, r.feedback_from, r.shared, r.trashed_at, r.checksum, \
     r.went_well, r.do_differently, r.note";
const REFLECTION_COLUMNS: usize = 16;
/// The columns of experiment `e`, as [`experiment`] expects them.
pub(super) const EXPERIMENT: &str = "e.id, e.revision, e.due, e.outcome, e.outcome_date, e.carried, \
     e.follow_up, e.follows, e.checksum, e.outcome_note, e.text";

/// Reads columns, and remembers whether each held what the schema promises.
struct Cells<'a, 'stmt> {
    row: &'a Row<'stmt>,
    at: usize,
    sound: bool,
}

impl Cells<'_, '_> {
    /// Text; bytes that are no UTF-8 any more become U+FFFD.
    fn text(&mut self) -> rusqlite::Result<Option<String>> {
        let value = self.row.get_ref(self.at)?;
        self.at += 1;
        Ok(match value {
            ValueRef::Text(bytes) => {
                let text = String::from_utf8_lossy(bytes);
                self.sound &= matches!(text, Cow::Borrowed(_));
                Some(text.into_owned())
            }
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => None,
        })
    }

    fn prose(&mut self) -> rusqlite::Result<Prose> {
        Ok(self.text()?.map(Prose::new).unwrap_or_default())
    }

    fn word<T>(&mut self, parse: impl FnOnce(&str) -> Option<T>) -> rusqlite::Result<Option<T>> {
        let Some(text) = self.text()? else {
            return Ok(None);
        };
        let word = parse(&text);
        self.sound &= word.is_some();
        Ok(word)
    }

    fn date(&mut self) -> rusqlite::Result<Option<NaiveDate>> {
        self.word(|text| text.parse().ok())
    }

    fn integer(&mut self) -> rusqlite::Result<Option<i64>> {
        let value = self.row.get(self.at)?;
        self.at += 1;
        Ok(value)
    }

    fn revision(&mut self) -> rusqlite::Result<Revision> {
        let number = self.integer()?.and_then(|n| u32::try_from(n).ok());
        Ok(Revision(number.unwrap_or(1)))
    }

    fn id(&mut self) -> rusqlite::Result<Option<Uuid>> {
        let value = self.row.get_ref(self.at)?;
        self.at += 1;
        let bytes = value.as_blob_or_null()?;
        Ok(bytes.and_then(|bytes| Uuid::from_slice(bytes).ok()))
    }
}

/// The reflection and experiment of a row of [`REFLECTION`] and [`EXPERIMENT`], without the words
/// that other tables hold.
pub(super) fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let mut cells = Cells {
        row,
        at: 0,
        sound: true,
    };
    let seq = Seq(cells.integer()?.unwrap_or_default());
    let id = ReflectionId::new(cells.id()?.unwrap_or_default());
    let revision = cells.revision()?;
    let by_seq = DateTime::from_timestamp(seq.second(), 0).unwrap_or_default();
    let reflection = Reflection {
        id,
        revision,
        written_at: cells
            .word(|text| DateTime::parse_from_rfc3339(text).ok())?
            .unwrap_or_else(|| by_seq.fixed_offset()),
        shift_date: cells
            .date()?
            .or_else(|| seq.shift_date())
            .unwrap_or_default(),
        shift: cells
            .word(|text| text.parse().ok())?
            .unwrap_or(ShiftKind::Day),
        rotation: cells.text()?.unwrap_or_default(),
        template: TemplateId::new(cells.text()?.unwrap_or_default()),
        energy: cells
            .integer()?
            .and_then(|n| u8::try_from(n).ok())
            .and_then(Energy::new),
        feedback_from: cells.word(|text| text.parse::<Role>().ok())?,
        shared: cells.integer()? == Some(1),
        went_well: Prose::default(),
        do_differently: Prose::default(),
        note: Prose::default(),
        competencies: Vec::new(),
        tags: Vec::new(),
        signals: Vec::new(),
    };
    let trashed = cells.text()?.is_some();
    let checksum = cells.integer()?;
    let reflection = Reflection {
        went_well: cells.prose()?,
        do_differently: cells.prose()?,
        note: cells.prose()?,
        ..reflection
    };
    let mut sound = cells.sound && checksum == Some(checksum::of_reflection(&reflection));
    let experiment = experiment(row, REFLECTION_COLUMNS, id)?;
    if let Some((_, whole)) = &experiment {
        sound &= whole;
    }
    Ok(Kept {
        seq,
        entry: Entry {
            reflection,
            experiment: experiment.map(|(experiment, _)| experiment),
        },
        trashed,
        sound,
    })
}

/// The experiment in the columns from `at` on, and whether it is sound; `None` if there is none.
pub(super) fn experiment(
    row: &Row<'_>,
    at: usize,
    reflection: ReflectionId,
) -> rusqlite::Result<Option<(Experiment, bool)>> {
    let mut cells = Cells {
        row,
        at,
        sound: true,
    };
    let Some(id) = cells.id()? else {
        return Ok(None);
    };
    let revision = cells.revision()?;
    let due = cells.date()?;
    let outcome = cells
        .word(|text| text.parse().ok())?
        .unwrap_or(Outcome::Open);
    let outcome_date = cells.date()?;
    let carried = cells.integer()?.and_then(|n| u32::try_from(n).ok());
    let follow_up = cells.word(|text| {
        FollowUp::ALL
            .into_iter()
            .find(|follow_up| follow_up.id() == text)
    })?;
    let follows = cells.id()?.map(ExperimentId::new);
    let checksum = cells.integer()?;
    let outcome_note = cells.prose()?;
    let text = cells.prose()?;
    let experiment = Experiment {
        id: ExperimentId::new(id),
        reflection,
        text,
        due,
        outcome,
        outcome_date,
        outcome_note,
        carried: carried.unwrap_or(0),
        follow_up,
        follows,
        revision,
    };
    let sound = cells.sound && checksum == Some(checksum::of_experiment(&experiment));
    Ok(Some((experiment, sound)))
}
