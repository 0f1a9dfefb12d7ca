//! The competencies there are: what each one means, what it looks like when it is done, and a way to
//! try it at once.
//!
//! ```text
//! Leadership in residency (postcall default)                              1 of 3
//!
//! > Running effective meetings
//!     People leave knowing what was decided and who does what.
//!     > Opens with purpose and end time
//!       Draws in the quiet
//!     Suggested mapping: acgme:ICS2 Interprofessional and Team Communication
//!   Giving and seeking feedback
//!
//! Own wording after the three seed documents
//! ```
//!
//! From `TWO_COLUMNS` columns on, what the selected one means stands beside the list.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::domain::catalog::Catalog;
use crate::domain::competency::{Competency, Framework};
use crate::domain::plan::Plan;
use crate::domain::prose::{excerpt, visible_line};
use crate::tui::keymap::Action;
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::step::Step;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{clip, spread};
use crate::tui::widgets::text_area;

/// From this many columns on, what the selected one means stands beside the list.
const TWO_COLUMNS: u16 = 100;
/// Columns of the list then.
const LIST_COLUMNS: u16 = 48;
/// Longer lines are hard to read.
const WIDEST_TEXT: u16 = 80;
/// A screenful, for moving on in a list whose rows differ in height.
const PAGE: usize = 8;

/// The competencies of one framework at a time.
#[derive(Debug, Default)]
pub struct Frameworks {
    /// Place in the catalog.
    framework: usize,
    /// Place in [`arranged`].
    at: usize,
    /// Place among the behaviours of the selected competency, if it was opened.
    behaviour: Option<usize>,
}

/// A competency and whether it belongs under the one before that does not.
type Placed<'a> = (&'a Competency, bool);

/// The competencies, each followed by those that belong under it.
fn arranged(framework: &Framework) -> Vec<Placed<'_>> {
    let parent_of = |item: &Competency| {
        let parent = item.parent.as_ref()?;
        framework.items.iter().find(|other| other.id == *parent)
    };
    let roots = framework
        .items
        .iter()
        .filter(|item| parent_of(item).is_none());
    roots
        .flat_map(|root| {
            let under = framework.items.iter().filter(|item| {
                item.id != root.id && item.parent.as_ref().is_some_and(|id| *id == root.id)
            });
            std::iter::once((root, false)).chain(under.map(|item| (item, true)))
        })
        .collect()
}

impl Frameworks {
    fn shown<'a>(&self, catalog: &'a Catalog) -> Option<&'a Framework> {
        catalog.frameworks.get(self.framework)
    }

    fn selected<'a>(&self, catalog: &'a Catalog) -> Option<&'a Competency> {
        let items = arranged(self.shown(catalog)?);
        items.get(self.at).map(|(item, _)| *item)
    }

    /// Carries out an action of the list; says whether it was one.
    pub fn act(&mut self, action: Action, settings: &Settings, out: &mut Outbox) -> bool {
        let catalog = &settings.catalog;
        let selected = self.selected(catalog);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::Back if self.behaviour.is_some() => self.behaviour = None,
            Action::Back => out.step(Step::Close),
            Action::Open => self.open(selected, out),
            Action::AddGoal => {
                out.steps
                    .extend(selected.map(|item| Step::AddGoal(item.id.clone())));
            }
            Action::More => self.turn(1, catalog),
            Action::Less => self.turn(catalog.frameworks.len().saturating_sub(1), catalog),
            _ => return self.go(action, catalog),
        }
        true
    }

    fn open(&mut self, selected: Option<&Competency>, out: &mut Outbox) {
        let Some(item) = selected else { return };
        match self.behaviour.map(|at| item.behaviours.get(at)) {
            Some(Some(behaviour)) => {
                out.step(Step::Try(
                    Plan::of(&visible_line(behaviour)),
                    item.id.clone(),
                ));
            }
            Some(None) | None if item.behaviours.is_empty() => out.say(
                Tone::Done,
                "This framework gives names only, no behaviours to try.",
            ),
            Some(None) | None => self.behaviour = Some(0),
        }
    }

    /// Shows another framework, around at the ends.
    fn turn(&mut self, by: usize, catalog: &Catalog) {
        let next = (self.framework + by).checked_rem(catalog.frameworks.len());
        *self = Self {
            framework: next.unwrap_or(0),
            ..Self::default()
        };
    }

    /// Moves among the behaviours of the competency that was opened, else among the competencies;
    /// says whether the action was a move.
    fn go(&mut self, action: Action, catalog: &Catalog) -> bool {
        let opened = self.behaviour.zip(self.selected(catalog));
        let (at, rows) = if let Some((at, item)) = opened {
            (at, item.behaviours.len())
        } else {
            let items = self.shown(catalog).map_or(0, |shown| shown.items.len());
            (self.at, items)
        };
        let Some(to) = action.move_from(at, rows.saturating_sub(1), PAGE) else {
            return false;
        };
        match &mut self.behaviour {
            Some(behaviour) => *behaviour = to,
            None => self.at = to,
        }
        true
    }

    /// Draws the list, and what the selected one means.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let Some(framework) = self.shown(&settings.catalog) else {
            return;
        };
        let width = area.width;
        let said = said_of(framework, usize::from(width.min(WIDEST_TEXT + 4)), settings);
        let foot = u16::try_from(said.len())
            .unwrap_or(u16::MAX)
            .min(area.height / 4);
        let [head, list, _, foot] = Layout::vertical([
            Constraint::Length(2),
            Constraint::Fill(1),
            Constraint::Length(foot.min(1)),
            Constraint::Length(foot),
        ])
        .areas(area);
        self.view_head(framework, head, buffer, settings);
        if width >= TWO_COLUMNS {
            let [names, _, meaning, _] = Layout::horizontal([
                Constraint::Length(LIST_COLUMNS),
                Constraint::Length(2),
                Constraint::Fill(1),
                Constraint::Length(2),
            ])
            .areas(list);
            self.view_list(framework, names, buffer, settings, false);
            self.view_meaning(meaning, buffer, settings);
        } else {
            self.view_list(framework, list, buffer, settings, true);
        }
        for (line, row) in said.iter().zip(foot.rows()) {
            line.render(row, buffer);
        }
    }

    fn view_head(&self, framework: &Framework, area: Rect, buffer: &mut Buffer, s: &Settings) {
        let count = format!("{} of {} ", self.framework + 1, s.catalog.frameworks.len());
        let room = usize::from(area.width).saturating_sub(count.width() + 3);
        spread(
            vec![Span::styled(
                format!("  {}", excerpt(&framework.name, room)),
                s.theme.heading,
            )],
            vec![Span::styled(count, s.theme.dim)],
            usize::from(area.width),
        )
        .render(area, buffer);
    }

    /// The names; if `unfolds`, with what the selected one means under it.
    fn view_list(
        &self,
        framework: &Framework,
        area: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
        unfolds: bool,
    ) {
        let width = usize::from(area.width);
        let mut lines = Vec::new();
        // The row that keys act on, and the end of what belongs to it.
        let (mut acted_on, mut end) = (0, 0);
        for (at, placed) in arranged(framework).into_iter().enumerate() {
            let selected = at == self.at;
            let start = lines.len();
            let is_open = selected && self.behaviour.is_some();
            lines.push(name_line(placed, selected, is_open, width, &settings.theme));
            if selected {
                acted_on = start;
                if unfolds {
                    let (under, chosen) = self.meaning(placed.0, width.saturating_sub(6), settings);
                    acted_on += chosen.map_or(0, |row| row + 1);
                    lines.extend(under.into_iter().map(|line| indented(line, 4)));
                }
                end = lines.len();
            }
        }
        let room = usize::from(area.height).max(1);
        let first = end.saturating_sub(room).min(acted_on);
        for (line, row) in lines.into_iter().skip(first).zip(area.rows()) {
            line.render(row, buffer);
        }
    }

    /// What the selected competency means, beside the list.
    fn view_meaning(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let Some(item) = self.selected(&settings.catalog) else {
            return;
        };
        let width = usize::from(area.width.min(WIDEST_TEXT));
        let (meaning, chosen) = self.meaning(item, width, settings);
        let title = excerpt(&named(item), width);
        let mut lines = vec![Line::styled(title, settings.theme.heading), Line::default()];
        lines.extend(meaning);
        let room = usize::from(area.height).max(1);
        let first = chosen.map_or(0, |row| (row + 3).saturating_sub(room));
        for (line, row) in lines.into_iter().skip(first).zip(area.rows()) {
            line.render(row, buffer);
        }
    }

    /// Its sentence, its behaviours and its suggested mappings; and the row of the behaviour that
    /// keys act on.
    fn meaning<'a>(
        &self,
        item: &Competency,
        width: usize,
        settings: &Settings,
    ) -> (Vec<Line<'a>>, Option<usize>) {
        let theme = &settings.theme;
        let mut lines: Vec<Line> = wrapped(&item.text, width)
            .map(|row| Line::styled(row, theme.text))
            .collect();
        let mut chosen = None;
        for (at, behaviour) in item.behaviours.iter().enumerate() {
            let selected = self.behaviour == Some(at);
            let (marker, style) = if selected {
                chosen = Some(lines.len());
                (theme.glyphs.marker, theme.selected)
            } else {
                (theme.glyphs.nothing, theme.text)
            };
            for (row, text) in wrapped(behaviour, width.saturating_sub(2)).enumerate() {
                let marker = if row == 0 { marker } else { " " };
                lines.push(Line::from(vec![
                    Span::styled(format!("{marker} "), theme.accent),
                    Span::styled(text, style),
                ]));
            }
        }
        if !item.maps.is_empty() {
            let maps: Vec<String> = item
                .maps
                .iter()
                .map(|id| match settings.catalog.find_competency(id) {
                    Some(found) => format!("{id} {}", found.name),
                    None => id.clone(),
                })
                .collect();
            let text = format!("Suggested mapping: {}", maps.join("; "));
            lines.extend(wrapped(&text, width).map(|row| Line::styled(row, theme.dim)));
        }
        (lines, chosen)
    }
}

/// A row of the list. One whose behaviours are open is no longer what keys act on.
fn name_line<'a>(
    (item, is_under): Placed<'_>,
    selected: bool,
    is_open: bool,
    width: usize,
    theme: &Theme,
) -> Line<'a> {
    let marker = if selected { theme.glyphs.marker } else { " " };
    let style = match (selected, is_open) {
        (true, false) => theme.selected,
        (true, true) => theme.heading,
        (false, _) => theme.text,
    };
    let indent = if is_under { "  " } else { "" };
    clip(
        vec![
            Span::styled(format!("{marker} {indent}"), theme.accent),
            Span::styled(named(item), style),
        ],
        width,
    )
}

/// What people read: the name, after its code where a framework has codes.
fn named(item: &Competency) -> String {
    let id = item.id.as_str();
    match id.split_once(':') {
        Some((_, code)) => visible_line(&format!("{code}  {}", item.name)),
        None => visible_line(&item.name),
    }
}

/// Where the names come from, and what must be said with them.
fn said_of<'a>(framework: &Framework, width: usize, settings: &Settings) -> Vec<Line<'a>> {
    let room = width.saturating_sub(4);
    [&framework.source, &framework.notice]
        .into_iter()
        .filter(|text| !text.is_empty())
        .flat_map(|text| wrapped(text, room).collect::<Vec<_>>())
        .map(|row| Line::styled(format!("  {row}"), settings.theme.dim))
        .collect()
}

fn indented(mut line: Line<'_>, by: usize) -> Line<'_> {
    line.spans.insert(0, Span::raw(" ".repeat(by)));
    line
}

/// The text on as many rows as it takes.
fn wrapped(text: &str, width: usize) -> impl Iterator<Item = String> + use<> {
    let text = visible_line(text);
    let rows: Vec<String> = text_area::rows(&text, width)
        .filter_map(|row| text.get(row))
        .map(|row| row.trim_end().to_owned())
        .filter(|row| !row.is_empty())
        .collect();
    rows.into_iter()
}
