//! A list to choose from by typing: an action, a template, a competency.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::template::TemplateId;
use crate::tui::keymap::{Action, Context, Keymap};
use crate::tui::model::{Outbox, Settings, Step};
use crate::tui::widgets::columns::spread;
use crate::tui::widgets::line_input::LineInput;
use crate::tui::widgets::text_area::Killed;

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// An action, as if its key had been pressed.
    Act(Action),
    /// A template.
    Template(TemplateId),
    /// A competency.
    Competency(CompetencyId),
}

#[derive(Debug)]
struct Item {
    label: String,
    detail: String,
    choice: Choice,
}

/// A filter line over a list.
#[derive(Debug)]
pub struct Palette {
    title: &'static str,
    items: Vec<Item>,
    input: LineInput,
    selected: usize,
}

/// Rows of the list at most.
const ROWS: u16 = 14;

impl Palette {
    /// Every action that has a meaning where the focus is.
    #[must_use]
    pub fn of_actions(keymap: &Keymap, contexts: &[Context]) -> Self {
        let items = keymap
            .commands(contexts)
            .into_iter()
            .map(|(help, key, action)| Item {
                label: help.to_owned(),
                detail: key,
                choice: Choice::Act(action),
            })
            .collect();
        Self::new("Commands", items)
    }

    /// Every template but the weekly review, which has a place of its own.
    #[must_use]
    pub fn of_templates(catalog: &Catalog) -> Self {
        let templates = catalog.templates.iter().filter(|t| t.id != TemplateId::WEEK);
        let items = templates
            .map(|template| Item {
                label: template.title.clone(),
                detail: template.id.to_string(),
                choice: Choice::Template(template.id.clone()),
            })
            .collect();
        Self::new("Template", items)
    }

    /// The competencies of the active framework that are not chosen yet.
    #[must_use]
    pub fn of_competencies(catalog: &Catalog, chosen: &[CompetencyId]) -> Self {
        let free = catalog.competencies().iter().filter(|item| !chosen.contains(&item.id));
        let items = free
            .map(|item| Item {
                label: item.name.clone(),
                detail: item.id.to_string(),
                choice: Choice::Competency(item.id.clone()),
            })
            .collect();
        Self::new("Competency", items)
    }

    fn new(title: &'static str, items: Vec<Item>) -> Self {
        Self { title, items, input: LineInput::default(), selected: 0 }
    }

    /// The items whose label or detail has every typed word in it; those whose label begins with
    /// the first typed word come first.
    fn matching(&self) -> Vec<&Item> {
        let typed = self.input.text().to_lowercase();
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut found: Vec<(bool, &Item)> = self
            .items
            .iter()
            .filter_map(|item| {
                let label = item.label.to_lowercase();
                let all = format!("{label} {}", item.detail.to_lowercase());
                let fits = words.iter().all(|word| all.contains(word));
                let begins = words.first().is_some_and(|word| label.starts_with(word));
                fits.then_some((!begins, item))
            })
            .collect();
        found.sort_by_key(|(later, _)| *later);
        found.into_iter().map(|(_, item)| item).collect()
    }

    /// Types into the filter line.
    pub fn insert(&mut self, text: &str) {
        let _ = self.input.paste(text);
        self.selected = 0;
    }

    /// Carries out an action of the list; says whether it was one.
    pub fn act(&mut self, action: Action, out: &mut Outbox) -> bool {
        let matching = self.matching();
        let last = matching.len().saturating_sub(1);
        let page = usize::from(ROWS) - 1;
        #[expect(clippy::wildcard_enum_match_arm, reason = "every other action is not for here")]
        match action {
            Action::Accept => {
                if let Some(item) = matching.get(self.selected) {
                    out.step(Step::Chosen(item.choice.clone()));
                }
            }
            Action::Back => out.step(Step::Close),
            Action::Down => self.selected = (self.selected + 1).min(last),
            Action::Up => self.selected = self.selected.saturating_sub(1),
            Action::PageDown => self.selected = (self.selected + page).min(last),
            Action::PageUp => self.selected = self.selected.saturating_sub(page),
            Action::Text(edit) => {
                let _ = self.input.apply(edit, &mut Killed::default());
                self.selected = 0;
            }
            _ => return false,
        }
        true
    }

    /// Draws the list over the upper middle of the area; says where the cursor stands.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) -> Option<Position> {
        let theme = &settings.theme;
        let matching = self.matching();
        let width = area.width.saturating_sub(8).min(72).max(area.width.min(30));
        let height = (ROWS + 2).min(area.height);
        let panel = Rect {
            x: area.x + (area.width - width) / 2,
            y: area.y,
            width,
            height,
        };
        Clear.render(panel, buffer);
        let block = theme.panel(self.title);
        let inner = block.inner(panel);
        block.render(panel, buffer);
        let mut rows = inner.rows();
        let line = rows.next()?;
        Line::styled(" > ", theme.accent).render(line, buffer);
        let field = Rect { x: line.x + 3.min(line.width), width: line.width.saturating_sub(3), ..line };
        let cursor = self.input.render(field, buffer, theme.text, &[]);
        let room = usize::from(inner.height).saturating_sub(1).max(1);
        let first = (self.selected + 1).saturating_sub(room);
        for ((at, item), row) in matching.iter().enumerate().skip(first).zip(rows) {
            let selected = at == self.selected;
            let marker = if selected { theme.glyphs.marker } else { " " };
            let style = if selected { theme.selected } else { theme.text };
            let left = vec![
                Span::styled(format!(" {marker} "), theme.accent),
                Span::styled(crate::domain::prose::visible_line(&item.label), style),
            ];
            let right = vec![Span::styled(format!("{} ", crate::domain::prose::visible_line(&item.detail)), theme.dim)];
            spread(left, right, usize::from(row.width)).render(row, buffer);
        }
        cursor
    }
}
