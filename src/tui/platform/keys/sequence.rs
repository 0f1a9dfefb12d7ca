//! What the sequences of terminals mean, as xterm, rxvt, the Linux console and kitty send them.
//!
//! Sources: the control sequences of xterm ("PC-Style Function Keys", "Mouse Tracking"), the
//! keyboard protocol of kitty, rxvt's reference.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// Numbers between semicolons, each perhaps with others behind colons.
#[derive(Clone, Copy)]
struct Numbers<'a>(&'a str);

impl Numbers<'_> {
    /// The number at this place; `None` if it is left out.
    fn at(self, place: usize, part: usize) -> Option<u32> {
        let number = self.0.split(';').nth(place)?.split(':').nth(part)?;
        number.parse().ok()
    }

    /// What is held down, and whether the key was pressed, repeated or let go.
    fn held(self, place: usize) -> (KeyModifiers, KeyEventKind) {
        let kind = match self.at(place, 1) {
            Some(2) => KeyEventKind::Repeat,
            Some(3) => KeyEventKind::Release,
            _ => KeyEventKind::Press,
        };
        (modifiers(self.at(place, 0)), kind)
    }
}

/// What is held down: one more than the sum of its bits.
fn modifiers(number: Option<u32>) -> KeyModifiers {
    let bits = number.unwrap_or(1).saturating_sub(1);
    let named = [
        KeyModifiers::SHIFT,
        KeyModifiers::ALT,
        KeyModifiers::CONTROL,
        KeyModifiers::SUPER,
        KeyModifiers::HYPER,
        KeyModifiers::META,
    ];
    (0..)
        .zip(named)
        .filter(|(bit, _)| bits & (1 << bit) != 0)
        .fold(KeyModifiers::NONE, |all, (_, modifier)| all | modifier)
}

/// `ESC [`, then `parameters`, then `end`.
pub fn csi(parameters: &[u8], end: u8) -> Option<Event> {
    let text = std::str::from_utf8(parameters).ok()?;
    if let Some(mouse) = text.strip_prefix('<') {
        return match end {
            b'M' | b'm' => reported(Numbers(mouse), 0, end == b'm'),
            _ => None,
        };
    }
    // An answer of the terminal.
    if text.starts_with(['=', '>', '?']) {
        return None;
    }
    let numbers = Numbers(text);
    match end {
        b'I' if text.is_empty() => Some(Event::FocusGained),
        b'O' if text.is_empty() => Some(Event::FocusLost),
        b'M' => reported(numbers, 32, false),
        b'~' | b'$' | b'^' | b'@' => numbered(numbers, end).map(Event::Key),
        b'u' => {
            let (modifiers, kind) = numbers.held(1);
            let shifted = numbers.at(0, 1);
            unicode(numbers.at(0, 0)?, shifted, modifiers, kind).map(Event::Key)
        }
        // With other numbers it says where the cursor is.
        b'R' if !matches!(
            (numbers.at(0, 0), numbers.at(1, 0)),
            (None | Some(1), None | Some(2..=16))
        ) =>
        {
            None
        }
        _ => lettered(numbers, end).map(Event::Key),
    }
}

/// `ESC O`, then a number or none for what is held down, then a letter.
pub fn ss3(held: &[u8], letter: u8) -> Option<Event> {
    let held = std::str::from_utf8(held).ok()?.parse().ok();
    let (code, modifiers) = match letter {
        // Ctrl, of rxvt.
        b'a'..=b'd' => (arrow(letter)?, KeyModifiers::CONTROL),
        // The keypad, where it sends what is not on its keys.
        b'M' => (KeyCode::Enter, modifiers(held)),
        _ => (cursor(letter)?, modifiers(held)),
    };
    Some(Event::Key(KeyEvent::new(code, modifiers)))
}

/// A key that a letter ends. What is held down is the second number, of older terminals the only
/// one.
fn lettered(numbers: Numbers<'_>, letter: u8) -> Option<KeyEvent> {
    let place = usize::from(numbers.0.contains(';'));
    let (mut modifiers, kind) = numbers.held(place);
    let code = match letter {
        b'Z' => {
            modifiers |= KeyModifiers::SHIFT;
            KeyCode::BackTab
        }
        // Shift, of rxvt.
        b'a'..=b'd' => {
            modifiers |= KeyModifiers::SHIFT;
            arrow(letter)?
        }
        _ => cursor(letter)?,
    };
    Some(KeyEvent::new_with_kind(code, modifiers, kind))
}

fn arrow(letter: u8) -> Option<KeyCode> {
    cursor(letter.to_ascii_uppercase())
}

const fn cursor(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// A key that has a number. `~` ends it; of rxvt other signs do, for what is held down.
fn numbered(numbers: Numbers<'_>, end: u8) -> Option<KeyEvent> {
    let (mut modifiers, kind) = numbers.held(1);
    modifiers |= match end {
        b'$' => KeyModifiers::SHIFT,
        b'^' => KeyModifiers::CONTROL,
        b'@' => KeyModifiers::CONTROL | KeyModifiers::SHIFT,
        _ => KeyModifiers::NONE,
    };
    let number = numbers.at(0, 0)?;
    let function = |after: u32| Some(KeyCode::F(u8::try_from(number.checked_sub(after)?).ok()?));
    let code = match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => function(10)?,
        17..=21 => function(11)?,
        23..=26 => function(12)?,
        28 | 29 => function(13)?,
        31..=34 => function(14)?,
        // What xterm sends for keys that have no sequence of their own.
        27 => return unicode(numbers.at(2, 0)?, None, modifiers, kind),
        _ => return None,
    };
    Some(KeyEvent::new_with_kind(code, modifiers, kind))
}

/// A key by the number of its character; `shifted` is the one that Shift makes of it.
fn unicode(
    number: u32,
    shifted: Option<u32>,
    mut modifiers: KeyModifiers,
    kind: KeyEventKind,
) -> Option<KeyEvent> {
    let has_shift = modifiers.contains(KeyModifiers::SHIFT);
    let code = match number {
        0x1b => KeyCode::Esc,
        0x0a | 0x0d | 57_414 => KeyCode::Enter,
        0x09 if has_shift => KeyCode::BackTab,
        0x09 => KeyCode::Tab,
        0x08 | 0x7f => KeyCode::Backspace,
        // The keypad.
        57_399..=57_408 => KeyCode::Char(char::from_digit(number - 57_399, 10)?),
        57_409 => KeyCode::Char('.'),
        57_410 => KeyCode::Char('/'),
        57_411 => KeyCode::Char('*'),
        57_412 => KeyCode::Char('-'),
        57_413 => KeyCode::Char('+'),
        57_415 => KeyCode::Char('='),
        57_416 => KeyCode::Char(','),
        57_417 => KeyCode::Left,
        57_418 => KeyCode::Right,
        57_419 => KeyCode::Up,
        57_420 => KeyCode::Down,
        57_421 => KeyCode::PageUp,
        57_422 => KeyCode::PageDown,
        57_423 => KeyCode::Home,
        57_424 => KeyCode::End,
        57_425 => KeyCode::Insert,
        57_426 => KeyCode::Delete,
        57_376..=57_398 => KeyCode::F(u8::try_from(number - 57_376 + 13).ok()?),
        // Keys that do nothing here, such as those for loudness.
        0xe000..=0xf8ff => return None,
        _ => KeyCode::Char(letter(number)?),
    };
    let shifted = shifted.filter(|_| has_shift).and_then(letter);
    let code = shifted.map_or(code, |letter| {
        modifiers.remove(KeyModifiers::SHIFT);
        KeyCode::Char(letter)
    });
    Some(KeyEvent::new_with_kind(code, modifiers, kind))
}

fn letter(number: u32) -> Option<char> {
    char::from_u32(number).filter(|letter| !letter.is_control())
}

/// The mouse: its buttons, above `first`, the column and the row, both from one.
fn reported(numbers: Numbers<'_>, first: u32, is_let_go: bool) -> Option<Event> {
    let buttons = numbers.at(0, 0)?.checked_sub(first)?;
    mouse(buttons, numbers.at(1, 0)?, numbers.at(2, 0)?, is_let_go)
}

/// What the mouse did. From the lowest bit: two for the button, Shift, Alt, Ctrl, whether it moved,
/// two more for the button.
pub fn mouse(buttons: u32, column: u32, row: u32, is_let_go: bool) -> Option<Event> {
    let button = (buttons & 0b11) | ((buttons >> 4) & 0b1100);
    let has_moved = buttons & 0b10_0000 != 0;
    let named = match button {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match (named, button) {
        (Some(named), _) if has_moved => MouseEventKind::Drag(named),
        (Some(named), _) if is_let_go => MouseEventKind::Up(named),
        (Some(named), _) => MouseEventKind::Down(named),
        (None, 3..=5) if has_moved => MouseEventKind::Moved,
        _ if has_moved => return None,
        // Which one is not said.
        (None, 3) => MouseEventKind::Up(MouseButton::Left),
        (None, 4) => MouseEventKind::ScrollUp,
        (None, 5) => MouseEventKind::ScrollDown,
        (None, 6) => MouseEventKind::ScrollLeft,
        (None, 7) => MouseEventKind::ScrollRight,
        _ => return None,
    };
    let held = 1 + ((buttons >> 2) & 0b111);
    let place = |number: u32| u16::try_from(number.saturating_sub(1)).ok();
    Some(Event::Mouse(MouseEvent {
        kind,
        column: place(column)?,
        row: place(row)?,
        modifiers: modifiers(Some(held)),
    }))
}
