//! Soft wrap: where the rows of a text begin at a given width, kept up to date edit by edit.

use std::ops::Range;

use super::glyph::glyphs;

/// The rows of one text. A row is a range of bytes with its line end or trailing spaces, which
/// hang over the edge; every byte is in exactly one row, and an empty last row follows a final
/// line end.
#[derive(Clone)]
pub struct Wrap {
    /// Cells in a row, at least 1.
    width: usize,
    /// Byte offset of each row, ascending, the first 0.
    starts: Vec<usize>,
    /// Bytes of the text.
    length: usize,
}

impl Wrap {
    /// Wraps the whole text.
    pub fn new(text: &str, width: usize) -> Self {
        let mut wrap = Self {
            width: width.max(1),
            starts: vec![0],
            length: text.len(),
        };
        wrap.extend(text, &[], 0, 0);
        wrap
    }

    /// The cells in a row.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// The number of rows, at least 1.
    pub const fn rows(&self) -> usize {
        self.starts.len()
    }

    /// Follows an edit: at byte `at`, `inserted` bytes took the place of `removed` ones, which made
    /// `text`. Looks only at rows near the edit, until one begins where a row began before.
    pub fn splice(&mut self, text: &str, at: usize, removed: usize, inserted: usize) {
        // Where a row ends depends on the first word of the next one, and the last grapheme of
        // that may change with what follows it: two rows up, nothing can have changed.
        let kept = self.row_of(at).saturating_sub(2) + 1;
        let former = self.starts.split_off(kept.min(self.starts.len()));
        self.length = text.len();
        let unchanged = former.partition_point(|start| *start < at + removed);
        self.extend(
            text,
            former.get(unchanged..).unwrap_or_default(),
            removed,
            inserted,
        );
    }

    /// Adds rows after the last one, until the end or until one of the `former` starts (each moved
    /// by the difference of `inserted` and `removed`) is met, from where all of them hold.
    fn extend(&mut self, text: &str, former: &[usize], removed: usize, inserted: usize) {
        let moved = |start: &usize| start + inserted - removed;
        let mut former = former;
        let mut start = self.starts.last().copied().unwrap_or_default();
        while let Some(next) = row_end(text, start, self.width) {
            while let Some((first, rest)) = former.split_first()
                && moved(first) < next
            {
                former = rest;
            }
            if former.first().is_some_and(|first| moved(first) == next) {
                self.starts.extend(former.iter().map(moved));
                return;
            }
            self.starts.push(next);
            start = next;
        }
    }

    /// The row that the byte is in; at the seam of two rows, the second.
    pub fn row_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1) - 1
    }

    /// The bytes of a row; empty at the end for a row that is not there.
    pub fn range(&self, row: usize) -> Range<usize> {
        let start = self.starts.get(row).copied().unwrap_or(self.length);
        let end = self.starts.get(row + 1).copied().unwrap_or(self.length);
        start..end
    }

    /// The cells between the start of the byte's row and the byte.
    pub fn column(&self, text: &str, at: usize) -> usize {
        let start = self.range(self.row_of(at)).start;
        glyphs(text, start)
            .take_while(|glyph| glyph.at < at)
            .last()
            .map_or(0, |glyph| glyph.column + glyph.width)
    }

    /// The place for the cursor in a row that is under the column, or the row's last.
    pub fn offset(&self, text: &str, row: usize, column: usize) -> usize {
        let range = self.range(row);
        let mut last = range.start;
        for glyph in glyphs(text, range.start).take_while(|glyph| glyph.at < range.end) {
            last = glyph.at;
            if glyph.is_line_end() || glyph.column + glyph.width > column {
                return last;
            }
        }
        if row + 1 < self.rows() {
            last
        } else {
            range.end
        }
    }
}

/// Where the row that begins at `start` ends; `None` if nothing begins a row after it.
fn row_end(text: &str, start: usize, width: usize) -> Option<usize> {
    let mut fits_until = None;
    for glyph in glyphs(text, start) {
        if glyph.is_line_end() {
            return Some(glyph.end());
        }
        if glyph.is_blank() {
            fits_until = Some(glyph.end());
            continue;
        }
        // Scripts written without spaces, and emoji, may part anywhere.
        let parts = glyph.width >= 2;
        if parts && glyph.at > start {
            fits_until = Some(glyph.at);
        }
        if glyph.column + glyph.width > width && glyph.at > start {
            return Some(fits_until.unwrap_or(glyph.at));
        }
        if parts {
            fits_until = Some(glyph.end());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::motion;
    use super::super::tests::prose;
    use super::*;

    fn rows(text: &str, width: usize) -> Vec<&str> {
        let wrap = Wrap::new(text, width);
        (0..wrap.rows())
            .map(|row| text.get(wrap.range(row)).unwrap())
            .collect()
    }

    #[test]
    fn rows_end_between_words_and_inside_a_word_only_when_it_is_too_long() {
        let cases: &[(&str, usize, &[&str])] = &[
            ("", 5, &[""]),
            ("one two", 7, &["one two"]),
            ("one two", 6, &["one ", "two"]),
            ("one    two", 3, &["one    ", "two"]),
            ("one\n", 5, &["one\n", ""]),
            ("\n\n", 5, &["\n", "\n", ""]),
            ("abcdefgh ij", 3, &["abc", "def", "gh ", "ij"]),
            ("a abcdefgh", 4, &["a ", "abcd", "efgh"]),
            ("ward 日本語 x", 7, &["ward 日", "本語 x"]),
            ("日本", 1, &["日", "本"]),
            (
                "e\u{301}e\u{301}e\u{301}",
                2,
                &["e\u{301}e\u{301}", "e\u{301}"],
            ),
            ("👩‍👩‍👧👩‍👩‍👧 🇩🇪🇫🇷", 4, &["👩‍👩‍👧👩‍👩‍👧 ", "🇩🇪🇫🇷"]),
            ("a\tbc", 5, &["a\t", "bc"]),
            ("10\u{a0}mg", 3, &["10\u{a0}", "mg"]),
            ("so 10\u{a0}mg", 5, &["so ", "10\u{a0}mg"]),
            ("\u{1b}[2J x", 4, &["\u{1b}[2J ", "x"]),
        ];
        for (text, width, expected) in cases {
            assert_eq!(rows(text, *width), *expected, "{text:?} at {width}");
        }
    }

    proptest! {
        #[test]
        fn every_grapheme_is_in_exactly_one_row_and_rows_fit(text in prose(), width in 1_usize..12) {
            let wrap = Wrap::new(&text, width);
            let mut end = 0;
            for row in 0..wrap.rows() {
                let range = wrap.range(row);
                prop_assert_eq!(range.start, end);
                prop_assert_eq!(motion::floor(&text, range.start), range.start);
                let shown = text.get(range.clone()).unwrap().trim_end();
                let cells: usize = glyphs(shown, 0).map(|glyph| glyph.width).sum();
                prop_assert!(cells <= width || motion::right(shown, 0) == shown.len(), "{shown:?}");
                end = range.end;
            }
            prop_assert_eq!(end, text.len());
        }

        #[test]
        fn following_an_edit_gives_the_same_rows_as_wrapping_anew(
            text in prose(), width in 1_usize..12, insert in prose(), from in 0_usize..80, to in 0_usize..80,
        ) {
            let from = motion::floor(&text, from);
            let to = motion::ceil(&text, to).max(from);
            let mut wrap = Wrap::new(&text, width);
            let mut edited = text;
            edited.replace_range(from..to, &insert);
            wrap.splice(&edited, from, to - from, insert.len());
            prop_assert_eq!(&wrap.starts, &Wrap::new(&edited, width).starts, "{:?}", edited);
        }

        #[test]
        fn a_place_found_by_its_column_is_where_it_was(text in prose(), width in 1_usize..12, at in 0_usize..80) {
            let wrap = Wrap::new(&text, width);
            let at = motion::floor(&text, at);
            let row = wrap.row_of(at);
            let found = wrap.offset(&text, row, wrap.column(&text, at));
            prop_assert_eq!(wrap.column(&text, found), wrap.column(&text, at));
            prop_assert_eq!(wrap.row_of(found), row);
        }
    }
}
