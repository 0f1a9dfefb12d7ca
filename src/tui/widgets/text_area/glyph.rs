//! Text cut into what a person sees as characters, with the cells each takes on the screen.

use std::borrow::Cow;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::prose::{REPLACEMENT, is_hazard};

/// Columns between tab stops, counted from the start of a row.
const TAB: usize = 4;

/// Longest grapheme that is drawn as it is. Families of emoji with skin tones take some 40 bytes;
/// what is longer is a pile of accents that would flood the terminal.
const MAX_SYMBOL_BYTES: usize = 64;

/// One grapheme in a row.
#[derive(Clone, Copy)]
pub struct Glyph<'a> {
    /// Byte offset in the text that was cut.
    pub at: usize,
    /// Cells between the start of the row and this one.
    pub column: usize,
    /// Cells it takes; 0 for a line end and for what shows nothing.
    pub width: usize,
    text: &'a str,
}

impl<'a> Glyph<'a> {
    /// The byte offset after it.
    pub const fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// Whether it ends the paragraph.
    pub fn is_line_end(&self) -> bool {
        self.text == "\n"
    }

    /// Whether a row may end after it.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|c| {
            c.is_whitespace() && !is_hazard(c) && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
        })
    }

    /// What the terminal gets, as wide as `width` says; blanks give a space for one cell.
    pub fn symbol(&self) -> Cow<'a, str> {
        if self.text == "\t" || self.text == "\n" {
            Cow::Borrowed(" ")
        } else if is_replaced(self.text) {
            Cow::Owned(REPLACEMENT.to_string())
        } else {
            Cow::Borrowed(self.text)
        }
    }
}

fn is_replaced(grapheme: &str) -> bool {
    grapheme.len() > MAX_SYMBOL_BYTES || grapheme.chars().any(is_hazard)
}

/// The glyphs of `text` from byte `start`, which is a grapheme boundary and becomes column 0. Goes
/// on through line ends without starting a new row: the caller stops where its row ends.
pub fn glyphs(text: &str, start: usize) -> Glyphs<'_> {
    Glyphs {
        rest: text.get(start..).unwrap_or_default(),
        at: start,
        column: 0,
    }
}

/// See [`glyphs`].
pub struct Glyphs<'a> {
    rest: &'a str,
    at: usize,
    column: usize,
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = Glyph<'a>;

    fn next(&mut self) -> Option<Glyph<'a>> {
        let (length, width) = match self.rest.as_bytes() {
            [] => return None,
            [b'\n', ..] => (1, 0),
            [b'\t', ..] => (1, TAB - self.column % TAB),
            // Most text is this, and it needs no look into tables.
            [b' '..=b'~'] | [b' '..=b'~', 0..=0x7f, ..] => (1, 1),
            _ => {
                let grapheme = self.rest.graphemes(true).next()?;
                let width = if is_replaced(grapheme) {
                    1
                } else {
                    usize::from(grapheme.cell_width())
                };
                (grapheme.len(), width)
            }
        };
        let (text, rest) = self.rest.split_at_checked(length)?;
        let glyph = Glyph {
            at: self.at,
            column: self.column,
            width,
            text,
        };
        self.rest = rest;
        self.at += length;
        self.column += width;
        Some(glyph)
    }
}
