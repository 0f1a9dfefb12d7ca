//! Possible identifiers in one field: looked for again only where the text changed, and not shown in a
//! word that is still being written; their marks, and the hint about them.

use std::fmt;
use std::ops::Range;
use std::time::Duration;

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use crate::domain::guard::{Finding, Kind, Severity, findings};
use crate::domain::texts::texts;

use super::keymap::{Action, Context};
use super::model::Settings;
use super::theme::Theme;

/// How long after the last key a word counts as written.
pub const PAUSE: Duration = Duration::from_millis(700);
/// Bytes of a paragraph that can be looked through within a key; a longer one waits for a pause.
const LONG: usize = 1_000;
/// Bytes that are compared at once.
const PIECE: usize = 64;
/// So many digits are an identifier before the next character is known.
const CERTAIN_DIGITS: usize = 10;

/// What was found in a text, kept beside it. Never printed by `Debug`.
#[derive(Clone, Default)]
pub struct Watch {
    /// The text as it was last.
    text: String,
    /// What was found in it, in order.
    found: Vec<Finding>,
    /// What of the text changed since it was looked through.
    stale: Option<Range<usize>>,
    /// Whether the word at the cursor is being written.
    writing: bool,
}

texts!(Watch { text } beside { found, stale, writing });

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("bytes", &self.text.len())
            .field("found", &self.found.len())
            .finish_non_exhaustive()
    }
}

impl Watch {
    /// A key changed the text; the cursor is where it wrote.
    pub fn edited(&mut self, text: &str, cursor: usize) {
        self.follow(text);
        self.writing = true;
        if !self.can_wait(cursor) {
            self.look();
        }
    }

    /// The text is as it is meant for the moment: nothing is being written.
    pub fn settled(&mut self, text: &str) {
        self.follow(text);
        self.writing = false;
        self.look();
    }

    /// Whether a pause in typing will show more.
    pub fn awaits_a_pause(&self, cursor: usize) -> bool {
        self.stale.is_some()
            || self
                .found
                .iter()
                .any(|found| self.is_unwritten(found, cursor))
    }

    /// What can be shown while the cursor is there, in order.
    pub fn shown(&self, cursor: usize) -> impl Iterator<Item = &Finding> {
        let written = move |found: &&Finding| !self.is_unwritten(found, cursor);
        self.found.iter().filter(written)
    }

    /// The marks: a line under each finding, in the colour that leads the eye where it is more than
    /// worth a look.
    pub fn marks(&self, cursor: usize, theme: &Theme) -> Vec<(Range<usize>, Style)> {
        let mark = |found: &Finding| {
            let style = if is_hinted(found) {
                theme.accent
            } else {
                theme.dim
            };
            let style = style.add_modifier(Modifier::UNDERLINED);
            (found.range.clone(), style)
        };
        self.shown(cursor).map(mark).collect()
    }

    /// The words that a hint is about and a key replaces: at or before the cursor, else the next.
    pub fn pointed_at(&self, cursor: usize) -> Option<&Finding> {
        let hinted = || self.shown(cursor).filter(|found| is_hinted(found));
        let before = hinted().take_while(|found| found.range.start <= cursor);
        before.last().or_else(|| hinted().next())
    }

    /// The words that were found.
    pub fn words(&self, found: &Finding) -> &str {
        self.text.get(found.range.clone()).unwrap_or_default()
    }

    /// Whether it is the word that is being written, and may become another one.
    fn is_unwritten(&self, found: &Finding, cursor: usize) -> bool {
        let at_cursor = found.range.start < cursor && cursor <= found.range.end;
        let digits = || {
            let words = self.words(found).bytes();
            words.filter(u8::is_ascii_digit).count()
        };
        self.writing
            && at_cursor
            && !matches!(found.kind, Kind::Email | Kind::Ssn)
            && digits() < CERTAIN_DIGITS
    }

    /// Takes the text over; what was found apart from the change stays.
    fn follow(&mut self, text: &str) {
        if self.text == text {
            return;
        }
        let (before, now) = (self.text.as_bytes(), text.as_bytes());
        let start = same_start(before, now);
        let most = before.len().min(now.len()) - start;
        let end = same_end(before, now).min(most);
        let (former, present) = (before.len() - end, now.len() - end);
        let moved = |at: usize| at + present - former;
        self.found.retain_mut(|found| {
            let from = found.range.start.min(found.replaces.start);
            let to = found.range.end.max(found.replaces.end);
            if from > former {
                found.range = moved(found.range.start)..moved(found.range.end);
                found.replaces = moved(found.replaces.start)..moved(found.replaces.end);
            }
            to < start || from > former
        });
        self.stale = Some(match self.stale.take() {
            Some(stale) if stale.end > former => stale.start.min(start)..moved(stale.end),
            Some(stale) => stale.start.min(start)..present,
            None => start..present,
        });
        text.clone_into(&mut self.text);
    }

    /// Looks through the paragraphs that changed.
    fn look(&mut self) {
        let Some(stale) = self.stale.take() else {
            return;
        };
        let text = self.text.as_bytes();
        let before = text.get(..stale.start).unwrap_or_default();
        let start = before.iter().rposition(|byte| *byte == b'\n');
        let start = start.map_or(0, |at| at + 1);
        let after = text.get(stale.end..).unwrap_or_default();
        let end = after.iter().position(|byte| *byte == b'\n');
        let end = end.map_or(text.len(), |at| stale.end + at);
        let mut new = findings(self.text.get(start..end).unwrap_or_default());
        for found in &mut new {
            found.range = start + found.range.start..start + found.range.end;
            found.replaces = start + found.replaces.start..start + found.replaces.end;
        }
        let first = self
            .found
            .partition_point(|found| found.range.start < start);
        let last = self.found.partition_point(|found| found.range.start < end);
        self.found.splice(first..last, new);
    }

    /// Whether looking can wait until the word is written, or for a pause: another letter of a plain
    /// word shows nothing, and a long paragraph takes longer than a key may.
    fn can_wait(&self, cursor: usize) -> bool {
        let Some(stale) = &self.stale else {
            return true;
        };
        let text = self.text.as_bytes();
        let before = text.get(stale.start.saturating_sub(LONG)..stale.start);
        let before = before.unwrap_or_default().rsplit(|byte| *byte == b'\n');
        let after = text.get(stale.end..text.len().min(stale.end + LONG));
        let after = after.unwrap_or_default().split(|byte| *byte == b'\n');
        let beside = before.take(1).chain(after.take(1)).map(<[u8]>::len);
        beside.sum::<usize>() >= LONG || self.is_plain_word(stale.start, cursor)
    }

    /// Whether there are only letters from the blank before the cursor up to it, and the change is
    /// in them.
    fn is_plain_word(&self, changed: usize, cursor: usize) -> bool {
        let before = self.text.get(..cursor).unwrap_or_default();
        let word = before.rsplit(char::is_whitespace).next();
        word.is_some_and(|word| {
            let is_in_it = cursor - word.len() <= changed;
            !word.is_empty() && is_in_it && word.chars().all(char::is_alphabetic)
        })
    }
}

/// Whether it is worth a hint: a low one is only marked.
pub fn is_hinted(found: &Finding) -> bool {
    found.severity >= Severity::Medium
}

/// Where the cursor belongs once the suggestion stands there, so that it stays where it was in the text.
pub fn cursor_after(found: &Finding, cursor: usize) -> Option<usize> {
    if cursor >= found.replaces.end {
        Some(cursor - found.replaces.len() + found.suggest.len())
    } else {
        (cursor <= found.replaces.start).then_some(cursor)
    }
}

/// What may stand at the cursor and what the key would write; shorter where there is less room, and
/// empty if there is none.
pub fn hint(found: &Finding, at: Context, room: usize, settings: &Settings) -> Vec<Span<'static>> {
    let theme = &settings.theme;
    let key = settings.keymap.key_of(at, Action::ReplaceIdentifier);
    let (kind, suggest) = (found.kind.words(), &found.suggest);
    let (whole, short) = (format!(" Possible {kind}: "), " Possible identifier: ");
    let replaces = || "replaces ".to_owned();
    let forms = [
        (
            format!(" Possible identifier: {kind}. "),
            format!("writes \"{suggest}\" "),
        ),
        (whole.clone(), format!("\"{suggest}\" ")),
        (short.to_owned(), format!("\"{suggest}\" ")),
        (whole, replaces()),
        (short.to_owned(), replaces()),
        (" ".to_owned(), replaces()),
    ];
    let in_spans = |(words, does): (String, String)| {
        vec![
            Span::styled(words, theme.warning),
            Span::styled(format!("{key} "), theme.accent),
            Span::styled(does, theme.text),
        ]
    };
    let fits = |spans: &Vec<Span>| spans.iter().map(Span::width).sum::<usize>() <= room;
    let mut forms = forms.into_iter().map(in_spans);
    forms.find(fits).unwrap_or_default()
}

/// The bytes with which two texts begin both. By pieces first: comparing those costs next to nothing.
fn same_start(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.chunks(PIECE).zip(other.chunks(PIECE));
    let whole = same_pieces(pieces);
    let bytes = one.iter().zip(other).skip(whole);
    whole + bytes.take_while(|(one, other)| one == other).count()
}

/// The bytes with which two texts end both.
fn same_end(one: &[u8], other: &[u8]) -> usize {
    let pieces = one.rchunks(PIECE).zip(other.rchunks(PIECE));
    let whole = same_pieces(pieces);
    let bytes = one.iter().rev().zip(other.iter().rev()).skip(whole);
    whole + bytes.take_while(|(one, other)| one == other).count()
}

fn same_pieces<'a>(pieces: impl Iterator<Item = (&'a [u8], &'a [u8])>) -> usize {
    pieces
        .take_while(|(one, other)| one == other)
        .map(|(piece, _)| piece.len())
        .sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "Mrs Vexley",
            "her son Quillon",
            " ",
            "\n",
            ".",
            "MRN 4471829",
            "Dr Ödberg",
            "é",
            "x",
            "sam@vexley.example",
            "seen 3 May 2026",
        ])
    }

    proptest! {
        #[test]
        fn what_is_found_piece_by_piece_is_what_is_found_in_the_whole(
            edits in prop::collection::vec((0_usize..60, 0_usize..12, piece()), 1..30)
        ) {
            let mut watch = Watch::default();
            let mut text = String::new();
            for (at, removed, piece) in edits {
                let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
                let start = boundary(at).unwrap_or_default();
                let end = boundary(at + removed).unwrap_or_default().max(start);
                text.replace_range(start..end, piece);
                watch.edited(&text, start + piece.len());
                for found in watch.shown(0) {
                    prop_assert!(text.get(found.range.clone()).is_some(), "{text:?}");
                    prop_assert!(text.get(found.replaces.clone()).is_some(), "{text:?}");
                }
            }
            watch.settled(&text);
            prop_assert_eq!(watch.found, findings(&text));
        }
    }

    #[test]
    fn another_letter_of_a_plain_word_is_not_looked_at_before_the_word_is_written() {
        let mut watch = Watch::default();
        let text = "Told Mrs Vexley";
        for end in 1..=text.len() {
            watch.edited(text.get(..end).unwrap(), end);
            assert_eq!(watch.shown(end).count(), 0);
        }
        assert!(watch.awaits_a_pause(text.len()));
        watch.edited("Told Mrs Vexley,", text.len() + 1);
        assert_eq!(watch.shown(text.len() + 1).count(), 1);
        assert!(!watch.awaits_a_pause(text.len() + 1));
    }
}
