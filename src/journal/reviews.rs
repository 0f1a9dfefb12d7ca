//! The weekly review, the rotation review and trends: figures from the store, put together by the
//! rules of the domain.

use chrono::NaiveDate;

use super::reading::not_found;
use super::rotations;
use super::{Journal, JournalError};
use crate::domain::calendar::{FIRST_DATE, Week};
use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::draft::Draft;
use crate::domain::evidence::Touch;
use crate::domain::experiment::Outcome;
use crate::domain::figures::Span;
use crate::domain::id::{ExperimentId, RotationId};
use crate::domain::loops::{Loops, OpenLoop};
use crate::domain::reflection::{Entry, Giver, Period};
use crate::domain::rotation::{Block, Rotation, covering};
use crate::domain::rotation_review::{self, Material, RotationReview, Stretch};
use crate::domain::rules::Rules;
use crate::domain::template::TemplateId;
use crate::domain::trends::day::{Day, Days};
use crate::domain::trends::{self, Range, Scene, Trends, energy_by_shift, words};
use crate::domain::week::{
    self, GOAL_WEEKS, GoalWeek, LOW_ENERGY_OF, MOST_WENT_WELL, Told, WeekReview,
};
use crate::store::{Counts, Seq, StoreError, Tables};

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

    /// The form for the review of the week that `date` is in: what was typed and not saved, else the
    /// review that was saved, else a new one. One for each week; what it plans to try is due by the
    /// end of the next.
    ///
    /// # Errors
    /// If the journal cannot be read; a damaged review is not offered for editing.
    pub fn week_draft(&mut self, date: NaiveDate) -> Result<Draft, JournalError> {
        let week = Week::of(date, self.rules.week_starts);
        let period = Period::of_week(week);
        let saved = self.store.read::<_, StoreError>(REVIEWING, |tables| {
            tables.of_period(&TemplateId::WEEK, &period)
        })?;
        if let Some(draft) = self.begun_review(&period, saved)? {
            self.adopt_draft(draft.id)?;
            return Ok(draft);
        }
        if let Some(id) = saved {
            return self.edit_draft(id);
        }
        let mut draft = self.new_draft(&TemplateId::WEEK)?;
        if draft.period.as_ref() != Some(&period) {
            draft.shift_date = week.last();
            draft.rotation = self.proposed_rotation(&TemplateId::WEEK, week.last())?;
            draft.period = Some(period);
        }
        Ok(draft)
    }

    /// The figures of a range that ends today or holds today.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn trends(&mut self, range: Range) -> Result<Trends, JournalError> {
        let today = self.today();
        let (rules, catalog) = (&self.rules, &self.catalog);
        self.store.count(TRENDS, today, |tables, counts| {
            let scene = Scene {
                today,
                rules,
                rotation: None,
                known: None,
            };
            Ok(gather(tables, counts, range, scene, catalog)?)
        })
    }

    /// The review of a rotation.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] if there is none of that id outside the trash.
    pub fn rotation_review(&mut self, id: RotationId) -> Result<RotationReview, JournalError> {
        let today = self.today();
        self.store.read(ROTATION, |tables| {
            let all = rotations::sound(tables)?;
            let found = all.iter().find(|rotation| rotation.id == id);
            let block = found
                .ok_or_else(|| not_found("rotation", id.short()))?
                .block();
            Ok(of_rotation(tables, &block, &all, today)?)
        })
    }

    /// The review of the rotation of that name, capitals make no difference: of several the one
    /// begun last; of one that was never entered what reflections name so.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] if neither a rotation nor a reflection has that name.
    pub fn rotation_review_of(&mut self, name: &str) -> Result<RotationReview, JournalError> {
        let today = self.today();
        self.store.read(ROTATION, |tables| {
            let all = rotations::sound(tables)?;
            let entered = all
                .iter()
                .filter(|rotation| rotation.is_called(name))
                .max_by_key(|rotation| (rotation.first, rotation.id))
                .map(Rotation::block);
            let block = match entered {
                Some(block) => block,
                None => tables
                    .days_named(name)?
                    .map(|(name, span)| Block {
                        name,
                        first: span.first,
                        last: Some(span.last),
                    })
                    .ok_or_else(|| not_found("rotation", name.trim().to_owned()))?,
            };
            Ok(of_rotation(tables, &block, &all, today)?)
        })
    }
}

fn of_rotation(
    tables: &Tables<'_>,
    block: &Block,
    all: &[Rotation],
    today: NaiveDate,
) -> Result<RotationReview, StoreError> {
    let stretch = Stretch { block, all, today };
    let span = stretch.span();
    let logged: Vec<_> = tables
        .shifts(span.first, span.last)?
        .into_iter()
        .filter(|shift| shift.logged && stretch.covers(shift.date))
        .map(|shift| (shift.date, shift.shift))
        .collect();
    let goals = tables.active_goals()?;
    let goals: Vec<CompetencyId> = goals.into_iter().map(|kept| kept.goal.competency).collect();
    let entries_of_it = entries(tables, stretch)?;
    let material = Material {
        reworded: &reworded(tables, &entries_of_it)?,
        entries: &entries_of_it,
        logged: &logged,
        goals: &goals,
    };
    let mut review = RotationReview::new(stretch, material);
    let before = all.iter().filter(|rotation| rotation.first < block.first);
    if let Some(before) = before.max_by_key(|rotation| (rotation.first, rotation.id)) {
        let before = before.block();
        let stretch = Stretch {
            block: &before,
            ..stretch
        };
        let energy = rotation_review::energy(&entries(tables, stretch)?);
        review.previous = Some((before, energy));
    }
    Ok(review)
}

/// The dropped experiments of these that another wording follows.
fn reworded(tables: &Tables<'_>, entries: &[Entry]) -> Result<Vec<ExperimentId>, StoreError> {
    let all = entries.iter().filter_map(|entry| entry.experiment.as_ref());
    let mut reworded = Vec::new();
    for dropped in all.filter(|e| e.outcome == Outcome::Dropped) {
        if tables.follower_of(dropped.id)?.is_some() {
            reworded.push(dropped.id);
        }
    }
    Ok(reworded)
}

/// The sound entries of a rotation, newest first.
fn entries(tables: &Tables<'_>, stretch: Stretch<'_>) -> Result<Vec<Entry>, StoreError> {
    let named = tables.rotations_named(stretch.reach())?;
    let places: Vec<Seq> = named
        .into_iter()
        .filter(|(seq, rotation, template)| {
            let date = seq.shift_date();
            date.is_some_and(|date| stretch.holds(date, rotation, template))
        })
        .map(|(seq, _, _)| seq)
        .collect();
    let kept = tables.all_at(&places)?;
    let sound = kept.into_iter().filter(|kept| kept.sound);
    Ok(sound.map(|kept| kept.entry).collect())
}

fn review(
    tables: &Tables<'_>,
    week: Week,
    today: NaiveDate,
    rules: &Rules,
) -> Result<WeekReview, StoreError> {
    let span = week::span_of(week);
    let days = tables.days(span)?;
    let month = tables.told(week::month_until(week), None)?;
    let of_week: Vec<Told> = month
        .iter()
        .filter(|told| span.contains(told.shift_date))
        .cloned()
        .collect();
    let last = if month.len() < LOW_ENERGY_OF {
        let until = Span::new(FIRST_DATE, span.last);
        tables.told(until, Some(LOW_ENERGY_OF))?
    } else {
        month.iter().take(LOW_ENERGY_OF).cloned().collect()
    };
    let named = week::most_named_rotation(&of_week).to_owned();
    let rotation = if named.is_empty() {
        let all = rotations::sound(tables)?;
        covering(&all, span.last).map_or_else(String::new, |rotation| rotation.name.clone())
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
        besides: tables.written_beside_shifts((span.first, span.last))?,
        low_energy: week::low_energy(last.iter().map(|told| told.energy)),
        moments_without_experiment: week::moments_without_experiment(&last),
        saved: tables.of_period(&TemplateId::WEEK, &Period::of_week(week))?,
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
        reflected_on: kept.reflected_on,
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
    for kept in tables.active_goals()? {
        let competency = kept.goal.competency;
        let touches = tables.touches(&competency, (first, week.last()))?;
        let touches: Vec<Touch> = touches.into_iter().map(|(_, touch)| touch).collect();
        let newest = touches.first().filter(|touch| touch.date >= year);
        goals.push(GoalWeek {
            goal: kept.goal.id,
            weeks: by_week(&touches, chart),
            said: said(&touches, month),
            days_since: newest.map(|touch| end.signed_duration_since(touch.date).num_days().max(0)),
            competency,
        });
    }
    Ok(goals)
}

fn by_week(touches: &[Touch], chart: Span) -> [u32; GOAL_WEEKS] {
    let mut weeks = [0; GOAL_WEEKS];
    for one in touches.iter().filter(|one| chart.contains(one.date)) {
        let days = one.date.signed_duration_since(chart.first).num_days();
        let week = usize::try_from(days / 7).unwrap_or(0);
        if let Some(count) = weeks.get_mut(week) {
            *count += 1;
        }
    }
    weeks
}

fn said(touches: &[Touch], month: Span) -> Vec<(Giver, u32)> {
    let by = |giver| {
        let such = |one: &&Touch| one.giver == Some(giver) && month.contains(one.date);
        u32::try_from(touches.iter().filter(such).count()).unwrap_or(u32::MAX)
    };
    let all = Giver::ALL.into_iter().map(|giver| (giver, by(giver)));
    all.filter(|(_, times)| *times > 0).collect()
}

fn gather(
    tables: &Tables<'_>,
    counts: &mut Counts,
    range: Range,
    scene: Scene<'_>,
    catalog: &Catalog,
) -> Result<Trends, StoreError> {
    let today = scene.today;
    let rotation = match range {
        // Where none was ever entered, what reflections name.
        Range::Rotation => match trends::rotation(&rotations::sound(tables)?, today) {
            None => tables.named_last()?,
            entered => entered,
        },
        Range::Week | Range::EightWeeks | Range::Year | Range::All => None,
    };
    let known = match range {
        Range::All => tables.known_days()?,
        Range::Week | Range::Rotation | Range::EightWeeks | Range::Year => None,
    };
    let scene = Scene {
        rotation: rotation.as_ref().map(|(_, span)| *span),
        known,
        ..scene
    };
    let Some(span) = trends::span(range, scene) else {
        return Ok(Trends::new(range, None, &Days::default(), scene, catalog));
    };
    let days = tables.days_of_months(span, counts)?;
    let mut trends = Trends::new(range, Some(span), &days, scene, catalog);
    trends.rotation = rotation.map(|(name, _)| name).unwrap_or_default();
    if let Some(before) = trends::before(range, span, today) {
        let now = tables.vocabulary_of_months(span, counts)?;
        let then = tables.vocabulary_of_months(before, counts)?;
        trends.changes = words::changes(&now, &then, Some(before));
    }
    Ok(trends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::goal::GoalLines;
    use crate::journal::{Options, Place};

    #[test]
    fn a_week_is_read_without_going_through_the_whole_journal() {
        let mut journal = Journal::open(&Place::Memory, Options::default()).unwrap();
        let feedback = CompetencyId::new("feedback");
        journal.add_goal(&feedback, GoalLines::default()).unwrap();
        let today = journal.today();
        journal.week(today).unwrap();
        journal.trends(Range::EightWeeks).unwrap();
        let plans = journal.store.plans();
        assert!(plans.len() > 12, "{plans:?}");
        for (sql, plan) in plans {
            for step in plan.lines().filter(|step| step.starts_with("SCAN")) {
                // Of these there are a handful.
                let few = ["SCAN g", "SCAN goal", "SCAN rotation", "SCAN setting"];
                assert!(few.iter().any(|few| step.starts_with(few)), "{sql}\n{plan}");
            }
        }
    }
}
