//! The list drawn: a heading for each week, a line for each reflection.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, Weekday};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::domain::calendar::{Week, add_days, day_and_month};
use crate::domain::experiment::Outcome;
use crate::domain::highlight;
use crate::domain::id::ReflectionId;
use crate::domain::prose::excerpt_around;
use crate::domain::query::Query;
use crate::domain::reflection::{Entry, Field};
use crate::domain::shift::ShiftKind;
use crate::tui::model::Settings;
use crate::tui::widgets::columns::{marked, spread};

use super::window::Window;

/// Where the reflections in sight match the query first, so that drawing them searches none.
#[derive(Debug, Default)]
pub struct FirstMatches(HashMap<ReflectionId, Option<(Field, usize)>>);

impl FirstMatches {
    /// Searches those of the first `rows` rows in sight that were not searched before.
    pub fn look_in(&mut self, window: &Window, query: &Query, rows: usize) {
        for (_, row) in window.in_sight().take(rows) {
            let entry = &row.entry;
            self.0.entry(entry.reflection.id).or_insert_with(|| {
                Field::ALL.into_iter().find_map(|field| {
                    let found = highlight::matches(entry.text(field), &query.text_terms_in(field));
                    Some((field, found.first()?.start))
                })
            });
        }
    }

    fn of(&self, entry: &Entry) -> Option<(Field, usize)> {
        *self.0.get(&entry.reflection.id)?
    }
}

/// Draws the rows in sight.
pub fn view(
    window: &Window,
    query: &Query,
    matches: &FirstMatches,
    area: Rect,
    buffer: &mut Buffer,
    today: NaiveDate,
    settings: &Settings,
) {
    let theme = &settings.theme;
    let starts = settings.rules.week_starts;
    let width = usize::from(area.width);
    let mut lines = area.rows();
    let mut week = None;
    for (selected, row) in window.in_sight() {
        let this = Week::of(row.entry.reflection.shift_date, starts);
        if week.replace(this) != Some(this) {
            let Some(line) = lines.next() else { break };
            let title = week_in_words(this, today, starts);
            Line::styled(format!("  {title}"), theme.dim).render(line, buffer);
        }
        let Some(line) = lines.next() else { break };
        let words = |room| {
            if row.damaged {
                vec![Span::styled("damaged, partly readable", theme.warning)]
            } else {
                words(&row.entry, query, matches, room, settings)
            }
        };
        row_line(&row.entry, words, selected, width, settings).render(line, buffer);
        if selected {
            buffer.set_style(line, theme.selected);
        }
    }
}

/// One reflection in the list: date, shift, words, marks.
fn row_line<'a>(
    entry: &Entry,
    words: impl FnOnce(usize) -> Vec<Span<'a>>,
    selected: bool,
    width: usize,
    settings: &Settings,
) -> Line<'a> {
    let theme = &settings.theme;
    let r = &entry.reflection;
    let marker = if selected { theme.glyphs.marker } else { " " };
    let date = r.shift_date.format("%a %e").to_string();
    let kind = format!("{:<8}", short_kind(r.shift));
    let marks = marks(entry, settings);
    let used = 4 + 7 + 8 + 1 + marks.len() * 2;
    let mut left = vec![
        Span::styled(format!("  {marker} "), theme.accent),
        Span::styled(format!("{date} "), theme.dim),
        Span::styled(kind, theme.dim),
    ];
    left.extend(words(width.saturating_sub(used + 1)));
    spread(left, marks, width)
}

/// The first words of a reflection; in a search those around the first match, which is marked.
fn words<'a>(
    entry: &Entry,
    query: &Query,
    matches: &FirstMatches,
    room: usize,
    settings: &Settings,
) -> Vec<Span<'a>> {
    let theme = &settings.theme;
    let Some((field, at)) = matches.of(entry) else {
        return vec![Span::styled(entry.first_words(room), theme.text)];
    };
    let shown = excerpt_around(entry.text(field), at, room);
    let found = highlight::matches(&shown, &query.text_terms_in(field));
    marked(&shown, 0..shown.len(), &found, theme.text, theme.highlight)
}

/// Small marks at the end of a row: an open experiment, shared.
fn marks<'a>(entry: &Entry, settings: &Settings) -> Vec<Span<'a>> {
    let theme = &settings.theme;
    let mut marks = Vec::new();
    if entry
        .experiment
        .as_ref()
        .is_some_and(|experiment| experiment.outcome == Outcome::Open)
    {
        marks.push(Span::styled(theme.glyphs.open, theme.accent));
    }
    if entry.reflection.shared {
        marks.push(Span::styled(theme.glyphs.shared, theme.dim));
    }
    marks
}

const fn short_kind(shift: ShiftKind) -> &'static str {
    match shift {
        ShiftKind::Day => "day",
        ShiftKind::Long => "long",
        ShiftKind::Evening => "evening",
        ShiftKind::Night => "night",
        ShiftKind::Call24 => "call",
        ShiftKind::Clinic => "clinic",
        ShiftKind::Off => "off",
    }
}

/// "This week", "Last week", "Week of 10 Nov".
fn week_in_words(week: Week, today: NaiveDate, starts: Weekday) -> String {
    let this = Week::of(today, starts);
    if week == this {
        "This week".to_owned()
    } else if add_days(week.first, 7) == this.first {
        "Last week".to_owned()
    } else if week.first.year() == today.year() {
        format!("Week of {}", day_and_month(week.first, today))
    } else {
        format!("Week of {}", week.first.format("%-d %b %Y"))
    }
}
