//! Figures behind a label: each stays whole where a line breaks, and has its word and its number.

use ratatui::text::{Line, Span};

use crate::domain::experiment::Outcome;
use crate::domain::figures::{Outcomes, Spread};
use crate::tui::theme::Theme;

use super::columns::clip;

/// From this many columns on, what a label is about stands beside it and not under it.
const BESIDE: usize = 60;
/// Where it begins then.
const COLUMN: usize = 14;
/// Where it begins else.
const INDENT: usize = 4;
/// More of one kind than this is said by the number alone.
const MOST_MARKS: u32 = 5;

/// A figure: spans that stay on one line.
pub type Figure<'a> = Vec<Span<'a>>;

/// Cells that are left behind a label.
#[must_use]
pub const fn room(width: usize) -> usize {
    width.saturating_sub(first(width).0 + 1)
}

/// Rows behind a label, each on a line of its own.
#[must_use]
pub fn rows<'a>(
    label: &'static str,
    rows: impl IntoIterator<Item = Figure<'a>>,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'a>> {
    let is_beside = width >= BESIDE;
    let mut lines = Vec::new();
    if !is_beside {
        lines.push(Line::styled(format!("  {label}"), theme.heading));
    }
    for row in rows {
        let mut spans = if !is_beside {
            vec![Span::raw(" ".repeat(INDENT))]
        } else if lines.is_empty() {
            let label = format!("  {label:<w$}", w = COLUMN - 2);
            vec![Span::styled(label, theme.heading)]
        } else {
            vec![Span::raw(" ".repeat(COLUMN))]
        };
        spans.extend(row);
        lines.push(clip(spans, width));
    }
    lines
}

/// Figures behind a label, as many on a line as fit.
#[must_use]
pub fn figures<'a>(
    label: &'static str,
    figures: impl IntoIterator<Item = Figure<'a>>,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'a>> {
    placed(label, figures, width, theme).0
}

/// The cells of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    /// The line, from 0.
    pub line: usize,
    /// The first cell.
    pub x: usize,
    /// How many.
    pub width: usize,
}

/// The same, with the cells of each figure.
#[must_use]
pub fn placed<'a>(
    label: &'static str,
    figures: impl IntoIterator<Item = Figure<'a>>,
    width: usize,
    theme: &Theme,
) -> (Vec<Line<'a>>, Vec<Cells>) {
    let room = room(width);
    let (start, above) = first(width);
    let mut packed: Vec<Figure> = Vec::new();
    let mut places = Vec::new();
    for figure in figures {
        let wide = cells(&figure);
        let mut x = 0;
        match packed.last_mut() {
            Some(line) if cells(line) + 2 + wide <= room => {
                line.push(Span::raw("  "));
                x = cells(line);
                line.extend(figure);
            }
            _ => packed.push(figure),
        }
        places.push(Cells {
            line: above + packed.len() - 1,
            x: start + x,
            width: wide,
        });
    }
    (rows(label, packed, width, theme), places)
}

/// Where what a label is about begins: the cell, and the line from the one with the label on.
#[must_use]
pub const fn first(width: usize) -> (usize, usize) {
    if width < BESIDE {
        (INDENT, 1)
    } else {
        (COLUMN, 0)
    }
}

fn cells(figure: &[Span]) -> usize {
    figure.iter().map(Span::width).sum()
}

/// "helped ●● 2", "not tried 0": those that were tried and "not tried" always, the others where
/// there are any.
#[must_use]
pub fn outcomes<'a>(outcomes: &Outcomes, theme: &Theme) -> Vec<(Outcome, Figure<'a>)> {
    let always = [
        Outcome::Helped,
        Outcome::Mixed,
        Outcome::NoHelp,
        Outcome::NotTried,
    ];
    let settled = Outcome::ALL
        .into_iter()
        .filter(|outcome| *outcome != Outcome::Open);
    let shown = settled.filter(|outcome| outcomes.of(*outcome) > 0 || always.contains(outcome));
    let figure = |outcome: Outcome| {
        let n = outcomes.of(outcome);
        let mut spans = vec![Span::styled(outcome.name(), theme.text)];
        spans.extend(marks(n, theme));
        let style = if n > 0 { theme.text } else { theme.dim };
        spans.push(Span::styled(format!(" {n}"), style));
        (outcome, spans)
    };
    shown.map(figure).collect()
}

/// As many marks as the number says, if they are few.
fn marks<'a>(n: u32, theme: &Theme) -> Option<Span<'a>> {
    let times = usize::try_from(n).unwrap_or(usize::MAX);
    (1..=MOST_MARKS).contains(&n).then(|| {
        let marks = theme.glyphs.reflected.repeat(times);
        Span::styled(format!(" {marks}"), theme.accent)
    })
}

/// "2 3 4 (n 3)": every level as long as they are too few to be summarised, else the median.
#[must_use]
pub fn energy(spread: &Spread) -> String {
    let n = spread.n();
    let levels = match spread.median_in_words() {
        Some(median) => format!("median {median}"),
        None if n == 0 => "-".to_owned(),
        None => {
            let levels: Vec<String> = spread.levels().map(|level| level.to_string()).collect();
            levels.join(" ")
        }
    };
    format!("{levels} (n {n})")
}
