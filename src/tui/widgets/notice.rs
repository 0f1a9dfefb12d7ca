//! One line that says what just happened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::prose::excerpt;

/// Draws the sentence into the first row of `rect`; what does not fit ends in `…`, and nothing in it
/// can command the terminal.
pub fn draw_notice(sentence: &str, rect: Rect, buffer: &mut Buffer, style: Style) {
    let row = Rect {
        height: rect.height.min(1),
        ..rect
    }
    .intersection(buffer.area);
    if row.is_empty() {
        return;
    }
    buffer.set_style(row, style);
    buffer.set_stringn(
        row.x,
        row.y,
        excerpt(sentence, usize::from(row.width)),
        usize::from(row.width),
        style,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_cut_at_a_word_and_cannot_command_the_terminal() {
        let cases = [
            ("Saved.", "Saved.      "),
            ("Saved. The text is safe.", "Saved. The… "),
            ("a\u{1b}[2J\nb", "a\u{fffd}[2J b     "),
        ];
        for (sentence, expected) in cases {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
            draw_notice(sentence, Rect::new(0, 0, 40, 3), &mut buffer, Style::new());
            assert_eq!(buffer, Buffer::with_lines([expected]));
        }
    }
}
