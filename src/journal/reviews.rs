//! The weekly review, the rotation review and trends: figures from the store, put together by the
//! rules of the domain.

use chrono::NaiveDate;

use super::reading::not_found;
use super::{Journal, JournalError};
use crate::domain::calendar::{FIRST_DATE, Week};
use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::figures::Span;
use crate::domain::reflection::Role;
use crate::domain::rotation_review::{self, Block, MOST_COMPETENCIES, MOST_WINS, RotationReview};
use crate::domain::rules::Rules;
use crate::domain::template::TemplateId;
use crate::domain::trends::day::{Day, Days};
use crate::domain::trends::{self, Range, Scene, Trends, energy_by_shift, words};
use crate::domain::week::{
    self, GOAL_WEEKS, GoalWeek, LOW_ENERGY_OF, Loops, MOST_WENT_WELL, OpenLoop, Told, WeekReview,
};
use crate::store::{Evidence, StoreError, Tables};

const REVIEWING: &str = "reading the week";
const ROTATION: &str = "reading the rotation";
const TRENDS: &str = "reading the trends";

impl Journal {
    /// The review of the week that `date` is in.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn week(&mut self, date: NaiveDate) -> Result<WeekReview, JournalError> {
        let today = self.today();
        let week = Week::of(date, self.rules.week_starts);
        let rules = &self.rules;
        self.store
            .read(REVIEWING, |tables| Ok(review(tables, week, today, rules)?))
    }

    /// The figures of a range that ends today or holds today.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn trends(&mut self, range: Range) -> Result<Trends, JournalError> {
        let today = self.today();
        let (rules, catalog) = (&self.rules, &self.catalog);
        self.store.read(TRENDS, |tables| {
            Ok(gather(tables, range, today, rules, catalog)?)
        })
    }

    /// The review of a rotation by its name, whatever the case; of several of that name, of the one
    /// begun last.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] if neither a rotation nor a reflection has that name.
    pub fn rotation_review(&mut self, name: &str) -> Result<RotationReview, JournalError> {
        let today = self.today();
        self.store.read(ROTATION, |tables| {
            let block = tables.block(name.trim())?;
            let block = block.ok_or_else(|| not_found("rotation", name.trim().to_owned()))?;
            Ok(of_rotation(tables, block, today)?)
        })
    }
}

fn of_rotation(
    tables: &Tables<'_>,
    rotation: Block,
    today: NaiveDate,
) -> Result<RotationReview, StoreError> {
    let span = rotation_review::span(&rotation, today);
    let told = tables.told(span, Some(&rotation.name), None)?;
    let competencies = tables.competencies_in(span, &rotation.name)?;
    let used = |id: &CompetencyId| {
        let same = |other: &CompetencyId| other.as_str().eq_ignore_ascii_case(id.as_str());
        competencies.iter().any(|(other, _)| same(other))
    };
    let goals = tables.goals_in_slots()?;
    let untouched = goals.into_iter().map(|(_, id)| id).filter(|id| !used(id));
    let closing = tables.newest_of(span, &rotation.name, &TemplateId::ROTATION_CLOSE)?;
    let opening = match tables.newest_of(span, &rotation.name, &TemplateId::ROTATION_START)? {
        Some(opening) => Some(opening),
        None => tables.first_in(span, &rotation.name)?,
    };
    let improvement = match closing.as_ref().and_then(rotation_review::next_step) {
        Some(step) => Some(step),
        None => tables
            .newest_of(span, &rotation.name, &TemplateId::CHANGE)?
            .as_ref()
            .and_then(rotation_review::next_step),
    };
    let previous = match tables.block_before(&rotation)? {
        Some(block) => {
            let span = rotation_review::span(&block, today);
            let energy = rotation_review::energy(&tables.told(span, Some(&block.name), None)?);
            Some((block, energy))
        }
        None => None,
    };
    Ok(RotationReview {
        span,
        today,
        reflections: u32::try_from(told.len()).unwrap_or(u32::MAX),
        shifts: rotation_review::shifts(&told),
        opening,
        closing,
        experiments: tables.experiments_in(span, &rotation.name)?,
        goals_untouched: untouched.collect(),
        feedback: tables.feedback_in(span, &rotation.name)?,
        wins: week::went_well(&told, MOST_WINS),
        improvement,
        energy: rotation_review::energy(&told),
        competencies: competencies.into_iter().take(MOST_COMPETENCIES).collect(),
        previous,
        rotation,
    })
}

fn review(
    tables: &Tables<'_>,
    week: Week,
    today: NaiveDate,
    rules: &Rules,
) -> Result<WeekReview, StoreError> {
    let span = week::span_of(week);
    let days = tables.days(span)?;
    let month = tables.told(week::month_until(week), None, None)?;
    let of_week: Vec<Told> = month
        .iter()
        .filter(|told| span.contains(told.shift_date))
        .cloned()
        .collect();
    let last = if month.len() < LOW_ENERGY_OF {
        let until = Span::new(FIRST_DATE, span.last);
        tables.told(until, None, Some(LOW_ENERGY_OF))?
    } else {
        month.iter().take(LOW_ENERGY_OF).cloned().collect()
    };
    let named = week::most_named_rotation(&of_week).to_owned();
    let rotation = if named.is_empty() {
        tables.rotation_covering(span.last)?.unwrap_or_default()
    } else {
        named
    };
    let reflected = days.days.iter().flat_map(|day| &day.shifts);
    let reflected = reflected.filter(|shift| shift.reflections > 0).count();
    Ok(WeekReview {
        week,
        today,
        rotation,
        reflections: days.days.iter().map(Day::reflections).sum(),
        shifts: days.days.iter().map(Day::worked).sum(),
        shifts_reflected_on: u32::try_from(reflected).unwrap_or(u32::MAX),
        loops: loops(tables, span, today)?,
        goals: goals(tables, week, today, rules)?,
        went_well: week::went_well(&of_week, MOST_WENT_WELL),
        comes_back: week::comes_back(&month),
        energy: energy_by_shift(&days.days),
        templates: week::templates(&of_week),
        low_energy: week::low_energy(last.iter().map(|told| told.energy)),
        moments_without_experiment: week::moments_without_experiment(&last),
        saved: tables.of_period(&TemplateId::WEEK, &week.first.to_string())?,
    })
}

fn loops(tables: &Tables<'_>, span: Span, today: NaiveDate) -> Result<Loops, StoreError> {
    let counts = tables.loop_counts(span)?;
    let open = tables.open_planned_by(span.last)?;
    let open = open.into_iter().map(|kept| OpenLoop {
        days_left: kept
            .experiment
            .due
            .map(|due| due.signed_duration_since(today).num_days()),
        damaged: !kept.sound,
        experiment: kept.experiment,
    });
    Ok(Loops {
        due: counts.due,
        settled: counts.settled,
        open: open.collect(),
        open_count: counts.open,
        open_due: counts.open_due,
    })
}

fn goals(
    tables: &Tables<'_>,
    week: Week,
    today: NaiveDate,
    rules: &Rules,
) -> Result<Vec<GoalWeek>, StoreError> {
    let chart = week::goal_span(week);
    let month = week::month_until(week);
    let end = week.last().min(today).max(week.first);
    let year = trends::first_of_year(end, rules);
    let first = chart.first.min(month.first).min(year);
    let mut goals = Vec::new();
    for (goal, competency) in tables.goals_in_slots()? {
        let evidence = tables.on_competency(&competency, Span::new(first, week.last()))?;
        goals.push(GoalWeek {
            goal,
            competency,
            weeks: by_week(&evidence, chart),
            said: said(&evidence, month),
            days_since: evidence
                .iter()
                .map(|one| one.date)
                .rfind(|date| *date >= year)
                .map(|date| end.signed_duration_since(date).num_days().max(0)),
        });
    }
    Ok(goals)
}

fn by_week(evidence: &[Evidence], chart: Span) -> [u32; GOAL_WEEKS] {
    let mut weeks = [0; GOAL_WEEKS];
    for one in evidence.iter().filter(|one| chart.contains(one.date)) {
        let days = one.date.signed_duration_since(chart.first).num_days();
        let week = usize::try_from(days / 7).unwrap_or(0);
        if let Some(count) = weeks.get_mut(week) {
            *count += 1;
        }
    }
    weeks
}

fn said(evidence: &[Evidence], month: Span) -> Vec<(Role, u32)> {
    let by = |role| {
        let such = |one: &&Evidence| one.from == Some(role) && month.contains(one.date);
        u32::try_from(evidence.iter().filter(such).count()).unwrap_or(u32::MAX)
    };
    let all = Role::ALL.into_iter().map(|role| (role, by(role)));
    all.filter(|(_, times)| *times > 0).collect()
}

fn gather(
    tables: &Tables<'_>,
    range: Range,
    today: NaiveDate,
    rules: &Rules,
    catalog: &Catalog,
) -> Result<Trends, StoreError> {
    let rotation = match range {
        Range::Rotation => tables.rotation_for_trends(today)?,
        Range::Week | Range::EightWeeks | Range::Year | Range::All => None,
    };
    let known = match range {
        Range::All => tables.known_days()?,
        Range::Week | Range::Rotation | Range::EightWeeks | Range::Year => None,
    };
    let scene = Scene {
        today,
        rules,
        rotation: rotation.as_ref().map(|(_, span)| *span),
        known,
    };
    let Some(span) = trends::span(range, scene) else {
        return Ok(Trends::new(range, None, &Days::default(), scene, catalog));
    };
    let days = tables.days(span)?;
    let mut trends = Trends::new(range, Some(span), &days, scene, catalog);
    trends.rotation = rotation.map(|(name, _)| name).unwrap_or_default();
    if let Some(before) = trends::before(range, span, today) {
        let now = tables.vocabulary(span)?;
        let then = tables.vocabulary(before)?;
        trends.changes = words::changes(&now, &then, Some(before));
    }
    Ok(trends)
}
