//! What the journal's answers do to the model.

use crate::domain::draft::Draft;
use crate::domain::id::ReflectionId;
use crate::domain::prose::Prose;
use crate::journal::{Asked, Saved};
use crate::tui::effect::{Ask, Effect, RequestId, Timer};
use crate::tui::message::{Message, Reply};
use crate::tui::model::{Beginning, Layer, Model};
use crate::tui::screens::editor::Editor;
use crate::tui::step::Step;

use super::{
    arrived, changed, cover, keeping, locking, review, type_char, unfinished, update, with_outbox,
};

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
        Reply::Unlocked { screen, lies_open } => locking::unlocked(model, screen, lies_open),
        Reply::Settled => locking::settled(model, request),
        Reply::Overview(overview) => arrived::overview(model, request, *overview),
        Reply::Page(page) => arrived::page(model, request, page),
        Reply::DraftReady(draft, asked) => draft_ready(model, request, *draft, asked),
        Reply::DraftKept(_) => keeping::kept(model, request),
        Reply::LinesKept => unfinished::kept(model, request),
        Reply::LinesTakenUp(left) => unfinished::taken_up(model, request, left),
        Reply::Saved(saved) => self::saved(model, request, *saved),
        Reply::Answered(experiment, undo) => changed::answered(model, &experiment, undo),
        Reply::Noted(undo) => changed::noted(model, undo),
        Reply::Changed(undo) => changed::changed(model, undo),
        Reply::Amended(entry, undo) => changed::amended(model, &entry, undo),
        Reply::Week(page) => arrived::week(model, request, *page),
        Reply::RotationReview(review) => review::arrived(model, request, review),
        Reply::RotationProposed(proposal) => arrived::proposal(model, request, proposal),
        Reply::Rotations(rows) => arrived::rotations(model, request, rows),
        Reply::RotationKept(rotation, undo) => changed::rotation(model, &rotation, undo),
        Reply::ShiftLogged(logged) => changed::shift_logged(model, logged),
        Reply::Trends(counted) => arrived::trends(model, request, counted),
        Reply::Goals(rows) => arrived::goals(model, request, rows),
        Reply::Undone(undone) => changed::taken_back(model, undone),
        Reply::Trashed(rows) => arrived::trash(model, request, rows),
        Reply::Chain(links) => arrived::chain(model, request, links),
        Reply::TrashEmptied(purged) => changed::trash_emptied(model, &purged),
        Reply::PassphraseDeclined | Reply::LookedForChanges(true) => {
            super::steps::take(model, Step::Refresh)
        }
        Reply::LookedForChanges(false)
        | Reply::DraftForgotten
        | Reply::BackedUp
        | Reply::Locked { .. } => Vec::new(),
    }
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
