//! The marks of the shifts of one day, so that marks and counts agree.

use std::iter::repeat_n;

use ratatui::text::Span;

use crate::tui::theme::Theme;

/// Cells of a day with the gap behind it, as wide as "Mon ".
pub const DAY: usize = 4;
/// So many marks fit.
const MOST: usize = DAY - 1;
/// Stands for all shifts behind the second where there are too many.
const MORE: &str = "+";

/// Cells before so many marks, so that nearly all begin under the middle of the day's name.
#[must_use]
pub const fn before(marks: usize) -> usize {
    if marks < MOST { 1 } else { 0 }
}

/// A mark for each shift, those reflected on first; one for a day without any.
#[must_use]
pub fn marks(reflected_on: u32, logged: u32, theme: &Theme) -> Vec<Span<'static>> {
    let glyphs = theme.glyphs;
    let times = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let reflected_on = repeat_n(
        Span::styled(glyphs.reflected, theme.accent),
        times(reflected_on).min(MOST + 1),
    );
    let logged = repeat_n(
        Span::styled(glyphs.logged, theme.text),
        times(logged).min(MOST + 1),
    );
    let mut marks: Vec<Span<'static>> = reflected_on.chain(logged).collect();
    if marks.is_empty() {
        marks.push(Span::styled(glyphs.nothing, theme.dim));
    } else if marks.len() > MOST {
        marks.truncate(MOST - 1);
        marks.push(Span::styled(MORE, theme.text));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Glyphs};

    #[test]
    fn a_day_has_a_mark_for_each_shift_as_far_as_there_is_room() {
        for (glyphs, cases) in [
            (Glyphs::Unicode, ["·", "●", "○", "●●○", "●●+", "○○+"]),
            (Glyphs::Ascii, [".", "*", "o", "**o", "**+", "oo+"]),
        ] {
            let theme = Theme::of(&Config::default().theme, glyphs);
            let days = [(0, 0), (1, 0), (0, 1), (2, 1), (3, 1), (0, u32::MAX)];
            for ((reflected_on, logged), expected) in days.into_iter().zip(cases) {
                let marks = marks(reflected_on, logged, &theme);
                let text: String = marks.iter().map(|mark| mark.content.as_ref()).collect();
                assert_eq!(text, expected, "{reflected_on} and {logged}");
            }
        }
    }
}
