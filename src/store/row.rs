//! From rows to reflections and experiments, and whether they are as they were saved.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate};
use rusqlite::Row;
use rusqlite::types::ValueRef;
use uuid::Uuid;

use super::checksum::Checksum;
use super::seq::Seq;
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::{Experiment, FollowUp, Outcome};
use crate::domain::id::{ExperimentId, ReflectionId, Revision};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Entry, Period, Reflection, Role, Signal};
use crate::domain::shift::ShiftKind;
use crate::domain::tag::Tag;
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

/// The columns of reflection `r`, as [`kept`] expects them: its checksum is over those behind it.
pub(super) const REFLECTION: &str = "r.seq, r.revision, r.trashed_at, r.checksum, r.id, \
     r.written_at, r.shift_date, r.shift, r.rotation, r.template, r.energy, r.feedback_from, \
     r.shared, r.went_well, r.do_differently, r.note, r.period";
const REFLECTION_COLUMNS: usize = 17;
const BEFORE_REFLECTION: usize = 4;
/// The columns of experiment `e`, as [`experiment`] expects them: its checksum is over those behind
/// it.
pub(super) const EXPERIMENT: &str = "e.revision, e.follows, e.checksum, e.id, e.due, e.outcome, \
     e.outcome_date, e.outcome_note, e.carried, e.follow_up, e.follow_up_date, e.text";
const EXPERIMENT_COLUMNS: usize = 12;
const BEFORE_EXPERIMENT: usize = 3;

/// The words of a reflection that other tables hold, in the order they were said.
pub(super) struct Words {
    pub(super) tags: Vec<String>,
    pub(super) competencies: Vec<String>,
    pub(super) signals: Vec<String>,
}

/// What the checksum of a reflection must be, from a row of [`REFLECTION`].
pub(super) fn reflection_checksum(row: &Row<'_>, words: &Words) -> rusqlite::Result<i64> {
    let mut checksum = Checksum::of(row, BEFORE_REFLECTION..REFLECTION_COLUMNS)?;
    checksum.words(&words.tags);
    checksum.words(&words.competencies);
    checksum.words(&words.signals);
    Ok(checksum.value())
}

/// What the checksum of an experiment must be, from [`EXPERIMENT`] in the columns from `at` on.
pub(super) fn experiment_checksum(row: &Row<'_>, at: usize) -> rusqlite::Result<i64> {
    let columns = at + BEFORE_EXPERIMENT..at + EXPERIMENT_COLUMNS;
    Ok(Checksum::of(row, columns)?.value())
}

/// Reads columns, and remembers whether each held what the schema promises.
pub(super) struct Cells<'a, 'stmt> {
    row: &'a Row<'stmt>,
    at: usize,
    sound: bool,
}

impl<'a, 'stmt> Cells<'a, 'stmt> {
    /// From the column `at` on.
    pub(super) const fn new(row: &'a Row<'stmt>, at: usize) -> Self {
        Self {
            row,
            at,
            sound: true,
        }
    }

    /// Whether every column so far did.
    pub(super) const fn is_sound(&self) -> bool {
        self.sound
    }

    /// Text; bytes that are no UTF-8 any more become U+FFFD.
    pub(super) fn text(&mut self) -> rusqlite::Result<Option<String>> {
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

    pub(super) fn prose(&mut self) -> rusqlite::Result<Prose> {
        Ok(self.text()?.map(Prose::new).unwrap_or_default())
    }

    pub(super) fn word<T>(
        &mut self,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> rusqlite::Result<Option<T>> {
        let Some(text) = self.text()? else {
            return Ok(None);
        };
        let word = parse(&text);
        self.sound &= word.is_some();
        Ok(word)
    }

    /// A word of a fixed list, and how one is read that only a later program knows.
    pub(super) fn listed<T>(
        &mut self,
        parse: impl FnOnce(&str) -> Option<T>,
        unknown: T,
    ) -> rusqlite::Result<Option<T>> {
        Ok(self.text()?.map(|text| parse(&text).unwrap_or(unknown)))
    }

    pub(super) fn date(&mut self) -> rusqlite::Result<Option<NaiveDate>> {
        self.word(|text| text.parse().ok())
    }

    pub(super) fn integer(&mut self) -> rusqlite::Result<Option<i64>> {
        let value = self.row.get(self.at)?;
        self.at += 1;
        Ok(value)
    }

    pub(super) fn revision(&mut self) -> rusqlite::Result<Revision> {
        let number = self.integer()?.and_then(|n| u32::try_from(n).ok());
        Ok(Revision(number.unwrap_or(1)))
    }

    pub(super) fn id(&mut self) -> rusqlite::Result<Option<Uuid>> {
        let value = self.row.get_ref(self.at)?;
        self.at += 1;
        let bytes = value.as_blob_or_null()?;
        Ok(bytes.and_then(|bytes| Uuid::from_slice(bytes).ok()))
    }
}

/// The reflection and experiment of a row of [`REFLECTION`] and [`EXPERIMENT`].
///
/// Of the words that only a later program knows, a shift is read as a day shift, a role as "other".
pub(super) fn kept(row: &Row<'_>, words: &Words) -> rusqlite::Result<Kept> {
    let mut cells = Cells::new(row, 0);
    let seq = Seq(cells.integer()?.unwrap_or_default());
    let revision = cells.revision()?;
    let trashed = cells.text()?.is_some();
    let checksum = cells.integer()?;
    let id = ReflectionId::new(cells.id()?.unwrap_or_default());
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
            .listed(|text| text.parse().ok(), ShiftKind::Day)?
            .unwrap_or(ShiftKind::Day),
        rotation: cells.text()?.unwrap_or_default(),
        template: TemplateId::new(cells.text()?.unwrap_or_default()),
        energy: cells
            .integer()?
            .and_then(|n| u8::try_from(n).ok())
            .and_then(Energy::new),
        feedback_from: cells.listed(|text| text.parse().ok(), Role::Other)?,
        shared: cells.integer()? == Some(1),
        went_well: cells.prose()?,
        do_differently: cells.prose()?,
        note: cells.prose()?,
        period: cells.text()?.and_then(Period::new),
        competencies: words.competencies.iter().map(CompetencyId::new).collect(),
        tags: words
            .tags
            .iter()
            .filter_map(|word| Tag::new(word))
            .collect(),
        signals: words
            .signals
            .iter()
            .filter_map(|word| Signal::new(word))
            .collect(),
    };
    let mut sound = cells.sound && checksum == Some(reflection_checksum(row, words)?);
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
///
/// An outcome that only a later program knows is read as "dropped": settled, and neither a success
/// nor a failure. Such an answer to "Still doing it?" is read as none.
pub(super) fn experiment(
    row: &Row<'_>,
    at: usize,
    reflection: ReflectionId,
) -> rusqlite::Result<Option<(Experiment, bool)>> {
    let mut cells = Cells::new(row, at);
    let revision = cells.revision()?;
    let follows = cells.id()?.map(ExperimentId::new);
    let checksum = cells.integer()?;
    let Some(id) = cells.id()? else {
        return Ok(None);
    };
    let due = cells.date()?;
    let outcome = cells
        .listed(|text| text.parse().ok(), Outcome::Dropped)?
        .unwrap_or(Outcome::Open);
    let outcome_date = cells.date()?;
    let outcome_note = cells.prose()?;
    let carried = cells.integer()?.and_then(|n| u32::try_from(n).ok());
    let known = |text: &str| FollowUp::ALL.into_iter().find(|known| known.id() == text);
    let follow_up = cells.listed(|text| Some(known(text)), None)?.flatten();
    let follow_up_date = cells.date()?.filter(|_| follow_up.is_some());
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
        follow_up_date,
        follows,
        revision,
    };
    let sound = cells.sound && checksum == Some(experiment_checksum(row, at)?);
    Ok(Some((experiment, sound)))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::id::Revision;
    use crate::store::{Store, StoreError};

    #[test]
    fn words_that_only_a_later_program_knows_are_no_damage() {
        let now = DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap();
        let mut store = Store::in_memory(Box::new(move || now)).unwrap();
        let reflection = Reflection {
            id: ReflectionId::new(Uuid::from_u128(7)),
            written_at: now,
            shift_date: now.date_naive(),
            shift: ShiftKind::Night,
            rotation: String::new(),
            template: TemplateId::SHIFT,
            went_well: Prose::new("calm"),
            do_differently: Prose::default(),
            note: Prose::default(),
            competencies: Vec::new(),
            tags: Vec::new(),
            energy: None,
            signals: Vec::new(),
            feedback_from: Some(Role::Nurse),
            period: None,
            shared: false,
            revision: Revision::FIRST,
        };
        let kept = store.write::<_, StoreError>("testing", |tables| {
            let seq = tables.add_reflection(&reflection)?;
            tables.change(
                "UPDATE reflection SET shift = 'float', feedback_from = 'pharmacist'",
                [],
            )?;
            tables.seal_reflection(seq)?;
            tables.at(seq)
        });
        let kept = kept.unwrap().unwrap();
        assert!(kept.sound);
        assert_eq!(kept.entry.reflection.shift, ShiftKind::Day);
        assert_eq!(kept.entry.reflection.feedback_from, Some(Role::Other));
        assert_eq!(kept.entry.reflection.went_well.as_str(), "calm");
    }
}
