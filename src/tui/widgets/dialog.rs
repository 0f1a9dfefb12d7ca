//! A calm box in the middle of the screen, for a question or a picker.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType, Clear, Padding, Widget};

/// Cells that border and padding take on both sides together.
const FRAME: Size = Size {
    width: 6,
    height: 2,
};

/// Below this the frame is left out, so that what matters has the room.
const SMALLEST_FRAMED: Size = Size {
    width: 24,
    height: 6,
};

/// Fewer columns than this are not left beside it.
const LEAST_MARGIN: u16 = 4;

/// A box as large as its content wants and the screen allows.
#[derive(Debug, Clone, Copy)]
pub struct Dialog<'a> {
    /// Stands in the upper border; empty for none.
    pub title: &'a str,
    /// What the content would like to have.
    pub content: Size,
    /// Text and background.
    pub style: Style,
    /// The border.
    pub border: Style,
}

impl Dialog<'_> {
    /// The whole box, in the middle of `within`.
    #[must_use]
    pub fn area(&self, within: Rect) -> Rect {
        let width = self.content.width.saturating_add(FRAME.width);
        let height = self.content.height.saturating_add(FRAME.height);
        let (width, height) = (width.min(within.width), height.min(within.height));
        Rect {
            x: within.x + (within.width - width) / 2,
            // A little above the middle looks like the middle.
            y: within.y + (within.height - height) * 2 / 5,
            width,
            height,
        }
    }

    /// Where the content goes, for drawing it and for the mouse.
    #[must_use]
    pub fn inner(&self, within: Rect) -> Rect {
        let area = self.area(within);
        if Self::is_framed(within) {
            self.block().inner(area)
        } else {
            area
        }
    }

    /// Draws the empty box; the content goes to [`Self::inner`].
    pub fn render(&self, within: Rect, buffer: &mut Buffer) {
        let within = within.intersection(buffer.area);
        let area = self.area(within);
        let margin = area.x.saturating_sub(within.x);
        // A letter or two beside the border would belong to nothing.
        let cleared = if margin < LEAST_MARGIN {
            Rect {
                x: within.x,
                width: within.width,
                ..area
            }
        } else {
            area
        };
        Clear.render(cleared, buffer);
        buffer.set_style(cleared, self.style);
        if Self::is_framed(within) {
            self.block().render(area, buffer);
        }
    }

    const fn is_framed(within: Rect) -> bool {
        within.width >= SMALLEST_FRAMED.width && within.height >= SMALLEST_FRAMED.height
    }

    fn block(&self) -> Block<'_> {
        let block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(self.border)
            .padding(Padding::horizontal(2));
        if self.title.is_empty() {
            block
        } else {
            block.title(Line::from(format!(" {} ", self.title)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialog(title: &str) -> Dialog<'_> {
        Dialog {
            title,
            content: Size::new(16, 2),
            style: Style::new(),
            border: Style::new(),
        }
    }

    #[test]
    fn a_question_stands_in_the_middle_and_hides_what_is_behind() {
        let mut buffer = Buffer::with_lines(vec!["x".repeat(30); 6]);
        let dialog = dialog("Editor");
        dialog.render(buffer.area, &mut buffer);
        Line::from("Leave the draft?").render(dialog.inner(buffer.area), &mut buffer);
        assert_eq!(
            buffer,
            Buffer::with_lines([
                "xxxx╭ Editor ────────────╮xxxx",
                "xxxx│  Leave the draft?  │xxxx",
                "xxxx│                    │xxxx",
                "xxxx╰────────────────────╯xxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            ])
        );
    }

    #[test]
    fn no_narrow_strip_of_what_is_behind_is_left_beside_it() {
        for width in 22..30 {
            let mut buffer = Buffer::with_lines(vec!["x".repeat(width); 6]);
            dialog("").render(buffer.area, &mut buffer);
            let left = buffer.content().iter().filter(|cell| cell.symbol() == "x");
            assert_eq!(left.count(), 2 * width, "{width}");
        }
    }

    #[test]
    fn a_screen_of_any_size_takes_it() {
        for width in 0..40 {
            for height in 0..12 {
                let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
                let within = Rect::new(2, 1, width, height);
                dialog("").render(within, &mut buffer);
                let inner = dialog("").inner(within.intersection(buffer.area));
                let held = inner.is_empty() || buffer.area.union(inner) == buffer.area;
                assert!(held, "{width}x{height} {inner:?}");
            }
        }
    }
}
