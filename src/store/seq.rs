//! The journal's order as one number: shift date, then time of writing, then order of arrival.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

const TIE_BITS: u32 = 10;
const SECOND_BITS: u32 = 33;
const LAST_SECOND: i64 = (1 << SECOND_BITS) - 1;

/// A reflection's place: 20 bits of day number, 33 bits of UTC second since 1970, 10 bits that tell
/// apart what was written in the same second. Sorts as the journal does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seq(pub(super) i64);

impl Seq {
    /// The place that an opaque number of this session stands for.
    #[must_use]
    pub const fn from_raw(raw: i64) -> Self {
        Self(raw)
    }

    /// The bare number.
    #[must_use]
    pub const fn raw(self) -> i64 {
        self.0
    }

    /// The first place of that second on that shift date. Times before 1970 sort with 1970.
    pub(super) fn of(shift_date: NaiveDate, written_at: DateTime<FixedOffset>) -> Self {
        let second = written_at.timestamp().clamp(0, LAST_SECOND);
        Self(Self::first_on(shift_date).0 | (second << TIE_BITS))
    }

    /// The last place of the same second.
    pub(super) const fn last_tie(self) -> Self {
        Self(self.0 | ((1 << TIE_BITS) - 1))
    }

    /// The first place there can be on a shift date.
    pub(super) fn first_on(shift_date: NaiveDate) -> Self {
        let day = i64::from(shift_date.num_days_from_ce().max(0));
        Self(day << (SECOND_BITS + TIE_BITS))
    }

    /// The last place there can be on a shift date.
    pub(super) fn last_on(shift_date: NaiveDate) -> Self {
        Self(Self::first_on(shift_date).0 | ((1 << (SECOND_BITS + TIE_BITS)) - 1))
    }

    /// The shift date it was made of.
    #[must_use]
    pub fn shift_date(self) -> Option<NaiveDate> {
        let day = i32::try_from(self.0 >> (SECOND_BITS + TIE_BITS)).ok()?;
        NaiveDate::from_num_days_from_ce_opt(day)
    }

    /// The UTC second it was made of.
    pub(super) const fn second(self) -> i64 {
        (self.0 >> TIE_BITS) & LAST_SECOND
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_sort_by_shift_date_and_then_by_the_instant_of_writing() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        let night = Seq::of(day("2026-11-20"), at("2026-11-21T08:10:00+01:00"));
        let later_in_another_zone = Seq::of(day("2026-11-20"), at("2026-11-21T02:10:01-05:00"));
        let next_day = Seq::of(day("2026-11-21"), at("2026-11-21T00:00:00+01:00"));
        assert!(night < later_in_another_zone);
        assert!(later_in_another_zone < next_day);
        assert_eq!(night.shift_date(), Some(day("2026-11-20")));
        assert_eq!(night.second(), at("2026-11-21T08:10:00+01:00").timestamp());
        let last = Seq::of(day("2200-12-31"), at("2242-01-01T00:00:00Z"));
        assert!(last.0 > 0 && last.last_tie() <= Seq::last_on(day("2200-12-31")));
    }
}
