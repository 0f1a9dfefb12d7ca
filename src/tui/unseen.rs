//! Lines that are typed on the terminal without being shown, outside of the screen.

use std::io::{self, Write};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::platform::{Keyboard, Waker, Woken};

/// A terminal that shows nothing of what is typed, also between two questions; given back on drop.
pub struct Unseen {
    keyboard: Keyboard,
    /// Nobody uses it, but a keyboard that cannot be woken does not wait.
    _waker: Waker,
}

impl Unseen {
    /// Stops showing what is typed.
    ///
    /// # Errors
    /// There is no terminal, or it failed.
    pub fn begin() -> io::Result<Self> {
        let (keyboard, waker) = Keyboard::open()?;
        enable_raw_mode()?;
        Ok(Self {
            keyboard,
            _waker: waker,
        })
    }

    /// Asks for a line on standard error and reads it from the terminal; `None` if the person gave
    /// up. What is typed is held in one piece, for the caller to wipe.
    ///
    /// # Errors
    /// The terminal failed.
    pub fn ask(&mut self, question: &str) -> io::Result<Option<Vec<u8>>> {
        write!(io::stderr(), "{question} ")?;
        let typed = read(&mut self.keyboard);
        self.say("");
        typed
    }

    /// One line of this program's own words. Whether it arrives changes nothing.
    pub fn say(&mut self, words: &str) {
        // In this mode the terminal does not go to the first column by itself.
        let _ = write!(io::stderr(), "{words}\r\n");
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

fn read(keyboard: &mut Keyboard) -> io::Result<Option<Vec<u8>>> {
    let mut typed = String::with_capacity(4096);
    loop {
        let Woken::Event(Event::Key(key)) = keyboard.wait()? else {
            continue;
        };
        match meaning(key) {
            Meaning::Letter(letter) => typed.push(letter),
            Meaning::Back => {
                typed.pop();
            }
            Meaning::Again => typed.clear(),
            Meaning::Done => return Ok(Some(typed.into_bytes())),
            Meaning::GivenUp => return Ok(None),
            Meaning::Nothing => {}
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    Letter(char),
    Back,
    Again,
    Done,
    GivenUp,
    Nothing,
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "keys that type nothing mean nothing here"
)]
fn meaning(key: KeyEvent) -> Meaning {
    if key.kind == KeyEventKind::Release {
        return Meaning::Nothing;
    }
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    match key.code {
        KeyCode::Enter => Meaning::Done,
        KeyCode::Backspace => Meaning::Back,
        KeyCode::Esc => Meaning::GivenUp,
        // As the bytes are named that terminals send.
        KeyCode::Char('j' | 'm') if control => Meaning::Done,
        KeyCode::Char('h') if control => Meaning::Back,
        KeyCode::Char('u' | 'w') if control => Meaning::Again,
        KeyCode::Char('c' | 'd') if control => Meaning::GivenUp,
        // AltGr types letters; Windows reports it as Ctrl and Alt.
        KeyCode::Char(letter) if control == alt => Meaning::Letter(letter),
        _ => Meaning::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_end_or_take_back_are_none_of_the_line() {
        let control = |letter| KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
        assert_eq!(meaning(control('c')), Meaning::GivenUp);
        assert_eq!(meaning(control('j')), Meaning::Done);
        assert_eq!(meaning(control('u')), Meaning::Again);
        assert_eq!(meaning(control('a')), Meaning::Nothing);
        let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
        assert_eq!(meaning(plain(KeyCode::Char('c'))), Meaning::Letter('c'));
        assert_eq!(meaning(plain(KeyCode::Up)), Meaning::Nothing);
    }
}
