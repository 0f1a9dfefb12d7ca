//! Questions of the rotation review.

use rusqlite::{Row, params};
use uuid::Uuid;

use super::figures::{date, outcome, places, role, text};
use super::seq::Seq;
use super::{StoreError, Tables};
use crate::domain::competency::CompetencyId;
use crate::domain::figures::{Outcomes, Span};
use crate::domain::id::ReflectionId;
use crate::domain::prose::Prose;
use crate::domain::reflection::Role;
use crate::domain::rotation_review::{Block, Said};
use crate::domain::template::TemplateId;

/// The reflections of a rotation: ?1 and ?2 are the ends of its span, ?3 its name.
const IN_ROTATION: &str = "r.trashed_at IS NULL AND r.rotation <> '' \
     AND r.seq BETWEEN ?1 AND ?2 AND r.rotation = ?3 COLLATE NOCASE";

impl Tables<'_> {
    /// The rotation of that name, begun last if several have it; else what reflections name so.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn block(&self, name: &str) -> Result<Option<Block>, StoreError> {
        let entered = self.blocks(
            "SELECT name, first_date, last_date FROM rotation \
             WHERE trashed_at IS NULL AND name = ?1 ORDER BY first_date DESC, id DESC LIMIT 1",
            [name],
        )?;
        if entered.is_some() {
            return Ok(entered);
        }
        self.blocks(
            "SELECT rotation, min(shift_date), max(shift_date) FROM reflection \
             WHERE trashed_at IS NULL AND rotation <> '' AND rotation = ?1 COLLATE NOCASE \
             HAVING count(*) > 0",
            [name],
        )
    }

    /// The rotation with the latest first day before this one's.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn block_before(&self, block: &Block) -> Result<Option<Block>, StoreError> {
        self.blocks(
            "SELECT name, first_date, last_date FROM rotation \
             WHERE trashed_at IS NULL AND first_date < ?1 \
             ORDER BY first_date DESC, id DESC LIMIT 1",
            [block.first.to_string()],
        )
    }

    fn blocks(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Option<Block>, StoreError> {
        let read = || -> rusqlite::Result<Option<Block>> {
            let mut statement = self.conn.prepare_cached(sql)?;
            let mut rows = statement.query(values)?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            let (name, last) = (text(row, 0)?, date(row, 2)?);
            Ok(date(row, 1)?.map(|first| Block { name, first, last }))
        };
        read().map_err(|error| self.failed(error))
    }

    /// The competencies that reflections of a rotation name, the most frequent first, of equally
    /// frequent ones by name.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn competencies_in(
        &self,
        span: Span,
        rotation: &str,
    ) -> Result<Vec<(CompetencyId, u32)>, StoreError> {
        self.in_rotation(
            "SELECT c.competency, count(*) FROM reflection AS r \
             JOIN reflection_competency AS c INDEXED BY competency_of_reflection \
             ON c.reflection = r.seq",
            "GROUP BY c.competency ORDER BY count(*) DESC, c.competency",
            (span, rotation),
            |row| Ok((CompetencyId::new(text(row, 0)?), row.get(1)?)),
        )
    }

    /// What became of the experiments planned in a rotation.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn experiments_in(&self, span: Span, rotation: &str) -> Result<Outcomes, StoreError> {
        let all = self.in_rotation(
            "SELECT e.outcome FROM reflection AS r JOIN experiment AS e ON e.reflection = r.seq",
            "",
            (span, rotation),
            |row| outcome(row, 0),
        )?;
        let mut outcomes = Outcomes::default();
        for outcome in all {
            outcomes.add(outcome, 1);
        }
        Ok(outcomes)
    }

    /// Feedback from others in a rotation, in the order of [`Role::ALL`].
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn feedback_in(&self, span: Span, rotation: &str) -> Result<Vec<(Role, u32)>, StoreError> {
        let given = self.in_rotation(
            "SELECT r.feedback_from FROM reflection AS r",
            "AND r.feedback_from IS NOT NULL",
            (span, rotation),
            |row| role(row, 0),
        )?;
        let times = |role| {
            let count = given.iter().filter(|from| **from == Some(role)).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let all = Role::ALL.into_iter().map(|role| (role, times(role)));
        Ok(all.filter(|(_, times)| *times > 0).collect())
    }

    /// The newest entry of a template in a rotation.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn newest_of(
        &self,
        span: Span,
        rotation: &str,
        template: &TemplateId,
    ) -> Result<Option<Said>, StoreError> {
        let mut all = self.in_rotation(
            SAID,
            "AND r.template IN ('rotation-start', 'rotation-close', 'change') \
             ORDER BY r.seq DESC",
            (span, rotation),
            |row| Ok((TemplateId::new(text(row, 6)?), said(row)?)),
        )?;
        all.retain(|(id, _)| id == template);
        Ok(all.into_iter().next().map(|(_, said)| said))
    }

    /// The first entry of a rotation.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn first_in(&self, span: Span, rotation: &str) -> Result<Option<Said>, StoreError> {
        let first = self.in_rotation(SAID, "ORDER BY r.seq LIMIT 1", (span, rotation), said)?;
        Ok(first.into_iter().next())
    }

    fn in_rotation<T>(
        &self,
        select: &str,
        then: &str,
        (span, rotation): (Span, &str),
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let [first, last] = places(span);
        let all = || -> rusqlite::Result<Vec<T>> {
            self.conn
                .prepare_cached(&format!("{select} WHERE {IN_ROTATION} {then}"))?
                .query_map(params![first, last, rotation], |row| read(row))?
                .collect()
        };
        all().map_err(|error| self.failed(error))
    }
}

/// The columns of [`said`].
const SAID: &str = "SELECT r.id, r.seq, r.went_well, r.do_differently, r.note, \
     coalesce(e.text, ''), r.template \
     FROM reflection AS r LEFT JOIN experiment AS e ON e.reflection = r.seq";

fn said(row: &Row<'_>) -> rusqlite::Result<Said> {
    Ok(Said {
        reflection: ReflectionId::new(Uuid::from_bytes(row.get(0)?)),
        shift_date: Seq(row.get(1)?).shift_date().unwrap_or_default(),
        went_well: Prose::new(text(row, 2)?),
        do_differently: Prose::new(text(row, 3)?),
        note: Prose::new(text(row, 4)?),
        try_next: Prose::new(text(row, 5)?),
    })
}
