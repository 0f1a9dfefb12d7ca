//! What the journal's answers do to the model.

use crate::domain::draft::Draft;
use crate::domain::experiment::{FollowUp, Outcome};
use crate::domain::id::ReflectionId;
use crate::domain::prose::Prose;
use crate::domain::reflection::Entry;
use crate::domain::rotation::Rotation;
use crate::domain::shift::describe;
use crate::domain::trends::Trends;
use crate::journal::{
    Asked, GoalRow, GoalUndo, InTrash, Link, LoggedShift, RotationRow, Saved, Undo,
};
use crate::tui::effect::{Ask, Effect, RequestId, Timer};
use crate::tui::keymap::{Action, Context};
use crate::tui::message::{Message, Reply};
use crate::tui::model::{Beginning, Layer, Model, Step, Tone};
use crate::tui::screens::editor::Editor;

use super::{cover, keeping, locking, review, type_char, update, with_outbox};

/// The editor asks about at most so many experiments.
const ASKED_FIRST: usize = 3;

/// Takes an answer; one that nobody waits for any more changes nothing. Keys that wait for another
/// one go on waiting for that, whatever is asked because of this one.
pub fn replied(model: &mut Model, request: RequestId, reply: Reply) -> Vec<Effect> {
    let awaited = model.waiting.as_ref().map(|waiting| waiting.request);
    take_form_away(model, request);
    let effects = taken(model, request, reply);
    if let Some(waiting) = &mut model.waiting
        && let Some(other) = awaited.filter(|awaited| *awaited != request)
    {
        waiting.request = other;
    }
    effects
}

/// A form whose lines the journal has taken is done.
fn take_form_away(model: &mut Model, request: RequestId) {
    if let Some(Layer::Form(form)) = model.layers.last()
        && form.awaits(request)
    {
        model.layers.pop();
    }
}

fn taken(model: &mut Model, request: RequestId, reply: Reply) -> Vec<Effect> {
    match reply {
        Reply::Opened {
            warning,
            has_passphrase,
        } => cover::opened(model, warning, has_passphrase),
        Reply::Unlocked(kept) => locking::unlocked(model, kept),
        Reply::Settled => locking::settled(model, request),
        Reply::PassphraseDeclined => super::steps::take(model, Step::Refresh),
        Reply::Overview(overview) => {
            if model.today.request == Some(request) {
                model.today.overview_arrived(*overview);
            }
            release(model, request)
        }
        Reply::Page(page) => {
            let mut effects = with_outbox(model, |model, out| {
                model.journal.page_arrived(request, page, out);
            });
            effects.extend(release(model, request));
            effects
        }
        Reply::DraftReady(draft, asked) => draft_ready(model, request, *draft, asked),
        Reply::DraftKept(_) => keeping::kept(model, request),
        Reply::Saved(saved) => self::saved(model, request, *saved),
        Reply::Answered(experiment, undo) => with_outbox(model, |model, out| {
            let back = taken_back_by(model);
            let said = match (experiment.outcome, experiment.follow_up) {
                (_, Some(FollowUp::Habit)) => "a habit",
                (_, Some(FollowUp::Faded)) => "faded",
                (Outcome::Open, None) => "asked again later",
                (outcome, None) => outcome.name(),
            };
            out.say(Tone::Done, format!("Kept: {said}.{back}"));
            out.step(Step::Remember(undo));
            out.step(Step::Answered(experiment.id));
            out.step(Step::Refresh);
            out.ask(Ask::BackUp);
        }),
        Reply::Noted(undo) => with_outbox(model, |model, out| {
            let back = taken_back_by(model);
            out.say(Tone::Done, format!("Kept the note.{back}"));
            out.step(Step::Remember(undo));
            out.step(Step::Refresh);
            out.ask(Ask::BackUp);
        }),
        Reply::Changed(undo) => changed(model, undo),
        Reply::Amended(entry) => amended(model, &entry),
        Reply::Week(page) => {
            model.review.arrived(request, *page);
            release(model, request)
        }
        Reply::RotationReview(review) => review::arrived(model, request, review),
        Reply::RotationProposed(proposal) => {
            if let Some(editor) = model.editor_mut() {
                editor.proposed(request, proposal);
            }
            release(model, request)
        }
        Reply::Rotations(rows) => rotations_arrived(model, request, rows),
        Reply::RotationKept(rotation, undo) => rotation_kept(model, &rotation, undo),
        Reply::ShiftLogged(logged) => shift_logged(model, logged),
        Reply::Trends(counted) => trends_arrived(model, request, counted),
        Reply::Goals(rows) => goals_arrived(model, request, rows),
        Reply::Undone(undone) => with_outbox(model, |model, out| {
            model.undoing = None;
            out.say(Tone::Done, undone.sentence);
            out.step(undone.reflection.map_or(Step::Refresh, Step::Show));
        }),
        Reply::Trashed(rows) => trash_arrived(model, request, rows),
        Reply::Chain(links) => chain_arrived(model, request, links),
        Reply::TrashEmptied(purged) => with_outbox(model, |model, out| {
            model.undo.retain(|change| !change.is_about_the_trash());
            let deleted = format!("Deleted {} for good.", purged.all());
            match purged.remains() {
                Some(remains) => out.say(Tone::Warning, format!("{deleted} {remains}")),
                None => out.say(Tone::Done, deleted),
            }
            out.step(Step::Refresh);
        }),
        Reply::LookedForChanges(changed) => {
            if changed {
                super::steps::take(model, Step::Refresh)
            } else {
                Vec::new()
            }
        }
        Reply::DraftForgotten | Reply::BackedUp | Reply::Locked { .. } => Vec::new(),
    }
}

/// What is in the trash is there.
fn trash_arrived(model: &mut Model, request: RequestId, rows: Vec<InTrash>) -> Vec<Effect> {
    for layer in &mut model.layers {
        if let Layer::Trash(trash) = layer
            && trash.request == request
        {
            trash.arrived(rows);
            break;
        }
    }
    release(model, request)
}

/// The figures of a range are there.
fn trends_arrived(model: &mut Model, request: RequestId, counted: Box<Trends>) -> Vec<Effect> {
    let (size, settings) = (model.size, &model.settings);
    model.trends.arrived(request, counted, size, settings);
    release(model, request)
}

/// The goals are there.
fn goals_arrived(model: &mut Model, request: RequestId, rows: Vec<GoalRow>) -> Vec<Effect> {
    let mut effects = with_outbox(model, |model, out| {
        model.goals.arrived(request, rows, out);
    });
    effects.extend(release(model, request));
    effects
}

/// The wordings of a plan are there.
fn chain_arrived(model: &mut Model, request: RequestId, links: Vec<Link>) -> Vec<Effect> {
    for layer in &mut model.layers {
        if let Layer::Chain(chain) = layer
            && chain.request == request
        {
            chain.arrived(links);
            break;
        }
    }
    release(model, request)
}

/// Something was moved to the trash, taken out of it, or marked.
fn changed(model: &mut Model, undo: Undo) -> Vec<Effect> {
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
            | Undo::Edited(_)
            | Undo::Answered(_)
            | Undo::Reworded(..)
            | Undo::RotationStarted(_)
            | Undo::RotationChanged { .. }
            | Undo::Logged { .. } => {}
        }
        out.step(Step::Remember(undo));
        out.step(Step::Refresh);
        out.ask(Ask::BackUp);
    })
}

fn rotations_arrived(model: &mut Model, request: RequestId, rows: Vec<RotationRow>) -> Vec<Effect> {
    for layer in &mut model.layers {
        if let Layer::Rotations(rotations) = layer
            && rotations.request == request
        {
            rotations.arrived(rows);
            break;
        }
    }
    release(model, request)
}

/// A rotation was begun or changed.
fn rotation_kept(model: &mut Model, rotation: &Rotation, undo: Undo) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let back = taken_back_by(model);
        let days = rotation.days_in_words(model.settings.today(model.now));
        let name = &rotation.name;
        out.say(Tone::Done, format!("{name}: {days}.{back}"));
        out.step(Step::Remember(undo));
        out.step(Step::Refresh);
        out.ask(Ask::BackUp);
    })
}

/// A shift was logged, or taken out of the log.
fn shift_logged(model: &mut Model, logged: LoggedShift) -> Vec<Effect> {
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

/// Energy or competencies were set after saving: the line after saving says so.
fn amended(model: &mut Model, entry: &Entry) -> Vec<Effect> {
    let goals = model.active_goals();
    for layer in &mut model.layers {
        if let Layer::Saved(saved) = layer {
            saved.amended(entry, &model.settings.catalog, &goals);
        }
    }
    super::steps::take(model, Step::Refresh)
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

/// Nothing is waited for any more: the keys pressed meanwhile are dealt with.
pub fn release(model: &mut Model, request: RequestId) -> Vec<Effect> {
    let Some(waiting) = model.waiting.take_if(|waiting| waiting.request == request) else {
        return Vec::new();
    };
    let now = model.now;
    waiting
        .held
        .into_iter()
        .flat_map(|message: Message| update(model, now, message))
        .collect()
}

fn draft_ready(
    model: &mut Model,
    request: RequestId,
    draft: Draft,
    asked: Vec<Asked>,
) -> Vec<Effect> {
    let Some(waiting) = &mut model.waiting else {
        return Vec::new();
    };
    if waiting.request != request {
        return Vec::new();
    }
    let beginning = waiting.beginning.take();
    let editing = draft.editing;
    let mut editor = Editor::new(draft, model.size, &model.settings);
    if let Some(editing) = editing {
        let of = |stand: &&(ReflectionId, Vec<Prose>)| stand.0 == editing.id;
        if let Some((_, words)) = model.let_stand.iter().find(of) {
            editor.let_stand(words.clone());
        }
    }
    let overview = model.today.overview.as_ref();
    if overview.is_some_and(|overview| !overview.energy_is_used) {
        editor.leave_energy_off();
    }
    let is_bare = beginning.is_none();
    let mut first = None;
    match beginning {
        Some(Beginning::Rewording(asked)) => {
            editor.reword(&asked.experiment.text, asked.experiment.id);
        }
        Some(Beginning::Trying(plan, competency)) => editor.try_plan(&plan, &competency),
        Some(Beginning::Asking(question, competency)) => {
            editor.ask_others(question.as_deref(), &competency);
        }
        Some(Beginning::Closing(name, typed)) => {
            editor.in_rotation(name);
            first = typed;
        }
        None => {}
    }
    model.layers.push(Layer::Editor(Box::new(editor)));
    let mut effects = with_outbox(model, |model, out| {
        out.timer(Timer::Minute, keeping::MINUTE);
        if let Some(c) = first {
            type_char(model, c, out);
        }
        if is_bare {
            out.step(Step::AskAbout(
                asked.into_iter().take(ASKED_FIRST).collect(),
            ));
        }
    });
    effects.extend(release(model, request));
    effects
}

fn saved(model: &mut Model, request: RequestId, saved: Saved) -> Vec<Effect> {
    if model.keeping.saving != Some(request) {
        return Vec::new();
    }
    let id = saved.entry.reflection.id;
    let words = model.editor().map_or(&[][..], Editor::standing_words);
    if !words.is_empty() {
        let words = words.to_vec();
        model.let_stand.retain(|(of, _)| *of != id);
        model.let_stand.push((id, words));
    }
    let mut effects = keeping::close_editor(model);
    // The keys pressed meanwhile wait on, until Today knows of the reflection.
    effects.extend(with_outbox(model, |_, out| {
        out.step(Step::Remember(saved.undo));
        out.step(Step::Show(id));
        out.step(Step::Saved(Box::new(saved.entry)));
        out.ask(Ask::BackUp);
    }));
    effects
}
