//! What the journal could not do, as a sentence with a next step; and what stays on the screen.

use crate::journal::JournalError;
use crate::tui::effect::{Effect, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::message::Failure;
use crate::tui::model::{Change, Layer, Model, Step, Tone};
use crate::tui::screens::question::{Question, Yes};

use super::{locking, replies, review, unfinished, with_outbox};

/// Takes a failure: says it, keeps the text, and lets the keys that waited go on.
pub fn failed(model: &mut Model, request: RequestId, failure: Failure) -> Vec<Effect> {
    let overview = model
        .today
        .request
        .take_if(|asked| *asked == request)
        .is_some();
    model.journal.page_failed(request);
    review::failed(model, request);
    model.trends.failed(request);
    model.goals.failed(request);
    let keeping = &mut model.keeping;
    let saving = keeping
        .saving
        .take_if(|saving| *saving == request)
        .is_some();
    let leaving = keeping
        .leaving
        .take_if(|leaving| *leaving == request)
        .is_some();
    let kept = keeping
        .ordered
        .take_if(|ordered| *ordered == request)
        .is_some();
    if (saving || kept)
        && let Some(editor) = model.editor_mut()
    {
        editor.not_kept();
        model.keeping.failing = true;
    }
    let lines = unfinished::failed(model, request);
    if (kept || lines)
        && let Some(lock) = locking::held_open(model)
    {
        lock.stay();
    }
    if let Some((_, undo)) = model.undoing.take_if(|(undoing, _)| *undoing == request) {
        model.undo.push(Change::Journal(undo));
    }
    let filling = refuse_form(model, request);
    let proposing = model
        .editor_mut()
        .is_some_and(|editor| editor.not_proposed(request));
    let mut effects = with_outbox(model, |model, out| {
        let sentence = in_words(&failure);
        match failure {
            Failure::Journal(JournalError::Conflict { .. }) if saving => {
                out.step(Step::AskWhether(Question {
                    text: "It was changed elsewhere meanwhile. Save yours beside it?".to_owned(),
                    yes: Yes::SaveBeside,
                }));
            }
            Failure::Journal(JournalError::InTrash { .. }) if saving => {
                let text = "It was put into the trash elsewhere meanwhile. \
                            Bring it back with your words?";
                out.step(Step::AskWhether(Question {
                    text: text.to_owned(),
                    yes: Yes::SaveOutOfTrash,
                }));
            }
            Failure::Journal(JournalError::Draft(errors)) => {
                if let Some(editor) = model.editor_mut() {
                    editor.refused(errors);
                }
                out.say(Tone::Warning, sentence);
            }
            _ if leaving => {
                out.step(Step::AskWhether(Question {
                    text: format!("{sentence} Leave and lose what is not kept?"),
                    yes: Yes::LeaveUnkept,
                }));
            }
            _ if lines => out.say(Tone::Error, format!("{sentence} Your text is still here.")),
            _ if saving || kept => {
                let key = model.settings.keymap.key_of(Context::Editor, Action::Save);
                out.say(
                    Tone::Error,
                    format!("{sentence} Your text is still here; {key} tries again."),
                );
            }
            Failure::Journal(_) | Failure::Defect => out.say(Tone::Error, sentence),
        }
    });
    // Where a draft could not be opened or left, the keys were meant for what is not there, and
    // would be taken for commands; after a failed save they are in the text, to be seen.
    let opening = !saving && !leaving && !overview && !filling && !proposing;
    if leaving || opening {
        model.waiting.take_if(|waiting| waiting.request == request);
    } else {
        effects.extend(replies::release(model, request));
    }
    effects
}

/// A form whose lines the journal did not take stays open with them; says whether there is one.
fn refuse_form(model: &mut Model, request: RequestId) -> bool {
    let Some(Layer::Form(form)) = model.layers.last_mut() else {
        return false;
    };
    let awaited = form.awaits(request);
    if awaited {
        form.refused();
    }
    awaited
}

/// A failure as a sentence.
pub fn in_words(failure: &Failure) -> String {
    match failure {
        Failure::Journal(error) => {
            let text = error.to_string();
            let mut letters = text.chars();
            let first: String = letters
                .next()
                .map(|c| c.to_uppercase().to_string())
                .unwrap_or_default();
            format!("{first}{}.", letters.as_str().trim_end_matches('.'))
        }
        Failure::Defect => "postcall made a mistake and changed nothing in the journal.".to_owned(),
    }
}
