//! One reflection in full, for the reader and for the pane beside the list.

use std::ops::Range;

use chrono::NaiveDate;
use ratatui::text::Line;

use crate::domain::calendar::short_date;
use crate::domain::experiment::Experiment;
use crate::domain::highlight;
use crate::domain::id::ReflectionId;
use crate::domain::prose::{Prose, visible, visible_line};
use crate::domain::query::{Query, Words};
use crate::domain::reflection::{Entry, Field, Signal};
use crate::domain::shift;
use crate::journal::Row;
use crate::tui::model::Settings;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::marked;
use crate::tui::widgets::text_area;

const DAMAGED: &str = "Part of this reflection is damaged. `postcall backup list` shows copies.";

/// A reflection laid out at a width: wrapped, and searched for what is to be marked. Only the lines
/// in sight are made of it, however long it is.
#[derive(Debug)]
pub struct Reading {
    of: Of,
    parts: Vec<Part>,
    /// The lines: which part, and which bytes of it.
    lines: Vec<(usize, Range<usize>)>,
}

/// What a layout depends on, beside the reflection's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// The reflection.
    pub id: ReflectionId,
    /// Cells of a line.
    pub width: usize,
    /// What is marked.
    pub query: Query,
    /// The logical day it is.
    pub today: NaiveDate,
}

/// A paragraph of one kind.
#[derive(Debug)]
struct Part {
    text: Prose,
    role: Role,
    found: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Title,
    Label,
    Words,
    About,
    Damage,
}

impl Reading {
    /// Lays a reflection out; `of` names it.
    #[must_use]
    pub fn new(row: &Row, of: Of, settings: &Settings) -> Self {
        let mut reading = Self {
            of,
            parts: Vec::new(),
            lines: Vec::new(),
        };
        reading.lay_out(row, settings);
        reading
    }

    /// Whether it is the layout of this.
    #[must_use]
    pub fn is_of(&self, of: &Of) -> bool {
        self.of == *of
    }

    /// The number of lines.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.lines.len()
    }

    /// The lines from this one on, the matched words marked.
    pub fn lines_from<'a>(
        &'a self,
        first: usize,
        theme: &'a Theme,
    ) -> impl Iterator<Item = Line<'a>> {
        let lines = self.lines.iter().skip(first);
        lines.filter_map(|(part, row)| {
            let part = self.parts.get(*part)?;
            let style = match part.role {
                Role::Title => theme.heading,
                Role::Label => theme.accent,
                Role::Words => theme.text,
                Role::About => theme.dim,
                Role::Damage => theme.warning,
            };
            let row = row.clone();
            Some(Line::from(marked(
                &part.text,
                row,
                &part.found,
                style,
                theme.highlight,
            )))
        })
    }

    fn lay_out(&mut self, row: &Row, settings: &Settings) {
        let (today, query) = (self.of.today, self.of.query.clone());
        let entry = &row.entry;
        let r = &entry.reflection;
        self.add(Role::Title, &shift::describe(r.shift, r.shift_date, today));
        let template = settings.catalog.template(&r.template).title;
        let about = if r.rotation.is_empty() {
            template
        } else {
            format!("{} · {template}", r.rotation)
        };
        self.add(Role::About, &visible_line(&about));
        if row.damaged {
            self.blank();
            self.add(Role::Damage, DAMAGED);
        }
        for field in Field::ALL {
            let text = entry.text(field);
            if text.trim().is_empty() {
                continue;
            }
            self.blank();
            self.add(Role::Label, field.label());
            self.add_found(Role::Words, &visible(text), &query.text_terms_in(field));
            if field == Field::TryNext
                && let Some(experiment) = &entry.experiment
            {
                self.add(Role::About, &outcome_in_words(experiment, today));
            }
        }
        self.blank();
        for line in details(entry, settings) {
            self.add(Role::About, &line);
        }
        let written = format!(
            "written {} {} · {}",
            short_date(r.written_at.date_naive(), today),
            r.written_at.format("%H:%M"),
            r.id.short()
        );
        self.add(Role::About, &written);
    }

    fn blank(&mut self) {
        self.add(Role::About, "");
    }

    fn add(&mut self, role: Role, text: &str) {
        self.add_found(role, text, &[]);
    }

    fn add_found(&mut self, role: Role, text: &str, terms: &[Words]) {
        let part = self.parts.len();
        let rows = text_area::rows(text, self.of.width);
        self.lines.extend(rows.map(|row| (part, row)));
        self.parts.push(Part {
            text: Prose::new(text),
            role,
            found: highlight::matches(text, terms),
        });
    }
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

/// Where the experiment stands, and the line beside its outcome.
fn outcome_in_words(experiment: &Experiment, today: NaiveDate) -> String {
    let standing = experiment.standing(today);
    if experiment.outcome_note.trim().is_empty() {
        standing
    } else {
        format!("{standing}: {}", visible_line(&experiment.outcome_note))
    }
}
