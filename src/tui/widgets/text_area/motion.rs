//! Where the cursor can go in a text: by grapheme, word and paragraph, as byte offsets.

use unicode_segmentation::GraphemeCursor;

/// The text in front of `at` and from `at` on.
fn split(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn is_boundary(text: &str, at: usize) -> bool {
    text.is_char_boundary(at)
        && GraphemeCursor::new(at, text.len(), true)
            .is_boundary(text, 0)
            .unwrap_or(true)
}

/// The first grapheme boundary after `at`, or the end.
pub fn right(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true)
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

/// The last grapheme boundary before `at`, or the start.
pub fn left(text: &str, at: usize) -> usize {
    GraphemeCursor::new(at, text.len(), true)
        .prev_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(0)
}

/// `at` itself if it is a grapheme boundary, else the next one; any offset may be given.
pub fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    if is_boundary(text, at) {
        at
    } else {
        right(text, at)
    }
}

/// `at` itself if it is a grapheme boundary, else the one before it; any offset may be given.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if is_boundary(text, at) {
        at
    } else {
        left(text, at)
    }
}

/// Letters and digits of any script, what combines with them, and apostrophes.
fn is_word(c: char) -> bool {
    use unicode_width::UnicodeWidthChar;
    c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}') || (c > '\u{2ff}' && c.width() == Some(0))
}

/// The end of the word at or after `at`.
pub fn word_right(text: &str, at: usize) -> usize {
    let rest = split(text, at).1;
    let tail = rest
        .trim_start_matches(|c| !is_word(c))
        .trim_start_matches(is_word);
    ceil(text, text.len() - tail.len())
}

/// The start of the word at or before `at`.
pub fn word_left(text: &str, at: usize) -> usize {
    let before = split(text, at).0;
    let head = before
        .trim_end_matches(|c| !is_word(c))
        .trim_end_matches(is_word);
    floor(text, head.len())
}

/// The start of the run without white space at or before `at`.
pub fn blank_left(text: &str, at: usize) -> usize {
    let head = split(text, at)
        .0
        .trim_end()
        .trim_end_matches(|c: char| !c.is_whitespace());
    floor(text, head.len())
}

/// The start of the paragraph that `at` is in.
pub fn line_start(text: &str, at: usize) -> usize {
    split(text, at).0.rfind('\n').map_or(0, |end| end + 1)
}

/// The end of the paragraph that `at` is in, before its line end.
pub fn line_end(text: &str, at: usize) -> usize {
    split(text, at)
        .1
        .find('\n')
        .map_or(text.len(), |length| at + length)
}
