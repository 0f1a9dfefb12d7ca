//! The keys that the footer names: those that do something now.

use super::keymap::Action;
use super::model::{Layer, Model, Place};

impl Model {
    /// The keys at the foot, each with its word.
    #[must_use]
    pub fn hints(&self) -> Vec<(String, &'static str)> {
        let keymap = &self.settings.keymap;
        keymap.hints_where(&self.contexts(), |action| self.does_something(action))
    }

    /// Whether there is anything that the action could be about.
    #[must_use]
    pub fn does_something(&self, action: Action) -> bool {
        match self.layers.last() {
            Some(Layer::Trash(trash)) => trash.does_something(action),
            Some(Layer::Rotations(rotations)) => rotations.does_something(action),
            Some(_) => true,
            None => match self.place {
                Place::Today => self.today.does_something(action),
                Place::Journal => self.journal.does_something(action),
                Place::Goals => self.goals.does_something(action),
                Place::Review | Place::Trends => true,
            },
        }
    }
}
