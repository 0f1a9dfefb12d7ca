//! The list of goals: the active ones with what gathers about them, then those met or set aside.
//!
//! ```text
//! > Giving and seeking feedback              ▁·▂▃·▁▂█  5 in 8 weeks   last Thu
//!     I give it late and vague.
//!     7 reflections; experiments: 3 helped, 1 mixed; feedback: nurse 2, peer 1
//!
//!   Met or set aside
//!   Improving the system, set aside 3 Nov: One project is enough.
//! ```

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::{day_and_month, past_day};
use crate::domain::evidence::{Evidence, WEEKS};
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::sparkline::sparkline;
use crate::journal::GoalRow;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::Settings;
use crate::tui::widgets::columns::{clip, sign, spread};
use crate::tui::widgets::text_area;

/// From this many columns on, the chart stands beside the name and not under it.
const BESIDE: usize = 72;
/// So many days back a date still says more than the days since.
const LATELY: i64 = 28;

/// What the list shows.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// The active goals first.
    pub rows: &'a [GoalRow],
    /// The place of the one that keys act on.
    pub selected: usize,
    /// Whether it is the list, and not the goal beside it, that moves.
    pub has_focus: bool,
}

/// Draws the list; the selected goal is in sight.
pub fn view(
    shown: &Shown<'_>,
    area: Rect,
    buffer: &mut Buffer,
    settings: &Settings,
    today: NaiveDate,
) {
    let lines = in_sight(shown, area, settings, today);
    for ((_, line), row) in lines.into_iter().zip(area.rows()) {
        line.render(row, buffer);
    }
}

/// The place of the goal in this row of the list, from 0.
pub fn goal_at(
    shown: &Shown<'_>,
    row: usize,
    area: Rect,
    settings: &Settings,
    today: NaiveDate,
) -> Option<usize> {
    let lines = in_sight(shown, area, settings, today);
    lines.into_iter().nth(row)?.0
}

/// The lines from the first one in sight on, each with the place of the goal that it is about.
fn in_sight<'a>(
    shown: &Shown<'_>,
    area: Rect,
    settings: &Settings,
    today: NaiveDate,
) -> Vec<(Option<usize>, Line<'a>)> {
    let Shown { rows, selected, .. } = *shown;
    let width = usize::from(area.width);
    let most = scale(rows);
    let chosen = if shown.has_focus {
        settings.theme.selected
    } else {
        settings.theme.heading
    };
    let mut lines = Vec::new();
    let mut is_closed = false;
    for (at, row) in rows.iter().enumerate() {
        if !row.goal.is_active() && !is_closed {
            is_closed = true;
            let title = Line::styled("  Met or set aside", settings.theme.heading);
            lines.push((None, title));
        }
        let style = (at == selected).then_some(chosen);
        if is_closed {
            lines.push((Some(at), closed(row, style, width, settings, today)));
        } else {
            let of_goal = active(row, style, (width, most), settings, today);
            lines.extend(of_goal.into_iter().map(|line| (Some(at), line)));
            lines.push((None, Line::default()));
        }
    }
    let is_selected = |(at, _): &(Option<usize>, Line)| *at == Some(selected);
    let start = lines.iter().position(is_selected).unwrap_or(0);
    let end = lines.iter().rposition(is_selected).map_or(0, |at| at + 1);
    let room = usize::from(area.height).max(1);
    lines.split_off(end.saturating_sub(room).min(start))
}

/// The count of a week that fills a cell: one for all goals, so that their charts can be compared,
/// and never so small that a single reflection looks like much.
pub fn scale(rows: &[GoalRow]) -> u32 {
    let active = rows.iter().filter(|row| row.goal.is_active());
    let weeks = active.flat_map(|row| row.evidence.weeks);
    weeks.max().unwrap_or(0).max(4)
}

fn active<'a>(
    row: &GoalRow,
    chosen: Option<Style>,
    (width, most): (usize, u32),
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let evidence = &row.evidence;
    let name = settings.catalog.competency_name(&row.goal.competency);
    let marker = chosen.map_or(" ", |_| theme.glyphs.marker);
    let style = chosen.unwrap_or(theme.heading);
    let mut title = vec![
        Span::styled(format!("{marker} "), theme.accent),
        Span::styled(excerpt(name, width.saturating_sub(2)), style),
    ];
    title.splice(1..1, sign(row.damaged, theme));
    let bars = sparkline(&evidence.weeks, most, theme.glyphs.bars);
    let count = format!("  {} in {WEEKS} weeks  ", evidence.in_weeks(WEEKS));
    let cells = bars.width() + count.width();
    let room = if width >= BESIDE {
        usize::MAX
    } else {
        width.saturating_sub(4 + cells)
    };
    let chart = vec![
        Span::styled(bars, theme.accent),
        Span::styled(count, theme.text),
        Span::styled(
            format!("{} ", when_touched(evidence, today, room)),
            theme.dim,
        ),
    ];
    let mut lines = if width >= BESIDE {
        vec![spread(title, chart, width)]
    } else {
        let mut below = vec![Span::raw("    ")];
        below.extend(chart);
        vec![clip(title, width), clip(below, width)]
    };
    let room = width.saturating_sub(5);
    if !row.goal.lines.why.is_blank() {
        let why = excerpt(&row.goal.lines.why, room);
        lines.push(Line::styled(format!("    {why}"), theme.text));
    }
    if let Some(text) = left_over(row, settings) {
        lines.push(Line::styled(format!("    {text}"), theme.warning));
    }
    let mut said = vec![counts(evidence)];
    if evidence.asks_for_feedback(&row.goal, today) {
        let key = settings
            .keymap
            .key_of(Context::Goals, Action::AskForFeedback);
        let since = unheard(evidence, today);
        said.push(format!("{since}. {key} has a question to ask."));
    }
    for text in said {
        let mut rows = text_area::rows(&text, room);
        let first = rows.next().and_then(|row| text.get(row));
        // What the second line does not hold is left out, and that is seen.
        let rest = rows.next().and_then(|row| text.get(row.start..));
        let rows = first.into_iter().chain(rest);
        let rows = rows.map(|row| format!("    {}", excerpt(row, room)));
        lines.extend(rows.map(|row| Line::styled(row, theme.dim)));
    }
    lines
}

fn closed<'a>(
    row: &GoalRow,
    chosen: Option<Style>,
    width: usize,
    settings: &Settings,
    today: NaiveDate,
) -> Line<'a> {
    let theme = &settings.theme;
    let goal = &row.goal;
    let marker = chosen.map_or(" ", |_| theme.glyphs.marker);
    let style = chosen.unwrap_or(theme.dim);
    let name = visible_line(settings.catalog.competency_name(&goal.competency));
    let when = goal.status_date.map(|date| day_and_month(date, today));
    let mut text = format!(
        "{name}, {} {}",
        goal.status.name(),
        when.unwrap_or_default()
    );
    if !goal.status_note.is_blank() {
        text = format!("{text}: {}", excerpt(&goal.status_note, width));
    }
    let mut spans = vec![Span::styled(format!("{marker} "), theme.accent)];
    spans.extend(sign(row.damaged, theme));
    spans.push(Span::styled(excerpt(&text, width.saturating_sub(2)), style));
    clip(spans, width)
}

/// When a reflection was last on it: "last Thu", "3 Nov", "none for 31 days".
pub fn touched(evidence: &Evidence, today: NaiveDate) -> String {
    let Some(last) = evidence.last_touched else {
        return "none yet".to_owned();
    };
    match today.signed_duration_since(last).num_days() {
        ..=LATELY => past_day(last, today),
        days => format!("none for {days} days"),
    }
}

/// The same in so many cells, or where that is too long, the day.
fn when_touched(evidence: &Evidence, today: NaiveDate, room: usize) -> String {
    let words = touched(evidence, today);
    match evidence.last_touched {
        Some(last) if words.width() > room => format!("last {}", day_and_month(last, today)),
        _ => words,
    }
}

/// How long nobody else said anything.
pub fn unheard(evidence: &Evidence, today: NaiveDate) -> String {
    match evidence.last_feedback {
        Some(last) => {
            let days = today.signed_duration_since(last).num_days();
            format!("None from others for {days} days")
        }
        None => "None from others yet".to_owned(),
    }
}

/// What there is, in words: reflections, experiments by outcome, feedback by role.
fn counts(evidence: &Evidence) -> String {
    let reflections = match evidence.reflections {
        0 => return "No reflection on it this year yet".to_owned(),
        1 => "1 reflection".to_owned(),
        n => format!("{n} reflections"),
    };
    let mut parts = vec![reflections];
    if let Some(experiments) = experiments(evidence) {
        parts.push(format!("experiments: {experiments}"));
    }
    if let Some(feedback) = feedback(evidence) {
        parts.push(format!("feedback: {feedback}"));
    }
    parts.join("; ")
}

/// "3 helped, 1 mixed"; `None` if there is no experiment.
pub fn experiments(evidence: &Evidence) -> Option<String> {
    let all = evidence.experiments.iter();
    let words: Vec<String> = all
        .map(|(outcome, count)| format!("{count} {}", outcome.name()))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// "nurse 2, peer 1"; `None` if nobody else said anything.
pub fn feedback(evidence: &Evidence) -> Option<String> {
    let all = evidence.feedback.iter();
    let words: Vec<String> = all
        .map(|(giver, count)| format!("{} {count}", giver.name()))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// That a goal is of a year that is over, and the key that takes it into this one.
pub fn left_over(row: &GoalRow, settings: &Settings) -> Option<String> {
    let key = settings.keymap.key_of(Context::Goals, Action::ContinueGoal);
    let year = row.goal.academic_year;
    let next = (year + 1) % 100;
    let text = || format!("From {year}-{next:02}. {key} takes it into this year.");
    row.is_left_over.then(text)
}
