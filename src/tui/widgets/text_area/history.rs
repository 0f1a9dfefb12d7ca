//! What was changed in a text, for undo and redo: whole words of typing at a time.

use crate::domain::texts::texts;

/// Most bytes of changes that are remembered for one text; the oldest are forgotten first.
const MAX_BYTES: usize = 1024 * 1024;

/// What a remembered change costs beside its text.
const CHANGE_BYTES: usize = size_of::<Change>();

/// How a change came about, which decides what it is undone together with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Key by key.
    Typed,
    /// Grapheme by grapheme.
    Erased,
    /// At once: a paste, a kill, a replacement.
    Whole,
}

/// At byte `at`, `inserted` took the place of `removed`.
#[derive(Clone)]
pub struct Change {
    /// How it came about.
    pub manner: Manner,
    /// Where, in bytes.
    pub at: usize,
    /// The former text.
    pub removed: String,
    /// The text instead.
    pub inserted: String,
    /// The cursor before it.
    pub before: usize,
    /// The cursor after it.
    pub after: usize,
}

texts!(Change { removed, inserted } beside { manner, at, before, after });

impl Change {
    const fn bytes(&self) -> usize {
        CHANGE_BYTES + self.removed.len() + self.inserted.len()
    }

    /// Makes `next` a part of this change if a writer would undo the two together.
    fn absorb(&mut self, next: &Self) -> bool {
        let joined = match (self.manner, next.manner) {
            (Manner::Typed, Manner::Typed) => {
                let new_word = self.inserted.ends_with(char::is_whitespace)
                    && !next.inserted.starts_with(char::is_whitespace);
                let follows = next.at == self.at + self.inserted.len();
                if follows && !new_word {
                    self.inserted.push_str(&next.inserted);
                    true
                } else {
                    false
                }
            }
            (Manner::Erased, Manner::Erased) if next.at == self.at => {
                self.removed.push_str(&next.removed);
                true
            }
            (Manner::Erased, Manner::Erased) if next.at + next.removed.len() == self.at => {
                self.removed.insert_str(0, &next.removed);
                self.at = next.at;
                true
            }
            (Manner::Typed | Manner::Erased | Manner::Whole, _) => false,
        };
        if joined {
            self.after = next.after;
        }
        joined
    }
}

/// Done and undone changes. What it holds is never printed.
#[derive(Clone, Default)]
pub struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// Of `done`.
    bytes: usize,
    /// Whether the last change may still grow.
    open: bool,
}

texts!(History { done, undone } beside { bytes, open });

impl History {
    /// Remembers a change; what was undone cannot be redone any more.
    pub fn record(&mut self, change: Change) {
        self.undone.clear();
        let open = self.open;
        self.open = change.manner != Manner::Whole;
        self.bytes += change.removed.len() + change.inserted.len();
        if !(open
            && self
                .done
                .last_mut()
                .is_some_and(|last| last.absorb(&change)))
        {
            self.bytes += CHANGE_BYTES;
            self.done.push(change);
        }
        self.forget_oldest();
    }

    /// Ends a run of typing: what comes next is undone by itself.
    pub const fn close(&mut self) {
        self.open = false;
    }

    /// The change to take back, which is then the next to redo.
    pub fn undo(&mut self) -> Option<&Change> {
        self.close();
        let change = self.done.pop()?;
        self.bytes -= change.bytes();
        self.undone.push(change);
        self.undone.last()
    }

    /// The change to make again.
    pub fn redo(&mut self) -> Option<&Change> {
        self.close();
        let change = self.undone.pop()?;
        self.bytes += change.bytes();
        self.done.push(change);
        self.done.last()
    }

    fn forget_oldest(&mut self) {
        if self.bytes <= MAX_BYTES {
            return;
        }
        // Half at once, so that a key at the limit does not move the whole list every time.
        let mut forgotten = 0;
        let mut bytes = self.bytes;
        for change in &self.done {
            if bytes <= MAX_BYTES / 2 || forgotten + 1 == self.done.len() {
                break;
            }
            bytes -= change.bytes();
            forgotten += 1;
        }
        self.done.drain(..forgotten);
        self.bytes = bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_stays_within_its_limit_and_keeps_the_newest() {
        let mut history = History::default();
        for size in 0..400 {
            history.record(Change {
                manner: Manner::Whole,
                at: 0,
                removed: String::new(),
                inserted: "x".repeat(10_000 + size),
                before: 0,
                after: 0,
            });
            assert!(history.bytes <= MAX_BYTES, "{} bytes", history.bytes);
        }
        let newest = history.undo().map(|change| change.inserted.len());
        assert_eq!(newest, Some(10_399));
    }
}
