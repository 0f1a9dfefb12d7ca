//! Hiding everything: at once by a key, after a while without one, and until the passphrase is
//! typed.

use crossterm::event::{KeyEvent, KeyEventKind};

use crate::domain::prose::Prose;
use crate::tui::effect::{Ask, Effect, RequestId, Timer};
use crate::tui::keymap::{Action, Context, Key};
use crate::tui::message::{Failure, Message, Reply};
use crate::tui::model::{Hiding, Model, Outbox, Place, Step, Tone};
use crate::tui::put_away;
use crate::tui::screens::cover::{Cover, Lock};
use crate::tui::screens::goals::Goals;
use crate::tui::screens::journal::Journal;
use crate::tui::screens::review::Review;
use crate::tui::screens::today::Today;
use crate::tui::screens::trends::Trends;

use super::{failure, keeping, resized, steps, suspend, update, with_outbox};

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
        (Covered::Passes, Hiding::Away { .. }) => Ok(while_away(model, message)),
        (Covered::Passes, Hiding::Settling { request, .. }) if matches!(&message, Message::Failed(failed, _) if failed == request) =>
        {
            let request = *request;
            Ok(settled(model, request))
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
        (Cover::Blank, Message::KeyPressed(event)) if event.kind == KeyEventKind::Release => {
            Covered::Done(Vec::new())
        }
        (Cover::Blank, Message::KeyPressed(_) | Message::Pasted(_)) => {
            Covered::Done(uncover(model))
        }
        (Cover::Lock(_), Message::KeyPressed(_) | Message::Pasted(_)) => Covered::Typed,
        (Cover::Lock(lock), Message::Failed(request, failure)) if lock.awaits(*request) => {
            Covered::Done(not_opened(model, failure))
        }
        (Cover::Lock(lock), Message::TimerFired(Timer::Retry)) => {
            lock.may_try();
            Covered::Done(Vec::new())
        }
        (_, Message::MouseUsed(_) | Message::FocusGained | Message::TimerFired(Timer::Idle)) => {
            Covered::Done(Vec::new())
        }
        _ => Covered::Passes,
    }
}

fn typed(model: &mut Model, message: Message) -> Vec<Effect> {
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

/// What happens while the words are not there: nothing that needs them.
fn while_away(model: &mut Model, message: Message) -> Vec<Effect> {
    let Hiding::Away {
        request,
        words,
        fired,
    } = &mut model.hiding
    else {
        return Vec::new();
    };
    match message {
        Message::Replied(answered, Reply::Locked { kept }) if answered == *request => {
            if kept {
                *words = None;
            }
            Vec::new()
        }
        // The journal could not be closed. The words are hidden all the same.
        Message::Failed(answered, _) if answered == *request => Vec::new(),
        Message::Replied(_, Reply::Unlocked(kept)) => unlocked(model, kept),
        Message::TimerFired(timer) => {
            if !fired.contains(&timer) {
                fired.push(timer);
            }
            Vec::new()
        }
        Message::Resized(size) => {
            model.size = size;
            vec![Effect::Redraw]
        }
        Message::Resumed => vec![Effect::Redraw],
        Message::SuspendRequested => vec![Effect::Suspend],
        Message::EndRequested => vec![Effect::Quit],
        Message::KeyPressed(_)
        | Message::Pasted(_)
        | Message::MouseUsed(_)
        | Message::FocusGained
        | Message::FocusLost
        | Message::Replied(..)
        | Message::Failed(..)
        | Message::JournalLocked
        | Message::EditorClosed(..) => Vec::new(),
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
    model.cover = Some(Cover::Blank);
    effects
}

/// Keeps the draft, closes the journal and asks for its passphrase.
pub fn lock(model: &mut Model) -> Vec<Effect> {
    if !model.has_passphrase || model.cover.is_some() {
        return Vec::new();
    }
    model.notice = None;
    model.cover = Some(Cover::Lock(Lock::default()));
    let mut effects = keeping::keep_now(model);
    effects.extend(settle(model, Vec::new()));
    effects.push(Effect::StopTimer(Timer::Idle));
    effects
}

/// Asks when everything is answered that was asked so far.
fn settle(model: &mut Model, held: Vec<Message>) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        let request = out.ask(Ask::Settle);
        model.hiding = Hiding::Settling { request, held };
    })
}

/// Everything is answered that was asked before: if the answers led to no other question, the words
/// are taken out of the model and go into the journal, which is closed then.
pub fn settled(model: &mut Model, answered: RequestId) -> Vec<Effect> {
    let Hiding::Settling { request, held } = &mut model.hiding else {
        return Vec::new();
    };
    if *request != answered {
        return Vec::new();
    }
    let held = std::mem::take(held);
    if !model.requests.is_last(answered) {
        return settle(model, held);
    }
    let words = put_away::take(model);
    let mut effects = with_outbox(model, |model, out| {
        model.hiding = Hiding::Away {
            request: out.ask(Ask::Lock(words.clone())),
            words: Some(words),
            fired: Vec::new(),
        };
    });
    for message in held {
        effects.extend(typed(model, message));
    }
    effects
}

/// The journal is open again: everything is as it was, but for what another program wrote.
pub fn unlocked(model: &mut Model, kept: Option<Prose>) -> Vec<Effect> {
    model.cover = None;
    model.last_input = model.now;
    let mut effects = match std::mem::take(&mut model.hiding) {
        Hiding::Away { words, fired, .. } => {
            let words = words.or(kept);
            if words.is_some_and(|words| put_away::put_back(model, &words)) {
                resized(model, model.size);
                refire(model, fired)
            } else {
                begin_anew(model)
            }
        }
        Hiding::Nothing | Hiding::Settling { .. } => Vec::new(),
    };
    effects.extend(steps::take(model, Step::Refresh));
    effects.extend(stay_open(model));
    effects
}

/// Lets those timers fire whose time came while everything was hidden.
fn refire(model: &mut Model, fired: Vec<Timer>) -> Vec<Effect> {
    let now = model.now;
    let fire = |timer| update(model, now, Message::TimerFired(timer));
    fired.into_iter().flat_map(fire).collect()
}

/// The words of the screen are not to be had: it begins anew. What was being written is a draft.
fn begin_anew(model: &mut Model) -> Vec<Effect> {
    let mut effects = keeping::close_editor(model);
    model.layers.clear();
    model.place = Place::Today;
    model.today = Today::default();
    model.journal = Journal::default();
    model.review = Review::default();
    model.trends = Trends::default();
    model.goals = Goals::default();
    model.undo.clear();
    model.undoing = None;
    model.waiting = None;
    model.shelved.clear();
    model.let_stand.clear();
    effects.extend(with_outbox(model, |_, out| {
        out.say(
            Tone::Warning,
            "The screen could not be brought back as it was. What you were writing is kept as a draft.",
        );
    }));
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
    model.cover = model.has_passphrase.then(|| Cover::Lock(Lock::default()));
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
        (Some(Action::Quit), _) => vec![Effect::Quit],
        (Some(action), _) => with_lock(model, |lock, out| lock.act(action, out)),
        (None, Some(Action::Suspend)) => suspend(model),
        (None, Some(Action::Redraw)) => vec![Effect::Redraw],
        (None, Some(Action::Blank)) => {
            model.cover = Some(Cover::Blank);
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
        if let Some(Cover::Lock(lock)) = &mut model.cover {
            turn(lock, out);
        }
    })
}
