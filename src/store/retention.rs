//! Which backups are kept as they grow old.

use chrono::Datelike;

use super::backup::Backup;

/// How many backups are kept: the newest of each of so many days, weeks and months that have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Days.
    pub daily: u16,
    /// Weeks.
    pub weekly: u16,
    /// Months.
    pub monthly: u16,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            daily: 7,
            weekly: 4,
            monthly: 12,
        }
    }
}

/// All but the newest of each of the last days, weeks and months that have one. Of the last day
/// none is too many: the one just made is among them.
pub(super) fn too_many(newest_first: &[Backup], kept: Retention) -> Vec<&Backup> {
    let last_day = newest_first.first().map(|backup| backup.made_at.date());
    let mut days = Kept::new(kept.daily);
    let mut weeks = Kept::new(kept.weekly);
    let mut months = Kept::new(kept.monthly);
    newest_first
        .iter()
        .filter(|backup| {
            let date = backup.made_at.date();
            // Each must see every backup: no short cut between them.
            let of_day = days.keeps(date);
            let of_week = weeks.keeps(date.iso_week());
            let of_month = months.keeps((date.year(), date.month()));
            !(of_day || of_week || of_month || last_day == Some(date))
        })
        .collect()
}

/// Keeps the first of each of so many periods.
struct Kept<P> {
    periods: Vec<P>,
    most: usize,
}

impl<P: PartialEq> Kept<P> {
    fn new(most: u16) -> Self {
        Self {
            periods: Vec::new(),
            most: most.into(),
        }
    }

    fn keeps(&mut self, period: P) -> bool {
        let new = self.periods.len() < self.most && !self.periods.contains(&period);
        if new {
            self.periods.push(period);
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use chrono::{NaiveDate, TimeDelta};

    use super::*;

    #[test]
    fn fewer_are_kept_where_the_writer_chose_so_and_never_the_newest_goes() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        let all = [21, 20, 19].map(|n| Backup {
            path: PathBuf::new(),
            made_at: day(n).and_hms_opt(8, 0, 0).unwrap(),
            size: 0,
        });
        let left = |daily| {
            let kept = Retention {
                daily,
                weekly: 0,
                monthly: 0,
            };
            all.len() - too_many(&all, kept).len()
        };
        assert_eq!([left(0), left(1), left(2)], [1, 1, 2]);
    }

    #[test]
    fn a_year_of_daily_backups_thins_out_to_days_weeks_and_months() {
        let last = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let all: Vec<Backup> = (0..400)
            .map(|ago| Backup {
                path: PathBuf::new(),
                made_at: (last - TimeDelta::days(ago)).and_hms_opt(8, 0, 0).unwrap(),
                size: 0,
            })
            .collect();
        let gone: Vec<NaiveDate> = too_many(&all, Retention::default())
            .iter()
            .map(|b| b.made_at.date())
            .collect();
        let kept: Vec<String> = all
            .iter()
            .map(|backup| backup.made_at.date())
            .filter(|date| !gone.contains(date))
            .map(|date| date.to_string())
            .collect();
        assert_eq!(
            kept,
            [
                "2026-11-21",
                "2026-11-20",
                "2026-11-19",
                "2026-11-18",
                "2026-11-17",
                "2026-11-16",
                "2026-11-15",
                "2026-11-08",
                "2026-11-01",
                "2026-10-31",
                "2026-09-30",
                "2026-08-31",
                "2026-07-31",
                "2026-06-30",
                "2026-05-31",
                "2026-04-30",
                "2026-03-31",
                "2026-02-28",
                "2026-01-31",
                "2025-12-31",
            ]
        );
    }
}
