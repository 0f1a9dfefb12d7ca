//! Keys while experiments are asked about over the editor.
//!
//! Somebody who begins to write without looking must neither answer nor drop anything: a letter
//! that the strip does not know goes to the text, and one that it knows (`c`, `e`, `d`) counts only
//! if no other letter follows at once. Digits answer at once.

use std::time::Duration;

use crate::tui::effect::{Effect, Timer};
use crate::tui::keymap::{Action, Key};
use crate::tui::model::{Layer, Model};

use super::{act, type_char, with_outbox};

/// How long a letter waits for another one that would make it the beginning of a word.
const LETTER: Duration = Duration::from_millis(600);

/// Deals with a key if the strip stands over the editor and the key may be text.
pub fn key_pressed(model: &mut Model, key: Key) -> Option<Vec<Effect>> {
    model.editor()?;
    let contexts = model.contexts();
    let action = model.settings.keymap.resolve(&contexts, key);
    let Some(Layer::Answering(answering)) = model.layers.last_mut() else {
        return None;
    };
    let waiting = answering.letter.take();
    let typed = key.typed();
    match (waiting, typed, action) {
        // A second letter: it was the beginning of a word.
        (Some((first, _)), Some(c), _) if c.is_alphabetic() => Some(write(model, &[first, c])),
        (Some((_, answer)), ..) => {
            let mut effects = vec![Effect::StopTimer(Timer::Answer)];
            effects.extend(act(model, answer));
            effects.extend(super::resolved(model, key));
            Some(effects)
        }
        (None, Some(c), Some(action)) if c.is_alphabetic() => {
            answering.letter = Some((c, action));
            Some(vec![Effect::SetTimer(Timer::Answer, LETTER)])
        }
        (None, Some(c), None) => Some(write(model, &[c])),
        (None, ..) => None,
    }
}

/// No other letter came: the one that waits is an answer.
pub fn letter_stood_alone(model: &mut Model) -> Vec<Effect> {
    let letter = match model.layers.last_mut() {
        Some(Layer::Answering(answering)) => answering.letter.take(),
        _ => None,
    };
    letter.map_or_else(Vec::new, |(_, answer): (char, Action)| act(model, answer))
}

/// The questions wait for another time; the letters go to the text.
fn write(model: &mut Model, letters: &[char]) -> Vec<Effect> {
    model.layers.pop();
    let mut effects = vec![Effect::StopTimer(Timer::Answer)];
    effects.extend(with_outbox(model, |model, out| {
        for c in letters {
            type_char(model, *c, out);
        }
    }));
    effects
}
