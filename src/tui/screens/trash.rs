//! The trash: what was deleted and can still be taken back.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::calendar::short_date;
use crate::domain::reflection::Entry;
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::Action;
use crate::tui::model::{Outbox, Settings, Step, Tone};
use crate::tui::screens::journal::body_rows;
use crate::tui::screens::question::{Question, Yes};
use crate::tui::widgets::columns::clip;

/// The trash.
#[derive(Debug)]
pub struct Trash {
    entries: Option<Vec<Entry>>,
    /// The question that is on its way.
    pub request: RequestId,
    selected: usize,
}

impl Trash {
    /// The trash before the journal has said what is in it.
    #[must_use]
    pub const fn new(request: RequestId) -> Self {
        Self {
            entries: None,
            request,
            selected: 0,
        }
    }

    /// Takes what the journal said.
    pub fn arrived(&mut self, entries: Vec<Entry>) {
        self.selected = self.selected.min(entries.len().saturating_sub(1));
        self.entries = Some(entries);
    }

    /// Carries out an action of the trash; says whether it was one.
    pub fn act(&mut self, action: Action, size: Size, out: &mut Outbox) -> bool {
        let entries = self.entries.as_deref().unwrap_or_default();
        let last = entries.len().saturating_sub(1);
        let page = usize::from(body_rows(size)).max(1);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Back => out.step(Step::Close),
            Action::Restore => {
                if let Some(entry) = entries.get(self.selected) {
                    out.ask(Ask::Restore(entry.reflection.id));
                }
            }
            Action::EmptyTrash if entries.is_empty() => {
                out.say(Tone::Done, "The trash is empty.");
            }
            Action::EmptyTrash => out.step(Step::AskWhether(Question {
                text: format!("Delete {} for good, from the backups too?", entries.len()),
                yes: Yes::EmptyTrash,
            })),
            Action::Down => self.selected = (self.selected + 1).min(last),
            Action::Up => self.selected = self.selected.saturating_sub(1),
            Action::PageDown => self.selected = (self.selected + page).min(last),
            Action::PageUp => self.selected = self.selected.saturating_sub(page),
            Action::First => self.selected = 0,
            Action::Last => self.selected = last,
            _ => return false,
        }
        true
    }

    /// Draws the list.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings, today: NaiveDate) {
        let theme = &settings.theme;
        let Some(entries) = &self.entries else { return };
        let width = usize::from(area.width);
        let title = if entries.is_empty() {
            "The trash is empty."
        } else {
            "In the trash. After 30 days it is deleted for good."
        };
        let mut rows = area.rows();
        if let Some(row) = rows.next() {
            Line::styled(format!("  {title}"), theme.dim).render(row, buffer);
        }
        rows.next();
        let room = usize::from(area.height).saturating_sub(2).max(1);
        let first = (self.selected + 1).saturating_sub(room);
        for ((at, entry), row) in entries.iter().enumerate().skip(first).zip(rows) {
            let selected = at == self.selected;
            let marker = if selected { theme.glyphs.marker } else { " " };
            let style = if selected { theme.selected } else { theme.text };
            let date = format!("{:<17}", short_date(entry.reflection.shift_date, today));
            let words = entry.first_words(width.saturating_sub(22));
            let spans = vec![
                Span::styled(format!("{marker} "), theme.accent),
                Span::styled(date, theme.dim),
                Span::styled(words, style),
            ];
            clip(spans, width).render(row, buffer);
        }
    }
}
