//! What is typed into forms and not saved reaches the disk as a draft does, and is there again when
//! the form is opened again.

use std::time::Duration;

use crate::domain::unfinished::Unfinished;
use crate::tui::effect::{Ask, Effect, RequestId, Timer};
use crate::tui::model::{Layer, Model, Tone};

use super::{locking, with_outbox};

/// How long after the first key that is not kept the lines are.
const PAUSE: Duration = Duration::from_millis(500);
/// How long after a failure keeping is tried again.
const RETRY: Duration = Duration::from_secs(5);

/// What is known of the lines' way to the disk.
#[derive(Debug, Default)]
pub struct Lines {
    /// What the journal has, once the last order is done.
    pub kept: Vec<Unfinished>,
    /// The question for what earlier runs left, until it is answered. Nothing is kept before: it
    /// would be kept in its place.
    asked: Option<RequestId>,
    /// The last order, until it is answered.
    ordered: Option<RequestId>,
    /// Whether [`Timer::KeepLines`] runs.
    is_timed: bool,
    /// Whether the last order failed.
    failing: bool,
}

impl Lines {
    /// This asks for what earlier runs left.
    pub const fn wait_for(&mut self, request: RequestId) {
        self.asked = Some(request);
    }
}

/// Asks for the lines that this run and earlier ones left.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        model.lines = Lines::default();
        model.lines.wait_for(out.ask(Ask::TakeUpLines));
    })
}

/// The lines that earlier runs left, or those of this one after it had to begin anew.
pub fn taken_up(model: &mut Model, request: RequestId, left: Vec<Unfinished>) -> Vec<Effect> {
    if model
        .lines
        .asked
        .take_if(|asked| *asked == request)
        .is_none()
    {
        return Vec::new();
    }
    model.lines.kept.clone_from(&left);
    let Some(first) = left.first() else {
        return Vec::new();
    };
    let what = first.subject.name();
    let more = match left.len() {
        1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    model.shelved.extend(left);
    with_outbox(model, |model, out| {
        // What is wrong with the journal is said before this; this comes again.
        if model.notice.is_none() {
            out.say(
                Tone::Done,
                format!("Unfinished, and there when you open it: {what}{more}."),
            );
        }
    })
}

/// What was typed into forms: those that were left, then those that are open.
#[must_use]
pub fn typed_lines(model: &Model) -> Vec<Unfinished> {
    let open = model.layers.iter().filter_map(|layer| {
        if let Layer::Form(form) = layer {
            form.unfinished()
        } else {
            None
        }
    });
    model.shelved.iter().cloned().chain(open).collect()
}

/// Whether all of it is on the disk, as far as the journal said.
pub fn is_kept(model: &Model) -> bool {
    !model.lines.failing && model.lines.kept == typed_lines(model)
}

/// After every message: what is finished is forgotten at once, what was typed is kept in a moment.
pub fn watch(model: &mut Model) -> Vec<Effect> {
    // One order at a time; its answer comes here again.
    if model.lines.asked.or(model.lines.ordered).is_some() || model.is_away() {
        return Vec::new();
    }
    let typed = typed_lines(model);
    let Lines {
        kept,
        is_timed,
        failing,
        ..
    } = &mut model.lines;
    if *kept == typed && !*failing {
        if std::mem::take(is_timed) {
            return vec![Effect::StopTimer(Timer::KeepLines)];
        }
        return Vec::new();
    }
    if typed.len() < kept.len() && !*failing {
        return keep(model, typed);
    }
    if std::mem::replace(is_timed, true) {
        return Vec::new();
    }
    let pause = if *failing { RETRY } else { PAUSE };
    vec![Effect::SetTimer(Timer::KeepLines, pause)]
}

/// Keeps the lines at once, if there is anything new in them.
pub fn keep_now(model: &mut Model) -> Vec<Effect> {
    if model.lines.asked.is_some() || model.is_away() || is_kept(model) {
        return Vec::new();
    }
    let typed = typed_lines(model);
    keep(model, typed)
}

fn keep(model: &mut Model, typed: Vec<Unfinished>) -> Vec<Effect> {
    with_outbox(model, |model, out| {
        model.lines = Lines {
            ordered: Some(out.ask(Ask::KeepLines(typed.clone()))),
            kept: typed,
            asked: None,
            is_timed: false,
            failing: false,
        };
        out.effects.push(Effect::StopTimer(Timer::KeepLines));
    })
}

/// The lines are on the disk.
pub fn kept(model: &mut Model, request: RequestId) -> Vec<Effect> {
    if model
        .lines
        .ordered
        .take_if(|ordered| *ordered == request)
        .is_none()
    {
        return Vec::new();
    }
    locking::kept(model)
}

/// Whether that was the order to keep the lines, which they are not now.
pub fn failed(model: &mut Model, request: RequestId) -> bool {
    // What an earlier run left lies where it is.
    model.lines.asked.take_if(|asked| *asked == request);
    let ordered = &mut model.lines.ordered;
    let failed = ordered.take_if(|ordered| *ordered == request).is_some();
    model.lines.failing |= failed;
    failed
}
