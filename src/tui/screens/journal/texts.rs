//! Where the Journal screen holds texts.

use super::Journal;
use crate::domain::texts::Texts;

impl Texts for Journal {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        let Self {
            input,
            query,
            window,
            reading,
            focus: _,
            wrong: _,
            matches: _,
            outdated: _,
            known: _,
            scroll: _,
            pending: _,
            to_read: _,
            way_back: _,
        } = self;
        input.each_text(visit);
        query.each_text(visit);
        window.each_text(visit);
        // Laid out anew from the row.
        *reading = None;
    }
}
