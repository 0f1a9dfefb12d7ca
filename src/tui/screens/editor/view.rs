//! Draws the editor.

use std::ops::Range;

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::domain::draft::DraftError;
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::reflection::Field;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::Settings;
use crate::tui::widgets::columns::{clip, spread};
use crate::tui::widgets::pause::pause_offered;
use crate::tui::widgets::text_area::TextAreaView;

use super::Editor;
use super::focus::Focus;
use super::layout::{INDENT, Place};
use super::rows::Row;
use super::words::{self, Hint};

/// Where the values of the details begin.
const VALUES: usize = INDENT as usize + 14;
/// Cells that a suggestion takes at least; where there are fewer, fewer are shown.
const SHORTEST_OFFER: usize = 12;
/// Lines of choices under a row; the arrows lead to the others.
const MOST_HINT_LINES: usize = 5;
/// Longer than this an entry was not written in one go, and its minutes say nothing.
const LONGEST_MINUTES: i64 = 180;

impl Editor {
    /// Draws the form; says where the cursor stands.
    pub fn view(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
        now: DateTime<FixedOffset>,
    ) -> Option<Position> {
        let layout = self.layout(area);
        if let Some(line) = self.calm_line(area) {
            self.offer_pause(line, buffer, settings);
        }
        let today = settings.today(now);
        self.title(now, usize::from(area.width), settings)
            .render(layout.title, buffer);
        let mut cursor = None;
        for place in &layout.fields {
            let at = self.field(place, buffer, settings);
            if self.focus == Focus::Text(place.field) {
                cursor = at;
            }
        }
        let at = if layout.in_full {
            self.details(layout.details, buffer, settings, today)
        } else {
            let tries = !self.try_next.text().is_empty();
            let summary = words::summary(&self.draft, today, settings, tries);
            let room = usize::from(layout.details.width.saturating_sub(INDENT));
            let line = format!("  {}", excerpt(&summary, room));
            Line::styled(line, settings.theme.dim).render(layout.details, buffer);
            None
        };
        cursor.or(at)
    }

    /// The template and the minutes since writing began.
    fn title(&self, now: DateTime<FixedOffset>, width: usize, settings: &Settings) -> Line<'_> {
        let theme = &settings.theme;
        let mut title = visible_line(&self.template.title);
        if self.draft.editing.is_some() {
            title.push_str(", being changed");
        }
        let minutes = now
            .signed_duration_since(self.draft.started_at)
            .num_minutes();
        let elapsed = match minutes {
            1..=LONGEST_MINUTES => format!("{minutes} min "),
            _ => String::new(),
        };
        spread(
            vec![Span::styled(format!("  {title}"), theme.dim)],
            vec![Span::styled(elapsed, theme.dim)],
            width,
        )
    }

    /// Offers two breaths, with their key where it counts.
    fn offer_pause(&self, line: Rect, buffer: &mut Buffer, settings: &Settings) {
        let key = if self.contexts().contains(&Context::Choice) {
            settings.keymap.key_of(Context::Choice, Action::Breathe)
        } else {
            String::new()
        };
        let room = usize::from(line.width.saturating_sub(INDENT + 1));
        let line = Rect {
            x: line.x + INDENT,
            ..line
        }
        .intersection(line);
        pause_offered(&key, room, &settings.theme).render(line, buffer);
    }

    /// A label with its prompt or with what is wrong, and the text under it.
    fn field(&self, place: &Place, buffer: &mut Buffer, settings: &Settings) -> Option<Position> {
        let theme = &settings.theme;
        let field = place.field;
        let area = self.text_area(field);
        let focused = self.focus == Focus::Text(field);
        let (marker, style) = if focused {
            (theme.glyphs.marker, theme.accent.patch(theme.heading))
        } else {
            (" ", theme.heading)
        };
        let width = usize::from(place.label.width);
        let label = format!("{marker} {}  ", field.label());
        let room = width.saturating_sub(label.width() + 1);
        let beside = if let Some(error) = self.error_at(field) {
            Span::styled(excerpt(&error.to_string(), room), theme.error)
        } else if place.text.is_empty() && !area.text().is_empty() {
            Span::styled(excerpt(area.text(), room), theme.text)
        } else {
            Span::styled(excerpt(self.template.prompt(field), room), theme.dim)
        };
        let hidden = match (focused, area.hidden_rows()) {
            (false, _) | (true, (0, 0)) => String::new(),
            (true, (0, below)) => format!("{below} more below "),
            (true, (above, 0)) => format!("{above} more above "),
            (true, (above, below)) => format!("{above} above, {below} below "),
        };
        let hidden = vec![Span::styled(hidden, theme.dim)];
        spread(vec![Span::styled(label, style), beside], hidden, width).render(place.label, buffer);
        let hints = self.template.hints.join("\n");
        let marks = self.marks(field, theme);
        let mut view = TextAreaView::new(area, theme.field).marks(&marks);
        if focused && !hints.is_empty() {
            view = view.placeholder(&hints, theme.dim);
        }
        view.render(place.text, buffer)
    }

    fn error_at(&self, field: Field) -> Option<&DraftError> {
        self.errors.iter().find(|error| match error.field() {
            Some(of) => of == field && words::row_of(error).is_none(),
            None => words::row_of(error).is_none() && field == self.roomy,
        })
    }

    /// The row that each line of the details belongs to; the one with the focus has more than one.
    pub(super) fn detail_lines(&self, area: Rect, in_full: bool, settings: &Settings) -> Vec<Row> {
        let rows = Row::of(&self.draft);
        let height = usize::from(area.height);
        if !in_full {
            return rows.into_iter().take(1).collect();
        }
        let mut lines = Vec::new();
        let mut last_of_focus = 0;
        for row in rows {
            lines.push(row);
            if self.focus == Focus::Row(row) {
                let hint = self.hint_lines(row, area, settings);
                lines.extend(std::iter::repeat_n(row, hint));
                last_of_focus = lines.len();
            }
        }
        let hidden = last_of_focus.saturating_sub(height);
        lines.drain(..hidden);
        lines.truncate(height);
        lines
    }

    /// Draws the details one per line; says where the cursor stands if something is typed there.
    fn details(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
        today: NaiveDate,
    ) -> Option<Position> {
        let mut cursor = None;
        let mut before = None;
        let mut hinted = 0;
        let rows = self.detail_lines(area, true, settings);
        for (row, line) in rows.into_iter().zip(area.rows()) {
            if before == Some(row) {
                let at = self.hint(row, (hinted, area), line, buffer, settings);
                cursor = cursor.or(at);
                hinted += 1;
            } else {
                self.row(row, line, buffer, settings, today);
            }
            before = Some(row);
        }
        cursor
    }

    /// Lines under the row with the focus.
    fn hint_lines(&self, row: Row, details: Rect, settings: &Settings) -> usize {
        let room = hint_room(details.width);
        let beside_the_row = usize::from(details.height).saturating_sub(1);
        match words::hint(row, &self.draft, &self.picking, &self.rotations, settings) {
            Hint::Choices { names, .. } if row != Row::Competencies => {
                let most = MOST_HINT_LINES.min(beside_the_row);
                wrapped(&names, room).len().min(most).max(1)
            }
            Hint::Choices { .. } | Hint::Words(_) | Hint::Offers(_) => 1,
        }
    }

    fn row(
        &self,
        row: Row,
        line: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
        today: NaiveDate,
    ) {
        let theme = &settings.theme;
        let focused = self.focus == Focus::Row(row);
        let (marker, style) = if focused {
            (theme.glyphs.marker, theme.accent.patch(theme.heading))
        } else {
            (" ", theme.dim)
        };
        let label = format!("{marker} {:<14}", row.label());
        let room = usize::from(line.width).saturating_sub(VALUES + 1);
        let wrong = self
            .errors
            .iter()
            .any(|error| words::row_of(error) == Some(row));
        let value = match words::value(row, &self.draft, today, settings) {
            Ok(words) => {
                let style = if wrong { theme.error } else { theme.text };
                Span::styled(excerpt(&words, room), style)
            }
            Err(_) if row == Row::Energy && self.energy_is_off => {
                Span::styled("off until you use it", theme.dim)
            }
            // The line below is taken by what is suggested.
            Err(_) if row == Row::Competencies && !self.suggested().is_empty() => {
                Span::styled(words::type_a_name(settings), theme.dim)
            }
            Err(nothing) => Span::styled(nothing, theme.dim),
        };
        clip(vec![Span::styled(label, style), value], line.width.into()).render(line, buffer);
    }

    /// A line under the row with the focus: what is wrong, what can be chosen, or how.
    fn hint(
        &self,
        row: Row,
        (nth, details): (usize, Rect),
        line: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
    ) -> Option<Position> {
        let theme = &settings.theme;
        let room = hint_room(line.width);
        let mut spans = vec![Span::raw(" ".repeat(VALUES - 1))];
        let mut typed_cells = None;
        let wrong = self
            .errors
            .iter()
            .find(|error| words::row_of(error) == Some(row));
        match (
            wrong,
            words::hint(row, &self.draft, &self.picking, &self.rotations, settings),
        ) {
            // Said on the first line.
            (Some(_), _) if nth > 0 => {}
            (Some(error), _) => {
                let words = format!(" {}", excerpt(&error.to_string(), room));
                spans.push(Span::styled(words, theme.error));
            }
            (None, Hint::Words(words)) => {
                let words = format!(" {}", excerpt(&words, room));
                spans.push(Span::styled(words, theme.dim));
            }
            (None, Hint::Offers(names)) => {
                let room = room.saturating_sub(1);
                let shown = names.len().min(room / SHORTEST_OFFER).max(1);
                for name in offered(names.get(..shown).unwrap_or_default(), room) {
                    spans.push(Span::styled(format!(" {name} "), theme.text));
                }
            }
            (None, Hint::Choices { typed, names, at }) => {
                if !typed.is_empty() {
                    typed_cells = Some(typed.width());
                    spans.push(Span::styled(format!(" {typed} "), theme.text));
                    if names.is_empty() {
                        spans.push(Span::styled(" nothing has that in its name", theme.dim));
                    }
                }
                let room = room.saturating_sub(typed_cells.map_or(0, |cells| cells + 2));
                let lines = wrapped(&names, room);
                let shown = self.hint_lines(row, details, settings);
                let pointed = lines
                    .iter()
                    .position(|line| at.is_some_and(|at| line.contains(&at)));
                let first = pointed.map_or(0, |pointed| (pointed + 1).saturating_sub(shown));
                for place in lines.get(first + nth).cloned().unwrap_or_default() {
                    let name = names.get(place).map_or("", String::as_str);
                    spans.push(if at == Some(place) {
                        Span::styled(format!("<{name}>"), theme.selected)
                    } else {
                        Span::styled(format!(" {name} "), theme.dim)
                    });
                }
            }
        }
        clip(spans, line.width.into()).render(line, buffer);
        let x = u16::try_from(VALUES + typed_cells?).ok()?;
        (x < line.width).then(|| Position::new(line.x + x, line.y))
    }
}

/// Columns for what stands under a value.
fn hint_room(width: u16) -> usize {
    usize::from(width).saturating_sub(VALUES + 1)
}

/// The names beside each other, a blank on both sides of each: those that take less than an equal part
/// of the room leave the rest of theirs to the others.
fn offered(names: &[String], room: usize) -> Vec<String> {
    let mut shares: Vec<usize> = names.iter().map(|name| name.width() + 2).collect();
    // The blank behind the last one may be cut.
    let mut over = shares.iter().sum::<usize>().saturating_sub(room + 1);
    while over > 0
        && let Some(widest) = shares.iter_mut().max()
        && *widest > 2
    {
        *widest -= 1;
        over -= 1;
    }
    let mut left_over = 0;
    let mut shown = Vec::with_capacity(names.len());
    for (name, share) in names.iter().zip(shares) {
        // What the cut of one at a word leaves is for the next.
        let cells = share + left_over;
        let name = excerpt(name, cells - 2);
        left_over = cells - 2 - name.width();
        shown.push(name);
    }
    shown
}

/// The choices of each line, none of them cut where a line can hold it; a blank on both sides.
fn wrapped(names: &[String], room: usize) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut left = 0;
    for (place, name) in names.iter().enumerate() {
        let cells = name.width() + 2;
        match lines.last_mut() {
            Some(line) if cells <= left => line.end += 1,
            _ => {
                lines.push(place..place + 1);
                left = room;
            }
        }
        left = left.saturating_sub(cells);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_share_the_room_there_is() {
        let names = [
            "1 Leading an interprofessional team",
            "2 Giving and seeking feedback",
            "3 Clear roles",
        ]
        .map(str::to_owned);
        for (room, shown) in [
            (
                90,
                [
                    "1 Leading an interprofessional team",
                    "2 Giving and seeking feedback",
                    "3 Clear roles",
                ],
            ),
            (
                62,
                [
                    "1 Leading an…",
                    "2 Giving and seeking feedback",
                    "3 Clear roles",
                ],
            ),
            (36, ["1 Leading…", "2 Giving…", "3 Clear…"]),
        ] {
            assert_eq!(offered(&names, room), shown, "{room}");
        }
        assert_eq!(offered(&names, 0), ["", "", ""]);
    }
}
