//! Possible identifiers in the fields: marks, the hint at the foot, `Ctrl-r`, and what is asked at save.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Span;

use crate::domain::guard::{Finding, Severity, findings};
use crate::domain::prose::Prose;
use crate::domain::reflection::Field;
use crate::domain::texts::texts;
use crate::tui::effect::Timer;
use crate::tui::keymap::Context;
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::theme::Theme;
use crate::tui::watch::{self, PAUSE, Watch, is_hinted};
use crate::tui::widgets::text_area::{Outcome, TextArea};

use super::Editor;
use super::focus::Focus;

/// What the editor knows of possible identifiers.
#[derive(Debug, Default)]
pub struct Identifiers {
    went_well: Watch,
    do_differently: Watch,
    try_next: Watch,
    note: Watch,
    /// Words that the writer let stand: they are not asked about again.
    let_stand: Vec<Prose>,
}

texts!(Identifiers { went_well, do_differently, try_next, note, let_stand } beside {});

impl Editor {
    /// Nothing was typed for a moment: words that were being written are written.
    pub fn word_is_written(&mut self) {
        self.look_through_all();
    }

    /// `Ctrl-r`: writes the suggestion in place of the words at or before the cursor, else of the next
    /// ones; the cursor stays where it was in the text. Words out of sight are gone to first, and where
    /// the field has none, the next field that has some is.
    pub(super) fn replace_identifier(&mut self, out: &mut Outbox) {
        self.look_through_all();
        let Some((field, found)) = self.pointed_at() else {
            return self.go_to_next_field(out);
        };
        let found = found.clone();
        let area = self.text_area_mut(field);
        if !area.shows(found.range.start) {
            let _ = area.move_to(found.range.end);
            return;
        }
        let cursor = watch::cursor_after(&found, area.cursor());
        let outcome = area.replace(found.replaces, &found.suggest);
        if outcome == Outcome::Changed
            && let Some(cursor) = cursor
        {
            let _ = area.move_to(cursor);
        }
        self.follow(field, outcome, out);
        self.look_through(field);
    }

    fn go_to_next_field(&mut self, out: &mut Outbox) {
        let fields = self.fields();
        let at = match self.focus {
            Focus::Text(field) => fields.iter().position(|of| *of == field),
            Focus::Row(_) => None,
        };
        let after = at.map_or(0, |at| at + 1);
        let mut others = fields.iter().cycle().skip(after).take(fields.len());
        let next = others.find_map(|field| {
            let (area, watch) = self.watched(*field);
            let mut shown = watch.shown(area.cursor());
            Some((*field, shown.find(|found| is_hinted(found))?.range.end))
        });
        match next {
            Some((field, at)) => self.go_to(field, at),
            None => out.say(Tone::Done, "No possible identifier is marked."),
        }
    }

    fn go_to(&mut self, field: Field, at: usize) {
        self.focus_text(field);
        let _ = self.text_area_mut(field).move_to(at);
        self.lay_out();
    }

    /// The words that a hint is about and `Ctrl-r` replaces: at or before the cursor, else the next.
    fn pointed_at(&self) -> Option<(Field, &Finding)> {
        let Focus::Text(field) = self.focus else {
            return None;
        };
        let (area, watch) = self.watched(field);
        Some((field, watch.pointed_at(area.cursor())?))
    }

    /// What may stand at the cursor and what the key would write; shorter where there is less room,
    /// and empty if there is nothing to say.
    #[must_use]
    pub fn identifier_hint(&self, room: usize, settings: &Settings) -> Vec<Span<'static>> {
        let Some((_, found)) = self.pointed_at() else {
            return Vec::new();
        };
        watch::hint(found, Context::Editor, room, settings)
    }

    /// The marks of a field.
    pub(super) fn marks(&self, field: Field, theme: &Theme) -> Vec<(Range<usize>, Style)> {
        let (area, watch) = self.watched(field);
        watch.marks(area.cursor(), theme)
    }

    /// How many possible identifiers of high severity the writer was not asked about yet.
    #[must_use]
    pub fn identifiers_standing(&self) -> usize {
        let fields = self.fields().into_iter();
        fields.map(|field| self.standing_in(field).len()).sum()
    }

    fn standing_in(&self, field: Field) -> Vec<Finding> {
        self.standing(self.text_area(field).text())
    }

    fn standing(&self, text: &str) -> Vec<Finding> {
        let mut found = findings(text);
        found.retain(|found| {
            let words = text.get(found.range.clone()).unwrap_or_default();
            let stands = || {
                self.identifiers
                    .let_stand
                    .iter()
                    .any(|of| of.as_str() == words)
            };
            found.severity == Severity::High && !stands()
        });
        found
    }

    /// Writes the suggestions in place of everything that was asked about.
    pub fn replace_standing(&mut self) {
        for field in Field::ALL {
            let mut text = self.text_area(field).text().to_owned();
            // A suggestion can bring a new neighbour to a word behind it, as in `guard::replaced`.
            loop {
                let found = self.standing(&text);
                for found in found.iter().rev() {
                    text.replace_range(found.replaces.clone(), &found.suggest);
                }
                if found.is_empty() {
                    break;
                }
            }
            let area = self.text_area_mut(field);
            if area.replace(0..area.text().len(), &text) == Outcome::Changed {
                self.dirty = true;
                self.look_through(field);
            }
        }
        self.lay_out();
    }

    /// Everything that was asked about stays, and is not asked about again.
    pub fn let_all_stand(&mut self) {
        for field in Field::ALL {
            let text = self.text_area(field).text();
            let words: Vec<Prose> = self
                .standing(text)
                .into_iter()
                .filter_map(|found| text.get(found.range).map(Prose::from))
                .collect();
            self.identifiers.let_stand.extend(words);
        }
    }

    /// Puts the cursor after the first words that were asked about.
    pub fn go_to_standing(&mut self) {
        let first = self.fields().into_iter().find_map(|field| {
            let found = self.standing_in(field).into_iter().next()?;
            Some((field, found.range.end))
        });
        if let Some((field, at)) = first {
            self.go_to(field, at);
        }
    }

    /// The words that the writer let stand.
    #[must_use]
    pub fn standing_words(&self) -> &[Prose] {
        &self.identifiers.let_stand
    }

    /// These words were asked about when the reflection was saved before.
    pub fn let_stand(&mut self, words: Vec<Prose>) {
        self.identifiers.let_stand = words;
    }

    /// A key changed a field.
    pub(super) fn watch_edit(&mut self, field: Field, out: &mut Outbox) {
        let (area, watch) = self.watched_mut(field);
        watch.edited(area.text(), area.cursor());
        if watch.awaits_a_pause(area.cursor()) {
            out.timer(Timer::Word, PAUSE);
        }
    }

    /// A field is as it is meant for the moment.
    pub(super) fn look_through(&mut self, field: Field) {
        let (area, watch) = self.watched_mut(field);
        watch.settled(area.text());
    }

    pub(super) fn look_through_all(&mut self) {
        for field in Field::ALL {
            self.look_through(field);
        }
    }

    const fn watched(&self, field: Field) -> (&TextArea, &Watch) {
        let of = &self.identifiers;
        match field {
            Field::WentWell => (&self.went_well, &of.went_well),
            Field::DoDifferently => (&self.do_differently, &of.do_differently),
            Field::TryNext => (&self.try_next, &of.try_next),
            Field::Note => (&self.note, &of.note),
        }
    }

    const fn watched_mut(&mut self, field: Field) -> (&TextArea, &mut Watch) {
        let of = &mut self.identifiers;
        match field {
            Field::WentWell => (&self.went_well, &mut of.went_well),
            Field::DoDifferently => (&self.do_differently, &mut of.do_differently),
            Field::TryNext => (&self.try_next, &mut of.try_next),
            Field::Note => (&self.note, &mut of.note),
        }
    }
}
