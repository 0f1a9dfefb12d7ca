//! Everything that somebody wrote in a value, one text after the other: so that it can be taken out
//! of memory as a whole, and put back in its place.

use super::draft::Draft;
use super::evidence::Evidence;
use super::experiment::Experiment;
use super::figures::Quote;
use super::goal::{Goal, GoalLines};
use super::loops::{Loops, OpenLoop};
use super::offer::Offer;
use super::plan::Plan;
use super::query::{Condition, Query, Test, Words};
use super::reflection::{Entry, Reflection};
use super::rotation::{Block, Rotation};
use super::rotation_review::RotationReview;
use super::trends::Trends;
use super::week::{Recurring, WeekReview};

/// A value that holds texts.
pub trait Texts {
    /// Shows each text to `visit`, always all of them and in the same order. What is left in their
    /// place need not be what the value would take.
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String));
}

/// Says of each field of a type whether it holds texts. A field that is new does not compile until
/// it is said of it too.
macro_rules! texts {
    ($type:ty { $($held:ident),* } beside { $($other:ident),* }) => {
        impl $crate::domain::texts::Texts for $type {
            fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
                let Self { $($held,)* $($other: _,)* } = self;
                $($crate::domain::texts::Texts::each_text($held, visit);)*
            }
        }
    };
}
pub(crate) use texts;

impl Texts for String {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        visit(self);
    }
}

impl<T: Texts> Texts for Option<T> {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        if let Some(held) = self {
            held.each_text(visit);
        }
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        for held in self {
            held.each_text(visit);
        }
    }
}

impl<T: Texts + ?Sized> Texts for Box<T> {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        T::each_text(self, visit);
    }
}

texts!(Block { name } beside { first, last });
texts!(Condition { test } beside { negated });
texts!(Draft { template_tags, went_well, do_differently, try_next, note, rotation } beside {
    id, editing, started_at, template, shift, shift_date, date_touched, rotation_touched, due,
    competencies, energy, signals, feedback_from, period, shared, follows
});
texts!(Entry { reflection, experiment } beside {});
texts!(Evidence { own, said } beside {
    reflections, experiments, feedback, last_touched, last_feedback, weeks
});
texts!(Experiment { text, outcome_note } beside {
    id, reflection, due, outcome, outcome_date, carried, follow_up, follow_up_date, follows,
    revision
});
texts!(Goal { lines, status_note } beside {
    id, competency, academic_year, status, status_date, created_at, revision
});
texts!(GoalLines { why, strength, gap, role_sought, obstacle } beside {});
texts!(Loops { open } beside { due, settled, open_count, open_due });
texts!(Offer { rotation } beside { template });
texts!(OpenLoop { experiment } beside { reflected_on, days_left, damaged });
texts!(Plan { sentence } beside { at });
texts!(Query { all } beside {});
texts!(Quote { text } beside { reflection, shift_date });
texts!(Recurring { tag, latest } beside { times, talk_it_through });
texts!(Reflection { rotation, went_well, do_differently, note, tags } beside {
    id, written_at, shift_date, shift, template, competencies, energy, signals, feedback_from,
    period, shared, revision
});
texts!(Rotation { name } beside { id, first, last, revision });
texts!(Trends { rotation, changes } beside {
    range, today, span, reflections, shifts, calendar, parts, coverage, settled, energy, signals
});
texts!(WeekReview { rotation, loops, went_well, comes_back } beside {
    week, today, reflections, shifts, shifts_reflected_on, goals, energy, templates, besides,
    low_energy, moments_without_experiment, saved
});

impl Texts for RotationReview {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            rotation,
            opening,
            closing,
            wins,
            improvement,
            previous,
            span: _,
            today: _,
            reflections: _,
            shifts: _,
            experiments: _,
            competencies: _,
            goals_untouched: _,
            feedback: _,
            energy: _,
        } = self;
        rotation.each_text(visit);
        opening.each_text(visit);
        closing.each_text(visit);
        wins.each_text(visit);
        improvement.each_text(visit);
        if let Some((block, _)) = previous {
            block.each_text(visit);
        }
    }
}

impl Texts for Test {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Text {
                words: Words::Prefix(text) | Words::Phrase(text),
                ..
            }
            | Self::Competency(text)
            | Self::Named { name: text, .. }
            | Self::Word(text)
            | Self::Rotation(text)
            | Self::Template(text)
            | Self::Signal(text) => visit(text),
            Self::Tag(tag) | Self::Tagged { tag, .. } => tag.each_text(visit),
            Self::Shift(_)
            | Self::Energy { .. }
            | Self::Dates { .. }
            | Self::Shared
            | Self::AboutAShift
            | Self::Outcome(_)
            | Self::Tried
            | Self::Due { .. }
            | Self::Answered { .. } => {}
        }
    }
}
