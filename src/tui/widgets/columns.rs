//! Lines made of parts: cut at a grapheme to fit a width, or with what was found in them marked.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tui::theme::Theme;

/// What stands where something is left out.
const ELLIPSIS: &str = "…";

/// The spans, cut to `width` cells; `…` stands where more than blanks is left out.
#[must_use]
pub fn clip(mut spans: Vec<Span<'_>>, width: usize) -> Line<'_> {
    let wanted: usize = spans.iter().map(Span::width).sum();
    if wanted <= width {
        return Line::from(spans);
    }
    let ends = |span: &Span| !span.content.trim_end().is_empty();
    let last = spans.iter().rposition(ends);
    spans.truncate(last.map_or(0, |last| last + 1));
    if let Some(last) = spans.last_mut() {
        last.content = last.content.trim_end().to_owned().into();
    }
    let said: usize = spans.iter().map(Span::width).sum();
    if said <= width {
        return Line::from(spans);
    }
    let mut left = width.saturating_sub(ELLIPSIS.width());
    let mut kept = Vec::with_capacity(spans.len());
    for span in spans {
        let wide = span.content.width();
        if wide <= left {
            left -= wide;
            kept.push(span);
            continue;
        }
        let mut text = String::new();
        for grapheme in span.content.graphemes(true) {
            if grapheme.width() > left {
                break;
            }
            left -= grapheme.width();
            text.push_str(grapheme);
        }
        if width > 0 {
            text.push_str(ELLIPSIS);
        }
        kept.push(Span::styled(text, span.style));
        break;
    }
    Line::from(kept)
}

/// What stands before a text that is not as it was saved.
#[must_use]
pub fn sign<'a>(damaged: bool, theme: &Theme) -> Option<Span<'a>> {
    damaged.then(|| Span::styled("(damaged) ", theme.warning))
}

/// Words and the keys that answer them, at the foot of the screen: beside each other, or the keys on a
/// line of their own.
pub fn foot<'a>(words: Span<'a>, keys: Vec<Span<'a>>, foot: Rect, buffer: &mut Buffer) {
    let cells = words.width() + keys.iter().map(Span::width).sum::<usize>();
    let lines = if cells <= usize::from(foot.width) {
        let mut line = Line::from(words);
        line.spans.extend(keys);
        vec![line]
    } else {
        vec![Line::from(words), Line::from(keys)]
    };
    at_foot(&lines, foot, buffer);
}

/// Lines over what is above the foot of the screen, the last one at its bottom.
pub fn at_foot(lines: &[Line], foot: Rect, buffer: &mut Buffer) {
    let height = u16::try_from(lines.len()).unwrap_or(1).min(foot.bottom());
    let area = Rect {
        y: foot.bottom() - height,
        height,
        ..foot
    };
    Clear.render(area, buffer);
    for (line, row) in lines.iter().zip(area.rows()) {
        line.render(row, buffer);
    }
}

/// Cells of the left part beside which a right one is shown.
const LEAST_LEFT: usize = 20;

/// Whether there is room for this at the right edge, beside more than a word.
#[must_use]
pub fn has_room_right(text: &str, width: usize) -> bool {
    text.width() + LEAST_LEFT <= width
}

/// One part at the left edge and one at the right; where both do not fit, the left one is cut and,
/// when there is no room for more than a word, the right one left out.
#[must_use]
pub fn spread<'a>(left: Vec<Span<'a>>, right: Vec<Span<'a>>, width: usize) -> Line<'a> {
    let right_width: usize = right.iter().map(|span| span.content.width()).sum();
    if right_width + LEAST_LEFT > width {
        return clip(left, width);
    }
    let mut line = clip(left, width - right_width - 1);
    let gap = width.saturating_sub(line.width() + right_width);
    line.push_span(Span::raw(" ".repeat(gap)));
    for span in right {
        line.push_span(span);
    }
    line
}

/// A part of a text as spans: plain, found, plain. Without its line end; tabs become spaces.
#[must_use]
pub fn marked<'a>(
    text: &str,
    part: Range<usize>,
    found: &[Range<usize>],
    style: Style,
    mark: Style,
) -> Vec<Span<'a>> {
    let mut spans = Vec::new();
    let mut push = |range: Range<usize>, style: Style| {
        let piece = text.get(range).unwrap_or_default().trim_end_matches('\n');
        if !piece.is_empty() {
            spans.push(Span::styled(piece.replace('\t', "    "), style));
        }
    };
    let mut at = part.start;
    for found in found
        .iter()
        .filter(|found| found.start < part.end && found.end > part.start)
    {
        let (start, end) = (found.start.max(part.start), found.end.min(part.end));
        push(at..start, style);
        push(start..end, style.patch(mark));
        at = end;
    }
    push(at..part.end, style);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clipped(parts: &[&'static str], width: usize) -> String {
        let spans = parts.iter().map(|part| Span::raw(*part)).collect();
        clip(spans, width).to_string()
    }

    #[test]
    fn what_is_cut_says_so_and_blanks_are_not_missed() {
        for (parts, width, shown) in [
            (&["Begin ", "a rotation"][..], 16, "Begin a rotation"),
            (&["Begin ", "a rotation"], 15, "Begin a rotati…"),
            (&["Begin ", "a rotation"], 7, "Begin …"),
            (&["Begin ", "a rotation"], 6, "Begin…"),
            (&["Begin ", "a rotation"], 1, "…"),
            (&["Begin ", "a rotation"], 0, ""),
            (&["Mon ", "Tue ", "  "], 7, "Mon Tue"),
            (&["漢字"], 3, "漢…"),
            (&["漢字"], 2, "…"),
        ] {
            assert_eq!(clipped(parts, width), shown, "{parts:?} in {width}");
        }
    }
}
