//! The line that offers two breaths: as much of it as fits, never cut inside a sentence.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::calm::QUESTION;
use crate::tui::theme::Theme;

/// The line; an empty key where none would be taken.
#[must_use]
pub fn pause_offered<'a>(key: &str, room: usize, theme: &Theme) -> Line<'a> {
    let mut spans = vec![Span::styled("Two slow breaths", theme.dim)];
    if !key.is_empty() {
        spans.push(Span::styled(": ", theme.dim));
        spans.push(Span::styled(key.to_owned(), theme.accent));
    }
    spans.push(Span::styled(". ", theme.dim));
    let used: usize = spans.iter().map(Span::width).sum();
    if used + QUESTION.width() <= room {
        spans.push(Span::styled(QUESTION, theme.dim));
    }
    Line::from(spans)
}
