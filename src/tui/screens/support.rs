//! The support card: somebody to talk to. Nothing of it is kept, counted or sent, and it never comes
//! by itself.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::config::support::{Contact, PublicLines, public_lines};
use crate::domain::prose::visible_line;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings};
use crate::tui::step::Step;
use crate::tui::view;
use crate::tui::widgets::dialog::Dialog;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::text_area;

/// Columns of the card where there is room.
const WIDTH: u16 = 68;
/// Columns in front of how to reach somebody.
const INDENT: usize = 4;

/// The card.
#[derive(Debug)]
pub struct Support {
    public: PublicLines,
    scroll: Scroll,
}

impl Support {
    /// The card, from its top.
    #[must_use]
    pub fn new() -> Self {
        Self {
            public: public_lines(),
            scroll: Scroll::default(),
        }
    }

    /// Carries out an action of the card; says whether it was one.
    pub fn act(
        &mut self,
        action: Action,
        size: Size,
        settings: &Settings,
        out: &mut Outbox,
    ) -> bool {
        if action == Action::Back {
            out.step(Step::Close);
            return true;
        }
        let inner = self.inner(view::body(size), settings);
        let lines = self.lines(inner.width.into(), settings).len();
        let lead = |at, last, page| action.move_from(at, last, page);
        self.scroll.go(lines, inner.height.into(), lead)
    }

    /// Draws the card.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        self.dialog(area, settings).render(area, buffer);
        let inner = self.inner(area, settings);
        let lines = self.lines(inner.width.into(), settings);
        let down = settings.keymap.key_of(Context::List, Action::Down);
        let hint = Line::styled(format!("more below: {down}"), settings.theme.dim);
        self.scroll.render_hinting(&lines, &hint, inner, buffer);
    }

    fn inner(&self, area: Rect, settings: &Settings) -> Rect {
        self.dialog(area, settings).inner(area)
    }

    fn dialog(&self, area: Rect, settings: &Settings) -> Dialog<'static> {
        let frame = Dialog {
            title: "Somebody to talk to",
            content: Size::new(WIDTH, area.height),
            style: Style::new(),
            border: settings.theme.dim,
        };
        let width = frame.inner(area).width;
        let lines = self.lines(width.into(), settings).len();
        Dialog {
            content: Size::new(WIDTH, u16::try_from(lines).unwrap_or(u16::MAX)),
            ..frame
        }
    }

    /// The writer's own people first, then the public lines.
    fn lines<'a>(&self, width: usize, settings: &Settings) -> Vec<Line<'a>> {
        let theme = &settings.theme;
        let mut lines = Vec::new();
        if settings.support.is_empty() {
            lines.push(Line::styled("Your own first", theme.heading));
            let file = visible_line(&settings.config_file.display().to_string());
            let words = format!(
                "Your programme's confidential line, or a friend. These lines in {file} put it here:"
            );
            wrap(&words, 0, width, theme.text, &mut lines);
            for example in OWN {
                wrap(example, INDENT, width, theme.dim, &mut lines);
            }
        }
        for contact in &settings.support {
            entry("", contact, width, settings, &mut lines);
        }
        lines.push(Line::default());
        for (region, contact) in &self.public.contacts {
            let region = if region == EVERYWHERE { "" } else { region };
            entry(region, contact, width, settings, &mut lines);
        }
        lines.push(Line::default());
        let checked = self.public.checked.map_or_else(
            || "Numbers change.".to_owned(),
            |day| format!("Checked on {}.", day.format("%-d %B %Y")),
        );
        let words = format!("{checked} That you looked here is not kept.");
        wrap(&words, 0, width, theme.dim, &mut lines);
        lines
    }
}

impl Default for Support {
    fn default() -> Self {
        Self::new()
    }
}

/// The region of a line that is for everybody.
const EVERYWHERE: &str = "any";

/// What the writer puts into the configuration.
const OWN: [&str; 3] = [
    "[[support]]",
    "name = \"My programme's line\"",
    "reach = \"555 0100\"",
];

/// Who and how on one line where both fit, else one under the other.
fn entry(
    region: &str,
    contact: &Contact,
    width: usize,
    settings: &Settings,
    lines: &mut Vec<Line<'_>>,
) {
    let theme = &settings.theme;
    let mut name = visible_line(&contact.name);
    if !region.is_empty() {
        name = format!("{region}  {name}");
    }
    let reach = visible_line(&contact.reach);
    if name.width() + reach.width() + 2 <= width {
        lines.push(Line::from(vec![
            Span::styled(name, theme.text),
            Span::raw("  "),
            Span::styled(reach, theme.accent),
        ]));
    } else {
        wrap(&name, 0, width, theme.text, lines);
        wrap(&reach, INDENT, width, theme.accent, lines);
    }
}

fn wrap(text: &str, indent: usize, width: usize, style: Style, lines: &mut Vec<Line<'_>>) {
    for row in text_area::rows(text, width.saturating_sub(indent).max(1)) {
        let words = text.get(row).unwrap_or_default().trim_end();
        let line = format!("{}{words}", " ".repeat(indent));
        lines.push(Line::styled(line, style));
    }
}
