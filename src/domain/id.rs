//! Identities of rows: one newtype for each kind, so that they cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// How many trailing hex digits of an id the screen and the commands show.
pub const SHORT_LEN: usize = 6;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an identity made by the store or read from a file.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, for storing it.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// The last [`SHORT_LEN`] hex digits: what a person reads and types.
            #[must_use]
            pub fn short(self) -> String {
                let all = self.0.simple().to_string();
                all.chars().skip(all.len() - SHORT_LEN).collect()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id! {
    /// A reflection. `UUIDv7`; later written means larger, even if the clock was set back.
    ReflectionId
}
id! {
    /// An experiment: what grows out of "try next".
    ExperimentId
}
id! {
    /// A competency goal.
    GoalId
}
id! {
    /// A rotation. `UUIDv7`; later entered means larger.
    RotationId
}
id! {
    /// A draft that is not saved yet.
    DraftId
}
id! {
    /// One run of the program on one journal; drafts of dead sessions are offered again.
    SessionId
}

/// How often a row was changed; a save names the revision it started from, so that an edit made
/// meanwhile by another instance is noticed and never overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u32);

impl Revision {
    /// The revision of a row that was just made.
    pub const FIRST: Self = Self(1);
}

/// What a person typed to name a row: the whole id or its last [`SHORT_LEN`] or more hex digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdSuffix(String);

impl IdSuffix {
    /// The digits: lower case, no hyphens, at most 32.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Whether the id ends in these digits.
    #[must_use]
    pub fn fits(&self, id: Uuid) -> bool {
        id.simple().to_string().ends_with(&self.0)
    }

    /// The fewest last digits of an id, at least [`SHORT_LEN`], that no other of these ends in.
    #[must_use]
    pub fn telling(id: Uuid, among: &[Uuid]) -> String {
        let digits = id.simple().to_string();
        let others = among.iter().filter(|other| **other != id);
        let others: Vec<String> = others.map(|other| other.simple().to_string()).collect();
        let endings = digits.char_indices().map(|(at, _)| digits.split_at(at).1);
        let tells = |ending: &&str| {
            ending.len() >= SHORT_LEN && !others.iter().any(|other| other.ends_with(ending))
        };
        // From the shortest on.
        let shortest = endings.rev().find(tells);
        shortest.unwrap_or(&digits).to_owned()
    }
}

/// The text is no id: too short, too long, or not hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{given}\" is not an id: give at least its last {SHORT_LEN} characters, as shown by `list`"
)]
pub struct NotAnId {
    /// What was given.
    pub given: String,
}

impl FromStr for IdSuffix {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits: String = text
            .chars()
            .filter(|c| *c != '-')
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let plausible = (SHORT_LEN..=32).contains(&digits.len())
            && digits.chars().all(|c| c.is_ascii_hexdigit());
        if plausible {
            Ok(Self(digits))
        } else {
            Err(NotAnId {
                given: text.to_owned(),
            })
        }
    }
}
