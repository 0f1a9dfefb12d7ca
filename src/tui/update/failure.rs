//! What the journal could not do, as a sentence with a next step; and what stays on the screen.

use crate::journal::JournalError;
use crate::tui::effect::{Effect, RequestId};
use crate::tui::message::Failure;
use crate::tui::model::{Layer, Model, Step, Tone};
use crate::tui::screens::question::{Question, Yes};

use super::{replies, with_outbox};

/// Takes a failure: says it, keeps the text, and lets the keys that waited go on.
pub fn failed(model: &mut Model, request: RequestId, failure: Failure) -> Vec<Effect> {
    if model.today.request == Some(request) {
        model.today.request = None;
    }
    model.journal.page_failed(request);
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
    }
    let mut effects = with_outbox(model, |model, out| {
        let sentence = in_words(&failure);
        match failure {
            Failure::Journal(JournalError::Conflict { .. }) if saving => {
                out.step(Step::AskWhether(Question {
                    text: "It was changed elsewhere meanwhile. Save yours beside it?".to_owned(),
                    yes: Yes::SaveBeside,
                }));
            }
            Failure::Journal(JournalError::NotFound { .. }) if saving => {
                out.step(Step::AskWhether(Question {
                    text: "It was deleted elsewhere meanwhile. Save yours as a new one?".to_owned(),
                    yes: Yes::SaveBeside,
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
            _ if saving || kept => {
                out.say(
                    Tone::Error,
                    format!("{sentence} Your text is still here; Ctrl-s tries again."),
                );
            }
            Failure::Journal(_) | Failure::Defect => out.say(Tone::Error, sentence),
        }
    });
    // A draft that could not be opened leaves the writer where they were; a reflection that could
    // not be saved leaves them in the text. Either way the keys were meant for something else.
    if let Some(waiting) = model.waiting.take_if(|waiting| waiting.request == request) {
        let in_editor = matches!(model.layers.last(), Some(Layer::Editor(_)));
        if in_editor {
            model.waiting = Some(waiting);
            effects.extend(replies::release(model, request));
        }
    }
    effects
}

fn in_words(failure: &Failure) -> String {
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
