//! What whole calendar months say, kept so that a look at years need not count every reflection.
//!
//! A month is counted when it is first looked at and the row that holds the counts goes with
//! anything that changes in it (the triggers of `migrations/0003_months.sql`), so that what is there
//! is true. The month that today is in is never kept: each save would throw it away.

mod bytes;
mod counted;

use std::time::Duration;

use chrono::{Datelike, Months, NaiveDate};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use xxhash_rust::xxh3::xxh3_64;

use super::cause::Cause;
use super::days::Gathered;
use super::durability::PATIENCE;
use super::{Store, StoreError, Tables, engine};
use crate::domain::calendar::add_days;
use crate::domain::figures::Span;
use crate::domain::trends::day::Days;
use crate::domain::trends::vocabulary::Vocabulary;
use counted::Counted;

/// The rules by which is counted and what the bytes mean: whatever changes either (what counts as a
/// word, the stop words, the order of the kinds of shift) gives this another value, and every month
/// is counted anew. A test in [`counted`] notices if that was forgotten.
const COUNTED_BY: &str = "1";

/// The months that one look needs: which days are still to come, and what was counted meanwhile.
pub struct Counts {
    today: NaiveDate,
    /// Whether there are rows to look for: a journal that can only be read may be of a schema
    /// without them.
    looks: bool,
    new: Vec<New>,
}

/// A month that was not kept so far.
struct New {
    month: String,
    what: &'static str,
    counts: Vec<u8>,
}

impl Store {
    /// Reads one state of the journal, as [`Self::read`] does, and keeps what `question` had to count
    /// of whole months.
    ///
    /// They are written in the transaction that read them, so nobody can have changed anything
    /// between. If another program is in the way, the disk is full or the journal can only be read,
    /// they are not kept, and nobody waits.
    ///
    /// # Errors
    /// Those of `question`, or why the journal cannot be read.
    pub fn count<T, E: From<StoreError>>(
        &mut self,
        attempt: &'static str,
        today: NaiveDate,
        question: impl FnOnce(&Tables<'_>, &mut Counts) -> Result<T, E>,
    ) -> Result<T, E> {
        let failed = |error: rusqlite::Error| E::from(Cause::from(error).during(attempt));
        let mut counts = Counts {
            today,
            looks: !self.is_read_only(),
            new: Vec::new(),
        };
        let transaction = Transaction::new(&mut self.conn, TransactionBehavior::Deferred);
        let transaction = transaction.map_err(failed)?;
        let tables = Tables {
            conn: &transaction,
            session: self.session.id,
            attempt,
            now: &self.now,
        };
        let answer = question(&tables, &mut counts)?;
        if counts.looks && !counts.new.is_empty() {
            // Whatever is in the way: the answer is there, and the next look counts anew.
            let _ = keep(transaction, &counts.new);
            self.conn.busy_timeout(PATIENCE).map_err(failed)?;
        }
        Ok(answer)
    }
}

fn keep(transaction: Transaction<'_>, new: &[New]) -> Result<(), Cause> {
    transaction.busy_timeout(Duration::ZERO)?;
    {
        let mut statement = transaction.prepare_cached(
            "INSERT OR REPLACE INTO month (month, what, counted_by, checksum, counts) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for New {
            month,
            what,
            counts,
        } in new
        {
            statement.execute(params![month, what, COUNTED_BY, checksum(counts), counts])?;
        }
    }
    // Asked under the writer's lock, as for every other write.
    if engine::has_moved(&transaction) {
        return Err(Cause::Replaced);
    }
    Ok(transaction.commit()?)
}

fn checksum(counts: &[u8]) -> i64 {
    xxh3_64(counts).cast_signed()
}

impl Tables<'_> {
    /// What each day of a long span holds: as [`Self::days`], by whole months where it can.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn days_of_months(&self, span: Span, counts: &mut Counts) -> Result<Days, StoreError> {
        let mut days = Gathered::of(span);
        for part in parts(span, counts.today) {
            days.take(self.part(part, counts)?);
        }
        let happened = self.happened(&mut days);
        happened.map_err(|error| self.failed(error))?;
        Ok(days.done())
    }

    /// The words and tags of a long span: as [`Self::vocabulary`], by whole months where it can.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn vocabulary_of_months(
        &self,
        span: Span,
        counts: &mut Counts,
    ) -> Result<Vocabulary, StoreError> {
        let mut vocabulary = Vocabulary::default();
        for part in parts(span, counts.today) {
            vocabulary.merge(self.part(part, counts)?);
        }
        Ok(vocabulary)
    }

    fn part<T: Counted>(&self, part: Part, counts: &mut Counts) -> Result<T, StoreError> {
        let month = match part {
            Part::Days(span) => return T::count(self, span),
            Part::Month(month) => month,
        };
        if !counts.looks {
            return T::count(self, month);
        }
        let name = month.first.format("%Y-%m").to_string();
        if let Some(kept) = self.kept_of(&name)? {
            return Ok(kept);
        }
        let counted = T::count(self, month)?;
        // An empty month is counted as quickly as it is looked up, and there is no end of them.
        if !counted.is_empty() {
            counts.new.push(New {
                month: name,
                what: T::WHAT,
                counts: counted.bytes(),
            });
        }
        Ok(counted)
    }

    /// What is kept of a month; `None` where it is not, is damaged or was counted by other rules.
    fn kept_of<T: Counted>(&self, month: &str) -> Result<Option<T>, StoreError> {
        let read = || -> rusqlite::Result<Option<T>> {
            let mut statement = self.conn.prepare_cached(
                "SELECT checksum, counts FROM month \
                 WHERE month = ?1 AND what = ?2 AND counted_by = ?3",
            )?;
            let kept = statement.query_row([month, T::WHAT, COUNTED_BY], |row| {
                let counts = row.get_ref(1)?.as_blob()?;
                let is_sound = row.get::<_, i64>(0)? == checksum(counts);
                Ok(is_sound.then(|| T::of_bytes(counts)).flatten())
            });
            Ok(kept.optional()?.flatten())
        };
        read().map_err(|error| self.failed(error))
    }
}

/// A part of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A whole calendar month that is over.
    Month(Span),
    /// Days that are not.
    Days(Span),
}

/// A span in parts, in order.
fn parts(span: Span, today: NaiveDate) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut first = span.first;
    while first <= span.last {
        let month = month_of(first);
        let part = if month.contains(today) || today < month.first {
            Part::Days(Span::new(first, span.last))
        } else if month.first == first && month.last <= span.last {
            Part::Month(month)
        } else {
            Part::Days(Span::new(first, month.last.min(span.last)))
        };
        let (Part::Month(done) | Part::Days(done)) = part;
        parts.push(part);
        first = add_days(done.last, 1);
    }
    parts
}

fn month_of(date: NaiveDate) -> Span {
    let first = date.with_day(1).unwrap_or(date);
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    Span::new(first, add_days(next, -1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: &str, last: &str) -> Span {
        Span::new(first.parse().unwrap(), last.parse().unwrap())
    }

    #[test]
    fn a_span_is_its_whole_months_that_are_over_and_the_days_besides() {
        let today = "2026-11-22".parse().unwrap();
        let long = parts(span("2026-08-31", "2027-06-30"), today);
        assert_eq!(
            long,
            [
                Part::Days(span("2026-08-31", "2026-08-31")),
                Part::Month(span("2026-09-01", "2026-09-30")),
                Part::Month(span("2026-10-01", "2026-10-31")),
                Part::Days(span("2026-11-01", "2027-06-30")),
            ]
        );
        let leap = span("2024-02-01", "2024-02-29");
        assert_eq!(parts(leap, today), [Part::Month(leap)]);
        let short = span("2024-02-01", "2024-02-28");
        assert_eq!(parts(short, today), [Part::Days(short)]);
    }
}
