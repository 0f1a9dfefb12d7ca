//! Reflections and the words attached to them; keeps the search index in step with every change.

use chrono::{DateTime, FixedOffset};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::row::{self, Kept, Words};
use super::seq::Seq;
use super::{Cause, StoreError, Tables};
use crate::domain::competency::CompetencyId;
use crate::domain::id::{IdSuffix, ReflectionId};
use crate::domain::reflection::{Energy, Period, Reflection, Role, Signal};
use crate::domain::tag::Tag;

/// How much was deleted for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gone {
    /// Reflections.
    pub reflections: usize,
    /// Goals.
    pub goals: usize,
    /// Rotations.
    pub rotations: usize,
}

impl Tables<'_> {
    /// The largest id there is, in the trash or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn largest_reflection_id(&self) -> Result<Option<Uuid>, StoreError> {
        self.id("SELECT max(id) FROM reflection")
    }

    /// An id that a one-row question answers with.
    pub(super) fn id(&self, sql: &str) -> Result<Option<Uuid>, StoreError> {
        let bytes: Option<[u8; 16]> = self
            .conn
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(|error| self.failed(error))?;
        Ok(bytes.map(Uuid::from_bytes))
    }

    /// The reflection at a place, in the trash or not.
    ///
    /// # Errors
    /// If the journal cannot be read. Damage to the row is no error but said in [`Kept::sound`].
    pub fn at(&self, seq: Seq) -> Result<Option<Kept>, StoreError> {
        let sql = select_entry("r.seq = ?1");
        self.kept(&sql, [seq.0])
    }

    /// The reflection of that id, in the trash or not.
    ///
    /// # Errors
    /// As for [`Self::at`].
    pub fn reflection(&self, id: ReflectionId) -> Result<Option<Kept>, StoreError> {
        let sql = select_entry("r.id = ?1");
        self.kept(&sql, [id.uuid().as_bytes()])
    }

    /// The most recently written reflection outside the trash.
    ///
    /// # Errors
    /// As for [`Self::at`].
    pub fn last_written(&self) -> Result<Option<Kept>, StoreError> {
        let sql = select_entry("r.trashed_at IS NULL ORDER BY r.id DESC LIMIT 1");
        self.kept(&sql, [])
    }

    /// The trash, newest shift first.
    ///
    /// # Errors
    /// As for [`Self::at`].
    pub fn in_trash(&self) -> Result<Vec<Kept>, StoreError> {
        let places = self.places(
            "SELECT seq FROM reflection INDEXED BY reflection_in_trash \
             WHERE trashed_at IS NOT NULL ORDER BY seq DESC",
            [],
        )?;
        self.all_at(&places)
    }

    /// The reflections at these places, in this order, without those that are gone.
    ///
    /// # Errors
    /// As for [`Self::at`].
    pub fn all_at(&self, places: &[Seq]) -> Result<Vec<Kept>, StoreError> {
        let mut all = Vec::with_capacity(places.len());
        for place in places {
            all.extend(self.at(*place)?);
        }
        Ok(all)
    }

    /// The reflections whose id ends in these digits, newest first, the trash included.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn reflections_ending_in(
        &self,
        suffix: &IdSuffix,
    ) -> Result<Vec<ReflectionId>, StoreError> {
        let ids = self.ids_ending_in(
            "SELECT id FROM reflection WHERE substr(id, -3) = ?1 ORDER BY id DESC",
            suffix,
        )?;
        Ok(ids.into_iter().map(ReflectionId::new).collect())
    }

    /// Ids with these last digits; `sql` finds those with the same last three bytes.
    pub(super) fn ids_ending_in(
        &self,
        sql: &str,
        suffix: &IdSuffix,
    ) -> Result<Vec<Uuid>, StoreError> {
        let digits = suffix.digits();
        let Some(last) = last_bytes(digits) else {
            return Ok(Vec::new());
        };
        let ids: rusqlite::Result<Vec<Uuid>> =
            self.conn.prepare_cached(sql).and_then(|mut found| {
                found
                    .query_map([last.as_slice()], |row| row.get(0).map(Uuid::from_bytes))?
                    .collect()
            });
        let mut ids = ids.map_err(|error| self.failed(error))?;
        ids.retain(|id| id.simple().to_string().ends_with(digits));
        Ok(ids)
    }

    /// Adds a reflection, its words, and nothing else; says where it stands.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn add_reflection(&self, r: &Reflection) -> Result<Seq, StoreError> {
        let seq = self.free_place(r)?;
        let sql = "INSERT INTO reflection (seq, id, revision, written_at, shift_date, shift, \
                   rotation, template, energy, feedback_from, shared, went_well, \
                   do_differently, note, changed_at, period, changed_by, checksum) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
                   unhex((SELECT value FROM setting WHERE key = 'device'), '-'), 0)";
        self.put(sql, seq, r)?;
        self.attach_words(seq, r)?;
        self.seal_reflection(seq)?;
        Ok(seq)
    }

    /// Writes everything a reflection holds over the row at `seq`; says where it stands now.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn replace_reflection(&self, seq: Seq, r: &Reflection) -> Result<Seq, StoreError> {
        let base = Seq::of(r.shift_date, r.written_at);
        let place = if (base..=base.last_tie()).contains(&seq) {
            seq
        } else {
            self.free_place(r)?
        };
        let sql = "UPDATE reflection SET seq = ?1, revision = ?3, written_at = ?4, \
                   shift_date = ?5, shift = ?6, rotation = ?7, template = ?8, energy = ?9, \
                   feedback_from = ?10, shared = ?11, went_well = ?12, do_differently = ?13, \
                   note = ?14, changed_at = ?15, period = ?16, \
                   changed_by = unhex((SELECT value FROM setting WHERE key = 'device'), '-') \
                   WHERE id = ?2";
        self.put(sql, place, r)?;
        for table in ["tag", "competency", "signal"] {
            self.change(
                &format!("DELETE FROM reflection_{table} WHERE reflection = ?1"),
                [place.0],
            )?;
        }
        self.attach_words(place, r)?;
        self.seal_reflection(place)?;
        Ok(place)
    }

    /// Moves a reflection and its experiment into the trash (`Some`) or out of it (`None`).
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn set_trashed(
        &self,
        seq: Seq,
        at: Option<DateTime<FixedOffset>>,
    ) -> Result<(), StoreError> {
        self.change(
            "UPDATE reflection SET trashed_at = ?2, revision = revision + 1, changed_at = ?3, \
             changed_by = unhex((SELECT value FROM setting WHERE key = 'device'), '-') \
             WHERE seq = ?1",
            params![seq.0, at.map(|at| at.to_utc().to_rfc3339()), self.stamp()],
        )?;
        if at.is_none() {
            // An experiment has one follower: whoever came meanwhile keeps the place.
            self.change(
                "UPDATE experiment SET follows = NULL WHERE reflection = ?1 AND EXISTS (\
                 SELECT 1 FROM experiment AS other WHERE other.follows = experiment.follows \
                 AND other.trashed = 0 AND other.reflection <> ?1)",
                [seq.0],
            )?;
        }
        self.change(
            "UPDATE experiment SET trashed = ?2, changed_at = ?3, \
             changed_by = unhex((SELECT value FROM setting WHERE key = 'device'), '-') \
             WHERE reflection = ?1",
            params![seq.0, at.is_some(), self.stamp()],
        )?;
        Ok(())
    }

    /// Takes from a reflection in the trash what it reviews, if another one reviews the same by now.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn give_up_taken_period(&self, kept: &Kept) -> Result<(), StoreError> {
        let given_up = self.change(
            "UPDATE reflection SET period = NULL WHERE seq = ?1 AND EXISTS (\
             SELECT 1 FROM reflection AS other WHERE other.trashed_at IS NULL \
             AND other.template = reflection.template AND other.period = reflection.period \
             AND other.seq <> ?1)",
            [kept.seq.0],
        )?;
        // Of what is damaged the checksum must go on saying so.
        if given_up > 0 && kept.sound {
            self.seal_reflection(kept.seq)?;
        }
        Ok(())
    }

    /// Deletes for good what was put into the trash before `before`, or all of it; says how many.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn purge(&self, before: Option<DateTime<FixedOffset>>) -> Result<Gone, StoreError> {
        // Sorts after every time there is.
        let before = before.map_or_else(|| "~".to_owned(), |at| at.to_utc().to_rfc3339());
        let stamp = self.stamp();
        self.change(
            "INSERT OR REPLACE INTO deleted (id, kind, deleted_at) \
             SELECT e.id, 'experiment', ?2 FROM reflection AS r INDEXED BY reflection_in_trash \
             JOIN experiment AS e ON e.reflection = r.seq \
             WHERE r.trashed_at IS NOT NULL AND r.trashed_at < ?1",
            [&before, &stamp],
        )?;
        self.change(
            "INSERT OR REPLACE INTO deleted (id, kind, deleted_at) \
             SELECT id, 'reflection', ?2 FROM reflection INDEXED BY reflection_in_trash \
             WHERE trashed_at IS NOT NULL AND trashed_at < ?1",
            [&before, &stamp],
        )?;
        let rotations = self.purge_rotations(&before)?;
        let goals = self.purge_goals(&before)?;
        let reflections = self.change(
            "DELETE FROM reflection INDEXED BY reflection_in_trash \
             WHERE trashed_at IS NOT NULL AND trashed_at < ?1",
            [before],
        )?;
        Ok(Gone {
            reflections,
            goals,
            rotations,
        })
    }

    /// Takes a reflection out of the search index. Must come before any change to its text, tags,
    /// experiment or place, [`Self::index`] after it.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn unindex(&self, seq: Seq) -> Result<(), StoreError> {
        self.change(
            "INSERT INTO search (search, rowid, went_well, do_differently, try_next, note, tags, \
             outcome_note) SELECT 'delete', seq, went_well, do_differently, try_next, note, tags, \
             outcome_note \
             FROM search_text WHERE seq = ?1",
            [seq.0],
        )?;
        Ok(())
    }

    /// Puts a reflection into the search index as it is now, unless it is in the trash.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn index(&self, seq: Seq) -> Result<(), StoreError> {
        self.change(
            "INSERT INTO search (rowid, went_well, do_differently, try_next, note, tags, \
             outcome_note) SELECT seq, went_well, do_differently, try_next, note, tags, \
             outcome_note \
             FROM search_text WHERE seq = ?1",
            [seq.0],
        )?;
        Ok(())
    }

    pub(super) fn places(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Seq>, StoreError> {
        let places: rusqlite::Result<Vec<Seq>> =
            self.conn.prepare_cached(sql).and_then(|mut statement| {
                statement
                    .query_map(values, |row| row.get(0).map(Seq))?
                    .collect()
            });
        places.map_err(|error| self.failed(error))
    }

    pub(super) fn change(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<usize, StoreError> {
        self.conn
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(values))
            .map_err(|error| self.failed(error))
    }

    fn kept(&self, sql: &str, values: impl rusqlite::Params) -> Result<Option<Kept>, StoreError> {
        let read = || -> rusqlite::Result<Option<Kept>> {
            self.conn
                .prepare_cached(sql)?
                .query_row(values, |row| row::kept(row, &self.all_words(row.get(0)?)?))
                .optional()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Gives the row at `seq` the checksum of what it holds now. Last in every change to it.
    pub(super) fn seal_reflection(&self, seq: Seq) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT {} FROM reflection AS r WHERE r.seq = ?1",
            row::REFLECTION
        );
        let checksum = self.conn.prepare_cached(&sql).and_then(|mut statement| {
            statement.query_row([seq.0], |row| {
                row::reflection_checksum(row, &self.all_words(seq.0)?)
            })
        });
        let checksum = checksum.map_err(|error| self.failed(error))?;
        self.change(
            "UPDATE reflection SET checksum = ?2 WHERE seq = ?1",
            [seq.0, checksum],
        )?;
        Ok(())
    }

    fn all_words(&self, seq: i64) -> rusqlite::Result<Words> {
        Ok(Words {
            tags: self.words("tag", seq)?,
            competencies: self.words("competency", seq)?,
            signals: self.words("signal", seq)?,
        })
    }

    fn words(&self, table: &str, seq: i64) -> rusqlite::Result<Vec<String>> {
        self.conn
            .prepare_cached(&format!(
                "SELECT {table} FROM reflection_{table} WHERE reflection = ?1 ORDER BY position"
            ))?
            .query_map([seq], |row| {
                Ok(String::from_utf8_lossy(row.get_ref(0)?.as_bytes()?).into_owned())
            })?
            .collect()
    }

    fn attach_words(&self, seq: Seq, r: &Reflection) -> Result<(), StoreError> {
        let tags = r.tags.iter().map(Tag::as_str);
        let competencies = r.competencies.iter().map(CompetencyId::as_str);
        let signals = r.signals.iter().map(Signal::as_str);
        self.attach("tag", seq, tags)?;
        self.attach("competency", seq, competencies)?;
        self.attach("signal", seq, signals)
    }

    fn attach<'w>(
        &self,
        table: &str,
        seq: Seq,
        words: impl Iterator<Item = &'w str>,
    ) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT OR IGNORE INTO reflection_{table} ({table}, reflection, position) \
             VALUES (?1, ?2, ?3)"
        );
        for (position, word) in (0_i64..).zip(words) {
            self.change(&sql, params![word, seq.0, position])?;
        }
        Ok(())
    }

    fn put(&self, sql: &str, seq: Seq, r: &Reflection) -> Result<(), StoreError> {
        self.change(
            sql,
            params![
                seq.0,
                r.id.uuid().as_bytes(),
                r.revision.0,
                r.written_at.to_rfc3339(),
                r.shift_date.to_string(),
                r.shift.id(),
                r.rotation,
                r.template.as_str(),
                r.energy.map(Energy::level),
                r.feedback_from.map(Role::id),
                r.shared,
                r.went_well.as_str(),
                r.do_differently.as_str(),
                r.note.as_str(),
                self.stamp(),
                r.period.as_ref().map(Period::as_str),
            ],
        )?;
        Ok(())
    }

    /// The first free place of the reflection's second; of the next one if a thousand came in it.
    fn free_place(&self, r: &Reflection) -> Result<Seq, StoreError> {
        let mut base = Seq::of(r.shift_date, r.written_at);
        let end = Seq::last_on(r.shift_date);
        while base < end {
            let taken = self.places(
                "SELECT seq FROM reflection WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq DESC LIMIT 1",
                [base.0, base.last_tie().0],
            )?;
            match taken.first() {
                None => return Ok(base),
                Some(taken) if *taken < base.last_tie() => return Ok(Seq(taken.0 + 1)),
                Some(full) => base = Seq(full.0 + 1),
            }
        }
        Err(self.failed(Cause::DiskFull))
    }
}

fn select_entry(condition: &str) -> String {
    format!(
        "SELECT {}, {} FROM reflection AS r LEFT JOIN experiment AS e ON e.reflection = r.seq \
         WHERE {condition}",
        row::REFLECTION,
        row::EXPERIMENT
    )
}

/// The last three bytes that these hexadecimal digits say.
fn last_bytes(digits: &str) -> Option<[u8; 3]> {
    let last = digits.get(digits.len().checked_sub(6)?..)?;
    let number = u32::from_str_radix(last, 16).ok()?;
    let [_, bytes @ ..] = number.to_be_bytes();
    Some(bytes)
}
