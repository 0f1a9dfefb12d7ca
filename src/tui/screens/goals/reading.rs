//! One goal in full: the writer's lines, what the journal holds about it, and what the writer says
//! beside what others said.

use chrono::NaiveDate;
use ratatui::text::{Line, Span};

use crate::domain::calendar::{academic_year, day_and_month, short_date};
use crate::domain::evidence::{WEEKS, feedback_question};
use crate::domain::goal::GoalLine;
use crate::domain::prose::{excerpt, visible_line};
use crate::domain::reflection::{Entry, Giver};
use crate::domain::sparkline::sparkline;
use crate::journal::GoalRow;
use crate::tui::keymap::{Action, Context};
use crate::tui::model::Settings;
use crate::tui::theme::Theme;
use crate::tui::widgets::text_area;

use super::list;

/// Columns of the labels.
const LABEL: usize = 13;
/// Rows that one line of the writer's may take.
const MOST_ROWS: usize = 6;
/// Rows that a quotation may take.
const QUOTED_ROWS: usize = 4;
/// From this many columns on, what others said stands beside what the writer says.
const BESIDE: usize = 56;

/// The goal as lines of at most `width` cells; `most` is the scale of the chart.
pub fn lines<'a>(
    row: &GoalRow,
    (width, most): (usize, u32),
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let name = settings.catalog.competency_name(&row.goal.competency);
    let mut lines = vec![Line::styled(excerpt(name, width), theme.heading)];
    lines.extend(standing(row, width, settings, today));
    lines.push(Line::default());
    lines.extend(own_lines(row, width, settings));
    lines.push(Line::default());
    lines.extend(figures(row, (width, most), settings, today));
    lines.extend(question(row, width, settings, today));
    lines.push(Line::default());
    lines.extend(views(row, width, theme, today));
    lines
}

/// Where it stands, if it is not simply active; and whether it is damaged.
fn standing<'a>(
    row: &GoalRow,
    width: usize,
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let goal = &row.goal;
    let mut lines = Vec::new();
    if let Some(text) = list::left_over(row, settings) {
        lines.extend(wrapped(&text, width, 2).map(|row| Line::styled(row, theme.warning)));
    }
    if let Some(date) = goal.status_date {
        let when = day_and_month(date, today);
        let mut text = format!("{} {when}", goal.status.name());
        if !goal.status_note.is_blank() {
            text = format!("{text}: {}", goal.status_note.as_str());
        }
        lines.extend(wrapped(&text, width, MOST_ROWS).map(|row| Line::styled(row, theme.text)));
    }
    if row.damaged {
        let text = "Part of this goal is damaged. Look for it in a backup: postcall backup list";
        lines.extend(wrapped(text, width, 3).map(|row| Line::styled(row, theme.warning)));
    }
    lines
}

fn own_lines<'a>(row: &GoalRow, width: usize, settings: &Settings) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let mut lines = Vec::new();
    for line in GoalLine::ASKED {
        if let Some(text) = row.goal.lines.line(line).filter(|text| !text.is_blank()) {
            lines.extend(labelled(line.label(), text, width, theme));
        }
    }
    if lines.is_empty() {
        let key = settings.keymap.key_of(Context::Goals, Action::Edit);
        let text = format!("{key} adds why, strength, gap, role sought and obstacle.");
        lines.extend(wrapped(&text, width, 2).map(|row| Line::styled(row, theme.dim)));
    }
    lines
}

fn figures<'a>(
    row: &GoalRow,
    (width, most): (usize, u32),
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let evidence = &row.evidence;
    let bars = sparkline(&evidence.weeks, most, theme.glyphs.bars);
    let label = |text: &str| Span::styled(format!("{text:<LABEL$}"), theme.dim);
    let mut lines = vec![Line::from(vec![
        label("Weeks"),
        Span::styled(bars, theme.accent),
        Span::styled(
            format!("  {} in {WEEKS} weeks", evidence.in_weeks(WEEKS)),
            theme.text,
        ),
    ])];
    let year_starts = settings.rules.academic_year_starts;
    let is_of_this_year = row.goal.academic_year == academic_year(today, year_starts);
    let reflections = format!(
        "{} {}, {}",
        evidence.reflections,
        if is_of_this_year {
            "this year"
        } else {
            "in all"
        },
        list::touched(evidence, today)
    );
    let experiments = list::experiments(evidence).unwrap_or_else(|| "none yet".to_owned());
    let feedback = list::feedback(evidence).unwrap_or_else(|| "none yet".to_owned());
    lines.extend(labelled("Reflections", &reflections, width, theme));
    lines.extend(labelled("Experiments", &experiments, width, theme));
    lines.extend(labelled("From others", &feedback, width, theme));
    lines
}

/// "What I say" beside "What others said", or under it where there is no room.
fn views<'a>(row: &GoalRow, width: usize, theme: &Theme, today: NaiveDate) -> Vec<Line<'a>> {
    let evidence = &row.evidence;
    let column = if width >= BESIDE {
        (width - 3) / 2
    } else {
        width
    };
    let of_date = |entry: &Entry| short_date(entry.reflection.shift_date, today);
    let own = quotations("What I say", &evidence.own, column, theme, of_date);
    let said = quotations("What others said", &evidence.said, column, theme, |entry| {
        let giver = entry.reflection.giver().map_or("", Giver::name);
        format!("{giver}, {}", of_date(entry))
    });
    if width < BESIDE {
        return own
            .into_iter()
            .chain([Line::default()])
            .chain(said)
            .collect();
    }
    let rows = own.len().max(said.len());
    let (mut own, mut said) = (own.into_iter(), said.into_iter());
    (0..rows)
        .map(|_| {
            let mut line = own.next().unwrap_or_default();
            let pad = (column + 3).saturating_sub(line.width());
            line.push_span(Span::raw(" ".repeat(pad)));
            for span in said.next().unwrap_or_default() {
                line.push_span(span);
            }
            line
        })
        .collect()
}

fn quotations<'a>(
    title: &'static str,
    entries: &[Entry],
    width: usize,
    theme: &Theme,
    head: impl Fn(&Entry) -> String,
) -> Vec<Line<'a>> {
    let mut lines = vec![Line::styled(title, theme.heading)];
    if entries.is_empty() {
        lines.push(Line::styled("Nothing yet.", theme.dim));
    }
    for entry in entries {
        lines.push(Line::styled(excerpt(&head(entry), width), theme.dim));
        let words = format!("\"{}\"", entry.first_words(width * QUOTED_ROWS));
        let rows = wrapped(&words, width, QUOTED_ROWS);
        lines.extend(rows.map(|row| Line::styled(row, theme.text)));
    }
    lines
}

/// After a month without feedback from others: something to ask one of them.
fn question<'a>(
    row: &GoalRow,
    width: usize,
    settings: &Settings,
    today: NaiveDate,
) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    if !row.evidence.asks_for_feedback(&row.goal, today) {
        return Vec::new();
    }
    let Some(question) = feedback_question(&settings.catalog, today) else {
        return Vec::new();
    };
    let since = list::unheard(&row.evidence, today);
    let since = format!("{since}. You could ask:");
    let key = settings
        .keymap
        .key_of(Context::Goals, Action::AskForFeedback);
    let mut lines = vec![Line::default()];
    lines.extend(wrapped(&since, width, 2).map(|row| Line::styled(row, theme.dim)));
    lines.extend(wrapped(&question, width, 3).map(|row| Line::styled(row, theme.text)));
    lines.push(Line::from(vec![
        Span::styled(key, theme.accent),
        Span::styled("  notes it for the answer", theme.dim),
    ]));
    lines
}

fn labelled<'a>(label: &str, text: &str, width: usize, theme: &Theme) -> Vec<Line<'a>> {
    wrapped(text, width.saturating_sub(LABEL), MOST_ROWS)
        .enumerate()
        .map(|(at, row)| {
            let label = if at == 0 { label } else { "" };
            Line::from(vec![
                Span::styled(format!("{label:<LABEL$}"), theme.dim),
                Span::styled(row, theme.text),
            ])
        })
        .collect()
}

/// The text on as many rows as it takes, but not more than `most`.
fn wrapped(text: &str, width: usize, most: usize) -> impl Iterator<Item = String> + use<> {
    let text = if text.len() > width * most {
        excerpt(text, width * most)
    } else {
        visible_line(text)
    };
    let rows: Vec<String> = text_area::rows(&text, width)
        .filter_map(|row| text.get(row))
        .map(|row| row.trim_end().to_owned())
        .filter(|row| !row.is_empty())
        .take(most)
        .collect();
    rows.into_iter()
}
