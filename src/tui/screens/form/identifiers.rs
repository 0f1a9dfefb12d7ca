//! Possible identifiers in the lines of a form: marks, the hint at the foot, `Ctrl-r`.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;

use crate::tui::effect::Timer;
use crate::tui::keymap::Context;
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::theme::Theme;
use crate::tui::watch::{self, PAUSE};
use crate::tui::widgets::text_area::Outcome;

use super::{Blank, Form};

impl Blank {
    /// The text is as it is meant for the moment.
    pub fn look_through(&mut self) {
        if let Some(watch) = &mut self.watch {
            watch.settled(self.input.text());
        }
    }

    /// Takes what came of a key.
    pub fn follow(&mut self, outcome: &Outcome, out: &mut Outbox) {
        let (text, cursor) = (self.input.text(), self.input.cursor());
        match (outcome, &mut self.watch) {
            (Outcome::Changed, Some(watch)) => {
                watch.edited(text, cursor);
                if watch.awaits_a_pause(cursor) {
                    out.timer(Timer::Word, PAUSE);
                }
            }
            (Outcome::Moved, _) => self.look_through(),
            (Outcome::Changed | Outcome::Unchanged | Outcome::Refused(_), _) => {}
        }
    }

    pub fn marks(&self, theme: &Theme) -> Vec<(Range<usize>, Style)> {
        let marks = |watch: &watch::Watch| watch.marks(self.input.cursor(), theme);
        self.watch.as_ref().map(marks).unwrap_or_default()
    }

    /// Writes the suggestion in place of the words that the hint is about; says whether there are any.
    fn replace_identifier(&mut self) -> bool {
        let cursor = self.input.cursor();
        let watch = self.watch.as_ref();
        let Some(found) = watch.and_then(|watch| watch.pointed_at(cursor)).cloned() else {
            return false;
        };
        let cursor = watch::cursor_after(&found, cursor);
        let outcome = self.input.replace(found.replaces, &found.suggest);
        if outcome == Outcome::Changed
            && let Some(cursor) = cursor
        {
            let _ = self.input.move_to(cursor);
        }
        self.look_through();
        true
    }
}

impl Form {
    /// Nothing was typed for a moment: words that were being written are written.
    pub fn word_is_written(&mut self) {
        for blank in &mut self.blanks {
            blank.look_through();
        }
    }

    /// `Ctrl-r`: writes the suggestion in place of the words at or before the cursor, else of the next
    /// ones; where the line has none, the next line that has some is gone to.
    pub(super) fn replace_identifier(&mut self, out: &mut Outbox) {
        self.word_is_written();
        let here = self.blanks.get_mut(self.focus);
        if here.is_some_and(Blank::replace_identifier) {
            self.misfit = None;
            return;
        }
        let lines = (self.focus + 1..self.blanks.len()).chain(0..self.focus);
        let next = lines.into_iter().find_map(|line| {
            let blank = self.blanks.get_mut(line)?;
            let watch = blank.watch.as_ref()?;
            let end = watch.pointed_at(blank.input.cursor())?.range.end;
            let _ = blank.input.move_to(end);
            Some(line)
        });
        match next {
            Some(line) => self.focus = line,
            None => out.say(Tone::Done, "No possible identifier is marked."),
        }
    }

    /// What may stand at the cursor and what the key would write; empty if there is nothing to say.
    #[must_use]
    pub fn identifier_hint(&self, room: usize, settings: &Settings) -> Vec<Span<'static>> {
        let found = self.blanks.get(self.focus).and_then(|blank| {
            let watch = blank.watch.as_ref()?;
            watch.pointed_at(blank.input.cursor())
        });
        found
            .map(|found| watch::hint(found, Context::Form, room, settings))
            .unwrap_or_default()
    }
}
