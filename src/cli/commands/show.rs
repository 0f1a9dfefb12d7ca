//! `postcall show`: one reflection, whole.

use crate::cli::args::ShowArgs;
use crate::cli::failure::Failure;
use crate::cli::named;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::domain::calendar::{day_and_month, due_in_words};
use crate::domain::catalog::Catalog;
use crate::domain::experiment::{Experiment, FollowUp, Outcome};
use crate::domain::reflection::{Entry, Field, Signal};
use crate::domain::shift;
use crate::exchange::json::EntryJson;

use chrono::NaiveDate;

pub fn run(args: &ShowArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let mut journal = setting.open_present()?;
    let id = named::reflection(&mut journal, &args.which)?;
    let entry = journal.entry(id)?;
    if journal.is_trashed(id)? {
        out.say("This reflection is in the trash; `postcall restore` with its id brings it back.");
    }
    if args.json {
        return out.json(&EntryJson::from(&entry));
    }
    heading(out, &entry, journal.today(), journal.catalog())?;
    for field in Field::ALL {
        let text = entry.text(field);
        if !text.is_empty() {
            out.line(&[])?;
            out.line(&[(Look::Strong, field.label())])?;
            out.paragraphs("  ", text)?;
        }
        if let (Field::TryNext, Some(experiment)) = (field, &entry.experiment) {
            standing(out, experiment, journal.today())?;
        }
    }
    details(out, &entry, journal.catalog())
}

fn heading(
    out: &mut Output,
    entry: &Entry,
    today: NaiveDate,
    catalog: &Catalog,
) -> Result<(), Failure> {
    let r = &entry.reflection;
    let mut about = shift::describe(r.shift, r.shift_date, today);
    for part in [r.rotation.as_str(), &catalog.template(&r.template).title] {
        if !part.is_empty() {
            about.push_str(" - ");
            about.push_str(part);
        }
    }
    out.line(&[(Look::Strong, &about)])?;
    let written = r.written_at.format("%Y-%m-%d %H:%M %:z");
    out.line(&[(Look::Quiet, &format!("{}  written {written}", r.id.short()))])
}

/// Where its experiment stands.
fn standing(out: &mut Output, experiment: &Experiment, today: NaiveDate) -> Result<(), Failure> {
    let mut words = match (experiment.outcome, experiment.outcome_date) {
        (Outcome::Open, _) | (_, None) => due_in_words(experiment.due, today),
        (outcome, Some(date)) => format!("{}, {}", outcome.name(), day_and_month(date, today)),
    };
    match experiment.follow_up {
        None => {}
        Some(FollowUp::Habit) => words.push_str(", became a habit"),
        Some(FollowUp::Faded) => words.push_str(", faded"),
    }
    out.line(&[
        (Look::Quiet, &format!("  {}", experiment.id.short())),
        (Look::Plain, &format!("  {words}")),
    ])?;
    if !experiment.outcome_note.is_empty() {
        out.paragraphs("  ", &experiment.outcome_note)?;
    }
    Ok(())
}

fn details(out: &mut Output, entry: &Entry, catalog: &Catalog) -> Result<(), Failure> {
    let r = &entry.reflection;
    let competencies = r.competencies.iter().map(|id| catalog.competency_name(id));
    let tags = r.tags.iter().map(ToString::to_string);
    let signals = r.signals.iter().map(Signal::as_str);
    let rows = [
        ("Competencies", competencies.collect::<Vec<_>>().join(", ")),
        ("Tags", tags.collect::<Vec<_>>().join(" ")),
        (
            "Energy",
            r.energy
                .map_or_else(String::new, |e| format!("{} of 5", e.level())),
        ),
        ("Signals", signals.collect::<Vec<_>>().join(", ")),
        (
            "Feedback from",
            r.feedback_from
                .map_or_else(String::new, |role| role.to_string()),
        ),
        (
            "Shared",
            if r.shared {
                "yes".to_owned()
            } else {
                String::new()
            },
        ),
    ];
    if rows.iter().any(|(_, value)| !value.is_empty()) {
        out.line(&[])?;
    }
    for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        out.line(&[(Look::Strong, label), (Look::Plain, &format!(": {value}"))])?;
    }
    Ok(())
}
