//! Cues: words and short phrases that are recognised in what somebody wrote, whatever their ending.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::highlight::{folded_words, opens_token};

/// A word or a short phrase that is looked for.
///
/// Case, accents and simple English endings do not count ("decide" is found in "Deciding"); parts
/// of words do not match, and the words of a phrase stand side by side.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cue(Vec<String>);

/// The cues of one competency, made ready to be looked for when they are first wanted: a start
/// that suggests nothing does not pay for them.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    /// One to a line.
    lines: String,
    ready: OnceLock<Vec<Cue>>,
}

impl Cues {
    /// Adds a cue; says whether there is a word in it, and leaves it out if not.
    pub fn add(&mut self, text: &str) -> bool {
        let has_word = text.chars().any(opens_token);
        if has_word {
            self.lines
                .extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
            self.lines.push('\n');
            self.ready.take();
        }
        has_word
    }

    /// All of them, as they were added.
    #[must_use]
    pub fn all(&self) -> &[Cue] {
        let cue = |line: &str| Cue(stems(line));
        self.ready
            .get_or_init(|| self.lines.lines().map(cue).collect())
    }
}

impl<'a> FromIterator<&'a str> for Cues {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut cues = Self::default();
        for text in texts {
            cues.add(text);
        }
        cues
    }
}

impl PartialEq for Cues {
    fn eq(&self, other: &Self) -> bool {
        self.lines == other.lines
    }
}

impl Eq for Cues {}

/// What somebody wrote, made ready to look for cues in it.
#[derive(Debug)]
pub struct Written {
    texts: Vec<Vec<String>>,
    /// For each word, where it stands: which text and which word of it.
    places: HashMap<String, Vec<(usize, usize)>>,
}

impl Written {
    /// Makes texts ready; a phrase does not reach from one into the next.
    #[must_use]
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let texts: Vec<Vec<String>> = texts.into_iter().map(stems).collect();
        let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (text, words) in texts.iter().enumerate() {
            for (at, word) in words.iter().enumerate() {
                places.entry(word.clone()).or_default().push((text, at));
            }
        }
        Self { texts, places }
    }

    /// Whether the cue is in one of the texts.
    #[must_use]
    pub fn has(&self, cue: &Cue) -> bool {
        let Some((first, rest)) = cue.0.split_first() else {
            return false;
        };
        let places = self.places.get(first).map_or(&[][..], Vec::as_slice);
        places.iter().any(|(text, at)| {
            let after = self.texts.get(*text).and_then(|words| words.get(at + 1..));
            after.is_some_and(|after| after.starts_with(rest))
        })
    }
}

fn stems(text: &str) -> Vec<String> {
    folded_words(text).into_iter().map(stem).collect()
}

/// What is left of a folded word without a simple ending: "meeting", "meetings" and "meet" are one
/// word, so are "plan" and "planned", "decide" and "deciding", "try" and "tries".
///
/// It need not be a word itself; both sides of a comparison go through it.
fn stem(word: String) -> String {
    let mut word = word;
    if cut(&mut word, "ies", 2) || cut(&mut word, "ied", 2) {
        word.push('y');
        return word;
    }
    if !word.ends_with("ss") {
        cut(&mut word, "s", 3);
    }
    if !cut(&mut word, "ing", 3) && !cut(&mut word, "ed", 3) {
        cut(&mut word, "e", 3);
    }
    let mut last = word.bytes().rev();
    if word.len() > 3
        && last
            .next()
            .is_some_and(|b| b.is_ascii_alphabetic() && Some(b) == last.next())
    {
        word.pop();
    }
    word
}

/// Cuts an ending off if at least so many bytes are left; says whether it did.
fn cut(word: &mut String, ending: &str, least: usize) -> bool {
    let fits = word.ends_with(ending) && word.len() >= least + ending.len();
    if fits {
        word.truncate(word.len() - ending.len());
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Cue {
        Cue(stems(text))
    }

    #[test]
    fn a_cue_is_found_whatever_case_accents_and_simple_endings_it_has() {
        let cases = [
            ("decide", "Who was DECIDING?", true),
            ("decide", "the decision", false),
            ("plan", "we planned it", true),
            ("stop", "I stopped twice", true),
            ("tell", "telling her", true),
            ("call", "she calls early", true),
            ("try", "he tried and tries", true),
            ("role", "Named the roles", true),
            ("discuss", "discusses, discussed", true),
            ("process", "two processes", true),
            ("resume", "a résumé", true),
            ("resumé", "RE\u{301}SUME", true),
            ("team", "steaming teammate", false),
            ("read back", "She read it back", false),
            ("read back", "She reads\n  back", true),
            ("ask-tell-ask", "I used ask tell ask", true),
            ("I don't know", "i don\u{2019}t know yet", true),
            ("M&M", "presented at m&m", true),
            ("need", "needs", true),
            ("used", "us", false),
            ("家族会議", "家族会議", true),
        ];
        for (cue, text, expected) in cases {
            let found = Written::new([text]).has(&one(cue));
            assert_eq!(found, expected, "{cue:?} in {text:?}");
        }
    }

    #[test]
    fn a_phrase_does_not_reach_from_one_text_into_the_next() {
        let written = Written::new(["the last word is read", "back to the start"]);
        assert!(!written.has(&one("read back")));
        assert!(written.has(&one("back")));
    }

    #[test]
    fn a_cue_has_a_word() {
        let mut cues = Cues::default();
        assert!(!cues.add(" - !"));
        assert_eq!(cues.all(), []);
    }
}
