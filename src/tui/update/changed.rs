//! What is said after a change in the journal, and how it is taken back.

use crate::domain::experiment::{Experiment, FollowUp, Outcome};
use crate::domain::reflection::Entry;
use crate::domain::rotation::Rotation;
use crate::domain::shift::describe;
use crate::journal::{GoalUndo, LoggedShift, Purged, Undo, Undone};
use crate::tui::effect::{Ask, Effect};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Layer, Model, Outbox, Place, Tone};
use crate::tui::step::Step;

use super::with_outbox;

/// What follows every change: it can be taken back, is shown, and is in the backup of the day.
fn follow(undo: Undo, out: &mut Outbox) {
    out.step(Step::Remember(undo));
    out.step(Step::Refresh);
    out.ask(Ask::BackUp);
}

/// An experiment was answered.
pub fn answered(model: &mut Model, experiment: &Experiment, undo: Undo) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let back = taken_back_by(model);
        let said = match (experiment.outcome, experiment.follow_up) {
            (_, Some(FollowUp::Habit)) => "a habit",
            (_, Some(FollowUp::Faded)) => "faded",
            (Outcome::Open, None) => "asked again later",
            (outcome, None) => outcome.name(),
        };
        out.say(Tone::Done, format!("Kept: {said}.{back}"));
        out.step(Step::Answered(experiment.id));
        follow(undo, out);
    })
}

/// A line was put beside an outcome.
pub fn noted(model: &mut Model, undo: Undo) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let back = taken_back_by(model);
        out.say(Tone::Done, format!("Kept the note.{back}"));
        follow(undo, out);
    })
}

/// A change was taken back.
pub fn taken_back(model: &mut Model, undone: Undone) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let undo = model.undoing.take().map(|(_, undo)| undo);
        let mut sentence = undone.sentence;
        if matches!(undo, Some(Undo::Saved(_) | Undo::Reworded(..))) {
            let keymap = &model.settings.keymap;
            let mut keys = keymap.key_of(Context::Journal, Action::ShowTrash);
            if model.place != Place::Journal {
                let journal = keymap.key_of(Context::Screen, Action::GoJournal);
                keys = format!("{journal}, {keys}");
            }
            let restore = keymap.key_of(Context::Trash, Action::Restore);
            sentence = format!("{sentence} {keys}, then {restore}, brings it back.");
        }
        out.say(Tone::Done, sentence);
        out.step(undone.reflection.map_or(Step::Refresh, Step::Show));
    })
}

/// What was in the trash is gone for good.
pub fn trash_emptied(model: &mut Model, purged: &Purged) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        model.undo.retain(|change| !change.is_about_the_trash());
        let deleted = format!("Deleted {} for good.", purged.all());
        match purged.remains() {
            Some(remains) => out.say(Tone::Warning, format!("{deleted} {remains}")),
            None => out.say(Tone::Done, deleted),
        }
        out.step(Step::Refresh);
    })
}

/// Something was moved to the trash, taken out of it, or marked.
pub fn changed(model: &mut Model, undo: Undo) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let back = taken_back_by(model);
        match &undo {
            Undo::Trashed(_) | Undo::RotationTrashed(_) | Undo::Goal(GoalUndo::Trashed(_)) => {
                out.say(Tone::Done, format!("In the trash.{back}"));
            }
            Undo::Restored(_) => out.say(Tone::Done, "Back in the journal."),
            Undo::RotationRestored(_) => out.say(Tone::Done, "Back among your rotations."),
            Undo::Shared(_, false) => out.say(Tone::Done, "Marked for sharing."),
            Undo::Shared(_, true) => out.say(Tone::Done, "No longer marked for sharing."),
            Undo::Goal(GoalUndo::Restored { left, .. }) if left.is_active() => {
                out.say(Tone::Done, "Back among your goals.");
            }
            Undo::Goal(GoalUndo::Restored { .. }) => {
                out.say(Tone::Done, "Back among your goals, as set aside.");
            }
            Undo::Goal(GoalUndo::Added(_) | GoalUndo::Changed { .. }) => {
                out.say(Tone::Done, format!("Kept.{back}"));
            }
            Undo::Saved(_)
            | Undo::Detail(..)
            | Undo::Edited(_)
            | Undo::Answered(_)
            | Undo::Reworded(..)
            | Undo::RotationStarted(_)
            | Undo::RotationChanged { .. }
            | Undo::Logged { .. } => {}
        }
        follow(undo, out);
    })
}

/// A rotation was begun or changed.
pub fn rotation(model: &mut Model, rotation: &Rotation, undo: Undo) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let back = taken_back_by(model);
        let days = rotation.days_in_words(model.settings.today(model.now));
        let name = &rotation.name;
        out.say(Tone::Done, format!("{name}: {days}.{back}"));
        follow(undo, out);
    })
}

/// A shift was logged, or taken out of the log.
pub fn shift_logged(model: &mut Model, logged: LoggedShift) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        out.say(Tone::Done, logged_in_words(model, logged));
        if let Some(undo) = logged.undo() {
            out.step(Step::Remember(undo));
            out.ask(Ask::BackUp);
        }
        out.step(Step::Refresh);
    })
}

/// What became of a shift that was to be logged.
fn logged_in_words(model: &Model, logged: LoggedShift) -> String {
    let back = taken_back_by(model);
    let today = model.settings.today(model.now);
    let words = describe(logged.shift, logged.date, today);
    match (logged.is_logged, logged.was_logged) {
        (true, false) => format!("Logged: {words}.{back}"),
        (true, true) => format!("Logged already: {words}."),
        (false, true) => format!("No longer logged: {words}.{back}"),
        (false, false) => format!("{words} counts already: you reflected on it."),
    }
}

/// A detail was set after saving: the line after saving says so.
pub fn amended(model: &mut Model, entry: &Entry, undo: Undo) -> Vec<Effect> {
    let goals = model.active_goals();
    for layer in &mut model.layers {
        if let Layer::Saved(saved) = layer {
            saved.amended(entry, &model.settings.catalog, &goals);
        }
    }
    with_outbox(model, |_, out| follow(undo, out))
}

/// The key that takes a change back, as people read it. In the editor that key is a letter, so
/// nothing is promised there.
fn taken_back_by(model: &Model) -> String {
    if model.editor().is_some() {
        return String::new();
    }
    let keymap = &model.settings.keymap;
    let key = keymap.key_of(Context::Screen, Action::UndoChange);
    format!(" {key} takes it back.")
}
