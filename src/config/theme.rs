//! Themes: what each role on the screen looks like, as data without a terminal.

use std::fs;
use std::mem;
use std::path::Path;
use std::str::FromStr;

use super::complaint::Complaint;
use super::sheet::{Sheet, Source, text};
use crate::domain::nearest;

/// What a piece of the screen is, whatever it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Words to read.
    Text,
    /// Hints, prompts, what can wait.
    Dim,
    /// What the eye should find first.
    Accent,
    /// Titles.
    Heading,
    /// The row or choice that a key acts on.
    Selected,
    /// Something done.
    Good,
    /// Something to look at.
    Warning,
    /// Something that failed.
    Error,
    /// Text being written.
    Field,
    /// Words that a search found.
    Highlight,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Dim,
        Self::Accent,
        Self::Heading,
        Self::Selected,
        Self::Good,
        Self::Warning,
        Self::Error,
        Self::Field,
        Self::Highlight,
    ];

    /// Its name in theme files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Dim => "dim",
            Self::Accent => "accent",
            Self::Heading => "heading",
            Self::Selected => "selected",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Field => "field",
            Self::Highlight => "highlight",
        }
    }
}

/// A colour of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// An entry of the palette; 0 to 15 are the terminal's own sixteen.
    Index(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// A way to set text apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Emphasis {
    /// Heavier.
    Bold,
    /// Fainter.
    Dim,
    /// Slanted.
    Italic,
    /// With a line under it.
    Underline,
    /// Text and background colour exchanged.
    Reverse,
}

/// What a role looks like; the default is the terminal's own look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Colour of the text; `None` for the terminal's own.
    pub foreground: Option<Colour>,
    /// Colour behind the text; `None` for the terminal's own.
    pub background: Option<Colour>,
    /// Whatever else sets it apart.
    pub emphasis: Vec<Emphasis>,
}

/// A look for every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// The name it is chosen by.
    pub name: String,
    looks: [Look; Role::ALL.len()],
}

/// The theme until another is chosen.
pub const DEFAULT: &str = "auto";

const SHIPPED: [(&str, &str); 4] = [
    (DEFAULT, include_str!("../../assets/themes/auto.toml")),
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("plain", include_str!("../../assets/themes/plain.toml")),
];

const EMPHASES: [(&str, Emphasis); 5] = [
    ("bold", Emphasis::Bold),
    ("dim", Emphasis::Dim),
    ("italic", Emphasis::Italic),
    ("underline", Emphasis::Underline),
    ("reverse", Emphasis::Reverse),
];

const COLOURS: [&str; 8] = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
];

impl Theme {
    /// The look of a role.
    #[must_use]
    pub fn look(&self, role: Role) -> &Look {
        let [
            text,
            dim,
            accent,
            heading,
            selected,
            good,
            warning,
            error,
            field,
            highlight,
        ] = &self.looks;
        match role {
            Role::Text => text,
            Role::Dim => dim,
            Role::Accent => accent,
            Role::Heading => heading,
            Role::Selected => selected,
            Role::Good => good,
            Role::Warning => warning,
            Role::Error => error,
            Role::Field => field,
            Role::Highlight => highlight,
        }
    }

    /// The theme without colours, for `NO_COLOR`.
    #[must_use]
    pub fn plain() -> Self {
        shipped("plain").unwrap_or_default()
    }

    /// The theme of that name: the writer's own from `folder`, else a shipped one.
    pub(super) fn find(
        name: &str,
        folder: Option<&Path>,
        complaints: &mut Vec<Complaint>,
    ) -> Result<Self, String> {
        let own = folder.map(|folder| folder.join("themes").join(name).with_extension("toml"));
        let plain_name = !name.is_empty() && !name.contains(['/', '\\', '.', ':']);
        if let Some(path) = own.filter(|path| plain_name && path.exists()) {
            let content = fs::read_to_string(&path)
                .map_err(|error| format!("the theme \"{name}\" could not be read ({error})"))?;
            let (theme, more) = read(Self::default(), &Source::new(&path, &content));
            complaints.extend(more);
            let name = name.to_owned();
            return Ok(Self { name, ..theme });
        }
        shipped(name).ok_or_else(|| unknown(name))
    }
}

impl Default for Theme {
    fn default() -> Self {
        shipped(DEFAULT).unwrap_or_else(|| blank(DEFAULT))
    }
}

fn blank(name: &str) -> Theme {
    Theme {
        name: name.to_owned(),
        looks: Default::default(),
    }
}

fn shipped(name: &str) -> Option<Theme> {
    let (name, content) = SHIPPED.iter().find(|(known, _)| *known == name)?;
    Some(read(blank(name), &Source::shipped(content)).0)
}

/// The theme a file makes of `base`, or of the one it extends.
fn read(base: Theme, source: &Source<'_>) -> (Theme, Vec<Complaint>) {
    let (mut sheet, mut top) = Sheet::open(source);
    let extended = sheet.read(&mut top, "extends", |value| {
        let name = text(value)?;
        shipped(&name).ok_or_else(|| unknown(&name))
    });
    let mut theme = extended.unwrap_or(base);
    for (role, look) in Role::ALL.into_iter().zip(&mut theme.looks) {
        let own = sheet.read(&mut top, role.id(), |value| text(value)?.parse());
        *look = own.unwrap_or_else(|| mem::take(look));
    }
    sheet.close(&top);
    (theme, sheet.into_complaints())
}

fn unknown(name: &str) -> String {
    nearest::explain("theme", name, SHIPPED.map(|(name, _)| name))
}

impl FromStr for Look {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut look = Self::default();
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            let emphasis = EMPHASES.iter().find(|(name, _)| *name == word);
            if let Some((_, emphasis)) = emphasis {
                look.emphasis.push(*emphasis);
            } else if word == "on" {
                look.background = Some(words.next().unwrap_or_default().parse()?);
            } else {
                look.foreground = Some(word.parse()?);
            }
        }
        Ok(look)
    }
}

impl FromStr for Colour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, bright) = match text.strip_prefix("bright-") {
            Some(name) => (name, 8),
            None => (text, 0),
        };
        let entry = (0..).zip(COLOURS).find(|(_, known)| *known == name);
        if let Some((index, _)) = entry {
            return Ok(Self::Index(bright + index));
        }
        let hex = text
            .strip_prefix('#')
            .filter(|hex| hex.len() == 6 && !hex.starts_with('+'));
        let rgb = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok());
        if let Some([_, red, green, blue]) = rgb.map(u32::to_be_bytes) {
            return Ok(Self::Rgb(red, green, blue));
        }
        text.parse().map(Self::Index).map_err(|_| {
            let others = EMPHASES.map(|(name, _)| name);
            let hint = nearest::nearest(text, COLOURS.into_iter().chain(others))
                .map(|word| format!(", did you mean \"{word}\"?"))
                .unwrap_or_default();
            format!(
                "\"{text}\" is no colour{hint}; give {}, bright- before one of them, 0 to 255 or \
                 #rrggbb",
                COLOURS.join(", ")
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_themes_are_whole_and_the_default_leaves_the_background_alone() {
        for (name, content) in SHIPPED {
            let (_, complaints) = read(blank(name), &Source::shipped(content));
            assert_eq!(complaints, [], "{name}");
            assert!(toml::de::DeTable::parse(content).is_ok(), "{name}");
            for role in Role::ALL {
                let named = content
                    .lines()
                    .any(|line| line.starts_with(&format!("{} = ", role.id())));
                assert!(named, "{name} leaves out {}", role.id());
            }
        }
        for theme in [Theme::default(), Theme::plain()] {
            assert!(
                Role::ALL
                    .iter()
                    .all(|role| theme.look(*role).background.is_none())
            );
        }
        let plain = Theme::plain();
        assert!(
            Role::ALL
                .iter()
                .all(|role| plain.look(*role).foreground.is_none())
        );
    }

    #[test]
    fn a_look_is_written_in_words() {
        let look: Look = "bold bright-red on #0a0B0c underline".parse().unwrap();
        assert_eq!(look.foreground, Some(Colour::Index(9)));
        assert_eq!(look.background, Some(Colour::Rgb(10, 11, 12)));
        assert_eq!(look.emphasis, [Emphasis::Bold, Emphasis::Underline]);
        assert_eq!("".parse(), Ok(Look::default()));
        assert_eq!("244".parse(), Ok(Colour::Index(244)));
        for wrong in [
            "256", "#12345", "#gggggg", "#+12345", "bright-", "on", "bright-9",
        ] {
            assert!(wrong.parse::<Look>().is_err(), "{wrong}");
        }
        let said = "magenat".parse::<Look>().unwrap_err();
        assert!(said.contains("did you mean \"magenta\"?"), "{said}");
    }

    #[test]
    fn a_theme_of_ones_own_changes_only_the_roles_it_names() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("themes")).unwrap();
        let path = folder.path().join("themes/mine.toml");
        fs::write(
            &path,
            "extends = \"dark\"\naccent = \"green\"\nacent = \"\"\n",
        )
        .unwrap();
        let mut complaints = Vec::new();
        let theme = Theme::find("mine", Some(folder.path()), &mut complaints).unwrap();
        assert_eq!(theme.name, "mine");
        assert_eq!(theme.look(Role::Accent).foreground, Some(Colour::Index(2)));
        assert_eq!(
            theme.look(Role::Dim),
            shipped("dark").unwrap().look(Role::Dim)
        );
        let [complaint] = complaints.as_slice() else {
            panic!("{complaints:?}");
        };
        assert_eq!(complaint.place.line, Some(3));
        assert!(Theme::find("../mine", Some(folder.path()), &mut Vec::new()).is_err());
        assert!(
            Theme::find("drak", None, &mut Vec::new())
                .unwrap_err()
                .contains("\"dark\"")
        );
    }
}
