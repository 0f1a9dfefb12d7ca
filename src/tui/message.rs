//! Everything that can happen.

use crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;

use crate::domain::draft::Draft;
use crate::domain::experiment::Experiment;
use crate::domain::id::DraftId;
use crate::domain::prose::Prose;
use crate::domain::reflection::{Entry, Field};
use crate::domain::rotation::Rotation;
use crate::domain::rotation_review::RotationReview;
use crate::domain::trends::Trends;
use crate::domain::unfinished::Unfinished;
use crate::journal::{
    Asked, GoalRow, InTrash, JournalError, Link, LoggedShift, Overview, Page, Proposal, Purged,
    RotationRow, Saved, Undo, Undone, WeekPage,
};

use super::effect::{RequestId, Timer};

/// Something that happened, outside or inside the program.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed or repeated.
    KeyPressed(KeyEvent),
    /// Text was pasted, bracketed by the terminal.
    Pasted(Prose),
    /// The mouse was used.
    MouseUsed(MouseEvent),
    /// The terminal has another size.
    Resized(Size),
    /// The terminal window got the focus.
    FocusGained,
    /// The terminal window lost the focus.
    FocusLost,
    /// The time a timer was set to has come.
    TimerFired(Timer),
    /// The journal answered.
    Replied(RequestId, Reply),
    /// The journal could not do what it was asked.
    Failed(RequestId, Failure),
    /// The journal is there, and needs a passphrase.
    JournalLocked,
    /// The external editor ended and left this text, or a sentence says why there is none.
    EditorClosed(Field, Result<Prose, String>),
    /// The process came back from being suspended.
    Resumed,
    /// The process was asked to suspend itself.
    SuspendRequested,
    /// The process was asked to end, or the terminal is gone.
    EndRequested,
}

/// Why the journal could not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// It said so.
    Journal(JournalError),
    /// A defect of this program stopped it half-way; the transaction was rolled back.
    Defect,
}

/// What the journal answered; the names are those of [`super::effect::Ask`].
#[derive(Debug)]
pub enum Reply {
    /// The journal is open.
    Opened {
        /// A sentence about where it lies, if there is one to say.
        warning: Option<String>,
        /// Whether it has a passphrase.
        has_passphrase: bool,
    },
    /// No passphrase is offered any more.
    PassphraseDeclined,
    /// Everything asked before is answered.
    Settled,
    /// The file is closed.
    Locked {
        /// Whether the words that were taken off the screen are in it.
        kept: bool,
    },
    /// The file is open again.
    Unlocked {
        /// What was taken off the screen.
        screen: Option<Prose>,
        /// Whether its passphrase was removed meanwhile.
        lies_open: bool,
    },
    /// What Today shows.
    Overview(Box<Overview>),
    /// A window of the list.
    Page(Page),
    /// A draft to write in, and the experiments to ask about first.
    DraftReady(Box<Draft>, Vec<Asked>),
    /// A draft is on the disk.
    DraftKept(DraftId),
    /// A draft is gone.
    DraftForgotten,
    /// What is typed into forms is on the disk.
    LinesKept,
    /// What was typed into forms in a run that ended.
    LinesTakenUp(Vec<Unfinished>),
    /// A draft became a reflection.
    Saved(Box<Saved>),
    /// An experiment was answered.
    Answered(Box<Experiment>, Undo),
    /// A line was put beside an outcome.
    Noted(Undo),
    /// A reflection was put into the trash or its mark was changed.
    Changed(Undo),
    /// A detail of a saved reflection was set.
    Amended(Box<Entry>, Undo),
    /// The review of a week, and what was written about it.
    Week(Box<WeekPage>),
    /// The review of a rotation; `None` if a closing reflection would be about none.
    RotationReview(Option<Box<RotationReview>>),
    /// Which rotation fits the reflection being written.
    RotationProposed(Proposal),
    /// The rotations.
    Rotations(Vec<RotationRow>),
    /// A rotation was begun or changed.
    RotationKept(Box<Rotation>, Undo),
    /// A shift is in the log now, or not.
    ShiftLogged(LoggedShift),
    /// The figures of a range.
    Trends(Box<Trends>),
    /// The goals, active ones first.
    Goals(Vec<GoalRow>),
    /// A change was taken back.
    Undone(Undone),
    /// The wordings of a plan, the first one first.
    Chain(Vec<Link>),
    /// What is in the trash.
    Trashed(Vec<InTrash>),
    /// Reflections were deleted for good.
    TrashEmptied(Purged),
    /// Whether another process changed the journal.
    LookedForChanges(bool),
    /// A backup was made, or none was due.
    BackedUp,
}
