//! The experiments of a week: what was due, what became of them, which are open.

use chrono::NaiveDate;

use super::calendar::Week;
use super::experiment::{Experiment, Outcome};
use super::figures::{Outcomes, Share, query, settled_query, tried_query};
use super::query::{Query, Test};
use super::week::span_of;

/// Experiments of a week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loops {
    /// Those with a due date in the week, whatever became of them.
    pub due: u32,
    /// Those settled in the week, by outcome; never any open.
    pub settled: Outcomes,
    /// Those still open that were planned by the end of the week: due ones first, oldest due first,
    /// those without a date last. At most some dozen; [`Self::open_count`] counts all.
    pub open: Vec<OpenLoop>,
    /// How many are still open.
    pub open_count: u32,
    /// How many of those had a due date up to the last day of the week.
    pub open_due: u32,
}

/// An experiment that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLoop {
    /// The experiment.
    pub experiment: Experiment,
    /// The shift date of its reflection.
    pub reflected_on: NaiveDate,
    /// Days from today to the due date, negative once it is past; `None` without a date.
    pub days_left: Option<i64>,
    /// Whether its text is not as it was saved.
    pub damaged: bool,
}

impl Loops {
    /// The loop rate: of those settled as helped, mixed, no help or not tried in the week and those
    /// still open with a due date up to its last day, how many were tried. "No chance to" counts in
    /// neither: a plan whose "if" did not happen says nothing about the writer.
    #[must_use]
    pub fn rate(&self) -> Share {
        let part = self.settled.tried();
        Share {
            part,
            whole: part + self.settled.of(Outcome::NotTried) + self.open_due,
        }
    }

    /// Lists the reflections whose experiments were settled so in the week.
    #[must_use]
    pub fn query(outcome: Outcome, week: Week) -> Query {
        settled_query(outcome, span_of(week))
    }

    /// Lists the reflections whose experiments count as tried in the week.
    #[must_use]
    pub fn tried_query(week: Week) -> Query {
        tried_query(span_of(week))
    }

    /// Lists the reflections whose experiments were due in the week.
    #[must_use]
    pub fn due_query(week: Week) -> Query {
        query([Test::Due {
            from: Some(week.first),
            to: Some(week.last()),
        }])
    }

    /// Lists the reflections whose experiments are still open and were planned by the end of the
    /// week.
    #[must_use]
    pub fn open_query(week: Week) -> Query {
        let planned = Test::Dates {
            from: None,
            to: Some(week.last()),
        };
        query([Test::Outcome(Outcome::Open), planned])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loop_rate_leaves_out_plans_that_had_no_chance() {
        let mut loops = Loops {
            open_due: 1,
            ..Loops::default()
        };
        for (outcome, times) in [
            (Outcome::Helped, 2),
            (Outcome::Mixed, 1),
            (Outcome::NoChance, 5),
            (Outcome::Dropped, 2),
        ] {
            loops.settled.add(outcome, times);
        }
        assert_eq!(loops.rate().in_words(), "3 of 4");
        loops.settled.add(Outcome::NotTried, 2);
        loops.settled.add(Outcome::NoHelp, 1);
        assert_eq!(loops.rate().in_words(), "4 of 7");
    }
}
