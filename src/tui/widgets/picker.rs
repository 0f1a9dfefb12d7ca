//! A list to choose from by typing a part of a name: templates, competencies, commands.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::line_input::LineInput;
use super::text_area::{EditAction, Killed, Outcome};
use crate::domain::prose::excerpt;
use crate::domain::texts::Texts;

/// Cells under which a cut detail says nothing and is left out.
const SHORTEST_DETAIL: usize = 8;

/// Cells of a name beside which details still stand; of a longer name the end is cut.
const WIDEST_NAME: usize = 44;

/// Where names begin: after the pointer.
const NAME_COLUMN: usize = 2;

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// What choosing it gives.
    pub value: T,
    /// What it is called.
    pub name: String,
    /// What stands dim beside the name: a key, a description.
    pub detail: String,
    /// Words that find it too but are not shown.
    pub keywords: String,
}

/// How a picker is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PickerStyles {
    /// The filter and the names.
    pub text: Style,
    /// Details, the empty filter's hint, and that nothing matches.
    pub dim: Style,
    /// The selected row, patched over the others.
    pub selected: Style,
}

/// A filter line and the choices that match it, best first. Something is always selected unless
/// nothing matches.
#[derive(Debug, Clone)]
pub struct Picker<T> {
    choices: Vec<Choice<T>>,
    filter: LineInput,
    /// Places in `choices`.
    matching: Vec<usize>,
    /// Place in `matching`.
    selected: usize,
    /// The first row shown.
    top: usize,
    rows: usize,
}

impl<T> Texts for Picker<T> {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        self.choices.each_text(visit);
        self.filter.each_text(visit);
    }
}

impl<T> Texts for Choice<T> {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        visit(&mut self.name);
        visit(&mut self.detail);
        visit(&mut self.keywords);
    }
}

impl<T: Clone + PartialEq> Picker<T> {
    /// A list from which one is chosen.
    #[must_use]
    pub fn one_of(choices: Vec<Choice<T>>) -> Self {
        Self {
            matching: (0..choices.len()).collect(),
            choices,
            filter: LineInput::default(),
            selected: 0,
            top: 0,
            rows: usize::MAX,
        }
    }

    /// The selected choice.
    #[must_use]
    pub fn selected(&self) -> Option<&Choice<T>> {
        self.choices.get(*self.matching.get(self.selected)?)
    }

    /// The choices that match the filter, best first.
    pub fn matching(&self) -> impl Iterator<Item = &Choice<T>> {
        self.matching
            .iter()
            .filter_map(|place| self.choices.get(*place))
    }

    /// What is typed into the filter.
    #[must_use]
    pub fn filter(&self) -> &str {
        self.filter.text()
    }

    /// Does what a key asks for: moves up and down select, everything else edits the filter.
    pub fn apply(&mut self, action: EditAction, killed: &mut Killed) -> Outcome {
        let page = self.rows.saturating_sub(1).clamp(1, 100).cast_signed();
        match action {
            EditAction::Up => self.select(-1),
            EditAction::Down => self.select(1),
            EditAction::PageUp => self.select(-page),
            EditAction::PageDown => self.select(page),
            EditAction::Newline
            | EditAction::DeleteBack
            | EditAction::DeleteForward
            | EditAction::KillWordBack
            | EditAction::KillWordForward
            | EditAction::KillBlankBack
            | EditAction::KillToLineEnd
            | EditAction::KillToLineStart
            | EditAction::Yank
            | EditAction::Left
            | EditAction::Right
            | EditAction::WordLeft
            | EditAction::WordRight
            | EditAction::LineStart
            | EditAction::LineEnd
            | EditAction::TextStart
            | EditAction::TextEnd
            | EditAction::Undo
            | EditAction::Redo => {
                let outcome = self.filter.apply(action, killed);
                self.refilter(outcome)
            }
        }
    }

    /// Types into the filter.
    pub fn type_char(&mut self, c: char) -> Outcome {
        let outcome = self.filter.type_char(c);
        self.refilter(outcome)
    }

    /// Pastes into the filter.
    pub fn paste(&mut self, text: &str) -> Outcome {
        let outcome = self.filter.paste(text);
        self.refilter(outcome)
    }

    /// Takes the size that the layout gives; the selection stays in sight.
    pub fn set_size(&mut self, size: Size) {
        self.filter.set_width(size.width.saturating_sub(2));
        self.rows = usize::from(size.height).saturating_sub(1);
        self.show_selected();
    }

    /// What it takes to show the filter and every choice.
    #[must_use]
    pub fn desired_size(&self) -> Size {
        let details = self.choices.iter().map(|choice| choice.detail.width());
        let width = self.detail_column() + details.max().unwrap_or(0);
        Size {
            width: u16::try_from(width).unwrap_or(u16::MAX),
            height: u16::try_from(self.choices.len() + 1).unwrap_or(u16::MAX),
        }
    }

    /// Draws filter and list; says where the terminal's cursor belongs. `hint` stands in the empty
    /// filter.
    #[must_use]
    pub fn render(
        &self,
        rect: Rect,
        buffer: &mut Buffer,
        hint: &str,
        styles: &PickerStyles,
    ) -> Option<Position> {
        let rect = rect.intersection(buffer.area);
        let mut rows = rect.rows();
        let line = rows.next()?;
        let field = Rect {
            x: line.x + line.width.min(2),
            width: line.width.saturating_sub(2),
            ..line
        };
        put(buffer, line, 0, "/ ", styles.dim);
        let cursor = self.filter.render(field, buffer, styles.text, &[]);
        if self.filter().is_empty() {
            put(buffer, field, 0, hint, styles.dim);
        }
        if self.matching.is_empty()
            && let Some(row) = rows.next()
        {
            put(buffer, row, 2, "Nothing matches.", styles.dim);
            return cursor;
        }
        for (row, (at, choice)) in rows.zip(self.rows_from_top()) {
            self.render_row(row, buffer, at, choice, styles);
        }
        cursor
    }

    fn rows_from_top(&self) -> impl Iterator<Item = (usize, &Choice<T>)> {
        self.matching
            .iter()
            .enumerate()
            .skip(self.top)
            .take(self.rows)
            .filter_map(|(at, place)| Some((at, self.choices.get(*place)?)))
    }

    fn render_row(
        &self,
        row: Rect,
        buffer: &mut Buffer,
        at: usize,
        choice: &Choice<T>,
        styles: &PickerStyles,
    ) {
        let is_selected = at == self.selected;
        let over = if is_selected {
            styles.selected
        } else {
            Style::new()
        };
        buffer.set_style(row, styles.text.patch(over));
        if is_selected {
            put(buffer, row, 0, ">", styles.text.patch(over));
        }
        let beside = self.detail_column();
        let room = usize::from(row.width).saturating_sub(beside);
        let detailed = room >= SHORTEST_DETAIL || room >= choice.detail.width();
        let style = styles.text.patch(over);
        if detailed {
            let name = excerpt(&choice.name, beside.saturating_sub(NAME_COLUMN + 2));
            put(buffer, row, NAME_COLUMN, &name, style);
            put(buffer, row, beside, &choice.detail, styles.dim.patch(over));
        } else {
            put(buffer, row, NAME_COLUMN, &choice.name, style);
        }
    }

    /// Where details begin: beside the longest name.
    fn detail_column(&self) -> usize {
        let names = self.choices.iter().map(|choice| choice.name.width());
        NAME_COLUMN + names.max().unwrap_or(0).min(WIDEST_NAME) + 2
    }

    fn select(&mut self, by: isize) -> Outcome {
        let last = self.matching.len().saturating_sub(1);
        let selected = self.selected.saturating_add_signed(by).min(last);
        if selected == self.selected {
            return Outcome::Unchanged;
        }
        self.selected = selected;
        self.show_selected();
        Outcome::Moved
    }

    fn refilter(&mut self, outcome: Outcome) -> Outcome {
        if outcome == Outcome::Changed {
            let filter = self.filter.text().to_lowercase();
            let mut ranked: Vec<_> = self
                .choices
                .iter()
                .enumerate()
                .filter_map(|(place, choice)| Some((rank(choice, &filter)?, place)))
                .collect();
            ranked.sort_unstable();
            self.matching = ranked.into_iter().map(|(_, place)| place).collect();
            self.selected = 0;
            self.show_selected();
        }
        outcome
    }

    fn show_selected(&mut self) {
        let rows = self.rows.max(1);
        self.top = self
            .top
            .clamp((self.selected + 1).saturating_sub(rows), self.selected)
            .min(self.matching.len().saturating_sub(rows));
    }
}

/// How well a choice matches a filter in lower case; the smaller the better, `None` not at all.
/// Every word must occur. A name that begins with the filter comes first, then names in which each
/// word begins a word, then the rest.
fn rank<T>(choice: &Choice<T>, filter: &str) -> Option<u8> {
    let name = choice.name.to_lowercase();
    let everything = format!("{name} {}", choice.keywords.to_lowercase());
    let begins_word = |word: &str| {
        name.split(|c: char| !c.is_alphanumeric())
            .any(|part| part.starts_with(word))
    };
    if !filter
        .split_whitespace()
        .all(|word| everything.contains(word))
    {
        None
    } else if name.starts_with(filter.trim()) {
        Some(0)
    } else if filter.split_whitespace().all(begins_word) {
        Some(1)
    } else {
        Some(2)
    }
}

/// Writes what fits from this column of a row on.
fn put(buffer: &mut Buffer, row: Rect, column: usize, text: &str, style: Style) {
    let room = usize::from(row.width).saturating_sub(column);
    if let Ok(column) = u16::try_from(column)
        && room > 0
        && !row.is_empty()
    {
        buffer.set_stringn(row.x + column, row.y, excerpt(text, room), room, style);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn choice(name: &str, keywords: &str) -> Choice<String> {
        Choice {
            value: name.to_owned(),
            name: name.to_owned(),
            detail: "detail".to_owned(),
            keywords: keywords.to_owned(),
        }
    }

    fn picker() -> Picker<String> {
        let choices = vec![
            choice("Running effective meetings", ""),
            choice("Giving and seeking feedback", "feedback"),
            choice("Effective teams", "team"),
            choice("Élan", ""),
        ];
        Picker::one_of(choices)
    }

    fn names(picker: &Picker<String>) -> Vec<&str> {
        picker
            .matching
            .iter()
            .map(|place| picker.choices[*place].name.as_str())
            .collect()
    }

    #[test]
    fn every_typed_word_must_occur_and_beginnings_come_first() {
        let cases: &[(&str, &[&str])] = &[
            ("eff", &["Effective teams", "Running effective meetings"]),
            ("meet run", &["Running effective meetings"]),
            ("FEED", &["Giving and seeking feedback"]),
            ("team", &["Effective teams"]),
            ("éla", &["Élan"]),
            (
                "ing",
                &["Running effective meetings", "Giving and seeking feedback"],
            ),
            ("zz", &[]),
        ];
        for (typed, expected) in cases {
            let mut picker = picker();
            let _ = picker.paste(typed);
            assert_eq!(names(&picker), *expected, "{typed}");
            assert_eq!(
                picker.selected().map(|choice| choice.name.as_str()),
                expected.first().copied()
            );
        }
    }

    #[test]
    fn the_list_shows_the_pointer_and_details() {
        let mut picker = picker();
        let size = Size::new(44, 4);
        picker.set_size(size);
        let mut killed = Killed::default();
        let _ = picker.apply(EditAction::Down, &mut killed);
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        let rect = buffer.area;
        let cursor = picker.render(rect, &mut buffer, "type a name", &PickerStyles::default());
        assert_eq!(
            buffer,
            Buffer::with_lines([
                "/ type a name                               ",
                "  Running effective meetings   detail       ",
                "> Giving and seeking feedback  detail       ",
                "  Effective teams              detail       ",
            ])
        );
        assert_eq!(cursor, Some(Position::new(2, 0)));
    }

    proptest! {
        #[test]
        fn the_selection_is_in_sight_at_every_size(
            width in 0_u16..40, height in 0_u16..7, moves in prop::collection::vec(-9_isize..9, 0..6), typed in "[a-e ]{0,3}",
        ) {
            let mut picker = picker();
            picker.set_size(Size::new(width, height));
            let _ = picker.paste(&typed);
            for by in moves {
                let _ = picker.select(by);
            }
            let mut buffer = Buffer::empty(Rect::new(0, 0, 30, 5));
            let _ = picker.render(Rect::new(1, 1, width, height), &mut buffer, "hint", &PickerStyles::default());
            let seen = picker.top..picker.top + picker.rows.max(1);
            prop_assert!(picker.matching.is_empty() || seen.contains(&picker.selected));
        }
    }
}
