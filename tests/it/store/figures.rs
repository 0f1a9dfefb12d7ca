//! Every figure of the reviews and of trends against a recount by hand over random journals.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;

use postcall::domain::calendar::Week;
use postcall::domain::competency::CompetencyId;
use postcall::domain::draft::Due;
use postcall::domain::experiment::{FollowUp, Outcome};
use postcall::domain::goal::GoalLines;
use postcall::domain::loops::Loops;
use postcall::domain::prose::Prose;
use postcall::domain::query::Query;
use postcall::domain::reflection::{Energy, Entry, Signal};
use postcall::domain::rotation::Block;
use postcall::domain::shift::ShiftKind;
use postcall::domain::tag::tags_in;
use postcall::domain::template::TemplateId;
use postcall::domain::trends::{Coverage, Range, Trends};
use postcall::domain::week::WeekReview;
use postcall::journal::{Journal, MadeEntry, Options, Place};

use super::at;

/// A night in the hour that is there twice when the clocks are set back.
const NOW: &str = "2026-10-25T02:30:00+01:00";
const TEMPLATES: [&str; 6] = [
    "shift",
    "change",
    "week",
    "rotation-start",
    "mentor",
    "shift",
];
/// The last one is no longer known, and another one begins like it.
const COMPETENCIES: [&str; 4] = ["feedback", "team", "acgme:ICS2", "tea"];
const SENTENCES: [&str; 5] = [
    "",
    "I talked over her. #interrupting again.",
    "Skipped food #meals",
    "#interrupting and #meals",
    "Nobody asked, while interrupting. #meals-late",
];
const GOALS: [&str; 2] = ["feedback", "team"];
/// What reflections name; the first one was entered, and began so many days ago.
const ROTATIONS: [&str; 3] = ["Wards", "Clinic", ""];
const ROTATION_DAYS: u64 = 45;

/// One reflection, in small numbers.
#[derive(Debug, Clone)]
pub(super) struct Made {
    days_ago: u16,
    shift: usize,
    template: usize,
    energy: u8,
    competencies: Vec<usize>,
    signal: bool,
    went_well: bool,
    do_differently: usize,
    due: Option<u16>,
    outcome: usize,
    settled_after: u16,
    trashed: bool,
}

pub(super) fn made() -> impl Strategy<Value = Made> {
    let near = prop_oneof![3 => 0..40_u16, 1 => 0..800_u16];
    let what = (near, 0..7_usize, 0..TEMPLATES.len(), 0..6_u8);
    let names = (
        prop::collection::vec(0..COMPETENCIES.len(), 0..3),
        any::<bool>(),
        any::<bool>(),
        0..SENTENCES.len(),
    );
    let plan = (
        prop::option::of(0..20_u16),
        0..Outcome::ALL.len(),
        0..30_u16,
        prop::bool::weighted(0.15),
    );
    (what, names, plan).prop_map(
        |(
            (days_ago, shift, template, energy),
            (competencies, signal, went_well, do_differently),
            (due, outcome, settled_after, trashed),
        )| Made {
            days_ago,
            shift,
            template,
            energy,
            competencies,
            signal,
            went_well,
            do_differently,
            due,
            outcome,
            settled_after,
            trashed,
        },
    )
}

fn journal_of(all: &[Made], week_starts: Weekday, academic_year_starts: u32) -> Journal {
    journal_at(&Place::Memory, all, week_starts, academic_year_starts)
}

/// The journal of these entries at a place where there is none.
pub(super) fn journal_at(
    place: &Place,
    all: &[Made],
    week_starts: Weekday,
    academic_year_starts: u32,
) -> Journal {
    let mut options = Options {
        clock: postcall::journal::clock::Clock::Fixed(at(NOW)),
        ..Options::default()
    };
    options.rules.week_starts = week_starts;
    options.rules.academic_year_starts = academic_year_starts;
    let mut journal = Journal::open(place, options).unwrap();
    for id in GOALS {
        let goal = CompetencyId::new(id);
        journal.add_goal(&goal, GoalLines::default()).unwrap();
    }
    let wards = Block {
        name: ROTATIONS[0].to_owned(),
        first: journal.today() - Days::new(ROTATION_DAYS),
        last: None,
    };
    journal.start_rotation(wards).unwrap();
    insert(&mut journal, 0, all);
    journal
}

/// Puts entries into a journal, numbered from here on.
pub(super) fn insert(journal: &mut Journal, first_number: u64, all: &[Made]) {
    let today = journal.today();
    for (number, one) in (first_number..).zip(all) {
        let date = today - Days::new(one.days_ago.into());
        let mut draft = journal
            .new_draft(&TemplateId::new(TEMPLATES[one.template]))
            .unwrap();
        draft.shift_date = date;
        draft.shift = ShiftKind::ALL[one.shift];
        draft.energy = Energy::new(one.energy);
        ROTATIONS[one.shift % ROTATIONS.len()].clone_into(&mut draft.rotation);
        draft.rotation_touched = true;
        draft.competencies = one
            .competencies
            .iter()
            .map(|at| CompetencyId::new(COMPETENCIES[*at]))
            .collect();
        draft.signals = Signal::new("jaw")
            .filter(|_| one.signal)
            .into_iter()
            .collect();
        draft.went_well = Prose::new(if one.went_well {
            "Good. Really, #meals planned."
        } else {
            ""
        });
        draft.do_differently = Prose::new(SENTENCES[one.do_differently]);
        draft.note = Prose::new("noted");
        if let Some(due) = one.due {
            draft.try_next = Prose::new("If it comes, then I go");
            draft.due = if due == 0 {
                Due::Never
            } else {
                Due::After(due)
            };
        }
        let made = MadeEntry {
            written_at: at("2026-10-25T02:30:00+02:00") - Days::new(one.days_ago.into()),
            outcome: Outcome::ALL[one.outcome],
            outcome_date: Some(date + Days::new(one.settled_after.into())),
            outcome_note: String::new(),
            carried: 0,
            follow_up: FollowUp::ALL.get(one.shift).copied(),
            number,
            draft,
        };
        let ids = journal.insert_made(&[made]).unwrap();
        if one.trashed {
            journal.trash(ids[0]).unwrap();
        }
    }
}

/// What a person would count: every entry outside the trash, newest first, and what was logged.
pub(super) struct Recount {
    all: Vec<Entry>,
    logged: BTreeSet<(NaiveDate, ShiftKind)>,
}

impl Recount {
    pub(super) fn of(journal: &mut Journal, logged: BTreeSet<(NaiveDate, ShiftKind)>) -> Self {
        let all = journal.list(&Query::default(), None).unwrap();
        Self { all, logged }
    }

    /// The shifts of these days, and those of them that were reflected on.
    fn shifts(&self, first: NaiveDate, last: NaiveDate) -> [u32; 2] {
        let reflected = shifts(&self.about_shifts(first, last));
        let logged = self.logged.iter().copied();
        let mut worked: BTreeSet<_> = logged
            .filter(|(date, _)| (first..=last).contains(date))
            .collect();
        worked.extend(&reflected);
        [count(worked.iter()), count(reflected.iter())]
    }

    fn about_shifts(&self, first: NaiveDate, last: NaiveDate) -> Vec<&Entry> {
        let fits = |entry: &&Entry| {
            let r = &entry.reflection;
            let review = ["week", "rotation-start", "rotation-close", "mentor"];
            !review.contains(&r.template.as_str()) && (first..=last).contains(&r.shift_date)
        };
        self.all.iter().filter(fits).collect()
    }

    /// The energy said by kind of shift worked.
    fn energy(&self, first: NaiveDate, last: NaiveDate) -> BTreeMap<ShiftKind, Vec<u8>> {
        let logged = self.logged.iter();
        let logged = logged.filter(|(date, _)| (first..=last).contains(date));
        let mut all: BTreeMap<ShiftKind, Vec<u8>> =
            logged.map(|(_, shift)| (*shift, Vec::new())).collect();
        for entry in self.about_shifts(first, last) {
            let levels = all.entry(entry.reflection.shift).or_default();
            levels.extend(entry.reflection.energy.map(Energy::level));
            levels.sort_unstable();
        }
        all
    }

    /// How many name a competency on these days, reviews included.
    fn on(&self, competency: &CompetencyId, first: NaiveDate, last: NaiveDate) -> u32 {
        let fits = |entry: &&Entry| {
            let r = &entry.reflection;
            (first..=last).contains(&r.shift_date) && r.competencies.contains(competency)
        };
        count(self.all.iter().filter(fits))
    }

    /// The rotations that most of these reflections name.
    fn rotations(told: &[&Entry]) -> BTreeSet<String> {
        let mut times: BTreeMap<&str, u32> = BTreeMap::new();
        for entry in told {
            *times.entry(&entry.reflection.rotation).or_default() += 1;
        }
        times.remove("");
        let most = times.values().max().copied();
        let named = times.iter().filter(|(_, times)| Some(**times) == most);
        named.map(|(name, _)| (*name).to_owned()).collect()
    }

    fn settled(&self, outcome: Outcome, first: NaiveDate, last: NaiveDate) -> u32 {
        let experiments = self
            .all
            .iter()
            .filter_map(|entry| entry.experiment.as_ref());
        let fits = experiments.filter(|e| {
            e.outcome == outcome
                && e.outcome_date
                    .is_some_and(|date| (first..=last).contains(&date))
        });
        count(fits)
    }
}

fn count<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap()
}

fn shifts(entries: &[&Entry]) -> BTreeSet<(NaiveDate, ShiftKind)> {
    let shift = |entry: &&Entry| (entry.reflection.shift_date, entry.reflection.shift);
    entries.iter().map(shift).collect()
}

pub(super) fn check_week(review: &WeekReview, recount: &Recount, journal: &mut Journal) {
    let (first, last) = (review.week.first, review.week.last());
    let told = recount.about_shifts(first, last);
    assert_eq!(review.reflections, count(told.iter()));
    let shifts = [review.shifts, review.shifts_reflected_on];
    assert_eq!(shifts, recount.shifts(first, last));
    for outcome in Outcome::ALL {
        let settled = recount.settled(outcome, first, last);
        assert_eq!(review.loops.settled.of(outcome), settled, "{outcome}");
        if outcome != Outcome::Open {
            assert_eq!(
                listed(journal, &Loops::query(outcome, review.week)),
                settled
            );
        }
    }
    let experiments = || {
        recount
            .all
            .iter()
            .filter_map(|entry| entry.experiment.as_ref())
    };
    let due = experiments().filter(|e| e.due.is_some_and(|due| (first..=last).contains(&due)));
    assert_eq!(review.loops.due, count(due));
    let listed_due = listed(journal, &Loops::due_query(review.week));
    assert_eq!(listed_due, review.loops.due);
    let open: Vec<&Entry> = recount
        .all
        .iter()
        .filter(|entry| {
            let open = entry
                .experiment
                .as_ref()
                .is_some_and(|e| e.outcome == Outcome::Open);
            open && entry.reflection.shift_date <= last
        })
        .collect();
    assert_eq!(review.loops.open_count, count(open.iter()));
    let listed_open = listed(journal, &Loops::open_query(review.week));
    assert_eq!(listed_open, review.loops.open_count);
    let by_then = open.iter().filter(|entry| {
        let due = entry.experiment.as_ref().and_then(|e| e.due);
        due.is_some_and(|due| due <= last)
    });
    assert_eq!(review.loops.open_due, count(by_then));
    assert_eq!(review.loops.open.len(), open.len().min(50));
    let tried = [Outcome::Helped, Outcome::Mixed, Outcome::NoHelp];
    let tried: u32 = tried.iter().map(|o| recount.settled(*o, first, last)).sum();
    let rate = review.loops.rate();
    assert_eq!(rate.part, tried);
    assert_eq!(listed(journal, &Loops::tried_query(review.week)), tried);
    let not_tried = recount.settled(Outcome::NotTried, first, last);
    assert_eq!(rate.whole, tried + not_tried + review.loops.open_due);
    let spreads: BTreeMap<ShiftKind, Vec<u8>> = review
        .energy
        .iter()
        .map(|(shift, spread)| (*shift, spread.levels().collect()))
        .collect();
    assert_eq!(spreads, recount.energy(first, last));
    for (shift, spread) in &review.energy {
        assert_eq!(listed(journal, &review.energy_query(*shift)), spread.n());
    }
    assert_eq!(listed(journal, &review.query()), review.reflections);
    let named = Recount::rotations(&told);
    let begun = review.today - Days::new(ROTATION_DAYS);
    if named.is_empty() {
        let covers = begun <= last;
        assert_eq!(review.rotation, if covers { ROTATIONS[0] } else { "" });
    } else {
        assert!(named.contains(&review.rotation), "{named:?}");
    }
    for goal in &review.goals {
        for (weeks_ago, times) in (0..).zip(goal.weeks.iter().rev()) {
            let back = Days::new(7 * weeks_ago);
            let counted = recount.on(&goal.competency, first - back, last - back);
            assert_eq!(
                *times,
                counted,
                "{} {weeks_ago} weeks ago",
                goal.competency.as_str()
            );
        }
    }
    let templates: u32 = review.templates.iter().map(|(_, times)| times).sum();
    assert_eq!(templates, review.reflections);
    for goal in &review.goals {
        let all: u32 = goal.weeks.iter().sum();
        assert_eq!(listed(journal, &goal.query(review.week)), all);
    }
    check_quotes(review, recount);
    for one in &review.comes_back {
        assert_eq!(listed(journal, &one.query(review.week)), one.times);
    }
}

fn check_quotes(review: &WeekReview, recount: &Recount) {
    let (first, last) = (review.week.first, review.week.last());
    let said = |entry: &&&Entry| !entry.reflection.went_well.is_blank();
    let told = recount.about_shifts(first, last);
    let with_something: Vec<&Entry> = told.iter().filter(said).copied().collect();
    assert_eq!(review.went_well.len(), shifts(&with_something).len().min(2));
    assert!(
        review
            .went_well
            .iter()
            .all(|quote| quote.text.as_str() == "Good.")
    );
    let month = recount.about_shifts(last - Days::new(29), last);
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for entry in &month {
        for tag in tags_in(&entry.reflection.do_differently) {
            *times.entry(tag.as_str().to_owned()).or_default() += 1;
        }
    }
    times.retain(|_, times| *times >= 2);
    let found: BTreeMap<String, u32> = review
        .comes_back
        .iter()
        .map(|one| (one.tag.as_str().to_owned(), one.times))
        .collect();
    assert_eq!(found, times);
    let until = recount.about_shifts(NaiveDate::MIN, last);
    let low = until.iter().take(5).filter(|entry| {
        let energy = entry.reflection.energy;
        energy.is_some_and(|energy| energy.level() == 1)
    });
    assert_eq!(review.low_energy, count(low) >= 3);
}

pub(super) fn check_trends(trends: &Trends, recount: &Recount, journal: &mut Journal) {
    let Some(span) = trends.span else {
        assert!(trends.calendar.is_empty() && trends.parts.is_empty());
        return;
    };
    if trends.range == Range::Rotation {
        let begun = trends.today - Days::new(ROTATION_DAYS);
        assert_eq!((span.first, span.last), (begun, trends.today));
        assert_eq!(trends.rotation, ROTATIONS[0]);
    }
    let told = recount.about_shifts(span.first, span.last);
    assert_eq!(trends.reflections, count(told.iter()));
    assert_eq!(trends.shifts, recount.shifts(span.first, span.last)[0]);
    assert_eq!(i64::try_from(trends.calendar.len()).unwrap(), span.days());
    for day in &trends.calendar {
        let told = recount.about_shifts(day.date, day.date);
        assert_eq!(day.reflections(), count(told.iter()));
        assert_eq!(day.worked(), recount.shifts(day.date, day.date)[0]);
        let levels = told.iter().filter_map(|entry| entry.reflection.energy);
        assert_eq!(day.energy().n(), count(levels));
    }
    for day in trends
        .calendar
        .iter()
        .filter(|day| day.reflections() > 0)
        .take(3)
    {
        assert_eq!(listed(journal, &day.query()), day.reflections());
    }
    let mut next = span.first;
    for (part, settled) in trends.parts.iter().zip(&trends.settled) {
        assert_eq!(part.first, next);
        next = part.last + Days::new(1);
        for outcome in Outcome::ALL {
            let counted = recount.settled(outcome, part.first, part.last);
            assert_eq!(settled.of(outcome), counted, "{outcome} in {part:?}");
        }
    }
    assert_eq!(next, span.last + Days::new(1));
    for one in &trends.coverage {
        for (part, times) in trends.parts.iter().zip(&one.parts) {
            let named = recount.on(&one.competency, part.first, part.last);
            assert_eq!(*times, named);
        }
        assert_eq!(listed(journal, &one.query(span)), one.total());
    }
    let totals: Vec<u32> = trends.coverage.iter().map(Coverage::total).collect();
    assert!(totals.is_sorted(), "the thinnest first: {totals:?}");
    let spreads: BTreeMap<ShiftKind, Vec<u8>> = trends
        .energy
        .iter()
        .map(|(shift, spread)| (*shift, spread.levels().collect()))
        .collect();
    assert_eq!(spreads, recount.energy(span.first, span.last));
    let jaw = recount.all.iter().filter(|entry| {
        let r = &entry.reflection;
        span.contains(r.shift_date) && !r.signals.is_empty()
    });
    let jaw = count(jaw);
    let found: u32 = trends.signals.iter().map(|(_, times)| times).sum();
    assert_eq!(found, jaw);
    for (signal, times) in &trends.signals {
        let query = trends.signal_query(signal).unwrap();
        assert_eq!(listed(journal, &query), *times);
    }
    for change in trends.changes.rising.iter().chain(&trends.changes.falling) {
        assert_eq!(listed(journal, &change.query(span)), change.now);
        let before = trends.changes.before.unwrap();
        assert_eq!(listed(journal, &change.query(before)), change.before);
    }
}

fn listed(journal: &mut Journal, query: &Query) -> u32 {
    count(journal.list(query, None).unwrap().into_iter())
}

#[test]
fn behind_a_name_are_only_those_of_exactly_this_name() {
    let mut journal = journal_of(&[], Weekday::Mon, 7);
    for (text, signal) in [
        ("A #round.", "jaw"),
        ("Two #rounds.", "jaw ache"),
        ("More #Round.", "JAW"),
    ] {
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        draft.went_well = Prose::new(text);
        draft.signals = vec![Signal::new(signal).unwrap()];
        journal.save(&draft).unwrap();
    }
    let mut found = |text: &str| {
        let query = Query::parse(text, journal.today(), Weekday::Mon).unwrap();
        listed(&mut journal, &query)
    };
    assert_eq!(found("#round"), 3);
    assert_eq!(found("tag:=round"), 2);
    assert_eq!(found("-tag:=round"), 1);
    assert_eq!(found("signal:jaw"), 3);
    assert_eq!(found("signal:\"=jaw ache\""), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_is_what_a_person_would_count(
        all in prop::collection::vec(made(), 0..60),
        week_starts in prop::sample::select(vec![Weekday::Mon, Weekday::Sun, Weekday::Sat]),
        academic_year_starts in 1..=12_u32,
    ) {
        let mut journal = journal_of(&all, week_starts, academic_year_starts);
        let recount = Recount::of(&mut journal, BTreeSet::new());
        let today = journal.today();
        for weeks_ago in [0, 1, 2, 5] {
            let date = today - Days::new(7 * weeks_ago);
            let review = journal.week(date).unwrap();
            prop_assert_eq!(review.week, Week::of(date, week_starts));
            check_week(&review, &recount, &mut journal);
        }
        for range in Range::ALL {
            let trends = journal.trends(range).unwrap();
            check_trends(&trends, &recount, &mut journal);
            if range == Range::Year {
                let span = trends.span.unwrap();
                prop_assert_eq!((span.first.day(), span.first.month()), (1, academic_year_starts));
                prop_assert!(span.contains(today) && span.days() >= 365);
            }
        }
    }
}
