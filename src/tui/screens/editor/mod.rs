//! The editor: a reflection being written.

use chrono::{DateTime, FixedOffset, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::domain::draft::{Draft, DraftError};
use crate::domain::id::ExperimentId;
use crate::domain::prose::Prose;
use crate::domain::reflection::Field;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings};
use crate::tui::screens::palette::Choice;

/// A reflection being written.
///
/// The shell (update.rs) does: opening it from a ready draft, `Action::Save`, `Action::Back`,
/// keeping the draft when [`Editor::changed_at`] says so, and putting the answering strip, the
/// palette and the notice over it. The editor does everything else.
#[derive(Debug)]
pub struct Editor {
    draft: Draft,
    dirty: bool,
}

impl Editor {
    /// A form for this draft, the first field having the focus.
    #[must_use]
    pub fn new(draft: Draft, size: Size, settings: &Settings) -> Self {
        let _ = (size, settings);
        Self {
            draft,
            dirty: false,
        }
    }

    /// What has the focus, innermost first (without `Always`): `[Editor, Text]` in a text field,
    /// `[Row, Editor]` in a row.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        vec![Context::Editor, Context::Text]
    }

    /// Everything in the form as it is now.
    #[must_use]
    pub fn draft(&self) -> Draft {
        self.draft.clone()
    }

    /// Whether something changed since the last [`Editor::kept`].
    #[must_use]
    pub const fn is_dirty(&self) -> bool {
        self.dirty
    }

    /// The draft as it was at this moment is on the disk.
    pub fn kept(&mut self) {
        self.dirty = false;
    }

    /// The draft could not be kept: it is dirty again.
    pub fn not_kept(&mut self) {
        self.dirty = true;
    }

    /// The draft no longer changes a saved reflection: saving makes one of its own.
    pub fn save_beside(&mut self) {
        self.draft.editing = None;
    }

    /// The text field that has the focus and its text, for the external editor; `None` in a row.
    #[must_use]
    pub fn focused_text(&self) -> Option<(Field, String)> {
        None
    }

    /// Types a character into the focused field (a digit or letter in a row is an `Action` or ignored).
    pub fn type_char(&mut self, c: char, out: &mut Outbox, settings: &Settings) {
        let _ = (c, out, settings);
    }

    /// Pastes into the focused field; refused whole, in words, if it does not fit or no text has the focus.
    pub fn paste(&mut self, text: &str, out: &mut Outbox, settings: &Settings) {
        let _ = (text, out, settings);
    }

    /// Carries out an action; says whether it was one of the editor's.
    pub fn act(
        &mut self,
        action: Action,
        today: NaiveDate,
        out: &mut Outbox,
        settings: &Settings,
    ) -> bool {
        let _ = (action, today, out, settings);
        false
    }

    /// A template or a competency was chosen.
    pub fn chosen(&mut self, choice: &Choice, settings: &Settings) {
        let _ = (choice, settings);
    }

    /// Words an old experiment anew: its text becomes "Try next" (if that is empty, else after it), and the new one follows it.
    pub fn reword(&mut self, text: &Prose, follows: ExperimentId) {
        let _ = (text, follows);
    }

    /// Takes the text that the external editor left; refused whole, in words, if it does not fit. Says whether it was taken.
    pub fn external_text(&mut self, field: Field, text: &str, out: &mut Outbox) -> bool {
        let _ = (field, text, out);
        true
    }

    /// Shows why the draft cannot be saved, at the fields it is about, and focuses the first.
    pub fn refused(&mut self, errors: Vec<DraftError>) {
        let _ = errors;
    }

    /// The terminal has another size.
    pub fn resized(&mut self, size: Size) {
        let _ = size;
    }

    /// A click.
    pub fn click(&mut self, at: Position, area: Rect, settings: &Settings) {
        let _ = (at, area, settings);
    }

    /// The shift in words, for the header: as `domain::shift::describe`.
    #[must_use]
    pub fn headline(&self, today: NaiveDate) -> String {
        crate::domain::shift::describe(self.draft.shift, self.draft.shift_date, today)
    }

    /// Draws the form; says where the cursor stands.
    pub fn view(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        settings: &Settings,
        now: DateTime<FixedOffset>,
    ) -> Option<Position> {
        let _ = (area, buffer, settings, now);
        None
    }
}
