//! What a reader of the journal finds about one goal: counts first, and what the writer says beside
//! what others said.

use chrono::{Datelike, NaiveDate, Weekday};

use super::calendar::{Week, add_days, past_day};
use super::catalog::Catalog;
use super::experiment::Outcome;
use super::goal::Goal;
use super::reflection::{Entry, Giver};
use super::template::TemplateId;

/// Weeks of the little chart.
pub const WEEKS: usize = 8;
/// Weeks that count as lately, the present one included.
pub const LATELY_WEEKS: usize = 4;
/// After so many days without feedback from others it is time to ask for some: self-assessment
/// alone is weak evidence (Davis and others, JAMA 2006).
pub const ASK_AFTER_DAYS: i64 = 30;
/// At most so many of the writer's own reflections are quoted.
pub const MOST_OWN: usize = 2;
/// At most so many reflections on what others said are quoted.
pub const MOST_SAID: usize = 3;

/// One reflection on a competency, as far as counting goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// Its shift date.
    pub date: NaiveDate,
    /// Whose feedback it is about; `None` if it is the writer's own view.
    pub giver: Option<Giver>,
    /// What became of its experiment, if it has one.
    pub outcome: Option<Outcome>,
}

/// Everything the journal holds about a goal, in the days of its [`Goal::span`]. Reflections of
/// every template count, by shift date; those in the trash do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Reflections on its competency.
    pub reflections: u32,
    /// Their experiments by outcome, open ones too: only outcomes that occur, in the order of
    /// [`Outcome::ALL`].
    pub experiments: Vec<(Outcome, u32)>,
    /// Feedback from others by role: only givers that occur, in the order of [`Giver::ALL`].
    pub feedback: Vec<(Giver, u32)>,
    /// The last shift date with a reflection on it.
    pub last_touched: Option<NaiveDate>,
    /// The last shift date with feedback from others.
    pub last_feedback: Option<NaiveDate>,
    /// Reflections in each of the last weeks, the oldest week first, the present one last.
    pub weeks: [u32; WEEKS],
    /// The writer's own latest reflections on it, newest first, at most [`MOST_OWN`].
    pub own: Vec<Entry>,
    /// The latest reflections on what others said, newest first, at most [`MOST_SAID`]; the role is
    /// in each.
    pub said: Vec<Entry>,
}

impl Evidence {
    /// Counts the reflections of a goal's span, whose last day is `last`; nothing is quoted yet.
    #[must_use]
    pub fn count(touches: &[Touch], last: NaiveDate, week_starts: Weekday) -> Self {
        let newest = |of: &dyn Fn(&Touch) -> bool| {
            let dates = touches.iter().filter(|touch| of(touch));
            dates.map(|touch| touch.date).max()
        };
        let mut weeks = [0; WEEKS];
        let present = Week::of(last, week_starts).first;
        for (back, week) in (0..).zip(weeks.iter_mut().rev()) {
            let week_of = Week {
                first: add_days(present, -7 * back),
            };
            *week = counted(touches, |touch| week_of.contains(touch.date));
        }
        let experiments =
            Outcome::ALL.map(|outcome| (outcome, counted(touches, |t| t.outcome == Some(outcome))));
        let feedback =
            Giver::ALL.map(|giver| (giver, counted(touches, |t| t.giver == Some(giver))));
        Self {
            reflections: counted(touches, |_| true),
            experiments: occurring(experiments),
            feedback: occurring(feedback),
            last_touched: newest(&|_| true),
            last_feedback: newest(&|touch| touch.giver.is_some()),
            weeks,
            own: Vec::new(),
            said: Vec::new(),
        }
    }

    /// Reflections in the last `n` weeks, the present one included.
    #[must_use]
    pub fn in_weeks(&self, n: usize) -> u32 {
        self.weeks.iter().rev().take(n).sum()
    }

    /// What the last weeks hold.
    #[must_use]
    pub fn lately(&self) -> Lately {
        Lately {
            reflections: self.in_weeks(LATELY_WEEKS),
            last_touched: self.last_touched,
        }
    }

    /// How often others said something.
    #[must_use]
    pub fn feedback_count(&self) -> u32 {
        self.feedback.iter().map(|(_, count)| count).sum()
    }

    /// Whether it is time to ask others: an active goal that is [`ASK_AFTER_DAYS`] old or more and
    /// had no feedback from others for as long.
    #[must_use]
    pub fn asks_for_feedback(&self, goal: &Goal, today: NaiveDate) -> bool {
        let since = self.last_feedback.max(Some(goal.created_at.date_naive()));
        let due = since.map(|since| add_days(since, ASK_AFTER_DAYS));
        goal.is_active() && due.is_some_and(|due| due <= today)
    }
}

/// What the last [`LATELY_WEEKS`] hold on a goal, for one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lately {
    /// Reflections on it in these weeks.
    pub reflections: u32,
    /// The last shift date with one, in these weeks or before.
    pub last_touched: Option<NaiveDate>,
}

impl Lately {
    /// The first of the days that count as lately.
    #[must_use]
    pub fn since(today: NaiveDate, week_starts: Weekday) -> NaiveDate {
        let weeks_before = i64::try_from(LATELY_WEEKS).unwrap_or(1) - 1;
        add_days(Week::of(today, week_starts).first, -7 * weeks_before)
    }

    /// "3 in 4 weeks" and "last Thu"; or "none for 31 days" and nothing.
    #[must_use]
    pub fn in_words(self, today: NaiveDate) -> (String, String) {
        match (self.reflections, self.last_touched) {
            (_, None) => ("none yet".to_owned(), String::new()),
            (0, Some(last)) => {
                let days = today.signed_duration_since(last).num_days();
                (format!("none for {days} days"), String::new())
            }
            (n, Some(last)) => (
                format!("{n} in {LATELY_WEEKS} weeks"),
                past_day(last, today),
            ),
        }
    }
}

/// One concrete question to ask somebody: of the questions among the hints of `feedback-asked`,
/// each week the next one, so that it is the same on every screen and does not wear out. `None` if
/// the writer's template holds no question.
#[must_use]
pub fn feedback_question(catalog: &Catalog, today: NaiveDate) -> Option<String> {
    let template = catalog.find_template(TemplateId::FEEDBACK_ASKED.as_str())?;
    let questions: Vec<&String> = template
        .hints
        .iter()
        .filter(|hint| hint.trim_end().ends_with('?'))
        .collect();
    // Weeks since Monday, 1 January of the year 1, whatever day the writer's weeks begin on.
    let week = usize::try_from((today.num_days_from_ce() - 1).div_euclid(7)).ok()?;
    let at = week.checked_rem(questions.len())?;
    questions.get(at).map(|question| (*question).clone())
}

fn counted(touches: &[Touch], of: impl Fn(&Touch) -> bool) -> u32 {
    let count = touches.iter().filter(|touch| of(touch)).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn occurring<T>(all: impl IntoIterator<Item = (T, u32)>) -> Vec<(T, u32)> {
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}
