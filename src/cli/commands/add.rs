//! `postcall add`: a reflection in one line, or from standard input.

use std::io::{self, IsTerminal, Read};

use clap::Args;

use crate::cli::failure::{Failure, sentence};
use crate::cli::output::{Look, Output};
use crate::cli::setting::{Setting, back_up};
use crate::domain::calendar::{self, due_in_words};
use crate::domain::draft::{Draft, DraftError, Due};
use crate::domain::prose::Prose;
use crate::domain::reflection::{Energy, Entry, Field, Giver, Role, Signal};
use crate::domain::shift::{self, ShiftKind};
use crate::domain::tag::Tag;
use crate::exchange::capture::{self, Capture};
use crate::exchange::json::EntryJson;
use crate::journal::Journal;

#[derive(Debug, Args)]
#[command(override_usage = "postcall add [OPTIONS] [-]")]
#[command(after_help = "\
`-` reads the text from standard input, which keeps it out of the shell's history. Lines that begin
with `Went well:`, `Do differently:`, `Try next:` or `Note:` start a field; text before any of them
goes to \"Went well\". Or one JSON object, as `postcall show --json` writes it.")]
pub struct AddArgs {
    /// `-` reads the text from standard input
    #[arg(value_name = "-")]
    pub input: Option<Prose>,
    // Words without an option in front of them are refused with what to do about it.
    #[arg(hide = true)]
    pub stray: Vec<Prose>,
    /// What went well
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub well: Option<Prose>,
    /// What to do differently
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub differently: Option<Prose>,
    /// What to try next: if ..., then I will ...
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub next: Option<Prose>,
    /// One line more
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<Prose>,
    /// The template; `postcall templates` lists them
    #[arg(long, short, value_name = "TEMPLATE")]
    pub template: Option<String>,
    /// day, long, evening, night, call24, clinic or off
    #[arg(long, value_name = "SHIFT")]
    pub shift: Option<ShiftKind>,
    /// The date the shift began: 2026-11-21, yesterday, monday, -3
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub date: Option<String>,
    /// The rotation
    #[arg(long, value_name = "NAME")]
    pub rotation: Option<String>,
    /// A competency, at most three; `postcall competencies` lists them
    #[arg(long, value_name = "COMPETENCY")]
    pub competency: Vec<String>,
    /// A tag; those in the text count by themselves
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Whose feedback it is about, a role and never a name: nurse, peer, attending, student, patient
    /// or other
    #[arg(long, value_name = "ROLE")]
    pub from: Option<Role>,
    /// Energy after the shift, 1 (empty) to 5 (full)
    #[arg(long, value_name = "1-5", value_parser = energy)]
    pub energy: Option<u8>,
    /// A stress signal noticed
    #[arg(long, value_name = "SIGNAL")]
    pub signal: Vec<String>,
    /// When the experiment is due: 7d, 2w, 1m, a date or none
    #[arg(long, value_name = "WHEN")]
    pub due: Option<String>,
    /// Print the reflection as JSON
    #[arg(long)]
    pub json: bool,
}

fn energy(text: &str) -> Result<u8, &'static str> {
    let level = text.trim().parse().ok();
    level
        .filter(|level| (1..=5).contains(level))
        .ok_or("give a whole number from 1 (empty) to 5 (full)")
}

/// Said after every failure: what was handed in is not in the journal.
const NOT_SAVED: &str = "Nothing was saved; the text is only where it came from.";

pub fn run(args: AddArgs, setting: &Setting, out: &mut Output) -> Result<(), Failure> {
    let json = args.json;
    let capture = captured(args, setting, out)
        .map_err(|failure| failure.before(&setting.journal, NOT_SAVED))?;
    let (mut journal, entry) = save(&capture, setting, out)
        .map_err(|failure| failure.before(&setting.journal, NOT_SAVED))?;
    acknowledge(&entry, json, &mut journal, out);
    back_up(&mut journal, out);
    Ok(())
}

/// Standard input and the options together; the same field twice is refused.
fn captured(args: AddArgs, setting: &Setting, out: &mut Output) -> Result<Capture, Failure> {
    let from_stdin = match (args.input.as_deref(), args.stray.as_slice()) {
        (None, _) => false,
        (Some("-"), []) => true,
        _ => {
            return Err(Failure::Usage(
                "The text goes after --well, --differently, --next or --note; \
                 `-` reads it from standard input."
                    .to_owned(),
            ));
        }
    };
    let mut capture = if from_stdin {
        let mut capture = read_stdin(out)?;
        know_names(&mut capture, setting).map_err(Failure::Failed)?;
        capture
    } else {
        Capture::default()
    };
    let texts = [
        (Field::WentWell, args.well),
        (Field::DoDifferently, args.differently),
        (Field::TryNext, args.next),
        (Field::Note, args.note),
    ];
    for (field, text) in texts {
        if let Some(text) = text {
            put(&mut capture, field, text)?;
        }
    }
    let options = Options {
        template: args.template,
        shift_date: args.date,
        rotation: args.rotation,
        competencies: args.competency,
        tags: args.tag,
        signals: args.signal,
    };
    options.put_into(&mut capture, setting)?;
    capture.shift = args.shift.or(capture.shift);
    capture.feedback_from = args.from.or(capture.feedback_from);
    capture.energy = args.energy.and_then(Energy::new).or(capture.energy);
    let due_given = args.due.is_some();
    capture.due = args.due.or(capture.due);
    let texts = Field::ALL.map(|field| capture.text_mut(field).is_blank());
    if texts.into_iter().all(|blank| blank) {
        return Err(Failure::Usage(format!(
            "{} --well, --differently, --next and --note take text; `-` reads it from standard \
             input.",
            sentence(&DraftError::Empty.to_string())
        )));
    }
    // Before a journal is begun that nothing would be saved in; counted from the shift when it is known.
    if let Some(given) = &capture.due {
        calendar::parse_due(given, setting.today())
            .map_err(|error| Failure::Usage(sentence(&error.to_string())))?;
    }
    if due_given && capture.try_next.is_empty() {
        return Err(Failure::Usage(
            "--due is for what you try next: give that with --next.".to_owned(),
        ));
    }
    Ok(capture)
}

fn put(capture: &mut Capture, field: Field, text: Prose) -> Result<(), Failure> {
    let place = capture.text_mut(field);
    if place.is_empty() {
        *place = text;
        Ok(())
    } else {
        Err(Failure::Usage(format!(
            "\"{}\" comes twice: on standard input and as an option.",
            field.label()
        )))
    }
}

/// The options that are words to be looked up.
struct Options {
    template: Option<String>,
    shift_date: Option<String>,
    rotation: Option<String>,
    competencies: Vec<String>,
    tags: Vec<String>,
    signals: Vec<String>,
}

impl Options {
    fn put_into(self, capture: &mut Capture, setting: &Setting) -> Result<(), Failure> {
        if let Some(given) = self.template {
            capture.template = Some(setting.template(&given)?);
        }
        if let Some(given) = self.shift_date {
            capture.shift_date = Some(setting.day(Some(&given))?);
        }
        if let Some(rotation) = self.rotation {
            capture.rotation = Some(rotation);
        }
        for given in self.competencies {
            capture.competencies.push(setting.competency(&given)?);
        }
        for given in self.tags {
            let tag = Tag::new(&given).ok_or_else(|| {
                Failure::Usage(format!(
                    "\"{given}\" is not a tag: letters, digits, - _ and : make one, with a letter."
                ))
            })?;
            capture.tags.push(tag);
        }
        for given in self.signals {
            capture.signals.push(setting.signal(&given)?);
        }
        Ok(())
    }
}

fn read_stdin(out: &mut Output) -> Result<Capture, Failure> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        out.say("Write the reflection; Ctrl-d on an empty line ends it.");
    }
    let mut bytes = Vec::new();
    let most = u64::try_from(capture::MAX_BYTES).unwrap_or(u64::MAX);
    stdin
        .lock()
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Failed(format!("Standard input could not be read: {error}.")))?;
    capture::read(&bytes).map_err(|error| {
        Failure::Failed(sentence(&format!("the text could not be taken: {error}")))
    })
}

/// Names in the input must be known here, as on the command line: a slip would be found years
/// later, when the reflection is missing from a figure.
fn know_names(capture: &mut Capture, setting: &Setting) -> Result<(), String> {
    let words = |failure: Failure| failure.words().unwrap_or_default().to_owned();
    if let Some(template) = &capture.template {
        setting.template(template.as_str()).map_err(words)?;
    }
    for competency in &mut capture.competencies {
        *competency = setting.competency(competency.as_str()).map_err(words)?;
    }
    for signal in &capture.signals {
        setting.signal(signal.as_str()).map_err(words)?;
    }
    Ok(())
}

fn save(
    capture: &Capture,
    setting: &Setting,
    out: &mut Output,
) -> Result<(Journal, Entry), Failure> {
    let mut journal = setting.open_or_begin(out)?;
    let template = capture.template.clone();
    let template = template.unwrap_or_else(|| setting.options.rules.default_template.clone());
    let mut draft = journal.new_draft(&template)?;
    fill(&mut draft, capture, &mut journal)?;
    let saved = journal.save(&draft)?;
    Ok((journal, saved.entry))
}

fn fill(draft: &mut Draft, capture: &Capture, journal: &mut Journal) -> Result<(), Failure> {
    let text = capture.clone();
    let proposed_for = draft.shift_date;
    draft.went_well = text.went_well;
    draft.do_differently = text.do_differently;
    draft.try_next = text.try_next;
    draft.note = text.note;
    if let Some(shift) = text.shift {
        draft.shift = shift;
        let day_starts = journal.rules().day_starts;
        draft.shift_date = shift::default_date(journal.now(), shift, day_starts);
    }
    if let Some(date) = text.shift_date {
        draft.shift_date = date;
        draft.date_touched = true;
    }
    if let Some(rotation) = text.rotation {
        draft.rotation = rotation;
    } else if draft.shift_date != proposed_for {
        draft.rotation = journal.proposed_rotation(&draft.template, draft.shift_date)?;
    }
    if let Some(given) = &text.due {
        let date = calendar::parse_due(given, draft.shift_date);
        let date = date.map_err(|e| Failure::Usage(sentence(&e.to_string())))?;
        draft.due = date.map_or(Due::Never, Due::On);
    }
    add_each(&mut draft.template_tags, text.tags);
    add_each(&mut draft.competencies, text.competencies);
    add_each::<Signal>(&mut draft.signals, text.signals);
    draft.energy = text.energy.or(draft.energy);
    draft.feedback_from = text.feedback_from.or(draft.feedback_from);
    draft.period = text.period.or(draft.period.take());
    draft.shared |= text.shared;
    Ok(())
}

fn add_each<T: PartialEq>(to: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !to.contains(&item) {
            to.push(item);
        }
    }
}

/// On a terminal the words name the id; a script finds it on standard output.
fn acknowledge(entry: &Entry, json: bool, journal: &mut Journal, out: &mut Output) {
    let r = &entry.reflection;
    // It is saved whatever becomes of this question.
    let shown = journal.shown_ids([r.id]).ok();
    let id = shown.and_then(|ids| ids.into_iter().next());
    let id = id.unwrap_or_else(|| r.id.short());
    out.afterwards(|out| {
        if json {
            out.json(&EntryJson::from(entry))
        } else if out.is_terminal() {
            Ok(())
        } else {
            out.line(&[(Look::Plain, &id)])
        }
    });
    let shift = shift::describe(r.shift, r.shift_date, journal.today());
    let trying = entry.experiment.as_ref().map_or_else(String::new, |e| {
        format!(" Trying next: {}.", due_in_words(e.due, journal.today()))
    });
    out.say(&format!("Saved {id}. {shift}.{trying}"));
    if r.giver() == Some(Giver::NotSaid) {
        out.say(&format!(
            "Whose feedback it was is not said: `postcall edit {id}` adds the role, next time `--from nurse`."
        ));
    }
    if let Some(warning) = journal.warning() {
        out.say(&warning);
    }
}
