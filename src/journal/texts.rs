//! Where the answers of the journal hold texts.

use super::{
    Asked, GoalRow, GoalUndo, InTrash, Link, LookBack, OfferedDraft, Overview, Page, Proposal,
    RotationRow, Row, Undo, WeekPage, Written,
};
use crate::domain::texts::{Texts, texts};
use crate::store::{KeptGoal, KeptRotation};

texts!(Asked { experiment } beside { reflected_on, follow_up, damaged });
texts!(GoalRow { goal, evidence } beside { is_left_over, damaged });
texts!(KeptGoal { goal } beside { trashed, sound });
texts!(KeptRotation { rotation } beside { trashed, sound });
texts!(Link { experiment } beside { reflected_on, trashed, damaged });
texts!(LookBack { entry } beside { when });
texts!(OfferedDraft { draft } beside { kept_at });
texts!(Overview { rotation, offers, drafts, experiments, look_back } beside {
    today, shift, shift_in_words, goals, week, reflections_this_week, shifts_this_week,
    shifts_reflected_on, days_since_last, energy_is_used, passphrase_is_offered
});
texts!(Page { rows } beside { more_newer, more_older });
texts!(Proposal { rotation, choices } beside {});
texts!(RotationRow { rotation } beside { is_present, reflections, shifts, damaged });
texts!(Row { entry } beside { position, damaged });
texts!(WeekPage { review, written } beside {});

impl Texts for InTrash {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Reflection(row) => row.each_text(visit),
            Self::Goal(kept) => kept.each_text(visit),
            Self::Rotation(kept) => kept.each_text(visit),
        }
    }
}

impl Texts for Written {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Saved(entry) => entry.each_text(visit),
            Self::Begun(draft) => draft.each_text(visit),
        }
    }
}

impl Texts for Undo {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Edited(entry) => entry.each_text(visit),
            Self::Reworded(_, experiment) | Self::Answered(experiment) => {
                experiment.each_text(visit);
            }
            Self::Goal(
                GoalUndo::Changed { former, left } | GoalUndo::Restored { former, left },
            ) => {
                former.each_text(visit);
                left.each_text(visit);
            }
            Self::RotationChanged { former, left } => {
                former.each_text(visit);
                left.each_text(visit);
            }
            Self::Saved(_)
            | Self::Trashed(_)
            | Self::Restored(_)
            | Self::Detail(..)
            | Self::Shared(..)
            | Self::Goal(GoalUndo::Added(_) | GoalUndo::Trashed(_))
            | Self::RotationStarted(_)
            | Self::RotationTrashed(_)
            | Self::RotationRestored(_)
            | Self::Logged { .. } => {}
        }
    }
}
