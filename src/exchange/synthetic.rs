//! Made-up journals of any size for benchmarks: the same seed, number and instant give the same
//! reflections, ids included, and the same goals, rotations and logged days around them.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::Deserialize;

use crate::domain::calendar::{academic_year, add_days};
use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::experiment::{DEFAULT_DUE_DAYS, Experiment, FOLLOW_UP_DAYS, FollowUp, Outcome};
use crate::domain::goal::{Goal, GoalStatus};
use crate::domain::id::{ExperimentId, GoalId, ReflectionId, Revision};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Entry, Reflection, Role, Signal};
use crate::domain::rotation::Block;
use crate::domain::rules::Rules;
use crate::domain::shift::{ShiftKind, logical_day};
use crate::domain::tag::Tag;
use crate::domain::template::TemplateId;

use super::chance::Chance;
use super::sample::{self, local, made_uuid};

const PHRASES: &str = include_str!("../../assets/demo/phrases.toml");
/// How far back the first reflection lies.
const DAYS: i64 = 3650;
/// This many of the newest experiments are still open.
const OPEN: u64 = 6;
/// Days one rotation lasts.
const BLOCK_DAYS: i64 = 28;
/// Keeps what was added to the corpora later from changing the text that a seed gives.
const APART: u64 = 0x6c6f_6f70;
/// Goals that ended in earlier years, one in each.
const FORMER_GOALS: i64 = 6;
/// In a hundred days so many are logged as worked.
const LOGGED: u64 = 6;

#[derive(Deserialize)]
struct Phrases {
    went_well: Vec<String>,
    do_differently: Vec<String>,
    try_next: Vec<String>,
    note: Vec<String>,
    outcome_note: Vec<String>,
    tags: Vec<String>,
    rotations: Vec<String>,
    gaps: BTreeMap<String, Vec<String>>,
}

/// The phrases that the program ships cannot be read: a mistake in the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the made-up phrases cannot be read: {0}")]
pub struct PhrasesError(String);

/// Makes reflections one by one, oldest first.
pub struct Synthetic {
    phrases: Phrases,
    competencies: Vec<CompetencyId>,
    templates: Vec<TemplateId>,
    rules: Rules,
    now: DateTime<FixedOffset>,
    today: NaiveDate,
    chance: Chance,
    /// Decides what is not text.
    apart: Chance,
    /// The last plan that asks for another wording.
    unsettled: Option<ExperimentId>,
    seed: u64,
    count: u64,
    made: u64,
}

impl fmt::Debug for Synthetic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Synthetic({} of {})", self.made, self.count)
    }
}

impl Synthetic {
    /// `count` reflections over the ten years that end at `now`.
    ///
    /// # Errors
    /// [`PhrasesError`] if the shipped phrases cannot be read; a test holds that they can.
    pub fn new(
        count: u64,
        seed: u64,
        now: DateTime<FixedOffset>,
        rules: &Rules,
        catalog: &Catalog,
    ) -> Result<Self, PhrasesError> {
        Ok(Self {
            phrases: toml::from_str(PHRASES).map_err(|e| PhrasesError(e.to_string()))?,
            competencies: catalog
                .competencies()
                .iter()
                .map(|c| c.id.clone())
                .collect(),
            templates: catalog.templates.iter().map(|t| t.id.clone()).collect(),
            rules: rules.clone(),
            now,
            today: logical_day(now, rules.day_starts),
            chance: Chance::new(seed),
            apart: Chance::new(seed ^ APART),
            unsettled: None,
            seed,
            count,
            made: 0,
        })
    }

    /// The blocks of four weeks that the reflections name, the first one first; the last one runs.
    #[must_use]
    pub fn rotations(&self) -> Vec<Block> {
        let since = |date: NaiveDate| date.signed_duration_since(NaiveDate::default()).num_days();
        let begins = since(add_days(self.today, -DAYS)).div_euclid(BLOCK_DAYS);
        let ends = since(self.today).div_euclid(BLOCK_DAYS);
        let first_day = |block| add_days(NaiveDate::default(), block * BLOCK_DAYS);
        (begins..=ends)
            .map(|block| Block {
                name: self.rotation(first_day(block)),
                first: first_day(block),
                last: (block < ends).then(|| add_days(first_day(block + 1), -1)),
            })
            .collect()
    }

    /// One goal of each of some earlier years, met or set aside, and those of the sample, which are
    /// active.
    #[must_use]
    pub fn goals(&self) -> Vec<Goal> {
        let active = sample::goals(self.now, &self.rules);
        let mut chance = Chance::new(self.seed ^ APART);
        let former = (1..=FORMER_GOALS).rev().zip(active.iter().cycle());
        let mut goals: Vec<Goal> = former
            .map(|(years, goal)| {
                let created_at = goal.created_at - TimeDelta::days(years * 365);
                let chosen = logical_day(created_at, self.rules.day_starts);
                let status = if chance.percent(60) {
                    GoalStatus::Met
                } else {
                    GoalStatus::SetAside
                };
                Goal {
                    id: GoalId::new(made_uuid(created_at, &mut chance)),
                    academic_year: academic_year(chosen, self.rules.academic_year_starts),
                    status,
                    status_date: Some(add_days(chosen, 240)),
                    created_at,
                    ..goal.clone()
                }
            })
            .collect();
        goals.extend(active);
        goals
    }

    /// Days that were logged as worked, the first one first.
    #[must_use]
    pub fn logged_days(&self) -> Vec<NaiveDate> {
        let mut chance = Chance::new(!self.seed ^ APART);
        (1..=DAYS)
            .rev()
            .filter(|_| chance.percent(LOGGED))
            .map(|ago| add_days(self.today, -ago))
            .collect()
    }

    fn entry(&mut self) -> Entry {
        let (shift, shift_date, written_at) = self.shift();
        let id = ReflectionId::new(made_uuid(written_at, &mut self.chance));
        let words = 68 + self.chance.below(90);
        let with_plan = self.chance.percent(70);
        let plan = self.text_if(with_plan, |p| &p.try_next);
        let with_note = self.chance.percent(15);
        let note = self.text_if(with_note, |p| &p.note);
        let rest = words.saturating_sub(count_words(&plan) + count_words(&note));
        let well = rest * (40 + self.chance.below(30)) / 100;
        let went_well = self.sentences(well, |p| &p.went_well);
        let tag = self.tag_in_text();
        let differently = rest.saturating_sub(count_words(&went_well) + count_words(&tag));
        let mut do_differently = self.sentences(differently, |p| &p.do_differently);
        do_differently.push_str(&tag);
        let experiment = with_plan.then(|| self.experiment(id, shift_date, written_at, plan));
        let mut tags = crate::domain::tag::tags_in(&do_differently);
        if self.chance.percent(60) {
            let more = self.chance.one(&self.phrases.tags);
            tags.extend(
                more.and_then(|tag| Tag::new(tag))
                    .filter(|tag| !tags.contains(tag)),
            );
        }
        Entry {
            reflection: Reflection {
                id,
                written_at,
                shift_date,
                shift,
                rotation: self.rotation(shift_date),
                template: self.template(),
                went_well: Prose::new(went_well),
                do_differently: Prose::new(do_differently),
                note: Prose::new(note),
                competencies: self.competencies(),
                tags,
                energy: self.energy(shift),
                signals: self.signals(),
                feedback_from: self.feedback_from(),
                period: None,
                shared: self.chance.percent(10),
                revision: Revision::FIRST,
            },
            experiment,
        }
    }

    /// Days spread evenly; the hour is when such a shift ends, and never after `now`.
    fn shift(&mut self) -> (ShiftKind, NaiveDate, DateTime<FixedOffset>) {
        let at = (self.made + 1).saturating_mul(3650) / self.count.max(1);
        let at = i64::try_from(at).unwrap_or(DAYS);
        let date = add_days(self.today, at - DAYS);
        let shift = self
            .chance
            .weighted(&[
                (38, ShiftKind::Day),
                (14, ShiftKind::Long),
                (10, ShiftKind::Evening),
                (18, ShiftKind::Night),
                (6, ShiftKind::Call24),
                (12, ShiftKind::Clinic),
                (2, ShiftKind::Off),
            ])
            .unwrap_or(ShiftKind::Day);
        // Minutes after the midnight that the shift date begins with.
        let ends = match shift {
            ShiftKind::Day => 18 * 60,
            ShiftKind::Long => 21 * 60,
            ShiftKind::Evening => 23 * 60,
            ShiftKind::Night | ShiftKind::Call24 => 32 * 60,
            ShiftKind::Clinic => 16 * 60 + 30,
            ShiftKind::Off => 11 * 60,
        };
        let minutes = ends + i64::try_from(self.chance.below(50)).unwrap_or_default();
        let wall = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minutes);
        (shift, date, local(wall, self.now).min(self.now))
    }

    fn experiment(
        &mut self,
        reflection: ReflectionId,
        shift_date: NaiveDate,
        written_at: DateTime<FixedOffset>,
        text: String,
    ) -> Experiment {
        let id = ExperimentId::new(made_uuid(written_at, &mut self.chance));
        let days = self
            .chance
            .weighted(&[(70, i64::from(DEFAULT_DUE_DAYS)), (20, 14), (10, 3)])
            .unwrap_or(7);
        let open = self.count - self.made <= OPEN;
        let carried = self
            .apart
            .weighted(&[(85, 0), (12, 1), (3, 2)])
            .unwrap_or(0);
        let due = add_days(shift_date, days + 7 * i64::from(carried));
        let outcome = if open { Outcome::Open } else { self.outcome() };
        let outcome_date = (outcome != Outcome::Open).then(|| {
            let later = i64::try_from(self.chance.below(5)).unwrap_or_default();
            add_days(due, later).min(self.today).max(shift_date)
        });
        let asked_again =
            outcome_date.is_some_and(|date| add_days(date, FOLLOW_UP_DAYS) <= self.today);
        let follow_up = (outcome == Outcome::Helped && asked_again).then(|| {
            if self.chance.percent(65) {
                FollowUp::Habit
            } else {
                FollowUp::Faded
            }
        });
        let noted = outcome != Outcome::Open && self.chance.percent(50);
        Experiment {
            id,
            reflection,
            text: Prose::new(text),
            due: Some(due),
            outcome,
            outcome_date,
            outcome_note: Prose::new(self.text_if(noted, |p| &p.outcome_note)),
            carried,
            follow_up,
            follow_up_date: follow_up
                .and(outcome_date)
                .map(|date| add_days(date, FOLLOW_UP_DAYS)),
            follows: self.former(id, outcome),
            revision: Revision::FIRST,
        }
    }

    /// The plan that this one words anew, for some of those that follow one that did not settle.
    fn former(&mut self, id: ExperimentId, outcome: Outcome) -> Option<ExperimentId> {
        let follows = self.unsettled.take().filter(|_| self.apart.percent(40));
        let settled = matches!(outcome, Outcome::Helped | Outcome::Dropped | Outcome::Open);
        self.unsettled = (!settled).then_some(id);
        follows
    }

    fn outcome(&mut self) -> Outcome {
        self.chance
            .weighted(&[
                (42, Outcome::Helped),
                (20, Outcome::Mixed),
                (8, Outcome::NoHelp),
                (12, Outcome::NotTried),
                (10, Outcome::NoChance),
                (8, Outcome::Dropped),
            ])
            .unwrap_or(Outcome::Helped)
    }

    fn rotation(&self, date: NaiveDate) -> String {
        let since = date.signed_duration_since(NaiveDate::default()).num_days();
        let block = usize::try_from(since.div_euclid(BLOCK_DAYS)).unwrap_or_default();
        let all = &self.phrases.rotations;
        let at = block.checked_rem(all.len()).unwrap_or_default();
        all.get(at).cloned().unwrap_or_default()
    }

    fn template(&mut self) -> TemplateId {
        let other = self.chance.percent(30);
        let chosen = self.chance.one(&self.templates);
        chosen
            .filter(|_| other)
            .cloned()
            .unwrap_or(TemplateId::SHIFT)
    }

    fn competencies(&mut self) -> Vec<CompetencyId> {
        let wanted = self.chance.weighted(&[(10, 0), (45, 1), (30, 2), (15, 3)]);
        let mut chosen = Vec::new();
        for _ in 0..wanted.unwrap_or(0) {
            let next = self.chance.one(&self.competencies);
            chosen.extend(next.filter(|id| !chosen.contains(*id)).cloned());
        }
        chosen
    }

    fn energy(&mut self, shift: ShiftKind) -> Option<Energy> {
        let said = self.chance.percent(80);
        let level = if shift.is_overnight() {
            self.chance
                .weighted(&[(25, 1), (35, 2), (25, 3), (12, 4), (3, 5)])
        } else {
            self.chance
                .weighted(&[(8, 1), (20, 2), (36, 3), (28, 4), (8, 5)])
        };
        level.filter(|_| said).and_then(Energy::new)
    }

    fn signals(&mut self) -> Vec<Signal> {
        let noticed = self.chance.percent(25);
        let signal = self.chance.one(&self.rules.signals);
        signal.filter(|_| noticed).cloned().into_iter().collect()
    }

    fn feedback_from(&mut self) -> Option<Role> {
        let given = self.chance.percent(8);
        self.chance.one(&Role::ALL).filter(|_| given).copied()
    }

    /// A tag inside the text, for a third of the reflections.
    fn tag_in_text(&mut self) -> String {
        let tagged = self.chance.percent(33);
        let tag = self.chance.one(&self.phrases.tags);
        tag.filter(|_| tagged)
            .map(|tag| format!(" #{tag}"))
            .unwrap_or_default()
    }

    /// Sentences until there are about so many words; at least one sentence.
    fn sentences(&mut self, words: u64, of: fn(&Phrases) -> &[String]) -> String {
        let mut text = self.sentence(of);
        while count_words(&text) + 6 < words {
            let next = self.sentence(of);
            if !text.contains(&next) {
                // A paragraph now and then, as people write.
                text.push_str(if self.chance.percent(12) { "\n" } else { " " });
                text.push_str(&next);
            }
        }
        text
    }

    fn text_if(&mut self, wanted: bool, of: fn(&Phrases) -> &[String]) -> String {
        if wanted {
            self.sentence(of)
        } else {
            String::new()
        }
    }

    /// One sentence with its gaps filled.
    fn sentence(&mut self, of: fn(&Phrases) -> &[String]) -> String {
        let pattern = self.chance.one(of(&self.phrases));
        let mut rest = pattern.map_or("", String::as_str);
        let mut text = String::new();
        while let Some((before, gap, after)) = gap(rest) {
            text.push_str(before);
            let filling = self.phrases.gaps.get(gap).map_or(&[][..], Vec::as_slice);
            text.push_str(self.chance.one(filling).map_or("", String::as_str));
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

/// What stands before the first `{gap}`, its name, and what stands after it.
fn gap(pattern: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = pattern.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

fn count_words(text: &str) -> u64 {
    u64::try_from(text.split_whitespace().count()).unwrap_or(u64::MAX)
}

impl Iterator for Synthetic {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        (self.made < self.count).then(|| {
            let entry = self.entry();
            self.made += 1;
            entry
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(count: u64, seed: u64) -> Vec<Entry> {
        let now = DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap();
        let catalog = Catalog::default();
        Synthetic::new(count, seed, now, &Rules::default(), &catalog)
            .unwrap()
            .collect()
    }

    fn words(entry: &Entry) -> u64 {
        crate::domain::reflection::Field::ALL
            .into_iter()
            .map(|field| count_words(entry.text(field)))
            .sum()
    }

    #[test]
    fn the_same_seed_makes_the_same_journal_and_another_one_does_not() {
        assert!(made(200, 7) == made(200, 7));
        assert!(made(200, 7) != made(200, 8));
    }

    #[test]
    fn reflections_are_as_long_as_people_write_and_have_no_gap_left() {
        for entry in made(2000, 1) {
            let n = words(&entry);
            assert!((60..=180).contains(&n), "{n} words");
            for field in crate::domain::reflection::Field::ALL {
                let text = entry.text(field);
                assert!(!text.contains(['{', '}']) && !text.contains("  "), "{text}");
            }
        }
    }

    #[test]
    fn every_gap_has_something_to_fill_it() {
        let p: Phrases = toml::from_str(PHRASES).unwrap();
        let all = [
            p.went_well,
            p.do_differently,
            p.try_next,
            p.note,
            p.outcome_note,
        ];
        for pattern in all.iter().flatten() {
            let mut rest = pattern.as_str();
            while let Some((_, name, after)) = gap(rest) {
                assert!(
                    p.gaps.get(name).is_some_and(|g| !g.is_empty()),
                    "{name} in {pattern}"
                );
                rest = after;
            }
        }
        assert!(p.tags.iter().all(|tag| Tag::new(tag).is_some()));
    }

    #[test]
    fn outcomes_of_every_kind_are_there_and_only_the_newest_are_open() {
        let entries = made(3000, 3);
        let of = |outcome| {
            let found = entries.iter().filter_map(|e| e.experiment.as_ref());
            found.filter(|e| e.outcome == outcome).count()
        };
        for outcome in Outcome::ANSWERS {
            assert!(of(outcome) > 50, "{outcome}: {}", of(outcome));
        }
        assert!((1..=6).contains(&of(Outcome::Open)));
        let today = entries.last().unwrap().reflection.shift_date;
        for e in entries.iter().filter_map(|e| e.experiment.as_ref()) {
            assert_eq!(e.outcome == Outcome::Open, e.outcome_date.is_none());
            assert!(!e.is_follow_up_due(today));
        }
    }

    #[test]
    fn ten_years_end_now_and_nothing_is_written_later() {
        let entries = made(1000, 5);
        let now = DateTime::parse_from_rfc3339("2026-11-21T08:10:00+01:00").unwrap();
        let first = entries.first().unwrap().reflection.shift_date;
        let last = entries.last().unwrap().reflection.shift_date;
        assert!((last - first).num_days() > 3600);
        assert!((now.date_naive() - last).num_days() < 6);
        assert!(entries.iter().all(|e| e.reflection.written_at <= now));
        let mut dates = entries.iter().map(|e| e.reflection.shift_date);
        assert!(dates.by_ref().is_sorted());
    }
}
