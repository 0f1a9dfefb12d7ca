//! Trends: a week, a rotation, eight weeks, a year or everything, seen from farther away.
//!
//! ```text
//! [Week]  Rotation   8 weeks   Academic year   All
//!  28 Sep to 22 Nov: 20 reflections over 24 shifts
//!
//! › Shifts, reflected on                                        n 20; e: energy
//!         Mon Tue Wed Thu Fri Sat Sun
//!   ...
//!  Tue 3 Nov: Night, 1 reflection, energy 2                   Enter lists them
//! ```
//!
//! The figures stand one under the other. They are laid out once, when they arrive or the width
//! changes; drawing takes the lines in sight. While those of another range are counted, the old ones
//! stay, dimmed, and keys wait: a mark is never opened under a range that it does not belong to.

mod calendar;
mod counts;
mod figure;
mod mark;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line, Span as Text};
use ratatui::widgets::Widget;

use crate::domain::calendar::counted;
use crate::domain::figures::Outcomes;
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::trends::{self, Range};
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Step, Tone};
use crate::tui::view;
use crate::tui::widgets::columns::{clip, spread};

use calendar::Telling;
use figure::{Figure, Step as Way};
use mark::{Mark, days};

/// Nothing is drawn further right, so that a mark stays near its words on a wide screen.
const WIDEST: u16 = 120;
/// Lines above the figures: the ranges, and the days that are shown.
const HEAD: u16 = 2;
/// From this height of the body on, a blank line stands under them.
const ROOMY: u16 = 12;
/// Below so many cells, words are shortened.
const NARROW: usize = 60;

/// What is known of the figures.
#[derive(Debug, Default)]
enum Known {
    /// They were never asked for.
    #[default]
    Nothing,
    /// The journal counted these; others may be on their way.
    Counted(Box<trends::Trends>),
    /// The journal could not be read when they were last asked for.
    Unreadable,
}

/// What is selected: a figure, and a mark in it unless it has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct At {
    figure: usize,
    mark: Option<usize>,
}

/// What the layout was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fitted {
    width: u16,
    telling: Telling,
}

/// The Trends screen.
#[derive(Debug)]
pub struct Trends {
    range: Range,
    known: Known,
    /// Whether something changed since the figures were counted.
    outdated: bool,
    request: Option<RequestId>,
    telling: Telling,
    figures: Vec<Figure>,
    fitted: Option<Fitted>,
    at: At,
    /// The first line of the figures in sight.
    scroll: usize,
}

impl Default for Trends {
    fn default() -> Self {
        Self {
            range: Range::EightWeeks,
            known: Known::default(),
            outdated: false,
            request: None,
            telling: Telling::default(),
            figures: Vec::new(),
            fitted: None,
            at: At::default(),
            scroll: 0,
        }
    }
}

impl Trends {
    /// What has the focus, innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        vec![Context::Trends, Context::List, Context::Screen]
    }

    /// Asks for the figures of the range.
    pub fn load(&mut self, out: &mut Outbox) {
        self.request = Some(out.ask(Ask::Trends(self.range)));
    }

    /// Something changed while they were not shown.
    pub const fn outdate(&mut self) {
        self.outdated = true;
        self.request = None;
    }

    /// Whether the figures are there, as of now, or on their way.
    #[must_use]
    pub const fn is_loaded(&self) -> bool {
        self.request.is_some() || (matches!(self.known, Known::Counted(_)) && !self.outdated)
    }

    /// The answer that keys for the marks wait for.
    #[must_use]
    pub const fn awaited(&self) -> Option<RequestId> {
        self.request
    }

    /// Takes the figures; those of a question that is not the last one are ignored. The selected mark
    /// stays so where there is still one that stands for the same.
    pub fn arrived(
        &mut self,
        request: RequestId,
        counted: Box<trends::Trends>,
        size: Size,
        settings: &Settings,
    ) {
        if self.request.take_if(|asked| *asked == request).is_none() {
            return;
        }
        self.known = Known::Counted(counted);
        self.outdated = false;
        self.fitted = None;
        self.fit(size, settings);
    }

    /// The question failed: nothing is waited for any more, and nothing is left under a range that it
    /// may not belong to.
    pub fn failed(&mut self, request: RequestId) {
        if self.request.take_if(|asked| *asked == request).is_some() {
            self.known = Known::Unreadable;
            self.figures.clear();
            self.fitted = None;
        }
    }

    fn selected(&self) -> Option<&Mark> {
        let figure = self.figures.get(self.at.figure)?;
        Some(&figure.marks.get(self.at.mark?)?.mark)
    }

    /// Carries out an action of this screen; says whether it was one.
    pub fn act(&mut self, action: Action, out: &mut Outbox) -> bool {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "every other action is not for here"
        )]
        match action {
            Action::More => self.go_to_range(1, out),
            Action::Less => self.go_to_range(-1, out),
            Action::TellOther => self.telling = self.telling.other(),
            Action::Open => self.open(out),
            Action::Down => self.step(Way::Down),
            Action::Up => self.step(Way::Up),
            Action::MarkRight => self.beside(1),
            Action::MarkLeft => self.beside(-1),
            Action::NextField | Action::PageDown => self.go_to_figure(self.at.figure + 1),
            Action::PreviousField | Action::PageUp => {
                self.go_to_figure(self.at.figure.saturating_sub(1));
            }
            Action::First => self.go_to_figure(0),
            Action::Last => self.go_to_figure(usize::MAX),
            _ => return false,
        }
        true
    }

    fn go_to_range(&mut self, by: isize, out: &mut Outbox) {
        let at = Range::ALL.iter().position(|range| *range == self.range);
        let to = at.and_then(|at| at.checked_add_signed(by));
        if let Some(range) = to.and_then(|to| Range::ALL.get(to)) {
            self.range = *range;
            self.load(out);
        }
    }

    fn go_to_figure(&mut self, to: usize) {
        let to = to.min(self.figures.len().saturating_sub(1));
        if to != self.at.figure {
            let mark = self
                .figures
                .get(to)
                .and_then(|figure| self.first_of(figure));
            self.at = At { figure: to, mark };
        }
    }

    /// Where the selection goes in a figure that it comes to: to today, else to the first mark.
    fn first_of(&self, figure: &Figure) -> Option<usize> {
        let Known::Counted(counted) = &self.known else {
            return None;
        };
        let is_now = |mark: &Mark| match mark {
            Mark::Day(date) => *date == counted.today,
            Mark::Month(span) => span.contains(counted.today),
            Mark::Competency(..)
            | Mark::Settled(..)
            | Mark::Energy(_)
            | Mark::Signal(_)
            | Mark::Word(..) => false,
        };
        let now = figure.marks.iter().position(|one| is_now(&one.mark));
        now.or((!figure.marks.is_empty()).then_some(0))
    }

    /// To the mark above or below, also in the next figure.
    fn step(&mut self, step: Way) {
        let At { figure, mark } = self.at;
        let Some(shown) = self.figures.get(figure) else {
            return;
        };
        if let Some(to) = mark.and_then(|at| shown.below(at, step)) {
            self.at.mark = Some(to);
            return;
        }
        let x = mark
            .and_then(|at| shown.marks.get(at))
            .map_or(0, |one| one.x);
        let next = match step {
            Way::Down => figure.checked_add(1),
            Way::Up => figure.checked_sub(1),
        };
        if let Some((at, next)) = next.and_then(|at| Some((at, self.figures.get(at)?))) {
            self.at = At {
                figure: at,
                mark: next.entered(step, x),
            };
        }
    }

    fn beside(&mut self, by: isize) {
        if let Some(figure) = self.figures.get(self.at.figure)
            && let Some(at) = self.at.mark
            && let Some(to) = figure.beside(at, at.checked_add_signed(by))
        {
            self.at.mark = Some(to);
        }
    }

    /// A click on a mark selects it, one beside it the nearest in its line; says whether that was
    /// selected already.
    pub fn click(&mut self, at: Position, area: Rect) -> bool {
        let (_, body, _) = rooms(area);
        if self.request.is_some() || !body.contains(at) {
            return false;
        }
        let line = usize::from(at.y - body.y) + self.scroll;
        let mut end = 0;
        for (place, figure) in self.figures.iter().enumerate() {
            let row = line.checked_sub(end + 1);
            end += figure.height();
            if line < end {
                let mark = row.and_then(|row| figure.nearest(row, at.x));
                let to = At {
                    figure: place,
                    mark,
                };
                return mark.is_some() && std::mem::replace(&mut self.at, to) == to;
            }
        }
        false
    }

    /// Goes to the reflections behind the selected mark.
    fn open(&self, out: &mut Outbox) {
        let Known::Counted(counted) = &self.known else {
            return;
        };
        let Some(mark) = self.selected() else { return };
        match mark.query(counted) {
            Some(query) => out.step(Step::ShowBehind(query.to_string())),
            None => out.say(Tone::Done, "No reflection is behind this mark."),
        }
    }

    /// Lays the figures out where that is not done yet, and brings the selection into sight. To be
    /// called after every change.
    pub fn fit(&mut self, size: Size, settings: &Settings) {
        let area = view::body(size);
        let fitted = Fitted {
            width: area.width.min(WIDEST),
            telling: self.telling,
        };
        if self.fitted != Some(fitted)
            && let Known::Counted(counted) = &self.known
        {
            let kept = self.selected().cloned();
            self.figures = laid_out(counted, fitted, settings);
            self.fitted = Some(fitted);
            self.select_again(kept.as_ref());
        }
        self.keep_in_sight(usize::from(rooms(area).1.height));
    }

    fn select_again(&mut self, kept: Option<&Mark>) {
        let last = self.figures.len().saturating_sub(1);
        let at = self.at.figure.min(last);
        let figure = self.figures.get(at);
        let same =
            figure.and_then(|figure| figure.marks.iter().position(|one| Some(&one.mark) == kept));
        self.at = At {
            figure: at,
            mark: same.or_else(|| self.first_of(figure?)),
        };
    }

    /// The selected figure as a whole where there is room for it, else the line of the mark.
    fn keep_in_sight(&mut self, room: usize) {
        let before = self.figures.iter().take(self.at.figure);
        let start: usize = before.map(Figure::height).sum();
        let Some(figure) = self.figures.get(self.at.figure) else {
            self.scroll = 0;
            return;
        };
        let end = start + figure.height() - 1;
        let (first, last) = if end - start <= room {
            (start, end)
        } else {
            let mark = self.at.mark.and_then(|at| figure.marks.get(at));
            let row = mark.map_or(0, |one| one.row + 1);
            let first_row = figure.marks.first().map_or(0, |one| one.row + 1);
            let top = if row == first_row { start } else { start + row };
            (top.min(start + row), start + row + 1)
        };
        self.scroll = self.scroll.min(first).max(last.saturating_sub(room));
    }

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
        let has_room = width >= NARROW && mark.query(counted).is_some();
        let room = width.saturating_sub(if has_room { hint.len() + 4 } else { 3 });
        let text = vec![Text::styled(
            format!("  {}", excerpt(&text, room)),
            theme.text,
        )];
        if has_room {
            spread(text, vec![Text::styled(hint, theme.dim)], width)
        } else {
            clip(text, width)
        }
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
fn rooms(area: Rect) -> (Rect, Rect, Rect) {
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

/// The figures in their order; none where there is nothing to show.
fn laid_out(counted: &trends::Trends, fitted: Fitted, settings: &Settings) -> Vec<Figure> {
    let Some(span) = counted.span.filter(|_| holds_anything(counted)) else {
        return Vec::new();
    };
    let width = usize::from(fitted.width);
    vec![
        calendar::calendar(counted, span, fitted.telling, width, settings),
        counts::competencies(counted, span, width, settings),
        counts::experiments(counted, span, width, settings),
        counts::energy(counted, width, settings),
        counts::signals(counted, settings),
        counts::words(counted, width, settings),
    ]
}

fn holds_anything(counted: &trends::Trends) -> bool {
    counted.shifts > 0
        || counted.coverage.iter().any(|one| one.total() > 0)
        || counted.settled.iter().map(Outcomes::total).any(|n| n > 0)
        || !counted.signals.is_empty()
}
