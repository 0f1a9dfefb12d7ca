//! `postcall show`: one reflection, whole.

use clap::Args;

use crate::cli::args::Which;
use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::cli::{named, rows};
use crate::domain::catalog::Catalog;
use crate::domain::experiment::Experiment;
use crate::domain::reflection::{Entry, Field, Signal};
use crate::domain::shift;
use crate::exchange::json::EntryJson;
use crate::journal::Journal;

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Its id, or `last`
    #[arg(value_name = "ID")]
    pub which: Which,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

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
    heading(out, &entry, &mut journal)?;
    for field in Field::ALL {
        let text = entry.text(field);
        if !text.is_empty() {
            out.line(&[])?;
            out.line(&[(Look::Strong, field.label())])?;
            out.paragraphs("  ", text)?;
        }
        if let (Field::TryNext, Some(experiment)) = (field, &entry.experiment) {
            standing(out, experiment, &mut journal)?;
        }
    }
    details(out, &entry, journal.catalog())
}

fn heading(out: &mut Output, entry: &Entry, journal: &mut Journal) -> Result<(), Failure> {
    let r = &entry.reflection;
    let id = named::shown(journal, r.id)?;
    let mut about = shift::describe(r.shift, r.shift_date, journal.today());
    for part in [
        r.rotation.as_str(),
        &journal.catalog().template(&r.template).title,
    ] {
        if !part.is_empty() {
            about.push_str(" - ");
            about.push_str(part);
        }
    }
    out.line(&[(Look::Strong, &about)])?;
    let written = r.written_at.format("%Y-%m-%d %H:%M %:z");
    out.line(&[(Look::Quiet, &format!("{id}  written {written}"))])
}

/// Where its experiment stands, and the wordings of the plan before and after it.
fn standing(
    out: &mut Output,
    experiment: &Experiment,
    journal: &mut Journal,
) -> Result<(), Failure> {
    let id = named::shown_experiment(journal, experiment.id)?;
    let words = experiment.standing(journal.today());
    out.line(&[
        (Look::Quiet, &format!("  {id}")),
        (Look::Plain, &format!("  {words}")),
    ])?;
    if !experiment.outcome_note.is_empty() {
        out.paragraphs("  ", &experiment.outcome_note)?;
    }
    let chain = journal.chain(experiment.id)?;
    let place = chain
        .iter()
        .position(|link| link.experiment.id == experiment.id);
    let place = place.unwrap_or_default();
    let beside = [
        ("follows", place.checked_sub(1)),
        ("followed by", place.checked_add(1)),
    ];
    for (word, at) in beside {
        let Some(link) = at.and_then(|at| chain.get(at)) else {
            continue;
        };
        let id = named::shown_experiment(journal, link.experiment.id)?;
        let before = format!("  {word} ");
        let sign = rows::sign(link.damaged);
        let room = out
            .columns()
            .saturating_sub(before.len() + id.len() + 2 + sign.len());
        let text = link.experiment.text.excerpt(room.max(20));
        out.line(&[
            (Look::Plain, &before),
            (Look::Quiet, &id),
            (Look::Plain, &format!("  {sign}{text}")),
        ])?;
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
