//! Rotations: the blocks a residency is made of.

use chrono::NaiveDate;

/// One block on one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// The name as the writer says it: "Medical ICU".
    pub name: String,
    /// First day of the block.
    pub first: NaiveDate,
    /// Last day of the block; `None` while it runs.
    pub last: Option<NaiveDate>,
}

impl Rotation {
    /// Whether the block covers `date`.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.first <= date && self.last.is_none_or(|last| date <= last)
    }
}
