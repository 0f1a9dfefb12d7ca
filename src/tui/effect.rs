//! Everything the edge can be asked to do.

use std::time::Duration;

use chrono::NaiveDate;

use crate::domain::competency::CompetencyId;
use crate::domain::detail::Detail;
use crate::domain::draft::Draft;
use crate::domain::experiment::Answer;
use crate::domain::goal::{Ending, GoalLines};
use crate::domain::id::{DraftId, ExperimentId, GoalId, ReflectionId, RotationId};
use crate::domain::prose::Prose;
use crate::domain::query::Query;
use crate::domain::reflection::Field;
use crate::domain::rotation::Block;
use crate::domain::shift::ShiftKind;
use crate::domain::template::TemplateId;
use crate::domain::trends::Range;
use crate::domain::unfinished::Unfinished;
use crate::journal::{Passphrase, Span, Undo};

/// Names one question to the journal, so that a late answer can be told from the wanted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// Hands out request ids.
#[derive(Debug, Default)]
pub struct Requests(u64);

impl Requests {
    /// One that was never handed out.
    pub const fn fresh(&mut self) -> RequestId {
        self.0 += 1;
        RequestId(self.0)
    }

    /// Whether none was handed out after this one.
    #[must_use]
    pub const fn is_last(&self, request: RequestId) -> bool {
        self.0 == request.0
    }
}

/// A deadline that the loop keeps. Setting one again moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// Nothing was typed for a moment: the draft is kept.
    KeepDraft,
    /// Typing went on for long enough: the draft is kept all the same.
    KeepDraftAtLast,
    /// What is typed into a form is kept.
    KeepLines,
    /// A letter that may be an answer or the beginning of a word was not followed by another.
    Answer,
    /// Nothing was typed for a moment: the word at the cursor counts as written.
    Word,
    /// The minutes on the screen change.
    Minute,
    /// The breath on the screen goes on.
    Breath,
    /// No key was pressed for as long as the journal stays open without one.
    Idle,
    /// Another passphrase may be tried.
    Retry,
}

/// A wish of the model to the outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask the journal.
    Ask(RequestId, Ask),
    /// Fire the timer after this time.
    SetTimer(Timer, Duration),
    /// Do not fire the timer.
    StopTimer(Timer),
    /// Open the text of a field in the user's editor.
    EditExternally(Field, Prose),
    /// The text from the external editor is on the disk: remove its file.
    ForgetEditorFile,
    /// Suspend the process.
    Suspend,
    /// Paint every cell again.
    Redraw,
    /// Leave, after everything asked of the journal is done.
    Quit,
}

/// A question or an order to the journal. All are carried out in the order they are asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// What does Today show?
    Overview,
    /// Which rows match?
    Page {
        /// The query; empty for all.
        query: Query,
        /// Which of them.
        span: Span,
        /// At most so many.
        limit: usize,
    },
    /// Begin a reflection.
    NewDraft(TemplateId),
    /// Begin to change a reflection.
    EditDraft(ReflectionId),
    /// Take up a draft that was left.
    ContinueDraft(DraftId),
    /// Keep a draft.
    KeepDraft(Box<Draft>),
    /// Remove a kept draft.
    ForgetDraft(DraftId),
    /// Keep what is typed into forms, in place of what was kept before.
    KeepLines(Vec<Unfinished>),
    /// What was typed into forms in a run that ended?
    TakeUpLines,
    /// Save a draft as a reflection.
    Save(Box<Draft>),
    /// Save a draft whose reflection is in the trash, and take that out.
    SaveOutOfTrash(Box<Draft>),
    /// Answer an experiment.
    Answer(ExperimentId, Answer),
    /// Put a line beside an outcome.
    NoteOutcome(ExperimentId, Prose),
    /// Which wordings of its plan are there?
    Chain(ExperimentId),
    /// Put a reflection into the trash.
    Trash(ReflectionId),
    /// Take a reflection out of the trash.
    Restore(ReflectionId),
    /// What is in the trash?
    Trashed,
    /// Delete the trash for good.
    EmptyTrash,
    /// Set the sharing mark.
    SetShared(ReflectionId, bool),
    /// Set one detail of a saved reflection.
    SetDetail(ReflectionId, Detail),
    /// What is the review of the week that this day is in?
    Week(NaiveDate),
    /// Begin, or take up again, the review of the week that this day is in.
    WeekDraft(NaiveDate),
    /// About rotations.
    Rotation(RotationAsk),
    /// Log the shift that an entry made now would belong to, or take it out of the log again.
    ToggleShift,
    /// Log a shift.
    LogShift(NaiveDate, ShiftKind),
    /// What do trends of this range say?
    Trends(Range),
    /// About goals.
    Goal(GoalAsk),
    /// Take a change back.
    Undo(Undo),
    /// Did another process change the journal?
    LookForChanges,
    /// Make today's backup if there is none.
    BackUp,
    /// Offer no passphrase any more.
    DeclinePassphrase,
    /// Answer when everything asked before is answered.
    Settle,
    /// Keep what was taken off the screen, close the file and forget its key; what is asked afterwards
    /// waits for [`Ask::Unlock`].
    Lock(Prose),
    /// Open the file.
    Unlock(Passphrase),
}

/// What is asked about rotations.
#[derive(Debug, Clone, PartialEq)]
pub enum RotationAsk {
    /// What is the review of this rotation?
    Review(RotationId),
    /// What is the review of the rotation that a closing reflection would be about?
    ClosingReview,
    /// Which rotation fits a reflection of this template and shift date?
    Propose(TemplateId, NaiveDate),
    /// Which rotations are there?
    All,
    /// Begin a rotation.
    Start(Block),
    /// Change the name or the days of a rotation.
    Edit(RotationId, Block),
    /// Put a rotation into the trash.
    Trash(RotationId),
    /// Take a rotation out of the trash.
    Restore(RotationId),
}

/// What is asked about goals.
#[derive(Debug, Clone, PartialEq)]
pub enum GoalAsk {
    /// Which goals are there, and what does the journal hold about each?
    All,
    /// Choose a goal.
    Add(CompetencyId, GoalLines),
    /// Change what the writer says about a goal.
    Edit(GoalId, GoalLines),
    /// Close a goal with a line in the writer's words.
    Close(GoalId, Ending, Prose),
    /// Make a closed goal active again.
    Reopen(GoalId),
    /// Take a goal of an earlier year into this one.
    Continue(GoalId),
    /// Put a goal into the trash.
    Trash(GoalId),
    /// Take a goal out of the trash.
    Restore(GoalId),
}
