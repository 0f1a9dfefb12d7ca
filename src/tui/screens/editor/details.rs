//! What keys do while a row of the details has the focus.

use chrono::NaiveDate;

use crate::domain::catalog::Catalog;
use crate::domain::competency::{CompetencyId, MAX_PER_REFLECTION};
use crate::domain::draft::Draft;
use crate::domain::prose::visible_line;
use crate::domain::reflection::Field;
use crate::domain::suggest::suggestions;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::step::Step;

use super::Editor;
use super::focus::Focus;
use super::rows::{self, Row, Turn};

const NO_MORE: &str = "Three competencies are the most that one reflection takes.";

impl Editor {
    pub(super) fn act_in_row(
        &mut self,
        action: Action,
        row: Row,
        today: NaiveDate,
        out: &mut Outbox,
        settings: &Settings,
    ) -> bool {
        let rules = &settings.rules;
        let before = self.draft.clone();
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for a row"
        )]
        match action {
            Action::Less => self.turn(row, Turn::Less, settings),
            Action::More => self.turn(row, Turn::More, settings),
            Action::Digit(digit) if row == Row::Competencies => self.competency_digit(digit, out),
            Action::Digit(digit) if row == Row::Rotation => self.rotation_digit(digit),
            Action::Digit(digit) => rows::digit(row, digit, &mut self.draft, today, rules),
            Action::Clear if row == Row::Competencies && self.picking.is_searching() => {
                self.picking.step_back();
            }
            Action::Clear => rows::clear(row, &mut self.draft, rules),
            Action::Open if row == Row::Competencies => self.open_competencies(out),
            Action::Open if row == Row::Signals => self.toggle_signal(settings),
            Action::Open | Action::Down => _ = self.move_focus(Turn::More),
            Action::Up => _ = self.move_focus(Turn::Less),
            _ => return false,
        }
        self.details_changed(&before, settings);
        true
    }

    fn turn(&mut self, row: Row, turn: Turn, settings: &Settings) {
        match row {
            Row::Competencies if self.may_add_competency() => self.picking.turn_competency(turn),
            Row::Rotation => self.turn_rotation(turn),
            Row::Signals => self.picking.turn_signal(turn, settings.rules.signals.len()),
            Row::Shift
            | Row::Date
            | Row::Due
            | Row::Energy
            | Row::FeedbackFrom
            | Row::Competencies => {
                rows::turn(row, turn, &mut self.draft, &settings.rules);
            }
        }
    }

    pub(super) fn toggle_signal(&mut self, settings: &Settings) {
        let before = self.draft.clone();
        rows::toggle_signal(&mut self.draft, self.picking.signal(), &settings.rules);
        self.details_changed(&before, settings);
    }

    /// Adds the suggestion of this digit, from 1; in a search, and where nothing is suggested, the
    /// digit is a part of a code.
    fn competency_digit(&mut self, digit: u8, out: &mut Outbox) {
        let suggested = self.picking.suggested();
        let place = usize::from(digit).checked_sub(1);
        if !self.may_add_competency() {
            out.say(Tone::Warning, NO_MORE);
        } else if self.picking.is_searching() || suggested.is_empty() {
            self.picking.type_char(char::from(b'0' + digit));
        } else if let Some(id) = place.and_then(|at| suggested.get(at)).cloned() {
            if self.draft.competencies.contains(&id) {
                out.say(Tone::Done, format!("{digit} is in it already."));
            } else {
                self.draft.competencies.push(id);
            }
        } else {
            out.say(Tone::Warning, format!("Nothing is suggested as {digit}."));
        }
    }

    /// Asks what the words suggest when the row of competencies has just got the focus.
    pub fn suggest(&mut self, catalog: &Catalog, goals: &[CompetencyId]) {
        if self.focus != Focus::Row(Row::Competencies) {
            self.picking.suggest(None);
        } else if !self.picking.knows_suggestions() {
            let texts = Field::ALL.map(|field| self.text_area(field).text());
            let suggested = suggestions(texts, catalog, &self.draft.competencies, goals);
            self.picking.suggest(Some(suggested));
        }
    }

    /// What the words suggest and is not chosen, best first.
    #[must_use]
    pub fn suggested(&self) -> Vec<CompetencyId> {
        let suggested = self.picking.suggested().iter();
        let free = suggested.filter(|id| !self.draft.competencies.contains(id));
        free.cloned().collect()
    }

    /// Says that what is typed to find a competency adds none by itself: Enter or a digit does.
    pub(super) fn say_what_is_not_added(&self, out: &mut Outbox, settings: &Settings) {
        if !self.picking.typed().is_empty()
            && let Some(id) = self.picking.competency()
        {
            let name = visible_line(settings.catalog.competency_name(id));
            let key = settings.keymap.key_of(Context::Row, Action::Open);
            out.say(Tone::Done, format!("Not added: {name}. {key} adds it."));
        }
    }

    /// The competencies chosen so far.
    #[must_use]
    pub fn competencies(&self) -> &[CompetencyId] {
        &self.draft.competencies
    }

    /// Adds the competency that was looked for, or shows the whole list.
    fn open_competencies(&mut self, out: &mut Outbox) {
        if !self.may_add_competency() {
            out.say(Tone::Warning, NO_MORE);
        } else if let Some(id) = self.picking.competency() {
            self.draft.competencies.push(id.clone());
        } else if self.picking.is_searching() {
            out.say(Tone::Warning, "No competency has that in its name.");
        } else {
            out.step(Step::ChooseCompetency);
        }
    }

    pub(super) const fn may_add_competency(&self) -> bool {
        self.draft.competencies.len() < MAX_PER_REFLECTION
    }

    /// Notices what an action did to the details.
    pub(super) fn details_changed(&mut self, before: &Draft, settings: &Settings) {
        if before.competencies != self.draft.competencies {
            self.picking
                .offer(&settings.catalog, &self.draft.competencies);
        }
        if *before != self.draft {
            self.dirty = true;
            self.errors.clear();
        }
    }
}
