//! A figure laid out: its lines, and where in them the marks stand.

use std::borrow::Cow;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::mark::Mark;

/// Where a mark stands.
#[derive(Debug)]
pub struct Placed {
    /// The line, from 0 below the title.
    pub row: usize,
    /// The first cell.
    pub x: u16,
    /// Cells.
    pub width: u16,
    /// What it stands for.
    pub mark: Mark,
}

/// A title and the lines under it.
#[derive(Debug)]
pub struct Figure {
    /// What it shows.
    pub title: String,
    /// How many entries it stands on, and what a mark is.
    pub note: String,
    /// The lines.
    pub lines: Vec<Line<'static>>,
    /// The marks, line by line from the left.
    pub marks: Vec<Placed>,
}

impl Figure {
    /// A figure without lines.
    pub fn new(title: impl Into<String>, note: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            note: note.into(),
            lines: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// Adds a line.
    pub fn push(&mut self, row: Row) {
        let at = self.lines.len();
        let placed = row.marks.into_iter().map(|(x, width, mark)| Placed {
            row: at,
            x,
            width,
            mark,
        });
        self.marks.extend(placed);
        self.lines.push(Line::from(row.spans));
    }

    /// Adds a line without marks.
    pub fn say(&mut self, text: impl Into<Cow<'static, str>>, style: Style) {
        let mut row = Row::default();
        row.push("    ", style);
        row.push(text, style);
        self.push(row);
    }

    /// Title and note, shortened to their first parts where both do not fit.
    pub fn heading(&self, width: usize) -> (&str, &str) {
        let title = self
            .title
            .split_once(", ")
            .map_or(&*self.title, |(it, _)| it);
        let note = self.note.split_once("; ").map_or(&*self.note, |(it, _)| it);
        let fits = |title: &str, note: &str| title.width() + note.width() <= width;
        if fits(&self.title, &self.note) {
            (&self.title, &self.note)
        } else if fits(title, &self.note) {
            (title, &self.note)
        } else {
            (title, note)
        }
    }

    /// Lines with the title and the blank line under the figure.
    pub const fn height(&self) -> usize {
        self.lines.len() + 2
    }

    /// The mark of that place, or of the nearest column in the next line that way; `None` where
    /// there is no such line.
    pub fn below(&self, at: usize, step: Step) -> Option<usize> {
        let from = self.marks.get(at)?;
        let row = match step {
            Step::Down => self
                .marks
                .iter()
                .map(|one| one.row)
                .find(|row| *row > from.row),
            Step::Up => {
                let above = self.marks.iter().map(|one| one.row);
                above.take_while(|row| *row < from.row).last()
            }
        };
        self.nearest(row?, from.x)
    }

    /// The mark beside it in the same line.
    pub fn beside(&self, at: usize, to: Option<usize>) -> Option<usize> {
        let row = |at: usize| self.marks.get(at).map(|one| one.row);
        to.filter(|to| row(*to).is_some() && row(*to) == row(at))
    }

    /// The mark nearest to a column in the first or last line that has marks.
    pub fn entered(&self, step: Step, x: u16) -> Option<usize> {
        let row = match step {
            Step::Down => self.marks.first(),
            Step::Up => self.marks.last(),
        };
        self.nearest(row?.row, x)
    }

    /// The mark nearest to a column in a line.
    pub fn nearest(&self, row: usize, x: u16) -> Option<usize> {
        let marks = self.marks.iter().enumerate();
        let inside = marks.filter(|(_, one)| one.row == row);
        inside
            .min_by_key(|(_, one)| {
                let behind = x.saturating_sub(one.x + one.width.saturating_sub(1));
                one.x.saturating_sub(x).max(behind)
            })
            .map(|(at, _)| at)
    }
}

/// A line up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the line below.
    Down,
    /// To the line above.
    Up,
}

/// A line being put together.
#[derive(Debug, Default)]
pub struct Row {
    spans: Vec<Span<'static>>,
    width: u16,
    marks: Vec<(u16, u16, Mark)>,
}

impl Row {
    /// Adds text.
    pub fn push(&mut self, text: impl Into<Cow<'static, str>>, style: Style) {
        let text = text.into();
        self.width += u16::try_from(text.width()).unwrap_or(0);
        self.spans.push(Span::styled(text, style));
    }

    /// Adds a mark.
    pub fn mark(&mut self, text: impl Into<Cow<'static, str>>, style: Style, mark: Mark) {
        let x = self.width;
        self.push(text, style);
        self.marks.push((x, self.width - x, mark));
    }

    /// Adds a mark in several styles.
    pub fn mark_of(&mut self, spans: Vec<Span<'static>>, mark: Mark) {
        let x = self.width;
        for span in spans {
            self.push(span.content, span.style);
        }
        self.marks.push((x, self.width - x, mark));
    }

    /// Fills up to a column.
    pub fn pad(&mut self, to: usize) {
        let gap = to.saturating_sub(usize::from(self.width));
        self.push(" ".repeat(gap), Style::new());
    }
}
