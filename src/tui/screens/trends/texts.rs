//! Where the Trends screen holds texts.

use super::{Known, Trends};
use crate::domain::texts::Texts;

impl Texts for Trends {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            known,
            figures,
            fitted,
            range: _,
            outdated: _,
            request: _,
            telling: _,
            at: _,
            scroll: _,
        } = self;
        match known {
            Known::Counted(counted) => counted.each_text(visit),
            Known::Nothing | Known::Unreadable => {}
        }
        // Laid out anew from what was counted.
        figures.clear();
        *fitted = None;
    }
}
