//! `postcall check`: possible identifiers in a file, in lines of JSON, or in everything written.

mod written;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::output::{Look, Output};
use crate::cli::setting::Setting;
use crate::domain::guard::{Finding, Severity, findings};
use crate::exchange::findings::{AskedJson, FindingJson, SpansJson};

#[derive(Debug, Args)]
#[command(after_help = "\
Without a file it reads standard input; with --journal and no file it looks through everything written
so far: reflections, notes on outcomes, goals, names of rotations, what is in the trash, and drafts. Exit code: 0 nothing found, 1 something of medium or high severity, 2 not read.")]
pub struct CheckArgs {
    /// The text; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Read lines {"id": ..., "text": ...}, write lines {"id": ..., "spans": [...]}
    #[arg(long, conflicts_with = "json")]
    pub jsonl: bool,
    /// One JSON array
    #[arg(long)]
    pub json: bool,
}

/// Cells of the longest severity and the space behind it.
const SEVERITY: usize = 8;

/// What some editors put before the first line, to say that it is UTF-8.
const MARK: char = '\u{feff}';

/// `in_journal` says that `--journal` was given to this command, with a file or without.
pub fn run(
    args: &CheckArgs,
    in_journal: bool,
    setting: &Setting,
    out: &mut Output,
) -> Result<(), Failure> {
    let looked = if args.jsonl {
        each_line(args.file.as_deref(), out)
    } else if in_journal && args.file.is_none() {
        everything(args.json, setting, out)
    } else {
        one_text(args, out)
    };
    let seen = looked.map_err(|failure| match failure.at(&setting.journal) {
        Failure::Failed(words) | Failure::Locked(words) => Failure::Unread(words),
        other @ (Failure::Unread(_)
        | Failure::Usage(_)
        | Failure::Identifiers
        | Failure::Journal(_)
        | Failure::ReaderGone) => other,
    })?;
    if seen.grave > 0 {
        Err(Failure::Identifiers)
    } else {
        Ok(())
    }
}

/// How many findings there were.
#[derive(Default)]
struct Seen {
    all: usize,
    grave: usize,
}

impl Seen {
    fn add(&mut self, findings: &[Finding]) {
        let grave = findings.iter().filter(|f| f.severity >= Severity::Medium);
        self.all += findings.len();
        self.grave += grave.count();
    }

    /// Says how many, to a person.
    fn say(&self, out: &mut Output) {
        out.say(&match self.all {
            0 => "No obvious identifiers found.".to_owned(),
            1 => "1 possible identifier.".to_owned(),
            n => format!("{n} possible identifiers."),
        });
    }
}

fn one_text(args: &CheckArgs, out: &mut Output) -> Result<Seen, Failure> {
    let mut bytes = Vec::new();
    let name = opened(args.file.as_deref())?.read(&mut bytes)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::Unread(format!("{name} was not read: it is no text in UTF-8.")))?;
    let text = text.strip_prefix(MARK).unwrap_or(&text);
    let found = findings(text);
    let mut seen = Seen::default();
    seen.add(&found);
    if args.json {
        let mut array = out.array();
        for (line, column, finding) in placed(text, &found) {
            array.item(&json(None, None, (line, column), text, finding))?;
        }
        array.end()?;
        return Ok(seen);
    }
    for (line, column, finding) in placed(text, &found) {
        row(out, &format!("{line}:{column}"), text, finding)?;
    }
    seen.say(out);
    Ok(seen)
}

/// Where the text comes from.
struct Source<'a> {
    name: String,
    from: Box<dyn BufRead + 'a>,
}

fn opened(file: Option<&Path>) -> Result<Source<'static>, Failure> {
    match file.filter(|path| *path != Path::new("-")) {
        None => Ok(Source {
            name: "Standard input".to_owned(),
            from: Box::new(io::stdin().lock()),
        }),
        Some(path) => {
            let name = path.display().to_string();
            match File::open(path) {
                Ok(file) => Ok(Source {
                    name,
                    from: Box::new(BufReader::new(file)),
                }),
                Err(error) => Err(unread(&name, &error)),
            }
        }
    }
}

impl Source<'_> {
    fn read(mut self, bytes: &mut Vec<u8>) -> Result<String, Failure> {
        match self.from.read_to_end(bytes) {
            Ok(_) => Ok(self.name),
            Err(error) => Err(unread(&self.name, &error)),
        }
    }
}

fn unread(name: &str, error: &io::Error) -> Failure {
    Failure::Unread(format!("{name} was not read: {error}."))
}

/// One line of JSON in, one out. A line that cannot be read ends it: what came before is answered.
fn each_line(file: Option<&Path>, out: &mut Output) -> Result<Seen, Failure> {
    let mut source = opened(file)?;
    let mut seen = Seen::default();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = source.from.read_until(b'\n', &mut line);
        match read {
            Ok(0) => break,
            Ok(_) if line.trim_ascii().is_empty() => continue,
            Ok(_) => {}
            Err(error) => return Err(unread(&source.name, &error)),
        }
        let mark = MARK.to_string().into_bytes();
        let json = line.strip_prefix(&*mark).filter(|_| number == 1);
        let asked: AskedJson = serde_json::from_slice(json.unwrap_or(&line)).map_err(|_| {
            Failure::Unread(format!(
                "Line {number} is not a JSON object with an \"id\" and a \"text\". The lines \
                 before it are answered, those after it are not."
            ))
        })?;
        let found = findings(&asked.text);
        seen.add(&found);
        out.json(&SpansJson::new(asked, &found))?;
    }
    Ok(seen)
}

/// Everything in the journal.
fn everything(as_json: bool, setting: &Setting, out: &mut Output) -> Result<Seen, Failure> {
    // Who names a journal expects that it is looked through.
    let journal = if setting.journal_named {
        Some(setting.open_present()?)
    } else {
        setting.open_if_there(out)?
    };
    let Some(mut journal) = journal else {
        if as_json {
            out.array().end()?;
        }
        return Ok(Seen::default());
    };
    let texts = written::with_findings(&mut journal)?;
    let mut seen = Seen::default();
    if as_json {
        let mut array = out.array();
        for part in &texts {
            seen.add(&part.findings);
            for (line, column, finding) in placed(&part.text, &part.findings) {
                let id = Some(part.id.clone());
                let json = json(id, Some(part.key), (line, column), &part.text, finding);
                array.item(&json)?;
            }
        }
        array.end()?;
        return Ok(seen);
    }
    for part in &texts {
        seen.add(&part.findings);
        for (line, column, finding) in placed(&part.text, &part.findings) {
            let place = format!("{}  {}, {line}:{column}", part.id, part.label);
            row(out, &place, &part.text, finding)?;
        }
    }
    seen.say(out);
    Ok(seen)
}

/// Each finding with its line and column, counted in characters from 1.
fn placed<'a>(
    text: &'a str,
    findings: &'a [Finding],
) -> impl Iterator<Item = (usize, usize, &'a Finding)> {
    let (mut line, mut begins, mut seen) = (1, 0, 0);
    findings.iter().map(move |finding| {
        let passed = text.get(seen..finding.range.start).unwrap_or_default();
        line += passed.matches('\n').count();
        if let Some(end) = passed.rfind('\n') {
            begins = seen + end + 1;
        }
        seen = finding.range.start;
        let before = text.get(begins..seen).unwrap_or_default();
        (line, before.chars().count() + 1, finding)
    })
}

fn row(out: &mut Output, place: &str, text: &str, finding: &Finding) -> Result<(), Failure> {
    let words = text.get(finding.range.clone()).unwrap_or_default();
    let severity = finding.severity.id();
    let rest = format!(
        "  possible {} \"{words}\"; instead: {}",
        finding.kind.words(),
        finding.suggest
    );
    out.line(&[
        (Look::Quiet, place),
        (Look::Strong, &format!("  {severity:<SEVERITY$}")),
        (Look::Plain, rest.trim_start()),
    ])
}

fn json<'a>(
    id: Option<String>,
    field: Option<&'static str>,
    (line, column): (usize, usize),
    text: &'a str,
    finding: &'a Finding,
) -> FindingJson<'a> {
    FindingJson {
        id,
        field,
        line,
        column,
        kind: finding.kind.id(),
        severity: finding.severity.id(),
        text: text.get(finding.range.clone()).unwrap_or_default(),
        suggest: &finding.suggest,
    }
}
