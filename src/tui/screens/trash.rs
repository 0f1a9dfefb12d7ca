//! The trash: what was deleted and can still be taken back.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::calendar::short_date;
use crate::domain::prose::excerpt;
use crate::domain::rotation::Rotation;
use crate::domain::texts::texts;
use crate::journal::{InTrash, TrashId};
use crate::tui::effect::{Ask, GoalAsk, RequestId, RotationAsk};
use crate::tui::keymap::Action;
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::screens::journal::body_rows;
use crate::tui::screens::question::{Question, Yes};
use crate::tui::step::Step;
use crate::tui::widgets::columns::{clip, sign};

/// What happens to what is listed, where there is room to say it whole.
const TITLE: &str = "In the trash. After 30 days it is deleted for good.";

/// The trash.
#[derive(Debug)]
pub struct Trash {
    rows: Option<Vec<InTrash>>,
    /// The question that is on its way.
    pub request: RequestId,
    selected: usize,
}

texts!(Trash { rows } beside { request, selected });

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

    /// Takes what the journal said.
    pub fn arrived(&mut self, rows: Vec<InTrash>) {
        self.selected = self.selected.min(rows.len().saturating_sub(1));
        self.rows = Some(rows);
    }

    /// Whether there is anything that the action could be about.
    #[must_use]
    pub fn does_something(&self, action: Action) -> bool {
        let is_about_rows = matches!(action, Action::Restore | Action::EmptyTrash);
        !is_about_rows || self.rows.as_ref().is_some_and(|rows| !rows.is_empty())
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
                    let request = out.ask(match thing.id() {
                        TrashId::Reflection(id) => Ask::Restore(id),
                        TrashId::Goal(id) => Ask::Goal(GoalAsk::Restore(id)),
                        TrashId::Rotation(id) => Ask::Rotation(RotationAsk::Restore(id)),
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
            _ => match action.move_from(self.selected, last, page) {
                Some(to) => self.selected = to,
                None => return false,
            },
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
        } else if TITLE.len() + 2 <= width {
            TITLE
        } else {
            "In the trash. Gone after 30 days."
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
            let (kind, words) = match thing {
                InTrash::Reflection(row) => (
                    short_date(row.entry.reflection.shift_date, today),
                    row.entry.first_words(room),
                ),
                InTrash::Goal(kept) => {
                    let name = settings.catalog.competency_name(&kept.goal.competency);
                    ("goal".to_owned(), excerpt(name, room))
                }
                InTrash::Rotation(kept) => {
                    let Rotation { name, .. } = &kept.rotation;
                    let words = format!("{name}, {}", kept.rotation.days_in_words(today));
                    ("rotation".to_owned(), excerpt(&words, room))
                }
            };
            spans.push(Span::styled(format!("{kind:<17}"), theme.dim));
            spans.extend(sign(thing.is_damaged(), theme));
            spans.push(Span::styled(words, style));
            clip(spans, width).render(line, buffer);
        }
    }
}
