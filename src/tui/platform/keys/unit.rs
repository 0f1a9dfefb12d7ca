//! Where a unit of what a terminal sends ends: a character, a key, a report.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::sequence;

/// What all sequences begin with; by itself the key Esc, before a character Alt.
pub const ESC: u8 = 0x1b;
/// Ends some texts of the terminal itself.
pub const BEL: u8 = 0x07;

/// The first unit of some bytes. Lengths are in bytes.
#[derive(Debug, PartialEq, Eq)]
pub enum Unit {
    /// A whole one of this length; `None` if it means nothing here.
    Whole(usize, Option<Event>),
    /// What begins a pasted text.
    Paste(usize),
    /// All there is, but not whole. If no more comes, its first bytes are this key, or it is none.
    Open(Option<(usize, KeyEvent)>),
}

impl Unit {
    /// The same behind so many bytes more.
    fn behind(self, more: usize) -> Self {
        match self {
            Self::Whole(length, event) => Self::Whole(more + length, event),
            Self::Paste(length) => Self::Paste(more + length),
            Self::Open(key) => Self::Open(key.map(|(length, key)| (more + length, key))),
        }
    }

    /// The same with Alt.
    fn with_alt(mut self) -> Self {
        if let Self::Whole(_, Some(Event::Key(key))) = &mut self {
            key.modifiers |= KeyModifiers::ALT;
        }
        self
    }

    fn key(length: usize, code: KeyCode, modifiers: KeyModifiers) -> Self {
        Self::Whole(length, Some(Event::Key(KeyEvent::new(code, modifiers))))
    }
}

/// The first unit; `None` if there are no bytes.
pub fn first(bytes: &[u8]) -> Option<Unit> {
    match bytes {
        [] => None,
        [ESC] => Some(Unit::Open(Some((1, esc())))),
        // Some terminals put Esc before the sequence of a key for Alt.
        [ESC, ESC, rest @ ..] => Some(match rest {
            [] => Unit::Open(Some((1, esc()))),
            [b'[' | b'O', ..] => match sequence(rest) {
                // A paste is none of a key's.
                Unit::Paste(_) => Unit::Whole(1, Some(Event::Key(esc()))),
                unit @ (Unit::Whole(..) | Unit::Open(_)) => unit.behind(2).with_alt(),
            },
            _ => Unit::Whole(1, Some(Event::Key(esc()))),
        }),
        [ESC, rest @ ..] => Some(sequence(rest).behind(1)),
        _ => Some(key(bytes)),
    }
}

fn esc() -> KeyEvent {
    KeyCode::Esc.into()
}

/// What stands behind an Esc.
fn sequence(bytes: &[u8]) -> Unit {
    match bytes {
        [b'[', rest @ ..] => csi(rest).behind(1),
        [b'O', rest @ ..] => ss3(rest).behind(1),
        // Answers to questions, which a program before this one may have asked.
        [b']', b'0'..=b'9' | b'l' | b'L', ..] | [b'P', 0x20..=0x3f, ..] | [b'_', b'G', ..] => {
            string(bytes)
        }
        [letter @ (b']' | b'P' | b'_')] => {
            let mut key = letter_key(char::from(*letter));
            key.modifiers |= KeyModifiers::ALT;
            Unit::Open(Some((1, key)))
        }
        _ => key(bytes).with_alt(),
    }
}

/// Behind `ESC [`: numbers, and a letter or sign that ends them.
fn csi(bytes: &[u8]) -> Unit {
    match bytes {
        // F1 to F5 of the Linux console.
        [b'[', letter @ b'A'..=b'E', ..] => {
            return Unit::key(2, KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE);
        }
        [b'['] => return Unit::Open(None),
        // The mouse, of terminals that know no newer way to say it.
        [
            b'M',
            button @ 0x20..=0xff,
            column @ 0x20..=0xff,
            row @ 0x20..=0xff,
            ..,
        ] => {
            let at = |byte: &u8| u32::from(byte.saturating_sub(32));
            let event = sequence::mouse(at(button), at(column), at(row), false);
            return Unit::Whole(4, event);
        }
        [b'M', rest @ ..] => {
            let sent = rest.iter().take_while(|byte| **byte >= 0x20).count();
            return if sent == rest.len() {
                Unit::Open(None)
            } else {
                Unit::Whole(1 + sent, None)
            };
        }
        [b'[', ..] => return Unit::Whole(1, None),
        _ => {}
    }
    let is_private = matches!(bytes, [b'<'..=b'?', ..]);
    let is_end = |byte: u8| match byte {
        // Shift, of rxvt.
        b'$' => !is_private,
        byte => !(0x20..=0x3f).contains(&byte),
    };
    let mut numbers = bytes.splitn(2, |byte| is_end(*byte));
    let parameters = numbers.next().unwrap_or_default();
    match (parameters, bytes.get(parameters.len())) {
        (_, None) => Unit::Open(None),
        (b"200", Some(b'~')) => Unit::Paste(4),
        (_, Some(end @ (b'$' | 0x40..=0x7e))) => {
            Unit::Whole(parameters.len() + 1, sequence::csi(parameters, *end))
        }
        // Another unit begins in the midst of it.
        (_, Some(_)) => Unit::Whole(parameters.len(), None),
    }
}

/// Behind `ESC O`: a letter, perhaps with a number before it.
fn ss3(bytes: &[u8]) -> Unit {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit());
    let digits = digits.count();
    match bytes.get(digits) {
        None => Unit::Open(None),
        Some(letter @ 0x40..=0x7e) => {
            let modifiers = bytes.get(..digits).unwrap_or_default();
            Unit::Whole(digits + 1, sequence::ss3(modifiers, *letter))
        }
        Some(_) => Unit::Whole(digits, None),
    }
}

/// A text of the terminal itself, up to what ends it.
fn string(bytes: &[u8]) -> Unit {
    let length = bytes.iter().take_while(|byte| !byte.is_ascii_control());
    let length = length.count();
    match bytes.get(length..) {
        None | Some([] | [ESC]) => Unit::Open(None),
        Some([ESC, b'\\', ..]) => Unit::Whole(length + 2, None),
        Some([BEL, ..]) => Unit::Whole(length + 1, None),
        Some(_) => Unit::Whole(length, None),
    }
}

/// A character, or a key that sends one byte.
fn key(bytes: &[u8]) -> Unit {
    let control = |letter: u8| Unit::key(1, KeyCode::Char(letter.into()), KeyModifiers::CONTROL);
    let plain = |code| Unit::key(1, code, KeyModifiers::NONE);
    match bytes {
        [] => Unit::Open(None),
        // What is typed before the terminal is ours has line ends for Enter.
        [b'\r' | b'\n', ..] => plain(KeyCode::Enter),
        [b'\t', ..] => plain(KeyCode::Tab),
        [0x7f, ..] => plain(KeyCode::Backspace),
        [0, ..] => control(b' '),
        [byte @ 0x01..=0x1a, ..] => control(byte - 0x01 + b'a'),
        [byte @ 0x1b..=0x1f, ..] => control(byte - 0x1b + b'3'),
        _ => character(bytes),
    }
}

fn character(bytes: &[u8]) -> Unit {
    let bytes = bytes.get(..4).unwrap_or(bytes);
    let (valid, invalid) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            (
                std::str::from_utf8(valid).unwrap_or_default(),
                error.error_len(),
            )
        }
    };
    match (valid.chars().next(), invalid) {
        (Some(letter), _) => Unit::Whole(letter.len_utf8(), Some(Event::Key(letter_key(letter)))),
        (None, Some(length)) => Unit::Whole(length, None),
        (None, None) => Unit::Open(None),
    }
}

fn letter_key(letter: char) -> KeyEvent {
    let shift = if letter.is_uppercase() {
        KeyModifiers::SHIFT
    } else {
        KeyModifiers::NONE
    };
    KeyEvent::new(KeyCode::Char(letter), shift)
}
