//! The pause of two breaths, and the support card: always there, never in the way.

use crossterm::event::{KeyEventKind, MouseEventKind};

use crate::tui::effect::{Effect, Timer};
use crate::tui::message::Message;
use crate::tui::model::{Layer, Model};
use crate::tui::screens::breath::Breath;
use crate::tui::screens::support::Support;

use super::with_outbox;

/// Begins two slow breaths over whatever is shown.
pub fn begin(model: &mut Model) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let breath = Breath::begin(&model.settings, out);
        model.layers.push(Layer::Breath(breath));
    })
}

/// The breath goes on; without one, the timer was late.
pub fn go_on(model: &mut Model) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        if let Some(Layer::Breath(breath)) = model.layers.last_mut() {
            breath.go_on(&model.settings, out);
        }
    })
}

/// Any key ends the breaths and does nothing else; so does a paste or a click.
pub fn ended_by(model: &mut Model, message: &Message) -> Option<Vec<Effect>> {
    let pressed = match message {
        Message::KeyPressed(event) => event.kind != KeyEventKind::Release,
        Message::Pasted(_) => true,
        Message::MouseUsed(event) => matches!(event.kind, MouseEventKind::Down(_)),
        Message::Resized(_)
        | Message::FocusGained
        | Message::FocusLost
        | Message::TimerFired(_)
        | Message::Replied(..)
        | Message::Failed(..)
        | Message::EditorClosed(..)
        | Message::JournalLocked
        | Message::Resumed
        | Message::SuspendRequested
        | Message::EndRequested => false,
    };
    if !pressed || !matches!(model.layers.last(), Some(Layer::Breath(_))) {
        return None;
    }
    model.layers.pop();
    model.notice = None;
    Some(vec![Effect::StopTimer(Timer::Breath)])
}

/// Shows the support card, in place of the help it was called from.
pub fn support(model: &mut Model) -> Vec<Effect> {
    if matches!(model.layers.last(), Some(Layer::Help(_))) {
        model.layers.pop();
    }
    model.layers.push(Layer::Support(Support::new()));
    Vec::new()
}
