//! What keys do while a row of the details has the focus.

use chrono::NaiveDate;

use crate::domain::competency::MAX_PER_REFLECTION;
use crate::domain::draft::Draft;
use crate::tui::keymap::Action;
use crate::tui::model::{Outbox, Settings, Step, Tone};

use super::Editor;
use super::rows::{self, Row, Turn};

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

    /// Adds the competency that was looked for, or shows the whole list.
    fn open_competencies(&mut self, out: &mut Outbox) {
        if !self.may_add_competency() {
            out.say(
                Tone::Warning,
                "Three competencies are the most that one reflection takes.",
            );
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
