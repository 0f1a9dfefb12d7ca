//! Two slow breaths: how they are paced, and when they are offered.

use std::time::Duration;

use super::reflection::{Energy, Signal};

/// What the pause ends on.
pub const QUESTION: &str = "What does my team need from me right now?";
/// How many breaths.
pub const BREATHS: u8 = 2;

const IN: Duration = Duration::from_secs(4);
const OUT: Duration = Duration::from_secs(6);

/// What is said at one time of the pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Air comes in.
    In(Breath),
    /// Air goes out.
    Out(Breath),
    /// Both breaths are done: [`QUESTION`].
    Question,
}

/// One of the breaths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breath {
    /// From 1 to [`BREATHS`].
    pub number: u8,
    /// How full the lungs are, 0 to 1000; slower near the turns than between them.
    pub fullness: u16,
    /// Time until the words change.
    pub left: Duration,
}

/// What is said so long after the pause began.
#[must_use]
pub fn moment(elapsed: Duration) -> Moment {
    let mut since = elapsed;
    for number in 1..=BREATHS {
        if since < IN {
            return Moment::In(Breath {
                number,
                fullness: eased(since, IN),
                left: IN.saturating_sub(since),
            });
        }
        since -= IN;
        if since < OUT {
            return Moment::Out(Breath {
                number,
                fullness: 1000 - eased(since, OUT),
                left: OUT.saturating_sub(since),
            });
        }
        since -= OUT;
    }
    Moment::Question
}

/// The way from 0 to 1000 over `whole`: 3t² - 2t³.
fn eased(part: Duration, whole: Duration) -> u16 {
    let t = (part.as_millis() * 1000)
        .checked_div(whole.as_millis())
        .unwrap_or(0)
        .min(1000);
    let eased = (3 * t * t * 1000 - 2 * t * t * t) / 1_000_000;
    u16::try_from(eased).unwrap_or(1000)
}

/// Whether a pause is offered: by what the writer marked, never by the words of a text.
#[must_use]
pub fn is_offered(energy: Option<Energy>, signals: &[Signal]) -> bool {
    energy.is_some_and(|energy| energy.level() == 1) || !signals.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In, out or the question; which breath; how full; milliseconds until the words change.
    fn said(millis: u64) -> (&'static str, u8, u16, u128) {
        let of = |word, breath: Breath| {
            let left = breath.left.as_millis();
            (word, breath.number, breath.fullness, left)
        };
        match moment(Duration::from_millis(millis)) {
            Moment::In(breath) => of("in", breath),
            Moment::Out(breath) => of("out", breath),
            Moment::Question => ("question", 0, 0, 0),
        }
    }

    #[test]
    fn two_breaths_go_four_seconds_in_and_six_out_and_end_on_the_question() {
        let table = [
            (0, ("in", 1, 0, 4000)),
            (2000, ("in", 1, 500, 2000)),
            (3999, ("in", 1, 999, 1)),
            (4000, ("out", 1, 1000, 6000)),
            (7000, ("out", 1, 500, 3000)),
            (9999, ("out", 1, 1, 1)),
            (10_000, ("in", 2, 0, 4000)),
            (14_000, ("out", 2, 1000, 6000)),
            (19_999, ("out", 2, 1, 1)),
            (20_000, ("question", 0, 0, 0)),
            (u64::MAX, ("question", 0, 0, 0)),
        ];
        for (millis, expected) in table {
            assert_eq!(said(millis), expected, "after {millis} ms");
        }
    }

    #[test]
    fn the_lungs_fill_and_empty_without_a_jump() {
        let mut before: u16 = 0;
        for millis in (0..20_000).step_by(50) {
            let (.., fullness, _) = said(millis);
            assert!(fullness <= 1000);
            assert!(before.abs_diff(fullness) <= 20, "at {millis} ms");
            before = fullness;
        }
    }

    #[test]
    fn the_lowest_energy_or_any_signal_offers_the_pause() {
        let jaw: Vec<Signal> = Signal::new("jaw").into_iter().collect();
        assert!(is_offered(Energy::new(1), &[]));
        assert!(is_offered(None, &jaw));
        assert!(is_offered(Energy::new(5), &jaw));
        assert!(!is_offered(Energy::new(2), &[]));
        assert!(!is_offered(None, &[]));
    }
}
