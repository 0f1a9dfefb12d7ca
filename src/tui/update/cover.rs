//! Hiding everything: at once by a key, after a while without one, and until the passphrase is
//! typed.

use crossterm::event::{KeyEvent, KeyEventKind};

use crate::tui::effect::{Effect, Timer};
use crate::tui::keymap::{Action, Context, Key};
use crate::tui::message::{Failure, Message};
use crate::tui::model::{Model, Outbox, Tone};
use crate::tui::screens::cover::{Cover, Lock};

use super::locking::{self, Hiding};
use super::{failure, keeping, suspend, with_outbox};

/// What becomes of a message while everything is hidden; `None` if that changes nothing about it.
pub fn hides(model: &mut Model, message: Message) -> Result<Vec<Effect>, Message> {
    let covered = covers(model, &message);
    match (covered, &mut model.hiding) {
        (Covered::Done(effects), _) => Ok(effects),
        // The passphrase goes to the journal behind the order to close it.
        (Covered::Typed, Hiding::Settling { held, .. }) => {
            held.push(message);
            Ok(Vec::new())
        }
        (Covered::Typed, Hiding::Nothing | Hiding::Away { .. }) => Ok(typed(model, message)),
        (Covered::Passes, Hiding::Away { .. }) => Ok(locking::while_away(model, message)),
        (Covered::Passes, Hiding::Settling { request, .. }) if matches!(&message, Message::Failed(failed, _) if failed == request) =>
        {
            let request = *request;
            Ok(locking::settled(model, request))
        }
        (Covered::Passes, Hiding::Nothing | Hiding::Settling { .. }) => Err(message),
    }
}

/// What a cover does with a message.
enum Covered {
    /// All there was to do.
    Done(Vec<Effect>),
    /// It belongs to the passphrase.
    Typed,
    /// It is none of the cover's.
    Passes,
}

fn covers(model: &mut Model, message: &Message) -> Covered {
    let Some(cover) = &mut model.cover else {
        return Covered::Passes;
    };
    match (cover, message) {
        (Cover::Blank(_), Message::KeyPressed(event)) if event.kind == KeyEventKind::Release => {
            Covered::Done(Vec::new())
        }
        (Cover::Blank(_), Message::KeyPressed(_) | Message::Pasted(_)) => {
            Covered::Done(uncover(model))
        }
        (Cover::Lock(_), Message::KeyPressed(_) | Message::Pasted(_)) => Covered::Typed,
        (cover, Message::Failed(request, failure)) if cover.awaits(*request) => {
            Covered::Done(not_opened(model, failure))
        }
        (_, Message::TimerFired(Timer::Retry)) => Covered::Done(with_lock(model, Lock::may_try)),
        (_, Message::MouseUsed(_) | Message::FocusGained | Message::TimerFired(Timer::Idle)) => {
            Covered::Done(Vec::new())
        }
        _ => Covered::Passes,
    }
}

/// Gives what was typed to the passphrase.
pub fn typed(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::KeyPressed(event) => key_pressed(model, event),
        Message::Pasted(text) => with_lock(model, |lock, _| lock.take(&text)),
        Message::MouseUsed(_)
        | Message::Resized(_)
        | Message::FocusGained
        | Message::FocusLost
        | Message::TimerFired(_)
        | Message::Replied(..)
        | Message::Failed(..)
        | Message::JournalLocked
        | Message::EditorClosed(..)
        | Message::Resumed
        | Message::SuspendRequested
        | Message::EndRequested => Vec::new(),
    }
}

/// The journal needs its passphrase before anything is shown.
pub fn found_locked(model: &mut Model) -> Vec<Effect> {
    model.has_passphrase = true;
    model.cover = Some(Cover::Lock(Lock::default()));
    Vec::new()
}

/// The journal is open for the first time.
pub fn opened(model: &mut Model, warning: Option<String>, has_passphrase: bool) -> Vec<Effect> {
    model.has_passphrase = has_passphrase;
    let mut effects = with_outbox(model, |_, out| {
        if let Some(warning) = warning {
            out.say(Tone::Warning, warning);
        }
    });
    effects.extend(stay_open(model));
    effects
}

/// Hides everything at once. A journal with a passphrase is locked too.
pub fn blank(model: &mut Model) -> Vec<Effect> {
    let effects = if model.has_passphrase {
        lock(model)
    } else {
        Vec::new()
    };
    let cover = model.cover.take().unwrap_or(Cover::Blank(None));
    model.cover = Some(cover.blank());
    effects
}

/// Keeps the draft, closes the journal and asks for its passphrase.
pub fn lock(model: &mut Model) -> Vec<Effect> {
    if !model.has_passphrase || model.cover.is_some() {
        return Vec::new();
    }
    model.cover = Some(Cover::Lock(Lock::default()));
    let mut effects = keeping::keep_now(model);
    effects.extend(locking::settle(model, Vec::new()));
    effects.push(Effect::StopTimer(Timer::Idle));
    effects
}

/// Whether the time without a key was over before this one. Timers stand still while the machine
/// sleeps; the clock does not.
pub fn is_due(model: &Model) -> bool {
    let since = (model.now - model.last_input).to_std().unwrap_or_default();
    let after = model.settings.idle_lock.filter(|_| model.has_passphrase);
    after.is_some_and(|after| since >= after)
}

/// Counts the time without a key anew.
pub fn stay_open(model: &Model) -> Vec<Effect> {
    let after = model.settings.idle_lock.filter(|_| model.has_passphrase);
    let is_covered = model.cover.is_some();
    after
        .filter(|_| !is_covered)
        .map(|after| Effect::SetTimer(Timer::Idle, after))
        .into_iter()
        .collect()
}

fn uncover(model: &mut Model) -> Vec<Effect> {
    model.cover = model.cover.take().and_then(Cover::uncovered);
    Vec::new()
}

fn key_pressed(model: &mut Model, event: KeyEvent) -> Vec<Effect> {
    if event.kind == KeyEventKind::Release {
        return Vec::new();
    }
    let key = Key::of(event);
    let keymap = &model.settings.keymap;
    let action = keymap.resolve(&Lock::CONTEXTS, key);
    let everywhere = keymap.resolve(&[Context::Always], key);
    match (action, everywhere) {
        (Some(Action::Quit), _) => {
            if let Some(lock) = locking::held_open(model) {
                lock.leave();
                return keeping::keep_now(model);
            }
            vec![Effect::Quit]
        }
        (Some(action), _) => with_lock(model, |lock, out| lock.act(action, out)),
        (None, Some(Action::Suspend)) => suspend(model),
        (None, Some(Action::Redraw)) => vec![Effect::Redraw],
        (None, Some(Action::Blank)) => {
            model.cover = model.cover.take().map(Cover::blank);
            Vec::new()
        }
        (None, _) => with_lock(model, |lock, _| {
            if let Some(c) = key.typed() {
                lock.take(c.encode_utf8(&mut [0; 4]));
            }
        }),
    }
}

fn not_opened(model: &mut Model, failure: &Failure) -> Vec<Effect> {
    let is_wrong = matches!(failure, Failure::Journal(error) if error.is_wrong_passphrase());
    let sentence = failure::in_words(failure);
    with_lock(model, |lock, out| {
        if is_wrong {
            lock.was_wrong(out);
        } else {
            lock.failed(sentence);
        }
    })
}

fn with_lock(model: &mut Model, turn: impl FnOnce(&mut Lock, &mut Outbox)) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        if let Some(lock) = model.cover.as_mut().and_then(Cover::lock) {
            turn(lock, out);
        }
    })
}
