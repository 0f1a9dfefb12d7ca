//! The journal on the disk, through the use cases: what is kept, what is found, what is refused.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails where a step of it fails"
)]

mod backups;
mod chains;
mod damage;
mod experiments;
mod figures;
mod goals;
mod instances;
mod keeping;
mod locked;
mod months;
mod refusing;
mod reviews;
mod rotations;
mod schemas;
mod searching;
mod today;

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use postcall::domain::draft::Draft;
use postcall::domain::prose::Prose;
use postcall::domain::query::{Condition, Query, Test, Words};
use postcall::domain::template::TemplateId;
use postcall::journal::clock::Clock;
use postcall::journal::{Journal, Options, Place, Saved};

/// The morning after a night, an hour east of Greenwich.
pub(crate) const MORNING: &str = "2026-11-21T08:10:00+01:00";

/// Takes out of a journal what came after schema 1.
pub(crate) const BACK_TO_SCHEMA_1: &str = "
    DROP INDEX experiment_by_outcome_date;
    DROP TRIGGER month_of_new_reflection; DROP TRIGGER month_of_changed_reflection;
    DROP TRIGGER month_of_deleted_reflection; DROP TRIGGER month_of_new_experiment;
    DROP TRIGGER month_of_changed_experiment; DROP TRIGGER month_of_deleted_experiment;
    DROP TABLE month; PRAGMA user_version = 1;";

pub(crate) fn at(time: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(time).unwrap()
}

pub(crate) fn options(time: &str) -> Options {
    Options {
        clock: Clock::Fixed(at(time)),
        ..Options::default()
    }
}

pub(crate) fn in_memory(time: &str) -> Journal {
    Journal::open(&Place::Memory, options(time)).unwrap()
}

pub(crate) fn open(path: &Path, time: &str) -> Journal {
    Journal::open(&Place::File(path.to_owned()), options(time)).unwrap()
}

/// A folder that is removed with the test, and a journal path in it.
pub(crate) fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    (folder, path)
}

pub(crate) fn draft(journal: &mut Journal, well: &str, next: &str) -> Draft {
    let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
    draft.went_well = Prose::new(well);
    draft.try_next = Prose::new(next);
    draft
}

pub(crate) fn write(journal: &mut Journal, well: &str, next: &str) -> Saved {
    let draft = draft(journal, well, next);
    journal.save(&draft).unwrap()
}

pub(crate) fn words(text: &str) -> Query {
    let holds = |word: &str| Condition {
        negated: false,
        test: Test::Text {
            field: None,
            words: Words::Prefix(word.to_owned()),
        },
    };
    Query {
        all: text
            .split(' ')
            .filter(|w| !w.is_empty())
            .map(holds)
            .collect(),
    }
}

/// "Went well" of everything that matches, newest first.
pub(crate) fn found(journal: &mut Journal, query: &Query) -> Vec<String> {
    let list = journal.list(query, None).unwrap();
    list.iter()
        .map(|entry| entry.reflection.went_well.to_string())
        .collect()
}
