//! The use cases of the journal: the one door for the screen and the command line.
//!
//! A [`Journal`] owns the store and the clock. Every method that writes is one transaction; when
//! it returns, the change is on the disk.

pub mod clock;
mod error;

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::catalog::Catalog;
use crate::domain::competency::CompetencyId;
use crate::domain::draft::Draft;
use crate::domain::experiment::{Answer, Experiment};
use crate::domain::id::{DraftId, ExperimentId, IdSuffix, ReflectionId};
use crate::domain::query::Query;
use crate::domain::reflection::{Energy, Entry};
use crate::domain::rules::Rules;
use crate::domain::template::TemplateId;

use clock::Clock;
pub use error::JournalError;

/// Where a journal is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In this file, made on first use together with its folder.
    File(PathBuf),
    /// In memory: tests and the demo. Nothing outlives the process.
    Memory,
}

/// How a journal is opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The writer's choices.
    pub rules: Rules,
    /// What can be chosen by name.
    pub catalog: Catalog,
    /// Where the time comes from.
    pub clock: Clock,
}

/// A place in the journal's order (shift date, time of writing, id). Opaque; stays valid while
/// other reflections come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub(crate) i64);

/// Which rows of the list are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The newest.
    Newest,
    /// The oldest.
    Oldest,
    /// Those right after (older than) this place.
    OlderThan(Position),
    /// Those right before (newer than) this place.
    NewerThan(Position),
    /// Around this place, itself included if it matches.
    Around(Position),
}

/// One row of the list, whole, so that showing it needs no second question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the order.
    pub position: Position,
    /// The reflection and its experiment.
    pub entry: Entry,
}

/// A window of the list, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether there are newer rows before the first.
    pub more_newer: bool,
    /// Whether there are older rows after the last.
    pub more_older: bool,
}

/// A reflection found by relevance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The reflection.
    pub entry: Entry,
    /// The words around the match, at most some 20 words, raw (not yet fit for a terminal).
    pub snippet: String,
}

/// An experiment that is asked about, with what the writer needs to remember it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The experiment.
    pub experiment: Experiment,
    /// The shift date of its reflection.
    pub reflected_on: NaiveDate,
    /// Whether the question is "Still doing it?" and not "did you?".
    pub follow_up: bool,
}

/// How much one day of the week holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayMark {
    /// The shift date.
    pub date: NaiveDate,
    /// Reflections about a shift on it.
    pub reflections: u32,
    /// Whether a shift was logged on it (with or without a reflection).
    pub logged: bool,
}

/// A draft that a session left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedDraft {
    /// What was typed.
    pub draft: Draft,
    /// When it was last kept.
    pub kept_at: DateTime<FixedOffset>,
}

/// An entry of about a month or a year ago, to look back on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookBack {
    /// "A month ago", "A year ago".
    pub when: String,
    /// The entry.
    pub entry: Entry,
}

/// Everything the Today screen shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The logical day it is.
    pub today: NaiveDate,
    /// The shift an entry made now would belong to, in words.
    pub shift_in_words: String,
    /// The rotation that covers today, or the last one used; empty if none.
    pub rotation: String,
    /// Drafts of sessions that ended, newest first.
    pub drafts: Vec<OfferedDraft>,
    /// Open experiments and questions "Still doing it?": due ones first, oldest due first.
    pub experiments: Vec<Asked>,
    /// The seven days of this week.
    pub week: Vec<DayMark>,
    /// Reflections about shifts this week.
    pub reflections_this_week: u32,
    /// Distinct (shift date, shift) reflected on or logged this week.
    pub shifts_this_week: u32,
    /// Days since the last shift date written about; `None` if nothing was ever written.
    pub days_since_last: Option<i64>,
    /// Something to look back on.
    pub look_back: Option<LookBack>,
}

/// What saving a draft did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The reflection as it is now.
    pub entry: Entry,
    /// Takes it back.
    pub undo: Undo,
}

/// How to take one change back. Made by the journal, used once, lives as long as the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undo {
    /// A new reflection was saved: put it into the trash.
    Saved(ReflectionId),
    /// A reflection was changed: put the former text back.
    Edited(Box<Entry>),
    /// A reflection was put into the trash: take it out.
    Trashed(ReflectionId),
    /// A reflection was taken out of the trash: put it back.
    Restored(ReflectionId),
    /// An experiment was answered: put the former answer back.
    Answered(Box<Experiment>),
    /// The sharing mark was changed: set it to this.
    Shared(ReflectionId, bool),
}

/// What taking a change back did, for saying so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// One sentence: "Took the reflection of Tue 11 Nov out of the trash."
    pub sentence: String,
    /// The reflection it was about.
    pub reflection: ReflectionId,
}

/// An open journal.
pub struct Journal {
    clock: Clock,
    rules: Rules,
    catalog: Catalog,
}

impl Journal {
    /// Opens the journal, making it and its folder on first use.
    ///
    /// # Errors
    /// [`JournalError::Store`] says what is wrong with the file or its folder.
    pub fn open(place: &Place, options: Options) -> Result<Self, JournalError> {
        let _ = place;
        Ok(Self {
            clock: options.clock,
            rules: options.rules,
            catalog: options.catalog,
        })
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> DateTime<FixedOffset> {
        self.clock.now()
    }

    /// The logical day it is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        crate::domain::shift::logical_day(self.now(), self.rules.day_starts)
    }

    /// The writer's choices.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What can be chosen by name.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Everything the Today screen shows.
    pub fn overview(&mut self) -> Result<Overview, JournalError> {
        todo!()
    }

    /// A window of the list, at most `limit` rows, that match the query.
    pub fn page(&mut self, query: &Query, span: Span, limit: usize) -> Result<Page, JournalError> {
        todo!()
    }

    /// The best matches first (bm25).
    pub fn best(&mut self, query: &Query, limit: Option<usize>) -> Result<Vec<Hit>, JournalError> {
        todo!()
    }

    /// Newest first, without a window.
    pub fn list(
        &mut self,
        query: &Query,
        limit: Option<usize>,
    ) -> Result<Vec<Entry>, JournalError> {
        todo!()
    }

    /// One reflection, in the trash or not.
    pub fn entry(&mut self, id: ReflectionId) -> Result<Entry, JournalError> {
        todo!()
    }

    /// The reflection that a person named; `Ambiguous` names the candidates.
    pub fn resolve(&mut self, suffix: &IdSuffix) -> Result<ReflectionId, JournalError> {
        todo!()
    }

    /// The experiment that a person named by its own id or its reflection's.
    pub fn resolve_experiment(&mut self, suffix: &IdSuffix) -> Result<ExperimentId, JournalError> {
        todo!()
    }

    /// The most recently written reflection (not in the trash).
    pub fn last(&mut self) -> Result<Option<Entry>, JournalError> {
        todo!()
    }

    /// The newest experiment, open or not.
    pub fn last_experiment(&mut self) -> Result<Option<Experiment>, JournalError> {
        todo!()
    }

    /// One experiment.
    pub fn experiment(&mut self, id: ExperimentId) -> Result<Experiment, JournalError> {
        todo!()
    }

    /// Open experiments, oldest due first, those without a date last; then the questions "Still doing it?" that are due.
    pub fn open_experiments(&mut self) -> Result<Vec<Asked>, JournalError> {
        todo!()
    }

    /// What the editor asks first: due experiments and due follow-ups, oldest due first.
    pub fn due(&mut self) -> Result<Vec<Asked>, JournalError> {
        todo!()
    }

    /// The trash, newest shift first.
    pub fn trashed(&mut self) -> Result<Vec<Entry>, JournalError> {
        todo!()
    }

    /// A draft for a new reflection: shift, date, rotation and due date proposed, template applied. Nothing is kept yet.
    pub fn new_draft(&mut self, template: &TemplateId) -> Result<Draft, JournalError> {
        todo!()
    }

    /// A draft that changes a saved reflection. Nothing is kept yet.
    pub fn edit_draft(&mut self, id: ReflectionId) -> Result<Draft, JournalError> {
        todo!()
    }

    /// Keeps a draft on the disk under this session; an untouched new draft is forgotten instead.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<(), JournalError> {
        todo!()
    }

    /// Removes a kept draft.
    pub fn forget_draft(&mut self, id: DraftId) -> Result<(), JournalError> {
        todo!()
    }

    /// Drafts of sessions that are not alive any more, and of this one; newest first.
    pub fn offered_drafts(&mut self) -> Result<Vec<OfferedDraft>, JournalError> {
        todo!()
    }

    /// Makes a draft of a dead session this session's own, so that no other instance offers it.
    pub fn adopt_draft(&mut self, id: DraftId) -> Result<Draft, JournalError> {
        todo!()
    }

    /// Checks a draft and writes the reflection, its tags and its experiment, and removes the draft: one transaction.
    /// [`JournalError::Draft`] lists what does not fit; [`JournalError::Conflict`] carries the other text.
    pub fn save(&mut self, draft: &Draft) -> Result<Saved, JournalError> {
        todo!()
    }

    /// Answers an experiment.
    pub fn answer(
        &mut self,
        id: ExperimentId,
        answer: Answer,
    ) -> Result<(Experiment, Undo), JournalError> {
        todo!()
    }

    /// Puts a line beside an outcome.
    pub fn note_outcome(
        &mut self,
        id: ExperimentId,
        note: &str,
    ) -> Result<(Experiment, Undo), JournalError> {
        todo!()
    }

    /// Puts a reflection into the trash; its experiment goes along.
    pub fn trash(&mut self, id: ReflectionId) -> Result<Undo, JournalError> {
        todo!()
    }

    /// Takes a reflection out of the trash.
    pub fn restore(&mut self, id: ReflectionId) -> Result<Undo, JournalError> {
        todo!()
    }

    /// Deletes everything in the trash for good, from the backups too; says how many.
    pub fn empty_trash(&mut self) -> Result<usize, JournalError> {
        todo!()
    }

    /// Sets the sharing mark.
    pub fn set_shared(&mut self, id: ReflectionId, shared: bool) -> Result<Undo, JournalError> {
        todo!()
    }

    /// Sets the energy of a saved reflection (the key after saving).
    pub fn set_energy(
        &mut self,
        id: ReflectionId,
        energy: Option<Energy>,
    ) -> Result<Entry, JournalError> {
        todo!()
    }

    /// Sets the competencies of a saved reflection.
    pub fn set_competencies(
        &mut self,
        id: ReflectionId,
        competencies: &[CompetencyId],
    ) -> Result<Entry, JournalError> {
        todo!()
    }

    /// Takes one change back.
    pub fn undo(&mut self, undo: Undo) -> Result<Undone, JournalError> {
        todo!()
    }

    /// Whether another process changed the journal since this was last asked.
    pub fn changed_elsewhere(&mut self) -> Result<bool, JournalError> {
        todo!()
    }

    /// One sentence the writer must know about where the file lies (a network disk, a synced folder), if any.
    pub fn warning(&self) -> Option<String> {
        todo!()
    }

    /// stub
    pub fn insert_made(&mut self, made: &[MadeEntry]) -> Result<Vec<ReflectionId>, JournalError> {
        todo!()
    }
    /// stub
    pub fn backup_if_due(&mut self) -> Result<(), JournalError> {
        todo!()
    }
}

/// stub
#[derive(Debug, Clone)]
pub struct MadeEntry;
