//! A field for prose: soft wrap on words, a cursor that moves by grapheme, readline's keys, undo.
//!
//! Made here because a field of 64 KiB must answer every key at once and ranges of it must be
//! styled; ready-made text areas lay out everything per key and move by `char`.

mod edit;
mod glyph;
mod history;
mod motion;
mod view;
mod wrap;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use ratatui::layout::{Position, Size};

use crate::domain::prose::MAX_FIELD_BYTES;
use crate::domain::texts::texts;

pub use edit::{EditAction, Killed, Outcome, Refused};
pub(super) use edit::{EditedText, Effect};
pub(super) use glyph::glyphs;
pub use view::TextAreaView;
pub(super) use view::draw_glyph;

use wrap::Wrap;

/// Size before the first layout.
const UNMEASURED: Size = Size {
    width: 80,
    height: 24,
};

/// A text being written, as it is wrapped and scrolled. Never printed by `Debug`.
///
/// The last column is kept free, so that the cursor after a full row has a place.
#[derive(Clone)]
pub struct TextArea {
    edited: EditedText,
    wrap: Wrap,
    size: Size,
    /// The first row shown.
    top: usize,
    /// The column that moves up and down aim for.
    aim: Option<usize>,
}

texts!(TextArea { edited } beside { wrap, size, top, aim });

/// The rows of a text that is only read: ranges of bytes at this width, each with its line end.
pub fn rows(text: &str, width: usize) -> impl Iterator<Item = Range<usize>> {
    let wrap = Wrap::new(text, width);
    (0..wrap.rows()).map(move |row| wrap.range(row))
}

impl Default for TextArea {
    fn default() -> Self {
        Self::new("")
    }
}

impl fmt::Debug for TextArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextArea")
            .field("bytes", &self.text().len())
            .field("cursor", &self.cursor())
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl TextArea {
    /// A field that holds this text, the cursor at its end, with no past.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let edited = EditedText::new(text, MAX_FIELD_BYTES);
        let wrap = Wrap::new(edited.text(), wrap_width(UNMEASURED.width));
        let mut area = Self {
            edited,
            wrap,
            size: UNMEASURED,
            top: 0,
            aim: None,
        };
        area.show_cursor();
        area
    }

    /// The text; line ends are `\n`.
    #[must_use]
    pub fn text(&self) -> &str {
        self.edited.text()
    }

    /// The byte the cursor stands before: always a grapheme boundary.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.edited.cursor()
    }

    /// Does what a key asks for.
    pub fn apply(&mut self, action: EditAction, killed: &mut Killed) -> Outcome {
        let page = usize::from(self.size.height).saturating_sub(1).max(1);
        match action {
            EditAction::Up => self.move_rows(-1),
            EditAction::Down => self.move_rows(1),
            EditAction::PageUp => self.move_rows(-page.cast_signed()),
            EditAction::PageDown => self.move_rows(page.cast_signed()),
            EditAction::Newline
            | EditAction::DeleteBack
            | EditAction::DeleteForward
            | EditAction::KillWordBack
            | EditAction::KillWordForward
            | EditAction::KillBlankBack
            | EditAction::KillToLineEnd
            | EditAction::KillToLineStart
            | EditAction::Yank
            | EditAction::Left
            | EditAction::Right
            | EditAction::WordLeft
            | EditAction::WordRight
            | EditAction::LineStart
            | EditAction::LineEnd
            | EditAction::TextStart
            | EditAction::TextEnd
            | EditAction::Undo
            | EditAction::Redo => {
                let effect = self.edited.apply(action, killed);
                self.follow(effect)
            }
        }
    }

    /// Puts in one typed character.
    pub fn type_char(&mut self, c: char) -> Outcome {
        let effect = self.edited.type_char(c);
        self.follow(effect)
    }

    /// Puts in a pasted text, whole or not at all.
    pub fn paste(&mut self, text: &str) -> Outcome {
        let effect = self.edited.paste(text);
        self.follow(effect)
    }

    /// Puts a text in the place of a range of bytes, as one change that can be undone: a suggestion
    /// taken, or (with the range of the whole text) what came back from another editor.
    pub fn replace(&mut self, range: Range<usize>, text: &str) -> Outcome {
        let effect = self.edited.replace(range, text);
        self.follow(effect)
    }

    /// Puts the cursor at the byte, or at the grapheme boundary before it.
    pub fn move_to(&mut self, at: usize) -> Outcome {
        let effect = self.edited.move_to(at);
        self.follow(effect)
    }

    /// Ends the run of typing, so that what comes next is undone by itself: the focus left.
    pub const fn settle(&mut self) {
        self.edited.settle();
    }

    /// Takes the size that the layout gives; the cursor stays in sight.
    pub fn set_size(&mut self, size: Size) {
        if size == self.size {
            return;
        }
        self.size = size;
        if self.wrap.width() != wrap_width(size.width) {
            self.wrap = Wrap::new(self.text(), wrap_width(size.width));
        }
        self.show_cursor();
    }

    /// The rows that the text takes at this width, at least 1. Costs nothing at the present width.
    #[must_use]
    pub fn desired_height(&self, width: u16) -> u16 {
        let rows = if self.wrap.width() == wrap_width(width) {
            self.wrap.rows()
        } else {
            Wrap::new(self.text(), wrap_width(width)).rows()
        };
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// Where the cursor is, counted from the top left corner of the field; `None` if there is no
    /// room for it or it was scrolled out of sight.
    #[must_use]
    pub fn cursor_at(&self) -> Option<Position> {
        let row = self.wrap.row_of(self.cursor()).checked_sub(self.top)?;
        let row = u16::try_from(row).ok()?;
        let last = self.size.width.checked_sub(1)?;
        // Trailing spaces hang over the edge, and the cursor waits there for the next word.
        let column = self.wrap.column(self.text(), self.cursor());
        let column = u16::try_from(column).map_or(last, |column| column.min(last));
        (row < self.size.height).then_some(Position::new(column, row))
    }

    /// The place for the cursor under a cell, counted from the top left corner of the field: what a
    /// click means.
    #[must_use]
    pub fn offset_at(&self, cell: Position) -> usize {
        let row = (self.top + usize::from(cell.y)).min(self.wrap.rows() - 1);
        self.wrap.offset(self.text(), row, usize::from(cell.x))
    }

    /// Scrolls by rows, down if positive, without moving the cursor; the next key brings it back
    /// into sight.
    pub fn scroll(&mut self, rows: isize) {
        self.top = self.top.saturating_add_signed(rows).min(self.last_top());
    }

    /// The rows above and below what is shown.
    #[must_use]
    pub fn hidden_rows(&self) -> (usize, usize) {
        let shown = self.top + usize::from(self.size.height);
        (self.top, self.wrap.rows().saturating_sub(shown))
    }

    /// Whether the row that the byte is in is in sight.
    #[must_use]
    pub fn shows(&self, at: usize) -> bool {
        let row = self.wrap.row_of(at);
        (self.top..self.top + usize::from(self.size.height)).contains(&row)
    }

    fn move_rows(&mut self, by: isize) -> Outcome {
        let row = self.wrap.row_of(self.cursor());
        let target = row.saturating_add_signed(by).min(self.wrap.rows() - 1);
        if target == row {
            self.edited.settle();
            self.show_cursor();
            return Outcome::Unchanged;
        }
        let aim = self
            .aim
            .unwrap_or_else(|| self.wrap.column(self.text(), self.cursor()));
        let at = self.wrap.offset(self.text(), target, aim);
        let outcome = self.move_to(at);
        self.aim = Some(aim);
        outcome
    }

    /// Brings wrap and scroll up to date.
    fn follow(&mut self, effect: Effect) -> Outcome {
        if let Effect::Spliced(splice) = effect {
            self.wrap.splice(
                self.edited.text(),
                splice.at,
                splice.removed,
                splice.inserted,
            );
        }
        self.aim = None;
        self.show_cursor();
        effect.into()
    }

    fn show_cursor(&mut self) {
        let row = self.wrap.row_of(self.cursor());
        let height = usize::from(self.size.height).max(1);
        self.top = self
            .top
            .clamp((row + 1).saturating_sub(height), row)
            .min(self.last_top());
    }

    /// The first row when the last one is at the bottom.
    fn last_top(&self) -> usize {
        let height = usize::from(self.size.height).max(1);
        self.wrap.rows().saturating_sub(height)
    }
}

/// The cells that text may fill in a field that wide.
fn wrap_width(width: u16) -> usize {
    usize::from(width).saturating_sub(1).max(1)
}
