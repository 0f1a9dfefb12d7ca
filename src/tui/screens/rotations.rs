//! Rotations: their days and what was written in them.
//!
//! ```text
//! Rotations, begun last first
//!
//! › Medical ICU           since 2 Nov, now          5 reflections over 4 shifts
//!   Wards                 5 Oct to 1 Nov            9 reflections over 9 shifts
//! ```

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::{counted, day_and_month};
use crate::domain::prose::excerpt;
use crate::domain::rotation::Block;
use crate::domain::texts::texts;
use crate::journal::RotationRow;
use crate::tui::effect::{Ask, RequestId, RotationAsk};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::screens::form::Form;
use crate::tui::step::Step;
use crate::tui::view;
use crate::tui::widgets::columns::clip;

/// From this many columns on, what was written in a rotation stands beside its days.
const COUNTS: usize = 72;
/// Cells of the days.
const DAYS_WIDTH: usize = 22;
/// Nothing is drawn further right, so that lines stay readable on a wide screen.
const WIDEST: u16 = 100;
/// Lines above the rows.
const HEAD: u16 = 2;

/// The list of rotations.
#[derive(Debug)]
pub struct Rotations {
    rows: Option<Vec<RotationRow>>,
    /// The question that is on its way.
    pub request: RequestId,
    selected: usize,
}

texts!(Rotations { rows } beside { request, selected });

impl Rotations {
    /// The list before the journal has said what is in it.
    #[must_use]
    pub const fn new(request: RequestId) -> Self {
        Self {
            rows: None,
            request,
            selected: 0,
        }
    }

    /// Takes what the journal said.
    pub fn arrived(&mut self, rows: Vec<RotationRow>) {
        self.selected = self.selected.min(rows.len().saturating_sub(1));
        self.rows = Some(rows);
    }

    /// Whether there is anything that the action could be about.
    #[must_use]
    pub fn does_something(&self, action: Action) -> bool {
        let is_about_one = matches!(
            action,
            Action::Edit | Action::EndRotation | Action::ReviewRotation | Action::Delete
        );
        !is_about_one || self.rows.as_ref().is_some_and(|rows| !rows.is_empty())
    }

    /// Carries out an action of the list; says whether it was one.
    pub fn act(&mut self, action: Action, today: NaiveDate, size: Size, out: &mut Outbox) -> bool {
        let rows = self.rows.as_deref().unwrap_or_default();
        let last = rows.len().saturating_sub(1);
        let page = usize::from(view::body(size).height.saturating_sub(HEAD)).max(1);
        let selected = rows.get(self.selected);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Back => out.step(Step::Close),
            Action::StartRotation => {
                out.step(Step::FillIn(Box::new(Form::of_new_rotation(today))));
            }
            Action::Edit => {
                if let Some(row) = selected {
                    let form = Form::of_rotation(&row.rotation, today);
                    out.step(Step::FillIn(Box::new(form)));
                }
            }
            Action::EndRotation => {
                if let Some(row) = selected {
                    end(row, today, out);
                }
            }
            Action::ReviewRotation => {
                if let Some(row) = selected {
                    out.step(Step::ReviewRotation(row.rotation.id));
                }
            }
            Action::Delete => {
                if let Some(row) = selected {
                    let request = out.ask(Ask::Rotation(RotationAsk::Trash(row.rotation.id)));
                    out.step(Step::WaitFor(request));
                }
            }
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
        let area = Rect {
            width: area.width.min(WIDEST),
            ..area
        };
        let width = usize::from(area.width);
        let title = if all.is_empty() {
            let key = settings
                .keymap
                .key_of(Context::Rotations, Action::StartRotation);
            format!("No rotations yet. {key} begins one.")
        } else {
            "Rotations, begun last first".to_owned()
        };
        let counts = all.iter().map(|row| counts(row).width()).max();
        let mut rows = area.rows();
        if let Some(row) = rows.next() {
            let title = Span::styled(format!("  {title}"), theme.dim);
            clip(vec![title], width).render(row, buffer);
        }
        rows.next();
        let room = usize::from(area.height.saturating_sub(HEAD)).max(1);
        let first = (self.selected + 1).saturating_sub(room);
        for ((at, rotation), row) in all.iter().enumerate().skip(first).zip(rows) {
            let look = Look {
                is_selected: at == self.selected,
                width,
                counts: counts.unwrap_or(0),
            };
            line(rotation, look, today, settings).render(row, buffer);
        }
    }
}

/// Today becomes the last day of a rotation that is not over.
fn end(row: &RotationRow, today: NaiveDate, out: &mut Outbox) {
    let rotation = &row.rotation;
    match rotation.last {
        Some(last) if last <= today => {
            let last = day_and_month(last, today);
            let text = format!("Its last day was {last} already; its days can be changed.");
            out.say(Tone::Done, text);
        }
        _ => {
            let block = Block {
                last: Some(today),
                ..rotation.block()
            };
            let request = out.ask(Ask::Rotation(RotationAsk::Edit(rotation.id, block)));
            out.step(Step::WaitFor(request));
        }
    }
}

/// How a rotation is drawn.
#[derive(Debug, Clone, Copy)]
struct Look {
    is_selected: bool,
    /// Cells of the line.
    width: usize,
    /// Cells of the longest counts, so that all begin in one column.
    counts: usize,
}

fn counts(row: &RotationRow) -> String {
    let reflections = counted(row.reflections, "reflection");
    format!("{reflections} over {}", counted(row.shifts, "shift"))
}

fn line<'a>(row: &RotationRow, look: Look, today: NaiveDate, settings: &Settings) -> Line<'a> {
    let theme = &settings.theme;
    let width = look.width;
    let selected = look.is_selected;
    let now = if row.is_present { ", now" } else { "" };
    let days = format!("{}{now}", row.rotation.days_in_words(today));
    let has_counts = width >= COUNTS;
    let days = if has_counts {
        format!("{days:<DAYS_WIDTH$}")
    } else {
        days
    };
    let style = if row.is_present {
        theme.accent
    } else {
        theme.dim
    };
    let mut right = vec![Span::styled(days, style)];
    if has_counts {
        let counts = format!("  {:<w$}  ", counts(row), w = look.counts);
        right.push(Span::styled(counts, theme.dim));
    }
    let taken: usize = right.iter().map(|span| span.content.width()).sum();
    let damaged = if row.damaged { "(damaged) " } else { "" };
    let name = format!("{damaged}{}", row.rotation.name);
    let marker = if selected { theme.glyphs.marker } else { " " };
    let name = excerpt(&name, width.saturating_sub(taken + 4));
    let gap = width.saturating_sub(name.width() + taken + 2);
    let mut spans = vec![
        Span::styled(format!("{marker} "), theme.accent),
        Span::styled(name, if selected { theme.selected } else { theme.text }),
        Span::raw(" ".repeat(gap)),
    ];
    spans.append(&mut right);
    clip(spans, width)
}
