//! The writer's own words, and how they may be shown.
//!
//! [`Prose`] keeps text out of `Debug`, and so out of logs, panics and error chains. [`visible`] is
//! the only way from text that a person, a file or another program wrote to a terminal.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::texts::Texts;

/// Most bytes of UTF-8 one field may hold: 64 KiB, some ten thousand words.
pub const MAX_FIELD_BYTES: usize = 64 * 1024;

/// Text that somebody wrote. Never printed by `Debug`; line ends are `\n`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Prose(String);

impl Prose {
    /// Takes text as it is typed, pasted, read or imported; CRLF and lone CR become `\n`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.contains('\r') {
            Self(text.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Self(text)
        }
    }

    /// Text that is to stay byte for byte as it is.
    #[must_use]
    pub const fn verbatim(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is anything but white space and invisible characters in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0
            .chars()
            .all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
    }

    /// The first words, on one line, at most `cells` wide, never cut inside a word that fits or
    /// inside a grapheme; `…` stands where something is left out.
    #[must_use]
    pub fn excerpt(&self, cells: usize) -> String {
        excerpt(&self.0, cells)
    }
}

impl Texts for Prose {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        visit(&mut self.0);
    }
}

impl Deref for Prose {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Prose {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Prose {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Prose {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<Prose> for String {
    fn from(prose: Prose) -> Self {
        prose.0
    }
}

impl fmt::Debug for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prose({} bytes)", self.0.len())
    }
}

/// What stands for a character that a terminal must not get.
pub const REPLACEMENT: char = '\u{fffd}';

/// The text as a terminal may have it: control characters, line and paragraph separators, and
/// everything that reorders or hides text become [`REPLACEMENT`]; `\n` and `\t` stay.
///
/// Joiners and spaces without width, which emoji families and many scripts are written with, stay;
/// right-to-left text stays, only the invisible commands that turn the order around do not.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hazard) {
        text.chars()
            .map(|c| if is_hazard(c) { REPLACEMENT } else { c })
            .collect::<String>()
            .into()
    } else {
        Cow::Borrowed(text)
    }
}

/// [`visible`], on one line: line ends and tabs become spaces.
#[must_use]
pub fn visible_line(text: &str) -> String {
    visible(text).replace(['\n', '\t'], " ")
}

/// Characters that command a terminal or turn the order of text around.
#[must_use]
pub const fn is_hazard(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        // Arabic letter mark, left-to-right and right-to-left mark.
        | '\u{61c}' | '\u{200e}' | '\u{200f}'
        // Line and paragraph separator, embeddings and overrides.
        | '\u{2028}'..='\u{202e}'
        // Isolates and deprecated format characters.
        | '\u{2066}'..='\u{206f}'
        // Byte order mark: terminals do not agree on its width. Interlinear annotation, tags.
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => false,
    }
}

/// Characters that show nothing by themselves.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// See [`Prose::excerpt`]. Looks only at the words that fit.
#[must_use]
pub fn excerpt(text: &str, cells: usize) -> String {
    let mut words = text.split_whitespace();
    let mut line = String::new();
    let mut width = 0;
    // Where the line ended, and how wide it was, before its last word.
    let mut before = (0, 0);
    let cut_word = loop {
        let Some(word) = words.next() else {
            return line;
        };
        // Enough of a word without end to fill the line.
        let head = word
            .char_indices()
            .nth(cells.saturating_mul(8).saturating_add(64));
        let word = word
            .get(..head.map_or(word.len(), |(at, _)| at))
            .unwrap_or(word);
        let word = visible(word);
        let gap = usize::from(!line.is_empty());
        if width + gap + word.width() > cells {
            break word;
        }
        before = (line.len(), width);
        line.push_str(if gap == 1 { " " } else { "" });
        line.push_str(&word);
        width += gap + word.width();
    };
    // The word that is cut, where not even one stays whole.
    let mut first = cut_word.into_owned();
    if width + 1 > cells {
        let last = line.split_off(before.0);
        width = before.1;
        if line.is_empty() && !last.is_empty() {
            first = last;
        }
    }
    if line.is_empty() {
        for grapheme in first.graphemes(true) {
            if width + grapheme.width() + 1 > cells {
                break;
            }
            line.push_str(grapheme);
            width += grapheme.width();
        }
    }
    if cells > 0 {
        line.push('…');
    }
    line
}

/// An [`excerpt`] that has the byte `at` in it, with a word or two before it.
#[must_use]
pub fn excerpt_around(text: &str, at: usize, cells: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let reach = before
        .chars()
        .rev()
        .take(cells / 2)
        .map(char::len_utf8)
        .sum::<usize>();
    if reach == before.len() {
        return excerpt(text, cells);
    }
    // Up to half of the line stands before, from the start of a word.
    let near = before.get(before.len() - reach..).unwrap_or_default();
    let start = near
        .find(char::is_whitespace)
        .map_or(at, |space| at - reach + space);
    format!(
        "…{}",
        excerpt(
            text.get(start..).unwrap_or_default(),
            cells.saturating_sub(1)
        )
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any character, those that harm more often than chance would have them.
    fn hostile() -> impl Strategy<Value = String> {
        let harmful = prop::sample::select(
            "\u{0}\u{7}\t\n\r\u{1b}\u{7f}\u{85}\u{9b}\u{9d}\u{61c}\u{200b}\u{200d}\u{200f}\u{2028}\
             \u{202e}\u{2066}\u{206f}\u{fe0f}\u{feff}\u{fffb}\u{e0041}e\u{301}👩👧漢שa "
                .chars()
                .collect::<Vec<char>>(),
        );
        prop::collection::vec(prop_oneof![harmful, any::<char>()], 0..40)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn nothing_that_commands_a_terminal_is_visible(text in hostile()) {
            let safe = visible(&text);
            let commands = |c: char| c.is_control() && c != '\n' && c != '\t';
            prop_assert!(!safe.contains(commands) && !safe.contains(is_hazard));
            prop_assert_eq!(safe.chars().count(), text.chars().count());
            prop_assert_eq!(visible(&safe), safe.as_ref());
            prop_assert!(!visible_line(&text).contains(|c: char| c.is_control() || is_hazard(c)));
        }

        #[test]
        fn an_excerpt_of_anything_fits_on_its_line(text in hostile(), cells in 0..30_usize) {
            let line = excerpt(&text, cells);
            prop_assert!(line.width() <= cells, "{line:?} is {} wide, not {cells}", line.width());
            prop_assert!(!line.contains(|c: char| c.is_control() || is_hazard(c)));
        }

        #[test]
        fn text_is_kept_but_for_its_line_ends(text in hostile()) {
            let kept = Prose::new(text.as_str());
            prop_assert!(!kept.contains('\r'));
            prop_assert_eq!(kept.as_str(), text.replace("\r\n", "\n").replace('\r', "\n"));
        }
    }

    #[test]
    fn debug_never_shows_the_words() {
        assert_eq!(format!("{:?}", Prose::new("secret")), "Prose(6 bytes)");
    }

    #[test]
    fn commands_to_the_terminal_become_visible_and_scripts_stay_whole() {
        assert_eq!(
            visible("a\u{1b}]52;c;x\u{7}b\u{9b}"),
            "a\u{fffd}]52;c;x\u{fffd}b\u{fffd}"
        );
        assert_eq!(visible("x\u{202e}y\u{2069}"), "x\u{fffd}y\u{fffd}");
        assert_eq!(visible("👩‍👩‍👧 שלום e\u{301}\n\t"), "👩‍👩‍👧 שלום e\u{301}\n\t");
    }

    #[test]
    fn an_excerpt_ends_at_a_word_and_fits() {
        assert_eq!(
            excerpt("Asked the nurse first", 40),
            "Asked the nurse first"
        );
        assert_eq!(excerpt("Asked the nurse first", 14), "Asked the…");
        assert_eq!(excerpt("Asked\n  the\tnurse", 40), "Asked the nurse");
        assert_eq!(excerpt("incomprehensibilities", 6), "incom…");
        assert_eq!(excerpt("Night of Fri", 5), "Nigh…");
        assert_eq!(excerpt("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5), "👩‍👩‍👧👩‍👩‍👧…");
        assert_eq!(excerpt("anything", 0), "");
    }

    #[test]
    fn an_excerpt_around_a_place_begins_shortly_before_it() {
        let text = "Asked the charge nurse what would make her night easier";
        let at = text.find("night").unwrap_or_default();
        assert_eq!(excerpt_around(text, at, 24), "…make her night easier");
        assert_eq!(excerpt_around(text, 6, 20), "Asked the charge…");
    }

    #[test]
    fn line_ends_are_one_character() {
        assert_eq!(Prose::new("a\r\nb\rc").as_str(), "a\nb\nc");
        assert!(Prose::new(" \u{200b}\r\n\t\u{feff}").is_blank());
    }
}
