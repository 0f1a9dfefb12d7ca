//! The weekly review: one week on one screen, each figure by a stated rule.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};
use unicode_segmentation::UnicodeSegmentation;

use super::calendar::{Week, add_days};
use super::catalog::Catalog;
use super::competency::CompetencyId;
use super::experiment::Outcome;
use super::figures::{MONTH_DAYS, Quote, Span, Spread, energy_query, named, query};
use super::id::{GoalId, ReflectionId};
use super::loops::Loops;
use super::prose::{Prose, visible_line};
use super::query::{NamedKind, Query, Test};
use super::reflection::{Energy, Entry, Field, Giver};
use super::shift::ShiftKind;
use super::tag::{Tag, tags_in};
use super::template::TemplateId;

/// Weeks of a goal's little chart.
pub const GOAL_WEEKS: usize = super::evidence::WEEKS;
/// At most this many quotes of what went well.
pub const MOST_WENT_WELL: usize = 2;
/// At most this many tags that come back.
pub const MOST_COME_BACK: usize = 3;
/// A tag comes back if it stands in "do differently" this often in a month.
pub const MIN_COMES_BACK: u32 = 2;
/// From so many times in a month on, with nothing tried, talking to a person serves better than
/// another entry.
pub const TALK_IT_THROUGH: u32 = 4;
/// Low energy is level 1 in so many ...
pub const LOW_ENERGY_TIMES: usize = 3;
/// ... of so many entries.
pub const LOW_ENERGY_OF: usize = 5;
/// So many moments in a row without an experiment are worth a word.
pub const MOMENTS_IN_A_ROW: usize = 3;

/// Everything the weekly review shows. Counts are by shift date, the trash left out; reflections,
/// shifts, energy and quotes are those about a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekReview {
    /// The week.
    pub week: Week,
    /// The logical day it is.
    pub today: NaiveDate,
    /// The rotation that most of the week's reflections name, else the one that covers its last
    /// day; empty if none.
    pub rotation: String,
    /// Reflections about shifts.
    pub reflections: u32,
    /// Distinct (shift date, shift) reflected on or logged.
    pub shifts: u32,
    /// Those of them that were reflected on.
    pub shifts_reflected_on: u32,
    /// What became of experiments.
    pub loops: Loops,
    /// The active goals, in their order.
    pub goals: Vec<GoalWeek>,
    /// What went well, at most [`MOST_WENT_WELL`].
    pub went_well: Vec<Quote>,
    /// What comes back, at most [`MOST_COME_BACK`].
    pub comes_back: Vec<Recurring>,
    /// Energy by kind of shift, in the order of [`ShiftKind::ALL`]; only kinds that were worked.
    pub energy: Vec<(ShiftKind, Spread)>,
    /// Templates used, the most used first.
    pub templates: Vec<(TemplateId, u32)>,
    /// What was written about no shift, by template, the most written first; reviews of weeks are
    /// none of it.
    pub besides: Vec<(TemplateId, u32)>,
    /// Whether the support card is worth offering: [`low_energy`].
    pub low_energy: bool,
    /// Whether the last [`MOMENTS_IN_A_ROW`] entries name a moment and no experiment.
    pub moments_without_experiment: bool,
    /// The reflection that holds the review of this week, once there is one.
    pub saved: Option<ReflectionId>,
}

impl WeekReview {
    /// The number of the week as calendars print it (ISO 8601), by the day in its middle, so that it
    /// means something whatever day weeks begin on.
    #[must_use]
    pub fn number(&self) -> u32 {
        add_days(self.week.first, 3).iso_week().week()
    }

    /// The week's days.
    #[must_use]
    pub fn span(&self) -> Span {
        span_of(self.week)
    }

    /// Lists the reflections about shifts of this kind in the week that said their energy.
    #[must_use]
    pub fn energy_query(&self, shift: ShiftKind) -> Query {
        energy_query(shift, self.span())
    }

    /// Lists the reflections of the week.
    #[must_use]
    pub fn query(&self) -> Query {
        query([self.span().test(), Test::AboutAShift])
    }

    /// Whether its first day has come.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.week.first <= self.today
    }

    /// Whether nothing at all happened in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shifts == 0 && self.loops.settled.total() == 0 && self.loops.due == 0
    }

    /// Of a week without shifts: that there were none, and what was written all the same. `None` if
    /// there were some, or nothing was written.
    #[must_use]
    pub fn no_shift_but(&self, catalog: &Catalog) -> Option<String> {
        if self.shifts > 0 || self.besides.is_empty() {
            return None;
        }
        let written = self.besides.iter().map(|(id, times)| {
            let title = catalog.template(id).title;
            let title = visible_line(&title);
            if *times == 1 {
                title
            } else {
                format!("{times} {title}")
            }
        });
        let written: Vec<String> = written.collect();
        Some(format!(
            "No shift was reflected on. Written: {}.",
            written.join(", ")
        ))
    }
}

/// The days of a week.
#[must_use]
pub fn span_of(week: Week) -> Span {
    Span::new(week.first, week.last())
}

/// A goal in the weekly review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalWeek {
    /// Which goal.
    pub goal: GoalId,
    /// Its competency.
    pub competency: CompetencyId,
    /// Reflections on it in each of the [`GOAL_WEEKS`] weeks that end with this one, oldest first.
    pub weeks: [u32; GOAL_WEEKS],
    /// Feedback from others in the [`MONTH_DAYS`] days up to the end of the week, by role in the
    /// order of [`Giver::ALL`].
    pub said: Vec<(Giver, u32)>,
    /// Days from the last reflection on it to the end of the week, or to today if that is earlier;
    /// `None` if there is none in the academic year.
    pub days_since: Option<i64>,
}

impl GoalWeek {
    /// Reflections on it this week.
    #[must_use]
    pub fn this_week(&self) -> u32 {
        self.weeks.last().copied().unwrap_or(0)
    }

    /// How often others said something about it in a month.
    #[must_use]
    pub fn said_total(&self) -> u32 {
        self.said.iter().map(|(_, times)| times).sum()
    }

    /// Lists the reflections on it of the weeks that end with this one.
    #[must_use]
    pub fn query(&self, week: Week) -> Query {
        let test = named(NamedKind::Competency, self.competency.as_str());
        query([test, goal_span(week).test()])
    }
}

/// The days of a goal's little chart in the review of this week.
#[must_use]
pub fn goal_span(week: Week) -> Span {
    Span::new(add_days(week.first, -7 * 7), week.last())
}

/// A tag that comes back in "do differently".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurring {
    /// The tag.
    pub tag: Tag,
    /// In how many reflections of the month.
    pub times: u32,
    /// The newest of them, by the sentence with the tag in it.
    pub latest: Quote,
    /// Whether it came back [`TALK_IT_THROUGH`] times and nothing planned in those entries was ever
    /// tried: the review then suggests talking it through with a person.
    pub talk_it_through: bool,
}

impl Recurring {
    /// Lists the reflections in which it came back by the end of the week.
    #[must_use]
    pub fn query(&self, week: Week) -> Query {
        let tagged = Test::Tagged {
            field: Field::DoDifferently,
            tag: self.tag.clone(),
        };
        query([tagged, Test::AboutAShift, month_until(week).test()])
    }
}

/// The month that ends with the week.
#[must_use]
pub fn month_until(week: Week) -> Span {
    Span::ending(week.last(), MONTH_DAYS)
}

/// A reflection about a shift, as far as the review quotes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which one.
    pub reflection: ReflectionId,
    /// The date the shift began.
    pub shift_date: NaiveDate,
    /// The kind of shift.
    pub shift: ShiftKind,
    /// Energy, where it was said.
    pub energy: Option<Energy>,
    /// Which prompts were shown.
    pub template: TemplateId,
    /// The rotation; empty if none.
    pub rotation: String,
    /// What went well.
    pub went_well: Prose,
    /// What to do differently.
    pub do_differently: Prose,
    /// What became of its experiment, if it has one.
    pub outcome: Option<Outcome>,
    /// Whether it is on the competency of an active goal.
    pub on_a_goal: bool,
}

impl Told {
    /// What an entry tells.
    #[must_use]
    pub fn of(entry: &Entry, on_a_goal: bool) -> Self {
        let r = &entry.reflection;
        Self {
            reflection: r.id,
            shift_date: r.shift_date,
            shift: r.shift,
            energy: r.energy,
            template: r.template.clone(),
            rotation: r.rotation.clone(),
            went_well: r.went_well.clone(),
            do_differently: r.do_differently.clone(),
            outcome: entry.experiment.as_ref().map(|e| e.outcome),
            on_a_goal,
        }
    }

    fn quote(&self, text: &str) -> Quote {
        Quote {
            reflection: self.reflection,
            shift_date: self.shift_date,
            text: Prose::new(text),
        }
    }
}

/// What went well, of these reflections from newest to oldest: those on a goal first, then the
/// newest; never two of the same shift. Each is quoted by its first sentence.
#[must_use]
pub fn went_well(told: &[Told], most: usize) -> Vec<Quote> {
    let mut ranked: Vec<&Told> = told
        .iter()
        .filter(|one| !one.went_well.is_blank())
        .collect();
    ranked.sort_by_key(|one| Reverse(one.on_a_goal));
    let mut shifts = Vec::new();
    let mut quotes = Vec::new();
    for one in ranked {
        let shift = (one.shift_date, one.shift);
        if quotes.len() < most && !shifts.contains(&shift) {
            shifts.push(shift);
            quotes.push(one.quote(first_sentence(&one.went_well)));
        }
    }
    quotes
}

/// The tags that stand in "do differently" of at least [`MIN_COMES_BACK`] of these reflections, from
/// newest to oldest: the most frequent first, of equally frequent ones the one used last, then by
/// name.
#[must_use]
pub fn comes_back(month: &[Told]) -> Vec<Recurring> {
    struct Found<'a> {
        tag: Tag,
        age: usize,
        latest: &'a Told,
        times: u32,
        was_tried: bool,
    }
    let mut all: Vec<Found<'_>> = Vec::new();
    for (age, told) in month.iter().enumerate() {
        let tried = told.outcome.is_some_and(|outcome| {
            matches!(outcome, Outcome::Helped | Outcome::Mixed | Outcome::NoHelp)
        });
        for tag in tags_in(&told.do_differently) {
            if let Some(found) = all.iter_mut().find(|found| found.tag == tag) {
                found.times += 1;
                found.was_tried |= tried;
            } else {
                all.push(Found {
                    tag,
                    age,
                    latest: told,
                    times: 1,
                    was_tried: tried,
                });
            }
        }
    }
    all.retain(|found| found.times >= MIN_COMES_BACK);
    all.sort_by(|one, other| {
        let key = |found: &Found<'_>| (Reverse(found.times), found.age);
        key(one)
            .cmp(&key(other))
            .then_with(|| one.tag.cmp(&other.tag))
    });
    all.truncate(MOST_COME_BACK);
    let recurring = all.into_iter().map(|found| Recurring {
        latest: found
            .latest
            .quote(sentence_with(&found.latest.do_differently, &found.tag)),
        times: found.times,
        talk_it_through: found.times >= TALK_IT_THROUGH && !found.was_tried,
        tag: found.tag,
    });
    recurring.collect()
}

/// Whether level 1 was said in [`LOW_ENERGY_TIMES`] of the last [`LOW_ENERGY_OF`] entries, newest
/// first; entries that said nothing count among the five.
#[must_use]
pub fn low_energy(newest_first: impl IntoIterator<Item = Option<Energy>>) -> bool {
    let low = |energy: &Option<Energy>| energy.is_some_and(|energy| energy.level() == 1);
    let last = newest_first.into_iter().take(LOW_ENERGY_OF);
    last.filter(low).count() >= LOW_ENERGY_TIMES
}

/// Whether the last [`MOMENTS_IN_A_ROW`] entries, newest first, each name a moment to handle
/// differently and plan nothing.
#[must_use]
pub fn moments_without_experiment(newest_first: &[Told]) -> bool {
    let last = newest_first.iter().take(MOMENTS_IN_A_ROW);
    let such = last.filter(|told| !told.do_differently.is_blank() && told.outcome.is_none());
    such.count() == MOMENTS_IN_A_ROW
}

/// The templates of these, the most used first, of equally used ones by name.
#[must_use]
pub fn templates(told: &[Told]) -> Vec<(TemplateId, u32)> {
    let mut all: Vec<(TemplateId, u32)> = Vec::new();
    for one in told {
        if let Some((_, times)) = all.iter_mut().find(|(id, _)| *id == one.template) {
            *times += 1;
        } else {
            all.push((one.template.clone(), 1));
        }
    }
    all.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    all
}

/// The rotation that most of these name; of equally many the one named last. Empty if none does.
#[must_use]
pub fn most_named_rotation(newest_first: &[Told]) -> &str {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for told in newest_first.iter().filter(|told| !told.rotation.is_empty()) {
        let same = |name: &str| name.eq_ignore_ascii_case(&told.rotation);
        if let Some((_, times)) = counts.iter_mut().find(|(name, _)| same(name)) {
            *times += 1;
        } else {
            counts.push((&told.rotation, 1));
        }
    }
    counts.reverse();
    let most = counts.into_iter().max_by_key(|(_, times)| *times);
    most.map_or("", |(name, _)| name)
}

/// The first sentence that says something, by the boundaries of Unicode (UAX 29), without the white
/// space around it.
#[must_use]
pub fn first_sentence(text: &str) -> &str {
    sentences(text).next().unwrap_or_default()
}

/// The first sentence with this tag in it; the first one if the tag stands across several.
fn sentence_with<'a>(text: &'a str, tag: &Tag) -> &'a str {
    let found = sentences(text).find(|sentence| tags_in(sentence).contains(tag));
    found.unwrap_or_else(|| first_sentence(text))
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.split('\n').flat_map(whole_sentences);
    whole.map(str::trim).filter(|sentence| !sentence.is_empty())
}

/// The sentences of a line; an abbreviated title or name ("Dr. M.") ends none.
fn whole_sentences(line: &str) -> impl Iterator<Item = &str> {
    let mut ends: Vec<usize> = line
        .split_sentence_bound_indices()
        .map(|(start, part)| (start + part.len(), part))
        .filter(|(end, part)| *end == line.len() || !ends_in_abbreviation(part))
        .map(|(end, _)| end)
        .collect();
    let mut start = 0;
    ends.retain(|end| *end > 0);
    ends.into_iter().map(move |end| {
        let sentence = line.get(start..end).unwrap_or_default();
        start = end;
        sentence
    })
}

fn ends_in_abbreviation(sentence: &str) -> bool {
    let last = sentence.split_whitespace().last().unwrap_or_default();
    let Some(word) = last.strip_suffix('.') else {
        return false;
    };
    let is_short = word.chars().count() <= 2 && word.chars().all(char::is_alphabetic);
    (is_short && word.starts_with(char::is_uppercase)) || matches!(word, "Mrs" | "Prof")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(day: u32, went_well: &str, do_differently: &str) -> Told {
        Told {
            reflection: ReflectionId::new(uuid::Uuid::from_u128(u128::from(day))),
            shift_date: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(),
            shift: ShiftKind::Day,
            energy: None,
            template: TemplateId::SHIFT,
            rotation: String::new(),
            went_well: Prose::new(went_well),
            do_differently: Prose::new(do_differently),
            outcome: None,
            on_a_goal: false,
        }
    }

    fn texts(quotes: &[Quote]) -> Vec<&str> {
        quotes.iter().map(|quote| quote.text.as_str()).collect()
    }

    #[test]
    fn what_went_well_prefers_goals_then_the_newest_and_never_quotes_a_shift_twice() {
        let mut on_goal = told(10, "Asked first. Then waited.", "");
        on_goal.on_a_goal = true;
        let newest_first = [
            told(15, "", "only this"),
            told(14, "Clerk presented it at the huddle, not me.\nMore.", ""),
            told(14, "The same shift again.", ""),
            told(12, "Older.", ""),
            on_goal,
        ];
        assert_eq!(
            texts(&went_well(&newest_first, MOST_WENT_WELL)),
            ["Asked first.", "Clerk presented it at the huddle, not me."]
        );
        assert!(went_well(&[], MOST_WENT_WELL).is_empty());
    }

    #[test]
    fn what_comes_back_is_counted_by_reflection_and_quoted_by_its_newest_sentence() {
        let newest_first = [
            told(20, "", "Skipped food. Again #meals, #meals."),
            told(19, "", "I talked over her. That is #interrupting."),
            told(18, "#rounds went well", "#interrupting"),
            told(17, "", "#meals"),
            told(16, "", "#interrupting and #once"),
            told(15, "", "#interrupting"),
        ];
        let found = comes_back(&newest_first);
        let seen: Vec<_> = found
            .iter()
            .map(|one| (one.tag.as_str(), one.times, one.latest.text.as_str()))
            .collect();
        assert_eq!(
            seen,
            [
                ("interrupting", 4, "That is #interrupting."),
                ("meals", 2, "Again #meals, #meals.")
            ]
        );
        assert!(found[0].talk_it_through && !found[1].talk_it_through);
        let mut tried = newest_first.clone();
        tried[2].outcome = Some(Outcome::NoHelp);
        assert!(!comes_back(&tried)[0].talk_it_through);
    }

    #[test]
    fn low_energy_is_level_one_in_three_of_the_last_five_entries() {
        let entries =
            |levels: &[u8]| -> bool { low_energy(levels.iter().map(|level| Energy::new(*level))) };
        assert!(entries(&[1, 3, 1, 4, 1]));
        assert!(entries(&[1, 1, 1]));
        assert!(!entries(&[1, 0, 1, 0, 0, 1]));
        assert!(!entries(&[2, 2, 2, 2, 2]));
        assert!(!entries(&[]));
    }

    #[test]
    fn three_moments_without_an_experiment_are_noticed() {
        let mut last = [told(3, "", "a"), told(2, "x", "b"), told(1, "", "c")];
        assert!(moments_without_experiment(&last));
        assert!(!moments_without_experiment(&last[..2]));
        last[1].outcome = Some(Outcome::Open);
        assert!(!moments_without_experiment(&last));
    }

    #[test]
    fn a_sentence_is_never_cut_inside_a_grapheme() {
        assert_eq!(
            first_sentence("Dr. M. agreed 👩‍👩‍👧. Then"),
            "Dr. M. agreed 👩‍👩‍👧."
        );
        assert_eq!(first_sentence("\n  \nno full stop"), "no full stop");
        assert_eq!(first_sentence(""), "");
    }
}
