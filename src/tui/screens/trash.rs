//! The trash: what was deleted and can still be taken back.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::calendar::short_date;
use crate::domain::goal::Goal;
use crate::domain::prose::excerpt;
use crate::journal::Row;
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::Action;
use crate::tui::model::{Outbox, Settings, Step, Tone};
use crate::tui::screens::journal::body_rows;
use crate::tui::screens::question::{Question, Yes};
use crate::tui::widgets::columns::{clip, sign};

/// Something in the trash.
#[derive(Debug)]
enum Thing {
    Reflection(Box<Row>),
    Goal(Box<Goal>),
}

/// The trash.
#[derive(Debug)]
pub struct Trash {
    rows: Option<Vec<Thing>>,
    /// The question that is on its way.
    pub request: RequestId,
    selected: usize,
}

impl Trash {
    /// The trash before the journal has said what is in it.
    #[must_use]
    pub const fn new(request: RequestId) -> Self {
        Self {
            rows: None,
            request,
            selected: 0,
        }
    }

    /// Takes what the journal said; reflections come first.
    pub fn arrived(&mut self, rows: Vec<Row>, goals: Vec<Goal>) {
        let rows = rows.into_iter().map(Box::new).map(Thing::Reflection);
        let goals = goals.into_iter().map(Box::new).map(Thing::Goal);
        let rows: Vec<Thing> = rows.chain(goals).collect();
        self.selected = self.selected.min(rows.len().saturating_sub(1));
        self.rows = Some(rows);
    }

    /// Carries out an action of the trash; says whether it was one.
    pub fn act(&mut self, action: Action, size: Size, out: &mut Outbox) -> bool {
        let rows = self.rows.as_deref().unwrap_or_default();
        let last = rows.len().saturating_sub(1);
        let page = usize::from(body_rows(size)).max(1);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Back => out.step(Step::Close),
            Action::Restore => {
                if let Some(thing) = rows.get(self.selected) {
                    let request = out.ask(match thing {
                        Thing::Reflection(row) => Ask::Restore(row.entry.reflection.id),
                        Thing::Goal(goal) => Ask::RestoreGoal(goal.id),
                    });
                    // A second key is for the row that takes its place.
                    out.step(Step::WaitFor(request));
                }
            }
            Action::EmptyTrash if rows.is_empty() => {
                out.say(Tone::Done, "The trash is empty.");
            }
            Action::EmptyTrash => out.step(Step::AskWhether(Question {
                text: format!("Delete {} for good, from the backups too?", rows.len()),
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
        let Some(all) = &self.rows else { return };
        let width = usize::from(area.width);
        let title = if all.is_empty() {
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
        for ((at, thing), line) in all.iter().enumerate().skip(first).zip(rows) {
            let selected = at == self.selected;
            let marker = if selected { theme.glyphs.marker } else { " " };
            let style = if selected { theme.selected } else { theme.text };
            let mut spans = vec![Span::styled(format!("{marker} "), theme.accent)];
            let room = width.saturating_sub(22);
            let words = match thing {
                Thing::Reflection(row) => {
                    let date = short_date(row.entry.reflection.shift_date, today);
                    spans.push(Span::styled(format!("{date:<17}"), theme.dim));
                    spans.extend(sign(row.damaged, theme));
                    row.entry.first_words(room)
                }
                Thing::Goal(goal) => {
                    spans.push(Span::styled(format!("{:<17}", "goal"), theme.dim));
                    excerpt(settings.catalog.competency_name(&goal.competency), room)
                }
            };
            spans.push(Span::styled(words, style));
            clip(spans, width).render(line, buffer);
        }
    }
}
