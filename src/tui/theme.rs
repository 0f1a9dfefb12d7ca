//! How things look: named roles to styles, and the glyphs that carry meaning beside colour.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;
use ratatui::widgets::Block;

use crate::config;

/// Marks; each stands beside a word or a number somewhere near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// The selected row.
    pub marker: &'static str,
    /// A day with a reflection.
    pub reflected: &'static str,
    /// A day with a logged shift and no reflection.
    pub logged: &'static str,
    /// A day with neither.
    pub nothing: &'static str,
    /// An open experiment.
    pub open: &'static str,
    /// Marked for sharing.
    pub shared: &'static str,
    /// A horizontal rule.
    pub rule: &'static str,
    /// Whether boxes may be drawn with line characters.
    lines: bool,
}

const UNICODE: Glyphs = Glyphs {
    marker: "›",
    reflected: "●",
    logged: "○",
    nothing: "·",
    open: "○",
    shared: "↗",
    rule: "─",
    lines: true,
};

const ASCII: Glyphs = Glyphs {
    marker: ">",
    reflected: "*",
    logged: "o",
    nothing: ".",
    open: "o",
    shared: "^",
    rule: "-",
    lines: false,
};

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
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
    /// The theme of the configuration.
    #[must_use]
    pub fn of(config: &config::Config) -> Self {
        let _ = config;
        Self::default()
    }

    /// A panel laid over a screen: rounded, with its name on the upper edge.
    #[must_use]
    pub fn panel<'a>(&self, title: &'a str) -> Block<'a> {
        let set = if self.glyphs.lines {
            border::ROUNDED
        } else {
            ASCII_BORDER
        };
        Block::bordered()
            .border_set(set)
            .border_style(self.dim)
            .title_style(self.heading)
            .title(format!(" {title} "))
    }
}

impl Default for Theme {
    /// Right on dark and light terminals alike: the terminal's own colours, weight, and one accent.
    fn default() -> Self {
        let text = Style::new();
        Self {
            text,
            dim: text.add_modifier(Modifier::DIM),
            accent: text.fg(Color::Cyan),
            heading: text.add_modifier(Modifier::BOLD),
            selected: text.add_modifier(Modifier::BOLD),
            good: text.fg(Color::Green),
            warning: text.fg(Color::Yellow),
            error: text.fg(Color::Red).add_modifier(Modifier::BOLD),
            field: text,
            highlight: text.add_modifier(Modifier::REVERSED),
            glyphs: UNICODE,
        }
    }
}
