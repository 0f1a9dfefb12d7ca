//! One plan through all its wordings: when each was written, and what became of it.
//!
//! ```text
//! One plan, worded 2 times
//!
//!   Fri 13 Nov   If the plan is settled, then I ask the nurse
//!                reworded on 21 Nov
//! > Fri 20 Nov   If we are about to settle a plan, then I ask the nurse first: what are we
//!                missing?
//!                helped on 27 Nov, carried once: Two plans changed in one week.
//! ```

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::calendar::short_date;
use crate::domain::id::ExperimentId;
use crate::domain::prose::{visible, visible_line};
use crate::domain::texts::texts;
use crate::journal::Link;
use crate::tui::effect::RequestId;
use crate::tui::keymap::Action;
use crate::tui::model::{Outbox, Settings, Step, Tone};
use crate::tui::screens::form::Form;
use crate::tui::theme::Theme;
use crate::tui::widgets::text_area;

/// Longer lines are hard to read.
const WIDEST: u16 = 96;
/// From this many columns on, dates stand beside the plans.
const BESIDE: usize = 60;
/// Columns of the dates then.
const DATE: usize = 17;
/// Rows of one plan; a longer one is read in its reflection.
const MOST_ROWS: usize = 6;

/// The wordings of one plan.
#[derive(Debug)]
pub struct Chain {
    /// The experiment that it was opened with.
    pub of: ExperimentId,
    /// The question that is on its way.
    pub request: RequestId,
    /// The first wording first; `None` until the journal answered.
    links: Option<Vec<Link>>,
    selected: usize,
}

texts!(Chain { links } beside { of, request, selected });

impl Chain {
    /// The chain of this experiment before the journal has said what is in it.
    #[must_use]
    pub const fn new(of: ExperimentId, request: RequestId) -> Self {
        Self {
            of,
            request,
            links: None,
            selected: 0,
        }
    }

    /// Takes what the journal said; at first the experiment that was asked about is selected.
    pub fn arrived(&mut self, links: Vec<Link>) {
        let of = self.selected_id().unwrap_or(self.of);
        let place = links.iter().position(|link| link.experiment.id == of);
        self.selected = place.unwrap_or(0);
        self.links = Some(links);
    }

    fn links(&self) -> &[Link] {
        self.links.as_deref().unwrap_or_default()
    }

    fn selected(&self) -> Option<&Link> {
        self.links().get(self.selected)
    }

    fn selected_id(&self) -> Option<ExperimentId> {
        self.selected().map(|link| link.experiment.id)
    }

    /// Carries out an action of the chain; says whether it was one.
    pub fn act(&mut self, action: Action, today: NaiveDate, out: &mut Outbox) -> bool {
        let last = self.links().len().saturating_sub(1);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Back => out.step(Step::Close),
            Action::Open | Action::AnswerExperiment | Action::NoteOutcome => {
                self.act_on_selected(action, today, out);
            }
            _ => match action.move_from(self.selected, last, last) {
                Some(to) => self.selected = to,
                None => return false,
            },
        }
        true
    }

    fn act_on_selected(&self, action: Action, today: NaiveDate, out: &mut Outbox) {
        let Some(link) = self.selected() else { return };
        if link.trashed {
            out.say(Tone::Warning, "Its reflection is in the trash.");
        } else if action == Action::AnswerExperiment {
            out.step(Step::AskAbout(vec![link.asked(today)]));
        } else if action == Action::NoteOutcome {
            out.step(Step::FillIn(Box::new(Form::of_note(&link.experiment))));
        } else {
            out.step(Step::Read(link.experiment.reflection));
        }
    }

    /// Draws the wordings.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings, today: NaiveDate) {
        let Some(links) = &self.links else { return };
        let theme = &settings.theme;
        let area = Rect {
            width: area.width.min(WIDEST),
            ..area
        };
        let mut rows = area.rows();
        let title = match links.len() {
            0 | 1 => "  One plan, worded once".to_owned(),
            2 => "  One plan, worded twice".to_owned(),
            n => format!("  One plan, worded {n} times"),
        };
        if let Some(row) = rows.next() {
            Line::styled(title, theme.dim).render(row, buffer);
        }
        rows.next();
        let parts: Vec<Vec<Line>> = links
            .iter()
            .enumerate()
            .map(|(at, link)| {
                let look = Look {
                    is_selected: at == self.selected,
                    is_followed: at + 1 < links.len(),
                    width: usize::from(area.width),
                };
                lines(link, look, settings, today)
            })
            .collect();
        // The selected one is in sight to its last line.
        let room = usize::from(area.height).saturating_sub(2);
        let end: usize = parts.iter().take(self.selected + 1).map(Vec::len).sum();
        let above = end.saturating_sub(1).saturating_sub(room);
        for (line, row) in parts.into_iter().flatten().skip(above).zip(rows) {
            line.render(row, buffer);
        }
    }
}

/// How one wording is shown.
#[derive(Debug, Clone, Copy)]
struct Look {
    is_selected: bool,
    /// Whether another wording follows.
    is_followed: bool,
    /// Cells of a line.
    width: usize,
}

/// One wording: its date, the plan, what became of it, and a blank line. The date stands over the
/// plan where there is no room beside it.
fn lines<'a>(link: &Link, look: Look, settings: &Settings, today: NaiveDate) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let width = look.width;
    let marker = if look.is_selected {
        theme.glyphs.marker
    } else {
        " "
    };
    let date = short_date(link.reflected_on, today);
    let beside = width >= BESIDE;
    let column = if beside { DATE } else { 0 };
    let room = Look {
        width: width.saturating_sub(4 + column + 1),
        ..look
    };
    let mut rows = words(link, room, theme, today);
    if !beside {
        rows.insert(0, (date.clone(), theme.dim));
    }
    let mut lines: Vec<Line> = Vec::with_capacity(rows.len() + 1);
    for (text, style) in rows {
        let is_first = lines.is_empty();
        let (marker, date) = match (is_first, beside) {
            (true, true) => (marker, &*date),
            (true, false) => (marker, ""),
            (false, _) => (" ", ""),
        };
        lines.push(Line::from(vec![
            Span::styled(format!("  {marker} "), theme.accent),
            Span::styled(format!("{date:<column$}"), theme.dim),
            Span::styled(text, style),
        ]));
    }
    lines.push(Line::default());
    lines
}

/// The plan and what became of it, wrapped.
fn words(link: &Link, look: Look, theme: &Theme, today: NaiveDate) -> Vec<(String, Style)> {
    let Look {
        is_selected,
        is_followed,
        width: room,
    } = look;
    let mut rows = Vec::new();
    if link.damaged {
        rows.push(("(damaged, partly readable)".to_owned(), theme.warning));
    }
    let plan = visible(&link.experiment.text).into_owned();
    let mut became = if is_followed {
        link.experiment.standing_followed(today)
    } else {
        link.experiment.standing(today)
    };
    if link.trashed {
        became.push_str(", in the trash");
    }
    let note = &link.experiment.outcome_note;
    if !note.trim().is_empty() {
        became = format!("{became}: {}", visible_line(note));
    }
    let style = if is_selected {
        theme.selected
    } else {
        theme.text
    };
    for (text, style) in [(plan, style), (became, theme.dim)] {
        let wrapped = text_area::rows(&text, room).take(MOST_ROWS);
        let cut = wrapped.map(|row| text.get(row).unwrap_or_default().trim_end().to_owned());
        rows.extend(cut.map(|text| (text, style)));
    }
    rows
}
