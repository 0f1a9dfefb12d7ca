//! Looking a whole journal over: the engine's own checks, and ours.

use rusqlite::OptionalExtension;
use uuid::Uuid;

use super::{Store, StoreError, Tables};
use crate::domain::id::{GoalId, ReflectionId, RotationId};

/// What was found. All empty and `true` where the journal is sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    /// Reflections, the trash included.
    pub reflections: u64,
    /// What the engine says about the structure of the file, at most a hundred lines.
    pub structure: Vec<String>,
    /// Rows that point to a row that is not there.
    pub orphans: u64,
    /// Reflections whose text is not as it was saved.
    pub damaged: Vec<ReflectionId>,
    /// Goals that are not as they were saved.
    pub damaged_goals: Vec<GoalId>,
    /// Rotations that are not as they were saved.
    pub damaged_rotations: Vec<RotationId>,
    /// Whether the search index holds exactly the text; `None` if the journal is read-only.
    pub search_in_step: Option<bool>,
}

impl Examination {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.structure.is_empty()
            && self.orphans == 0
            && self.damaged.is_empty()
            && self.damaged_goals.is_empty()
            && self.damaged_rotations.is_empty()
            && self.search_in_step != Some(false)
    }
}

const EXAMINING: &str = "examining the journal";

impl Store {
    /// Reads everything and checks it. Takes time: not for the start.
    ///
    /// # Errors
    /// If the file cannot be read at all.
    pub fn examine(&mut self) -> Result<Examination, StoreError> {
        let examination = self.read::<_, StoreError>(EXAMINING, |tables| {
            let (structure, orphans) = tables.structure()?;
            let (reflections, damaged) = tables.all_checksums()?;
            Ok(Examination {
                reflections,
                structure,
                orphans,
                damaged,
                damaged_goals: tables.damaged_goals()?,
                damaged_rotations: tables.damaged_rotations()?,
                search_in_step: None,
            })
        })?;
        if self.is_read_only() {
            return Ok(examination);
        }
        let in_step: Result<bool, StoreError> =
            self.write(EXAMINING, |tables| Ok(tables.search_in_step()));
        Ok(Examination {
            search_in_step: Some(in_step?),
            ..examination
        })
    }

    /// Makes the search index anew from the text.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn rebuild_search(&mut self) -> Result<(), StoreError> {
        self.write("rebuilding the search index", |tables| {
            tables.index_anew()?;
            Ok(())
        })
    }
}

impl Tables<'_> {
    /// Makes the whole search index anew: the only way to take out of it a reflection whose text is
    /// no longer the one that was put in.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn index_anew(&self) -> Result<(), StoreError> {
        self.change("INSERT INTO search (search) VALUES ('rebuild')", [])?;
        Ok(())
    }

    /// What the engine's own checks say, and how many rows point nowhere.
    fn structure(&self) -> Result<(Vec<String>, u64), StoreError> {
        let read = || -> rusqlite::Result<(Vec<String>, u64)> {
            let structure = self
                .conn
                .prepare("PRAGMA integrity_check")?
                .query_map([], |row| row.get(0))?
                .filter(|line| !matches!(line, Ok(line) if line == "ok"))
                .collect::<rusqlite::Result<_>>()?;
            let mut orphans = 0;
            let mut statement = self.conn.prepare("PRAGMA foreign_key_check")?;
            let mut rows = statement.query([])?;
            while rows.next()?.is_some() {
                orphans += 1;
            }
            Ok((structure, orphans))
        };
        read().map_err(|error| self.failed(error))
    }

    fn all_checksums(&self) -> Result<(u64, Vec<ReflectionId>), StoreError> {
        let mut count = 0;
        let mut damaged = Vec::new();
        let mut last: Option<[u8; 16]> = Some([0; 16]);
        while let Some(id) = last {
            last = self
                .conn
                .prepare_cached("SELECT id FROM reflection WHERE id > ?1 ORDER BY id LIMIT 1")
                .and_then(|mut statement| statement.query_row([id], |row| row.get(0)).optional())
                .map_err(|error| self.failed(error))?;
            let Some(id) = last else { break };
            let id = ReflectionId::new(Uuid::from_bytes(id));
            count += 1;
            if self.reflection(id)?.is_none_or(|kept| !kept.sound) {
                damaged.push(id);
            }
        }
        Ok((count, damaged))
    }

    fn search_in_step(&self) -> bool {
        self.change(
            "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)",
            [],
        )
        .is_ok()
    }
}
