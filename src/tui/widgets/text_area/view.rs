//! Draws a text area: only the rows that are in sight.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::glyph::{Glyph, glyphs};
use super::wrap::Wrap;
use super::{TextArea, wrap_width};
use crate::domain::prose::REPLACEMENT;

/// How a text area is to be drawn.
#[derive(Debug, Clone, Copy)]
pub struct TextAreaView<'a> {
    area: &'a TextArea,
    style: Style,
    placeholder: Option<(&'a str, Style)>,
    marks: &'a [(Range<usize>, Style)],
}

impl<'a> TextAreaView<'a> {
    /// The text in this style; the style also fills the empty cells.
    #[must_use]
    pub const fn new(area: &'a TextArea, style: Style) -> Self {
        Self {
            area,
            style,
            placeholder: None,
            marks: &[],
        }
    }

    /// Words that stand in the field as long as it is empty.
    #[must_use]
    pub const fn placeholder(mut self, words: &'a str, style: Style) -> Self {
        self.placeholder = Some((words, style));
        self
    }

    /// Ranges of bytes with a style of their own, patched over the text's in this order.
    #[must_use]
    pub const fn marks(mut self, marks: &'a [(Range<usize>, Style)]) -> Self {
        self.marks = marks;
        self
    }

    /// Draws into `rect` and says where the terminal's cursor belongs if the field has the focus.
    #[must_use]
    pub fn render(&self, rect: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = self.area;
        buffer.set_style(rect, self.style);
        if let (Some((words, style)), true) = (self.placeholder, area.text().is_empty()) {
            let wrap = Wrap::new(words, wrap_width(rect.width));
            let style = self.style.patch(style);
            draw(buffer, rect, words, (&wrap, 0), |_| style);
        } else {
            let last = area.top + usize::from(rect.height).saturating_sub(1);
            let seen = area.wrap.range(area.top).start..area.wrap.range(last).end;
            let marks: Vec<_> = self
                .marks
                .iter()
                .filter(|(range, _)| range.start < seen.end && seen.start < range.end)
                .collect();
            draw(buffer, rect, area.text(), (&area.wrap, area.top), |at| {
                marks
                    .iter()
                    .filter(|(range, _)| range.contains(&at))
                    .fold(self.style, |style, (_, mark)| style.patch(*mark))
            });
        }
        let at = area.cursor_at()?;
        let at = Position::new(rect.x.checked_add(at.x)?, rect.y.checked_add(at.y)?);
        rect.intersection(buffer.area).contains(at).then_some(at)
    }
}

/// Draws the rows from `top` on.
fn draw(
    buffer: &mut Buffer,
    rect: Rect,
    text: &str,
    (wrap, top): (&Wrap, usize),
    style: impl Fn(usize) -> Style,
) {
    for (y, row) in rect.rows().zip(top..wrap.rows()) {
        let range = wrap.range(row);
        for glyph in glyphs(text, range.start)
            .take_while(|glyph| glyph.at < range.end && glyph.column < usize::from(rect.width))
        {
            draw_glyph(buffer, y, glyph.column, &glyph, style(glyph.at));
        }
    }
}

/// Draws one glyph at this column of a row one cell high; what reaches over the edge is cut.
pub fn draw_glyph(buffer: &mut Buffer, row: Rect, column: usize, glyph: &Glyph<'_>, style: Style) {
    let room = usize::from(row.width).saturating_sub(column);
    let fits = glyph.width <= room;
    for offset in 0..glyph.width.min(room) {
        let Ok(x) = u16::try_from(usize::from(row.x) + column + offset) else {
            return;
        };
        let Some(cell) = buffer.cell_mut((x, row.y)) else {
            return;
        };
        cell.reset();
        cell.set_style(style);
        if offset == 0 && fits {
            cell.set_symbol(&glyph.symbol());
        } else if offset == 0 && !glyph.is_blank() {
            cell.set_char(REPLACEMENT);
        }
    }
}
