//! Goals: one row each, a slot for each that is active, and the reflections on their competencies.

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Row, params};
use uuid::Uuid;

use super::checksum::Checksum;
use super::row::Cells;
use super::seq::Seq;
use super::{StoreError, Tables};
use crate::domain::competency::CompetencyId;
use crate::domain::evidence::Touch;
use crate::domain::experiment::Outcome;
use crate::domain::goal::{Goal, GoalLines, GoalStatus};
use crate::domain::id::GoalId;
use crate::domain::reflection::{Giver, Role};
use crate::domain::template::TemplateId;

/// A goal as the journal holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptGoal {
    /// The goal.
    pub goal: Goal,
    /// Whether it is in the trash.
    pub trashed: bool,
    /// Whether its checksum fits.
    pub sound: bool,
}

/// The columns of a goal, as [`kept`] expects them: its checksum is over those behind the first
/// three.
const GOAL: &str = "revision, trashed_at, checksum, id, competency, academic_year, status, \
     status_note, status_date, created_at, why, strength, gap, role_sought, obstacle";
const COLUMNS: std::ops::Range<usize> = 3..15;

impl Tables<'_> {
    /// The largest goal id there is, in the trash or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn largest_goal_id(&self) -> Result<Option<Uuid>, StoreError> {
        self.id("SELECT max(id) FROM goal")
    }

    /// Goals outside the trash: the active ones in the order of their slots, then the others,
    /// newest first.
    ///
    /// # Errors
    /// If the journal cannot be read. Damage to a row is no error but said in [`KeptGoal::sound`].
    pub fn goals(&self) -> Result<Vec<KeptGoal>, StoreError> {
        self.goals_where(
            "trashed_at IS NULL ORDER BY slot IS NULL, slot, id DESC",
            [],
        )
    }

    /// The active goals outside the trash, in the order of their slots.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn active_goals(&self) -> Result<Vec<KeptGoal>, StoreError> {
        self.goals_where("slot IS NOT NULL ORDER BY slot", [])
    }

    /// Goals in the trash, newest first.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn goals_in_trash(&self) -> Result<Vec<KeptGoal>, StoreError> {
        self.goals_where("trashed_at IS NOT NULL ORDER BY id DESC", [])
    }

    /// The goal of that id, in the trash or not.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn goal(&self, id: GoalId) -> Result<Option<KeptGoal>, StoreError> {
        let found = self.goals_where("id = ?1", [id.uuid().as_bytes()])?;
        Ok(found.into_iter().next())
    }

    /// Writes a goal over the row of that id if there is one; into the trash if a time is given.
    /// Outside it an active one keeps its slot or gets the first that is free; where none is, the
    /// engine refuses.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn set_goal(
        &self,
        goal: &Goal,
        trashed: Option<DateTime<FixedOffset>>,
    ) -> Result<(), StoreError> {
        let id = *goal.id.uuid().as_bytes();
        self.change(
            "INSERT INTO goal (id, revision, competency, academic_year, status, status_note, \
             status_date, created_at, why, strength, gap, role_sought, obstacle, changed_at, \
             trashed_at, slot, changed_by, checksum) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
             CASE WHEN ?5 = 'active' AND ?15 IS NULL THEN coalesce(\
               (SELECT slot FROM goal WHERE id = ?1), \
               (SELECT min(free) FROM (SELECT 1 AS free UNION SELECT 2 UNION SELECT 3) \
                WHERE free NOT IN (SELECT slot FROM goal WHERE slot IS NOT NULL))) END, \
             unhex((SELECT value FROM setting WHERE key = 'device'), '-'), 0) \
             ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, \
             competency = excluded.competency, academic_year = excluded.academic_year, \
             status = excluded.status, status_note = excluded.status_note, \
             status_date = excluded.status_date, slot = excluded.slot, trashed_at = excluded.trashed_at, \
             created_at = excluded.created_at, why = excluded.why, strength = excluded.strength, \
             gap = excluded.gap, role_sought = excluded.role_sought, \
             obstacle = excluded.obstacle, changed_at = excluded.changed_at, \
             changed_by = excluded.changed_by",
            params![
                id,
                goal.revision.0,
                goal.competency.as_str(),
                goal.academic_year,
                goal.status.id(),
                goal.status_note.as_str(),
                goal.status_date.map(|date| date.to_string()),
                goal.created_at.to_rfc3339(),
                goal.lines.why.as_str(),
                goal.lines.strength.as_str(),
                goal.lines.gap.as_str(),
                goal.lines.role_sought.as_str(),
                goal.lines.obstacle.as_str(),
                self.stamp(),
                trashed.map(|at| at.to_utc().to_rfc3339()),
            ],
        )?;
        self.seal_goal(goal.id)
    }

    /// Puts a goal into the trash, where it has no slot.
    ///
    /// # Errors
    /// If the journal cannot be written.
    pub fn trash_goal(&self, id: GoalId, at: DateTime<FixedOffset>) -> Result<(), StoreError> {
        self.change(
            "UPDATE goal SET trashed_at = ?2, slot = NULL, revision = revision + 1, \
             changed_at = ?3, \
             changed_by = unhex((SELECT value FROM setting WHERE key = 'device'), '-') \
             WHERE id = ?1",
            params![id.uuid().as_bytes(), at.to_utc().to_rfc3339(), self.stamp()],
        )?;
        Ok(())
    }

    /// Deletes for good the goals that were put into the trash before that time, as it is stored;
    /// says how many.
    pub(super) fn purge_goals(&self, before: &str) -> Result<usize, StoreError> {
        self.change(
            "INSERT OR REPLACE INTO deleted (id, kind, deleted_at) \
             SELECT id, 'goal', ?2 FROM goal WHERE trashed_at IS NOT NULL AND trashed_at < ?1",
            params![before, self.stamp()],
        )?;
        self.change(
            "DELETE FROM goal WHERE trashed_at IS NOT NULL AND trashed_at < ?1",
            [before],
        )
    }

    /// Every goal that is not as it was saved, in the trash or not.
    pub(super) fn damaged_goals(&self) -> Result<Vec<GoalId>, StoreError> {
        let all = self.goals_where("true ORDER BY id", [])?;
        let damaged = all.into_iter().filter(|kept| !kept.sound);
        Ok(damaged.map(|kept| kept.goal.id).collect())
    }

    /// The reflections on a competency in these days, newest first, the trash left out.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn touches(
        &self,
        competency: &CompetencyId,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Result<Vec<(Seq, Touch)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(Seq, Touch)>> {
            // The order of the tables is the planner's only where it says so.
            let mut statement = self.conn.prepare_cached(
                "SELECT c.reflection, r.template, r.feedback_from, e.outcome \
                 FROM reflection_competency AS c \
                 CROSS JOIN reflection AS r ON r.seq = c.reflection \
                 LEFT JOIN experiment AS e ON e.reflection = c.reflection \
                 WHERE c.competency = ?1 AND c.reflection BETWEEN ?2 AND ?3 \
                 AND r.trashed_at IS NULL ORDER BY c.reflection DESC",
            )?;
            let from = Seq::first_on(first).0;
            let to = Seq::last_on(last).0;
            let rows = statement.query_map(params![competency.as_str(), from, to], touch)?;
            rows.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// How many reflections are on a competency in these days, the trash left out: without
    /// reading what became of each.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn count_touches(
        &self,
        competency: &CompetencyId,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Result<u32, StoreError> {
        let days = params![
            competency.as_str(),
            Seq::first_on(first).0,
            Seq::last_on(last).0
        ];
        self.conn
            .prepare_cached(
                "SELECT count(*) FROM reflection_competency AS c \
                 CROSS JOIN reflection AS r INDEXED BY reflection_facts ON r.seq = c.reflection \
                 WHERE c.competency = ?1 AND c.reflection BETWEEN ?2 AND ?3 \
                 AND r.trashed_at IS NULL",
            )
            .and_then(|mut statement| statement.query_row(days, |row| row.get(0)))
            .map_err(|error| self.failed(error))
    }

    /// The newest reflection on a competency in these days, the trash left out.
    ///
    /// # Errors
    /// If the journal cannot be read.
    pub fn last_touched(
        &self,
        competency: &CompetencyId,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Result<Option<NaiveDate>, StoreError> {
        let places = self.places(
            "SELECT c.reflection FROM reflection_competency AS c \
             CROSS JOIN reflection AS r ON r.seq = c.reflection \
             WHERE c.competency = ?1 AND c.reflection BETWEEN ?2 AND ?3 \
             AND r.trashed_at IS NULL ORDER BY c.reflection DESC LIMIT 1",
            params![
                competency.as_str(),
                Seq::first_on(first).0,
                Seq::last_on(last).0
            ],
        )?;
        Ok(places.first().and_then(|seq| seq.shift_date()))
    }

    /// Gives the row the checksum of what it holds now. Last in every change to it.
    fn seal_goal(&self, id: GoalId) -> Result<(), StoreError> {
        let id = *id.uuid().as_bytes();
        let sql = format!("SELECT {GOAL} FROM goal WHERE id = ?1");
        let checksum = self
            .conn
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_row([id], checksum));
        let checksum = checksum.map_err(|error| self.failed(error))?;
        self.change(
            "UPDATE goal SET checksum = ?2 WHERE id = ?1",
            params![id, checksum],
        )?;
        Ok(())
    }

    fn goals_where(
        &self,
        condition: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<KeptGoal>, StoreError> {
        let sql = format!("SELECT {GOAL} FROM goal WHERE {condition}");
        let read = || -> rusqlite::Result<Vec<KeptGoal>> {
            let mut statement = self.conn.prepare_cached(&sql)?;
            let rows = statement.query_map(values, kept)?;
            rows.collect()
        };
        read().map_err(|error| self.failed(error))
    }
}

fn checksum(row: &Row<'_>) -> rusqlite::Result<i64> {
    Ok(Checksum::of(row, COLUMNS)?.value())
}

/// The goal of a row of [`GOAL`]. A status that only a later program knows is read as set aside.
fn kept(row: &Row<'_>) -> rusqlite::Result<KeptGoal> {
    let mut cells = Cells::new(row, 0);
    let revision = cells.revision()?;
    let trashed = cells.text()?.is_some();
    let stored = cells.integer()?;
    let id = GoalId::new(cells.id()?.unwrap_or_default());
    let competency = CompetencyId::new(cells.text()?.unwrap_or_default());
    let academic_year = cells.integer()?.and_then(|year| i32::try_from(year).ok());
    let known = |text: &str| GoalStatus::ALL.into_iter().find(|s| s.id() == text);
    let status = cells.listed(known, GoalStatus::SetAside)?;
    let status_note = cells.prose()?;
    let status_date = cells.date()?;
    let created_at = cells.word(|text| DateTime::parse_from_rfc3339(text).ok())?;
    let goal = Goal {
        id,
        competency,
        academic_year: academic_year.unwrap_or_default(),
        status: status.unwrap_or(GoalStatus::SetAside),
        status_note,
        status_date,
        created_at: created_at.unwrap_or_default(),
        lines: GoalLines {
            why: cells.prose()?,
            strength: cells.prose()?,
            gap: cells.prose()?,
            role_sought: cells.prose()?,
            obstacle: cells.prose()?,
        },
        revision,
    };
    Ok(KeptGoal {
        goal,
        trashed,
        sound: cells.is_sound() && stored == Some(checksum(row)?),
    })
}

/// A role that only a later program knows is read as "other", an outcome as "dropped".
fn touch(row: &Row<'_>) -> rusqlite::Result<(Seq, Touch)> {
    let mut cells = Cells::new(row, 0);
    let seq = Seq(cells.integer()?.unwrap_or_default());
    let template = TemplateId::new(cells.text()?.unwrap_or_default());
    let role = cells.listed(|text| text.parse().ok(), Role::Other)?;
    let touch = Touch {
        date: seq.shift_date().unwrap_or_default(),
        giver: Giver::of(&template, role),
        outcome: cells.listed(|text| text.parse().ok(), Outcome::Dropped)?,
    };
    Ok((seq, touch))
}
