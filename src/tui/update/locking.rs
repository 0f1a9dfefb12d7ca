//! The words leave the model when the journal is locked, and come back when it is open again.

use crate::domain::prose::Prose;
use crate::tui::effect::{Ask, Effect, RequestId, Timer};
use crate::tui::message::{Message, Reply};
use crate::tui::model::{Model, Notice, Place, Tone};
use crate::tui::screens::cover::{Cover, Lock, Undone};
use crate::tui::screens::goals::Goals;
use crate::tui::screens::journal::Journal;
use crate::tui::screens::review::Review;
use crate::tui::screens::today::Today;
use crate::tui::screens::trends::Trends;
use crate::tui::step::Step;

use super::{cover, keeping, put_away, resized, steps, unfinished, update, with_outbox};

/// How far the writer's words are put away while the journal is locked.
#[derive(Debug, Default)]
pub enum Hiding {
    /// They are where they belong.
    #[default]
    Nothing,
    /// They are as soon as everything that was asked of the journal is answered.
    Settling {
        /// The question behind all others.
        request: RequestId,
        /// Keys pressed meanwhile: the passphrase may have been begun.
        held: Vec<Message>,
    },
    /// They are not in the model.
    Away {
        /// The order to keep them and to close the journal.
        request: RequestId,
        /// The words, until the journal has them; for good if it cannot.
        words: Option<Prose>,
        /// Timers whose time came meanwhile.
        fired: Vec<Timer>,
    },
}

/// Asks when everything is answered that was asked so far.
pub fn settle(model: &mut Model, held: Vec<Message>) -> Vec<Effect> {
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
    if !keeping::is_kept(model) {
        // It stays where it is, behind the cover, and the journal open for the next try.
        model.hiding = Hiding::Nothing;
        tell(model, Some(Undone::Unkept));
        return held
            .into_iter()
            .flat_map(|message| cover::typed(model, message))
            .collect();
    }
    tell(model, None);
    let words = put_away::take(model);
    let mut effects = with_outbox(model, |model, out| {
        model.hiding = Hiding::Away {
            request: out.ask(Ask::Lock(words.clone())),
            words: Some(words),
            fired: Vec::new(),
        };
    });
    for message in held {
        effects.extend(cover::typed(model, message));
    }
    effects
}

/// Says on the locked screen what the locking left undone.
fn tell(model: &mut Model, undone: Option<Undone>) {
    if let Some(lock) = model.cover.as_mut().and_then(Cover::lock) {
        lock.tell(undone);
    }
}

/// The question for the passphrase with the journal open behind it, because the disk did not take
/// what was written last.
pub fn held_open(model: &mut Model) -> Option<&mut Lock> {
    let lock = model.cover.as_mut().and_then(Cover::lock)?;
    (lock.undone() == Some(Undone::Unkept)).then_some(lock)
}

/// Something is on the disk that was not: a locked screen is closed, or left, if that was all.
pub fn kept(model: &mut Model) -> Vec<Effect> {
    if !keeping::is_kept(model) {
        return Vec::new();
    }
    match held_open(model).map(|lock| lock.leaves()) {
        Some(true) => vec![Effect::Quit],
        Some(false) => settle(model, Vec::new()),
        None => Vec::new(),
    }
}

/// The journal is open again: everything is as it was, but for what another program wrote.
pub fn unlocked(model: &mut Model, kept: Option<Prose>, lies_open: bool) -> Vec<Effect> {
    // Blanked while the journal was being opened.
    let is_blank = matches!(model.cover.take(), Some(Cover::Blank(_)));
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
    if lies_open {
        model.has_passphrase = false;
        model.notice = Some(Notice {
            tone: Tone::Warning,
            text: "The passphrase was removed meanwhile: whoever has the file can read it."
                .to_owned(),
        });
    }
    if is_blank {
        effects.extend(cover::blank(model));
    }
    effects.extend(cover::stay_open(model));
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
    effects.extend(unfinished::ask(model));
    effects.extend(with_outbox(model, |_, out| {
        out.say(
            Tone::Warning,
            "The screen could not be brought back as it was. What you were writing is kept as a draft.",
        );
    }));
    effects
}

/// What happens while the words are not there: nothing that needs them.
pub fn while_away(model: &mut Model, message: Message) -> Vec<Effect> {
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
            } else {
                tell(model, Some(Undone::InMemory));
            }
            Vec::new()
        }
        // The journal could not be closed. The words are hidden all the same.
        Message::Failed(answered, _) if answered == *request => {
            tell(model, Some(Undone::InMemory));
            Vec::new()
        }
        Message::Replied(_, Reply::Unlocked { screen, lies_open }) => {
            unlocked(model, screen, lies_open)
        }
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
