//! What a screen asks the shell for, since it does not know the other screens.

use chrono::NaiveDate;

use crate::domain::competency::CompetencyId;
use crate::domain::id::{DraftId, ExperimentId, ReflectionId, RotationId};
use crate::domain::plan::Plan;
use crate::domain::reflection::Entry;
use crate::domain::template::TemplateId;
use crate::journal::{Asked, Undo};

use super::effect::RequestId;
use super::keymap::Action;
use super::screens::form::Form;
use super::screens::identifiers::AtSave;
use super::screens::palette::Choice;
use super::screens::question::Question;

/// One thing that is asked for.
#[derive(Debug)]
pub enum Step {
    /// Take the focused layer away.
    Close,
    /// Begin a reflection.
    Reflect(TemplateId),
    /// Begin, or take up again, the review of the week that begins on this day.
    ReviewWeek(NaiveDate),
    /// Show what this rotation was.
    ReviewRotation(RotationId),
    /// Begin the reflection that closes the rotation of this name, with what was typed already.
    CloseRotation(String, Option<char>),
    /// Take up a draft.
    Continue(DraftId),
    /// Change a reflection.
    Edit(ReflectionId),
    /// Word an experiment anew: in the open editor, else in a new reflection.
    Reword(Asked),
    /// Begin a reflection whose "Try next" is to do what a behaviour says.
    Try(Plan, CompetencyId),
    /// Begin a reflection on what somebody says to this question.
    AskOthers(Option<String>, CompetencyId),
    /// Choose what to get better at, if there is room for one goal more.
    ChooseGoal,
    /// Make a competency a goal, if there is room for one more.
    AddGoal(CompetencyId),
    /// Search the journal for what stands behind a mark of this place: going back leads to the mark.
    ShowBehind(String),
    /// Read this reflection, which stands behind a mark of this place.
    ReadBehind(ReflectionId),
    /// Ask about experiments, one after the other.
    AskAbout(Vec<Asked>),
    /// Fill in a few lines.
    FillIn(Box<Form>),
    /// Leave the form; what was typed waits until it is opened again.
    LeaveForm,
    /// Ask a yes-or-no question.
    AskWhether(Question),
    /// Choose a template: for the open editor, else for a new reflection.
    ChooseTemplate,
    /// Choose a competency for the open editor or for the reflection just saved.
    ChooseCompetency,
    /// Something was chosen from a list.
    Chosen(Choice),
    /// Carry out an action as if its key had been pressed.
    Act(Action),
    /// Show the plan that this experiment words, through all its wordings.
    ShowChain(ExperimentId),
    /// Read this reflection, in the Journal.
    Read(ReflectionId),
    /// Show the trash.
    ShowTrash,
    /// Show the rotations.
    ShowRotations,
    /// Show the competencies there are.
    ShowFrameworks,
    /// Something in the journal changed: load again what is shown.
    Refresh,
    /// The same, and select this reflection.
    Show(ReflectionId),
    /// A change that can be taken back was made.
    Remember(Undo),
    /// A reflection was saved.
    Saved(Box<Entry>),
    /// An experiment was answered: strike it from what is asked.
    Answered(ExperimentId),
    /// Save the draft that changes a reflection as one of its own.
    SaveBeside,
    /// Save the draft, and take its reflection out of the trash.
    SaveOutOfTrash,
    /// The writer said what becomes of the possible identifiers in the draft.
    Settle(AtSave),
    /// Keys wait for this answer: what they act on is about to change.
    WaitFor(RequestId),
    /// Leave the program.
    Quit,
}
