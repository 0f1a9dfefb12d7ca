//! Text that tries to command the terminal: it goes in by every way there is, is kept as it was
//! written, and comes out raw by none.

mod choices;
mod commands;
mod full;
mod screen;
#[cfg(unix)]
mod terminal;

use proptest::prelude::*;

/// What an attacker, a paste or another program puts into a text: one kind of harm each, and the
/// innocent characters that must not suffer with them.
const PIECES: [&str; 44] = [
    // The clipboard, the title, a link, and the same in single characters.
    "\u{1b}]52;c;b3duZWQ=\u{7}",
    "\u{1b}]0;owned\u{1b}\\",
    "\u{1b}]8;;http://owned\u{7}link",
    "\u{9d}52;c;b3duZWQ=\u{9c}",
    // Colours, a cleared screen, a cursor elsewhere, a reset, a string for the device.
    "\u{1b}[31m",
    "\u{1b}[2J\u{1b}[H",
    "\u{9b}31m",
    "\u{1b}c",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{90}+q544e\u{9c}",
    "\u{1b}_owned\u{1b}\\",
    // The end of a bracketed paste, and what a shell would run after it.
    "\u{1b}[201~owned\r",
    "\u{1b}[200~",
    "\u{1b}",
    // Single bytes that move, ring, switch the character set or end a line.
    "\u{7}",
    "\u{8}\u{8}\u{8}",
    "\u{b}",
    "\u{c}",
    "\r",
    "\r\n",
    "\u{e}",
    "\u{7f}",
    "\u{85}",
    "\u{84}",
    // Commands that turn the order of text around.
    "\u{202a}",
    "\u{202b}\u{202c}",
    "\u{202d}",
    "\u{202e}",
    "\u{2066}\u{2069}",
    "\u{2067}",
    "\u{2068}",
    "\u{200e}\u{200f}\u{61c}",
    // Lines, marks and tags that nobody sees.
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{206a}",
    "\u{fff9}x\u{fffb}",
    "\u{e0041}\u{e007f}",
    // What belongs to writing.
    "\n",
    "\t",
    "e\u{301} 👩\u{200d}👩\u{200d}👧",
    "שלום",
    "می\u{200c}خواهم",
    " and so on ",
];

/// One text with every harm in it.
fn worst() -> String {
    PIECES.concat()
}

/// Texts made of some of the harms and of any character at all.
pub fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-z]{1,9} ",
    ];
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// The first character that a terminal, or a person who trusts it, must not get. This list is not
/// the program's.
pub fn raw(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && *c != '\n' && *c != '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
            || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    })
}

/// A text that begins with a word to find it by. What follows the word is harmful, so that where
/// the text is shown the word stands before the character that replaces it.
fn marked(mark: &str, nasty: &str) -> String {
    format!("{mark}\u{1b}{}", nasty.replace('\0', ""))
}

/// The same for names, which are one line without control characters.
fn marked_name(mark: &str, nasty: &str) -> String {
    let fits = |c: &char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
    let rest: String = nasty.chars().filter(fits).take(40).collect();
    format!("{mark}\u{202e}{rest}.")
}

/// A name that a file can have.
fn file_name(mark: &str, nasty: &str) -> String {
    if cfg!(unix) {
        let name = marked(mark, nasty).replace('/', "");
        name.chars().take(40).collect()
    } else {
        mark.to_owned()
    }
}

/// The marks of what [`full`] writes that are to be seen wherever the journal is looked through.
const WRITTEN: [&str; 14] = [
    "Qwell",
    "Qdifferently",
    "Qnext",
    "Qnote",
    "Qpast",
    "Qnow",
    "Qgone",
    "Qcompetency",
    "qsignal",
    "Qoutcome",
    "Qwhy",
    "Qstatus",
    "Qreview",
    "Qname",
];

/// Nothing was looked at in vain: what was shown has all these marks, each with its harm replaced.
#[track_caller]
fn assert_shows(shown: &str, more: &[&str]) {
    let marks = WRITTEN.iter().chain(more);
    let missing: Vec<&&str> = marks
        .filter(|mark| !shown.contains(&format!("{mark}\u{fffd}")))
        .collect();
    assert_eq!(missing, [] as [&&str; 0], "never shown");
}
