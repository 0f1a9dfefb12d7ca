//! How things look: named roles to styles, and the glyphs that carry meaning beside colour.

use ratatui::style::{Color, Modifier, Style};

use crate::config;
use crate::config::theme::{self, Colour, Emphasis, Look, Role};
use crate::domain::sparkline::Bars;

/// Marks; each stands beside a word or a number somewhere near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// The selected row.
    pub marker: &'static str,
    /// A day with a reflection.
    pub reflected: &'static str,
    /// A day with a logged shift and no reflection.
    pub logged: &'static str,
    /// A day with several shifts, some reflected on, where it has one cell.
    pub several: &'static str,
    /// A day with several shifts, all only logged, where it has one cell.
    pub several_logged: &'static str,
    /// A day with neither.
    pub nothing: &'static str,
    /// An open experiment.
    pub open: &'static str,
    /// Marked for sharing.
    pub shared: &'static str,
    /// A horizontal rule.
    pub rule: &'static str,
    /// Counts, lowest first.
    pub bars: Bars,
    /// A cell of the disc that breathes.
    pub breath: &'static str,
    /// What is drawn in place of signs that are the same in every theme: where something was cut,
    /// what stands between words, borders. One cell for one.
    pub instead: &'static [(&'static str, &'static str)],
}

const UNICODE: Glyphs = Glyphs {
    marker: "›",
    reflected: "●",
    logged: "○",
    several: "◆",
    several_logged: "◇",
    nothing: "·",
    open: "○",
    shared: "↗",
    rule: "─",
    bars: Bars::UNICODE,
    breath: "░",
    instead: &[],
};

const ASCII: Glyphs = Glyphs {
    marker: ">",
    reflected: "*",
    logged: "o",
    several: "#",
    several_logged: "O",
    nothing: ".",
    open: "o",
    shared: "^",
    rule: "-",
    bars: Bars::ASCII,
    breath: ":",
    instead: &[
        ("…", "~"),
        ("·", "-"),
        ("─", "-"),
        ("│", "|"),
        ("╭", "+"),
        ("╮", "+"),
        ("╰", "+"),
        ("╯", "+"),
    ],
};

/// A style for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The writer's words.
    pub text: Style,
    /// What is there when it is looked for.
    pub dim: Style,
    /// The one colour that leads the eye.
    pub accent: Style,
    /// Titles.
    pub heading: Style,
    /// The selected row.
    pub selected: Style,
    /// Something was done.
    pub good: Style,
    /// Something to know.
    pub warning: Style,
    /// Something could not be done.
    pub error: Style,
    /// The field that has the focus.
    pub field: Style,
    /// A word that was searched for.
    pub highlight: Style,
    /// The marks.
    pub glyphs: Glyphs,
}

impl Theme {
    /// The styles of the configured theme, with its marks.
    #[must_use]
    pub fn of(theme: &theme::Theme, glyphs: config::Glyphs) -> Self {
        let style = |role| style(theme.look(role));
        Self {
            text: style(Role::Text),
            dim: style(Role::Dim),
            accent: style(Role::Accent),
            heading: style(Role::Heading),
            selected: style(Role::Selected),
            good: style(Role::Good),
            warning: style(Role::Warning),
            error: style(Role::Error),
            field: style(Role::Field),
            highlight: style(Role::Highlight),
            glyphs: match glyphs {
                config::Glyphs::Unicode => UNICODE,
                config::Glyphs::Ascii => ASCII,
            },
        }
    }
}

fn style(look: &Look) -> Style {
    let mut style = Style::new();
    style.fg = look.foreground.map(colour);
    style.bg = look.background.map(colour);
    look.emphasis.iter().fold(style, |style, emphasis| {
        style.add_modifier(match emphasis {
            Emphasis::Bold => Modifier::BOLD,
            Emphasis::Dim => Modifier::DIM,
            Emphasis::Italic => Modifier::ITALIC,
            Emphasis::Underline => Modifier::UNDERLINED,
            Emphasis::Reverse => Modifier::REVERSED,
        })
    })
}

const fn colour(colour: Colour) -> Color {
    match colour {
        Colour::Index(index) => Color::Indexed(index),
        Colour::Rgb(red, green, blue) => Color::Rgb(red, green, blue),
    }
}
