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
mod texts;
mod view;

use ratatui::layout::{Position, Rect, Size};

use crate::domain::figures::Outcomes;
use crate::domain::trends::{self, Range};
use crate::tui::effect::{Ask, RequestId};
use crate::tui::keymap::{Action, Context};
use crate::tui::model::{Outbox, Settings, Tone};
use crate::tui::step::Step;
use crate::tui::view::body;

use calendar::Telling;
use figure::{Figure, Step as Way};
use mark::Mark;
use view::rooms;

/// Nothing is drawn further right, so that a mark stays near its words on a wide screen.
const WIDEST: u16 = 120;
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
        let area = body(size);
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
        let same = figure.and_then(|figure| match kept {
            Some(kept) => figure.marks.iter().position(|one| one.mark == *kept),
            // The figures were not laid out; the mark is where it was.
            None => self.at.mark.filter(|at| *at < figure.marks.len()),
        });
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
