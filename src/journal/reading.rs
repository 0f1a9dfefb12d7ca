//! Reading reflections: windows of the list, search, and one by its id.

use super::{Journal, JournalError};
use crate::domain::id::{ExperimentId, IdSuffix, ReflectionId, SHORT_LEN};
use crate::domain::query::Query;
use crate::domain::reflection::Entry;
use crate::store::{Bound, Cause, Kept, Order, Seq, StoreError, Tables};

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
    /// Around this reflection; the newest if it is not there.
    At(ReflectionId),
}

/// One row of the list, whole, so that showing it needs no second question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the order.
    pub position: Position,
    /// The reflection and its experiment.
    pub entry: Entry,
    /// Whether its text is not as it was saved: shown all the same, with a word about it.
    pub damaged: bool,
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
    /// Whether its text is not as it was saved.
    pub damaged: bool,
}

const LISTING: &str = "reading the list";
const SEARCHING: &str = "searching";
pub(super) const READING: &str = "reading the reflection";

impl Journal {
    /// A window of the list, at most `limit` rows, that match the query.
    ///
    /// # Errors
    /// If the journal cannot be read. A damaged row is no error: see [`Row::damaged`].
    pub fn page(&mut self, query: &Query, span: Span, limit: usize) -> Result<Page, JournalError> {
        self.store.read(LISTING, |tables| {
            let window = Window::of(tables, query, span, limit)?;
            let rows = tables.all_at(&window.places)?;
            Ok(Page {
                rows: rows.into_iter().map(row).collect(),
                more_newer: window.more_newer,
                more_older: window.more_older,
            })
        })
    }

    /// The best matches first (bm25).
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn best(&mut self, query: &Query, limit: Option<usize>) -> Result<Vec<Hit>, JournalError> {
        self.store.read(SEARCHING, |tables| {
            let mut hits = Vec::new();
            for found in tables.best(query, limit)? {
                hits.extend(tables.at(found.seq)?.map(|kept| Hit {
                    damaged: !kept.sound,
                    entry: kept.entry,
                    snippet: found.snippet,
                }));
            }
            Ok(hits)
        })
    }

    /// Newest first, without a window.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn list(
        &mut self,
        query: &Query,
        limit: Option<usize>,
    ) -> Result<Vec<Entry>, JournalError> {
        self.store.read(LISTING, |tables| {
            let places = tables.matching(query, Bound::None, Order::Newest, limit)?;
            let all = tables.all_at(&places)?;
            Ok(all.into_iter().map(|kept| kept.entry).collect())
        })
    }

    /// One reflection, in the trash or not.
    ///
    /// # Errors
    /// [`JournalError::NotFound`]; [`Cause::Damaged`] if its text is not as it was saved.
    pub fn entry(&mut self, id: ReflectionId) -> Result<Entry, JournalError> {
        self.store
            .read(READING, |tables| Ok(sound(tables, id, READING)?.entry))
    }

    /// The reflection that a person named; `Ambiguous` names the candidates.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] and [`JournalError::Ambiguous`].
    pub fn resolve(&mut self, suffix: &IdSuffix) -> Result<ReflectionId, JournalError> {
        self.store.read(READING, |tables| {
            let ids = tables.reflections_ending_in(suffix)?;
            let digits = |id| shown_reflection(tables, id);
            only(&ids, "reflection", suffix, digits)
        })
    }

    /// What a person reads and types for each: the last digits of its id, more than six where
    /// another reflection ends in the same.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn shown_ids(
        &mut self,
        ids: impl IntoIterator<Item = ReflectionId>,
    ) -> Result<Vec<String>, JournalError> {
        self.store.read(READING, |tables| {
            let shown = ids.into_iter().map(|id| shown_reflection(tables, id));
            Ok(shown.collect::<Result<_, StoreError>>()?)
        })
    }

    /// The same for experiments.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn shown_experiment_ids(
        &mut self,
        ids: impl IntoIterator<Item = ExperimentId>,
    ) -> Result<Vec<String>, JournalError> {
        self.store.read(READING, |tables| {
            let shown = ids.into_iter().map(|id| shown_experiment(tables, id));
            Ok(shown.collect::<Result<_, StoreError>>()?)
        })
    }

    /// Whether the reflection is in the trash.
    ///
    /// # Errors
    /// [`JournalError::NotFound`], or if the journal cannot be read.
    pub fn is_trashed(&mut self, id: ReflectionId) -> Result<bool, JournalError> {
        self.store.read(READING, |tables| {
            let kept = tables.reflection(id)?;
            let kept = kept.ok_or_else(|| not_found("reflection", id.short()))?;
            Ok(kept.trashed)
        })
    }

    /// The experiment that a person named by its own id or its reflection's.
    ///
    /// # Errors
    /// [`JournalError::NotFound`] and [`JournalError::Ambiguous`].
    pub fn resolve_experiment(&mut self, suffix: &IdSuffix) -> Result<ExperimentId, JournalError> {
        self.store.read("reading the experiment", |tables| {
            let ids = tables.experiments_ending_in(suffix)?;
            let digits = |id| shown_experiment(tables, id);
            only(&ids, "experiment", suffix, digits)
        })
    }

    /// The most recently written reflection (not in the trash).
    ///
    /// # Errors
    /// If the journal cannot be read, or the row is damaged.
    pub fn last(&mut self) -> Result<Option<Entry>, JournalError> {
        self.store.read(READING, |tables| {
            let kept = tables.last_written()?;
            Ok(kept
                .map(|kept| unharmed(kept, READING))
                .transpose()?
                .map(|kept| kept.entry))
        })
    }
}

pub(super) fn row(kept: Kept) -> Row {
    Row {
        position: Position(kept.seq.raw()),
        entry: kept.entry,
        damaged: !kept.sound,
    }
}

/// The reflection of that id, provided that it is as it was saved.
pub(super) fn sound(
    tables: &Tables<'_>,
    id: ReflectionId,
    attempt: &'static str,
) -> Result<Kept, JournalError> {
    let kept = tables
        .reflection(id)?
        .ok_or_else(|| not_found("reflection", id.short()))?;
    Ok(unharmed(kept, attempt)?)
}

pub(super) fn unharmed(kept: Kept, attempt: &'static str) -> Result<Kept, StoreError> {
    if kept.sound {
        Ok(kept)
    } else {
        let id = kept.entry.reflection.id.short();
        Err(Cause::Damaged {
            what: "reflection",
            id,
        }
        .during(attempt))
    }
}

pub(super) const fn not_found(what: &'static str, given: String) -> JournalError {
    JournalError::NotFound { what, given }
}

fn only<I: Copy>(
    ids: &[I],
    what: &'static str,
    suffix: &IdSuffix,
    shown: impl Fn(I) -> Result<String, StoreError>,
) -> Result<I, JournalError> {
    match ids {
        [] => Err(not_found(what, suffix.digits().to_owned())),
        [one] => Ok(*one),
        several => Err(JournalError::Ambiguous {
            given: suffix.digits().to_owned(),
            candidates: several
                .iter()
                .map(|id| shown(*id))
                .collect::<Result<_, _>>()?,
        }),
    }
}

fn shown_reflection(tables: &Tables<'_>, id: ReflectionId) -> Result<String, StoreError> {
    shortest(&id.uuid().simple().to_string(), |suffix| {
        Ok(tables.reflections_ending_in(suffix)?.len())
    })
}

fn shown_experiment(tables: &Tables<'_>, id: ExperimentId) -> Result<String, StoreError> {
    shortest(&id.uuid().simple().to_string(), |suffix| {
        Ok(tables.experiments_ending_in(suffix)?.len())
    })
}

/// The shortest ending that fits no other row; the whole id if every ending does.
fn shortest(
    digits: &str,
    fitting: impl Fn(&IdSuffix) -> Result<usize, StoreError>,
) -> Result<String, StoreError> {
    for length in SHORT_LEN..digits.len() {
        let ending: String = digits.chars().skip(digits.len() - length).collect();
        if let Ok(suffix) = ending.parse()
            && fitting(&suffix)? <= 1
        {
            return Ok(ending);
        }
    }
    Ok(digits.to_owned())
}

/// The places of one page.
struct Window {
    /// Newest first.
    places: Vec<Seq>,
    more_newer: bool,
    more_older: bool,
}

impl Window {
    fn of(
        tables: &Tables<'_>,
        query: &Query,
        span: Span,
        limit: usize,
    ) -> Result<Self, StoreError> {
        let newer_than = |position: Position| Bound::NewerThan(Seq::from_raw(position.0));
        let older_than = |position: Position| Bound::OlderThan(Seq::from_raw(position.0));
        match span {
            Span::Newest => Self::down(tables, query, Bound::None, limit),
            Span::Oldest => Self::up(tables, query, Bound::None, limit),
            Span::OlderThan(at) => Self::down(tables, query, older_than(at), limit),
            Span::At(id) => match tables.reflection(id)? {
                Some(kept) => {
                    Self::of(tables, query, Span::Around(Position(kept.seq.raw())), limit)
                }
                None => Self::of(tables, query, Span::Newest, limit),
            },
            Span::NewerThan(at) => Self::up(tables, query, newer_than(at), limit),
            Span::Around(at) => {
                let from = Bound::From(Seq::from_raw(at.0));
                // Each side may need the whole window, where the other side ends early.
                let newer = Self::up(tables, query, from, limit)?;
                let older = Self::down(tables, query, older_than(at), limit)?;
                Ok(Self::joined(newer, older, limit))
            }
        }
    }

    /// From the newest within the bound on.
    fn down(
        tables: &Tables<'_>,
        query: &Query,
        bound: Bound,
        limit: usize,
    ) -> Result<Self, StoreError> {
        let asked = Some(limit.saturating_add(1));
        let mut places = tables.matching(query, bound, Order::Newest, asked)?;
        let more_older = places.len() > limit;
        places.truncate(limit);
        let beyond = match bound {
            Bound::OlderThan(at) => Some(Bound::From(at)),
            Bound::None | Bound::NewerThan(_) | Bound::From(_) => None,
        };
        let more_newer = match beyond {
            Some(beyond) => !tables
                .matching(query, beyond, Order::Oldest, Some(1))?
                .is_empty(),
            None => false,
        };
        Ok(Self {
            places,
            more_newer,
            more_older,
        })
    }

    /// From the oldest within the bound on.
    fn up(
        tables: &Tables<'_>,
        query: &Query,
        bound: Bound,
        limit: usize,
    ) -> Result<Self, StoreError> {
        let asked = Some(limit.saturating_add(1));
        let mut places = tables.matching(query, bound, Order::Oldest, asked)?;
        let more_newer = places.len() > limit;
        places.truncate(limit);
        places.reverse();
        let beyond = match bound {
            Bound::NewerThan(at) => Some(Bound::OlderThan(Seq::from_raw(at.raw() + 1))),
            Bound::From(at) => Some(Bound::OlderThan(at)),
            Bound::None | Bound::OlderThan(_) => None,
        };
        let more_older = match beyond {
            Some(beyond) => !tables
                .matching(query, beyond, Order::Newest, Some(1))?
                .is_empty(),
            None => false,
        };
        Ok(Self {
            places,
            more_newer,
            more_older,
        })
    }

    /// Half of the window from each side, more where the other side has less.
    fn joined(newer: Self, older: Self, limit: usize) -> Self {
        let half = limit.div_ceil(2);
        let from_newer = newer
            .places
            .len()
            .min(half.max(limit.saturating_sub(older.places.len())));
        let from_older = older.places.len().min(limit.saturating_sub(from_newer));
        let left_out = newer.places.len() - from_newer;
        let more_older = older.more_older || from_older < older.places.len();
        let places = newer.places.into_iter().skip(left_out);
        Self {
            places: places
                .chain(older.places.into_iter().take(from_older))
                .collect(),
            more_newer: newer.more_newer || left_out > 0,
            more_older,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::domain::prose::Prose;
    use crate::domain::template::TemplateId;
    use crate::journal::{MadeEntry, Options, Place};
    use crate::store::ids;

    #[test]
    fn an_id_that_ends_like_another_is_shown_longer_and_every_candidate_is_found() {
        let mut journal = Journal::open(&Place::Memory, Options::default()).unwrap();
        let written_at = journal.now();
        let mut numbers = HashMap::new();
        let alike = (0_u64..).find_map(|number| {
            let id = ReflectionId::new(ids::made(written_at, number));
            let former = numbers.insert(id.short(), number);
            former.map(|former| [former, number])
        });
        let mut draft = journal.new_draft(&TemplateId::SHIFT).unwrap();
        draft.went_well = Prose::new("x");
        let made = alike.unwrap().map(|number| MadeEntry {
            draft: draft.clone(),
            written_at,
            outcome: crate::domain::experiment::Outcome::Open,
            outcome_date: None,
            outcome_note: String::new(),
            carried: 0,
            follow_up: None,
            number,
        });
        let ids = journal.insert_made(&made).unwrap();
        let given = ids[0].short();
        assert_eq!(given, ids[1].short());
        let refused = journal.resolve(&given.parse().unwrap()).unwrap_err();
        let JournalError::Ambiguous { candidates, .. } = refused else {
            unreachable!("{refused}");
        };
        assert!(!candidates.contains(&given), "{candidates:?}");
        let mut shown = journal.shown_ids(ids.clone()).unwrap();
        for (id, shown) in ids.iter().zip(&shown) {
            assert_eq!(journal.resolve(&shown.parse().unwrap()).unwrap(), *id);
        }
        shown.sort_unstable();
        let mut candidates = candidates;
        candidates.sort_unstable();
        assert_eq!(shown, candidates);
    }
}
