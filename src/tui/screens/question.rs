//! A yes-or-no question, and what its yes does.

use crate::domain::texts::texts;
use crate::tui::effect::Ask;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Step};

/// What a yes does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yes {
    /// Deletes the trash for good.
    EmptyTrash,
    /// Leaves the editor although the draft could not be kept.
    LeaveUnkept,
    /// Saves a reflection that was changed elsewhere as one of its own.
    SaveBeside,
    /// Saves a reflection that was deleted elsewhere, and takes it out of the trash.
    SaveOutOfTrash,
}

/// A question at the foot of the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// What a yes does; a no does nothing.
    pub yes: Yes,
}

texts!(Question { text } beside { yes });

impl Question {
    /// What has the focus. Where a yes loses words, it is a key that no sentence has in it.
    #[must_use]
    pub const fn context(&self) -> Context {
        match self.yes {
            Yes::LeaveUnkept => Context::Losing,
            Yes::EmptyTrash | Yes::SaveBeside | Yes::SaveOutOfTrash => Context::Question,
        }
    }

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
                    Yes::SaveOutOfTrash => out.step(Step::SaveOutOfTrash),
                }
            }
            Action::No => out.step(Step::Close),
            _ => return false,
        }
        true
    }
}
