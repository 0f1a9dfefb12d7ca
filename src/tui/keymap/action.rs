//! What the writer can do, and where the keys that move lead in a list or a long text.

use crate::tui::widgets::text_area::EditAction;

/// Something the writer can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Leave the program.
    Quit,
    /// Show what the keys do here.
    Help,
    /// Choose an action by its name.
    Palette,
    /// Stop the process until the shell continues it.
    Suspend,
    /// Paint the screen again.
    Redraw,
    /// Hide everything at once.
    Blank,
    /// Set a passphrase, where one is offered.
    SetPassphrase,
    /// Say what a passphrase does, and how it is set.
    TellOfPassphrase,
    /// Offer no passphrase any more.
    DeclinePassphrase,
    /// Take two slow breaths.
    Breathe,
    /// Show somebody to talk to.
    Support,
    /// Go to Today.
    GoToday,
    /// Go to the Journal.
    GoJournal,
    /// Go to the Review; from there, to the present week.
    GoReview,
    /// Go to Trends.
    GoTrends,
    /// Go to the Goals.
    GoGoals,
    /// Begin a reflection, or continue the one left unfinished.
    Reflect,
    /// Begin another reflection beside an unfinished one.
    ReflectAnew,
    /// Begin a reflection with another template.
    ReflectWith,
    /// Begin the reflection about a rotation that is offered today.
    ReflectOffered,
    /// Show the rotations.
    ShowRotations,
    /// Show what a rotation was.
    ReviewRotation,
    /// Begin a rotation.
    StartRotation,
    /// Make today the last day of the rotation.
    EndRotation,
    /// Log the present shift as worked, or take it out of the log again.
    LogShift,
    /// Log a shift of another day.
    LogAnotherShift,
    /// Take back the last change of this session.
    UndoChange,
    /// Filter the journal.
    Search,
    /// Go back one step.
    Back,
    /// Next row.
    Down,
    /// Previous row.
    Up,
    /// A screenful down.
    PageDown,
    /// A screenful up.
    PageUp,
    /// First row.
    First,
    /// Last row.
    Last,
    /// Open or answer what is selected.
    Open,
    /// Change the reflection.
    Edit,
    /// Move the reflection to the trash.
    Delete,
    /// Mark for sharing.
    Share,
    /// Answer the experiment of the reflection.
    AnswerExperiment,
    /// Put a line beside the outcome of the experiment.
    NoteOutcome,
    /// Show the plan through all its wordings.
    ShowChain,
    /// Show the trash.
    ShowTrash,
    /// Choose a goal.
    AddGoal,
    /// Close a goal as met.
    MeetGoal,
    /// Set a goal aside.
    SetGoalAside,
    /// Make a closed goal active again.
    ReopenGoal,
    /// Take a goal of an earlier year into this one.
    ContinueGoal,
    /// Show the reflections behind a goal.
    ShowEvidence,
    /// Note a question to ask somebody about a goal.
    AskForFeedback,
    /// Select the mark to the right.
    MarkRight,
    /// Select the mark to the left.
    MarkLeft,
    /// Show the energy in the calendar instead of what was reflected on, or the other way round.
    TellOther,
    /// Show the competencies there are.
    ShowFrameworks,
    /// Take out of the trash.
    Restore,
    /// Delete everything in the trash for good.
    EmptyTrash,
    /// Write what a review asks, or change what was written.
    Write,
    /// Save the reflection.
    Save,
    /// Throw the draft away.
    Discard,
    /// Next field or row.
    NextField,
    /// Previous field or row.
    PreviousField,
    /// Choose another template.
    ChooseTemplate,
    /// Write in the external editor.
    ExternalEditor,
    /// Write the suggestion in place of a possible identifier.
    ReplaceIdentifier,
    /// Previous choice of a row.
    Less,
    /// Next choice of a row.
    More,
    /// The choice with this digit.
    Digit(u8),
    /// Clear the row.
    Clear,
    /// Edit the text that has the focus.
    Text(EditAction),
    /// Answer with the outcome of this digit, from 1.
    Outcome(u8),
    /// Ask again a week later.
    Carry,
    /// Word the experiment anew.
    Reword,
    /// Give the experiment up.
    Drop,
    /// It is still done.
    StillDone,
    /// It is no longer done.
    Faded,
    /// Set the energy after saving.
    Energy(u8),
    /// Say whose feedback it is, after saving: a place among the roles, from 1.
    Giver(u8),
    /// Choose a competency after saving.
    ChooseCompetency,
    /// Take the choice.
    Accept,
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Action {
    /// The row that this leads to from row `at` of those up to `last`, a page being so many rows;
    /// `None` if it is no move.
    #[must_use]
    pub fn move_from(self, at: usize, last: usize, page: usize) -> Option<usize> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "no other action moves")]
        let to = match self {
            Self::Down => at.saturating_add(1),
            Self::Up => at.saturating_sub(1),
            Self::PageDown => at.saturating_add(page),
            Self::PageUp => at.saturating_sub(page),
            Self::First => 0,
            Self::Last => last,
            _ => return None,
        };
        Some(to.min(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_stays_within_the_rows() {
        for (action, at, to) in [
            (Action::Down, 3, 4),
            (Action::Down, 9, 9),
            (Action::Up, 3, 2),
            (Action::Up, 0, 0),
            (Action::PageDown, 3, 7),
            (Action::PageDown, 7, 9),
            (Action::PageUp, 7, 3),
            (Action::PageUp, 3, 0),
            (Action::First, 5, 0),
            (Action::Last, 5, 9),
            // Rows went away meanwhile.
            (Action::Up, 30, 9),
        ] {
            assert_eq!(action.move_from(at, 9, 4), Some(to), "{action:?} from {at}");
            assert_eq!(action.move_from(at, 0, 4), Some(0), "{action:?} in one row");
        }
        assert_eq!(Action::Open.move_from(3, 9, 4), None);
    }
}
