//! A field of one line, for searching, filtering and commands: the text area's editing, scrolled sideways.

use std::fmt;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::domain::texts::texts;

use super::text_area::{EditAction, EditedText, Effect, Killed, Outcome, draw_glyph, glyphs};

/// Most bytes of a line: more than a query, a filter or an experiment in one sentence needs.
const MAX_BYTES: usize = 2048;

/// Cells of a line before the first layout.
const UNMEASURED: u16 = 80;

/// A line being written. Never printed by `Debug`.
#[derive(Clone)]
pub struct LineInput {
    edited: EditedText,
    width: u16,
    /// Cells hidden at the left.
    left: usize,
}

texts!(LineInput { edited } beside { width, left });

impl Default for LineInput {
    fn default() -> Self {
        Self::new("")
    }
}

impl fmt::Debug for LineInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineInput")
            .field("bytes", &self.text().len())
            .field("cursor", &self.cursor())
            .finish_non_exhaustive()
    }
}

impl LineInput {
    /// A line that holds this text, the cursor at its end; line ends become spaces.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut line = Self {
            edited: EditedText::new(&on_one_line(text), MAX_BYTES),
            width: UNMEASURED,
            left: 0,
        };
        line.show_cursor();
        line
    }

    /// The text, without line ends.
    #[must_use]
    pub fn text(&self) -> &str {
        self.edited.text()
    }

    /// The byte the cursor stands before: always a grapheme boundary.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.edited.cursor()
    }

    /// Does what a key asks for. Keys that need more than one line do nothing.
    pub fn apply(&mut self, action: EditAction, killed: &mut Killed) -> Outcome {
        let effect = match action {
            EditAction::Newline => Effect::Nothing,
            EditAction::Yank => {
                let text = on_one_line(killed.text());
                self.edited.paste(&text)
            }
            EditAction::DeleteBack
            | EditAction::DeleteForward
            | EditAction::KillWordBack
            | EditAction::KillWordForward
            | EditAction::KillBlankBack
            | EditAction::KillToLineEnd
            | EditAction::KillToLineStart
            | EditAction::Left
            | EditAction::Right
            | EditAction::WordLeft
            | EditAction::WordRight
            | EditAction::Up
            | EditAction::Down
            | EditAction::PageUp
            | EditAction::PageDown
            | EditAction::LineStart
            | EditAction::LineEnd
            | EditAction::TextStart
            | EditAction::TextEnd
            | EditAction::Undo
            | EditAction::Redo => self.edited.apply(action, killed),
        };
        self.follow(effect)
    }

    /// Puts in one typed character; a line end does nothing.
    pub fn type_char(&mut self, c: char) -> Outcome {
        if matches!(c, '\n' | '\r') {
            return Outcome::Unchanged;
        }
        let effect = self.edited.type_char(c);
        self.follow(effect)
    }

    /// Puts in a pasted text on one line, whole or not at all.
    pub fn paste(&mut self, text: &str) -> Outcome {
        let effect = self.edited.paste(&on_one_line(text));
        self.follow(effect)
    }

    /// Puts another text in the place of the whole.
    pub fn set_text(&mut self, text: &str) -> Outcome {
        self.replace(0..self.text().len(), text)
    }

    /// Puts another text in the place of these bytes.
    pub fn replace(&mut self, range: Range<usize>, text: &str) -> Outcome {
        let effect = self.edited.replace(range, &on_one_line(text));
        self.follow(effect)
    }

    /// Puts the cursor at the byte, or at the grapheme boundary before it.
    pub fn move_to(&mut self, at: usize) -> Outcome {
        let effect = self.edited.move_to(at);
        self.follow(effect)
    }

    /// Takes the width that the layout gives; the cursor stays in sight.
    pub fn set_width(&mut self, width: u16) {
        self.width = width;
        self.show_cursor();
    }

    /// Puts the cursor on the character in this column of the field: what a click means.
    pub fn click(&mut self, column: u16) -> Outcome {
        let column = self.left + usize::from(column);
        let at = glyphs(self.text(), 0)
            .find(|glyph| glyph.column + glyph.width > column)
            .map_or(self.text().len(), |glyph| glyph.at);
        self.move_to(at)
    }

    /// Draws into the first row of `rect` and says where the terminal's cursor belongs if the line
    /// has the focus. The marks are ranges of bytes with a style patched over the text's.
    #[must_use]
    pub fn render(
        &self,
        rect: Rect,
        buffer: &mut Buffer,
        style: Style,
        marks: &[(Range<usize>, Style)],
    ) -> Option<Position> {
        let row = Rect {
            height: rect.height.min(1),
            ..rect
        };
        if row.is_empty() {
            return None;
        }
        buffer.set_style(row, style);
        let shown = self.left..self.left + usize::from(row.width);
        for glyph in glyphs(self.text(), 0)
            .skip_while(|glyph| glyph.column < shown.start)
            .take_while(|glyph| glyph.column < shown.end)
        {
            let style = marks
                .iter()
                .filter(|(range, _)| range.contains(&glyph.at))
                .fold(style, |style, (_, mark)| style.patch(*mark));
            draw_glyph(buffer, row, glyph.column - self.left, &glyph, style);
        }
        let x = u16::try_from(self.cursor_column().checked_sub(self.left)?).ok()?;
        let at = Position::new(row.x.checked_add(x)?, row.y);
        row.intersection(buffer.area).contains(at).then_some(at)
    }

    fn cursor_column(&self) -> usize {
        glyphs(self.text(), 0)
            .take_while(|glyph| glyph.at < self.cursor())
            .last()
            .map_or(0, |glyph| glyph.column + glyph.width)
    }

    fn follow(&mut self, effect: Effect) -> Outcome {
        self.show_cursor();
        effect.into()
    }

    fn show_cursor(&mut self) {
        let column = self.cursor_column();
        let width = usize::from(self.width).max(1);
        let cells = glyphs(self.text(), 0)
            .last()
            .map_or(0, |glyph| glyph.column + glyph.width);
        self.left = self
            .left
            .clamp((column + 1).saturating_sub(width), column)
            .min((cells + 1).saturating_sub(width));
    }
}

fn on_one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(line: &LineInput) -> (String, Option<Position>) {
        let rect = Rect::new(0, 0, line.width, 1);
        let mut buffer = Buffer::empty(rect);
        let cursor = line.render(rect, &mut buffer, Style::new(), &[]);
        let row = buffer
            .content
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect();
        (row, cursor)
    }

    #[test]
    fn a_line_takes_no_line_ends_and_shows_the_part_with_the_cursor() {
        let mut line = LineInput::new("well:");
        line.set_width(8);
        let _ = line.paste("night\r\nicu\n");
        let _ = line.type_char('\n');
        assert_eq!(line.text(), "well:night icu ");
        assert_eq!(
            drawn(&line),
            ("ht icu  ".to_owned(), Some(Position::new(7, 0)))
        );
        let mut killed = Killed::default();
        let _ = line.apply(EditAction::LineStart, &mut killed);
        assert_eq!(
            drawn(&line),
            ("well:nig".to_owned(), Some(Position::new(0, 0)))
        );
        let _ = line.apply(EditAction::KillToLineEnd, &mut killed);
        let _ = line.apply(EditAction::Yank, &mut killed);
        assert_eq!(line.text(), "well:night icu ");
    }

    #[test]
    fn a_click_finds_its_character_in_a_scrolled_line() {
        let mut line = LineInput::new("one two three");
        line.set_width(6);
        let _ = line.click(0);
        assert_eq!(line.cursor(), 8);
    }

    proptest! {
        #[test]
        fn the_cursor_is_in_sight_at_every_width(text in ".{0,40}", width in 0_u16..12, at in 0_u16..50) {
            let mut line = LineInput::new(&text);
            line.set_width(width);
            let _ = line.click(at);
            let (_, cursor) = drawn(&line);
            prop_assert_eq!(cursor.is_some(), width > 0);
        }
    }
}
