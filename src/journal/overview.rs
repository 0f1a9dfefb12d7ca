//! What the Today screen shows, asked in one go.

use chrono::NaiveDate;

use super::drafts::last_entry;
use super::experiments::{asked_since, due, open};
use super::goals::lately;
use super::rotations::offers_on;
use super::rotations::rotation_on;
use super::{Asked, Journal, JournalError, OfferedDraft};
use crate::domain::calendar::{Week, add_days};
use crate::domain::competency::CompetencyId;
use crate::domain::evidence::Lately;
use crate::domain::offer::Offer;
use crate::domain::reflection::Entry;
use crate::domain::shift::{self, ShiftKind};
use crate::domain::template::TemplateId;
use crate::store::{PASSPHRASE_OFFER, ShiftOn, StoreError, Tables};

/// How much one day of the week holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayMark {
    /// The shift date.
    pub date: NaiveDate,
    /// Its shifts that were reflected on.
    pub reflected_on: u32,
    /// Its shifts that were only logged.
    pub logged: u32,
}

/// An entry of about a month or a year ago, to look back on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookBack {
    /// "A month ago", "A year ago".
    pub when: String,
    /// The entry.
    pub entry: Entry,
}

/// Everything the Today screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The logical day it is.
    pub today: NaiveDate,
    /// The kind of the shift an entry made now would belong to.
    pub shift: ShiftKind,
    /// That shift in words.
    pub shift_in_words: String,
    /// The rotation of that shift, or the last one used; empty if none.
    pub rotation: String,
    /// Templates that are offered today, the most pressing first.
    pub offers: Vec<Offer>,
    /// Drafts of sessions that ended, newest first.
    pub drafts: Vec<OfferedDraft>,
    /// Open experiments and questions "Still doing it?": due ones first, oldest due first. At most
    /// some `MOST_EXPERIMENTS` of each kind.
    pub experiments: Vec<Asked>,
    /// The competencies of the active goals, in their order, and what the last weeks hold on each. Of
    /// what the words of a reflection suggest, they come first.
    pub goals: Vec<(CompetencyId, Lately)>,
    /// The seven days of this week.
    pub week: Vec<DayMark>,
    /// Reflections about shifts this week.
    pub reflections_this_week: u32,
    /// Distinct (shift date, shift) reflected on or logged this week.
    pub shifts_this_week: u32,
    /// Those of them that were reflected on.
    pub shifts_reflected_on: u32,
    /// Days since the last shift date written about; `None` if nothing was ever written.
    pub days_since_last: Option<i64>,
    /// Whether energy was said in any of the last 500 reflections.
    pub energy_is_used: bool,
    /// Whether a passphrase is offered: something was written, anybody who gets the file can read
    /// it, and the writer said nothing about that yet.
    pub passphrase_is_offered: bool,
    /// Something to look back on.
    pub look_back: Option<LookBack>,
}

/// As many as a tall screen shows; the rest is in `open_experiments`.
pub const MOST_EXPERIMENTS: usize = 50;

/// How far back is looked, in days from and to, and what it is called.
const LOOK_BACK: [(i64, i64, i64, &str); 2] =
    [(25, 30, 35, "A month ago"), (350, 365, 380, "A year ago")];

impl Journal {
    /// Everything the Today screen shows.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn overview(&mut self) -> Result<Overview, JournalError> {
        let now = self.now();
        let today = self.today();
        let drafts = self.offered_drafts()?;
        let may_have_one = self.may_be_given_a_passphrase();
        let rules = &self.rules;
        let week = Week::of(today, rules.week_starts);
        self.store.read("reading the overview", |tables| {
            let shift = shift::suggest(now, last_entry(tables)?);
            let shift_date = shift::default_date(now, shift, rules.day_starts);
            let shifts = tables.shifts(week.first, week.last())?;
            let last = tables.last_shift_date()?;
            Ok(Overview {
                today,
                shift,
                shift_in_words: shift::describe(shift, shift_date, today),
                rotation: rotation_on(tables, &TemplateId::SHIFT, shift_date)?.unwrap_or_default(),
                offers: offers_on(tables, today)?,
                drafts,
                experiments: experiments(tables, today)?,
                goals: lately(tables, today, rules)?,
                week: week.days().map(|date| day_mark(date, &shifts)).collect(),
                reflections_this_week: count(shifts.iter().filter(|shift| !shift.logged)),
                shifts_this_week: distinct(shifts.iter()),
                shifts_reflected_on: distinct(shifts.iter().filter(|shift| !shift.logged)),
                days_since_last: last
                    .map(|date| today.signed_duration_since(date).num_days().max(0)),
                energy_is_used: tables.energy_is_used()?,
                passphrase_is_offered: may_have_one
                    && last.is_some()
                    && tables.setting(PASSPHRASE_OFFER)?.is_none(),
                look_back: look_back(tables, today)?,
            })
        })
    }
}

/// What is due first, whichever its question; then what is open, in the order it falls due.
fn experiments(tables: &Tables<'_>, today: NaiveDate) -> Result<Vec<Asked>, StoreError> {
    let mut all = due(tables, today, Some(MOST_EXPERIMENTS))?;
    let later = open(tables, today, Some(MOST_EXPERIMENTS))?
        .into_iter()
        .filter(|asked| asked_since(asked).is_none_or(|since| since > today));
    all.extend(later);
    Ok(all)
}

fn day_mark(date: NaiveDate, shifts: &[ShiftOn]) -> DayMark {
    let on = || shifts.iter().filter(|shift| shift.date == date);
    let reflected_on = distinct(on().filter(|shift| !shift.logged));
    DayMark {
        date,
        reflected_on,
        logged: distinct(on()) - reflected_on,
    }
}

fn distinct<'a>(shifts: impl Iterator<Item = &'a ShiftOn>) -> u32 {
    let mut seen: Vec<_> = shifts.map(|shift| (shift.date, shift.shift)).collect();
    seen.sort_unstable();
    seen.dedup();
    count(seen.into_iter())
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}

/// The entry nearest to a month ago, else to a year ago, that has something to reread.
fn look_back(tables: &Tables<'_>, today: NaiveDate) -> Result<Option<LookBack>, StoreError> {
    for (nearest, middle, farthest, when) in LOOK_BACK {
        let ago = |days: i64| add_days(today, -days);
        let mut places = tables.written_about(ago(farthest), ago(nearest))?;
        places.sort_by_key(|seq| {
            let date = seq.shift_date().unwrap_or_default();
            date.signed_duration_since(ago(middle)).num_days().abs()
        });
        if let Some(kept) = tables.first_with_text(&places)? {
            return Ok(Some(LookBack {
                when: when.to_owned(),
                entry: kept.entry,
            }));
        }
    }
    Ok(None)
}
