//! What the bytes of a terminal mean: keys, the mouse, the focus, pasted texts.
//!
//! A terminal sends whole units, such as the four bytes of Delete, but a line parts them anywhere.
//! A unit that is not whole waits for the rest; how long is for whoever reads the terminal to
//! measure. Nothing that was dealt with is kept.

mod sequence;
#[cfg(test)]
mod tests;
mod unit;

use std::ops::ControlFlow;
use std::time::Duration;

use crossterm::event::Event;

use unit::{BEL, ESC, Unit};

/// How long what may be a whole key waits for more, such as Esc, which all sequences begin with.
const KEY: Duration = Duration::from_millis(30);
/// How long a sequence waits for its rest, over a slow line. It is none that somebody types.
const SEQUENCE: Duration = Duration::from_millis(500);
/// How long a pasted text waits for its rest.
const PASTE: Duration = Duration::from_secs(1);

/// What ends a pasted text.
const END: &[u8] = b"\x1b[201~";
/// No sequence is longer, in bytes.
const LONGEST: usize = 1024;
/// More than any text may have, in bytes. What is pasted beyond is not kept.
const MOST_PASTED: usize = 4 * 1024 * 1024;

/// Cuts what a terminal sends into units, and says what they mean.
#[derive(Default)]
pub struct Keys {
    /// What came, dealt with up to `from`.
    bytes: Vec<u8>,
    from: usize,
    state: State,
    /// Whether Enter came last.
    entered: bool,
}

/// What the next byte belongs to.
#[derive(Default)]
enum State {
    /// A unit.
    #[default]
    Typed,
    /// A pasted text, of which this came.
    Pasted(Vec<u8>),
    /// A pasted text whose end is overdue. The line is slow, or the terminal forgot the end: all
    /// that is text is pasted on, so that it is not taken for commands, and the first key that
    /// types no text ends it.
    PastedOn,
    /// Something too long to mean anything, which is not typed into a text.
    Passed,
}

/// Goes on with the next unit, or breaks off: with what happened, or because more has to come.
type Step = ControlFlow<Option<Event>>;

impl Keys {
    /// Takes what was read.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next thing that happened; `None` if more has to come first.
    pub fn next(&mut self) -> Option<Event> {
        while !self.rest().is_empty() {
            let step = match std::mem::take(&mut self.state) {
                State::Typed => self.typed(),
                State::Pasted(text) => self.pasted(text),
                State::PastedOn => self.pasted_on(),
                State::Passed => self.passed(),
            };
            match step {
                ControlFlow::Continue(()) => {}
                ControlFlow::Break(None) => break,
                ControlFlow::Break(event) => return event,
            }
        }
        // What was dealt with is given back, and wiped with it.
        self.bytes = self.rest().to_vec();
        self.from = 0;
        None
    }

    /// How long to wait for the rest of what is under way, once [`Self::next`] has no more; `None`
    /// if nothing is.
    pub fn patience(&self) -> Option<Duration> {
        match &self.state {
            State::Typed => match unit::first(self.rest())? {
                Unit::Open(Some(_)) => Some(KEY),
                Unit::Open(None) | Unit::Whole(..) | Unit::Paste(_) => Some(SEQUENCE),
            },
            State::Pasted(_) => Some(PASTE),
            State::PastedOn => (!self.rest().is_empty()).then_some(SEQUENCE),
            State::Passed => Some(SEQUENCE),
        }
    }

    /// Makes the best of what is under way, since its rest did not come. What is left is to be had
    /// from [`Self::next`], or given up in its turn.
    pub fn give_up(&mut self) -> Option<Event> {
        match std::mem::take(&mut self.state) {
            State::Typed => {
                if let Some(Unit::Open(Some((length, key)))) = unit::first(self.rest()) {
                    self.from += length;
                    return Some(Event::Key(key));
                }
                self.from = self.bytes.len();
                None
            }
            State::Pasted(mut text) => {
                self.state = State::PastedOn;
                if self.rest().is_empty() {
                    self.feed(&text.split_off(whole(&text)));
                }
                paste(text)
            }
            State::PastedOn => {
                self.state = State::PastedOn;
                self.from = self.bytes.len();
                None
            }
            State::Passed => None,
        }
    }

    fn rest(&self) -> &[u8] {
        self.bytes.get(self.from..).unwrap_or_default()
    }

    /// One unit.
    fn typed(&mut self) -> Step {
        let first = self.rest().first().copied();
        // Two bytes for Enter, as texts from elsewhere have them at the end of a line.
        if std::mem::take(&mut self.entered) && first == Some(b'\n') {
            self.from += 1;
            return Step::Continue(());
        }
        match unit::first(self.rest()) {
            Some(Unit::Whole(length, event)) => {
                self.entered = first == Some(b'\r');
                self.from += length;
                event.map_or(Step::Continue(()), |event| Step::Break(Some(event)))
            }
            Some(Unit::Paste(length)) => {
                self.from += length;
                self.state = State::Pasted(Vec::new());
                Step::Continue(())
            }
            Some(Unit::Open(_)) if self.rest().len() > LONGEST => {
                // What may be its end has begun with an Esc.
                let kept = usize::from(self.rest().last() == Some(&ESC));
                self.from = self.bytes.len() - kept;
                self.state = State::Passed;
                Step::Continue(())
            }
            Some(Unit::Open(_)) | None => Step::Break(None),
        }
    }

    /// More of a pasted text.
    fn pasted(&mut self, mut text: Vec<u8>) -> Step {
        let rest = self.rest();
        let (length, ends) = before_end(rest);
        let kept = length.min(MOST_PASTED.saturating_sub(text.len()));
        text.extend_from_slice(rest.get(..kept).unwrap_or_default());
        self.from += length;
        if !ends {
            self.state = State::Pasted(text);
            return Step::Break(None);
        }
        self.from += END.len();
        paste(text).map_or(Step::Continue(()), |event| Step::Break(Some(event)))
    }

    /// More of a text whose end is overdue.
    fn pasted_on(&mut self) -> Step {
        let rest = self.rest();
        let is_text =
            |byte: &&u8| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\n' | b'\r');
        let length = rest.iter().take_while(is_text).count();
        let ends = length < rest.len();
        let mut text = rest.get(..length).unwrap_or_default().to_vec();
        if !ends {
            text.truncate(whole(&text));
            self.state = State::PastedOn;
        }
        self.from += text.len();
        match paste(text) {
            None if ends => Step::Continue(()),
            event => Step::Break(event),
        }
    }

    /// More of what means nothing.
    fn passed(&mut self) -> Step {
        let rest = self.rest();
        let length = rest.iter().take_while(|byte| !byte.is_ascii_control());
        let length = length.count();
        let end = match rest.get(length..).unwrap_or_default() {
            [] | [ESC] => None,
            [ESC, b'\\', ..] => Some(2),
            [BEL, ..] => Some(1),
            _ => Some(0),
        };
        self.from += length + end.unwrap_or(0);
        if end.is_some() {
            return Step::Continue(());
        }
        self.state = State::Passed;
        Step::Break(None)
    }
}

/// How much text there is before the end of a paste, and whether that end is there. What may be the
/// beginning of the end is neither.
fn before_end(bytes: &[u8]) -> (usize, bool) {
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == ESC) {
        let after = bytes.get(at..).unwrap_or_default();
        if after.starts_with(END) {
            return (at, true);
        }
        if END.starts_with(after) {
            return (at, false);
        }
    }
    (bytes.len(), false)
}

/// How long the text is without a character at its end whose rest is missing.
fn whole(text: &[u8]) -> usize {
    let missing = |length: &usize| {
        let tail = text.get(*length..).map(std::str::from_utf8);
        tail.is_some_and(|tail| {
            tail.is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
        })
    };
    let all = text.len();
    (all.saturating_sub(3)..all).find(missing).unwrap_or(all)
}

/// A pasted text, if it is not empty; what is no UTF-8 stands as a replacement character.
fn paste(text: Vec<u8>) -> Option<Event> {
    let text = String::from_utf8(text)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    (!text.is_empty()).then_some(Event::Paste(text))
}
