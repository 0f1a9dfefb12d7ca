//! One reflection in full: the lines of it, for the reader and for the pane beside the list.

use std::fmt::Write as _;

use chrono::NaiveDate;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::domain::calendar::{day_and_month, due_in_words, short_date};
use crate::domain::experiment::{Experiment, FollowUp, Outcome};
use crate::domain::highlight;
use crate::domain::prose::{visible, visible_line};
use crate::domain::query::{Query, Words};
use crate::domain::reflection::{Entry, Field, Signal};
use crate::domain::shift;
use crate::tui::model::Settings;
use crate::tui::widgets::columns::marked;
use crate::tui::widgets::text_area;

/// The lines of a reflection at this width, the matched words marked.
#[must_use]
pub fn lines<'a>(
    entry: &Entry,
    width: usize,
    query: &Query,
    today: NaiveDate,
    settings: &Settings,
) -> Vec<Line<'a>> {
    let theme = &settings.theme;
    let r = &entry.reflection;
    let mut lines = Vec::new();
    let title = shift::describe(r.shift, r.shift_date, today);
    wrap_into(
        &mut lines,
        &title,
        width,
        theme.heading,
        &[],
        theme.highlight,
    );
    let template = settings.catalog.template(&r.template);
    let mut about = vec![template.title];
    if !r.rotation.is_empty() {
        about.insert(0, r.rotation.clone());
    }
    wrap_into(
        &mut lines,
        &visible_line(&about.join(" · ")),
        width,
        theme.dim,
        &[],
        theme.highlight,
    );
    for field in Field::ALL {
        let text = entry.text(field);
        if text.trim().is_empty() {
            continue;
        }
        lines.push(Line::default());
        lines.push(Line::styled(field.label(), theme.accent));
        wrap_into(
            &mut lines,
            &visible(text),
            width,
            theme.text,
            &query.text_terms_in(field),
            theme.highlight,
        );
        if field == Field::TryNext
            && let Some(experiment) = &entry.experiment
        {
            let said = outcome_in_words(experiment, today);
            wrap_into(&mut lines, &said, width, theme.dim, &[], theme.highlight);
        }
    }
    lines.push(Line::default());
    for line in details(entry, settings) {
        wrap_into(&mut lines, &line, width, theme.dim, &[], theme.highlight);
    }
    let written = format!(
        "written {} {} · {}",
        short_date(r.written_at.date_naive(), today),
        r.written_at.format("%H:%M"),
        r.id.short()
    );
    wrap_into(&mut lines, &written, width, theme.dim, &[], theme.highlight);
    lines
}

fn details(entry: &Entry, settings: &Settings) -> Vec<String> {
    let r = &entry.reflection;
    let mut lines = Vec::new();
    if !r.competencies.is_empty() {
        let names: Vec<&str> = r
            .competencies
            .iter()
            .map(|id| settings.catalog.competency_name(id))
            .collect();
        lines.push(names.join(", "));
    }
    if !r.tags.is_empty() {
        lines.push(
            r.tags
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" "),
        );
    }
    let mut said = Vec::new();
    if let Some(energy) = r.energy {
        said.push(format!("energy {} of 5", energy.level()));
    }
    if !r.signals.is_empty() {
        let signals: Vec<&str> = r.signals.iter().map(Signal::as_str).collect();
        said.push(format!("noticed {}", signals.join(", ")));
    }
    if let Some(role) = r.feedback_from {
        said.push(format!("feedback from {role}"));
    }
    if r.shared {
        said.push("marked for sharing".to_owned());
    }
    if !said.is_empty() {
        lines.push(said.join(" · "));
    }
    lines.into_iter().map(|line| visible_line(&line)).collect()
}

/// "open, due today", "helped on 12 Nov, carried once: ...".
fn outcome_in_words(experiment: &Experiment, today: NaiveDate) -> String {
    let mut said = if experiment.outcome == Outcome::Open {
        format!("open, {}", due_in_words(experiment.due, today))
    } else {
        let on = experiment
            .outcome_date
            .map(|date| format!(" on {}", day_and_month(date, today)));
        format!("{}{}", experiment.outcome.name(), on.unwrap_or_default())
    };
    match experiment.follow_up {
        Some(FollowUp::Habit) => said.push_str(", became a habit"),
        Some(FollowUp::Faded) => said.push_str(", faded"),
        None => {}
    }
    match experiment.carried {
        0 => {}
        1 => said.push_str(", carried once"),
        n => _ = write!(said, ", carried {n} times"),
    }
    if experiment.outcome_note.trim().is_empty() {
        said
    } else {
        format!("{said}: {}", visible_line(&experiment.outcome_note))
    }
}

/// Appends the text, soft-wrapped, with the matches marked.
fn wrap_into(
    lines: &mut Vec<Line<'_>>,
    text: &str,
    width: usize,
    style: Style,
    terms: &[Words],
    mark: Style,
) {
    let matches = highlight::matches(text, terms);
    for row in text_area::rows(text, width) {
        lines.push(Line::from(marked(text, row, &matches, style, mark)));
    }
}
