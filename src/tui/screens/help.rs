//! Help: what the keys do here, made from the key table in force.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::trends::method;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings};
use crate::tui::step::Step;
use crate::tui::view;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::text_area;

/// Columns before the keys.
const INDENT: usize = 4;
/// Fewer columns than this leave no room beside many keys.
const NARROW: u16 = 60;
/// Longer lines are hard to read.
const WIDEST_TEXT: usize = 84;

/// A page of keys.
#[derive(Debug)]
pub struct Help {
    contexts: Vec<Context>,
    scroll: Scroll,
}

impl Help {
    /// Help for what has the focus.
    #[must_use]
    pub fn new(contexts: Vec<Context>) -> Self {
        Self {
            contexts,
            scroll: Scroll::default(),
        }
    }

    /// Carries out an action of the page; says whether it was one.
    pub fn act(
        &mut self,
        action: Action,
        size: Size,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        if action == Action::Back {
            out.step(Step::Close);
            return true;
        }
        let lines = self.lines(size.width, settings).len();
        let rows = view::body(size).height.into();
        let lead = |at, last, page| action.move_from(at, last, page);
        self.scroll.go(lines, rows, lead)
    }

    fn lines<'a>(&self, width: u16, settings: &Settings) -> Vec<Line<'a>> {
        let theme = &settings.theme;
        let groups = settings.keymap.help(&self.contexts);
        let widest = groups
            .iter()
            .flat_map(|(_, rows)| rows)
            .map(|(keys, _)| keys.width())
            .max();
        let most = if width < NARROW { 10 } else { 28 };
        let widest = widest.unwrap_or(0).min(most);
        let text_at = INDENT + widest + 2;
        let room = usize::from(width).saturating_sub(text_at + 1);
        let mut lines = Vec::new();
        for (title, rows) in groups {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(format!("  {title}"), theme.heading));
            for (keys, does) in rows {
                let mut rows = text_area::rows(does, room).filter_map(|row| does.get(row));
                let gap = text_at - INDENT - keys.width().min(widest);
                let mut line = Line::styled(format!("    {keys}"), theme.accent);
                if keys.width() <= widest {
                    line.push_span(Span::raw(" ".repeat(gap)));
                    line.push_span(Span::styled(rows.next().unwrap_or_default(), theme.text));
                }
                lines.push(line);
                let below = rows.map(|row| format!("{}{row}", " ".repeat(text_at)));
                lines.extend(below.map(|row| Line::styled(row, theme.text)));
            }
        }
        if self.contexts.contains(&Context::Trends) {
            lines.push(Line::default());
            lines.push(Line::styled("  How the figures are made", theme.heading));
            let room = usize::from(width.saturating_sub(6)).min(WIDEST_TEXT);
            for text in method::PARAGRAPHS {
                let rows = text_area::rows(text, room).filter_map(|row| text.get(row));
                lines.extend(rows.map(|row| Line::styled(format!("    {row}"), theme.text)));
                lines.push(Line::default());
            }
        }
        lines
    }

    /// Draws the page.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let lines = self.lines(area.width, settings);
        let down = settings.keymap.key_of(Context::List, Action::Down);
        let hint = Line::styled(format!("    more below: {down}"), settings.theme.dim);
        self.scroll.render_hinting(&lines, &hint, area, buffer);
    }
}
