//! How the text being written reaches the disk: kept while typing, on leaving, and saved.

use std::time::Duration;

use crate::domain::draft::Draft;
use crate::domain::prose::Prose;
use crate::domain::reflection::Field;
use crate::tui::effect::{Ask, Effect, RequestId, Timer};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Change, Layer, Model, Step, Tone};
use crate::tui::screens::editor::Editor;
use crate::tui::screens::identifiers::{AtSave, Identifiers};

use super::{locking, steps, unfinished, with_outbox};

/// How long after the last key the draft is kept.
const PAUSE: Duration = Duration::from_millis(250);
/// How long typing without a pause puts that off; under the two seconds that a crash may cost.
const LONGEST: Duration = Duration::from_millis(1_500);
/// How long after a failure keeping is tried again.
const RETRY: Duration = Duration::from_secs(5);
/// The draft is on its way: nothing has to remind of it.
const STOP: [Effect; 2] = [
    Effect::StopTimer(Timer::KeepDraft),
    Effect::StopTimer(Timer::KeepDraftAtLast),
];
/// How often the minutes on the screen change.
pub const MINUTE: Duration = Duration::from_secs(60);

/// What is known of the draft's way to the disk.
#[derive(Debug, Default)]
pub struct Keeping {
    /// Whether [`Timer::KeepDraftAtLast`] runs.
    at_last: bool,
    /// The last order to keep the draft, until it is answered.
    pub ordered: Option<RequestId>,
    /// Whether the last order failed.
    pub failing: bool,
    /// The order to keep the draft after which the editor closes.
    pub leaving: Option<RequestId>,
    /// The order to save, until it is answered.
    pub saving: Option<RequestId>,
    /// Whether the text of the external editor still lies in its file.
    editor_file: bool,
}

/// After every message: sets the timers for a draft that changed. Timers count elapsed time, so that
/// a clock that is set back delays nothing.
pub fn watch(model: &mut Model) -> Vec<Effect> {
    if !model.editor().is_some_and(Editor::is_dirty) {
        return Vec::new();
    }
    if model.keeping.ordered.is_some() {
        // One order at a time; its answer comes here again.
        return Vec::new();
    }
    let (pause, longest) = if model.keeping.failing {
        (RETRY, RETRY)
    } else {
        (PAUSE, LONGEST)
    };
    let mut effects = vec![Effect::SetTimer(Timer::KeepDraft, pause)];
    if !std::mem::replace(&mut model.keeping.at_last, true) {
        effects.push(Effect::SetTimer(Timer::KeepDraftAtLast, longest));
    }
    effects
}

/// Keeps everything typed at once that is not kept yet.
pub fn keep_now(model: &mut Model) -> Vec<Effect> {
    let mut effects = keep_draft_now(model);
    effects.extend(unfinished::keep_now(model));
    effects
}

fn keep_draft_now(model: &mut Model) -> Vec<Effect> {
    if !model.editor().is_some_and(Editor::is_dirty)
        || model.keeping.saving.is_some()
        || model.is_away()
    {
        return Vec::new();
    }
    keep(model).1
}

/// Whether everything written is on the disk, as far as the journal said.
pub fn is_kept(model: &Model) -> bool {
    !model.editor().is_some_and(Editor::is_dirty) && unfinished::is_kept(model)
}

fn keep(model: &mut Model) -> (Option<RequestId>, Vec<Effect>) {
    let mut request = None;
    let effects = with_outbox(model, |model, out| {
        let Some(editor) = model.editor_mut() else {
            return;
        };
        let draft = Box::new(editor.draft());
        editor.kept();
        request = Some(out.ask(Ask::KeepDraft(draft)));
        out.effects.extend(STOP);
    });
    model.keeping.at_last = false;
    model.keeping.ordered = request;
    (request, effects)
}

/// `Esc`: the draft is kept, then the editor closes; keys pressed meanwhile wait.
pub fn leave(model: &mut Model) -> Vec<Effect> {
    let Some(editor) = model.editor() else {
        return Vec::new();
    };
    if editor.is_as_begun() {
        let id = editor.draft().id;
        let mut effects = with_outbox(model, |_, out| _ = out.ask(Ask::ForgetDraft(id)));
        effects.extend(close_editor(model));
        effects.extend(steps::take(model, Step::Refresh));
        return effects;
    }
    let (request, effects) = keep(model);
    if let Some(request) = request {
        model.keeping.leaving = Some(request);
        model.wait_for(request);
    }
    effects
}

/// Closes the editor; what it held is on the disk or was given up.
pub fn close_editor(model: &mut Model) -> Vec<Effect> {
    model
        .layers
        .retain(|layer| !matches!(layer, Layer::Editor(_)));
    let editor_file = std::mem::take(&mut model.keeping.editor_file);
    model.keeping = Keeping::default();
    let mut effects = Vec::from(STOP);
    effects.push(Effect::StopTimer(Timer::Minute));
    if editor_file {
        effects.push(Effect::ForgetEditorFile);
    }
    effects
}

/// "Let it go": throws the draft away without a question; until the program ends it can be had
/// back.
pub fn discard(model: &mut Model) -> Vec<Effect> {
    let Some(draft) = model.draft() else {
        return Vec::new();
    };
    let undo = model
        .settings
        .keymap
        .key_of(Context::Screen, Action::UndoChange);
    let mut effects = with_outbox(model, |model, out| {
        out.ask(Ask::ForgetDraft(draft.id));
        out.say(Tone::Done, format!("Let go. {undo} brings it back."));
        model.undo.push(Change::LetGo(Box::new(draft)));
    });
    effects.extend(close_editor(model));
    effects.extend(steps::take(model, Step::Refresh));
    effects
}

/// `Ctrl-s`: what cannot be saved is said at its field, and possible identifiers are asked about; else
/// the journal is asked to save, and keys pressed meanwhile wait.
pub fn save(model: &mut Model) -> Vec<Effect> {
    save_by(model, Ask::Save)
}

/// The same, the journal being asked in this way.
pub fn save_by(model: &mut Model, ask: fn(Box<Draft>) -> Ask) -> Vec<Effect> {
    let Some(editor) = model.editor_mut() else {
        return Vec::new();
    };
    let draft = editor.draft();
    if let Err(errors) = draft.check() {
        let sentence = errors.first().map(ToString::to_string).unwrap_or_default();
        editor.refused(errors);
        return with_outbox(model, |_, out| {
            out.say(Tone::Warning, format!("Not saved: {sentence}."));
        });
    }
    let standing = editor.identifiers_standing();
    if standing > 0 {
        let question = Identifiers::new(standing);
        model.layers.push(Layer::Identifiers(question));
        return Vec::new();
    }
    editor.kept();
    model.keeping.at_last = false;
    let mut request = None;
    let effects = with_outbox(model, |_, out| {
        out.effects.extend(STOP);
        request = Some(out.ask(ask(Box::new(draft))));
    });
    if let Some(request) = request {
        model.keeping.saving = Some(request);
        model.wait_for(request);
    }
    effects
}

/// The writer said what becomes of the possible identifiers: unless they are to be edited, the draft
/// is saved.
pub fn settle(model: &mut Model, answer: AtSave) -> Vec<Effect> {
    model
        .layers
        .retain(|layer| !matches!(layer, Layer::Identifiers(_)));
    let Some(editor) = model.editor_mut() else {
        return Vec::new();
    };
    match answer {
        AtSave::Replace => editor.replace_standing(),
        AtSave::LetStand => editor.let_all_stand(),
        AtSave::Edit => {
            editor.go_to_standing();
            return Vec::new();
        }
    }
    save(model)
}

/// `Ctrl-o`: the draft is kept, then the focused text goes to the user's editor.
pub fn edit_externally(model: &mut Model) -> Vec<Effect> {
    let Some((field, text)) = model.editor().and_then(Editor::focused_text) else {
        return with_outbox(model, |_, out| {
            out.say(
                Tone::Warning,
                "Go to a text field first, then open the editor.",
            );
        });
    };
    let mut effects = keep(model).1;
    effects.push(Effect::EditExternally(field, text.into()));
    effects
}

/// The external editor ended: its text is taken, and its file removed once that is on the disk.
pub fn editor_closed(
    model: &mut Model,
    field: Field,
    result: Result<Prose, String>,
) -> Vec<Effect> {
    let mut effects = vec![Effect::Redraw];
    match result {
        Ok(text) => {
            let mut taken = false;
            effects.extend(with_outbox(model, |model, out| {
                if let Some(editor) = model.editor_mut() {
                    taken = editor.external_text(field, &text, out);
                }
            }));
            if taken {
                model.keeping.editor_file = true;
                effects.extend(keep(model).1);
            }
        }
        Err(sentence) => {
            effects.extend(with_outbox(model, |_, out| out.say(Tone::Error, sentence)));
        }
    }
    effects
}

/// The draft is on the disk.
pub fn kept(model: &mut Model, request: RequestId) -> Vec<Effect> {
    if model.keeping.ordered != Some(request) {
        return Vec::new();
    }
    model.keeping.ordered = None;
    model.keeping.failing = false;
    let mut effects = Vec::new();
    if std::mem::take(&mut model.keeping.editor_file) {
        effects.push(Effect::ForgetEditorFile);
    }
    if model.keeping.leaving == Some(request) {
        effects.extend(close_editor(model));
        // Today has to know of the draft before the next key.
        effects.extend(steps::take(model, Step::Refresh));
    }
    effects.extend(locking::kept(model));
    effects
}
