//! The figures beside the calendar: competencies, experiments, energy, signals and words.

use crate::domain::experiment::Outcome;
use crate::domain::figures::{MIN_FOR_MEDIAN, Outcomes, Span};
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::sparkline::sparkline;
use crate::domain::trends::words::{Change, MIN_REFLECTIONS};
use crate::domain::trends::{Coverage, Range, Trends};
use crate::tui::model::Settings;
use crate::tui::theme::Theme;
use unicode_width::UnicodeWidthStr;

use super::figure::{Figure, Row};
use super::mark::{Mark, Way, by_level, days};

/// Cells before a name.
const MARGIN: usize = 4;
/// Names are cut to so many cells.
const LONGEST_NAME: usize = 34;
/// Cells of the number before a row of bars.
const TOTAL: usize = 5;
/// The count that fills a bar at least, so that a single reflection does not look like much.
const FULL_BAR: u32 = 4;
/// From so many cells on, a line has room for words beside its numbers.
const ROOMY: usize = 60;
/// Where a median would say more than the entries do.
const TOO_FEW: &str = "too few to summarise";
/// What becomes of experiments, in the order of the rows.
const OUTCOMES: [Outcome; 6] = [
    Outcome::Helped,
    Outcome::Mixed,
    Outcome::NoHelp,
    Outcome::NotTried,
    Outcome::NoChance,
    Outcome::Dropped,
];

/// Competencies over time, thin ones first.
pub fn competencies(trends: &Trends, span: Span, width: usize, settings: &Settings) -> Figure {
    let rows: Vec<Bars> = trends
        .coverage
        .iter()
        .map(|one| Bars {
            name: settings.catalog.competency_name(&one.competency).to_owned(),
            counts: one.parts.clone(),
            mark: Box::new(|span| Mark::Competency(one.competency.clone(), span)),
        })
        .collect();
    let title = "Competencies, thin ones first";
    let n: u32 = trends.coverage.iter().map(Coverage::total).sum();
    if n == 0 {
        let mut figure = Figure::new(title, "n 0");
        figure.say("None was named in these days.", settings.theme.dim);
        return figure;
    }
    bars(title, n, &rows, (trends, span), width, &settings.theme)
}

/// Experiments settled over time.
pub fn experiments(trends: &Trends, span: Span, width: usize, settings: &Settings) -> Figure {
    let rows: Vec<Bars> = OUTCOMES
        .into_iter()
        .map(|outcome| Bars {
            name: outcome.name().to_owned(),
            counts: trends.settled.iter().map(|part| part.of(outcome)).collect(),
            mark: Box::new(move |span| Mark::Settled(outcome, span)),
        })
        .collect();
    let n = trends.settled.iter().map(Outcomes::total).sum();
    let title = "Experiments, what became of them";
    if n == 0 {
        let mut figure = Figure::new(title, "n 0");
        figure.say("None was settled in these days.", settings.theme.dim);
        return figure;
    }
    bars(title, n, &rows, (trends, span), width, &settings.theme)
}

/// A name and how often it was counted in each part.
struct Bars<'a> {
    name: String,
    counts: Vec<u32>,
    mark: Box<dyn Fn(Span) -> Mark + 'a>,
}

/// Rows of bars on one scale, each with its total.
fn bars(
    title: &str,
    n: u32,
    rows: &[Bars<'_>],
    (trends, span): (&Trends, Span),
    width: usize,
    theme: &Theme,
) -> Figure {
    let longest = rows.iter().map(|row| row.name.width()).max().unwrap_or(0);
    // What is still to come has no bar.
    let begun = trends
        .parts
        .partition_point(|part| part.first <= trends.today);
    let parts = trends.parts.get(..begun).unwrap_or_default();
    // What the bars leave is for the names.
    let bars = MARGIN + TOTAL + 3 + parts.len();
    let name = width.saturating_sub(bars).max(width / 3 + 4);
    let name = name.min(longest).min(LONGEST_NAME);
    let start = MARGIN + name + TOTAL + 2;
    let room = width.saturating_sub(start + 1).max(1);
    // Where there is no room for a bar each, neighbours share one.
    let shared = parts.len().div_ceil(room).max(1);
    let spans: Vec<Span> = parts
        .chunks(shared)
        .filter_map(|parts| Some(Span::new(parts.first()?.first, parts.last()?.last)))
        .collect();
    let counts = |row: &Bars<'_>| -> Vec<u32> {
        let begun = row.counts.get(..begun).unwrap_or_default();
        let shared = begun.chunks(shared);
        shared.map(|counts| counts.iter().sum()).collect()
    };
    let most = rows
        .iter()
        .flat_map(counts)
        .max()
        .unwrap_or(0)
        .max(FULL_BAR);
    let pitch = if spans.len() * 2 <= room { 2 } else { 1 };
    let mut figure = Figure::new(title, format!("n {n}; {}", a_bar(trends.range, shared)));
    for row in rows {
        let mut line = Row::default();
        line.pad(MARGIN);
        line.push(excerpt(&row.name, name), theme.text);
        let counts = counts(row);
        let total = row.counts.iter().sum::<u32>().to_string();
        line.pad(start - 2 - total.len());
        line.mark(total, theme.text, (row.mark)(span));
        for (at, (part, count)) in spans.iter().zip(&counts).enumerate() {
            line.pad(start + at * pitch);
            let bar = sparkline(&[*count], most, theme.glyphs.bars);
            if *count == 0 {
                line.push(bar, theme.dim);
            } else {
                line.mark(bar, theme.accent, (row.mark)(*part));
            }
        }
        figure.push(line);
    }
    figure
}

/// What one bar stands for.
fn a_bar(range: Range, shared: usize) -> String {
    let part = match range {
        Range::All => "quarter",
        Range::Week | Range::Rotation | Range::EightWeeks | Range::Year => "week",
    };
    match shared {
        1 => format!("each bar a {part}"),
        _ => format!("each bar {shared} {part}s"),
    }
}

/// Energy by kind of shift.
pub fn energy(trends: &Trends, width: usize, settings: &Settings) -> Figure {
    let theme = &settings.theme;
    let n: u32 = trends.energy.iter().map(|(_, spread)| spread.n()).sum();
    let mut figure = Figure::new("Energy by kind of shift", format!("n {n}"));
    if n == 0 {
        figure.say("None was said in these days.", theme.dim);
        return figure;
    }
    let names = trends.energy.iter().map(|(shift, _)| shift.name().width());
    let start = MARGIN + names.max().unwrap_or(0) + 2;
    let mut head = Row::default();
    head.pad(start);
    head.push("1 2 3 4 5", theme.dim);
    figure.push(head);
    for (shift, spread) in &trends.energy {
        let counts = by_level(spread);
        let most = counts.into_iter().max().unwrap_or(0).max(FULL_BAR);
        let mut row = Row::default();
        row.pad(MARGIN);
        row.push(shift.name(), theme.text);
        for (at, count) in counts.into_iter().enumerate() {
            row.pad(start + at * 2);
            let style = if count == 0 { theme.dim } else { theme.accent };
            row.push(sparkline(&[count], most, theme.glyphs.bars), style);
        }
        row.pad(start + 11);
        let n = spread.n();
        row.mark(format!("n {n}"), theme.text, Mark::Energy(*shift));
        row.pad(start + 16);
        row.push(" ", theme.text);
        match spread.median_in_words() {
            Some(median) => row.push(format!("median {median}"), theme.text),
            None if n > 0 && width >= ROOMY => row.push(TOO_FEW, theme.dim),
            None => {}
        }
        figure.push(row);
    }
    figure.say(
        if width >= ROOMY {
            format!("1 empty to 5 full; a median from n {MIN_FOR_MEDIAN} on")
        } else {
            format!("below n {MIN_FOR_MEDIAN}: {TOO_FEW}")
        },
        theme.dim,
    );
    figure
}

/// Stress signals, the most frequent first.
pub fn signals(trends: &Trends, settings: &Settings) -> Figure {
    let theme = &settings.theme;
    let n = trends.reflections;
    let mut figure = Figure::new("Stress signals", format!("of n {n} reflections"));
    if trends.signals.is_empty() {
        figure.say("None was marked in these days.", theme.dim);
        return figure;
    }
    let names = trends.signals.iter();
    let names: Vec<String> = names
        .map(|(signal, _)| visible_line(signal.as_str()))
        .collect();
    let longest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let start = MARGIN + longest.min(LONGEST_NAME / 2) + 2;
    let most = trends.signals.iter().map(|(_, times)| *times).max();
    let most = most.unwrap_or(0).max(FULL_BAR);
    for ((signal, times), name) in trends.signals.iter().zip(names) {
        let mut row = Row::default();
        row.pad(MARGIN);
        row.push(excerpt(&name, start - MARGIN - 2), theme.text);
        row.pad(start);
        row.push(sparkline(&[*times], most, theme.glyphs.bars), theme.accent);
        row.push(" ", theme.text);
        row.mark(times.to_string(), theme.text, Mark::Signal(signal.clone()));
        figure.push(row);
    }
    figure
}

/// Words and tags that rise and fall.
pub fn words(trends: &Trends, width: usize, settings: &Settings) -> Figure {
    let theme = &settings.theme;
    let changes = &trends.changes;
    let title = "Words and tags, more and less than before";
    let Some(before) = changes.before else {
        let mut figure = Figure::new(title, "");
        figure.say("Nothing before it to compare with.", theme.dim);
        return figure;
    };
    let (now, then) = (changes.reflections, changes.reflections_before);
    let mut figure = Figure::new(title, format!("n {now} and {then}"));
    let before = days(before, trends.today);
    if !changes.is_comparable() {
        figure.say(format!("n {now}, and {then} before: too few."), theme.dim);
        figure.say(
            format!("Comparing takes {MIN_REFLECTIONS} on either side."),
            theme.dim,
        );
        figure.say(format!("before: {before}"), theme.dim);
        return figure;
    }
    figure.say(format!("compared with {before}"), theme.dim);
    let all = changes.rising.iter().chain(&changes.falling);
    let longest = all.map(|change| change.term.excerpt(LONGEST_NAME).width());
    let longest = longest
        .max()
        .unwrap_or(0)
        .min(width.saturating_sub(MARGIN + 6 + 20).max(8));
    for (way, word, changes) in [
        (Way::More, "more", &changes.rising),
        (Way::Less, "less", &changes.falling),
    ] {
        if changes.is_empty() {
            figure.say(format!("{word}  nothing clear"), theme.dim);
        }
        for change in changes {
            figure.push(change_of(way, word, change, longest, theme));
        }
    }
    figure
}

fn change_of(way: Way, word: &'static str, change: &Change, longest: usize, theme: &Theme) -> Row {
    let mut row = Row::default();
    row.pad(MARGIN);
    row.push(word, theme.dim);
    row.push("  ", theme.dim);
    let term = change.term.excerpt(longest);
    row.mark(term, theme.accent, Mark::Word(way, change.clone()));
    row.pad(MARGIN + 6 + longest + 2);
    row.push(
        format!("{} now, {} before", change.now, change.before),
        theme.text,
    );
    row
}
