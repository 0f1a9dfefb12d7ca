//! How the Journal is drawn: the search line, the list, the reader beside it or in its place.

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position as Cell, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::tui::model::Settings;

use super::{Focus, Journal, Known, PROMPT, TWO_COLUMNS, list};

/// Columns of the list when the reader is beside it.
const LIST_COLUMNS: u16 = 44;
/// Beside what is no query: the rows are those of the last one that was.
const NOT_SEARCHED: &str = "not searched yet ";
/// Longer lines are hard to read.
const WIDEST_TEXT: u16 = 80;

impl Journal {
    /// Draws the screen; says where the cursor stands if the search line has it.
    pub fn view(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
        now: DateTime<FixedOffset>,
    ) -> Option<Cell> {
        let today = settings.today(now);
        let (list, reader) = panes(area, self.focus == Focus::Reader);
        let cursor = self.view_list(list, buffer, today, settings);
        if let Some((area, reading)) = reader.zip(self.reading.as_ref()) {
            let lines = reading.lines_from(self.scroll, &settings.theme);
            for (line, row) in lines.zip(area.rows()) {
                line.render(row, buffer);
            }
        }
        cursor
    }

    fn view_list(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        today: NaiveDate,
        settings: &Settings,
    ) -> Option<Cell> {
        let [head, list] = Layout::vertical([
            Constraint::Length(u16::try_from(self.search_rows()).unwrap_or(0)),
            Constraint::Fill(1),
        ])
        .areas(area);
        let cursor = self.view_search(head, buffer, settings);
        if self.window.rows().is_empty() {
            if let Some((text, style)) = self.why_empty(settings) {
                Line::styled(format!("  {text}"), style).render(list, buffer);
            }
        } else {
            let (query, matches) = (&self.query, &self.matches);
            list::view(&self.window, query, matches, list, buffer, today, settings);
            if self.wrong {
                buffer.set_style(list, settings.theme.dim);
            }
        }
        cursor
    }

    /// What stands in place of the rows; nothing as long as they are on their way.
    fn why_empty(&self, settings: &Settings) -> Option<(&'static str, Style)> {
        let theme = &settings.theme;
        match self.known {
            Known::Unreadable => Some(("The journal could not be read.", theme.warning)),
            Known::Rows if self.pending.is_some() => None,
            Known::Rows if self.query.is_empty() => {
                Some(("Nothing written yet. One line is enough.", theme.dim))
            }
            Known::Rows => Some(("Nothing matches.", theme.dim)),
            Known::Nothing | Known::Asked => None,
        }
    }

    fn view_search(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) -> Option<Cell> {
        if area.height == 0 {
            return None;
        }
        let theme = &settings.theme;
        let focused = self.focus == Focus::Search;
        let prompt = if focused { theme.accent } else { theme.dim };
        Line::styled(" / ", prompt).render(area, buffer);
        let inner = Rect {
            x: area.x + PROMPT.min(area.width),
            width: area.width.saturating_sub(PROMPT),
            ..area
        };
        let cursor = self.input.render(inner, buffer, theme.text, &[]);
        let room = usize::from(inner.width).saturating_sub(self.input.text().width() + 2);
        if self.wrong && NOT_SEARCHED.width() <= room {
            let said = Line::styled(NOT_SEARCHED, theme.warning);
            said.right_aligned().render(inner, buffer);
        }
        cursor.filter(|_| focused)
    }
}

/// List and reader; beside each other where there is room, else one of them.
pub(super) fn panes(area: Rect, reading: bool) -> (Rect, Option<Rect>) {
    if area.width >= TWO_COLUMNS {
        let [list, _, reader, _] = Layout::horizontal([
            Constraint::Length(LIST_COLUMNS.max(area.width * 2 / 5)),
            Constraint::Length(3),
            Constraint::Fill(1),
            Constraint::Length(2),
        ])
        .areas(area);
        (
            list,
            Some(Rect {
                width: reader.width.min(WIDEST_TEXT),
                ..reader
            }),
        )
    } else if reading {
        let inner = Rect {
            x: area.x + 2.min(area.width),
            width: area.width.saturating_sub(4),
            ..area
        };
        (Rect { height: 0, ..area }, Some(inner))
    } else {
        (area, None)
    }
}
