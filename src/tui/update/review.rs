//! Reviews: what leads to the page of a rotation, and what follows the review of a week.

use crate::domain::reflection::Entry;
use crate::domain::rotation_review::RotationReview;
use crate::domain::template::TemplateId;
use crate::tui::effect::{Ask, Effect, RequestId, RotationAsk};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Layer, Model, Tone};
use crate::tui::screens::rotation_review::RotationPage;

use super::{replies, steps, with_outbox};

/// The review of a week was saved; the Review shows it, unless its week was taken meanwhile.
pub fn saved(model: &mut Model, entry: &Entry) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let keymap = &model.settings.keymap;
        let key = keymap.key_of(Context::Screen, Action::UndoChange);
        if entry.reflection.period.is_some() {
            out.say(Tone::Done, format!("Saved. {key} takes it back."));
        } else {
            let text = "Saved beside it: this week had a review already. Yours is in the Journal.";
            out.say(Tone::Warning, text);
        }
    })
}

/// Shows what a rotation was; keys wait for the answer.
pub fn look_back(model: &mut Model, ask: Ask) -> Vec<Effect> {
    let is_before_writing = ask == Ask::Rotation(RotationAsk::ClosingReview);
    steps::lay_over(model, ask, |request| {
        Layer::RotationReview(RotationPage::new(request, is_before_writing))
    })
}

/// Before a rotation is closed, what it was; not over an editor.
pub fn look_back_first(model: &mut Model) -> Vec<Effect> {
    if model.editor().is_some() || model.waiting.is_some() {
        return Vec::new();
    }
    look_back(model, Ask::Rotation(RotationAsk::ClosingReview))
}

/// What a rotation was is there; if there is none to look back on, its closing reflection is begun.
pub fn arrived(
    model: &mut Model,
    request: RequestId,
    review: Option<Box<RotationReview>>,
) -> Vec<Effect> {
    let place = model
        .layers
        .iter()
        .position(|layer| matches!(layer, Layer::RotationReview(page) if page.request == request));
    match (place, review) {
        (Some(at), Some(review)) => {
            if let Some(Layer::RotationReview(page)) = model.layers.get_mut(at) {
                page.arrived(review);
            }
            replies::release(model, request)
        }
        (Some(at), None) => {
            model.layers.remove(at);
            with_outbox(model, |model, out| {
                let draft = out.ask(Ask::NewDraft(TemplateId::ROTATION_CLOSE));
                model.wait_for(draft);
            })
        }
        (None, _) => replies::release(model, request),
    }
}

/// A rotation could not be looked back on: its page is not left empty.
pub fn failed(model: &mut Model, request: RequestId) {
    let is_empty =
        |layer: &Layer| matches!(layer, Layer::RotationReview(page) if page.request == request);
    model.layers.retain(|layer| !is_empty(layer));
    model.review.failed(request);
}
