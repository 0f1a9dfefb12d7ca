//! The words the guard knows: sets of cues and of words that are no name, and plain English.
//!
//! They are data (`assets/guard/`) in the program itself, as word lists that need no parser of a
//! format: the guard is there before any configuration is read, and without one.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::BitOr;
use std::sync::LazyLock;

const LISTS: [&str; 2] = [
    include_str!("../../../assets/guard/cues.txt"),
    include_str!("../../../assets/guard/names.txt"),
];
const ENGLISH: &str = include_str!("../../../assets/guard/english.txt");

/// Some of the sets that `[headings]` open in the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sets(u64);

macro_rules! sets {
    ($($name:ident $heading:literal,)*) => {
        /// In the order of the bits.
        const HEADINGS: &[&str] = &[$($heading),*];
        sets!(@ 0; $($name $heading,)*);
    };
    (@ $bit:expr; $name:ident $heading:literal, $($rest:tt)*) => {
        impl Sets {
            #[doc = concat!("`[", $heading, "]`")]
            pub const $name: Self = Self(1 << ($bit));
        }
        sets!(@ $bit + 1; $($rest)*);
    };
    (@ $bit:expr;) => {};
}

sets! {
    TITLE "title",
    FAITH "faith",
    RELATIVE "relative",
    KINFOLK "kinfolk",
    PATIENT "patient",
    CLINICIAN "clinician",
    STREET "street",
    SURE_STREET "sure-street",
    FACILITY "facility",
    SPEAKS "speaks",
    STRONGLY "strongly",
    MEETS "meets",
    TOWARDS "towards",
    OWNED "owned",
    CALL "call",
    PAGER "pager",
    NUMBER_CUE "number-cue",
    BIRTH "birth",
    EVENT "event",
    PLAN "plan",
    TEMPERATURE "temperature",
    MEASURE "measure",
    UNIT "unit",
    NOT_LIVED "not-lived",
    MONTH "month",
    STATE "state",
    POSTCODE "postcode",
    PARTICLE "particle",
    PLACE_CUE "place-cue",
    FEELS "feels",
    BEFORE_A_THING "before-a-thing",
    AFTER_A_THING "after-a-thing",
    ALSO_A_NAME "also-a-name",
    BRIEF_SURNAME "brief-surname",
    CALENDAR "calendar",
    FUNCTION "function",
    SERVICE "service",
    ROLE "role",
    CLINICAL "clinical",
    SHORTHAND "shorthand",
    MAGNETIC "magnetic",
    WARD_WORD "ward-word",
    DRUG "drug",
    WORLD "world",
    EPONYM "eponym",
}

impl Sets {
    /// Capitalised words that no cue makes a name.
    pub const NO_NAME: Self = Self(
        Self::CALENDAR.0
            | Self::FUNCTION.0
            | Self::SERVICE.0
            | Self::ROLE.0
            | Self::CLINICAL.0
            | Self::SHORTHAND.0
            | Self::DRUG.0
            | Self::WORLD.0
            | Self::TITLE.0,
    );

    /// Whether any set of `other` is among these.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Sets {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The FNV-1a hash: quicker for short words than the default, and the words are our own.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

type Words = HashMap<&'static str, Sets, BuildHasherDefault<Fnv>>;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::with_capacity_and_hasher(4096, BuildHasherDefault::default());
    for list in LISTS {
        let mut set = Sets::default();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            if let Some(heading) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                let bit = HEADINGS.iter().position(|known| *known == heading);
                set = bit.map_or_else(Sets::default, |bit| Sets(1 << bit));
                continue;
            }
            for word in line.split_whitespace() {
                let sets = words.entry(word).or_default();
                *sets = *sets | set;
            }
        }
    }
    words
});

/// The sets that a word in lower case is in.
pub fn sets(word: &str) -> Sets {
    WORDS.get(word).copied().unwrap_or_default()
}

/// Whether a word in lower case is plain English, in one of its regular forms.
pub fn is_english(word: &str) -> bool {
    if listed(word) {
        return true;
    }
    let endings = [
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ied", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
        ("ness", ""),
    ];
    endings.iter().any(|(ending, instead)| {
        word.strip_suffix(ending).is_some_and(|stem| {
            stem.len() + instead.len() >= 3
                && if instead.is_empty() {
                    listed(stem)
                } else {
                    listed(&format!("{stem}{instead}"))
                }
        })
    })
}

/// Finds a line of the sorted list without reading the list first. The notice at its head sorts
/// before every word.
fn listed(word: &str) -> bool {
    let (mut low, mut high) = (0, ENGLISH.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        // The line around the middle. The list is ASCII, so every place is a boundary.
        let start = ENGLISH.get(..middle).and_then(|text| text.rfind('\n'));
        let start = start.map_or(0, |at| at + 1);
        let rest = ENGLISH.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        match line.cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => low = start + line.len() + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_the_lists_is_known_and_every_known_one_is_there() {
        let mut headings: Vec<&str> = LISTS
            .iter()
            .flat_map(|list| list.lines())
            .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
            .collect();
        assert_eq!(headings, HEADINGS);
        headings.sort_unstable();
        headings.dedup();
        assert_eq!(headings.len(), HEADINGS.len());
    }

    #[test]
    fn every_word_is_found_as_it_is_looked_up() {
        for list in LISTS {
            for line in list.lines().filter(|line| !line.starts_with(['#', '['])) {
                for word in line.split_whitespace() {
                    assert_eq!(word, word.to_lowercase());
                    assert_ne!(sets(word), Sets::default(), "{word}");
                }
            }
        }
        let words = ENGLISH.lines().filter(|line| !line.starts_with('#'));
        assert!(words.clone().is_sorted());
        for word in words {
            assert!(listed(word), "{word}");
        }
    }

    #[test]
    fn regular_forms_of_english_words_are_english_and_names_are_not() {
        for word in [
            "doctor", "worries", "worried", "hoped", "hoping", "kindly", "kindness",
        ] {
            assert!(is_english(word), "{word}");
        }
        for word in ["", "a#", "thornquist", "benedikta", "zzz", "\u{e9}"] {
            assert!(!is_english(word), "{word}");
        }
    }
}
