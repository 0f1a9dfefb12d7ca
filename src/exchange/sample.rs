//! The sample journal of `postcall demo`: twelve reflections over two months, dated back from today.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::calendar::add_days;
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::{Experiment, Outcome};
use crate::domain::id::{ExperimentId, ReflectionId, Revision};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Entry, Reflection};
use crate::domain::shift::ShiftKind;
use crate::domain::tag::Tag;
use crate::domain::template::TemplateId;

use super::chance::Chance;

const SAMPLE: &str = include_str!("../../assets/demo/reflections.jsonl");

#[derive(Deserialize)]
struct SampleReflection {
    days_ago: u16,
    ended_at: String,
    shift: String,
    rotation: String,
    template: String,
    went_well: String,
    do_differently: String,
    try_next: SampleExperiment,
    competencies: Vec<String>,
    tags: Vec<String>,
    energy: u8,
}

#[derive(Deserialize)]
struct SampleExperiment {
    text: String,
    due_in_days: u16,
    outcome: String,
    outcome_days_ago: Option<u16>,
    #[serde(default)]
    note: String,
}

/// The sample reflections, oldest first, as if today's `now` was the day they were collected.
///
/// `day_starts` decides which shifts ended after midnight. A line that cannot be read is left out;
/// a test holds that there is none.
#[must_use]
pub fn entries(now: DateTime<FixedOffset>, day_starts: NaiveTime) -> Vec<Entry> {
    let today = crate::domain::shift::logical_day(now, day_starts);
    let mut chance = Chance::new(12);
    SAMPLE
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter_map(|sample| entry(sample, now, today, day_starts, &mut chance))
        .collect()
}

fn entry(
    sample: SampleReflection,
    now: DateTime<FixedOffset>,
    today: NaiveDate,
    day_starts: NaiveTime,
    chance: &mut Chance,
) -> Option<Entry> {
    let ago = |days: u16| add_days(today, -i64::from(days));
    let shift: ShiftKind = sample.shift.parse().ok()?;
    let shift_date = ago(sample.days_ago);
    let ended_at = NaiveTime::parse_from_str(&sample.ended_at, "%H:%M").ok()?;
    let next_day = ended_at < day_starts || shift.is_overnight();
    let ended_on = add_days(shift_date, i64::from(next_day));
    let written_at = local(ended_on.and_time(ended_at), now).min(now);
    let id = ReflectionId::new(made_uuid(written_at, chance));
    let outcome: Outcome = sample.try_next.outcome.parse().ok()?;
    let experiment = Experiment {
        id: ExperimentId::new(made_uuid(written_at, chance)),
        reflection: id,
        text: Prose::new(sample.try_next.text),
        due: Some(add_days(shift_date, i64::from(sample.try_next.due_in_days))),
        outcome,
        outcome_date: sample.try_next.outcome_days_ago.map(ago),
        outcome_note: Prose::new(sample.try_next.note),
        carried: 0,
        follow_up: None,
        follow_up_date: None,
        follows: None,
        revision: Revision::FIRST,
    };
    Some(Entry {
        reflection: Reflection {
            id,
            written_at,
            shift_date,
            shift,
            rotation: sample.rotation,
            template: TemplateId::new(sample.template),
            went_well: Prose::new(sample.went_well),
            do_differently: Prose::new(sample.do_differently),
            note: Prose::default(),
            competencies: sample
                .competencies
                .into_iter()
                .map(CompetencyId::new)
                .collect(),
            tags: sample.tags.iter().filter_map(|tag| Tag::new(tag)).collect(),
            energy: Energy::new(sample.energy),
            signals: Vec::new(),
            feedback_from: None,
            period: None,
            shared: false,
            revision: Revision::FIRST,
        },
        experiment: Some(experiment),
    })
}

/// A wall-clock time at the offset that `now` has.
pub(super) fn local(
    wall: chrono::NaiveDateTime,
    now: DateTime<FixedOffset>,
) -> DateTime<FixedOffset> {
    let offset = *now.offset();
    let utc = wall
        .checked_sub_signed(TimeDelta::seconds(i64::from(offset.local_minus_utc())))
        .unwrap_or(wall);
    DateTime::from_naive_utc_and_offset(utc, offset)
}

/// A `UUIDv7` of that moment whose random part is the same for the same seed.
pub(super) fn made_uuid(at: DateTime<FixedOffset>, chance: &mut Chance) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    let mut random = [0; 10];
    let drawn = [chance.next(), chance.next()].map(u64::to_be_bytes);
    for (byte, drawn) in random.iter_mut().zip(drawn.as_flattened()) {
        *byte = *drawn;
    }
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_read_and_dated_by_its_shift() {
        let now = DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap();
        let day_starts = NaiveTime::from_hms_opt(5, 0, 0).unwrap();
        let entries = entries(now, day_starts);
        assert_eq!(entries.len(), SAMPLE.lines().count());
        for entry in &entries {
            let r = &entry.reflection;
            let e = entry.experiment.as_ref().unwrap();
            assert!(r.written_at <= now, "{}", r.written_at);
            assert!(e.due.unwrap() >= r.shift_date);
            assert_eq!(e.outcome == Outcome::Open, e.outcome_date.is_none());
        }
        let night = &entries[3].reflection;
        assert_eq!(night.shift_date.to_string(), "2026-10-09");
        assert_eq!(night.written_at.to_rfc3339(), "2026-10-10T08:05:00+01:00");
        let late = &entries[9].reflection;
        assert_eq!(late.shift_date.to_string(), "2026-11-09");
        assert_eq!(late.written_at.to_rfc3339(), "2026-11-10T02:15:00+01:00");
    }
}
