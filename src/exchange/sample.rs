//! The sample journal of `postcall demo`: reflections over two months, dated back from today, the
//! goals and the rotations of the same person.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::calendar::{academic_year, add_days};
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::{Experiment, FOLLOW_UP_DAYS, FollowUp, Outcome};
use crate::domain::goal::{Goal, GoalLines, GoalStatus};
use crate::domain::id::{ExperimentId, GoalId, ReflectionId, Revision};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Entry, Reflection, Signal};
use crate::domain::rotation::Block;
use crate::domain::rules::Rules;
use crate::domain::shift::ShiftKind;
use crate::domain::tag::Tag;
use crate::domain::template::TemplateId;

use super::chance::Chance;

const SAMPLE: &str = include_str!("../../assets/demo/reflections.jsonl");
const ROTATIONS: &str = include_str!("../../assets/demo/rotations.toml");
const GOALS: &str = include_str!("../../assets/demo/goals.toml");
/// The goals were chosen a little before the first reflection.
const GOALS_DAYS_AGO: i64 = 63;

#[derive(Deserialize)]
struct SampleReflection {
    id: String,
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
    #[serde(default)]
    signals: Vec<String>,
    feedback_from: Option<String>,
}

#[derive(Deserialize)]
struct SampleGoals {
    goal: Vec<SampleGoal>,
}

#[derive(Deserialize)]
struct SampleGoal {
    competency: String,
    why: String,
    strength: String,
    gap: String,
    role: String,
    obstacle: String,
}

#[derive(Default, Deserialize)]
struct SampleRotations {
    logged_days_ago: Vec<u16>,
    rotation: Vec<SampleRotation>,
}

#[derive(Deserialize)]
struct SampleRotation {
    name: String,
    first_days_ago: u16,
    last_days_ago: Option<u16>,
}

#[derive(Deserialize)]
struct SampleExperiment {
    text: String,
    due_in_days: u16,
    outcome: String,
    outcome_days_ago: Option<u16>,
    follow_up: Option<String>,
    /// The sample reflection whose experiment this one words anew.
    follows: Option<String>,
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
    let mut wordings = HashMap::new();
    let mut entries = Vec::new();
    let samples = SAMPLE
        .lines()
        .filter_map(|line| serde_json::from_str::<SampleReflection>(line).ok());
    for sample in samples {
        let (id, follows) = (sample.id.clone(), sample.try_next.follows.clone());
        let Some(mut entry) = entry(sample, now, today, day_starts, &mut chance) else {
            continue;
        };
        if let Some(experiment) = &mut entry.experiment {
            experiment.follows = follows.and_then(|id| wordings.get(&id).copied());
            wordings.insert(id, experiment.id);
        }
        entries.push(entry);
    }
    entries
}

/// The sample rotations, the first one first; the last one still runs.
#[must_use]
pub fn rotations(today: NaiveDate) -> Vec<Block> {
    let ago = |days: u16| add_days(today, -i64::from(days));
    let samples: SampleRotations = toml::from_str(ROTATIONS).unwrap_or_default();
    let block = |sample: SampleRotation| Block {
        name: sample.name,
        first: ago(sample.first_days_ago),
        last: sample.last_days_ago.map(ago),
    };
    samples.rotation.into_iter().map(block).collect()
}

/// The shift dates on which the same person worked a day without writing.
#[must_use]
pub fn logged_days(today: NaiveDate) -> Vec<NaiveDate> {
    let samples: SampleRotations = toml::from_str(ROTATIONS).unwrap_or_default();
    let days = samples.logged_days_ago.into_iter();
    days.map(|days| add_days(today, -i64::from(days))).collect()
}

/// The sample goals of the same person, in their order, all active. None if they cannot be read; a
/// test holds that they can.
#[must_use]
pub fn goals(now: DateTime<FixedOffset>, rules: &Rules) -> Vec<Goal> {
    let today = crate::domain::shift::logical_day(now, rules.day_starts);
    let created_at = now - TimeDelta::days(GOALS_DAYS_AGO);
    let mut chance = Chance::new(3);
    let samples = toml::from_str(GOALS).map_or_else(|_| Vec::new(), |all: SampleGoals| all.goal);
    let mut goals: Vec<Goal> = samples
        .into_iter()
        .map(|sample| Goal {
            id: GoalId::new(made_uuid(created_at, &mut chance)),
            competency: CompetencyId::new(sample.competency),
            academic_year: academic_year(today, rules.academic_year_starts),
            lines: GoalLines {
                why: Prose::new(sample.why),
                strength: Prose::new(sample.strength),
                gap: Prose::new(sample.gap),
                role_sought: Prose::new(sample.role),
                obstacle: Prose::new(sample.obstacle),
            },
            status: GoalStatus::Active,
            status_note: Prose::default(),
            status_date: None,
            created_at,
            revision: Revision::FIRST,
        })
        .collect();
    // Ids grow in the order of the goals, as if they had been chosen one after the other.
    let mut ids: Vec<GoalId> = goals.iter().map(|goal| goal.id).collect();
    ids.sort_unstable();
    for (goal, id) in goals.iter_mut().zip(ids) {
        goal.id = id;
    }
    goals
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
    let outcome_date = sample.try_next.outcome_days_ago.map(ago);
    let said = sample.try_next.follow_up.as_deref();
    let follow_up = FollowUp::ALL
        .into_iter()
        .find(|follow_up| Some(follow_up.id()) == said);
    let followed_up = outcome_date.map(|date| add_days(date, FOLLOW_UP_DAYS));
    let experiment = Experiment {
        id: ExperimentId::new(made_uuid(written_at, chance)),
        reflection: id,
        text: Prose::new(sample.try_next.text),
        due: Some(add_days(shift_date, i64::from(sample.try_next.due_in_days))),
        outcome,
        outcome_date,
        outcome_note: Prose::new(sample.try_next.note),
        carried: 0,
        follow_up,
        follow_up_date: followed_up.filter(|_| follow_up.is_some()),
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
            signals: sample
                .signals
                .iter()
                .filter_map(|word| Signal::new(word))
                .collect(),
            period: None,
            feedback_from: sample.feedback_from.and_then(|role| role.parse().ok()),
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
    use crate::domain::goal::MAX_ACTIVE;
    use crate::domain::reflection::Role;

    #[test]
    fn the_sample_goals_are_read_and_have_reflections() {
        let now = DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap();
        let rules = Rules::default();
        let goals = goals(now, &rules);
        assert_eq!(goals.len(), MAX_ACTIVE);
        assert!(goals.is_sorted_by_key(|goal| goal.id));
        let entries = entries(now, rules.day_starts);
        for goal in &goals {
            assert_eq!(goal.lines.check(), Ok(()));
            let on_it = |entry: &&Entry| entry.reflection.competencies.contains(&goal.competency);
            assert!(
                entries.iter().filter(on_it).count() > 1,
                "{}",
                goal.competency
            );
        }
    }

    #[test]
    fn the_sample_rotations_follow_one_another_up_to_today() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let blocks = rotations(today);
        let follow = |pair: &[Block]| pair[0].last < Some(pair[1].first);
        assert!(blocks.windows(2).all(follow));
        assert_eq!(blocks.last().unwrap().last, None);
        assert!(!logged_days(today).is_empty());
    }

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
        let nurse = &entries[2].reflection;
        assert_eq!(nurse.feedback_from, Some(Role::Nurse));
        let follower = entries
            .iter()
            .find(|e| e.experiment.as_ref().unwrap().follows.is_some());
        let former = follower.unwrap().experiment.as_ref().unwrap().follows;
        assert!(
            entries
                .iter()
                .any(|e| Some(e.experiment.as_ref().unwrap().id) == former)
        );
        let night = &entries[3].reflection;
        assert_eq!(night.shift_date.to_string(), "2026-10-09");
        assert_eq!(night.written_at.to_rfc3339(), "2026-10-10T08:05:00+01:00");
        let late = &entries[10].reflection;
        assert_eq!(late.shift_date.to_string(), "2026-11-09");
        assert_eq!(late.written_at.to_rfc3339(), "2026-11-10T02:15:00+01:00");
    }
}
