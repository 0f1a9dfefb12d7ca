//! The calendar of shifts: days as cells, or months where there are too many days.
//!
//! ```text
//!           Mon Tue Wed Thu Fri Sat Sun
//!   9 Nov    ●  ●○   ·   ○   ●   ·   ·    reflected on 3 of 5
//!
//!       Jul Aug Sep Oct
//!   Mon ●··●·●··
//!   Tue ·●●·○··●
//! ```

use std::borrow::Cow;

use chrono::{Datelike, Months, NaiveDate};
use ratatui::style::Style;
use ratatui::text;

use crate::domain::calendar::{Week, add_days};
use crate::domain::figures::{MIN_FOR_MEDIAN, Span, Spread};
use crate::domain::sparkline::sparkline;
use crate::domain::trends::Trends;
use crate::domain::trends::day::Day;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::Settings;
use crate::tui::theme::Theme;
use crate::tui::widgets::shifts::{self, DAY};

use super::figure::{Figure, Row};
use super::mark::{Mark, day, reflections, within};

/// Up to so many weeks stand under each other, more of them side by side.
const WEEKS_AS_ROWS: usize = 14;
/// So many weeks side by side are still days; from then on months are shown.
const WEEKS_AS_COLUMNS: usize = 54;
/// Cells before the first day.
const MARGIN: usize = 8;
/// From so many cells on, weeks have words beside them and legends are whole.
const ROOMY: usize = MARGIN + 7 * DAY + 24;
/// Cells of a month.
const MONTH: usize = 5;
/// The count of a month that fills a cell at least.
const FULL_MONTH: u32 = 8;
/// A day on which different levels of energy were said.
const SEVERAL: &str = "+";
/// A shift without energy.
const UNSAID: &str = "-";

/// What the cells of the calendar tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Telling {
    /// Which shifts were reflected on.
    #[default]
    Reflected,
    /// The energy that was said.
    Energy,
}

impl Telling {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Reflected => Self::Energy,
            Self::Energy => Self::Reflected,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Reflected => "reflected on",
            Self::Energy => "energy",
        }
    }
}

/// The calendar of a range, in a room of so many cells.
pub fn calendar(
    trends: &Trends,
    span: Span,
    telling: Telling,
    width: usize,
    settings: &Settings,
) -> Figure {
    let n = match telling {
        Telling::Reflected => trends.reflections,
        Telling::Energy => trends.energy.iter().map(|(_, spread)| spread.n()).sum(),
    };
    let key = settings.keymap.key_of(Context::Trends, Action::TellOther);
    let mut figure = Figure::new(
        format!("Shifts, {}", telling.name()),
        format!("n {n}; {key}: {}", telling.other().name()),
    );
    let grid = Grid {
        trends,
        span,
        telling,
        width,
        settings,
    };
    let weeks: Vec<Week> = grid.weeks().collect();
    if weeks.len() <= WEEKS_AS_ROWS {
        grid.weeks_under_each_other(&weeks, &mut figure);
    } else if weeks.len() <= WEEKS_AS_COLUMNS {
        grid.weeks_side_by_side(&weeks, &mut figure);
    } else {
        grid.months(&mut figure);
    }
    figure
}

struct Grid<'a> {
    trends: &'a Trends,
    span: Span,
    telling: Telling,
    width: usize,
    settings: &'a Settings,
}

impl Grid<'_> {
    fn weeks(&self) -> impl Iterator<Item = Week> {
        let starts = self.settings.rules.week_starts;
        let first = Week::of(self.span.first, starts);
        let last = self.span.last;
        let weeks = (0..).map(move |n| Week::of(add_days(first.first, 7 * n), starts));
        weeks.take_while(move |week| week.first <= last)
    }

    /// A day that has begun and lies in the range.
    fn shows(&self, date: NaiveDate) -> bool {
        self.span.contains(date) && date <= self.trends.today
    }

    fn weeks_under_each_other(&self, weeks: &[Week], figure: &mut Figure) {
        let theme = &self.settings.theme;
        let mut head = Row::default();
        head.pad(MARGIN);
        for date in weeks.first().into_iter().flat_map(|week| week.days()) {
            head.push(format!("{:<DAY$}", date.format("%a")), theme.dim);
        }
        figure.push(head);
        for week in weeks {
            let mut row = Row::default();
            let name = week.first.format("%-d %b").to_string();
            row.push(format!("{name:>MARGIN$}", MARGIN = MARGIN - 1), theme.dim);
            for (at, date) in week.days().enumerate() {
                if self.shows(date) {
                    let marks = self.cells(date);
                    row.pad(MARGIN + shifts::before(marks.len()) + at * DAY);
                    row.mark_of(marks, Mark::Day(date));
                }
            }
            let span = Span::new(week.first, week.last());
            if self.width >= ROOMY && week.first <= self.trends.today {
                row.pad(MARGIN + 7 * DAY + 2);
                row.push(self.week_in_words(span), theme.dim);
            }
            figure.push(row);
        }
        self.legend(figure, true);
    }

    fn week_in_words(&self, span: Span) -> String {
        let days = within(self.trends, span);
        let worked: u32 = days.iter().map(Day::worked).sum();
        let reflected: u32 = days.iter().map(Day::reflected_on).sum();
        match (worked, self.telling) {
            (0, _) => String::new(),
            (_, Telling::Reflected) => format!("reflected on {reflected} of {worked}"),
            (_, Telling::Energy) => {
                let said: u32 = days.iter().map(|day| day.energy().n()).sum();
                format!("energy at n {said}")
            }
        }
    }

    fn weeks_side_by_side(&self, weeks: &[Week], figure: &mut Figure) {
        let theme = &self.settings.theme;
        let room = self.width.saturating_sub(MARGIN + 1).max(1);
        let pitch = if weeks.len() * 2 <= room { 2 } else { 1 };
        let blocks = weeks.chunks((room / pitch).max(1));
        for (block, weeks) in blocks.enumerate() {
            if block > 0 {
                figure.push(Row::default());
            }
            figure.push(self.month_names(weeks, pitch));
            for weekday in 0..7 {
                let mut row = Row::default();
                let days = weeks.iter().map(|week| add_days(week.first, weekday));
                for (at, date) in days.enumerate() {
                    if at == 0 {
                        row.push(format!("    {}", date.format("%a")), theme.dim);
                    }
                    row.pad(MARGIN + at * pitch);
                    if self.shows(date) {
                        let (glyph, style) = self.cell(date);
                        row.mark(glyph, style, Mark::Day(date));
                    }
                }
                figure.push(row);
            }
        }
        self.legend(figure, false);
    }

    /// The name of each month over the week in which it begins.
    fn month_names(&self, weeks: &[Week], pitch: usize) -> Row {
        let mut row = Row::default();
        let mut free = MARGIN;
        let mut named = None;
        for (at, week) in weeks.iter().enumerate() {
            let month = week.last().min(self.span.last).month();
            let x = MARGIN + at * pitch;
            if named != Some(month) && x >= free {
                row.pad(x);
                row.push(
                    week.last().format("%b").to_string(),
                    self.settings.theme.dim,
                );
                free = x + 4;
            }
            named = Some(month);
        }
        row
    }

    /// The marks of a day that has room for one for each of its shifts.
    fn cells(&self, date: NaiveDate) -> Vec<text::Span<'static>> {
        if self.telling == Telling::Energy {
            let (glyph, style) = self.cell(date);
            return vec![text::Span::styled(glyph, style)];
        }
        let day = day(self.trends, date);
        let (reflected_on, worked) = day.map_or((0, 0), |day| (day.reflected_on(), day.worked()));
        shifts::marks(reflected_on, worked - reflected_on, &self.settings.theme)
    }

    /// The one mark of a day.
    fn cell(&self, date: NaiveDate) -> (Cow<'static, str>, Style) {
        let theme = &self.settings.theme;
        let glyphs = theme.glyphs;
        let Some(day) = day(self.trends, date).filter(|day| day.worked() > 0) else {
            return (glyphs.nothing.into(), theme.dim);
        };
        match self.telling {
            Telling::Reflected => {
                let is_one = day.worked() == 1;
                let (glyph, style) = match (day.reflected_on() > 0, is_one) {
                    (true, true) => (glyphs.reflected, theme.accent),
                    (true, false) => (glyphs.several, theme.accent),
                    (false, true) => (glyphs.logged, theme.text),
                    (false, false) => (glyphs.several_logged, theme.text),
                };
                (glyph.into(), style)
            }
            Telling::Energy => level(day.energy(), theme),
        }
    }

    /// The words beside the marks. What is still to come has none; where a day has one mark for
    /// all of its shifts, that is said if there is such a day.
    fn legend(&self, figure: &mut Figure, has_each_shift: bool) {
        let theme = &self.settings.theme;
        let glyphs = theme.glyphs;
        let mut text = match self.telling {
            Telling::Reflected => format!(
                "{} reflected on  {} logged  {} neither",
                glyphs.reflected, glyphs.logged, glyphs.nothing
            ),
            Telling::Energy if self.width < ROOMY => format!(
                "1 to 5  {SEVERAL} several  {UNSAID} unsaid  {} none",
                glyphs.nothing
            ),
            Telling::Energy => format!(
                "1 empty to 5 full  {SEVERAL} several  {UNSAID} not said  {} none",
                glyphs.nothing
            ),
        };
        if self.width >= ROOMY && self.span.last > self.trends.today {
            text.push_str("  blank: still to come");
        }
        figure.say(text, theme.dim);
        let mut days = within(self.trends, self.span).iter();
        if self.telling == Telling::Reflected && !has_each_shift && days.any(|day| day.worked() > 1)
        {
            let several = format!(
                "{} {} the same for several shifts",
                glyphs.several, glyphs.several_logged
            );
            figure.say(several, theme.dim);
        }
    }

    /// Years under each other, twelve or six months in a line.
    fn months(&self, figure: &mut Figure) {
        let theme = &self.settings.theme;
        let in_line: u32 = if MARGIN + 12 * MONTH <= self.width {
            12
        } else {
            6
        };
        let months = months(Span::new(
            self.span.first,
            self.span.last.min(self.trends.today),
        ));
        let most = months.iter().map(|month| reflections(self.trends, *month));
        let most = most.max().unwrap_or(0).max(FULL_MONTH);
        let mut lines: Vec<(i32, u32, Row)> = Vec::new();
        for month in months {
            let (year, of) = (month.first.year(), month.first.month0());
            let half = of / in_line;
            if lines
                .last()
                .is_none_or(|(y, h, _)| (*y, *h) != (year, half))
            {
                let mut row = Row::default();
                row.push(format!("    {year}"), theme.dim);
                lines.push((year, half, row));
            }
            if let Some((.., row)) = lines.last_mut() {
                let at = usize::try_from(of % in_line).unwrap_or(0);
                row.pad(MARGIN + 1 + at * MONTH);
                let (text, style) = self.month(month, most);
                row.mark(text, style, Mark::Month(month));
            }
        }
        let mut head = None;
        for (_, half, row) in lines {
            if head != Some(half) {
                figure.push(self.names_of_months(half * in_line, in_line));
                head = Some(half);
            }
            figure.push(row);
        }
        let text = match self.telling {
            Telling::Reflected => "reflections in each month".to_owned(),
            Telling::Energy => format!(
                "median energy of each month; n: fewer than {MIN_FOR_MEDIAN}, too few for one"
            ),
        };
        figure.say(text, theme.dim);
    }

    fn names_of_months(&self, first: u32, count: u32) -> Row {
        let mut row = Row::default();
        for (at, month) in (first..first + count).enumerate() {
            row.pad(MARGIN + 1 + at * MONTH);
            let name = NaiveDate::from_ymd_opt(2000, month + 1, 1);
            let name = name.map(|date| date.format("%b").to_string());
            row.push(name.unwrap_or_default(), self.settings.theme.dim);
        }
        row
    }

    fn month(&self, month: Span, most: u32) -> (Cow<'static, str>, Style) {
        let theme = &self.settings.theme;
        let n = reflections(self.trends, month);
        if n == 0 {
            return (theme.glyphs.nothing.into(), theme.dim);
        }
        match self.telling {
            Telling::Reflected => {
                let bar = sparkline(&[n], most, theme.glyphs.bars);
                (format!("{bar}{n}").into(), theme.accent)
            }
            Telling::Energy => {
                let mut all = Spread::default();
                for day in within(self.trends, month) {
                    all.merge(&day.energy());
                }
                match all.median_in_words() {
                    Some(median) => (median.into(), theme.accent),
                    None => (format!("n{}", all.n()).into(), theme.dim),
                }
            }
        }
    }
}

/// The months that a span touches, the first and the last cut to it.
fn months(span: Span) -> Vec<Span> {
    let mut months = Vec::new();
    let mut first = span.first;
    while first <= span.last {
        let next = first
            .with_day(1)
            .and_then(|first| first.checked_add_months(Months::new(1)));
        let Some(next) = next else { break };
        months.push(Span::new(first, add_days(next, -1).min(span.last)));
        first = next;
    }
    months
}

/// One level as its digit; several different ones are not made into one.
fn level(energy: Spread, theme: &Theme) -> (Cow<'static, str>, Style) {
    let mut levels = energy.levels();
    match (levels.next(), levels.last()) {
        (None, _) => (UNSAID.into(), theme.text),
        (Some(lowest), Some(highest)) if lowest != highest => (SEVERAL.into(), theme.text),
        (Some(level), _) => {
            let style = match level {
                4.. => theme.accent,
                3 => theme.text,
                _ => theme.heading,
            };
            (level.to_string().into(), style)
        }
    }
}
