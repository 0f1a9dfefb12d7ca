//! The two things that are kept of a month: what its days hold, and its words.

use chrono::{Datelike, NaiveDate};

use super::bytes::{Reader, Writer};
use crate::domain::competency::CompetencyId;
use crate::domain::figures::{Span, Spread};
use crate::domain::reflection::{Energy, Signal};
use crate::domain::shift::ShiftKind;
use crate::domain::trends::day::{Day, Days, ShiftOfDay};
use crate::domain::trends::vocabulary::{Seen, Vocabulary};
use crate::store::{StoreError, Tables};

/// What can be counted from the rows, and kept.
pub(super) trait Counted: Sized {
    /// The word for it in the table.
    const WHAT: &'static str;

    fn count(tables: &Tables<'_>, span: Span) -> Result<Self, StoreError>;

    /// Whether there was nothing to count.
    fn is_empty(&self) -> bool;

    fn bytes(&self) -> Vec<u8>;

    /// `None` if they are not what was written.
    fn of_bytes(bytes: &[u8]) -> Option<Self>;
}

impl Counted for Days {
    const WHAT: &'static str = "days";

    fn count(tables: &Tables<'_>, span: Span) -> Result<Self, StoreError> {
        tables.days_reflected(span)
    }

    fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.length(self.competencies.len());
        for competency in &self.competencies {
            writer.word(competency.as_str());
        }
        writer.length(self.signals.len());
        for signal in &self.signals {
            writer.word(signal.as_str());
        }
        writer.length(self.days.len());
        for day in &self.days {
            write_day(&mut writer, day);
        }
        writer.0
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        Some(Self {
            competencies: reader.list(|reader| reader.word().map(CompetencyId::new))?,
            signals: reader.list(|reader| Signal::new(reader.word()?))?,
            days: reader.list(read_day)?,
        })
    }
}

fn write_day(writer: &mut Writer, day: &Day) {
    writer.number(day.date.num_days_from_ce().unsigned_abs());
    writer.length(day.shifts.len());
    for shift in &day.shifts {
        writer.length(shift.shift as usize);
        writer.number(shift.reflections);
        for energy in (1..=5).filter_map(Energy::new) {
            writer.number(shift.energy.of(energy));
        }
    }
    for counts in [&day.competencies, &day.signals] {
        writer.length(counts.len());
        for (place, times) in counts {
            writer.length(*place);
            writer.number(*times);
        }
    }
}

fn read_day(reader: &mut Reader<'_>) -> Option<Day> {
    let date = i32::try_from(reader.number()?).ok()?;
    let mut day = Day::empty(NaiveDate::from_num_days_from_ce_opt(date)?);
    day.shifts = reader.list(|reader| {
        let mut energy = Spread::default();
        let shift = *ShiftKind::ALL.get(reader.length()?)?;
        let reflections = reader.number()?;
        for level in (1..=5).filter_map(Energy::new) {
            energy.add(level, reader.number()?);
        }
        Some(ShiftOfDay {
            shift,
            reflections,
            energy,
        })
    })?;
    let mut counts = || reader.list(|reader| Some((reader.length()?, reader.number()?)));
    day.competencies = counts()?;
    day.signals = counts()?;
    Some(day)
}

impl Counted for Vocabulary {
    const WHAT: &'static str = "words";

    fn count(tables: &Tables<'_>, span: Span) -> Result<Self, StoreError> {
        tables.vocabulary(span)
    }

    fn is_empty(&self) -> bool {
        self.reflections == 0 && self.terms().next().is_none()
    }

    fn bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.number(self.reflections);
        let mut terms: Vec<(&str, &Seen)> = self.terms().collect();
        terms.sort_unstable_by_key(|(key, _)| *key);
        writer.length(terms.len());
        for (key, seen) in terms {
            writer.number(seen.reflections);
            writer.word(&seen.form);
            // Nearly always the same.
            writer.word(if key == seen.form { "" } else { key });
        }
        writer.0
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let mut vocabulary = Self::default();
        vocabulary.reflections = reader.number()?;
        for _ in 0..reader.length()? {
            let reflections = reader.number()?;
            let form = reader.word()?;
            let key = Some(reader.word()?).filter(|key| !key.is_empty());
            let seen = Seen {
                reflections,
                form: form.to_owned(),
            };
            vocabulary.add(key.unwrap_or(form).to_owned(), seen);
        }
        Some(vocabulary)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{COUNTED_BY, checksum};
    use super::*;
    use crate::domain::reflection::Signal;
    use crate::domain::tag::Tag;

    fn words() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let tag = Tag::new("rounds").unwrap();
        vocabulary.read(
            ["The family's plans: équipe, hand-over at 07:30 #rounds"],
            &[tag],
        );
        vocabulary.read(
            ["We planned it with all families, didn't we? Nursing agreed"],
            &[],
        );
        vocabulary
    }

    fn days() -> Days {
        let mut day = Day::empty("2026-10-25".parse().unwrap());
        for shift in ShiftKind::ALL {
            day.reflected(shift, Energy::new(4));
        }
        day.reflected(ShiftKind::Night, None);
        day.competencies = vec![(1, 300), (0, 1)];
        day.signals = vec![(0, 2)];
        Days {
            days: vec![day, Day::empty("2026-10-31".parse().unwrap())],
            competencies: ["feedback", "x:Y1"].map(CompetencyId::new).to_vec(),
            signals: Signal::new("jaw").into_iter().collect(),
        }
    }

    #[test]
    fn what_was_kept_is_read_as_it_was_counted() {
        assert_eq!(Days::of_bytes(&days().bytes()), Some(days()));
        let words = words();
        let read = Vocabulary::of_bytes(&words.bytes()).unwrap();
        assert_eq!(read.reflections, 2);
        assert_eq!(read.bytes(), words.bytes());
        assert_eq!(read.seen("family"), words.seen("family"));
        assert_eq!(read.of("#rounds"), 1);
        for length in 0..words.bytes().len() {
            let torn = words.bytes();
            assert!(Vocabulary::of_bytes(torn.get(..length).unwrap()).is_none());
        }
    }

    /// If this fails, what is counted or how it is written has changed: give [`COUNTED_BY`] another
    /// value, then this.
    #[test]
    fn other_rules_have_another_name() {
        let stop_words = include_bytes!("../../../assets/words/stop.txt");
        let rules = [
            checksum(&days().bytes()),
            checksum(&words().bytes()),
            checksum(stop_words),
        ];
        let expected = [
            3_040_009_662_375_892_834,
            1_206_613_840_888_189_159,
            3_130_795_604_082_913_286,
        ];
        assert_eq!((COUNTED_BY, rules), ("1", expected));
    }
}
