//! Trends drawn: the ranges and days, the figures in sight, what the selected mark stands for.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span as Text};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::counted;
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::trends::{self, Range};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::Settings;
use crate::tui::widgets::columns::{clip, spread};

use super::figure::Figure;
use super::mark::days;
use super::{Known, NARROW, Trends, WIDEST};

/// Lines above the figures: the ranges, and the days that are shown.
const HEAD: u16 = 2;
/// Cells of what a number is of, at least, where it has to be cut.
const LEAST_WHAT: usize = 12;
/// From this height of the body on, a blank line stands under them.
const ROOMY: u16 = 12;

impl Trends {
    /// Draws the screen.
    pub fn view(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let area = Rect {
            width: area.width.min(WIDEST),
            ..area
        };
        let (head, body, foot) = rooms(area);
        let width = usize::from(area.width);
        let lines = [
            self.ranges(width, settings),
            self.days_shown(width, settings),
        ];
        for (line, row) in lines.into_iter().zip(head.rows()) {
            line.render(row, buffer);
        }
        if self.figures.is_empty() {
            let lines = self.why_empty(settings);
            for (line, row) in lines.into_iter().zip(body.rows()) {
                line.render(row, buffer);
            }
            return;
        }
        self.figures_in_sight(body, buffer, settings);
        self.said(width, settings).render(foot, buffer);
    }

    /// The ranges, the shown one in brackets.
    fn ranges(&self, width: usize, settings: &Settings) -> Line<'static> {
        let theme = &settings.theme;
        let gap = if width >= NARROW { " " } else { "" };
        let mut spans = vec![Text::raw(" ")];
        for range in Range::ALL {
            let name = match range {
                Range::Year if width < NARROW => "Year",
                Range::Week | Range::Rotation | Range::EightWeeks | Range::Year | Range::All => {
                    range.name()
                }
            };
            let (open, close, style) = if range == self.range {
                ("[", "]", theme.accent)
            } else {
                (" ", " ", theme.dim)
            };
            spans.push(Text::styled(format!("{open}{name}{close}{gap}"), style));
        }
        let less = settings.keymap.key_of(Context::Trends, Action::Less);
        let more = settings.keymap.key_of(Context::Trends, Action::More);
        let keys = vec![Text::styled(format!("{less} {more} "), theme.dim)];
        if width < NARROW {
            return clip(spans, width);
        }
        spread(spans, keys, width)
    }

    fn days_shown(&self, width: usize, settings: &Settings) -> Line<'static> {
        let theme = &settings.theme;
        let text = match &self.known {
            _ if self.request.is_some() => format!("{}: counting ...", self.range.name()),
            Known::Counted(counted) => days_in_words(counted, width),
            Known::Nothing | Known::Unreadable => String::new(),
        };
        let style = if self.request.is_some() {
            theme.dim
        } else {
            theme.text
        };
        let room = width.saturating_sub(3);
        Line::styled(format!("  {}", excerpt(&text, room)), style)
    }

    fn why_empty(&self, settings: &Settings) -> Vec<Line<'static>> {
        let theme = &settings.theme;
        let dim = |text: String| Line::styled(format!("  {text}"), theme.dim);
        let key = |action| settings.keymap.key_of(Context::Screen, action);
        match &self.known {
            Known::Nothing => Vec::new(),
            Known::Unreadable => vec![Line::styled(
                "  The journal could not be read.",
                theme.warning,
            )],
            Known::Counted(counted)
                if counted.span.is_none() && counted.range == Range::Rotation =>
            {
                vec![
                    dim("No rotation has begun yet.".to_owned()),
                    dim(format!("{} begins one.", key(Action::ShowRotations))),
                ]
            }
            Known::Counted(_) => vec![
                dim("Nothing was written in these days.".to_owned()),
                dim(format!("{} begins a reflection.", key(Action::Reflect))),
            ],
        }
    }

    fn figures_in_sight(&self, area: Rect, buffer: &mut Buffer, settings: &Settings) {
        let room = usize::from(area.height);
        let mut top = 0;
        for (at, figure) in self.figures.iter().enumerate() {
            let is_selected = at == self.at.figure;
            let mark = self.at.mark.filter(|_| is_selected);
            let mark = mark.and_then(|mark| figure.marks.get(mark));
            for line in 0..figure.height() {
                let Some(y) = (top + line).checked_sub(self.scroll) else {
                    continue;
                };
                if y >= room {
                    return;
                }
                let row = Rect {
                    y: area.y + u16::try_from(y).unwrap_or(0),
                    height: 1,
                    ..area
                };
                let Some(below) = line.checked_sub(1) else {
                    self.title(figure, is_selected, usize::from(area.width), settings)
                        .render(row, buffer);
                    continue;
                };
                let Some(text) = figure.lines.get(below) else {
                    continue;
                };
                text.render(row, buffer);
                if let Some(one) = mark.filter(|one| one.row == below) {
                    let cells = Rect {
                        x: row.x + one.x,
                        width: one.width,
                        ..row
                    };
                    buffer.set_style(cells.intersection(row), marked(settings));
                }
                if self.request.is_some() {
                    buffer.set_style(row, settings.theme.dim);
                }
            }
            top += figure.height();
        }
    }

    fn title(
        &self,
        figure: &Figure,
        is_selected: bool,
        width: usize,
        settings: &Settings,
    ) -> Line<'static> {
        let theme = &settings.theme;
        let marker = if is_selected {
            theme.glyphs.marker
        } else {
            " "
        };
        let style = if self.request.is_some() {
            theme.dim
        } else {
            theme.heading
        };
        let (title, note) = figure.heading(width.saturating_sub(4));
        let title = vec![
            Text::styled(format!("{marker} "), theme.accent),
            Text::styled(title.to_owned(), style),
        ];
        let note = vec![Text::styled(format!("{note} "), theme.dim)];
        spread(title, note, width)
    }

    /// What the selected mark stands for.
    fn said(&self, width: usize, settings: &Settings) -> Line<'static> {
        let theme = &settings.theme;
        let (Known::Counted(counted), Some(mark)) = (&self.known, self.selected()) else {
            return Line::default();
        };
        let text = mark.in_words(counted, &settings.catalog);
        let key = settings.keymap.key_of(Context::Trends, Action::Open);
        let hint = format!("{key} {} ", mark.opens());
        let is_beside = text.width() + hint.width() + 4 <= width;
        let has_room = width >= NARROW && is_beside && mark.query(counted).is_some();
        let text = number_kept(&text, width.saturating_sub(3));
        let text = vec![Text::styled(format!("  {text}"), theme.text)];
        if has_room {
            spread(text, vec![Text::styled(hint, theme.dim)], width)
        } else {
            clip(text, width)
        }
    }
}

/// A text that ends with a number of something, cut in front of that where there is no room.
fn number_kept(text: &str, room: usize) -> String {
    match text.rsplit_once(": ") {
        Some((what, number)) if text.width() > room && number.width() + LEAST_WHAT <= room => {
            let what = excerpt(what, room - number.width() - 2);
            format!("{what}: {number}")
        }
        _ => excerpt(text, room),
    }
}

/// How a selected mark looks: more than its colour.
fn marked(settings: &Settings) -> Style {
    settings
        .theme
        .selected
        .add_modifier(ratatui::style::Modifier::REVERSED)
}

/// The ranges and days; the figures; the words for the selected mark.
pub fn rooms(area: Rect) -> (Rect, Rect, Rect) {
    let head = Rect {
        height: HEAD.min(area.height),
        ..area
    };
    let blank = u16::from(area.height >= ROOMY);
    let top = (HEAD + blank).min(area.height);
    let foot = Rect {
        y: area.bottom().saturating_sub(1).max(area.y),
        height: 1.min(area.height),
        ..area
    };
    let body = Rect {
        y: area.y + top,
        height: area.height.saturating_sub(top + 1 + blank),
        ..area
    };
    (head, body, foot)
}

/// "Medical ICU, 2 Nov to 21 Nov: 5 reflections over 6 shifts".
fn days_in_words(trends: &trends::Trends, width: usize) -> String {
    let Some(span) = trends.span else {
        return String::new();
    };
    let rotation = if trends.rotation.is_empty() {
        String::new()
    } else {
        format!("{}, ", visible_line(&trends.rotation))
    };
    let n = if width < NARROW {
        format!("n {}", trends.reflections)
    } else {
        let n = counted(trends.reflections, "reflection");
        format!("{n} over {}", counted(trends.shifts, "shift"))
    };
    format!("{rotation}{}: {n}", days(span, trends.today))
}
