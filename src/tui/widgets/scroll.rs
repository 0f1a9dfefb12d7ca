//! A page that may be longer than the screen: where it is scrolled to, and that there is more.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

/// How many lines of a page are above the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scroll(usize);

impl Scroll {
    /// Goes where `lead` says that a key leads, among so many lines in so many rows: it is told the
    /// first line in sight, the last one that can be it, and the rows of a page, without the one
    /// that may hold the hint. Says whether the key led anywhere.
    pub fn go(
        &mut self,
        lines: usize,
        rows: usize,
        lead: impl FnOnce(usize, usize, usize) -> Option<usize>,
    ) -> bool {
        let page = rows.saturating_sub(1).max(1);
        let to = lead(self.0, lines.saturating_sub(rows), page);
        self.0 = to.unwrap_or(self.0);
        to.is_some()
    }

    /// Draws the lines in sight, as many as there is room for.
    pub fn render(self, lines: &[Line], area: Rect, buffer: &mut Buffer) {
        for (line, row) in lines.iter().skip(self.above(lines, area)).zip(area.rows()) {
            line.render(row, buffer);
        }
    }

    /// The same; where more lines follow, the last row has the hint.
    pub fn render_hinting(self, lines: &[Line], hint: &Line, area: Rect, buffer: &mut Buffer) {
        self.render(lines, area, buffer);
        if lines.len() > self.above(lines, area) + usize::from(area.height)
            && let Some(row) = area.rows().next_back()
        {
            Clear.render(row, buffer);
            hint.render(row, buffer);
        }
    }

    /// What is above, on a screen that may have grown since.
    fn above(self, lines: &[Line], area: Rect) -> usize {
        self.0.min(lines.len().saturating_sub(area.height.into()))
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Cell;

    use super::*;

    fn shown(scroll: Scroll, area: Rect) -> String {
        let lines: Vec<Line> = "abcdefghij".chars().map(|c| c.to_string().into()).collect();
        let mut buffer = Buffer::empty(area);
        scroll.render_hinting(&lines, &"+".into(), area, &mut buffer);
        buffer.content().iter().map(Cell::symbol).collect()
    }

    #[test]
    fn every_line_is_seen_page_by_page_and_the_hint_stands_for_none() {
        let area = Rect::new(0, 0, 1, 4);
        let (mut scroll, mut seen) = (Scroll::default(), vec![shown(Scroll::default(), area)]);
        for _ in 0..3 {
            let down = |at: usize, last: usize, page| Some(last.min(at + page));
            assert!(scroll.go(10, 4, down));
            seen.push(shown(scroll, area));
        }
        assert_eq!(seen, ["abc+", "def+", "ghij", "ghij"]);
        assert!(!scroll.go(10, 4, |_, _, _| None));
        assert_eq!(shown(scroll, Rect::new(0, 0, 1, 10)), "abcdefghij");
    }
}
