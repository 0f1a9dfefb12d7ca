//! A text, its cursor and its past: everything about editing that does not ask how wide the screen is.

use std::fmt;
use std::ops::Range;

use super::history::{Change, History, Manner};
use super::motion;
use crate::domain::prose::Prose;
use crate::domain::texts::{Texts, texts};

/// What a key can ask of a text. A typed character and a paste have methods of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EditAction {
    /// Starts a new paragraph.
    Newline,
    /// Deletes the grapheme before the cursor.
    DeleteBack,
    /// Deletes the grapheme after the cursor.
    DeleteForward,
    /// Kills back to the start of the word.
    KillWordBack,
    /// Kills to the end of the word.
    KillWordForward,
    /// Kills back to white space.
    KillBlankBack,
    /// Kills to the end of the paragraph; at the end, joins it with the next.
    KillToLineEnd,
    /// Kills back to the start of the paragraph; at the start, joins it with the one before.
    KillToLineStart,
    /// Puts in what was killed last.
    Yank,
    /// To the grapheme before.
    Left,
    /// To the grapheme after.
    Right,
    /// To the start of the word.
    WordLeft,
    /// To the end of the word.
    WordRight,
    /// To the row above, as it is wrapped.
    Up,
    /// To the row below, as it is wrapped.
    Down,
    /// Up by the rows that are shown, less one.
    PageUp,
    /// Down by the rows that are shown, less one.
    PageDown,
    /// To the start of the paragraph.
    LineStart,
    /// To the end of the paragraph.
    LineEnd,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
    /// Takes back the last change: a word of typing, a run of deletions, a paste, a kill.
    Undo,
    /// Makes the change last taken back again.
    Redo,
}

/// What came of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "a refusal is to be told to the writer"]
pub enum Outcome {
    /// The text is another.
    Changed,
    /// Only the cursor moved.
    Moved,
    /// There was nothing to do: the edge of the text, an empty history.
    Unchanged,
    /// The text would have become too long; nothing changed.
    Refused(Refused),
}

/// A change that would have made the text too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Bytes that the text would have had.
    pub bytes: usize,
    /// Bytes that it may have.
    pub limit: usize,
}

/// What was killed last, shared by the fields of a screen so that text can go from one to another.
#[derive(Clone, Default)]
pub struct Killed(String);

impl Texts for Killed {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        visit(&mut self.0);
    }
}

impl Killed {
    /// The text; empty if nothing was killed yet.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Killed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Killed({} bytes)", self.0.len())
    }
}

/// At byte `at`, `inserted` bytes took the place of `removed` ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Splice {
    pub at: usize,
    pub removed: usize,
    pub inserted: usize,
}

/// What an edit did, for whoever lays the text out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Spliced(Splice),
    Moved,
    Nothing,
    Refused(Refused),
}

impl From<Effect> for Outcome {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Spliced(_) => Self::Changed,
            Effect::Moved => Self::Moved,
            Effect::Nothing => Self::Unchanged,
            Effect::Refused(refused) => Self::Refused(refused),
        }
    }
}

/// The side of the cursor that a kill takes from, which is where it joins the kill before.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

/// The text, the cursor (always on a grapheme boundary) and the history.
#[derive(Clone)]
pub struct EditedText {
    text: String,
    cursor: usize,
    limit: usize,
    history: History,
    /// Whether the last action was a kill, to which the next one adds.
    killing: bool,
}

texts!(EditedText { text, history } beside { cursor, limit, killing });

impl EditedText {
    /// A text with the cursor at its end. A text that is over the limit from the start may be
    /// edited, but not grow.
    pub fn new(text: &str, limit: usize) -> Self {
        let text = String::from(Prose::new(text));
        Self {
            cursor: text.len(),
            text,
            limit,
            history: History::default(),
            killing: false,
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Ends what is undone or killed together.
    pub const fn settle(&mut self) {
        self.history.close();
        self.killing = false;
    }

    /// Puts the cursor at the byte, or at the grapheme boundary before it.
    pub fn move_to(&mut self, at: usize) -> Effect {
        self.settle();
        let at = motion::floor(&self.text, at);
        if at == self.cursor {
            return Effect::Nothing;
        }
        self.cursor = at;
        Effect::Moved
    }

    /// Puts in one typed character.
    pub fn type_char(&mut self, c: char) -> Effect {
        let c = if c == '\r' { '\n' } else { c };
        let mut bytes = [0; 4];
        self.splice(
            self.cursor..self.cursor,
            c.encode_utf8(&mut bytes),
            Manner::Typed,
        )
    }

    /// Puts in a text at once.
    pub fn paste(&mut self, text: &str) -> Effect {
        self.replace(self.cursor..self.cursor, text)
    }

    /// Puts a text in the place of a range of bytes, made wider if it cuts graphemes. The cursor
    /// goes after it.
    pub fn replace(&mut self, range: Range<usize>, text: &str) -> Effect {
        let start = motion::floor(&self.text, range.start);
        let end = motion::ceil(&self.text, range.end).max(start);
        self.splice(start..end, Prose::new(text).as_str(), Manner::Whole)
    }

    /// Does an action; those that go by rows are for whoever lays the text out.
    pub fn apply(&mut self, action: EditAction, killed: &mut Killed) -> Effect {
        let (text, at) = (&self.text, self.cursor);
        match action {
            EditAction::Newline => self.type_char('\n'),
            EditAction::DeleteBack => self.splice(motion::left(text, at)..at, "", Manner::Erased),
            EditAction::DeleteForward => {
                self.splice(at..motion::right(text, at), "", Manner::Erased)
            }
            EditAction::KillWordBack => {
                self.kill(motion::word_left(text, at)..at, Side::Before, killed)
            }
            EditAction::KillWordForward => {
                self.kill(at..motion::word_right(text, at), Side::After, killed)
            }
            EditAction::KillBlankBack => {
                self.kill(motion::blank_left(text, at)..at, Side::Before, killed)
            }
            EditAction::KillToLineEnd => {
                let end = motion::line_end(text, at);
                let end = if end == at {
                    motion::right(text, at)
                } else {
                    end
                };
                self.kill(at..end, Side::After, killed)
            }
            EditAction::KillToLineStart => {
                let start = motion::line_start(text, at);
                let start = if start == at {
                    motion::left(text, at)
                } else {
                    start
                };
                self.kill(start..at, Side::Before, killed)
            }
            EditAction::Yank => self.splice(at..at, &killed.0, Manner::Whole),
            EditAction::Left => self.move_to(motion::left(text, at)),
            EditAction::Right => self.move_to(motion::right(text, at)),
            EditAction::WordLeft => self.move_to(motion::word_left(text, at)),
            EditAction::WordRight => self.move_to(motion::word_right(text, at)),
            EditAction::LineStart => self.move_to(motion::line_start(text, at)),
            EditAction::LineEnd => self.move_to(motion::line_end(text, at)),
            EditAction::TextStart => self.move_to(0),
            EditAction::TextEnd => self.move_to(text.len()),
            EditAction::Up | EditAction::Down | EditAction::PageUp | EditAction::PageDown => {
                Effect::Nothing
            }
            EditAction::Undo => self.undo(),
            EditAction::Redo => self.redo(),
        }
    }

    fn kill(&mut self, range: Range<usize>, side: Side, killed: &mut Killed) -> Effect {
        let adds = self.killing;
        let piece = self.text.get(range.clone()).unwrap_or_default();
        if piece.is_empty() {
            return Effect::Nothing;
        }
        match (adds, side) {
            (false, _) => piece.clone_into(&mut killed.0),
            (true, Side::Before) => killed.0.insert_str(0, piece),
            (true, Side::After) => killed.0.push_str(piece),
        }
        let effect = self.splice(range, "", Manner::Whole);
        self.killing = true;
        effect
    }

    /// The one place where the text changes, history aside. The range is on grapheme boundaries.
    fn splice(&mut self, range: Range<usize>, inserted: &str, manner: Manner) -> Effect {
        self.killing = false;
        let removed = self.text.get(range.clone()).unwrap_or_default();
        if removed == inserted {
            return Effect::Nothing;
        }
        let bytes = self.text.len() - removed.len() + inserted.len();
        if bytes > self.limit && inserted.len() > removed.len() {
            return Effect::Refused(Refused {
                bytes,
                limit: self.limit,
            });
        }
        let splice = Splice {
            at: range.start,
            removed: removed.len(),
            inserted: inserted.len(),
        };
        let removed = removed.to_owned();
        let before = self.cursor;
        self.text.replace_range(range, inserted);
        // What was put in may have joined with what follows it.
        self.cursor = motion::ceil(&self.text, splice.at + splice.inserted);
        self.history.record(Change {
            manner,
            at: splice.at,
            removed,
            inserted: inserted.to_owned(),
            before,
            after: self.cursor,
        });
        Effect::Spliced(splice)
    }

    fn undo(&mut self) -> Effect {
        self.settle();
        let Some(change) = self.history.undo() else {
            return Effect::Nothing;
        };
        let range = change.at..change.at + change.inserted.len();
        self.text.replace_range(range, &change.removed);
        self.cursor = change.before;
        Effect::Spliced(Splice {
            at: change.at,
            removed: change.inserted.len(),
            inserted: change.removed.len(),
        })
    }

    fn redo(&mut self) -> Effect {
        self.settle();
        let Some(change) = self.history.redo() else {
            return Effect::Nothing;
        };
        let range = change.at..change.at + change.removed.len();
        self.text.replace_range(range, &change.inserted);
        self.cursor = change.after;
        Effect::Spliced(Splice {
            at: change.at,
            removed: change.removed.len(),
            inserted: change.inserted.len(),
        })
    }
}
