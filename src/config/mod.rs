//! What the writer may choose: `config.toml`, and the templates, frameworks and themes beside it.

pub mod assets;
mod complaint;
mod file;
pub mod paths;
mod print;
mod sheet;
mod shipped;
pub mod support;
#[cfg(test)]
mod tests;
pub mod theme;

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use crate::domain::catalog::Catalog;
use crate::domain::rules::Rules;

pub use complaint::{Complaint, Place};
pub use print::print;
pub use support::Contact;
use theme::Theme;

/// Which characters the screen is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Glyphs {
    /// Rules, dots and arrows.
    #[default]
    Unicode,
    /// Nothing beyond ASCII, for terminals and fonts that lack more.
    Ascii,
}

impl Glyphs {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Unicode, Self::Ascii];

    /// Its name in the file.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Ascii => "ascii",
        }
    }
}

/// How many backups of each age are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupsKept {
    /// One a day.
    pub daily: u16,
    /// One a week.
    pub weekly: u16,
    /// One a month.
    pub monthly: u16,
}

impl Default for BackupsKept {
    fn default() -> Self {
        Self {
            daily: 7,
            weekly: 4,
            monthly: 12,
        }
    }
}

/// The keys that the writer gave to an action. The names are checked by whoever has the actions.
#[derive(Debug, Clone)]
pub struct KeyBinding {
    /// Where the keys count: the part of the table's name after `keys.`.
    pub context: String,
    /// The action's name.
    pub action: String,
    /// The keys, as written; none takes the action's keys away.
    pub keys: Vec<String>,
    /// Where the file says so, for complaining about it.
    pub place: Option<Place>,
}

/// Two bindings are the same wherever they are written.
impl PartialEq for KeyBinding {
    fn eq(&self, other: &Self) -> bool {
        (&self.context, &self.action, &self.keys) == (&other.context, &other.action, &other.keys)
    }
}

impl Eq for KeyBinding {}

/// Everything the writer may choose, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Choices that change what the domain computes.
    pub rules: Rules,
    /// Templates and frameworks; the chosen framework first.
    pub catalog: Arc<Catalog>,
    /// The framework whose competencies are offered.
    pub framework: String,
    /// What the screen looks like.
    pub theme: Theme,
    /// Which characters the screen is drawn with.
    pub glyphs: Glyphs,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether nothing on the screen moves by itself.
    pub reduced_motion: bool,
    /// How many backups are kept.
    pub backups_kept: BackupsKept,
    /// Minutes without a key until a journal with a passphrase is locked; 0 for never.
    pub idle_lock_minutes: u16,
    /// The writer's own people to call.
    pub support: Vec<Contact>,
    /// Keys that differ from the built-in ones.
    pub keys: Vec<KeyBinding>,
}

impl Default for Config {
    fn default() -> Self {
        Self::parse("", Path::new("")).0
    }
}

impl Config {
    /// Reads the file and what lies beside it. No file, or `None`, gives the defaults; whatever is
    /// wrong is a complaint, and what it would have set has its default.
    #[must_use]
    pub fn load(path: Option<&Path>) -> (Self, Vec<Complaint>) {
        let Some(path) = path else {
            return (Self::default(), Vec::new());
        };
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path),
            Err(error) => {
                let (config, mut complaints) = Self::parse("", path);
                if error.kind() != ErrorKind::NotFound {
                    let sentence = format!("it could not be read ({error}); the defaults count");
                    complaints.insert(0, Complaint::about(path, sentence));
                }
                (config, complaints)
            }
        }
    }
}
