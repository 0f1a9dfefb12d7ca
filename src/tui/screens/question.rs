//! A yes-or-no question, and what its yes does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::Widget;

use crate::tui::effect::Ask;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Step};
use crate::tui::widgets::columns::clip;

/// What a yes does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yes {
    /// Deletes the trash for good.
    EmptyTrash,
    /// Leaves the editor although the draft could not be kept.
    LeaveUnkept,
    /// Saves a reflection that was changed or deleted elsewhere as one of its own.
    SaveBeside,
}

/// A question at the foot of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question, one line.
    pub text: String,
    /// What a yes does; a no does nothing.
    pub yes: Yes,
}

impl Question {
    /// Takes the answer; says whether it was one.
    pub fn act(&self, action: Action, out: &mut Outbox) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is no answer"
        )]
        match action {
            Action::Yes => {
                out.step(Step::Close);
                match self.yes {
                    Yes::EmptyTrash => _ = out.ask(Ask::EmptyTrash),
                    Yes::LeaveUnkept => out.step(Step::Close),
                    Yes::SaveBeside => out.step(Step::SaveBeside),
                }
            }
            Action::No => out.step(Step::Close),
            _ => return false,
        }
        true
    }

    /// Draws the question.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let theme = &settings.theme;
        let mut spans = vec![Span::styled(format!(" {}", self.text), theme.warning)];
        for (key, word) in settings.keymap.hints(&[Context::Question]) {
            spans.push(Span::styled(format!("  {key}"), theme.accent));
            spans.push(Span::styled(format!(" {word}"), theme.dim));
        }
        clip(spans, usize::from(area.width)).render(area, buffer);
    }
}
