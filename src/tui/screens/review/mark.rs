//! What can be selected in a week, and what stands behind it.

use crate::domain::experiment::Outcome;
use crate::domain::id::{ExperimentId, GoalId, ReflectionId};
use crate::domain::loops::Loops;
use crate::domain::query::Query;
use crate::domain::shift::ShiftKind;
use crate::domain::tag::Tag;
use crate::domain::texts::Texts;
use crate::domain::week::WeekReview;

/// What can be selected. It names what it stands for and not its place, so that it is found again
/// after something changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mark {
    /// The reflections of the week.
    Reflections,
    /// Experiments due in the week.
    Due,
    /// Experiments settled so in the week.
    Settled(Outcome),
    /// All open experiments.
    Open,
    /// Experiments that count as tried in the week.
    Tried,
    /// An open experiment.
    Loop(ExperimentId),
    /// A goal.
    Goal(GoalId),
    /// What went well, by its reflection.
    WentWell(ReflectionId),
    /// What comes back.
    ComesBack(Tag),
    /// The energy of a kind of shift.
    Energy(ShiftKind),
    /// The questions about the week.
    #[default]
    Questions,
}

impl Texts for Mark {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        match self {
            Self::ComesBack(tag) => tag.each_text(visit),
            Self::Reflections
            | Self::Due
            | Self::Settled(_)
            | Self::Open
            | Self::Tried
            | Self::Loop(_)
            | Self::Goal(_)
            | Self::WentWell(_)
            | Self::Energy(_)
            | Self::Questions => {}
        }
    }
}

/// What a mark opens.
#[derive(Debug)]
pub enum Behind {
    /// The reflections that match.
    Matches(Query),
    /// One reflection.
    Reflection(ReflectionId),
    /// Nothing: none was counted.
    Nothing,
}

impl Mark {
    /// Everything that can be selected in the week, in its order.
    pub fn all(review: &WeekReview) -> Vec<Self> {
        let mut all = Vec::new();
        all.extend((review.reflections > 0).then_some(Self::Reflections));
        let loops = &review.loops;
        all.extend((loops.due > 0).then_some(Self::Due));
        let settled = Outcome::ALL.into_iter();
        let settled = settled.filter(|outcome| loops.settled.of(*outcome) > 0);
        all.extend(settled.map(Self::Settled));
        all.extend((loops.open_count > 0).then_some(Self::Open));
        all.extend((loops.rate().part > 0).then_some(Self::Tried));
        let open = loops.open.iter();
        all.extend(open.map(|open| Self::Loop(open.experiment.id)));
        all.extend(review.goals.iter().map(|goal| Self::Goal(goal.goal)));
        let quotes = review.went_well.iter();
        all.extend(quotes.map(|quote| Self::WentWell(quote.reflection)));
        let back = review.comes_back.iter();
        all.extend(back.map(|found| Self::ComesBack(found.tag.clone())));
        let energy = review.energy.iter().filter(|(_, spread)| spread.n() > 0);
        all.extend(energy.map(|(shift, _)| Self::Energy(*shift)));
        all.push(Self::Questions);
        all
    }

    /// What stands behind a figure; nothing behind what is acted on where it stands.
    pub fn behind(&self, review: &WeekReview) -> Behind {
        match self {
            Self::Reflections => Behind::Matches(review.query()),
            Self::Due => Behind::Matches(Loops::due_query(review.week)),
            Self::Open => Behind::Matches(Loops::open_query(review.week)),
            Self::Tried => Behind::Matches(Loops::tried_query(review.week)),
            Self::Settled(outcome) => Behind::Matches(Loops::query(*outcome, review.week)),
            Self::Goal(id) => {
                let mut goals = review.goals.iter();
                let goal = goals.find(|goal| goal.goal == *id);
                let goal = goal.filter(|goal| goal.weeks.iter().any(|n| *n > 0));
                goal.map_or(Behind::Nothing, |goal| {
                    Behind::Matches(goal.query(review.week))
                })
            }
            Self::WentWell(id) => Behind::Reflection(*id),
            Self::ComesBack(tag) => {
                let mut found = review.comes_back.iter();
                let found = found.find(|found| found.tag == *tag);
                found.map_or(Behind::Nothing, |found| {
                    Behind::Matches(found.query(review.week))
                })
            }
            Self::Energy(shift) => Behind::Matches(review.energy_query(*shift)),
            Self::Loop(_) | Self::Questions => Behind::Nothing,
        }
    }
}
