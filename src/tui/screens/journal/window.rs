//! The rows in memory: a window on the list, with the selected row and the first one in sight.

use chrono::Weekday;

use crate::domain::calendar::Week;
use crate::domain::id::ReflectionId;
use crate::domain::texts::texts;
use crate::journal::{Page, Row, Span};

/// More rows are wanted when the selection is this close to the end of the window.
const MARGIN: usize = 50;
/// Rows kept at most; those furthest from the selection go first.
const KEPT: usize = 400;

/// Which row is selected when other rows take the place of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Select {
    /// The first.
    Newest,
    /// The last.
    Oldest,
    /// The same as before; if it is gone, the one that followed it.
    Same,
    /// This one; if it is not there, as [`Select::Same`].
    This(ReflectionId),
}

/// A window on the list.
#[derive(Debug, Default)]
pub struct Window {
    page: Page,
    selected: usize,
    top: usize,
}

texts!(Window { page } beside { selected, top });

impl Window {
    /// The rows, newest first.
    pub fn rows(&self) -> &[Row] {
        &self.page.rows
    }

    /// The selected row.
    pub fn selected(&self) -> Option<&Row> {
        self.page.rows.get(self.selected)
    }

    /// The rows from the first in sight on, each with whether it is the selected one.
    pub fn in_sight(&self) -> impl Iterator<Item = (bool, &Row)> {
        let rows = self.page.rows.iter().enumerate().skip(self.top);
        rows.map(|(at, row)| (at == self.selected, row))
    }

    /// Puts these rows in place of all. What is in sight stays where it was as far as it is there.
    pub fn replace(&mut self, page: Page, select: Select) {
        let is_at_newest = self.top == 0 && !self.page.more_newer;
        let top = if is_at_newest {
            0
        } else {
            self.place_in(&page, self.top)
        };
        let last = page.rows.len().saturating_sub(1);
        let same = || {
            let id = self.selected().map(|row| row.entry.reflection.id);
            id.and_then(|id| place_of(&page, id))
                .unwrap_or_else(|| self.place_in(&page, self.selected))
        };
        let selected = match select {
            Select::Newest => 0,
            Select::Oldest => last,
            Select::Same => same(),
            Select::This(id) => place_of(&page, id).unwrap_or_else(same),
        };
        *self = Self {
            page,
            selected,
            top: top.min(selected),
        };
    }

    /// The first row of the page that is not newer than the row of this window, else its last.
    fn place_in(&self, page: &Page, row: usize) -> usize {
        let Some(row) = self.page.rows.get(row) else {
            return 0;
        };
        let newer = page
            .rows
            .partition_point(|other| other.position > row.position);
        newer.min(page.rows.len().saturating_sub(1))
    }

    /// What to ask for to have the rows around the selected one again.
    pub fn again(&self) -> Span {
        match self.selected() {
            Some(row) if self.selected > 0 || self.page.more_newer => Span::Around(row.position),
            _ => Span::Newest,
        }
    }

    /// What to ask for when the selection is near an end of the window that is not the list's.
    pub fn beyond(&self) -> Option<Span> {
        let Page {
            rows,
            more_newer,
            more_older,
        } = &self.page;
        if *more_older && self.selected + MARGIN >= rows.len() {
            rows.last().map(|row| Span::OlderThan(row.position))
        } else if *more_newer && self.selected < MARGIN {
            rows.first().map(|row| Span::NewerThan(row.position))
        } else {
            None
        }
    }

    /// Adds the rows after the last one.
    pub fn add_older(&mut self, page: Page) {
        self.page.rows.extend(page.rows);
        self.page.more_older = page.more_older;
        let surplus = self.page.rows.len().saturating_sub(KEPT).min(self.top);
        if surplus > 0 {
            self.page.rows.drain(..surplus);
            self.page.more_newer = true;
            self.selected -= surplus;
            self.top -= surplus;
        }
    }

    /// Adds the rows before the first one.
    pub fn add_newer(&mut self, page: Page) {
        let added = page.rows.len();
        self.page.rows.splice(0..0, page.rows);
        self.page.more_newer = page.more_newer;
        self.selected += added;
        self.top += added;
        if self.page.rows.len() > KEPT {
            self.page.rows.truncate(KEPT.max(self.selected + MARGIN));
            self.page.more_older = true;
        }
    }

    /// Selects the row so many rows further down, as far as there are rows.
    pub fn down(&mut self, rows: usize) {
        let last = self.page.rows.len().saturating_sub(1);
        self.selected = (self.selected + rows).min(last);
    }

    /// Selects the row so many rows further up, as far as there are rows.
    pub const fn up(&mut self, rows: usize) {
        self.selected = self.selected.saturating_sub(rows);
    }

    /// Selects the newest row; `false` if it is not in the window.
    pub const fn first(&mut self) -> bool {
        if self.page.more_newer {
            return false;
        }
        self.selected = 0;
        true
    }

    /// Selects the oldest row; `false` if it is not in the window.
    pub const fn last(&mut self) -> bool {
        if self.page.more_older {
            return false;
        }
        self.selected = self.page.rows.len().saturating_sub(1);
        true
    }

    /// Selects the row that is drawn on this line under the first in sight; says whether it is
    /// the one that was selected before, or `None` if no row is there.
    pub fn click(&mut self, line: usize, starts: Weekday) -> Option<bool> {
        let row = (self.top..self.page.rows.len())
            .find(|row| self.lines(self.top, *row, starts) > line)?;
        if self.lines(self.top, row, starts) != line + 1 {
            return None;
        }
        Some(std::mem::replace(&mut self.selected, row) == row)
    }

    /// Moves what is in sight so that the selected row is within so many lines.
    pub fn fit(&mut self, height: usize, starts: Weekday) {
        self.top = self.top.min(self.selected);
        // A row is at least a line: those further up cannot be in sight.
        self.top = self
            .top
            .max((self.selected + 1).saturating_sub(height.max(1)));
        while self.top < self.selected && self.lines(self.top, self.selected, starts) > height {
            self.top += 1;
        }
    }

    /// Lines that the rows `from..=to` take, headings of weeks included.
    fn lines(&self, from: usize, to: usize, starts: Weekday) -> usize {
        let mut before = None;
        let rows = self.page.rows.iter().take(to + 1).skip(from);
        rows.map(|row| {
            let week = Week::of(row.entry.reflection.shift_date, starts);
            1 + usize::from(before.replace(week) != Some(week))
        })
        .sum()
    }
}

fn place_of(page: &Page, id: ReflectionId) -> Option<usize> {
    page.rows
        .iter()
        .position(|row| row.entry.reflection.id == id)
}
