//! Where a command works: the journal's place, the configuration in force, the clock.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};

use crate::config::paths::Paths;
use crate::config::{Complaint, Config};
use crate::domain::calendar;
use crate::domain::competency::CompetencyId;
use crate::domain::nearest;
use crate::domain::query::{Query, Test, has_open_quote};
use crate::domain::reflection::Signal;
use crate::domain::shift::logical_day;
use crate::domain::template::TemplateId;
use crate::journal::clock::Clock;
use crate::journal::{Journal, JournalError, Options, Passphrase, Place, Retention};
use crate::store::is_plain;

use super::args::Globals;
use super::failure::{Failure, sentence};
use super::output::Output;
use super::unlock::{self, Source};

/// Everything a command needs to begin.
pub struct Setting {
    /// The journal file, there or not.
    pub journal: PathBuf,
    /// The configuration file, there or not.
    pub config_file: PathBuf,
    /// How the journal is opened.
    pub options: Options,
    /// The configuration in force.
    pub config: Config,
    /// What was wrong with its file.
    pub complaints: Vec<Complaint>,
    /// Whether `--journal` named the journal file.
    pub journal_named: bool,
    /// Where the passphrase comes from, if the journal has one.
    pub source: Source,
}

/// Where the files are and what time it is: known before any file is read.
pub struct Places {
    /// The journal file, there or not.
    pub journal: PathBuf,
    /// Whether `--journal` named it.
    pub journal_named: bool,
    /// The configuration file, there or not.
    pub config_file: PathBuf,
    /// Whether somebody named the configuration file, so that it should be there.
    pub config_named: bool,
    /// Where the time comes from.
    pub clock: Clock,
    /// Where the passphrase comes from.
    pub source: Source,
}

impl Places {
    /// From the options, then the environment, then the platform's folders.
    pub fn find(globals: &Globals) -> Result<Self, Failure> {
        let given = |option: Option<PathBuf>, variable| {
            option
                .filter(|path| !path.as_os_str().is_empty())
                .or_else(|| {
                    env::var_os(variable)
                        .filter(|value| !value.is_empty())
                        .map(PathBuf::from)
                })
        };
        let config = given(globals.config.clone(), "POSTCALL_CONFIG");
        let config_named = config.is_some();
        let journal = globals.journal.clone().map(PathBuf::from);
        let journal_named = journal
            .as_ref()
            .is_some_and(|file| !file.as_os_str().is_empty());
        let paths = Paths::find(config, given(journal, "POSTCALL_JOURNAL"))
            .map_err(|error| Failure::Failed(sentence(&error.to_string())))?;
        Ok(Self {
            journal: paths.journal_file,
            journal_named,
            config_file: paths.config_file,
            config_named,
            clock: clock()?,
            source: Source::find(globals),
        })
    }

    /// The passphrase that was given to open the journal with.
    pub fn passphrase(&self) -> Result<Option<Passphrase>, Failure> {
        passphrase_for(&self.journal, &self.source)
    }
}

impl Setting {
    /// Reads the configuration.
    pub fn read(places: Places) -> Self {
        let (config, mut complaints) = Config::load(Some(&places.config_file));
        if places.config_named && !places.config_file.exists() {
            let sentence = "there is no such file; the defaults count";
            complaints.insert(0, Complaint::about(&places.config_file, sentence));
        }
        Self {
            journal: places.journal,
            config_file: places.config_file,
            options: Options {
                rules: config.rules.clone(),
                catalog: Arc::clone(&config.catalog),
                clock: places.clock,
                backups: Retention {
                    daily: config.backups_kept.daily,
                    weekly: config.backups_kept.weekly,
                    monthly: config.backups_kept.monthly,
                },
                passphrase: None,
            },
            config,
            complaints,
            journal_named: places.journal_named,
            source: places.source,
        }
    }

    /// Says what is wrong with the configuration, one line each.
    pub fn complain(&self, out: &mut Output) {
        for complaint in &self.complaints {
            out.say(&complaint.to_string());
        }
    }

    /// The logical day it is.
    pub fn today(&self) -> NaiveDate {
        logical_day(self.options.clock.now(), self.options.rules.day_starts)
    }

    /// The day that was typed; today if none was.
    pub fn day(&self, given: Option<&str>) -> Result<NaiveDate, Failure> {
        let today = self.today();
        given.map_or(Ok(today), |given| {
            calendar::parse_date(given, today)
                .map_err(|error| Failure::Usage(sentence(&error.to_string())))
        })
    }

    /// The query that these words make, and a word where it may not be the one that was meant.
    pub fn query(&self, words: &[String], out: &mut Output) -> Result<Query, Failure> {
        let text = words.join(" ");
        let query = Query::parse(&text, self.today(), self.options.rules.week_starts)
            .map_err(|error| Failure::Usage(sentence(&format!("the query, {error}"))))?
            .knowing(&self.options.catalog);
        if has_open_quote(&text) {
            out.say("A quote in the query is not closed; it reaches to the end.");
        }
        self.note_unknown_names(&query, out);
        Ok(query)
    }

    /// The template of that name.
    pub fn template(&self, given: &str) -> Result<TemplateId, Failure> {
        let all = &self.options.catalog.templates;
        let ids = all.iter().map(|template| template.id.as_str());
        let wanted = given.trim().to_lowercase();
        let found = all.iter().find(|t| t.id.as_str() == wanted);
        found
            .map(|template| template.id.clone())
            .ok_or_else(|| unknown("template", given, ids))
    }

    /// The competency that is meant: by its id, its name, or what only one of them begins with; of
    /// the framework in use, or `framework:code` of another.
    pub fn competency(&self, given: &str) -> Result<CompetencyId, Failure> {
        let catalog = &self.options.catalog;
        match catalog.competencies_meant(given).as_slice() {
            [one] => return Ok(one.id.clone()),
            [] => {}
            several => {
                let ids: Vec<&str> = several.iter().map(|item| item.id.as_str()).collect();
                return Err(Failure::Usage(format!(
                    "\"{given}\" may mean more than one competency: {}.",
                    ids.join(", ")
                )));
            }
        }
        let mut all = catalog.frameworks.iter().flat_map(|f| &f.items);
        let elsewhere = all.find(|c| {
            let code = c.id.as_str().split_once(':').map(|(_, code)| code);
            code.is_some_and(|code| code.eq_ignore_ascii_case(given.trim()))
        });
        if let Some(other) = elsewhere {
            return Err(Failure::Usage(format!(
                "There is no competency \"{given}\" in the framework in use; did you mean \"{}\"?",
                other.id.as_str()
            )));
        }
        let in_use = catalog.competencies().iter().map(|c| c.id.as_str());
        let near = catalog.nearest_competency(given);
        let words = nearest::explain_by("competency", given, near, in_use);
        Err(Failure::Usage(sentence(&format!("there is {words}"))))
    }

    /// Says which names in a query begin nothing that can be chosen here. The query counts all the
    /// same: a journal may hold names of before.
    fn note_unknown_names(&self, query: &Query, out: &mut Output) {
        let catalog = &self.options.catalog;
        let begins = |id: &str, given: &str| id.to_lowercase().starts_with(&given.to_lowercase());
        for condition in &query.all {
            let (what, given, known) = match &condition.test {
                Test::Competency(given) => {
                    let mut all = catalog.frameworks.iter().flat_map(|f| &f.items);
                    let known = all.any(|c| begins(c.id.as_str(), given));
                    ("competency", given, known)
                }
                Test::Template(given) => {
                    let mut all = catalog.templates.iter();
                    let known = all.any(|template| begins(template.id.as_str(), given));
                    ("template", given, known)
                }
                Test::Signal(given) => {
                    let mut all = self.options.rules.signals.iter();
                    let known = all.any(|signal| begins(signal.as_str(), given));
                    ("signal", given, known)
                }
                Test::Text { .. }
                | Test::Tag(_)
                | Test::Named { .. }
                | Test::Tagged { .. }
                | Test::Word(_)
                | Test::Shift(_)
                | Test::Rotation(_)
                | Test::Energy { .. }
                | Test::Dates { .. }
                | Test::Shared
                | Test::AboutAShift
                | Test::Outcome(_)
                | Test::Tried
                | Test::Due { .. }
                | Test::Answered { .. } => continue,
            };
            if !known {
                let near = matches!(condition.test, Test::Competency(_))
                    .then(|| catalog.nearest_competency(given))
                    .flatten();
                let near =
                    near.map_or_else(String::new, |near| format!(" Did you mean \"{near}\"?"));
                out.say(&format!("No {what} begins with \"{given}\".{near}"));
            }
        }
    }

    /// The stress signal of that name.
    pub fn signal(&self, given: &str) -> Result<Signal, Failure> {
        let all = &self.options.rules.signals;
        Signal::new(given)
            .filter(|signal| all.contains(signal))
            .ok_or_else(|| unknown("signal", given, all.iter().map(Signal::as_str)))
    }

    /// Whether there is a journal; a command that only reads never makes one.
    pub fn is_there(&self) -> Result<bool, Failure> {
        self.journal.try_exists().map_err(|error| {
            let path = self.journal.display();
            Failure::Failed(format!("The journal at {path} cannot be reached: {error}."))
        })
    }

    /// The journal, made on first use. The passphrase is asked for where it is needed and was not
    /// given.
    pub fn open(&self) -> Result<Journal, Failure> {
        unlock::asking(self.passphrase()?, |passphrase| self.open_with(passphrase))
    }

    /// The journal for a command that writes, and a word where that begins a new one: its name may be
    /// mistyped.
    pub fn open_or_begin(&self, out: &mut Output) -> Result<Journal, Failure> {
        let is_there = self.is_there()?;
        let journal = self.open()?;
        if !is_there {
            self.say_begun(out);
        }
        Ok(journal)
    }

    /// Says where a new journal was begun.
    pub fn say_begun(&self, out: &mut Output) {
        let path = self.journal.display();
        out.say(&format!("A new journal was begun at {path}."));
    }

    /// How this program is called for this journal, as a person types it.
    pub fn called(&self) -> String {
        if self.journal_named {
            let file = self.journal.to_string_lossy();
            format!("postcall --journal {}", as_typed(&file))
        } else {
            "postcall".to_owned()
        }
    }

    /// The journal, if it opens without asking anybody.
    pub fn open_unasked(&self) -> Result<Journal, Failure> {
        Ok(self.open_with(self.passphrase()?)?)
    }

    /// The passphrase that was given to open the journal with.
    pub fn passphrase(&self) -> Result<Option<Passphrase>, Failure> {
        passphrase_for(&self.journal, &self.source)
    }

    /// The journal with this passphrase, or without one.
    pub fn open_with(&self, passphrase: Option<Passphrase>) -> Result<Journal, JournalError> {
        let place = Place::File(self.journal.clone());
        let options = Options {
            passphrase,
            ..self.options.clone()
        };
        Journal::open(&place, options)
    }

    /// The journal for a command that lists: without one there is nothing to list, and a word why.
    pub fn open_if_there(&self, out: &mut Output) -> Result<Option<Journal>, Failure> {
        if self.is_there()? {
            return self.open().map(Some);
        }
        out.say(&no_journal(&self.journal));
        Ok(None)
    }

    /// A journal that is nowhere and holds nothing: its figures are those of one that is not begun.
    pub fn nothing_written(&self) -> Result<Journal, Failure> {
        Ok(Journal::open(&Place::Memory, self.options.clone())?)
    }

    /// The journal for a command about something in it.
    pub fn open_present(&self) -> Result<Journal, Failure> {
        if self.is_there()? {
            self.open()
        } else {
            Err(Failure::Failed(no_journal(&self.journal)))
        }
    }
}

/// Makes the backup of the day after a change. The change stands whatever becomes of it.
pub fn back_up(journal: &mut Journal, out: &mut Output) {
    if let Err(error) = journal.backup_if_due() {
        out.say(&format!("The daily backup could not be made: {error}."));
    }
}

/// A journal that anybody can read needs none, so that it does not matter what is wrong with where one
/// would be. One that is not there yet is begun with what was given.
fn passphrase_for(journal: &Path, source: &Source) -> Result<Option<Passphrase>, Failure> {
    if is_plain(journal) {
        return Ok(None);
    }
    source.read()
}

/// A path as a shell takes it for one word.
fn as_typed(path: &str) -> String {
    let is_bare = |c: char| c.is_alphanumeric() || "/._-+:@%,".contains(c);
    if cfg!(windows) {
        format!("\"{path}\"")
    } else if path.chars().all(is_bare) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

fn no_journal(path: &Path) -> String {
    format!(
        "There is no journal yet at {}. `postcall new` or `postcall add` begins one.",
        path.display()
    )
}

fn unknown<'a>(
    what: &str,
    given: &str,
    allowed: impl IntoIterator<Item = &'a str> + Clone,
) -> Failure {
    Failure::Usage(sentence(&format!(
        "there is {}",
        nearest::explain(what, given, allowed)
    )))
}

fn clock() -> Result<Clock, Failure> {
    let Some(given) = env::var_os("POSTCALL_NOW").filter(|value| !value.is_empty()) else {
        return Ok(Clock::System);
    };
    let given = given.to_string_lossy();
    DateTime::parse_from_rfc3339(&given)
        .map(Clock::Fixed)
        .map_err(|_| {
            Failure::Usage(format!(
                "POSTCALL_NOW is \"{given}\", which is no time like 2026-11-21T08:10:00+01:00."
            ))
        })
}
