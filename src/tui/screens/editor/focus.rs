//! What has the focus, how it moves, and what the layout then is.

use ratatui::layout::{Position, Rect, Size};

use crate::domain::calm;
use crate::domain::reflection::Field;
use crate::tui::model::Settings;

use super::Editor;
use super::layout::{self, Layout, Wishes};
use super::rows::{Row, Turn};

/// What has the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// A text field.
    Text(Field),
    /// A row of the details.
    Row(Row),
}

impl Editor {
    /// A click: the focus goes there, and the cursor to the character under it.
    pub fn click(&mut self, at: Position, area: Rect, settings: &Settings) {
        let layout = self.layout(area);
        let place = layout
            .fields
            .iter()
            .find(|place| place.label.contains(at) || place.text.contains(at));
        if let Some(place) = place {
            self.focus_text(place.field);
            if place.text.contains(at) {
                let cell = Position::new(at.x - place.text.x, at.y - place.text.y);
                let area = self.text_area_mut(place.field);
                let _ = area.move_to(area.offset_at(cell));
            }
        } else if layout.details.contains(at) {
            let lines = self.detail_lines(layout.details, layout.in_full, settings);
            let line = usize::from(at.y - layout.details.y);
            if let Some(row) = lines.get(line) {
                self.focus_row(*row);
            }
        }
        self.lay_out();
    }

    /// The fields that are shown: a note only where the template asks for one or one was written.
    pub(super) fn fields(&self) -> Vec<Field> {
        let shows_note = self.template.note.is_some() || !self.note.text().is_empty();
        Field::ALL
            .into_iter()
            .filter(|field| *field != Field::Note || shows_note)
            .collect()
    }

    /// Moves the focus one on, around at the ends.
    pub(super) fn move_focus(&mut self, turn: Turn) -> bool {
        let stops: Vec<Focus> = self
            .fields()
            .into_iter()
            .map(Focus::Text)
            .chain(Row::of(&self.draft).into_iter().map(Focus::Row))
            .collect();
        let at = stops.iter().position(|stop| *stop == self.focus);
        let next = at.and_then(|at| stops.get(turn.around(at, stops.len())?));
        match next {
            Some(Focus::Text(field)) => self.focus_text(*field),
            Some(Focus::Row(row)) => self.focus_row(*row),
            None => self.focus_text(Field::WentWell),
        }
        true
    }

    pub(super) fn focus_text(&mut self, field: Field) {
        self.leave_focus();
        self.focus = Focus::Text(field);
        self.roomy = field;
    }

    pub(super) fn focus_row(&mut self, row: Row) {
        self.leave_focus();
        self.focus = Focus::Row(row);
    }

    pub(super) fn leave_focus(&mut self) {
        match self.focus {
            Focus::Text(field) => {
                self.text_area_mut(field).settle();
                self.look_through(field);
            }
            Focus::Row(_) => self.picking.reset(),
        }
    }

    pub(super) fn layout(&self, area: Rect) -> Layout {
        let width = layout::text_width(area);
        let wanted = |field| (field, self.text_area(field).desired_height(width));
        let fields: Vec<_> = self.fields().into_iter().map(wanted).collect();
        // The row that has the focus says under it what can be chosen: two lines mostly do.
        let details = u16::try_from(Row::of(&self.draft).len() + 2).unwrap_or(u16::MAX);
        let calm = self.calm_line(area).map_or(0, |line| line.height);
        let area = Rect {
            height: area.height - calm,
            ..area
        };
        Layout::of(
            area,
            &Wishes {
                fields: &fields,
                roomy: self.roomy,
                details,
                in_details: matches!(self.focus, Focus::Row(_)),
            },
        )
    }

    /// The last line, where a pause is offered after what the rows say.
    pub(super) fn calm_line(&self, area: Rect) -> Option<Rect> {
        let offered = calm::is_offered(self.draft.energy, &self.draft.signals);
        (offered && area.height > 0).then(|| Rect {
            y: area.bottom() - 1,
            height: 1,
            ..area
        })
    }

    /// Tells the text areas their sizes, which keeps the cursor in sight.
    pub(super) fn lay_out(&mut self) {
        for place in self.layout(self.area).fields {
            let size = Size::new(layout::text_width(self.area), place.text.height);
            self.text_area_mut(place.field).set_size(size);
        }
    }
}
