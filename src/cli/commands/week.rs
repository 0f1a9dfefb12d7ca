//! `postcall week`: the weekly review as text.

use chrono::NaiveDate;
use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::figures::{
    COLUMN, FULL_BAR, bars, energy_by_shift, list, name, outcomes, quote, roles,
};
use crate::cli::output::{Look, Output, together};
use crate::cli::rows;
use crate::cli::setting::Setting;
use crate::domain::calendar::{add_days, counted, day_and_month, due_in_words};
use crate::domain::catalog::Catalog;
use crate::domain::sparkline::sparkline;
use crate::domain::week::{GoalWeek, WeekReview};
use crate::exchange::figures::WeekJson;

#[derive(Debug, Args)]
pub struct WeekArgs {
    /// A day of the week, like 2026-11-21 or monday, or -1 for the week before this one
    #[arg(value_name = "DATE", allow_hyphen_values = true)]
    pub date: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Cells of the name of a goal.
const GOAL: usize = 28;
/// Cells that say when an experiment is due.
const WHEN: usize = 20;

pub fn run(args: &WeekArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let date = date(args.date.as_deref(), setting)?;
    let mut journal = match setting.open_if_there(out)? {
        Some(journal) => journal,
        None if args.json => setting.nothing_written()?,
        None => return Ok(()),
    };
    let review = journal.week(date)?;
    out.use_signs(setting.config.glyphs);
    if args.json {
        out.json(&WeekJson::from(&review))?;
        let damaged = review.loops.open.iter().filter(|open| open.damaged);
        return rows::all_sound(damaged.count());
    }
    heading(out, &review)?;
    if !review.has_begun() && review.shifts == 0 {
        return out.labelled("", 2, "This week has not begun yet.");
    }
    let besides = review.no_shift_but(journal.catalog());
    if let Some(besides) = &besides {
        out.labelled("", 2, besides)?;
    }
    if review.is_empty() && review.loops.open.is_empty() {
        if besides.is_some() {
            return Ok(());
        }
        return out.labelled(
            "",
            2,
            "Nothing was written about this week. That is all right.",
        );
    }
    loops(out, &review)?;
    goals(out, &review, journal.catalog(), setting)?;
    words(out, &review)?;
    let energy = energy_by_shift(&review.energy);
    if !energy.is_empty() {
        out.labelled("Energy", COLUMN, &energy)?;
    }
    let template =
        |(id, times): &(_, u32)| format!("{times} {}", journal.catalog().template(id).title);
    if !review.templates.is_empty() {
        let templates = list(review.templates.iter().map(template));
        out.labelled("Templates", COLUMN, &templates)?;
    }
    Ok(())
}

/// A date, or `-2` for the week before last.
fn date(given: Option<&str>, setting: &Setting) -> Result<NaiveDate, Failure> {
    let weeks = given
        .and_then(|given| given.strip_prefix('-'))
        .and_then(|weeks| weeks.parse::<u16>().ok());
    match weeks {
        Some(weeks) => Ok(add_days(setting.today(), -7 * i64::from(weeks))),
        None => setting.day(given),
    }
}

fn heading(out: &mut Output, review: &WeekReview) -> Result<(), Failure> {
    let day = |date| day_and_month(date, review.today);
    let (first, last) = (review.week.first, review.week.last());
    let mut title = format!("Week {} - {} to {}", review.number(), day(first), day(last));
    if !review.rotation.is_empty() {
        title.push_str(" - ");
        title.push_str(&review.rotation);
    }
    out.line(&[(Look::Strong, &title)])?;
    if review.shifts == 0 {
        return Ok(());
    }
    let reflections = counted(review.reflections, "reflection");
    let shifts = counted(review.shifts, "shift");
    let (on, all) = (review.shifts_reflected_on, review.shifts);
    let over = if on < all {
        format!("{reflections}, on {on} of {shifts}")
    } else {
        format!("{reflections} over {shifts}")
    };
    out.line(&[(Look::Quiet, &over)])
}

fn loops(out: &mut Output, review: &WeekReview) -> Result<(), Failure> {
    let loops = &review.loops;
    let rate = loops.rate();
    let mut parts = vec![together(&format!("{} due", loops.due))];
    let settled = outcomes(&loops.settled);
    parts.extend((!settled.is_empty()).then_some(settled));
    parts.push(together(&format!("{} open", loops.open_count)));
    let tried = || together(&format!("tried {}", rate.in_words()));
    parts.extend((rate.whole > 0).then(tried));
    out.labelled("Loops", COLUMN, &parts.join("   "))?;
    let room = out.columns().saturating_sub(4 + WHEN);
    for open in &loops.open {
        let sign = rows::sign(open.damaged);
        let text = open
            .experiment
            .text
            .excerpt(room.saturating_sub(sign.len()));
        let when = due_in_words(open.experiment.due, review.today);
        out.labelled("", 2, &format!("{when:<WHEN$}{sign}{text}"))?;
    }
    let shown = u32::try_from(loops.open.len()).unwrap_or(u32::MAX);
    if let more @ 1.. = loops.open_count.saturating_sub(shown) {
        out.labelled(
            "",
            2,
            &format!("and {more} more; `postcall due` lists them"),
        )?;
    }
    Ok(())
}

fn goals(
    out: &mut Output,
    review: &WeekReview,
    catalog: &Catalog,
    setting: &Setting,
) -> Result<(), Failure> {
    if review.goals.is_empty() {
        return Ok(());
    }
    let heading = format!(
        "{:<GOAL$}{:<11}{:<10}said by others",
        "Goals", "this week", "8 weeks"
    );
    out.line(&[(Look::Plain, "  "), (Look::Strong, &heading)])?;
    // One height for all, so that they can be compared.
    let most = review.goals.iter().flat_map(|goal| goal.weeks).max();
    let most = most.unwrap_or(0).max(FULL_BAR);
    for goal in &review.goals {
        let line = format!(
            "{}{:<11}{}",
            name(catalog, &goal.competency, GOAL),
            goal.this_week(),
            sparkline(&goal.weeks, most, bars(setting.config.glyphs)),
        );
        out.labelled(&line, GOAL + 23, &others(goal))?;
    }
    Ok(())
}

/// What others said in a month, and how long nothing was written where that is long.
fn others(goal: &GoalWeek) -> String {
    let untouched = match goal.days_since {
        None => Some("not yet touched".to_owned()),
        Some(days @ 14..) => Some(format!("untouched for {days} days")),
        Some(_) => None,
    };
    let said = match (goal.said.is_empty(), &untouched) {
        (false, _) => roles(&goal.said),
        (true, None) => together("none, ask someone?"),
        (true, Some(_)) => "none".to_owned(),
    };
    match untouched {
        Some(untouched) => format!("{said}; {}", together(&untouched)),
        None => said,
    }
}

fn words(out: &mut Output, review: &WeekReview) -> Result<(), Failure> {
    let room = out.columns().saturating_sub(COLUMN);
    let lines = review.went_well.iter();
    let lines: Vec<String> = lines.map(|one| quote(one, room, review.today)).collect();
    if !lines.is_empty() {
        out.labelled("Went well", COLUMN, &lines.join("\n"))?;
    }
    let mut lines = Vec::new();
    for one in &review.comes_back {
        lines.push(format!("{} {}x in 30 days", one.tag, one.times));
        lines.push(format!(
            "  {}",
            quote(&one.latest, room.saturating_sub(2), review.today)
        ));
        if one.talk_it_through {
            lines.push("  Worth talking through with somebody.".to_owned());
        }
    }
    if review.moments_without_experiment {
        lines.push("Three moments, no experiment yet: pick one, or let it go.".to_owned());
    }
    if !lines.is_empty() {
        out.labelled("Comes back", COLUMN, &lines.join("\n"))?;
    }
    Ok(())
}
