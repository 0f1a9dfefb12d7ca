//! The figures as text, each beside what it has to reach.

use std::fmt::Write as _;

use crate::corpus::Corpus;
use crate::measure::{Figures, Measure, Samples};
use crate::window::SIZE;

/// What a figure has to reach.
enum Target {
    /// The median is at most so many times the floor's.
    TimesFloor(f64),
    /// The median is below this.
    Below(f64),
    /// 99 of 100 are below this.
    P99Below(f64),
}

/// How a figure reads.
#[derive(Clone, Copy)]
enum Unit {
    Milliseconds,
    Bytes,
    Mebibytes,
    Count,
}

impl Unit {
    fn show(self, value: f64) -> String {
        match self {
            Self::Milliseconds => format!("{value:.2} ms"),
            Self::Bytes => format!("{value:.0} B"),
            Self::Mebibytes => format!("{:.1} MiB", value / 1_048_576.0),
            Self::Count => format!("{value:.0}"),
        }
    }
}

/// Every row: name, unit, targets.
fn row(measure: Measure) -> (String, Unit, Vec<Target>) {
    use Target::{Below, P99Below, TimesFloor};
    let name = |text: &str| text.to_owned();
    match measure {
        Measure::Start => (
            name("start to Today"),
            Unit::Milliseconds,
            vec![TimesFloor(1.5)],
        ),
        Measure::Move => (
            name("j to repaint"),
            Unit::Milliseconds,
            vec![TimesFloor(1.5), P99Below(5.0)],
        ),
        Measure::Type => (
            name("typed character"),
            Unit::Milliseconds,
            vec![TimesFloor(1.5), P99Below(5.0)],
        ),
        Measure::TypeBytes => (name("bytes it writes"), Unit::Bytes, vec![P99Below(300.0)]),
        Measure::Search(letters) => (
            format!("search, letter {letters}"),
            Unit::Milliseconds,
            vec![P99Below(10.0)],
        ),
        Measure::SecondWord => (
            name("search, second word"),
            Unit::Milliseconds,
            vec![P99Below(10.0)],
        ),
        Measure::Memory => (
            name("peak memory"),
            Unit::Mebibytes,
            vec![Below(16.0 * 1_048_576.0)],
        ),
        Measure::IdleToday => (name("wake-ups in Today"), Unit::Count, vec![Below(0.5)]),
        Measure::IdleEditor => (name("wake-ups in editor"), Unit::Count, vec![Below(0.5)]),
        Measure::Add => (
            name("postcall add"),
            Unit::Milliseconds,
            vec![TimesFloor(2.0)],
        ),
        Measure::Review => until("review of the week", 30.0),
        Measure::OtherWeek => until("the week before", 15.0),
        Measure::Trends => (name("trends, 8 weeks"), Unit::Milliseconds, Vec::new()),
        Measure::FirstYear => until("year, first look", 150.0),
        Measure::FirstAll => until("all, first look", 150.0),
        Measure::Year => until("year, again", 30.0),
        Measure::All => until("all, again", 60.0),
    }
}

/// What stands on the screen within so many milliseconds.
fn until(name: &str, limit: f64) -> (String, Unit, Vec<Target>) {
    (
        name.to_owned(),
        Unit::Milliseconds,
        vec![Target::Below(limit)],
    )
}

impl Target {
    fn words(&self, unit: Unit) -> String {
        match self {
            Self::TimesFloor(times) => format!("at most {times} x floor"),
            Self::Below(_) if matches!(unit, Unit::Count) => "none in 3 s".to_owned(),
            Self::Below(limit) => format!("under {}", unit.show(*limit)),
            Self::P99Below(limit) => format!("p99 under {}", unit.show(*limit)),
        }
    }

    fn is_met(&self, samples: &Samples) -> bool {
        let ours = &samples.ours;
        match self {
            Self::TimesFloor(times) => median(ours) <= times * median(&samples.floor),
            Self::Below(limit) => median(ours) < *limit,
            Self::P99Below(limit) => percentile(ours, 0.99) < *limit,
        }
    }
}

/// The table of one size.
pub fn of(corpus: &Corpus, rounds: usize, figures: &Figures) -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    let mut text = format!(
        "{} reflections, {}x{}, {rounds} rounds, load of the machine {load}\n{:<20} {:>10} {:>10}   {:>10} {:>10}   {:>5}   target\n",
        corpus.entries, SIZE.0, SIZE.1, "", "median", "p99", "floor", "p99", "ratio",
    );
    for (measure, samples) in figures {
        let (name, unit, targets) = row(*measure);
        let both = |values: &[f64]| {
            if values.is_empty() {
                return [String::new(), String::new()];
            }
            [median(values), percentile(values, 0.99)].map(|value| unit.show(value))
        };
        let [ours, ours_p99] = both(&samples.ours);
        let [floor, floor_p99] = both(&samples.floor);
        let ratio = if samples.floor.is_empty() {
            String::new()
        } else {
            format!("{:.2}", median(&samples.ours) / median(&samples.floor))
        };
        let verdicts: Vec<String> = targets
            .iter()
            .map(|target| {
                let verdict = if target.is_met(samples) {
                    "pass"
                } else {
                    "over"
                };
                format!("{} {verdict}", target.words(unit))
            })
            .collect();
        let _ = writeln!(
            text,
            "{name:<20} {ours:>10} {ours_p99:>10}   {floor:>10} {floor_p99:>10}   {ratio:>5}   {}",
            verdicts.join(", ")
        );
    }
    text
}

fn median(values: &[f64]) -> f64 {
    percentile(values, 0.5)
}

/// The value that this part of all values does not exceed; nothing for no values.
fn percentile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a rank between 1 and the number of values"
    )]
    let rank = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.max(1) - 1).copied().unwrap_or(f64::NAN)
}
