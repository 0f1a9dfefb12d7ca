//! The figures of a week as lines: loops, goals, what went well, what comes back, energy.

use chrono::{Datelike, NaiveDate};
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::{counted, day_and_month, due_in_words};
use crate::domain::catalog::Catalog;
use crate::domain::figures::{MONTH_DAYS, Quote};
use crate::domain::loops::OpenLoop;
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::sparkline::sparkline;
use crate::domain::week::{GoalWeek, WeekReview};
use crate::tui::model::Settings;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{clip, has_room_right, sign, spread};
use crate::tui::widgets::tally::{self, Cells, Figure};
use crate::tui::widgets::text_area;

use super::mark::Mark;

/// From this many columns on, a goal takes one line and the counts stand in the title.
const ONE_LINE: usize = 60;
/// Cells of what others said then.
const SAID: usize = 26;
/// Cells of its count of this week then.
const THIS_WEEK: usize = 12;
/// Cells of its chart.
const CHART: usize = 11;
/// A count of a week that is shown as bars is at most so long.
const MOST_BARS: u32 = 5;
/// A chart is never so steep that a single reflection looks like much.
const LEAST_SCALE: u32 = 4;

/// The week as lines.
#[derive(Debug, Default)]
pub struct Sheet<'a> {
    /// What is drawn.
    pub lines: Vec<Line<'a>>,
    /// What can be selected, in its order.
    pub stops: Vec<Stop>,
}

/// Something that can be selected, and where it stands.
#[derive(Debug)]
pub struct Stop {
    /// What it stands for.
    pub mark: Mark,
    /// Its line and cells; an open loop that is not drawn has no cells, in the line of the one next
    /// to it.
    pub cells: Cells,
    /// The cell of the sign that it is selected.
    pub sign: usize,
}

impl<'a> Sheet<'a> {
    /// Adds a line with something that can be selected from cell `x` on.
    fn push(&mut self, line: Line<'a>, mark: Mark, x: usize) {
        let cells = Cells {
            line: self.lines.len(),
            x,
            width: line.width().saturating_sub(x),
        };
        let sign = x.saturating_sub(2);
        self.stops.push(Stop { mark, cells, sign });
        self.lines.push(line);
    }

    /// Adds figures behind a label; those with a mark can be selected.
    fn figures(
        &mut self,
        label: &'static str,
        figures: Vec<(Option<Mark>, Figure<'a>)>,
        width: usize,
        theme: &Theme,
    ) {
        let (marks, figures): (Vec<_>, Vec<_>) = figures.into_iter().unzip();
        let (lines, places) = tally::placed(label, figures, width, theme);
        for (mark, place) in marks.into_iter().zip(places) {
            let line = self.lines.len() + place.line;
            let cells = Cells { line, ..place };
            let stop = mark.map(|mark| Stop {
                mark,
                cells,
                sign: 0,
            });
            self.stops.extend(stop);
        }
        self.lines.extend(lines);
    }

    /// Adds rows behind a label; those with a mark can be selected.
    fn rows(
        &mut self,
        label: &'static str,
        rows: Vec<(Option<Mark>, Figure<'a>)>,
        width: usize,
        theme: &Theme,
    ) {
        let (marks, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        let lines = tally::rows(label, rows, width, theme);
        let (x, above) = tally::first(width);
        for (at, mark) in marks.into_iter().enumerate() {
            let line = above + at;
            let wide = lines.get(line).map_or(0, Line::width);
            let cells = Cells {
                line: self.lines.len() + line,
                x,
                width: wide.saturating_sub(x),
            };
            let stop = mark.map(|mark| Stop {
                mark,
                cells,
                sign: 0,
            });
            self.stops.extend(stop);
        }
        self.lines.extend(lines);
    }
}

/// How the week is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Cells of a line.
    pub width: usize,
    /// Whether there are empty lines between the parts, and the templates at the end.
    pub is_roomy: bool,
    /// So many open loops are shown at once.
    pub loops: usize,
    /// The place of the selected open loop among all of them.
    pub selected: Option<usize>,
}

/// Lays the week out.
pub fn sheet<'a>(review: &WeekReview, look: Look, settings: &Settings) -> Sheet<'a> {
    let theme = &settings.theme;
    let width = look.width;
    let mut sheet = Sheet::default();
    title(review, width, theme, &mut sheet);
    let gap = |sheet: &mut Sheet| {
        if look.is_roomy {
            sheet.lines.push(Line::default());
        }
    };
    let besides = review.no_shift_but(&settings.catalog);
    if besides.is_some() || review.is_empty() {
        let nothing = "Nothing was written or settled in this week. That is a week too.";
        let text = besides.as_deref().unwrap_or(nothing);
        let rows = wrapped(text, width.saturating_sub(2));
        let rows = rows.map(|row| Line::styled(format!("  {row}"), theme.dim));
        sheet.lines.extend(rows);
    }
    gap(&mut sheet);
    loops(review, look, settings, &mut sheet);
    gap(&mut sheet);
    goals(review, width, settings, &mut sheet);
    gap(&mut sheet);
    let before = sheet.lines.len();
    went_well(&review.went_well, width, theme, &mut sheet);
    comes_back(review, width, theme, &mut sheet);
    energy(review, width, theme, &mut sheet);
    if look.is_roomy {
        let templates = templates(review, width, settings);
        sheet.lines.extend(templates);
    }
    if sheet.lines.len() > before {
        gap(&mut sheet);
    }
    sheet
}

fn title(review: &WeekReview, width: usize, theme: &Theme, sheet: &mut Sheet) {
    let mut title = format!("  Week {}, {}", review.number(), days(review));
    if !review.rotation.is_empty() {
        title = format!("{title}, {}", visible_line(&review.rotation));
    }
    let shifts = counted(review.shifts, "shift");
    let counts = if review.shifts == 0 {
        "no reflections".to_owned()
    } else if review.shifts_reflected_on < review.shifts {
        format!("reflected on {} of {shifts}", review.shifts_reflected_on)
    } else {
        let reflections = counted(review.reflections, "reflection");
        format!("{reflections} over {shifts}")
    };
    let (line, x) = if width < ONE_LINE {
        let title = excerpt_of_title(&title, width);
        sheet.lines.push(Line::styled(title, theme.heading));
        (Line::styled(format!("  {counts}"), theme.dim), 2)
    } else {
        let x = width.saturating_sub(counts.width() + 2);
        let title = excerpt_of_title(&title, x.saturating_sub(1));
        let left = vec![Span::styled(title, theme.heading)];
        let right = vec![Span::styled(format!("{counts}  "), theme.dim)];
        (spread(left, right, width), x)
    };
    if review.reflections > 0 {
        sheet.push(line, Mark::Reflections, x);
    } else {
        sheet.lines.push(line);
    }
}

/// The title with the two cells in front of it.
fn excerpt_of_title(title: &str, width: usize) -> String {
    format!("  {}", excerpt(title, width.saturating_sub(2)))
}

/// "16-22 Nov", "30 Nov-6 Dec".
fn days(review: &WeekReview) -> String {
    let (first, last) = (review.week.first, review.week.last());
    let from = if first.month() == last.month() {
        first.format("%-d").to_string()
    } else {
        day_and_month(first, review.today)
    };
    format!("{from}-{}", day_and_month(last, review.today))
}

/// The loops by outcome and those that are open.
fn loops(review: &WeekReview, look: Look, settings: &Settings, sheet: &mut Sheet) {
    let theme = &settings.theme;
    let loops = &review.loops;
    let said = |words: &'static str, n: String| {
        vec![Span::styled(words, theme.text), Span::styled(n, theme.text)]
    };
    let due = said("due ", loops.due.to_string());
    let mut figures = vec![((loops.due > 0).then_some(Mark::Due), due)];
    let settled = tally::outcomes(&loops.settled, theme).into_iter();
    figures.extend(settled.map(|(outcome, figure)| {
        let is_any = loops.settled.of(outcome) > 0;
        (is_any.then_some(Mark::Settled(outcome)), figure)
    }));
    let shown = look.loops.max(1);
    let below = u32::try_from(loops.open.len().min(shown)).unwrap_or(u32::MAX);
    let mut open = said("open ", loops.open_count.to_string());
    if below < loops.open_count {
        open.push(Span::styled(format!(", {below} below"), theme.text));
    }
    figures.push(((loops.open_count > 0).then_some(Mark::Open), open));
    let rate = loops.rate();
    if rate.whole > 0 {
        let tried = said("tried ", rate.in_words());
        figures.push(((rate.part > 0).then_some(Mark::Tried), tried));
    }
    sheet.figures("Loops", figures, look.width, theme);
    let start = sheet.lines.len();
    let first = look
        .selected
        .map_or(0, |selected| (selected + 1).saturating_sub(shown));
    for open in loops.open.iter().skip(first).take(shown) {
        let line = open_loop(open, look.width, settings, review.today);
        sheet.lines.push(line);
    }
    let last = (sheet.lines.len() - 1).max(start);
    let x = 4;
    let stops = loops.open.iter().enumerate().map(|(at, open)| Stop {
        mark: Mark::Loop(open.experiment.id),
        cells: Cells {
            line: (start + at.saturating_sub(first)).min(last),
            x,
            width: if (first..first + shown).contains(&at) {
                look.width.saturating_sub(x)
            } else {
                0
            },
        },
        sign: x - 2,
    });
    sheet.stops.extend(stops);
}

fn open_loop<'a>(open: &OpenLoop, width: usize, settings: &Settings, today: NaiveDate) -> Line<'a> {
    let theme = &settings.theme;
    let when = due_in_words(open.experiment.due, today);
    let style = if open.experiment.is_due(today) {
        theme.accent
    } else {
        theme.dim
    };
    let sign = sign(open.damaged, theme);
    let cells = sign.as_ref().map_or(0, Span::width);
    let right = format!("{when}  ");
    // Where the day has no room, its line is the text's.
    let taken = if has_room_right(&right, width) {
        right.width() + 1
    } else {
        1
    };
    let room = width.saturating_sub(taken + 6 + cells);
    let mark = format!("    {} ", theme.glyphs.open);
    let mut left = vec![Span::styled(mark, theme.accent)];
    left.extend(sign);
    let text = excerpt(&open.experiment.text, room);
    left.push(Span::styled(text, theme.text));
    spread(left, vec![Span::styled(right, style)], width)
}

fn goals(review: &WeekReview, width: usize, settings: &Settings, sheet: &mut Sheet) {
    let theme = &settings.theme;
    if review.goals.is_empty() {
        let none = vec![Span::styled("none chosen for this year", theme.dim)];
        return sheet.rows("Goals", vec![(None, none)], width, theme);
    }
    let weeks = review.goals.iter().flat_map(|goal| goal.weeks);
    let most = weeks.max().unwrap_or(0).max(LEAST_SCALE);
    let room = name_room(width);
    let mut head = vec![Span::styled(format!("  {:<room$}", "Goals"), theme.heading)];
    if width >= ONE_LINE {
        let columns = format!(
            "{:<THIS_WEEK$}{:<CHART$}said by others",
            "this week", "8 weeks"
        );
        head.push(Span::styled(columns, theme.dim));
    }
    sheet.lines.push(clip(head, width));
    for goal in &review.goals {
        let mut lines = self::goal(goal, most, width, theme, &settings.catalog).into_iter();
        if let Some(line) = lines.next() {
            sheet.push(line, Mark::Goal(goal.goal), 4);
        }
        sheet.lines.extend(lines);
    }
}

/// Cells of a goal's name and of the two in front of it, where a goal takes one line.
const fn name_room(width: usize) -> usize {
    let left = width.saturating_sub(THIS_WEEK + CHART + SAID);
    if left < 18 {
        18
    } else if left > 34 {
        34
    } else {
        left
    }
}

fn goal<'a>(
    goal: &GoalWeek,
    most: u32,
    width: usize,
    theme: &Theme,
    catalog: &Catalog,
) -> Vec<Line<'a>> {
    let name = catalog.competency_name(&goal.competency);
    let n = goal.this_week();
    let bar = theme.glyphs.bars.0.last().copied().unwrap_or('#');
    let bars: String = (0..n.min(MOST_BARS)).map(|_| bar).collect();
    let this_week = if n == 0 {
        "- 0".to_owned()
    } else {
        format!("{bars} {n}")
    };
    let chart = sparkline(&goal.weeks, most, theme.glyphs.bars);
    let said = said(goal);
    if width >= ONE_LINE {
        let room = name_room(width);
        let name = excerpt(name, room - 3);
        let pad = " ".repeat((room - 2).saturating_sub(name.width()));
        return vec![clip(
            vec![
                Span::styled(format!("    {name}{pad}"), theme.text),
                Span::styled(format!("{this_week:<THIS_WEEK$}"), theme.text),
                Span::styled(format!("{chart:<CHART$}"), theme.accent),
                Span::styled(said, theme.dim),
            ],
            width,
        )];
    }
    let name = excerpt(name, width.saturating_sub(5));
    let week = format!("      {n} this week  ");
    vec![
        Line::styled(format!("    {name}"), theme.text),
        clip(
            vec![
                Span::styled(week, theme.text),
                Span::styled(chart, theme.accent),
            ],
            width,
        ),
        Line::styled(
            format!(
                "      from others {}",
                excerpt(&said, width.saturating_sub(19))
            ),
            theme.dim,
        ),
    ]
}

/// What others said about a goal in a month: "2 (nurse, peer)". Without anything, how long nothing
/// was written on it either, or a nudge to ask.
fn said(goal: &GoalWeek) -> String {
    let total = goal.said_total();
    if total > 0 {
        let roles: Vec<&str> = goal.said.iter().map(|(giver, _)| giver.name()).collect();
        return format!("{total} ({})", roles.join(", "));
    }
    match goal.days_since {
        None => "0  nothing this year".to_owned(),
        Some(days) if days >= MONTH_DAYS => format!("0  none for {days} days"),
        Some(_) => "0  ask someone?".to_owned(),
    }
}

fn quote<'a>(text: &Quote, room: usize, theme: &Theme) -> Span<'a> {
    let text = text.text.excerpt(room.saturating_sub(2));
    Span::styled(format!("\"{text}\""), theme.text)
}

fn went_well(quotes: &[Quote], width: usize, theme: &Theme, sheet: &mut Sheet) {
    if quotes.is_empty() {
        return;
    }
    let room = tally::room(width);
    let quotes = quotes.iter().map(|text| {
        let mark = Mark::WentWell(text.reflection);
        (Some(mark), vec![quote(text, room, theme)])
    });
    sheet.rows("Went well", quotes.collect(), width, theme);
}

fn comes_back(review: &WeekReview, width: usize, theme: &Theme, sheet: &mut Sheet) {
    if review.comes_back.is_empty() {
        return;
    }
    let room = tally::room(width);
    let times = |times: u32| match times {
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    let mut rows: Vec<(Option<Mark>, Figure)> = Vec::new();
    for (at, found) in review.comes_back.iter().enumerate() {
        let tag = format!("#{}", visible_line(found.tag.as_str()));
        let count = times(found.times);
        let span = if at == 0 {
            format!(" {count} in {MONTH_DAYS} days  ")
        } else {
            format!(" {count}  ")
        };
        let left = room.saturating_sub(tag.width() + span.width());
        let mut row = vec![
            Span::styled(tag, theme.accent),
            Span::styled(span, theme.text),
        ];
        let words = quote(&found.latest, left, theme);
        if left >= 20 {
            row.push(Span::styled(words.content, theme.dim));
        }
        rows.push((Some(Mark::ComesBack(found.tag.clone())), row));
    }
    if let Some(found) = review.comes_back.iter().find(|found| found.talk_it_through) {
        let text = format!(
            "Nothing was tried against #{} yet. Talking it through with somebody may serve better \
             than another entry.",
            visible_line(found.tag.as_str())
        );
        let text = wrapped(&text, room);
        rows.extend(text.map(|row| (None, vec![Span::styled(row, theme.dim)])));
    }
    sheet.rows("Comes back", rows, width, theme);
}

fn energy(review: &WeekReview, width: usize, theme: &Theme, sheet: &mut Sheet) {
    if review.energy.is_empty() {
        return;
    }
    let figures = review.energy.iter().map(|(shift, spread)| {
        let levels = format!(" {}", tally::energy(spread));
        let figure = vec![
            Span::styled(shift.name().to_lowercase(), theme.dim),
            Span::styled(levels, theme.text),
        ];
        let is_any = spread.n() > 0;
        (is_any.then_some(Mark::Energy(*shift)), figure)
    });
    sheet.figures("Energy 1-5", figures.collect(), width, theme);
}

fn templates<'a>(review: &WeekReview, width: usize, settings: &Settings) -> Vec<Line<'a>> {
    if review.templates.is_empty() {
        return Vec::new();
    }
    let theme = &settings.theme;
    let figures = review.templates.iter().map(|(id, times)| {
        let title = settings.catalog.template(id).title;
        let title = visible_line(&title);
        vec![Span::styled(format!("{title} {times}"), theme.dim)]
    });
    tally::figures("Templates", figures, width, theme)
}

/// The text on as many lines as it takes.
pub fn wrapped(text: &str, width: usize) -> impl Iterator<Item = String> {
    let rows = text_area::rows(text, width.saturating_sub(1));
    rows.map(|row| text.get(row).unwrap_or_default().trim_end().to_owned())
}
