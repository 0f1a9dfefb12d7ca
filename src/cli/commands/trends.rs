//! `postcall trends`: a range of days as text.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::figures::{COLUMN, FULL_BAR, bars, days, energy_by_shift, list, name, outcomes};
use crate::cli::output::{Look, Output, together};
use crate::cli::setting::Setting;
use crate::domain::calendar::counted;
use crate::domain::catalog::Catalog;
use crate::domain::figures::{Outcomes, Span};
use crate::domain::sparkline::{Bars, sparkline};
use crate::domain::trends::words::{Change, MIN_REFLECTIONS};
use crate::domain::trends::{Range, Trends};
use crate::exchange::figures::TrendsJson;

#[derive(Debug, Args)]
#[command(after_help = "\
`year` is the academic year, `rotation` the one that covers today or ended last. Words that rise and
fall are compared with the time before by log-odds with an informative Dirichlet prior (Monroe,
Colaresi and Quinn 2008): each reflection counts once for a word, in whatever form.")]
pub struct TrendsArgs {
    /// week, rotation, 8weeks, year or all
    #[arg(long, value_name = "RANGE", default_value = "8weeks")]
    pub range: Range,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Cells of the name of a competency.
const NAME: usize = 32;
/// Bars that fit beside it in 80 columns.
const MOST_BARS: usize = 40;

pub fn run(args: &TrendsArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = match setting.open_if_there(out)? {
        Some(journal) => journal,
        None if args.json => setting.nothing_written()?,
        None => return Ok(()),
    };
    let trends = journal.trends(args.range)?;
    out.use_signs(setting.config.glyphs);
    if args.json {
        return out.json(&TrendsJson::from(&trends));
    }
    let Some(span) = trends.span else {
        out.say(match args.range {
            Range::Rotation => {
                "No rotation is known. `postcall rotation start` with its name begins one."
            }
            Range::Week | Range::EightWeeks | Range::Year | Range::All => "Nothing is written yet.",
        });
        return Ok(());
    };
    let title = if trends.rotation.is_empty() {
        trends.range.name()
    } else {
        &trends.rotation
    };
    let title = format!("{title} - {}", days(span, trends.today));
    out.line(&[(Look::Strong, &title)])?;
    let reflections = counted(trends.reflections, "reflection");
    let over = format!("{reflections} over {}", counted(trends.shifts, "shift"));
    out.line(&[(Look::Quiet, &format!("{over}; {}", per_part(&trends)))])?;
    let bars = bars(setting.config.glyphs);
    shifts(out, &trends, bars)?;
    coverage(out, &trends, journal.catalog(), bars)?;
    experiments(out, &trends, bars)?;
    let energy = energy_by_shift(&trends.energy);
    if !energy.is_empty() {
        out.labelled("Energy", COLUMN, &energy)?;
    }
    if !trends.signals.is_empty() {
        let signals = trends.signals.iter();
        let signals = list(signals.map(|(signal, times)| format!("{times} {}", signal.as_str())));
        out.labelled("Signals", COLUMN, &signals)?;
    }
    words(out, &trends)
}

/// Shifts in each week or quarter.
fn shifts(out: &mut Output, trends: &Trends, bars: Bars) -> Result<(), Failure> {
    let mut counts = vec![0; begun(trends)];
    for day in &trends.calendar {
        let part = trends.parts.partition_point(|part| part.last < day.date);
        if let Some(count) = counts.get_mut(part) {
            *count += day.worked();
        }
    }
    out.labelled("Shifts", COLUMN, &drawn(&[counts], bars).concat())
}

fn coverage(
    out: &mut Output,
    trends: &Trends,
    catalog: &Catalog,
    bars: Bars,
) -> Result<(), Failure> {
    let heading = "Competencies, thin ones first";
    out.line(&[(Look::Plain, "  "), (Look::Strong, heading)])?;
    let counts: Vec<_> = trends
        .coverage
        .iter()
        .map(|one| one.parts.iter().copied().take(begun(trends)).collect())
        .collect();
    for (one, bars) in trends.coverage.iter().zip(drawn(&counts, bars)) {
        let name = name(catalog, &one.competency, NAME);
        let line = format!("  {name}{:>4}  {bars}", one.total());
        out.line(&[(Look::Plain, line.trim_end())])?;
    }
    Ok(())
}

/// How many parts of the range have begun: what is still to come has no bar.
fn begun(trends: &Trends) -> usize {
    let is_begun = |part: &Span| part.first <= trends.today;
    trends.parts.partition_point(is_begun)
}

/// How many parts of the range one bar stands for.
const fn parts_in_a_bar(parts: usize) -> usize {
    parts.div_ceil(MOST_BARS)
}

/// Rows of bars, all of one height for a count.
fn drawn(rows: &[Vec<u32>], bars: Bars) -> Vec<String> {
    let sums = |row: &Vec<u32>| -> Vec<u32> {
        let chunk = parts_in_a_bar(row.len()).max(1);
        row.chunks(chunk).map(|parts| parts.iter().sum()).collect()
    };
    let rows: Vec<Vec<u32>> = rows.iter().map(sums).collect();
    let most = rows.iter().flatten().copied().max().unwrap_or(0);
    let most = most.max(FULL_BAR);
    let bars = |row: &Vec<u32>| sparkline(row, most, bars);
    rows.iter().map(bars).collect()
}

fn experiments(out: &mut Output, trends: &Trends, bars: Bars) -> Result<(), Failure> {
    let mut all = Outcomes::default();
    for part in &trends.settled {
        all.merge(part);
    }
    if all.total() == 0 {
        return Ok(());
    }
    out.labelled("Experiments", COLUMN, &outcomes(&all))?;
    let settled = trends.settled.iter().take(begun(trends));
    let counts: Vec<u32> = settled.map(Outcomes::total).collect();
    out.labelled("Settled", COLUMN, &drawn(&[counts], bars).concat())
}

fn words(out: &mut Output, trends: &Trends) -> Result<(), Failure> {
    let changes = &trends.changes;
    let Some(before) = changes.before else {
        return Ok(());
    };
    let before = days(before, trends.today);
    if !changes.is_comparable() {
        let line = format!(
            "too few reflections to compare with {}: it takes {MIN_REFLECTIONS} on either side",
            together(&before)
        );
        return out.labelled("Words", COLUMN, &line);
    }
    let (now, then) = (changes.reflections, changes.reflections_before);
    let numbers = together(&format!("(n {now} and {then})"));
    let line = format!("compared with {} {numbers}", together(&before));
    out.labelled("Words", COLUMN, &line)?;
    for (label, words) in [("More", &changes.rising), ("Less", &changes.falling)] {
        let word = |change: &Change| {
            let term = change.term.excerpt(40);
            format!("{term} ({}, before {})", change.now, change.before)
        };
        let words = list(words.iter().map(word));
        let words = if words.is_empty() {
            "nothing clear"
        } else {
            &words
        };
        out.labelled(label, COLUMN, words)?;
    }
    Ok(())
}

/// What one bar stands for.
fn per_part(trends: &Trends) -> String {
    let part = match trends.range {
        Range::All => "quarter",
        Range::Week | Range::Rotation | Range::EightWeeks | Range::Year => "week",
    };
    let bar = match parts_in_a_bar(begun(trends)) {
        0 | 1 => format!("a bar is a {part}"),
        many => format!("a bar is {many} {part}s"),
    };
    if begun(trends) < trends.parts.len() {
        format!("{bar}, the last this {part}")
    } else {
        bar
    }
}
