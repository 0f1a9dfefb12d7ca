//! The rotation of a reflection: proposed for its date as long as the writer chose none, and the
//! ones to choose from.

use chrono::NaiveDate;

use crate::domain::draft::Draft;
use crate::domain::template::TemplateId;
use crate::domain::texts::texts;
use crate::journal::Proposal;
use crate::tui::effect::RequestId;

use super::Editor;
use super::focus::Focus;
use super::rows::{Row, Turn};

/// What is known about the rotations that fit.
#[derive(Debug)]
pub struct Rotations {
    /// What the present rotation was proposed for.
    about: (TemplateId, NaiveDate),
    /// The question that is on its way.
    request: Option<RequestId>,
    /// Names to choose from, once they were asked for.
    choices: Option<Vec<String>>,
}

texts!(Rotations { choices } beside { about, request });

impl Rotations {
    /// A draft comes with the rotation that fits it.
    pub fn of(draft: &Draft) -> Self {
        Self {
            about: about(draft),
            request: None,
            choices: None,
        }
    }

    /// The names to choose from; the one in the draft is always among them.
    pub fn choices<'a>(&'a self, draft: &'a Draft) -> Vec<&'a str> {
        let known = self.choices.iter().flatten().map(String::as_str);
        let present = draft.rotation.as_str();
        if present.is_empty() || self.choices.iter().flatten().any(|name| name == present) {
            known.collect()
        } else {
            std::iter::once(present).chain(known).collect()
        }
    }
}

fn about(draft: &Draft) -> (TemplateId, NaiveDate) {
    (draft.template.clone(), draft.shift_date)
}

impl Editor {
    /// What the journal has to be asked about the rotation, if anything: which one fits since the
    /// date or the template was changed, or which there are.
    #[must_use]
    pub fn unproposed(&self) -> Option<(TemplateId, NaiveDate)> {
        let present = about(&self.draft);
        let moved = !self.draft.rotation_touched && present != self.rotations.about;
        let choosing = self.focus == Focus::Row(Row::Rotation)
            && self.rotations.choices.is_none()
            && self.rotations.request.is_none();
        (moved || choosing).then_some(present)
    }

    /// The journal was asked.
    pub fn proposing(&mut self, request: RequestId) {
        self.rotations.about = about(&self.draft);
        self.rotations.request = Some(request);
    }

    /// Takes what the journal proposes, unless the writer chose meanwhile or the form has moved on.
    pub fn proposed(&mut self, request: RequestId, proposal: Proposal) {
        if self.rotations.request != Some(request) {
            return;
        }
        self.rotations.request = None;
        self.rotations.choices = Some(proposal.choices);
        if !self.draft.rotation_touched && self.draft.rotation != proposal.rotation {
            self.draft.rotation = proposal.rotation;
            self.dirty = true;
        }
    }

    /// The journal could not say what fits; says whether that was asked.
    pub fn not_proposed(&mut self, request: RequestId) -> bool {
        let asked = self.rotations.request == Some(request);
        if asked {
            self.rotations.request = None;
            self.rotations.choices.get_or_insert_default();
        }
        asked
    }

    /// The next or previous name; one place more than there are names is none.
    pub(super) fn turn_rotation(&mut self, turn: Turn) {
        let choices = self.rotations.choices(&self.draft);
        let none = choices.len();
        let at = choices.iter().position(|name| *name == self.draft.rotation);
        let next = turn.around(at.unwrap_or(none), none + 1);
        let name = next.and_then(|at| choices.get(at)).copied();
        self.choose_rotation(name.unwrap_or_default().to_owned());
    }

    /// The name of this digit, from 1.
    pub(super) fn rotation_digit(&mut self, digit: u8) {
        let place = usize::from(digit).checked_sub(1);
        let choices = self.rotations.choices(&self.draft);
        let name = place.and_then(|at| choices.get(at)).copied();
        if let Some(name) = name.map(str::to_owned) {
            self.choose_rotation(name);
        }
    }

    fn choose_rotation(&mut self, name: String) {
        self.draft.rotation = name;
        self.draft.rotation_touched = true;
    }
}
