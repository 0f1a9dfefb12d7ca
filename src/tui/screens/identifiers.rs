//! The line before saving where possible identifiers stand in the text: replace, edit, save anyway.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings};
use crate::tui::step::Step;
use crate::tui::widgets::columns::foot;

/// What becomes of possible identifiers when their reflection is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtSave {
    /// The suggestions take their place.
    Replace,
    /// The writer looks at them first; nothing is saved.
    Edit,
    /// They stay.
    LetStand,
}

/// The line. The text stays with the editor under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifiers {
    count: usize,
}

impl Identifiers {
    /// Asks about so many.
    #[must_use]
    pub const fn new(count: usize) -> Self {
        Self { count }
    }

    /// Takes the answer; says whether it was one.
    pub fn act(action: Action, out: &mut Outbox) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is no answer"
        )]
        let answer = match action {
            Action::ReplaceIdentifier => AtSave::Replace,
            Action::Edit => AtSave::Edit,
            Action::Save => AtSave::LetStand,
            _ => return false,
        };
        out.step(Step::Settle(answer));
        true
    }

    /// Draws the line at the foot of the screen; the keys under it where they do not fit beside it.
    pub fn view(self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let theme = &settings.theme;
        let plural = if self.count == 1 { "" } else { "s" };
        let words = format!(" {} possible identifier{plural}: ", self.count);
        let mut keys = Vec::new();
        for (key, word) in settings.keymap.hints(&[Context::Identifiers]) {
            keys.push(Span::styled(format!(" {key}"), theme.accent));
            keys.push(Span::styled(format!(" {word} "), theme.dim));
        }
        foot(Span::styled(words, theme.warning), keys, area, buffer);
    }
}
