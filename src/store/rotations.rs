//! Rotations: their rows, and what was written in them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Row, params};
use uuid::Uuid;

use super::checksum::Checksum;
use super::seq::Seq;
use super::summaries::ABOUT_A_SHIFT;
use super::{StoreError, Tables};
use crate::domain::id::{Revision, RotationId};
use crate::domain::offer::Written;
use crate::domain::rotation::Rotation;
use crate::domain::shift::ShiftKind;
use crate::domain::template::TemplateId;

/// A rotation as the journal holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRotation {
    /// The rotation.
    pub rotation: Rotation,
    /// Whether it is in the trash.
    pub trashed: bool,
    /// Whether its checksum fits.
    pub sound: bool,
}

/// The columns of a rotation, as [`kept`] expects them: its checksum is over those behind the first
/// three.
const ROTATION: &str = "revision, trashed_at, checksum, id, name, first_date, last_date";
const COLUMNS: std::ops::Range<usize> = 3..7;

impl Tables<'_> {
    /// The largest rotation id there is, in the trash or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn largest_rotation_id(&self) -> Result<Option<Uuid>, StoreError> {
        self.id("SELECT max(id) FROM rotation")
    }

    /// Every rotation outside the trash, begun last first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn rotations(&self) -> Result<Vec<KeptRotation>, StoreError> {
        self.rotations_where("trashed_at IS NULL ORDER BY first_date DESC, id DESC", [])
    }

    /// Those outside the trash that have a day in `from..=to`, begun last first. The many that are
    /// long over are passed by in the engine: this is asked at every start and for every new entry.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn rotations_in(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<KeptRotation>, StoreError> {
        self.rotations_where(
            "trashed_at IS NULL AND first_date <= ?2 AND (last_date IS NULL OR last_date >= ?1) \
             ORDER BY first_date DESC, id DESC",
            [from.to_string(), to.to_string()],
        )
    }

    /// The rotations in the trash, begun last first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn rotations_in_trash(&self) -> Result<Vec<KeptRotation>, StoreError> {
        self.rotations_where(
            "trashed_at IS NOT NULL ORDER BY first_date DESC, id DESC",
            [],
        )
    }

    /// Every rotation that is not as it was saved, in the trash or not.
    pub(super) fn damaged_rotations(&self) -> Result<Vec<RotationId>, StoreError> {
        let all = self.rotations_where("true ORDER BY id", [])?;
        let damaged = all.into_iter().filter(|kept| !kept.sound);
        Ok(damaged.map(|kept| kept.rotation.id).collect())
    }

    /// The rotation of that id, in the trash or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn rotation(&self, id: RotationId) -> Result<Option<KeptRotation>, StoreError> {
        let found = self.rotations_where("id = ?1", [id.uuid().as_bytes()])?;
        Ok(found.into_iter().next())
    }

    /// Writes a rotation, over the row of that id if there is one.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn set_rotation(&self, rotation: &Rotation) -> Result<(), StoreError> {
        self.change(
            "INSERT INTO rotation (id, revision, name, first_date, last_date, changed_at, \
             changed_by, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, \
             unhex((SELECT value FROM setting WHERE key = 'device'), '-'), 0) \
             ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, name = excluded.name, \
             first_date = excluded.first_date, last_date = excluded.last_date, \
             changed_at = excluded.changed_at, changed_by = excluded.changed_by",
            params![
                rotation.id.uuid().as_bytes(),
                rotation.revision.0,
                rotation.name,
                rotation.first.to_string(),
                rotation.last.map(|date| date.to_string()),
                self.stamp(),
            ],
        )?;
        self.seal_rotation(rotation.id)
    }

    /// Puts a rotation into the trash, or takes it out.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn set_rotation_trashed(
        &self,
        id: RotationId,
        at: Option<DateTime<FixedOffset>>,
    ) -> Result<(), StoreError> {
        self.change(
            "UPDATE rotation SET trashed_at = ?2, revision = revision + 1, changed_at = ?3, \
             changed_by = unhex((SELECT value FROM setting WHERE key = 'device'), '-') \
             WHERE id = ?1",
            params![
                id.uuid().as_bytes(),
                at.map(|at| at.to_utc().to_rfc3339()),
                self.stamp()
            ],
        )?;
        Ok(())
    }

    /// Deletes the rotations for good that were put into the trash before that time, as it is
    /// stored; says how many.
    pub(super) fn purge_rotations(&self, before: &str) -> Result<usize, StoreError> {
        self.change(
            "INSERT OR REPLACE INTO deleted (id, kind, deleted_at) \
             SELECT id, 'rotation', ?2 FROM rotation \
             WHERE trashed_at IS NOT NULL AND trashed_at < ?1",
            params![before, self.stamp()],
        )?;
        self.change(
            "DELETE FROM rotation WHERE trashed_at IS NOT NULL AND trashed_at < ?1",
            [before],
        )
    }

    /// Hands over what was reflected on in these days, earliest first, once for each reflection about
    /// a shift: its date, its shift and the rotation that it names, empty if none. They are not
    /// gathered, since ten years hold many.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn each_shift_in(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        mut take: impl FnMut(NaiveDate, ShiftKind, &str),
    ) -> Result<(), StoreError> {
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT seq, shift, rotation FROM reflection INDEXED BY reflection_facts \
                 WHERE trashed_at IS NULL AND seq BETWEEN ?1 AND ?2 AND {ABOUT_A_SHIFT} \
                 ORDER BY seq"
            ))?;
            let mut rows = statement.query([Seq::first_on(from).0, Seq::last_on(to).0])?;
            while let Some(row) = rows.next()? {
                let date = Seq(row.get(0)?).shift_date();
                let shift = row.get_ref(1)?.as_str().unwrap_or_default().parse().ok();
                if let Some((date, shift)) = date.zip(shift) {
                    take(date, shift, row.get_ref(2)?.as_str().unwrap_or_default());
                }
            }
            Ok(())
        };
        read().map_err(|error| self.failed(error))
    }

    /// The reflections of these days that begin or close a rotation.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn written_for_rotations(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Written>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Written>> {
            let mut statement = self.conn.prepare_cached(
                "SELECT seq, template, rotation FROM reflection INDEXED BY reflection_facts \
                 WHERE trashed_at IS NULL AND seq BETWEEN ?1 AND ?2 AND template IN (?3, ?4)",
            )?;
            let values = params![
                Seq::first_on(from).0,
                Seq::last_on(to).0,
                TemplateId::ROTATION_START.as_str(),
                TemplateId::ROTATION_CLOSE.as_str(),
            ];
            let rows = statement.query_map(values, |row| {
                let date = Seq(row.get(0)?).shift_date();
                let template: String = row.get(1)?;
                let rotation = row.get(2)?;
                Ok(date.map(|date| Written {
                    template: TemplateId::new(template.to_lowercase()),
                    rotation,
                    date,
                }))
            })?;
            rows.filter_map(Result::transpose).collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The rotations that the last reflections name, newest first, each as often as it is named.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn rotations_used_last(&self) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.conn
                .prepare_cached(
                    "SELECT rotation FROM reflection INDEXED BY reflection_facts \
                     WHERE trashed_at IS NULL AND rotation <> '' ORDER BY seq DESC LIMIT 200",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    fn rotations_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<KeptRotation>, StoreError> {
        let read = || -> rusqlite::Result<Vec<KeptRotation>> {
            self.conn
                .prepare_cached(&format!(
                    "SELECT {ROTATION} FROM rotation WHERE {condition}"
                ))?
                .query_map(values, kept)?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// Gives the row the checksum of what it holds now. Last in every change to it.
    fn seal_rotation(&self, id: RotationId) -> Result<(), StoreError> {
        let sql = format!("SELECT {ROTATION} FROM rotation WHERE id = ?1");
        let checksum = self.conn.prepare_cached(&sql).and_then(|mut statement| {
            statement.query_row([id.uuid().as_bytes()], |row| Checksum::of(row, COLUMNS))
        });
        let checksum = checksum.map_err(|error| self.failed(error))?.value();
        self.change(
            "UPDATE rotation SET checksum = ?2 WHERE id = ?1",
            params![id.uuid().as_bytes(), checksum],
        )?;
        Ok(())
    }
}

/// Bytes that are no UTF-8 any more become U+FFFD, a day that is none any more the first day there
/// is; the checksum of such a row does not fit.
fn kept(row: &Row<'_>) -> rusqlite::Result<KeptRotation> {
    let text = |at: usize| -> rusqlite::Result<Option<String>> {
        let bytes = row.get_ref(at)?.as_bytes_or_null()?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
    };
    let day = |text: String| text.parse::<NaiveDate>().ok();
    let revision: i64 = row.get(0)?;
    let checksum: i64 = row.get(2)?;
    Ok(KeptRotation {
        trashed: text(1)?.is_some(),
        sound: checksum == Checksum::of(row, COLUMNS)?.value(),
        rotation: Rotation {
            id: RotationId::new(Uuid::from_bytes(row.get(3)?)),
            name: text(4)?.unwrap_or_default(),
            first: text(5)?.and_then(day).unwrap_or_default(),
            last: text(6)?.and_then(day),
            revision: Revision(u32::try_from(revision).unwrap_or(1)),
        },
    })
}
