//! What hides everything: a blank screen, or the question for the passphrase.
//!
//! ```text
//!                    postcall
//!
//!              The journal is locked.
//!              Passphrase: *****
//!
//!              That is not the passphrase.
//!
//!               enter open   esc quit
//! ```

use std::fmt;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::domain::prose::visible_line;
use crate::journal::{NotAPassphrase, Passphrase};
use crate::tui::effect::{Ask, RequestId, Timer};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings};
use crate::tui::widgets::columns::clip;
use crate::tui::widgets::text_area::{self, EditAction};

/// More than a passphrase has. Room is made at once: a text that grows leaves itself behind.
const MOST_BYTES: usize = 2048;
/// So often it may be wrong before the next try has to wait.
const FREE_TRIES: u64 = 2;
/// Rows of the question with air around it, but for the sentences.
const AIRY: usize = 7;
/// What a wrong one is answered with: the file gives no other sign.
const WRONG: &str = "That is not the passphrase, or the file is damaged.";
/// What is said to a try that has to wait.
const SOON: &str = "Trying in a moment.";
/// The longest wait, in seconds.
const LONGEST_WAIT: u64 = 30;

/// What hides everything.
#[derive(Debug)]
pub enum Cover {
    /// Nothing at all, until a key is pressed; behind it the question for the passphrase, if the
    /// journal is locked.
    Blank(Option<Lock>),
    /// The question for the passphrase.
    Lock(Lock),
}

/// What the locking left undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// The disk did not take what was written last: it is in memory, and the journal is open.
    Unkept,
    /// The journal did not take the words of the screen, or could not be closed: they are in memory.
    InMemory,
}

impl Undone {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Unkept => {
                "What you wrote last is not on the disk yet. It is safe in memory: do not switch off. \
                 Open it to see why, then free space or copy the text elsewhere."
            }
            Self::InMemory => {
                "The words of the screen could not be put away: they stay in memory until you open it \
                 or quit."
            }
        }
    }
}

/// The passphrase being typed.
#[derive(Debug, Default)]
pub struct Lock {
    typed: Typed,
    /// The order to open the journal, until it is answered.
    asked: Option<RequestId>,
    /// How often it was wrong.
    wrong: u64,
    /// Whether the next try has to wait.
    waits: bool,
    /// Whether it was asked for meanwhile: it comes when the wait is over.
    tries_then: bool,
    /// What became of the last try.
    said: String,
    /// What whoever locked it has to know.
    undone: Option<Undone>,
    /// Whether the writer leaves as soon as everything is on the disk.
    leaves: bool,
}

/// Wiped on drop, and never printed.
struct Typed(String);

impl Cover {
    /// The question for the passphrase, seen or not.
    pub const fn lock(&mut self) -> Option<&mut Lock> {
        match self {
            Self::Lock(lock) | Self::Blank(Some(lock)) => Some(lock),
            Self::Blank(None) => None,
        }
    }

    /// Shows nothing at all, whatever it was.
    #[must_use]
    pub fn blank(self) -> Self {
        match self {
            Self::Lock(mut lock) => {
                // Nothing is opened behind a blank screen.
                lock.tries_then = false;
                Self::Blank(Some(lock))
            }
            Self::Blank(lock) => Self::Blank(lock),
        }
    }

    /// What is behind a blank screen; nothing if the journal is not locked.
    #[must_use]
    pub fn uncovered(self) -> Option<Self> {
        match self {
            Self::Lock(lock) | Self::Blank(Some(lock)) => Some(Self::Lock(lock)),
            Self::Blank(None) => None,
        }
    }

    /// Whether this is the order to open the journal that it waits for.
    #[must_use]
    pub fn awaits(&self, request: RequestId) -> bool {
        match self {
            Self::Lock(lock) | Self::Blank(Some(lock)) => lock.asked == Some(request),
            Self::Blank(None) => false,
        }
    }

    /// Draws over everything.
    #[must_use]
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) -> Option<Position> {
        Clear.render(area, buffer);
        match self {
            Self::Blank(_) => None,
            Self::Lock(lock) => Some(lock.view(area, buffer, settings)),
        }
    }
}

impl Lock {
    /// What its keys do.
    pub const CONTEXTS: [Context; 2] = [Context::Lock, Context::Text];

    /// Carries out an action.
    pub fn act(&mut self, action: Action, out: &mut Outbox) {
        self.tries_then = false;
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "what else edits a text does nothing to one that is not seen"
        )]
        match action {
            Action::Accept => self.try_it(out),
            Action::Text(EditAction::DeleteBack) => _ = self.typed.0.pop(),
            Action::Text(
                EditAction::KillToLineStart | EditAction::KillBlankBack | EditAction::KillWordBack,
            ) => self.typed = Typed::default(),
            _ => {}
        }
    }

    /// Takes a typed or pasted text; line ends are none of it.
    pub fn take(&mut self, text: &str) {
        self.tries_then = false;
        for c in text.chars().filter(|c| !matches!(c, '\n' | '\r')) {
            if self.asked.is_none() && self.typed.0.len() + c.len_utf8() <= MOST_BYTES {
                self.typed.0.push(c);
            }
        }
    }

    /// Says from now on what the locking left undone, if anything.
    pub const fn tell(&mut self, undone: Option<Undone>) {
        self.undone = undone;
    }

    /// The writer leaves as soon as everything is on the disk.
    pub fn leave(&mut self) {
        self.leaves = true;
        "Trying to keep what you wrote, before leaving.".clone_into(&mut self.said);
    }

    /// Whether the writer is about to leave.
    #[must_use]
    pub const fn leaves(&self) -> bool {
        self.leaves
    }

    /// The disk did not take it again: whoever wanted to leave has not.
    pub fn stay(&mut self) {
        if std::mem::take(&mut self.leaves) {
            "Not left: that would lose it.".clone_into(&mut self.said);
        }
    }

    /// What the locking left undone.
    #[must_use]
    pub const fn undone(&self) -> Option<Undone> {
        self.undone
    }

    fn try_it(&mut self, out: &mut Outbox) {
        if self.asked.is_some() {
            return;
        }
        if self.waits {
            self.tries_then = !self.typed.0.is_empty();
            return;
        }
        match std::mem::take(&mut self.typed).passphrase() {
            Ok(passphrase) => {
                "Opening it.".clone_into(&mut self.said);
                self.asked = Some(out.ask(Ask::Unlock(passphrase)));
            }
            Err(NotAPassphrase::Empty) => {}
            Err(why) => self.said = format!("This cannot be it: {why}."),
        }
    }

    /// It was the wrong one. Time is all that costs.
    pub fn was_wrong(&mut self, out: &mut Outbox) {
        self.asked = None;
        self.wrong += 1;
        let wait = self.wrong.saturating_sub(FREE_TRIES).min(LONGEST_WAIT);
        WRONG.clone_into(&mut self.said);
        if wait > 0 {
            self.waits = true;
            self.said = format!("{WRONG} The next try waits {wait} s.");
            out.timer(Timer::Retry, Duration::from_secs(wait));
        }
    }

    /// The journal could not be opened for another reason.
    pub fn failed(&mut self, sentence: String) {
        self.asked = None;
        self.said = sentence;
    }

    /// The wait is over. What was typed and sent in it is tried now.
    pub fn may_try(&mut self, out: &mut Outbox) {
        self.waits = false;
        WRONG.clone_into(&mut self.said);
        if std::mem::take(&mut self.tries_then) {
            self.try_it(out);
        }
    }

    fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) -> Position {
        let theme = &settings.theme;
        let width = usize::from(area.width.saturating_sub(4)).min(56);
        let label = "Passphrase: ";
        // Not as many as letters where there is no room.
        let shown = self
            .typed
            .0
            .chars()
            .count()
            .min(width.saturating_sub(label.len() + 1));
        let mut keys = Vec::new();
        for (key, word) in settings.keymap.hints(&[Context::Lock]) {
            keys.push(Span::styled(key, theme.accent));
            keys.push(Span::styled(format!(" {word}   "), theme.dim));
        }
        let state = match self.undone {
            Some(Undone::Unkept) => "The screen is locked.",
            Some(Undone::InMemory) | None => "The journal is locked.",
        };
        let undone = self.undone.map_or("", Undone::sentence);
        let mut below = Vec::new();
        let said = if self.tries_then {
            SOON.to_owned()
        } else {
            visible_line(&self.said)
        };
        for sentence in [&*said, undone] {
            if sentence.is_empty() {
                continue;
            }
            let rows = text_area::rows(sentence, width);
            below.extend(rows.map(|row| {
                let text = sentence.get(row).unwrap_or_default().to_owned();
                Line::styled(text, theme.warning)
            }));
        }
        // Where there is little room, sentences are more than the air around them.
        let airy = below.len() + AIRY <= usize::from(area.height);
        let mut lines = Vec::new();
        if airy {
            lines.push(Line::styled("postcall", theme.heading));
            lines.push(Line::default());
        }
        lines.push(Line::raw(state));
        let asks = u16::try_from(lines.len()).unwrap_or(0);
        lines.push(Line::raw(format!("{label}{}", "*".repeat(shown))));
        if airy {
            lines.push(Line::default());
        }
        lines.extend(below);
        if airy {
            lines.push(Line::default());
        }
        lines.push(clip(keys, width));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let place = Rect {
            x: area.x + area.width.saturating_sub(u16::try_from(width).unwrap_or(0)) / 2,
            y: area.y + area.height.saturating_sub(height) / 3,
            width: u16::try_from(width).unwrap_or(area.width),
            height,
        }
        .intersection(area);
        for (line, row) in lines.iter().zip(place.rows()) {
            line.render(row, buffer);
        }
        let column = u16::try_from(label.len() + shown).unwrap_or(0);
        Position::new(place.x + column, place.y + asks)
    }
}

impl Typed {
    fn passphrase(mut self) -> Result<Passphrase, NotAPassphrase> {
        Passphrase::new(std::mem::take(&mut self.0).into_bytes())
    }
}

impl Default for Typed {
    fn default() -> Self {
        Self(String::with_capacity(MOST_BYTES))
    }
}

impl Drop for Typed {
    fn drop(&mut self) {
        // A passphrase is wiped, whatever it is.
        drop(Passphrase::new(std::mem::take(&mut self.0).into_bytes()));
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed")
    }
}
