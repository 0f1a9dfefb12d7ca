//! The stable JSON of the reviews and of trends, as `--json` prints it: one object for each figure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::competency::CompetencyId;
use crate::domain::experiment::Outcome;
use crate::domain::figures::{Outcomes, Quote, Span, Spread};
use crate::domain::reflection::{Entry, Giver};
use crate::domain::rotation::Block;
use crate::domain::rotation_review::RotationReview;
use crate::domain::shift::ShiftKind;
use crate::domain::trends::Trends;
use crate::domain::trends::day::Day;
use crate::domain::trends::words::{Change, Changes};
use crate::domain::week::WeekReview;

use super::json::{EntryJson, ExperimentJson};

/// A week on the wire.
#[derive(Serialize)]
pub struct WeekJson {
    week: u32,
    first_day: String,
    last_day: String,
    rotation: String,
    reflections: u32,
    shifts: u32,
    shifts_reflected_on: u32,
    experiments: LoopsJson,
    open: Vec<ExperimentJson>,
    goals: Vec<GoalWeekJson>,
    went_well: Vec<QuoteJson>,
    comes_back: Vec<RecurringJson>,
    energy: BTreeMap<&'static str, EnergyJson>,
    templates: BTreeMap<String, u32>,
    review: Option<String>,
}

/// A rotation's review on the wire.
#[derive(Serialize)]
pub struct RotationReviewJson {
    rotation: String,
    first_day: String,
    last_day: Option<String>,
    reflections: u32,
    shifts: u32,
    opening: Option<EntryJson>,
    closing: Option<EntryJson>,
    experiments: BTreeMap<&'static str, u32>,
    competencies: Vec<CompetencyCountJson>,
    goals_untouched: Vec<String>,
    feedback: BTreeMap<&'static str, u32>,
    went_well: Vec<QuoteJson>,
    improvement: Option<QuoteJson>,
    energy: EnergyJson,
    previous: Option<PreviousJson>,
}

/// Trends on the wire.
#[derive(Serialize)]
pub struct TrendsJson {
    range: &'static str,
    rotation: String,
    first_day: Option<String>,
    last_day: Option<String>,
    reflections: u32,
    shifts: u32,
    calendar: Vec<DayJson>,
    competencies: Vec<CoverageJson>,
    experiments: Vec<PartJson>,
    energy: BTreeMap<&'static str, EnergyJson>,
    signals: Vec<SignalJson>,
    words: ChangesJson,
}

#[derive(Serialize)]
struct LoopsJson {
    due: u32,
    helped: u32,
    mixed: u32,
    no_help: u32,
    not_tried: u32,
    no_chance: u32,
    dropped: u32,
    open: u32,
    tried: u32,
    of: u32,
}

#[derive(Serialize)]
struct GoalWeekJson {
    id: String,
    competency: String,
    this_week: u32,
    weeks: Vec<u32>,
    feedback: BTreeMap<&'static str, u32>,
    days_since: Option<i64>,
}

#[derive(Serialize)]
struct QuoteJson {
    reflection: String,
    shift_date: String,
    text: String,
}

#[derive(Serialize)]
struct RecurringJson {
    tag: String,
    times: u32,
    latest: QuoteJson,
}

#[derive(Serialize)]
struct EnergyJson {
    n: u32,
    levels: BTreeMap<u8, u32>,
    median: Option<f64>,
}

#[derive(Serialize)]
struct CompetencyCountJson {
    competency: String,
    reflections: u32,
}

#[derive(Serialize)]
struct PreviousJson {
    rotation: String,
    first_day: String,
    last_day: Option<String>,
    energy: EnergyJson,
}

#[derive(Serialize)]
struct DayJson {
    date: String,
    reflections: u32,
    shifts: Vec<&'static str>,
    energy: EnergyJson,
}

#[derive(Serialize)]
struct CoverageJson {
    competency: String,
    reflections: u32,
    parts: Vec<u32>,
}

#[derive(Serialize)]
struct PartJson {
    first_day: String,
    last_day: String,
    outcomes: BTreeMap<&'static str, u32>,
}

#[derive(Serialize)]
struct SignalJson {
    signal: String,
    reflections: u32,
}

#[derive(Serialize)]
struct ChangesJson {
    before: Option<SpanJson>,
    reflections: u32,
    reflections_before: u32,
    rising: Vec<ChangeJson>,
    falling: Vec<ChangeJson>,
}

#[derive(Serialize)]
struct SpanJson {
    first_day: String,
    last_day: String,
}

#[derive(Serialize)]
struct ChangeJson {
    term: String,
    reflections: u32,
    reflections_before: u32,
}

impl From<&WeekReview> for WeekJson {
    fn from(review: &WeekReview) -> Self {
        let open = review.loops.open.iter();
        Self {
            week: review.number(),
            first_day: review.week.first.to_string(),
            last_day: review.week.last().to_string(),
            rotation: review.rotation.clone(),
            reflections: review.reflections,
            shifts: review.shifts,
            shifts_reflected_on: review.shifts_reflected_on,
            experiments: LoopsJson::of(review),
            open: open.map(|open| (&open.experiment).into()).collect(),
            goals: review
                .goals
                .iter()
                .map(|goal| GoalWeekJson {
                    id: goal.goal.to_string(),
                    competency: goal.competency.to_string(),
                    this_week: goal.this_week(),
                    weeks: goal.weeks.to_vec(),
                    feedback: roles(&goal.said),
                    days_since: goal.days_since,
                })
                .collect(),
            went_well: review.went_well.iter().map(Into::into).collect(),
            comes_back: review
                .comes_back
                .iter()
                .map(|one| RecurringJson {
                    tag: one.tag.as_str().to_owned(),
                    times: one.times,
                    latest: (&one.latest).into(),
                })
                .collect(),
            energy: by_shift(&review.energy),
            templates: review
                .templates
                .iter()
                .map(|(id, times)| (id.to_string(), *times))
                .collect(),
            review: review.saved.map(|id| id.to_string()),
        }
    }
}

impl LoopsJson {
    fn of(review: &WeekReview) -> Self {
        let loops = &review.loops;
        let settled = |outcome| loops.settled.of(outcome);
        let rate = loops.rate();
        Self {
            due: loops.due,
            helped: settled(Outcome::Helped),
            mixed: settled(Outcome::Mixed),
            no_help: settled(Outcome::NoHelp),
            not_tried: settled(Outcome::NotTried),
            no_chance: settled(Outcome::NoChance),
            dropped: settled(Outcome::Dropped),
            open: loops.open_count,
            tried: rate.part,
            of: rate.whole,
        }
    }
}

impl From<&RotationReview> for RotationReviewJson {
    fn from(review: &RotationReview) -> Self {
        let entry = |entry: &Option<Entry>| entry.as_ref().map(EntryJson::from);
        let last = |block: &Block| block.last.as_ref().map(NaiveDate::to_string);
        Self {
            rotation: review.rotation.name.clone(),
            first_day: review.rotation.first.to_string(),
            last_day: last(&review.rotation),
            reflections: review.reflections,
            shifts: review.shifts,
            opening: entry(&review.opening),
            closing: entry(&review.closing),
            experiments: outcomes(&review.experiments, &Outcome::ALL),
            competencies: review
                .competencies
                .iter()
                .map(|(id, times)| CompetencyCountJson {
                    competency: id.to_string(),
                    reflections: *times,
                })
                .collect(),
            goals_untouched: review
                .goals_untouched
                .iter()
                .map(CompetencyId::to_string)
                .collect(),
            feedback: roles(&review.feedback),
            went_well: review.wins.iter().map(Into::into).collect(),
            improvement: review.improvement.as_ref().map(Into::into),
            energy: (&review.energy).into(),
            previous: review
                .previous
                .as_ref()
                .map(|(block, energy)| PreviousJson {
                    rotation: block.name.clone(),
                    first_day: block.first.to_string(),
                    last_day: last(block),
                    energy: energy.into(),
                }),
        }
    }
}

impl From<&Trends> for TrendsJson {
    fn from(trends: &Trends) -> Self {
        Self {
            range: trends.range.id(),
            rotation: trends.rotation.clone(),
            first_day: trends.span.map(|span| span.first.to_string()),
            last_day: trends.span.map(|span| span.last.to_string()),
            reflections: trends.reflections,
            shifts: trends.shifts,
            calendar: trends.calendar.iter().map(Into::into).collect(),
            competencies: trends
                .coverage
                .iter()
                .map(|one| CoverageJson {
                    competency: one.competency.to_string(),
                    reflections: one.total(),
                    parts: one.parts.clone(),
                })
                .collect(),
            experiments: trends
                .parts
                .iter()
                .zip(&trends.settled)
                .map(|(part, settled)| PartJson {
                    first_day: part.first.to_string(),
                    last_day: part.last.to_string(),
                    outcomes: outcomes(settled, Outcome::ALL.split_at(1).1),
                })
                .collect(),
            energy: by_shift(&trends.energy),
            signals: trends
                .signals
                .iter()
                .map(|(signal, times)| SignalJson {
                    signal: signal.as_str().to_owned(),
                    reflections: *times,
                })
                .collect(),
            words: (&trends.changes).into(),
        }
    }
}

impl From<&Day> for DayJson {
    fn from(day: &Day) -> Self {
        let shifts = day.shifts.iter().map(|shift| shift.shift.id());
        Self {
            date: day.date.to_string(),
            reflections: day.reflections(),
            shifts: shifts.collect(),
            energy: (&day.energy()).into(),
        }
    }
}

impl From<&Changes> for ChangesJson {
    fn from(changes: &Changes) -> Self {
        let all = |changes: &[Change]| changes.iter().map(Into::into).collect();
        Self {
            before: changes.before.map(Into::into),
            reflections: changes.reflections,
            reflections_before: changes.reflections_before,
            rising: all(&changes.rising),
            falling: all(&changes.falling),
        }
    }
}

impl From<Span> for SpanJson {
    fn from(span: Span) -> Self {
        Self {
            first_day: span.first.to_string(),
            last_day: span.last.to_string(),
        }
    }
}

impl From<&Change> for ChangeJson {
    fn from(change: &Change) -> Self {
        Self {
            term: change.term.as_str().to_owned(),
            reflections: change.now,
            reflections_before: change.before,
        }
    }
}

impl From<&Quote> for QuoteJson {
    fn from(quote: &Quote) -> Self {
        Self {
            reflection: quote.reflection.to_string(),
            shift_date: quote.shift_date.to_string(),
            text: quote.text.as_str().to_owned(),
        }
    }
}

impl From<&Spread> for EnergyJson {
    fn from(spread: &Spread) -> Self {
        let mut levels: BTreeMap<u8, u32> = (1..=5).map(|level| (level, 0)).collect();
        for level in spread.levels() {
            *levels.entry(level).or_default() += 1;
        }
        Self {
            n: spread.n(),
            levels,
            median: spread.twice_median().map(|twice| f64::from(twice) / 2.0),
        }
    }
}

fn by_shift(energy: &[(ShiftKind, Spread)]) -> BTreeMap<&'static str, EnergyJson> {
    let all = energy.iter();
    all.map(|(shift, spread)| (shift.id(), spread.into()))
        .collect()
}

fn roles(roles: &[(Giver, u32)]) -> BTreeMap<&'static str, u32> {
    roles
        .iter()
        .map(|(role, times)| (role.id(), *times))
        .collect()
}

fn outcomes(counts: &Outcomes, which: &[Outcome]) -> BTreeMap<&'static str, u32> {
    let all = which.iter();
    all.map(|outcome| (outcome.id(), counts.of(*outcome)))
        .collect()
}
