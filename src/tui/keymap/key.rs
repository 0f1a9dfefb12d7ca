//! A key: as terminals send it, as the configuration writes it, as people read it.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::domain::prose::is_hazard;

/// A key as the table names it: `n`, `N`, `ctrl-s`, `alt-u`, `shift-tab`, `f1`, `space`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
}

impl Key {
    /// The key of a terminal event, with what terminals disagree on evened out: Shift is part of
    /// the character, Ctrl-_ arrives as Ctrl-7 from many.
    #[must_use]
    pub fn of(event: KeyEvent) -> Self {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other key stays as it is"
        )]
        let code = match event.code {
            KeyCode::Char('7' | '/') if ctrl => KeyCode::Char('_'),
            // Many terminals send it for Backspace; that is why it is never bound.
            KeyCode::Char('h' | 'H') if ctrl => {
                return Self {
                    code: KeyCode::Backspace,
                    ctrl: false,
                    alt,
                };
            }
            KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Char(c) if shift && c.is_ascii_lowercase() => {
                KeyCode::Char(c.to_ascii_uppercase())
            }
            KeyCode::Tab if shift => KeyCode::BackTab,
            code => code,
        };
        Self { code, ctrl, alt }
    }

    /// The character the key would type into a text, if it is one.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "no other key types a character"
        )]
        match self.code {
            // Ctrl and Alt together are AltGr on some layouts: the character is meant.
            KeyCode::Char(c) if self.ctrl == self.alt => Some(c),
            _ => None,
        }
    }
}

impl Key {
    /// The key as the configuration writes it.
    #[must_use]
    pub fn written(self) -> String {
        let mut text = String::new();
        if self.ctrl {
            text.push_str("ctrl-");
        }
        if self.alt {
            text.push_str("alt-");
        }
        let bare = Self {
            ctrl: false,
            alt: false,
            ..self
        };
        match NAMED.iter().find(|(_, code)| *code == self.code) {
            Some((name, _)) => text.push_str(name),
            None if matches!(self.code, KeyCode::Char(c) if c != ' ') => {
                text.push_str(&bare.to_string());
            }
            None => text.push_str(&bare.to_string().to_lowercase()),
        }
        text
    }
}

const NAMED: [(&str, KeyCode); 14] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
];

/// A key that cannot be bound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No such key.
    #[error("\"{0}\" is not a key: give one like n, N, ctrl-s, alt-u, enter, f2 or space")]
    Unknown(String),
    /// Terminals send it as another key.
    #[error("\"{0}\" cannot be bound: terminals send it as another key")]
    Ambiguous(String),
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let unknown = || KeyError::Unknown(text.to_owned());
        let (mut rest, mut ctrl, mut alt) = (text.trim(), false, false);
        loop {
            let lower = rest.to_ascii_lowercase();
            if lower.starts_with("ctrl-") && rest.len() > 5 {
                ctrl = true;
                rest = rest.get(5..).ok_or_else(unknown)?;
            } else if lower.starts_with("alt-") && rest.len() > 4 {
                alt = true;
                rest = rest.get(4..).ok_or_else(unknown)?;
            } else {
                break;
            }
        }
        let lower = rest.to_ascii_lowercase();
        let named = NAMED
            .iter()
            .find(|(name, _)| *name == lower)
            .map(|(_, code)| *code);
        // No keyboard has a key for it, and keys are shown.
        if rest.contains(is_hazard) {
            return Err(unknown());
        }
        let mut characters = rest.chars();
        let code = match (named, characters.next(), characters.as_str()) {
            (Some(code), ..) => code,
            (None, Some(c), "") if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            (None, Some(c), "") => KeyCode::Char(c),
            (None, Some('f' | 'F'), n) => match n.parse() {
                Ok(n @ 1..=24) => KeyCode::F(n),
                _ => return Err(unknown()),
            },
            _ if lower == "space" => KeyCode::Char(' '),
            _ => return Err(unknown()),
        };
        if ctrl && matches!(code, KeyCode::Char('h' | 'i' | 'j' | 'm' | '[')) {
            return Err(KeyError::Ambiguous(text.to_owned()));
        }
        Ok(Self { code, ctrl, alt })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(match *name {
                "shift-tab" => "Shift-Tab",
                "pageup" => "PgUp",
                "pagedown" => "PgDn",
                "backspace" => "Backspace",
                "delete" => "Del",
                "enter" => "Enter",
                "esc" => "Esc",
                "tab" => "Tab",
                "up" => "Up",
                "down" => "Down",
                "left" => "Left",
                "right" => "Right",
                "home" => "Home",
                "end" => "End",
                other => other,
            });
        }
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "no other key can be in the table"
        )]
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            _ => f.write_str("?"),
        }
    }
}
