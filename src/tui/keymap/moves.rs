//! Where the keys that move lead in a list or a long text.

use super::Action;

impl Action {
    /// The row that this leads to from row `at` of those up to `last`, a page being so many rows;
    /// `None` if it is no move.
    #[must_use]
    pub fn move_from(self, at: usize, last: usize, page: usize) -> Option<usize> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "no other action moves")]
        let to = match self {
            Self::Down => at.saturating_add(1),
            Self::Up => at.saturating_sub(1),
            Self::PageDown => at.saturating_add(page),
            Self::PageUp => at.saturating_sub(page),
            Self::First => 0,
            Self::Last => last,
            _ => return None,
        };
        Some(to.min(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_stays_within_the_rows() {
        for (action, at, to) in [
            (Action::Down, 3, 4),
            (Action::Down, 9, 9),
            (Action::Up, 3, 2),
            (Action::Up, 0, 0),
            (Action::PageDown, 3, 7),
            (Action::PageDown, 7, 9),
            (Action::PageUp, 7, 3),
            (Action::PageUp, 3, 0),
            (Action::First, 5, 0),
            (Action::Last, 5, 9),
            // Rows went away meanwhile.
            (Action::Up, 30, 9),
        ] {
            assert_eq!(action.move_from(at, 9, 4), Some(to), "{action:?} from {at}");
            assert_eq!(action.move_from(at, 0, 4), Some(0), "{action:?} in one row");
        }
        assert_eq!(Action::Open.move_from(3, 9, 4), None);
    }
}
