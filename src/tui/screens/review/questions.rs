//! The questions of the week, and what was written under them.

use ratatui::text::{Line, Span};

use crate::domain::prose::{visible, visible_line};
use crate::domain::reflection::Field;
use crate::domain::template::TemplateId;
use crate::journal::{WeekPage, Written};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::Settings;
use crate::tui::widgets::columns::{clip, spread};

use super::week::wrapped;

/// From this many columns on, the key and what it does stand beside the first question.
const BESIDE: usize = 60;

/// The lines; the first one is what Enter acts on.
pub fn lines<'a>(
    page: &WeekPage,
    selected: bool,
    width: usize,
    settings: &Settings,
) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let template = settings.catalog.template(&TemplateId::WEEK);
    let key = settings.keymap.key_of(Context::Review, Action::Write);
    let (does, style) = match (&page.written, page.review.saved) {
        (Some(Written::Begun(_)), _) => ("  goes on; not saved yet", theme.warning),
        (Some(Written::Saved(_)), _) => ("  changes it", theme.dim),
        (None, Some(_)) => ("  damaged: the Journal shows it", theme.warning),
        (None, None) => ("  writes, three questions", theme.dim),
    };
    let state = vec![
        Span::styled(key, theme.accent),
        Span::styled(format!("{does}  "), style),
    ];
    let mut lines: Vec<Line> = Vec::new();
    for field in Field::ALL {
        let text = page.written.as_ref().map(|written| text(written, field));
        let text = text.filter(|text| !text.trim().is_empty());
        let prompt = match template.prompt(field) {
            "" if field == Field::Note => continue,
            "" => field.label(),
            prompt => prompt,
        };
        let is_first = lines.is_empty();
        let is_selected = is_first && selected;
        let marker = if is_selected {
            theme.glyphs.marker
        } else {
            " "
        };
        let style = if is_selected {
            theme.selected
        } else if text.is_some() {
            theme.dim
        } else {
            theme.text
        };
        let prompt = visible_line(prompt);
        for (at, row) in wrapped(&prompt, width.saturating_sub(2)).enumerate() {
            let marker = if at == 0 { marker } else { " " };
            let left = vec![
                Span::styled(format!("{marker} "), theme.accent),
                Span::styled(row, style),
            ];
            let is_state_beside = is_first && at == 0 && width >= BESIDE;
            let right = if is_state_beside { &*state } else { &[] };
            lines.push(spread(left, right.to_vec(), width));
        }
        if is_first && width < BESIDE {
            let mut under = vec![Span::raw("    ")];
            under.extend(state.clone());
            lines.push(clip(under, width));
        }
        match text {
            Some(text) => {
                let shown = visible(text);
                let rows = wrapped(&shown, width.saturating_sub(6));
                lines.extend(rows.map(|row| Line::styled(format!("    {row}"), theme.text)));
            }
            None if field == Field::TryNext && page.review.moments_without_experiment => {
                let words = "The last three entries name a moment and no plan yet.";
                lines.push(Line::styled(format!("    {words}"), theme.dim));
            }
            None => {}
        }
    }
    lines
}

fn text(written: &Written, field: Field) -> &str {
    match written {
        Written::Saved(entry) => entry.text(field),
        Written::Begun(draft) => draft.text(field),
    }
}
