//! `#tags`: free words that come straight from the text.

use std::fmt;

use super::texts::Texts;

/// Most tags that one reflection has.
pub const MAX_PER_REFLECTION: usize = 50;

/// A longer word behind a `#` is no tag but something pasted.
const MAX_CHARS: usize = 60;

/// A tag, without its `#`, in lower case. Letters, digits, `-`, `_` and `:`; at least one letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(String);

impl Tag {
    /// The tag as a person means it, or `None` if the text cannot be one.
    ///
    /// A leading `#` and the case do not matter.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text
            .strip_prefix('#')
            .unwrap_or(text)
            .trim_end_matches([':', '-', '_'])
            .to_lowercase();
        let fits = text.chars().count() <= MAX_CHARS
            && text.chars().all(is_tag_char)
            && text.chars().any(char::is_alphabetic);
        fits.then_some(Self(text))
    }

    /// The word, without `#`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Texts for Tag {
    fn each_text(&mut self, visit: &mut dyn FnMut(&mut String)) {
        visit(&mut self.0);
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

const fn is_mark(c: char) -> bool {
    matches!(c, '-' | '_' | ':')
}

/// Combining marks (U+0300-036F) belong to the letter before them.
fn is_tag_char(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || ('\u{300}'..='\u{36f}').contains(&c)
}

/// The tags in a text, in order of appearance, each once.
///
/// A `#` counts where it does not follow a letter, a digit, `&`, `/` or another `#`.
#[must_use]
pub fn tags_in(text: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut before = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let opens = c == '#' && !before.is_alphanumeric() && !matches!(before, '&' | '/' | '#');
        before = c;
        if !opens {
            continue;
        }
        let word: String = rest.clone().take_while(|c| is_tag_char(*c)).collect();
        if let Some(tag) = Tag::new(&word)
            && !found.contains(&tag)
        {
            found.push(tag);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_tag_found_is_a_tag_typed(text in "([# .,:_-]|[A-Za-z0-9éİΣ\u{301}]|\\PC){0,90}") {
            for tag in tags_in(&text) {
                prop_assert!(!tag.as_str().contains('#') && tag.as_str() == tag.as_str().to_lowercase());
                prop_assert_eq!(Tag::new(tag.as_str()), Some(tag.clone()));
                prop_assert_eq!(Tag::new(&tag.to_string()), Some(tag.clone()));
                prop_assert_eq!(tags_in(&tag.to_string()), [tag]);
            }
        }
    }

    #[test]
    fn tags_are_found_where_a_person_would_see_one() {
        let words = |text: &str| -> Vec<String> {
            tags_in(text)
                .iter()
                .map(|tag| tag.as_str().to_owned())
                .collect()
        };
        assert_eq!(
            words("Late #Rounds, #rounds again (#first-day)."),
            ["rounds", "first-day"]
        );
        assert_eq!(words("#output:poster: done"), ["output:poster"]);
        assert_eq!(
            words("room #4, C#, a#b, &#x20; ##x http://x/#y"),
            Vec::<String>::new()
        );
        assert_eq!(words("#müde und #e\u{301}quipe"), ["müde", "e\u{301}quipe"]);
    }
}
