//! The week laid out on the screen: what stands where, and which part of it is selected.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::tui::model::Settings;

use super::mark::Mark;
use super::week::Stop;

/// What is drawn where.
#[derive(Debug)]
pub struct Laid<'a> {
    /// The lines of the week.
    pub week: Vec<Line<'a>>,
    /// The questions, where they stand beside it.
    pub questions: Vec<Line<'a>>,
    /// What can be selected; the questions last, which are always in sight where they stand beside
    /// the week.
    pub stops: Vec<Stop>,
    /// Where the week is.
    pub week_area: Rect,
    /// Where the questions are.
    pub questions_area: Rect,
    /// Whether they stand beside the week.
    pub is_beside: bool,
}

impl Laid<'_> {
    /// Lines of the week that are in sight.
    pub fn room(&self) -> usize {
        usize::from(self.week_area.height).max(1)
    }

    /// The first line in sight when the last one is.
    pub fn last_scroll(&self) -> usize {
        self.week.len().saturating_sub(self.room())
    }

    /// Whether what can be selected is in sight.
    pub fn in_sight(&self, stop: usize, scroll: usize) -> bool {
        let stop = self.stops.get(stop);
        stop.is_some_and(|stop| {
            (self.is_beside && stop.mark == Mark::Questions)
                || (scroll..scroll + self.room()).contains(&stop.cells.line)
        })
    }

    /// The place of a mark among those that can be selected.
    pub fn stop_of(&self, mark: &Mark) -> usize {
        let at = self.stops.iter().position(|stop| stop.mark == *mark);
        at.unwrap_or(self.stops.len().saturating_sub(1))
    }

    /// What can be selected at this cell of the screen.
    pub fn mark_at(&self, at: Position, scroll: usize) -> Option<Mark> {
        if self.is_beside && self.questions_area.contains(at) {
            return Some(Mark::Questions);
        }
        if !self.week_area.contains(at) {
            return None;
        }
        let line = usize::from(at.y - self.week_area.y) + scroll;
        let x = usize::from(at.x - self.week_area.x);
        let stops = self.stops.iter().filter(|stop| {
            let is_below = stop.mark == Mark::Questions && line > stop.cells.line;
            (is_below && !self.is_beside) || (stop.cells.line == line && stop.cells.width > 0)
        });
        let nearest = stops.min_by_key(|stop| {
            let cells = stop.cells;
            let behind = x.saturating_sub(cells.x + cells.width);
            cells.x.saturating_sub(x).max(behind)
        });
        nearest.map(|stop| stop.mark.clone())
    }

    /// Marks the selected figure by more than its colour. The questions mark themselves.
    pub fn show_selected(
        &self,
        selected: &Mark,
        scroll: usize,
        buffer: &mut Buffer,
        settings: &Settings,
    ) {
        let theme = &settings.theme;
        let stop = self.stops.get(self.stop_of(selected));
        let Some(stop) = stop.filter(|stop| stop.mark != Mark::Questions) else {
            return;
        };
        let row = stop.cells.line.checked_sub(scroll);
        let Some(row) = row.and_then(|row| self.week_area.rows().nth(row)) else {
            return;
        };
        let part = |x: usize, width: usize| {
            let cells = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
            let part = Rect {
                x: row.x.saturating_add(cells(x)),
                width: cells(width),
                ..row
            };
            part.intersection(row)
        };
        Line::styled(theme.glyphs.marker, theme.accent).render(part(stop.sign, 1), buffer);
        // Several figures of a line have one sign.
        let shares_line = matches!(
            stop.mark,
            Mark::Due | Mark::Settled(_) | Mark::Open | Mark::Tried | Mark::Energy(_)
        );
        let style = if shares_line {
            theme.selected.add_modifier(Modifier::REVERSED)
        } else {
            theme.selected
        };
        buffer.set_style(part(stop.cells.x, stop.cells.width), style);
    }
}
